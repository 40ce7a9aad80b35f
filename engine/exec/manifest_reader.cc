// SPDX-License-Identifier: Apache-2.0
#include "engine/exec/manifest_reader.h"

#include <algorithm>
#include <cstdint>
#include <nlohmann/json.hpp>

#include "absl/status/status.h"
#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "engine/base/digest.h"
#include "engine/base/json_text.h"

namespace graph {
namespace {

using Json = nlohmann::json;
using Kind = OutputEntry::Kind;

absl::StatusOr<Json> Parse(absl::string_view text) {
  try {
    return Json::parse(text.begin(), text.end());
  } catch (const Json::parse_error& error) {
    const absl::string_view before =
        text.substr(0, std::min(text.size(), std::max<size_t>(error.byte, 1)));
    const size_t line = std::count(before.begin(), before.end(), '\n') + 1;
    const size_t start = before.rfind('\n');
    const size_t column =
        before.size() - (start == before.npos ? 0 : start + 1);
    return absl::InvalidArgumentError(
        absl::StrCat(line, ":", std::max<size_t>(column, 1),
                     ": this is no JSON: something is missing or too much"));
  }
}

// Where an entry stands, for messages: `files[3]`.
struct Place {
  absl::string_view list;
  size_t index;

  absl::Status Wrong(absl::string_view what) const {
    return absl::InvalidArgumentError(
        absl::StrCat("`", list, "[", index, "]` ", what));
  }
};

absl::StatusOr<std::string> Text(const Json& entry, const std::string& field,
                                 const Place& place) {
  auto it = entry.find(field);
  if (it == entry.end() || !it->is_string()) {
    return place.Wrong(absl::StrCat("has no text `", field, "`"));
  }
  return it->get<std::string>();
}

absl::StatusOr<std::string> PathOf(const Json& entry, const std::string& field,
                                   const Place& place) {
  ASSIGN_OR_RETURN(const std::string text, Text(entry, field, place));
  const absl::string_view path = absl::StripPrefix(text, "/");
  for (absl::string_view part : absl::StrSplit(path, '/')) {
    if (part.empty() || part == "." || part == ".." ||
        part.find('\0') != part.npos) {
      return place.Wrong(absl::StrCat("has the path ", JsonString(text),
                                      ", which is not one below a folder"));
    }
  }
  return std::string(path);
}

absl::StatusOr<Kind> KindOf(const Json& entry, const Place& place) {
  if (!entry.contains("kind")) return Kind::kFile;
  ASSIGN_OR_RETURN(const std::string kind, Text(entry, "kind", place));
  if (kind == "file") return Kind::kFile;
  if (kind == "directory") return Kind::kDirectory;
  if (kind == "symlink") return Kind::kSymlink;
  return place.Wrong(absl::StrCat("has the kind ", JsonString(kind),
                                  ", which is not file, directory or symlink"));
}

absl::StatusOr<Digest> DigestOf(const Json& entry, const Place& place) {
  ASSIGN_OR_RETURN(const std::string sha256, Text(entry, "sha256", place));
  auto size = entry.find("size");
  if (size == entry.end() || !size->is_number_integer() ||
      size->get<int64_t>() < 0) {
    return place.Wrong("has no number `size`");
  }
  const absl::StatusOr<Digest> digest =
      Digest::FromHex(sha256, size->get<int64_t>());
  if (!digest.ok()) {
    return place.Wrong(absl::StrCat("has the sha256 ", JsonString(sha256),
                                    ", which is not 64 lowercase digits"));
  }
  return digest;
}

absl::StatusOr<OutputEntry> EntryOf(const Json& entry,
                                    const std::string& path_field,
                                    const Place& place) {
  OutputEntry read;
  ASSIGN_OR_RETURN(read.path, PathOf(entry, path_field, place));
  ASSIGN_OR_RETURN(read.kind, KindOf(entry, place));
  if (read.kind == Kind::kSymlink) {
    ASSIGN_OR_RETURN(read.target, Text(entry, "target", place));
  } else {
    ASSIGN_OR_RETURN(read.digest, DigestOf(entry, place));
  }
  auto executable = entry.find("executable");
  read.executable = executable != entry.end() && executable->is_boolean() &&
                    executable->get<bool>();
  return read;
}

bool IsWanted(const Json& entry, const ManifestView& view) {
  return std::all_of(
      view.where.begin(), view.where.end(), [&](const auto& condition) {
        auto it = entry.find(condition.first);
        return it != entry.end() && it->is_string() && *it == condition.second;
      });
}

}  // namespace

absl::StatusOr<std::vector<OutputEntry>> ReadManifest(
    absl::string_view text, const ManifestView& view) {
  ASSIGN_OR_RETURN(const Json json, Parse(text));
  const char* name = "files";
  if (json.is_object() && !json.contains(name)) name = "artifacts";
  if (!json.is_object() || !json.contains(name) || !json[name].is_array()) {
    return absl::InvalidArgumentError(
        "this is no manifest: it has no list `files` or `artifacts`");
  }
  std::string path_field = view.path_field;
  if (path_field.empty()) {
    path_field = name[0] == 'f' ? "path" : "download_path";
  }
  std::vector<OutputEntry> entries;
  Place place{name, 0};
  for (const Json& entry : json[name]) {
    if (!entry.is_object()) return place.Wrong("is no object");
    if (IsWanted(entry, view)) {
      ASSIGN_OR_RETURN(OutputEntry read, EntryOf(entry, path_field, place));
      entries.push_back(std::move(read));
    }
    ++place.index;
  }
  // Or a slip of the pen would make everything look well.
  if (entries.empty() && !view.where.empty()) {
    return absl::InvalidArgumentError(absl::StrCat(
        "no entry of `", name, "` has `", view.where[0].first,
        "` = ", JsonString(view.where[0].second),
        view.where.size() > 1 ? " and all else that was asked for" : ""));
  }
  const auto by_path = [](const OutputEntry& a, const OutputEntry& b) {
    return a.path < b.path;
  };
  std::stable_sort(entries.begin(), entries.end(), by_path);
  // Two targets may have made the same file.
  entries.erase(std::unique(entries.begin(), entries.end()), entries.end());
  auto twice = std::adjacent_find(
      entries.begin(), entries.end(),
      [](const auto& a, const auto& b) { return a.path == b.path; });
  if (twice != entries.end()) {
    return absl::InvalidArgumentError(absl::StrCat(
        "`", name, "` lists ", twice->path, " twice, with different content"));
  }
  return entries;
}

}  // namespace graph
