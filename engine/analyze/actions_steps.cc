// SPDX-License-Identifier: Apache-2.0
// ctx.actions: steps of ours that the engine does itself. Their parameters are
// in Action::content as JSON; the exact form is the contract with
// exec/builtin_steps.h, and of unpack with fetch/fetch_steps.h:
//
//   merge_tree  {"layers": [{"input", "strip", "prefix"[, "as_file"]
//                [, "remove"][, "optional"]}, …], "remove": ["glob", …]
//                [, "discard": ["glob", …]]}
//   archive     {"format", "entries": [{"input", "as"}, …][, "level"]}
//   unpack      {"archive", "strip_prefix"}
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
  std::vector<std::string> remove, discard;
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
                                      {"min_success??", &min_success},
                                      {"discard??", &discard}}));
  Action action = MakeStep("merge_tree", mnemonic);
  std::vector<std::string> texts;
  std::vector<ArtifactId> optional;
  for (dsl::Value value : layers) {
    ASSIGN_OR_RETURN(Layer layer, Layer::Of(value));
    (layer.optional ? optional : action.inputs).push_back(layer.input->id());
    texts.push_back(layer.ToJson());
  }
  RETURN_IF_ERROR(SetOptional(std::move(optional), {}, min_success, action));
  action.content = absl::StrCat(
      "{\"layers\": [", absl::StrJoin(texts, ", "),
      "], \"remove\": ", JsonStrings(remove),
      discard.empty() ? ""
                      : absl::StrCat(", \"discard\": ", JsonStrings(discard)),
      "}");
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

absl::StatusOr<dsl::Value> Unpack(RuleContext& context, dsl::Thread&,
                                  const dsl::Arguments& arguments) {
  dsl::Value output;
  dsl::Value archive;
  absl::string_view strip_prefix;
  absl::string_view mnemonic = "Unpack";
  absl::string_view message;
  RETURN_IF_ERROR(
      arguments.Unpack("unpack", {{"output", &output},
                                  {"archive", &archive},
                                  {"strip_prefix?", &strip_prefix},
                                  {"*"},
                                  {"mnemonic??", &mnemonic},
                                  {"progress_message??", &message}}));
  ASSIGN_OR_RETURN(const FileValue* file, FileOf(archive, "archive"));
  if (file->is_directory()) {
    return absl::InvalidArgumentError(absl::StrCat(
        "unpack: `archive` takes a file; `", file->path(), "` is a folder"));
  }
  RETURN_IF_ERROR(CheckRelativePath(strip_prefix, "strip_prefix"));
  Action action = MakeStep("unpack", mnemonic);
  action.inputs.push_back(file->id());
  action.content =
      absl::StrCat("{\"archive\": ", JsonString(file->path()),
                   ", \"strip_prefix\": ", JsonString(strip_prefix), "}");
  return AddStep(context, std::move(action), output, Artifact::Kind::kDirectory,
                 message);
}

constexpr std::array<NamedMethod, 3> kMethods = {{
    {"merge_tree", MergeTree},
    {"archive", Archive},
    {"unpack", Unpack},
}};

}  // namespace

std::span<const NamedMethod> StepMethods() { return kMethods; }

}  // namespace graph
