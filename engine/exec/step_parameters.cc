// SPDX-License-Identifier: Apache-2.0
#include "engine/exec/step_parameters.h"

#include <algorithm>
#include <initializer_list>
#include <nlohmann/json.hpp>

#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"

namespace graph {
namespace {

using Json = nlohmann::json;

absl::Status Wrong(absl::string_view what) {
  return absl::InvalidArgumentError(
      absl::StrCat("the parameters of a step are wrong: ", what));
}

absl::StatusOr<Json> ParseObject(absl::string_view text) {
  Json json = Json::parse(text.begin(), text.end(), nullptr, false);
  if (json.is_discarded() || !json.is_object()) {
    return Wrong("they are not a JSON object");
  }
  return json;
}

absl::Status CheckNames(const Json& object,
                        std::initializer_list<absl::string_view> known) {
  if (!object.is_object()) return Wrong("an object is wanted");
  for (auto it = object.begin(); it != object.end(); ++it) {
    if (std::find(known.begin(), known.end(), it.key()) == known.end()) {
      return Wrong(absl::StrCat("`", it.key(), "` is not known"));
    }
  }
  return absl::OkStatus();
}

absl::Status Read(const Json& object, const char* name, std::string* value) {
  auto it = object.find(name);
  if (it == object.end()) return absl::OkStatus();
  if (!it->is_string()) {
    return Wrong(absl::StrCat("`", name, "` wants a string"));
  }
  *value = it->get<std::string>();
  return absl::OkStatus();
}

absl::Status Read(const Json& object, const char* name, bool* value) {
  auto it = object.find(name);
  if (it == object.end()) return absl::OkStatus();
  if (!it->is_boolean()) {
    return Wrong(absl::StrCat("`", name, "` wants true or false"));
  }
  *value = it->get<bool>();
  return absl::OkStatus();
}

absl::Status Read(const Json& object, const char* name,
                  std::vector<std::string>* values) {
  auto it = object.find(name);
  if (it == object.end()) return absl::OkStatus();
  const bool strings = it->is_array() &&
                       std::all_of(it->begin(), it->end(),
                                   [](const Json& j) { return j.is_string(); });
  if (!strings) return Wrong(absl::StrCat("`", name, "` wants strings"));
  for (const Json& text : *it) values->push_back(text.get<std::string>());
  return absl::OkStatus();
}

absl::Status Read(const Json& object, const char* name,
                  std::optional<int>* value) {
  auto it = object.find(name);
  if (it == object.end() || it->is_null()) return absl::OkStatus();
  if (!it->is_number_integer()) {
    return Wrong(absl::StrCat("`", name, "` wants a number"));
  }
  *value = it->get<int>();
  return absl::OkStatus();
}

bool Take(const Json& json, std::string* value) {
  if (!json.is_string()) return false;
  *value = json.get<std::string>();
  return true;
}

bool Take(const Json& json, uint32_t* value) {
  if (!json.is_number_unsigned() || json.get<uint64_t>() > UINT32_MAX) {
    return false;
  }
  *value = json.get<uint32_t>();
  return true;
}

bool Take(const Json& json, LayerParameters::Owner* owner) {
  return json.is_array() && json.size() == 2 && Take(json[0], &owner->uid) &&
         Take(json[1], &owner->gid);
}

// A list of [text, T].
template <typename T>
absl::Status Read(const Json& object, const char* name,
                  LayerParameters::Pairs<T>* pairs) {
  auto it = object.find(name);
  if (it == object.end()) return absl::OkStatus();
  if (!it->is_array()) return Wrong(absl::StrCat("`", name, "` wants a list"));
  for (const Json& json : *it) {
    auto& [first, second] = pairs->emplace_back();
    if (!json.is_array() || json.size() != 2 || !Take(json[0], &first) ||
        !Take(json[1], &second)) {
      return Wrong(absl::StrCat("`", name, "` wants pairs"));
    }
  }
  return absl::OkStatus();
}

// The list `name`, which must be there.
absl::StatusOr<const Json*> ListAt(const Json& object, const char* name) {
  auto it = object.find(name);
  if (it == object.end() || !it->is_array()) {
    return Wrong(absl::StrCat("`", name, "` wants a list"));
  }
  return &*it;
}

absl::StatusOr<MergeLayer> ParseLayer(const Json& json) {
  MergeLayer layer;
  RETURN_IF_ERROR(CheckNames(
      json, {"input", "strip", "prefix", "as_file", "optional", "remove"}));
  RETURN_IF_ERROR(Read(json, "input", &layer.input));
  RETURN_IF_ERROR(Read(json, "strip", &layer.strip));
  RETURN_IF_ERROR(Read(json, "prefix", &layer.prefix));
  RETURN_IF_ERROR(Read(json, "as_file", &layer.as_file));
  RETURN_IF_ERROR(Read(json, "optional", &layer.optional));
  RETURN_IF_ERROR(Read(json, "remove", &layer.remove));
  return layer;
}

absl::StatusOr<ArchiveParameters::Entry> ParseEntry(const Json& json) {
  ArchiveParameters::Entry entry;
  RETURN_IF_ERROR(CheckNames(json, {"input", "as"}));
  RETURN_IF_ERROR(Read(json, "input", &entry.input));
  RETURN_IF_ERROR(Read(json, "as", &entry.as));
  return entry;
}

}  // namespace

absl::StatusOr<MergeParameters> MergeParameters::Parse(absl::string_view text) {
  ASSIGN_OR_RETURN(Json json, ParseObject(text));
  RETURN_IF_ERROR(CheckNames(json, {"layers", "remove", "discard"}));
  MergeParameters parameters;
  RETURN_IF_ERROR(Read(json, "remove", &parameters.remove));
  RETURN_IF_ERROR(Read(json, "discard", &parameters.discard));
  ASSIGN_OR_RETURN(const Json* layers, ListAt(json, "layers"));
  for (const Json& element : *layers) {
    ASSIGN_OR_RETURN(MergeLayer layer, ParseLayer(element));
    parameters.layers.push_back(std::move(layer));
  }
  return parameters;
}

absl::StatusOr<ArchiveParameters> ArchiveParameters::Parse(
    absl::string_view text) {
  ASSIGN_OR_RETURN(Json json, ParseObject(text));
  RETURN_IF_ERROR(CheckNames(json, {"format", "entries", "level"}));
  ArchiveParameters parameters;
  RETURN_IF_ERROR(Read(json, "format", &parameters.format));
  RETURN_IF_ERROR(Read(json, "level", &parameters.level));
  ASSIGN_OR_RETURN(const Json* entries, ListAt(json, "entries"));
  for (const Json& element : *entries) {
    ASSIGN_OR_RETURN(Entry entry, ParseEntry(element));
    parameters.entries.push_back(std::move(entry));
  }
  return parameters;
}

absl::StatusOr<LayerParameters> LayerParameters::Parse(absl::string_view text) {
  ASSIGN_OR_RETURN(Json json, ParseObject(text));
  RETURN_IF_ERROR(CheckNames(
      json, {"entries", "archives", "owner", "symlinks", "directories",
             "exclude", "modes", "owners", "remove"}));
  LayerParameters parameters;
  ASSIGN_OR_RETURN(const Json* entries, ListAt(json, "entries"));
  for (const Json& element : *entries) {
    ASSIGN_OR_RETURN(ArchiveParameters::Entry entry, ParseEntry(element));
    parameters.entries.push_back(std::move(entry));
  }
  RETURN_IF_ERROR(Read(json, "archives", &parameters.archives));
  auto owner = json.find("owner");
  if (owner != json.end() && !Take(*owner, &parameters.owner)) {
    return Wrong("`owner` wants [uid, gid]");
  }
  RETURN_IF_ERROR(Read(json, "symlinks", &parameters.symlinks));
  RETURN_IF_ERROR(Read(json, "directories", &parameters.directories));
  RETURN_IF_ERROR(Read(json, "exclude", &parameters.exclude));
  RETURN_IF_ERROR(Read(json, "modes", &parameters.modes));
  RETURN_IF_ERROR(Read(json, "owners", &parameters.owners));
  RETURN_IF_ERROR(Read(json, "remove", &parameters.remove));
  return parameters;
}

absl::StatusOr<CompressParameters> CompressParameters::Parse(
    absl::string_view text) {
  ASSIGN_OR_RETURN(Json json, ParseObject(text));
  RETURN_IF_ERROR(CheckNames(json, {"format", "level"}));
  CompressParameters parameters;
  RETURN_IF_ERROR(Read(json, "format", &parameters.format));
  RETURN_IF_ERROR(Read(json, "level", &parameters.level));
  return parameters;
}

absl::StatusOr<DigestsParameters> DigestsParameters::Parse(
    absl::string_view text) {
  ASSIGN_OR_RETURN(Json json, ParseObject(text));
  RETURN_IF_ERROR(CheckNames(json, {"inputs"}));
  DigestsParameters parameters;
  RETURN_IF_ERROR(Read(json, "inputs", &parameters.inputs));
  return parameters;
}

absl::StatusOr<Substitutions> ParseSubstitutions(absl::string_view text) {
  ASSIGN_OR_RETURN(Json json, ParseObject(text));
  Substitutions substitutions;
  for (auto it = json.begin(); it != json.end(); ++it) {
    if (!it->is_string()) {
      return Wrong(absl::StrCat("`", it.key(), "` wants a string"));
    }
    if (it.key().empty()) return Wrong("nothing cannot be substituted");
    substitutions.emplace_back(it.key(), it->get<std::string>());
  }
  return substitutions;
}

}  // namespace graph
