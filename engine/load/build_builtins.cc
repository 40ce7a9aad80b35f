// SPDX-License-Identifier: Apache-2.0
#include "engine/load/build_builtins.h"

#include <set>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "dsl/runtime/arguments.h"
#include "dsl/runtime/heap.h"
#include "dsl/runtime/native.h"
#include "dsl/runtime/thread.h"
#include "dsl/runtime/types/type.h"
#include "engine/load/attr_builtins.h"
#include "engine/load/convert.h"
#include "engine/load/label_value.h"
#include "engine/load/package_functions.h"
#include "engine/load/place.h"
#include "engine/load/rule_builtin.h"
#include "engine/load/select_value.h"
#include "engine/load/version_builtins.h"
#include "engine/model/configuration.h"

namespace graph {
namespace {

// Label("//x:y"): relative to the file that says it.
absl::StatusOr<dsl::Value> MakeLabel(dsl::Thread& thread,
                                     const dsl::Arguments& arguments) {
  dsl::Value value;
  RETURN_IF_ERROR(arguments.Unpack("Label", {{"label", &value}}));
  if (dsl::NativeCast<LabelValue>(value) != nullptr) return value;
  if (!value.is_string()) {
    return absl::InvalidArgumentError(
        absl::StrCat("Label() wants a string, got ", DescribeValue(value)));
  }
  PackageName folder;
  if (std::optional<dsl::Span> place = thread.Place()) {
    folder = FolderOf(FileOf(*place));
  }
  ASSIGN_OR_RETURN(Label label, Label::Parse(value.as_string(), folder));
  return MakeLabelValue(thread.heap(), std::move(label));
}

// `Label`: makes labels, and is their type in annotations.
class LabelMaker final : public dsl::Native, public dsl::TypeMaker {
 public:
  absl::string_view type_name() const override {
    return "builtin_function_or_method";
  }
  void Repr(std::string* out) const override {
    out->append("<built-in function Label>");
  }
  bool Callable() const override { return true; }
  absl::StatusOr<dsl::Value> Call(
      dsl::Thread& thread, const dsl::Arguments& arguments) const override {
    return MakeLabel(thread, arguments);
  }
  bool HasInstance(dsl::Value value) const override {
    return dsl::NativeCast<LabelValue>(value) != nullptr;
  }
  std::string TypeText() const override { return "Label"; }
};

// What build files and native.… have in common.
void AddPackageFunctions(dsl::Environment::Builder& builder) {
  for (const PackageFunction& function : PackageFunctions()) {
    builder.SetBuiltin(function.name, function.call);
  }
  builder.Set(kConfigSetting, MakeConfigSetting(builder.heap()));
}

void AddShared(dsl::Environment::Builder& builder) {
  builder.Set("Label", dsl::Value::Of(builder.heap().New<LabelMaker>()));
  builder.SetBuiltin("select", Select);
  AddVersionSources(builder);
}

const dsl::Provider* AddDefaultInfo(const dsl::Environment& universe,
                                    dsl::Environment::Builder& builder) {
  if (std::optional<dsl::Value> known = universe.Find("DefaultInfo")) {
    return dsl::NativeCast<dsl::Provider>(*known);
  }
  dsl::Provider::Schema schema;
  schema.doc = "The files of a target, and how to run it.";
  schema.fields = {"files", "executable", "runfiles", "default_runfiles",
                   "data_runfiles"};
  auto* provider =
      builder.heap().New<dsl::Provider>("DefaultInfo", std::move(schema));
  builder.Set("DefaultInfo", dsl::Value::Of(provider));
  return provider;
}

}  // namespace

absl::StatusOr<std::optional<dsl::Value>> NativeModule::Attr(
    dsl::Thread&, absl::string_view name) const {
  if (std::optional<dsl::Value> function = functions_->Find(name)) {
    return function;
  }
  const dsl::Module* prelude = prelude_.load();
  if (prelude == nullptr || name.empty() || name.front() == '_') {
    return std::nullopt;
  }
  return prelude->Find(name);
}

std::vector<std::string> NativeModule::AttrNames() const {
  std::set<std::string> names;
  for (std::string& name : functions_->Names()) names.insert(std::move(name));
  if (const dsl::Module* prelude = prelude_.load()) {
    for (absl::string_view name : prelude->Names()) {
      if (name.front() != '_') names.emplace(name);
    }
  }
  return {names.begin(), names.end()};
}

BuildLanguage MakeBuildLanguage(
    std::shared_ptr<const dsl::Environment> universe) {
  BuildLanguage language;
  dsl::Environment::Builder functions;
  AddPackageFunctions(functions);
  std::shared_ptr<const dsl::Environment> shared_functions = functions.Freeze();

  dsl::Environment::Builder modules(universe);
  AddShared(modules);
  modules.SetBuiltin("rule", MakeRule);
  modules.Set("attr", MakeAttrModule(modules.heap()));
  language.native = modules.heap().New<NativeModule>(shared_functions);
  modules.Set("native", dsl::Value::Of(language.native));
  language.default_info = AddDefaultInfo(*universe, modules);
  language.modules = modules.Freeze();

  dsl::Environment::Builder build_files(universe);
  AddShared(build_files);
  for (const std::string& name : shared_functions->Names()) {
    build_files.Set(name, *shared_functions->Find(name));
  }
  build_files.heap().Retain(shared_functions);
  language.build_files = build_files.Freeze();
  return language;
}

std::shared_ptr<const dsl::Environment> WithPrelude(
    std::shared_ptr<const dsl::Environment> build_files,
    std::shared_ptr<const dsl::Module> prelude) {
  dsl::Environment::Builder builder(std::move(build_files));
  for (absl::string_view name : prelude->Names()) {
    if (name.front() != '_') builder.Set(name, *prelude->Find(name));
  }
  builder.heap().Retain(std::move(prelude));
  return builder.Freeze();
}

}  // namespace graph
