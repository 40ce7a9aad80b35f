// SPDX-License-Identifier: Apache-2.0
#include "engine/load/attr_builtins.h"

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/status/status_macros.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "dsl/runtime/arguments.h"
#include "dsl/runtime/thread.h"
#include "dsl/stdlib/provider.h"
#include "engine/load/convert.h"
#include "engine/load/place.h"

namespace graph {
namespace {

constexpr AttributeType kTypes[] = {
    AttributeType::kBool,
    AttributeType::kInt,
    AttributeType::kString,
    AttributeType::kLabel,
    AttributeType::kOutput,
    AttributeType::kStringList,
    AttributeType::kLabelList,
    AttributeType::kIntList,
    AttributeType::kOutputList,
    AttributeType::kStringDict,
    AttributeType::kLabelKeyedStringDict,
    AttributeType::kStringListDict,
};

bool HasLabels(AttributeType type) {
  return type == AttributeType::kLabel || type == AttributeType::kLabelList ||
         type == AttributeType::kLabelKeyedStringDict;
}

bool IsCollection(AttributeType type) {
  return type != AttributeType::kBool && type != AttributeType::kInt &&
         type != AttributeType::kString && type != AttributeType::kLabel &&
         type != AttributeType::kOutput;
}

// The parameters as given; which are understood depends on the type.
struct Given {
  dsl::Value default_value;
  dsl::Value allow_files;
  dsl::Value allow_single_file;
  dsl::Value providers;
  dsl::Value values;
  dsl::Value cfg;
};

absl::Status Unpack(const std::string& function, const dsl::Arguments& args,
                    AttributeSchema& schema, Given& given) {
  if (HasLabels(schema.type)) {
    return args.Unpack(function,
                       {{"*"},
                        {"default?", &given.default_value},
                        {"doc?", &schema.doc},
                        {"deprecated?", &schema.deprecated},
                        {"mandatory?", &schema.mandatory},
                        {"allow_empty?", &schema.allow_empty},
                        {"allow_files?", &given.allow_files},
                        {"allow_single_file?", &given.allow_single_file},
                        {"executable?", &schema.executable},
                        {"providers?", &given.providers},
                        {"cfg?", &given.cfg}});
  }
  if (IsOutput(schema.type)) {
    return args.Unpack(function, {{"*"},
                                  {"doc?", &schema.doc},
                                  {"deprecated?", &schema.deprecated},
                                  {"mandatory?", &schema.mandatory},
                                  {"allow_empty?", &schema.allow_empty}});
  }
  if (IsCollection(schema.type)) {
    return args.Unpack(function, {{"*"},
                                  {"default?", &given.default_value},
                                  {"doc?", &schema.doc},
                                  {"deprecated?", &schema.deprecated},
                                  {"mandatory?", &schema.mandatory},
                                  {"allow_empty?", &schema.allow_empty}});
  }
  if (schema.type == AttributeType::kBool) {
    return args.Unpack(function, {{"*"},
                                  {"default?", &given.default_value},
                                  {"doc?", &schema.doc},
                                  {"deprecated?", &schema.deprecated},
                                  {"mandatory?", &schema.mandatory}});
  }
  return args.Unpack(function, {{"*"},
                                {"default?", &given.default_value},
                                {"doc?", &schema.doc},
                                {"deprecated?", &schema.deprecated},
                                {"mandatory?", &schema.mandatory},
                                {"values?", &given.values}});
}

bool IsGiven(dsl::Value value) {
  return static_cast<bool>(value) && !value.is_none();
}

absl::StatusOr<FileFilter> ReadFilter(dsl::Value value) {
  FileFilter filter;
  if (value.is_bool()) {
    filter.kind =
        value.as_bool() ? FileFilter::Kind::kAny : FileFilter::Kind::kNone;
    return filter;
  }
  if (!value.is_list() && !value.is_tuple()) {
    return absl::InvalidArgumentError(absl::StrCat(
        "allow_files is True, False, or a list of suffixes such as \".c\"; "
        "got ",
        DescribeValue(value)));
  }
  filter.kind = FileFilter::Kind::kSuffixes;
  for (dsl::Value suffix : dsl::Elements(value)) {
    if (!suffix.is_string() || !absl::StartsWith(suffix.as_string(), ".")) {
      return absl::InvalidArgumentError(
          absl::StrCat("a suffix of allow_files begins with a dot, as \".c\"; "
                       "got ",
                       dsl::Brief(suffix)));
    }
    filter.suffixes.emplace_back(suffix.as_string());
  }
  return filter;
}

absl::Status ReadValues(dsl::Value value, AttributeSchema& schema) {
  if (!value.is_list() && !value.is_tuple()) {
    return absl::InvalidArgumentError(
        absl::StrCat("values wants a list, got ", DescribeValue(value)));
  }
  for (dsl::Value element : dsl::Elements(value)) {
    std::optional<int64_t> number = element.as_int64();
    if (schema.type == AttributeType::kString && element.is_string()) {
      schema.strings.emplace_back(element.as_string());
    } else if (schema.type == AttributeType::kInt && number.has_value()) {
      schema.ints.push_back(*number);
    } else {
      return absl::InvalidArgumentError(
          absl::StrCat("values of attr.", Name(schema.type), " holds ",
                       dsl::Brief(element)));
    }
  }
  return absl::OkStatus();
}

// Labels in defaults are relative to the file that says them.
absl::Status ReadDefault(dsl::Thread& thread, dsl::Value value,
                         AttributeSchema& schema) {
  schema.default_value = Attribute(EmptyValue(schema.type));
  if (!IsGiven(value)) return absl::OkStatus();
  PackageName folder;
  if (std::optional<dsl::Span> place = thread.Place()) {
    folder = FolderOf(FileOf(*place));
  }
  LabelReader labels(folder);
  AttributeSchema any = schema;  // May be empty, whatever targets may say.
  any.allow_empty = true;
  any.strings.clear();
  any.ints.clear();
  ConvertError error;
  if (Convert(any, value, labels, &schema.default_value, &error)) {
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError(absl::StrCat(
      "the default of attr.", Name(schema.type), " ", error.message));
}

absl::Status CheckCfg(dsl::Value cfg) {
  if (cfg.is_string() &&
      (cfg.as_string() == "exec" || cfg.as_string() == "target")) {
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError(
      absl::StrCat("cfg is \"exec\" or \"target\"; got ", dsl::Brief(cfg)));
}

absl::StatusOr<dsl::Value> MakeAttribute(AttributeType type,
                                         dsl::Thread& thread,
                                         const dsl::Arguments& arguments) {
  AttributeSchema schema;
  schema.type = type;
  Given given;
  RETURN_IF_ERROR(
      Unpack(absl::StrCat("attr.", Name(type)), arguments, schema, given));
  if (schema.mandatory && !schema.deprecated.empty()) {
    return absl::InvalidArgumentError(
        "what must be given cannot be deprecated");
  }
  RETURN_IF_ERROR(ReadDefault(thread, given.default_value, schema));
  if (IsGiven(given.allow_files)) {
    ASSIGN_OR_RETURN(schema.files, ReadFilter(given.allow_files));
  }
  if (IsGiven(given.allow_single_file)) {
    if (IsGiven(given.allow_files)) {
      return absl::InvalidArgumentError(
          "allow_files and allow_single_file exclude each other");
    }
    ASSIGN_OR_RETURN(schema.files, ReadFilter(given.allow_single_file));
    schema.single_file = schema.files.kind != FileFilter::Kind::kNone;
  }
  if (IsGiven(given.values)) {
    RETURN_IF_ERROR(ReadValues(given.values, schema));
  }
  if (IsGiven(given.cfg)) {
    RETURN_IF_ERROR(CheckCfg(given.cfg));
    schema.cfg = std::string(given.cfg.as_string());
  }
  ProviderChoices providers;
  if (IsGiven(given.providers)) {
    ASSIGN_OR_RETURN(providers, ReadProviders(given.providers, "providers"));
  }
  return dsl::Value::Of(thread.heap().New<AttributeDefinition>(
      std::move(schema), std::move(providers)));
}

}  // namespace

void AttributeDefinition::Repr(std::string* out) const {
  absl::StrAppend(out, "<attr.", Name(schema_.type), ">");
}

absl::StatusOr<ProviderChoices> ReadProviders(dsl::Value value,
                                              absl::string_view what) {
  absl::Status wrong = absl::InvalidArgumentError(
      absl::StrCat(what, " is a list of providers, or of lists of them"));
  if (!value.is_list() && !value.is_tuple()) return wrong;
  ProviderChoices choices;
  bool nested = false;
  for (dsl::Value element : dsl::Elements(value)) {
    nested |= element.is_list() || element.is_tuple();
  }
  if (!nested && !dsl::Elements(value).empty()) choices.emplace_back();
  for (dsl::Value element : dsl::Elements(value)) {
    std::vector<dsl::Value> all;
    if (!nested) {
      all = {element};
    } else if (element.is_list() || element.is_tuple()) {
      all.assign(dsl::Elements(element).begin(), dsl::Elements(element).end());
      choices.emplace_back();
    } else {
      return wrong;
    }
    for (dsl::Value provider : all) {
      if (dsl::NativeCast<dsl::Provider>(provider) == nullptr) return wrong;
      choices.back().push_back(provider);
    }
  }
  return choices;
}

dsl::Value MakeAttrModule(dsl::Heap& heap) {
  std::vector<std::pair<absl::string_view, dsl::Value>> members;
  for (AttributeType type : kTypes) {
    members.emplace_back(
        Name(type),
        heap.Builtin(
            absl::StrCat("attr.", Name(type)),
            [type](dsl::Thread& thread, const dsl::Arguments& arguments) {
              return MakeAttribute(type, thread, arguments);
            }));
  }
  return heap.Struct(members);
}

}  // namespace graph
