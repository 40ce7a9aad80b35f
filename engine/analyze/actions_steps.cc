// SPDX-License-Identifier: Apache-2.0
// ctx.actions: steps of ours that the engine does itself. Their parameters are
// in Action::content as JSON; the exact form is the contract with
// exec/builtin_steps.h:
//
//   merge_tree  {"layers": [{"input", "strip", "prefix"[, "as_file"]
//                [, "remove"][, "optional"]}, …], "remove": ["glob", …]}
//   archive     {"format", "entries": [{"input", "as"}, …][, "level"]}
//   fetch_deb   {"package", "version", "architecture", "sha256"}
//   fetch_git   {"remote", "commit", "submodules", "subdir"}
//   fetch_http  {"urls", "sha256", "strip_prefix", "unpack", "executable"}
//   fetch_oci   {"registry", "repository", "digest", "platform"}
#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status_macros.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "engine/analyze/actions.h"
#include "engine/base/json_text.h"

namespace graph {
namespace {

absl::string_view JsonBool(bool value) { return value ? "true" : "false"; }

// One layer of merge_tree, as a struct says it.
struct Layer {
  const FileValue* input = nullptr;
  std::string strip;
  std::string prefix;
  bool as_file = false;
  bool optional = false;
  std::vector<std::string> remove;

  static absl::StatusOr<Layer> Of(dsl::Value value);
  absl::Status Set(absl::string_view field, dsl::Value value);
  std::string ToJson() const;
};

absl::Status Layer::Set(absl::string_view field, dsl::Value value) {
  if (field == "input") {
    ASSIGN_OR_RETURN(input, FileOf(value, "input"));
  } else if (field == "strip" && value.is_string()) {
    strip = std::string(value.as_string());
  } else if (field == "prefix" && value.is_string()) {
    prefix = std::string(value.as_string());
  } else if (field == "as_file" && value.is_bool()) {
    as_file = value.as_bool();
  } else if (field == "optional" && value.is_bool()) {
    optional = value.as_bool();
  } else if (field == "remove") {
    ASSIGN_OR_RETURN(remove, StringsOf(value, "remove"));
  } else {
    return absl::InvalidArgumentError(absl::StrCat(
        "merge_tree: a layer has `input`, `strip`, `prefix`, `as_file`, ",
        "`optional` and `remove`; got `", field, "` = ", dsl::Brief(value)));
  }
  return absl::OkStatus();
}

absl::StatusOr<Layer> Layer::Of(dsl::Value value) {
  if (!value.is_struct()) {
    return absl::InvalidArgumentError(
        absl::StrCat("merge_tree: `layers` takes a list of structs; got a ",
                     "value of type ", value.type_name()));
  }
  Layer layer;
  for (const auto& [field, field_value] : dsl::StructFields(value)) {
    RETURN_IF_ERROR(layer.Set(field, field_value));
  }
  if (layer.input == nullptr) {
    return absl::InvalidArgumentError("merge_tree: a layer has no `input`");
  }
  if (layer.as_file && (layer.input->is_directory() || layer.prefix.empty())) {
    return absl::InvalidArgumentError(absl::StrCat(
        "merge_tree: `as_file` wants a file and the path that it gets in ",
        "`prefix`; got `", layer.input->path(), "`"));
  }
  RETURN_IF_ERROR(CheckRelativePath(layer.strip, "strip"));
  RETURN_IF_ERROR(CheckRelativePath(layer.prefix, "prefix"));
  return layer;
}

std::string Layer::ToJson() const {
  return absl::StrCat(
      "{\"input\": ", JsonString(input->path()),
      ", \"strip\": ", JsonString(strip), ", \"prefix\": ", JsonString(prefix),
      as_file ? ", \"as_file\": true" : "",
      optional ? ", \"optional\": true" : "",
      remove.empty() ? "" : absl::StrCat(", \"remove\": ", JsonStrings(remove)),
      "}");
}

absl::StatusOr<dsl::Value> MergeTree(RuleContext& context, dsl::Thread&,
                                     const dsl::Arguments& arguments) {
  dsl::Value output;
  std::vector<dsl::Value> layers;
  std::vector<std::string> remove;
  absl::string_view mnemonic = "MergeTree";
  absl::string_view message;
  int64_t min_success = 0;
  RETURN_IF_ERROR(
      arguments.Unpack("merge_tree", {{"output", &output},
                                      {"layers", &layers},
                                      {"remove??", &remove},
                                      {"*"},
                                      {"mnemonic??", &mnemonic},
                                      {"progress_message??", &message},
                                      {"min_success??", &min_success}}));
  Action action = MakeStep("merge_tree", mnemonic);
  std::vector<std::string> texts;
  std::vector<ArtifactId> optional;
  for (dsl::Value value : layers) {
    ASSIGN_OR_RETURN(Layer layer, Layer::Of(value));
    (layer.optional ? optional : action.inputs).push_back(layer.input->id());
    texts.push_back(layer.ToJson());
  }
  RETURN_IF_ERROR(SetOptional(std::move(optional), {}, min_success, action));
  action.content = absl::StrCat("{\"layers\": [", absl::StrJoin(texts, ", "),
                                "], \"remove\": ", JsonStrings(remove), "}");
  return AddStep(context, std::move(action), output, Artifact::Kind::kDirectory,
                 message);
}

absl::StatusOr<dsl::Value> Archive(RuleContext& context, dsl::Thread&,
                                   const dsl::Arguments& arguments) {
  dsl::Value output;
  absl::string_view format;
  std::vector<dsl::Value> entries;
  dsl::Value level;
  absl::string_view mnemonic = "Archive";
  absl::string_view message;
  RETURN_IF_ERROR(
      arguments.Unpack("archive", {{"output", &output},
                                   {"format", &format},
                                   {"entries", &entries},
                                   {"level?", &level},
                                   {"*"},
                                   {"mnemonic??", &mnemonic},
                                   {"progress_message??", &message}}));
  constexpr std::array<absl::string_view, 4> kFormats = {"zip", "tar", "tar.gz",
                                                         "tar.zst"};
  if (std::find(kFormats.begin(), kFormats.end(), format) == kFormats.end()) {
    return absl::InvalidArgumentError(
        absl::StrCat("archive: `format` is one of ",
                     absl::StrJoin(kFormats, ", "), "; got `", format, "`"));
  }
  Action action = MakeStep("archive", mnemonic);
  std::vector<std::string> texts;
  for (dsl::Value entry : entries) {
    ASSIGN_OR_RETURN(std::string text, EntryJson(entry, "archive", action));
    texts.push_back(std::move(text));
  }
  action.content =
      absl::StrCat("{\"format\": ", JsonString(format), ", \"entries\": [",
                   absl::StrJoin(texts, ", "), "]");
  if (level && !level.is_none()) {
    std::optional<int64_t> number = level.as_int64();
    if (!number.has_value() || *number < 0 || *number > 22) {
      return absl::InvalidArgumentError(
          absl::StrCat("archive: `level` takes a number from 0 to 22; got ",
                       dsl::Brief(level)));
    }
    absl::StrAppend(&action.content, ", \"level\": ", *number);
  }
  action.content += "}";
  return AddStep(context, std::move(action), output, Artifact::Kind::kFile,
                 message);
}

// Whether `text` is `digits` lowercase hexadecimal digits.
bool IsHex(absl::string_view text, size_t digits) {
  return text.size() == digits &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return absl::ascii_isdigit(c) || (c >= 'a' && c <= 'f');
         });
}

