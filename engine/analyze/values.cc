// SPDX-License-Identifier: Apache-2.0
#include "engine/analyze/values.h"

#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status_macros.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "dsl/runtime/thread.h"
#include "dsl/stdlib/depset.h"
#include "engine/load/label_value.h"

namespace graph {
namespace {

using OptionalValue = absl::StatusOr<std::optional<dsl::Value>>;

absl::string_view BaseName(absl::string_view path) {
  size_t slash = path.rfind('/');
  return slash == absl::string_view::npos ? path : path.substr(slash + 1);
}

absl::string_view DirName(absl::string_view path) {
  size_t slash = path.rfind('/');
  return slash == absl::string_view::npos ? "." : path.substr(0, slash);
}

// What follows the last dot of the name; empty for `.profile`, too.
absl::string_view Extension(absl::string_view path) {
  absl::string_view name = BaseName(path);
  size_t dot = name.rfind('.');
  if (dot == absl::string_view::npos || dot == 0) return "";
  return name.substr(dot + 1);
}

// runfiles.merge(other), runfiles.merge_all([others]).
absl::StatusOr<dsl::Value> Merge(dsl::Thread& thread, dsl::Value self,
                                 std::span<const dsl::Value> others) {
  std::vector<dsl::Value> parts = {self};
  for (dsl::Value other : others) {
    const auto* runfiles = dsl::NativeCast<RunfilesValue>(other);
    if (runfiles == nullptr) {
      return absl::InvalidArgumentError(absl::StrCat(
          "merge: got a value of type ", other.type_name(), ", not runfiles"));
    }
    parts.push_back(runfiles->files());
  }
  dsl::Heap& heap = thread.heap();
  ASSIGN_OR_RETURN(
      dsl::Value files,
      dsl::Depset::Create(heap, dsl::Depset::Order::kDefault, {}, parts));
  return dsl::Value::Of(heap.New<RunfilesValue>(files));
}

absl::Status NotFiles(absl::string_view what, dsl::Value got) {
  return absl::InvalidArgumentError(
      absl::StrCat("`", what, "` takes a list or a depset of Files; got ",
                   got.is_string() ? dsl::Brief(got) : got.type_name(),
                   got.is_string() ? ", which is a string" : ""));
}

}  // namespace

void FileValue::Repr(std::string* out) const {
  absl::StrAppend(out, "<", graph_.is_source(id_) ? "source" : "generated",
                  is_directory() ? " directory " : " file ", path(), ">");
}

OptionalValue FileValue::Attr(dsl::Thread& thread,
                              absl::string_view name) const {
  dsl::Heap& heap = thread.heap();
  if (name == "path") return heap.String(path());
  if (name == "short_path") {
    return heap.String(absl::StripPrefix(path(), "graph-out/"));
  }
  if (name == "basename") return heap.String(BaseName(path()));
  if (name == "dirname") return heap.String(DirName(path()));
  if (name == "extension") return heap.String(Extension(path()));
  if (name == "is_directory") return dsl::Value::Bool(is_directory());
  if (name == "is_source") return dsl::Value::Bool(graph_.is_source(id_));
  if (name == "owner") return MakeLabelValue(heap, owner_);
  return std::nullopt;
}

std::vector<std::string> FileValue::AttrNames() const {
  return {"basename",  "dirname", "extension", "is_directory",
          "is_source", "owner",   "path",      "short_path"};
}

OptionalValue RunfilesValue::Attr(dsl::Thread& thread,
                                  absl::string_view name) const {
  if (name == "files") return files_;
  dsl::Value self = files_;
  if (name == "merge") {
    return thread.heap().Builtin(
        "merge",
        [self](dsl::Thread& caller,
               const dsl::Arguments& arguments) -> absl::StatusOr<dsl::Value> {
          dsl::Value other;
          RETURN_IF_ERROR(arguments.Unpack("merge", {{"other", &other}}));
          return Merge(caller, self, {&other, 1});
        });
  }
  if (name == "merge_all") {
    return thread.heap().Builtin(
        "merge_all",
        [self](dsl::Thread& caller,
               const dsl::Arguments& arguments) -> absl::StatusOr<dsl::Value> {
          std::vector<dsl::Value> others;
          RETURN_IF_ERROR(arguments.Unpack("merge_all", {{"other", &others}}));
          return Merge(caller, self, others);
        });
  }
  return std::nullopt;
}

OptionalValue FilesToRunValue::Attr(dsl::Thread&,
                                    absl::string_view name) const {
  if (name == "executable") {
    return files_.executable == nullptr ? dsl::Value::None()
                                        : dsl::Value::Of(files_.executable);
  }
  if (name == "runfiles") return dsl::Value::Of(files_.runfiles);
  return std::nullopt;
}

std::optional<dsl::Value> TargetValue::Find(
    const dsl::Provider& provider) const {
  for (dsl::Value value : providers_) {
    const auto* instance = dsl::NativeCast<dsl::ProviderInstance>(value);
    if (&instance->provider() == &provider) return value;
  }
  return std::nullopt;
}

bool TargetValue::Provides(const dsl::Provider& provider) const {
  return &provider == &default_info_ || Find(provider).has_value();
}

std::string TargetValue::ProviderNames() const {
  std::string names = "DefaultInfo";
  for (dsl::Value value : providers_) {
    const auto* instance = dsl::NativeCast<dsl::ProviderInstance>(value);
    absl::StrAppend(&names, ", ", instance->provider().name());
  }
  return names;
}

absl::StatusOr<dsl::Value> TargetValue::DefaultInfo(dsl::Thread& thread) const {
  std::vector<dsl::NamedValue> fields;
  for (const std::string& name : *default_info_.schema().fields) {
    dsl::Value value = dsl::Value::None();
    if (name == "executable") {
      if (files_.executable != nullptr) {
        value = dsl::Value::Of(files_.executable);
      }
    } else {
      // `runfiles` is what the constructor calls them.
      ASSIGN_OR_RETURN(
          std::optional<dsl::Value> found,
          Attr(thread, name == "runfiles" ? "default_runfiles" : name));
      if (found.has_value()) value = *found;
    }
    fields.emplace_back(name, value);
  }
  return default_info_.Create(thread.heap(), fields);
}

void TargetValue::Repr(std::string* out) const {
  absl::StrAppend(out, "<target ", label_.text(), ">");
}

OptionalValue TargetValue::Attr(dsl::Thread& thread,
                                absl::string_view name) const {
  if (name == "files") return files_.files;
  if (name == "label") return MakeLabelValue(thread.heap(), label_);
  if (name == "default_runfiles" || name == "data_runfiles") {
    return dsl::Value::Of(files_.runfiles);
  }
  if (name == "files_to_run") {
    return dsl::Value::Of(thread.heap().New<FilesToRunValue>(files_));
  }
  return std::nullopt;
}

std::vector<std::string> TargetValue::AttrNames() const {
  return {"data_runfiles", "default_runfiles", "files", "files_to_run",
          "label"};
}

absl::StatusOr<dsl::Value> TargetValue::Index(dsl::Thread& thread,
                                              dsl::Value key) const {
  const auto* provider = dsl::NativeCast<dsl::Provider>(key);
  if (provider == nullptr) {
    return absl::InvalidArgumentError(
        absl::StrCat("a target is indexed by a provider, not by a value of ",
                     "type ", key.type_name()));
  }
  if (provider == &default_info_) return DefaultInfo(thread);
  std::optional<dsl::Value> found = Find(*provider);
  if (!found.has_value()) {
    return absl::InvalidArgumentError(
        absl::StrCat(label_.text(), " does not provide ", provider->name(),
                     "; it has ", ProviderNames()));
  }
  return *found;
}

absl::StatusOr<bool> TargetValue::Contains(dsl::Thread&,
                                           dsl::Value element) const {
  const auto* provider = dsl::NativeCast<dsl::Provider>(element);
  if (provider == nullptr) {
    return absl::InvalidArgumentError(
        absl::StrCat("`in` a target asks for a provider, not for a value of ",
                     "type ", element.type_name()));
  }
  return Provides(*provider);
}

const FileValue* FileValues::Of(ArtifactId id, const Label& owner) {
  if (files_.size() <= id.index) files_.resize(id.index + 1, nullptr);
  const FileValue*& file = files_[id.index];
  if (file == nullptr) file = heap_.New<FileValue>(graph_, id, owner);
  return file;
}

absl::StatusOr<std::vector<ArtifactId>> ArtifactsIn(dsl::Value files,
                                                    absl::string_view what) {
  std::vector<dsl::Value> elements;
  if (files.is_list() || files.is_tuple()) {
    auto span = dsl::Elements(files);
    elements.assign(span.begin(), span.end());
  } else if (const auto* depset = dsl::NativeCast<dsl::Depset>(files)) {
    elements = depset->ToList();
  } else {
    return NotFiles(what, files);
  }
  std::vector<ArtifactId> artifacts;
  artifacts.reserve(elements.size());
  absl::flat_hash_set<uint32_t> seen;
  for (dsl::Value element : elements) {
    const auto* file = dsl::NativeCast<FileValue>(element);
    if (file == nullptr) return NotFiles(what, element);
    if (elements.size() > 1 && !seen.insert(file->id().index).second) continue;
    artifacts.push_back(file->id());
  }
  return artifacts;
}

absl::StatusOr<dsl::Value> DepsetOfFiles(dsl::Heap& heap, dsl::Value files,
                                         absl::string_view what) {
  if (!files || files.is_none()) {
    return dsl::Depset::Create(heap, dsl::Depset::Order::kDefault, {}, {});
  }
  if (const auto* depset = dsl::NativeCast<dsl::Depset>(files)) {
    if (depset->empty() || depset->element_type() == "File") return files;
    return ArtifactsIn(files, what).status();
  }
  RETURN_IF_ERROR(ArtifactsIn(files, what).status());
  return dsl::Depset::Create(heap, dsl::Depset::Order::kDefault,
                             dsl::Elements(files), {});
}

}  // namespace graph
