// SPDX-License-Identifier: Apache-2.0
#include "engine/analyze/context_value.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "dsl/runtime/thread.h"
#include "dsl/stdlib/depset.h"
#include "engine/analyze/actions.h"
#include "engine/analyze/attribute_values.h"
#include "engine/analyze/expand.h"
#include "engine/load/label_value.h"

namespace graph {
namespace {

using OptionalValue = absl::StatusOr<std::optional<dsl::Value>>;

// One of `ctx.attr`, `ctx.file`, `ctx.files`, `ctx.executable`, `ctx.outputs`:
// what `Read` gives for each attribute that it `Has`. Values are made once.
template <typename View>
class AttributesValue final : public dsl::Native {
 public:
  explicit AttributesValue(const ContextLink& link) : link_(link) {}

  absl::string_view type_name() const override { return View::kTypeName; }

  OptionalValue Attr(dsl::Thread&, absl::string_view name) const override {
    ASSIGN_OR_RETURN(RuleContext * context, link_.Follow());
    if (View::kHasName && name == "name") {
      return context->heap().String(context->label().name());
    }
    std::optional<uint16_t> index = context->rule().Find(name);
    if (!index.has_value() ||
        !View::Has(context->rule().attributes()[*index])) {
      return std::nullopt;
    }
    if (values_.empty()) values_.resize(context->attributes().size());
    if (!values_[*index]) {
      ASSIGN_OR_RETURN(values_[*index], View::Read(*context, *index));
    }
    return values_[*index];
  }

  std::vector<std::string> AttrNames() const override {
    auto context = link_.Follow();
    if (!context.ok()) return {};
    std::vector<std::string> names;
    if (View::kHasName) names.push_back("name");
    for (const AttributeSchema& schema : (*context)->rule().attributes()) {
      if (View::Has(schema)) names.push_back(schema.name);
    }
    std::sort(names.begin(), names.end());
    return names;
  }

 private:
  const ContextLink& link_;
  mutable std::vector<dsl::Value> values_;  // By attribute.
};

bool TakesLabels(const AttributeSchema& schema) {
  return schema.type == AttributeType::kLabel ||
         schema.type == AttributeType::kLabelList ||
         schema.type == AttributeType::kLabelKeyedStringDict;
}

struct AttrView {
  static constexpr absl::string_view kTypeName = "ctx.attr";
  static constexpr bool kHasName = true;
  static bool Has(const AttributeSchema&) { return true; }
  static absl::StatusOr<dsl::Value> Read(RuleContext& context, uint16_t index) {
    return AttributeToValue(context.attributes()[index], context.heap());
  }
};

struct FilesView {
  static constexpr absl::string_view kTypeName = "ctx.files";
  static constexpr bool kHasName = false;
  static bool Has(const AttributeSchema& schema) { return TakesLabels(schema); }
  static absl::StatusOr<dsl::Value> Read(RuleContext& context, uint16_t index) {
    return FilesOfAttribute(context.attributes()[index], context.heap());
  }
};

struct FileView {
  static constexpr absl::string_view kTypeName = "ctx.file";
  static constexpr bool kHasName = false;
  static bool Has(const AttributeSchema& schema) { return schema.single_file; }
  static absl::StatusOr<dsl::Value> Read(RuleContext& context, uint16_t index) {
    ASSIGN_OR_RETURN(
        dsl::Value files,
        FilesOfAttribute(context.attributes()[index], context.heap()));
    auto elements = dsl::Elements(files);
    return elements.empty() ? dsl::Value::None() : elements[0];
  }
};

struct ExecutableView {
  static constexpr absl::string_view kTypeName = "ctx.executable";
  static constexpr bool kHasName = false;
  static bool Has(const AttributeSchema& schema) { return schema.executable; }
  static absl::StatusOr<dsl::Value> Read(RuleContext& context, uint16_t index) {
    const auto& targets = context.attributes()[index].targets;
    if (targets.empty()) return dsl::Value::None();
    const FileValue* file = targets[0].second->files().executable;
    return file == nullptr ? dsl::Value::None() : dsl::Value::Of(file);
  }
};

struct OutputsView {
  static constexpr absl::string_view kTypeName = "ctx.outputs";
  static constexpr bool kHasName = false;
  static bool Has(const AttributeSchema& schema) {
    return IsOutput(schema.type);
  }
  static absl::StatusOr<dsl::Value> Read(RuleContext& context, uint16_t index) {
    std::vector<dsl::Value> files;
    absl::Status status;
    ForEachLabel(*context.attributes()[index].value, [&](const Label& output) {
      auto file = context.Declare(output.name(), Artifact::Kind::kFile);
      if (file.ok()) {
        files.push_back(dsl::Value::Of(*file));
      } else {
        status = file.status();
      }
    });
    RETURN_IF_ERROR(status);
    if (context.rule().attributes()[index].type == AttributeType::kOutputList) {
      return context.heap().List(files);
    }
    return files.empty() ? dsl::Value::None() : files[0];
  }
};

absl::StatusOr<dsl::Value> ExpandLocationMethod(
    RuleContext& context, dsl::Thread& thread,
    const dsl::Arguments& arguments) {
  absl::string_view input;
  std::vector<dsl::Value> targets;
  RETURN_IF_ERROR(arguments.Unpack(
      "expand_location", {{"input", &input}, {"targets?", &targets}}));
  std::vector<const TargetValue*> more;
  for (dsl::Value value : targets) {
    const auto* target = dsl::NativeCast<TargetValue>(value);
    if (target == nullptr) {
      return absl::InvalidArgumentError(
          absl::StrCat("expand_location: `targets` takes a list of targets; ",
                       "got a value of type ", value.type_name()));
    }
    more.push_back(target);
  }
  ASSIGN_OR_RETURN(std::string text,
                   context.ExpandLocation(input, more, /*quote=*/true));
  return thread.heap().String(text);
}

absl::StatusOr<dsl::Value> ExpandMakeVariablesMethod(
    RuleContext& context, dsl::Thread& thread,
    const dsl::Arguments& arguments) {
  absl::string_view attribute;
  absl::string_view command;
  dsl::Value substitutions;
  RETURN_IF_ERROR(arguments.Unpack(
      "expand_make_variables", {{"attribute_name", &attribute},
                                {"command", &command},
                                {"additional_substitutions", &substitutions}}));
  if (!substitutions.is_dict()) {
    return absl::InvalidArgumentError(
        "expand_make_variables: `additional_substitutions` takes a dict");
  }
  auto expanded = ExpandVariables(
      command, [&](absl::string_view name) -> std::optional<std::string> {
        std::optional<dsl::Value> value = dsl::DictFind(substitutions, name);
        if (!value.has_value() || !value->is_string()) return std::nullopt;
        return std::string(value->as_string());
      });
  if (!expanded.ok()) {
    return absl::InvalidArgumentError(
        absl::StrCat("in `", attribute, "` of ", context.label().text(), ": ",
                     expanded.status().message()));
  }
  return thread.heap().String(*expanded);
}

absl::StatusOr<dsl::Value> RunfilesMethod(RuleContext& context,
                                          dsl::Thread& thread,
                                          const dsl::Arguments& arguments) {
  dsl::Value files;
  dsl::Value transitive;
  RETURN_IF_ERROR(arguments.Unpack(
      "runfiles", {{"files?", &files}, {"transitive_files?", &transitive}}));
  dsl::Heap& heap = thread.heap();
  ASSIGN_OR_RETURN(dsl::Value direct, DepsetOfFiles(heap, files, "files"));
  ASSIGN_OR_RETURN(dsl::Value more,
                   DepsetOfFiles(heap, transitive, "transitive_files"));
  std::array<dsl::Value, 2> parts = {direct, more};
  ASSIGN_OR_RETURN(
      dsl::Value all,
      dsl::Depset::Create(context.heap(), dsl::Depset::Order::kDefault, {},
                          parts));
  return dsl::Value::Of(context.heap().New<RunfilesValue>(all));
}

class ContextValue final : public dsl::Native {
 public:
  explicit ContextValue(const ContextLink& link) : link_(link) {}

