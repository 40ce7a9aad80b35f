// SPDX-License-Identifier: Apache-2.0
#include "engine/load/package_functions.h"

#include <memory>
#include <string>
#include <utility>

#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "dsl/runtime/arguments.h"
#include "dsl/runtime/thread.h"
#include "engine/load/glob.h"
#include "engine/load/label_value.h"
#include "engine/load/package_builder.h"
#include "engine/load/version_builtins.h"

namespace graph {
namespace {

using Strings = std::vector<std::string>;

absl::StatusOr<dsl::Value> CallGlob(dsl::Thread& thread,
                                    const dsl::Arguments& arguments) {
  ASSIGN_OR_RETURN(PackageBuilder * builder,
                   PackageBuilder::Of(thread, "glob"));
  GlobRequest request;
  dsl::Value exclude_directories = dsl::Value::Bool(true);
  RETURN_IF_ERROR(
      arguments.Unpack("glob", {{"include", &request.include},
                                {"exclude?", &request.exclude},
                                {"exclude_directories?", &exclude_directories},
                                {"allow_empty?", &request.allow_empty}}));
  request.exclude_directories = exclude_directories.truth();
  ASSIGN_OR_RETURN(Strings paths,
                   Glob(request, builder->name(), builder->files()));
  std::vector<dsl::Value> values;
  values.reserve(paths.size());
  for (const std::string& path : paths) {
    // A class folder of MATLAB's, `@grid/`, would read as a repository.
    const bool misread = path[0] == '@' || path[0] == ':';
    values.push_back(
        thread.heap().String(misread ? absl::StrCat(":", path) : path));
  }
  return thread.heap().List(values);
}

absl::StatusOr<dsl::Value> CallPackage(dsl::Thread& thread,
                                       const dsl::Arguments& arguments) {
  ASSIGN_OR_RETURN(PackageBuilder * builder,
                   PackageBuilder::Of(thread, "package"));
  Strings entries;
  bool testonly = false;
  RETURN_IF_ERROR(
      arguments.Unpack("package", {{"*"},
                                   {"default_visibility?", &entries},
                                   {"default_testonly?", &testonly}}));
  const Visibility* visibility = &Visibility::Private();
  if (!entries.empty()) {
    ASSIGN_OR_RETURN(visibility, builder->ReadVisibility(entries));
  }
  RETURN_IF_ERROR(builder->SetDefaults(*visibility, testonly));
  return dsl::Value::None();
}

absl::StatusOr<dsl::Value> CallExportsFiles(dsl::Thread& thread,
                                            const dsl::Arguments& arguments) {
  ASSIGN_OR_RETURN(PackageBuilder * builder,
                   PackageBuilder::Of(thread, "exports_files"));
  Strings files;
  Strings entries = {"//visibility:public"};
  RETURN_IF_ERROR(arguments.Unpack(
      "exports_files", {{"srcs", &files}, {"visibility?", &entries}}));
  ASSIGN_OR_RETURN(const Visibility* visibility,
                   builder->ReadVisibility(entries));
  for (const std::string& file : files) {
    RETURN_IF_ERROR(builder->ExportFile(thread, file, *visibility));
  }
  return dsl::Value::None();
}

absl::StatusOr<dsl::Value> CallPackageName(dsl::Thread& thread,
                                           const dsl::Arguments& arguments) {
  ASSIGN_OR_RETURN(PackageBuilder * builder,
                   PackageBuilder::Of(thread, "package_name"));
  RETURN_IF_ERROR(arguments.Unpack("package_name", {}));
  return thread.heap().String(builder->name().path);
}

absl::StatusOr<dsl::Value> CallRepositoryName(dsl::Thread& thread,
                                              const dsl::Arguments& arguments) {
  ASSIGN_OR_RETURN(PackageBuilder * builder,
                   PackageBuilder::Of(thread, "repository_name"));
  RETURN_IF_ERROR(arguments.Unpack("repository_name", {}));
  return thread.heap().String(absl::StrCat("@", builder->name().repo));
}

// name, kind and what was said as plain values: what has a select() is left
// out, for nobody can look into it.
absl::StatusOr<dsl::Value> DescribeRule(dsl::Heap& heap, const Target& target) {
  dsl::Value dict = heap.Dict();
  auto set = [&](absl::string_view key, dsl::Value value) {
    return heap.DictSet(dict, heap.String(key), value);
  };
  RETURN_IF_ERROR(set("name", heap.String(target.label.name())));
  RETURN_IF_ERROR(set("kind", heap.String(target.rule().name())));
  const std::vector<std::string> seen_by = target.visibility->ToStrings();
  RETURN_IF_ERROR(set(
      "visibility", ToValue(heap, StringList(seen_by.begin(), seen_by.end()))));
  for (const Target::Setting& setting : target.settings()) {
    const AttributeValue* plain = setting.value.plain();
    if (plain == nullptr) continue;
    const AttributeSchema& schema =
        target.rule().attributes()[setting.attribute];
    RETURN_IF_ERROR(set(schema.name, ToValue(heap, *plain)));
  }
  return dict;
}

absl::StatusOr<dsl::Value> CallExistingRule(dsl::Thread& thread,
                                            const dsl::Arguments& arguments) {
  ASSIGN_OR_RETURN(PackageBuilder * builder,
                   PackageBuilder::Of(thread, "existing_rule"));
  absl::string_view name;
  RETURN_IF_ERROR(arguments.Unpack("existing_rule", {{"name", &name}}));
  const Target* target = builder->package().Find(name);
  if (target == nullptr || target->kind() != Target::Kind::kRule) {
    return dsl::Value::None();
  }
  return DescribeRule(thread.heap(), *target);
}

absl::StatusOr<dsl::Value> CallExistingRules(dsl::Thread& thread,
                                             const dsl::Arguments& arguments) {
  ASSIGN_OR_RETURN(PackageBuilder * builder,
                   PackageBuilder::Of(thread, "existing_rules"));
  RETURN_IF_ERROR(arguments.Unpack("existing_rules", {}));
  dsl::Heap& heap = thread.heap();
  dsl::Value rules = heap.Dict();
  for (const Target& target : builder->package().targets()) {
    if (target.kind() != Target::Kind::kRule) continue;
    ASSIGN_OR_RETURN(dsl::Value described, DescribeRule(heap, target));
    RETURN_IF_ERROR(
        heap.DictSet(rules, heap.String(target.label.name()), described));
  }
  return rules;
}

}  // namespace

std::vector<PackageFunction> PackageFunctions() {
  return {
      {"existing_rule", CallExistingRule},
      {"existing_rules", CallExistingRules},
      {"exports_files", CallExportsFiles},
      {"glob", CallGlob},
      {"package", CallPackage},
      {"package_name", CallPackageName},
      {"locked", CallLocked},
      {"repository_name", CallRepositoryName},
      {"version", CallVersion},
  };
}

}  // namespace graph
