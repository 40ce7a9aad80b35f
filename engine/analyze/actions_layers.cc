// SPDX-License-Identifier: Apache-2.0
// ctx.actions: layers, and what is said of files by their digests. Their
// parameters are in Action::content as exec/layer_steps.h tells.
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status_macros.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "engine/analyze/actions.h"
#include "engine/base/json_text.h"

namespace graph {
namespace {

// `0755` as a number.
absl::StatusOr<std::string> ModeJson(absl::string_view mode,
                                     absl::string_view what) {
  uint32_t bits = 0;
  bool wrong = mode.size() < 3 || mode.size() > 5;
  for (char digit : mode) {
    wrong = wrong || digit < '0' || digit > '7';
    bits = bits * 8 + static_cast<uint32_t>(digit - '0');
  }
  if (!wrong && bits <= 07777) return absl::StrCat(bits);
  return absl::InvalidArgumentError(
      absl::StrCat("layer: `", what, "` takes modes as octal digits, such as ",
                   "\"0755\"; got `", mode, "`"));
}

// `0:42` as [0, 42].
absl::StatusOr<std::string> OwnerJson(absl::string_view owner,
                                      absl::string_view what) {
  const std::vector<absl::string_view> parts = absl::StrSplit(owner, ':');
  uint32_t uid = 0;
  uint32_t gid = 0;
  if (parts.size() == 2 && absl::SimpleAtoi(parts[0], &uid) &&
      absl::SimpleAtoi(parts[1], &gid) && uid != UINT32_MAX &&
      gid != UINT32_MAX) {
    return absl::StrCat("[", uid, ", ", gid, "]");
  }
  return absl::InvalidArgumentError(
      absl::StrCat("layer: `", what, "` takes an owner as \"UID:GID\", in ",
                   "numbers; got `", owner, "`"));
}

absl::StatusOr<std::string> TextJson(absl::string_view text,
                                     absl::string_view what) {
  if (!text.empty()) return JsonString(text);
  return absl::InvalidArgumentError(
      absl::StrCat("layer: `", what, "` has an empty text"));
}

using ValueJson = absl::StatusOr<std::string> (*)(absl::string_view text,
                                                  absl::string_view what);

// A dict of strings as a list of pairs, in its order. `are_paths`: its keys
// are, and not patterns.
absl::StatusOr<std::string> PairsJson(dsl::Value dict, absl::string_view what,
                                      bool are_paths, ValueJson value_json) {
  if (!dict || dict.is_none()) return std::string("[]");
  if (!dict.is_dict()) {
    return absl::InvalidArgumentError(
        absl::StrCat("layer: `", what, "` takes a dict of strings"));
  }
  std::vector<std::string> pairs;
  for (const auto& [key, value] : dsl::DictItems(dict)) {
    if (!key.is_string() || !value.is_string() || key.as_string().empty()) {
      return absl::InvalidArgumentError(
          absl::StrCat("layer: `", what, "` takes a dict of strings; got ",
                       dsl::Brief(key), ": ", dsl::Brief(value)));
    }
    if (are_paths) {
      RETURN_IF_ERROR(CheckRelativePath(key.as_string(), what));
    }
    ASSIGN_OR_RETURN(std::string json, value_json(value.as_string(), what));
    pairs.push_back(
        absl::StrCat("[", JsonString(key.as_string()), ", ", json, "]"));
  }
  return absl::StrCat("[", absl::StrJoin(pairs, ", "), "]");
}

// What `layer` takes.
struct LayerArguments {
  dsl::Value output;
  std::vector<dsl::Value> entries;
  std::vector<dsl::Value> archives;
  absl::string_view owner = "0:0";
  dsl::Value symlinks;
  dsl::Value directories;
  std::vector<std::string> exclude;
  dsl::Value modes;
  dsl::Value owners;
  std::vector<std::string> remove;
  absl::string_view mnemonic = "Layer";
  absl::string_view message;
};

absl::Status AddFiles(const LayerArguments& given, Action& action) {
  std::vector<std::string> entries, archives;
  for (dsl::Value entry : given.entries) {
    ASSIGN_OR_RETURN(std::string json, EntryJson(entry, "layer", action));
    entries.push_back(std::move(json));
  }
  for (dsl::Value archive : given.archives) {
    ASSIGN_OR_RETURN(const FileValue* file, FileOf(archive, "archives"));
    if (file->is_directory()) {
      return absl::InvalidArgumentError(
          absl::StrCat("layer: `archives` takes files; `", file->path(),
                       "` is a folder, which goes in `entries`"));
    }
    action.inputs.push_back(file->id());
    archives.push_back(file->path());
  }
  absl::StrAppend(&action.content, "{\"entries\": [",
                  absl::StrJoin(entries, ", "),
                  "], \"archives\": ", JsonStrings(archives));
  return absl::OkStatus();
}

absl::Status AddAttributes(const LayerArguments& given, Action& action) {
  for (const std::string& path : given.remove) {
    RETURN_IF_ERROR(CheckRelativePath(path, "remove"));
    RETURN_IF_ERROR(TextJson(path, "remove").status());
  }
  ASSIGN_OR_RETURN(std::string owner, OwnerJson(given.owner, "owner"));
  ASSIGN_OR_RETURN(std::string symlinks,
                   PairsJson(given.symlinks, "symlinks", true, TextJson));
  ASSIGN_OR_RETURN(std::string directories,
                   PairsJson(given.directories, "directories", true, ModeJson));
  ASSIGN_OR_RETURN(std::string modes,
                   PairsJson(given.modes, "modes", false, ModeJson));
  ASSIGN_OR_RETURN(std::string owners,
                   PairsJson(given.owners, "owners", false, OwnerJson));
  absl::StrAppend(&action.content, ", \"owner\": ", owner,
                  ", \"symlinks\": ", symlinks,
                  ", \"directories\": ", directories,
                  ", \"exclude\": ", JsonStrings(given.exclude));
  absl::StrAppend(&action.content, ", \"modes\": ", modes,
                  ", \"owners\": ", owners,
                  ", \"remove\": ", JsonStrings(given.remove), "}");
  return absl::OkStatus();
}

absl::StatusOr<dsl::Value> Layer(RuleContext& context, dsl::Thread&,
                                 const dsl::Arguments& arguments) {
  LayerArguments given;
  RETURN_IF_ERROR(
      arguments.Unpack("layer", {{"output", &given.output},
                                 {"entries??", &given.entries},
                                 {"archives??", &given.archives},
                                 {"*"},
                                 {"owner??", &given.owner},
                                 {"symlinks?", &given.symlinks},
                                 {"directories?", &given.directories},
                                 {"exclude??", &given.exclude},
                                 {"modes?", &given.modes},
                                 {"owners?", &given.owners},
                                 {"remove??", &given.remove},
                                 {"mnemonic??", &given.mnemonic},
                                 {"progress_message??", &given.message}}));
  Action action = MakeStep("layer", given.mnemonic);
  RETURN_IF_ERROR(AddFiles(given, action));
  RETURN_IF_ERROR(AddAttributes(given, action));
  return AddStep(context, std::move(action), given.output,
                 Artifact::Kind::kFile, given.message);
}

absl::StatusOr<dsl::Value> Compress(RuleContext& context, dsl::Thread&,
                                    const dsl::Arguments& arguments) {
  dsl::Value output;
  dsl::Value input;
  absl::string_view format = "gzip";
  dsl::Value level;
  absl::string_view mnemonic = "Compress";
  absl::string_view message;
  RETURN_IF_ERROR(
      arguments.Unpack("compress", {{"output", &output},
                                    {"input", &input},
                                    {"format??", &format},
                                    {"level?", &level},
                                    {"*"},
                                    {"mnemonic??", &mnemonic},
                                    {"progress_message??", &message}}));
  if (format != "gzip" && format != "zstd") {
    return absl::InvalidArgumentError(absl::StrCat(
        "compress: `format` is one of gzip, zstd; got `", format, "`"));
  }
  ASSIGN_OR_RETURN(const FileValue* file, FileOf(input, "input"));
  if (file->is_directory()) {
    return absl::InvalidArgumentError(
        absl::StrCat("compress: `input` takes a file; `", file->path(),
                     "` is a folder: see `archive`"));
  }
  Action action = MakeStep("compress", mnemonic);
  action.inputs.push_back(file->id());
  action.content = absl::StrCat("{\"format\": ", JsonString(format));
  if (level && !level.is_none()) {
    const int64_t most = format == "gzip" ? 9 : 19;
    std::optional<int64_t> number = level.as_int64();
    if (!number.has_value() || *number < 1 || *number > most) {
      return absl::InvalidArgumentError(
          absl::StrCat("compress: `level` takes a number from 1 to ", most,
                       " for ", format, "; got ", dsl::Brief(level)));
    }
    absl::StrAppend(&action.content, ", \"level\": ", *number);
  }
  action.content += "}";
  return AddStep(context, std::move(action), output, Artifact::Kind::kFile,
                 message);
}

absl::StatusOr<dsl::Value> Digests(RuleContext& context, dsl::Thread&,
                                   const dsl::Arguments& arguments) {
  dsl::Value output;
  std::vector<dsl::Value> inputs;
  absl::string_view mnemonic = "Digests";
  absl::string_view message;
  RETURN_IF_ERROR(
      arguments.Unpack("digests", {{"output", &output},
                                   {"inputs", &inputs},
                                   {"*"},
                                   {"mnemonic??", &mnemonic},
                                   {"progress_message??", &message}}));
  Action action = MakeStep("digests", mnemonic);
  std::vector<std::string> paths;
  for (dsl::Value input : inputs) {
    ASSIGN_OR_RETURN(const FileValue* file, FileOf(input, "inputs"));
    if (file->is_directory()) {
      return absl::InvalidArgumentError(absl::StrCat(
          "digests: `inputs` takes files; `", file->path(), "` is a folder"));
    }
    action.inputs.push_back(file->id());
    paths.push_back(file->path());
  }
  action.content = absl::StrCat("{\"inputs\": ", JsonStrings(paths), "}");
  return AddStep(context, std::move(action), output, Artifact::Kind::kFile,
                 message);
}

constexpr std::array<NamedMethod, 3> kMethods = {{
    {"layer", Layer},
    {"compress", Compress},
    {"digests", Digests},
}};

}  // namespace

std::span<const NamedMethod> LayerMethods() { return kMethods; }

}  // namespace graph