// A step that may use the network.
Action MakeFetch(absl::string_view step, absl::string_view mnemonic) {
  Action action = MakeStep(step, mnemonic);
  action.kind = Action::Kind::kFetch;
  return action;
}

// "" is left to the fetch, which tells what to write.
absl::Status CheckSha256(absl::string_view sha256) {
  if (sha256.empty() || IsHex(sha256, 64)) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat(
      "`sha256` takes 64 lowercase hexadecimal digits; got `", sha256, "`"));
}

absl::StatusOr<dsl::Value> FetchGit(RuleContext& context, dsl::Thread&,
                                    const dsl::Arguments& arguments) {
  dsl::Value output;
  absl::string_view remote;
  absl::string_view commit;
  bool submodules = false;
  absl::string_view subdir;
  absl::string_view message;
  RETURN_IF_ERROR(
      arguments.Unpack("fetch_git", {{"output", &output},
                                     {"remote", &remote},
                                     {"commit", &commit},
                                     {"submodules?", &submodules},
                                     {"subdir?", &subdir},
                                     {"*"},
                                     {"progress_message??", &message}}));
  if (remote.empty()) {
    return absl::InvalidArgumentError("`remote` must not be empty");
  }
  if (!IsHex(commit, 40) && !IsHex(commit, 64)) {
    return absl::InvalidArgumentError(absl::StrCat(
        "`commit` takes all the hexadecimal digits of a commit, lowercase; a ",
        "branch or a tag would not say which; got `", commit, "`"));
  }
  RETURN_IF_ERROR(CheckRelativePath(subdir, "subdir"));
  Action action = MakeFetch("fetch_git", "FetchGit");
  action.content = absl::StrCat("{\"remote\": ", JsonString(remote),
                                ", \"commit\": ", JsonString(commit),
                                ", \"submodules\": ", JsonBool(submodules),
                                ", \"subdir\": ", JsonString(subdir), "}");
  return AddStep(context, std::move(action), output, Artifact::Kind::kDirectory,
                 message);
}