  absl::string_view type_name() const override { return "ctx"; }

  OptionalValue Attr(dsl::Thread&, absl::string_view name) const override {
    ASSIGN_OR_RETURN(RuleContext * context, link_.Follow());
    dsl::Heap& heap = context->heap();
    if (name == "attr") return Part<AttrView>(heap, attr_);
    if (name == "file") return Part<FileView>(heap, file_);
    if (name == "files") return Part<FilesView>(heap, files_);
    if (name == "executable") return Part<ExecutableView>(heap, executable_);
    if (name == "outputs") return Part<OutputsView>(heap, outputs_);
    if (name == "actions") {
      if (!actions_) actions_ = MakeActionsValue(heap, link_);
      return actions_;
    }
    if (name == "label") return MakeLabelValue(heap, context->label());
    if (name == "build_file_path") {
      return heap.String(
          absl::StrCat(context->label().package(), "/BUILD.spec"));
    }
    if (name == "expand_location") {
      return MakeMethod(heap, link_, name, ExpandLocationMethod);
    }
    if (name == "expand_make_variables") {
      return MakeMethod(heap, link_, name, ExpandMakeVariablesMethod);
    }
    if (name == "runfiles") {
      return MakeMethod(heap, link_, name, RunfilesMethod);
    }
    return std::nullopt;
  }

  std::vector<std::string> AttrNames() const override {
    return {"actions",
            "attr",
            "build_file_path",
            "executable",
            "expand_location",
            "expand_make_variables",
            "file",
            "files",
            "label",
            "outputs",
            "runfiles"};
  }

 private:
  template <typename View>
  dsl::Value Part(dsl::Heap& heap, dsl::Value& part) const {
    if (!part) part = dsl::Value::Of(heap.New<AttributesValue<View>>(link_));
    return part;
  }

  const ContextLink& link_;
  // Made when they are first asked for.
  mutable dsl::Value attr_, file_, files_, executable_, outputs_, actions_;
};

}  // namespace

absl::StatusOr<RuleContext*> ContextLink::Follow() const {
  if (context_ == nullptr) {
    return absl::InvalidArgumentError(
        "`ctx` can be used only while the implementation that got it runs");
  }
  return context_;
}

dsl::Value MakeContextValue(RuleContext& context, const ContextLink& link) {
  return dsl::Value::Of(context.heap().New<ContextValue>(link));
}

}  // namespace graph