absl::StatusOr<dsl::Value> FetchHttp(RuleContext& context, dsl::Thread&,
                                     const dsl::Arguments& arguments) {
  dsl::Value output;
  std::vector<std::string> urls;
  absl::string_view sha256;
  absl::string_view strip_prefix;
  bool unpack = false;
  bool executable = false;
  absl::string_view message;
  RETURN_IF_ERROR(
      arguments.Unpack("fetch_http", {{"output", &output},
                                      {"urls", &urls},
                                      {"sha256?", &sha256},
                                      {"strip_prefix?", &strip_prefix},
                                      {"unpack?", &unpack},
                                      {"executable?", &executable},
                                      {"*"},
                                      {"progress_message??", &message}}));
  if (urls.empty()) {
    return absl::InvalidArgumentError("`urls` must name at least one place");
  }
  RETURN_IF_ERROR(CheckSha256(sha256));
  RETURN_IF_ERROR(CheckRelativePath(strip_prefix, "strip_prefix"));
  Action action = MakeFetch("fetch_http", "FetchHttp");
  action.content = absl::StrCat(
      "{\"urls\": ", JsonStrings(urls), ", \"sha256\": ", JsonString(sha256),
      ", \"strip_prefix\": ", JsonString(strip_prefix),
      ", \"unpack\": ", JsonBool(unpack),
      ", \"executable\": ", JsonBool(executable), "}");
  return AddStep(context, std::move(action), output,
                 unpack ? Artifact::Kind::kDirectory : Artifact::Kind::kFile,
                 message);
}

absl::StatusOr<dsl::Value> FetchOci(RuleContext& context, dsl::Thread&,
                                    const dsl::Arguments& arguments) {
  dsl::Value output;
  absl::string_view registry;
  absl::string_view repository;
  absl::string_view digest;
  absl::string_view platform;
  absl::string_view message;
  RETURN_IF_ERROR(
      arguments.Unpack("fetch_oci", {{"output", &output},
                                     {"registry", &registry},
                                     {"repository", &repository},
                                     {"digest", &digest},
                                     {"platform?", &platform},
                                     {"*"},
                                     {"progress_message??", &message}}));
  if (registry.empty() || repository.empty()) {
    return absl::InvalidArgumentError(
        "`registry` and `repository` must not be empty");
  }
  absl::string_view hex = digest;
  if (!absl::ConsumePrefix(&hex, "sha256:") || !IsHex(hex, 64)) {
    return absl::InvalidArgumentError(absl::StrCat(
        "`digest` takes sha256: and 64 lowercase hexadecimal digits; a tag ",
        "would not say which image; got `", digest, "`"));
  }
  const auto slashes = std::count(platform.begin(), platform.end(), '/');
  if (!platform.empty() && slashes != 1 && slashes != 2) {
    return absl::InvalidArgumentError(absl::StrCat(
        "`platform` takes os/architecture or os/architecture/variant, like ",
        "linux/amd64 or linux/arm/v7; got `", platform, "`"));
  }
  Action action = MakeFetch("fetch_oci", "FetchOci");
  action.content = absl::StrCat("{\"registry\": ", JsonString(registry),
                                ", \"repository\": ", JsonString(repository),
                                ", \"digest\": ", JsonString(digest),
                                ", \"platform\": ", JsonString(platform), "}");
  return AddStep(context, std::move(action), output, Artifact::Kind::kDirectory,
                 message);
}

absl::StatusOr<dsl::Value> FetchDeb(RuleContext& context, dsl::Thread&,
                                    const dsl::Arguments& arguments) {
  dsl::Value output;
  absl::string_view package;
  absl::string_view version;
  absl::string_view sha256;
  absl::string_view architecture;
  absl::string_view message;
  RETURN_IF_ERROR(
      arguments.Unpack("fetch_deb", {{"output", &output},
                                     {"package", &package},
                                     {"version", &version},
                                     {"sha256?", &sha256},
                                     {"architecture?", &architecture},
                                     {"*"},
                                     {"progress_message??", &message}}));
  if (package.empty() || version.empty()) {
    return absl::InvalidArgumentError(
        "`package` and `version` must not be empty");
  }
  RETURN_IF_ERROR(CheckSha256(sha256));
  Action action = MakeFetch("fetch_deb", "FetchDeb");
  action.content =
      absl::StrCat("{\"package\": ", JsonString(package),
                   ", \"version\": ", JsonString(version),
                   ", \"architecture\": ", JsonString(architecture),
                   ", \"sha256\": ", JsonString(sha256), "}");
  return AddStep(context, std::move(action), output, Artifact::Kind::kFile,
                 message);
}

constexpr std::array<NamedMethod, 6> kMethods = {{
    {"merge_tree", MergeTree},
    {"archive", Archive},
    {"fetch_deb", FetchDeb},
    {"fetch_git", FetchGit},
    {"fetch_http", FetchHttp},
    {"fetch_oci", FetchOci},
}};

}  // namespace

std::span<const NamedMethod> StepMethods() { return kMethods; }

}  // namespace graph
