// SPDX-License-Identifier: Apache-2.0
#include "dsl/stdlib/provider.h"

#include <algorithm>

#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "dsl/runtime/arguments.h"
#include "dsl/runtime/operators.h"
#include "dsl/runtime/printer.h"
#include "dsl/runtime/types/int.h"
#include "dsl/runtime/types/string.h"
#include "dsl/runtime/walk.h"
#include "dsl/stdlib/library.h"
#include "dsl/syntax/spelling.h"

namespace dsl {
namespace {

absl::Status Error(absl::string_view message) {
  return absl::InvalidArgumentError(message);
}

// What `init` is worked around with: makes instances from fields as given.
class RawConstructor final : public Native {
 public:
  explicit RawConstructor(const Provider* provider) : provider_(provider) {}

  absl::string_view type_name() const override {
    return "builtin_function_or_method";
  }
  void Repr(std::string* out) const override {
    absl::StrAppend(out, "<raw constructor of ", provider_->name(), ">");
  }
  bool Callable() const override { return true; }
  absl::StatusOr<Value> Call(Thread& thread,
                             const Arguments& arguments) const override {
    RETURN_IF_ERROR(Arguments(arguments.positional(), {})
                        .CheckCount(provider_->name(), 0, 0));
    return provider_->Create(thread.heap(), arguments.named());
  }

 private:
  const Provider* provider_;
};

absl::StatusOr<std::vector<std::string>> FieldNames(Value fields) {
  std::vector<std::string> names;
  ASSIGN_OR_RETURN(std::vector<Value> elements, Iterate(fields));
  for (const Value element : elements) {
    if (!element.is_string()) {
      return Error(
          absl::StrCat("provider: parameter `fields` wants strings, not ",
                       element.type_name()));
    }
    names.emplace_back(element.as_string());
  }
  return names;
}

// What a dict of fields says of each; text, or else nothing.
std::vector<std::string> FieldDocs(Value fields) {
  std::vector<std::string> docs;
  if (!fields.is_dict()) return docs;
  for (const auto& [name, doc] : DictItems(fields)) {
    docs.emplace_back(doc.is_string() ? doc.as_string() : "");
  }
  return docs;
}

absl::StatusOr<Value> MakeProvider(Thread& thread, const Arguments& arguments) {
  absl::string_view doc;
  Value fields, init;
  RETURN_IF_ERROR(arguments.Unpack(
      "provider",
      {{"doc??", &doc}, "*", {"fields??", &fields}, {"init??", &init}}));
  Provider::Schema schema;
  schema.doc = std::string(doc);
  if (fields) {
    if (!fields.is_list() && !fields.is_tuple() && !fields.is_dict()) {
      return Error("provider: parameter `fields` wants a list or a dict");
    }
    ASSIGN_OR_RETURN(schema.fields, FieldNames(fields));
    schema.field_docs = FieldDocs(fields);
  }
  if (init) {
    if (!init.is_callable()) {
      return Error("provider: parameter `init` wants a function");
    }
    schema.init = init;
  }
  Heap& heap = thread.heap();
  const Provider* provider = heap.New<Provider>("", std::move(schema));
  if (!init) return Value::Of(provider);
  const Value pair[] = {Value::Of(provider),
                        Value::Of(heap.New<RawConstructor>(provider))};
  return heap.Tuple(pair);
}

}  // namespace

Provider::Provider(std::string name, Schema schema)
    : name_(std::move(name)), schema_(std::move(schema)) {}

void Provider::Bound(Thread&, absl::string_view name) const {
  if (name_.empty()) name_ = std::string(name);
}

void Provider::Repr(std::string* out) const {
  absl::StrAppend(out, "<provider ", name_.empty() ? "without a name" : name_,
                  ">");
}

bool Provider::HasInstance(Value value) const {
  const auto* instance = NativeCast<ProviderInstance>(value);
  return instance != nullptr && &instance->provider() == this;
}

absl::StatusOr<Value> Provider::Create(
    Heap& heap, std::span<const NamedValue> fields) const {
  if (name_.empty()) {
    return Error("a provider has to be bound to a global before it is used");
  }
  ProviderInstance::Fields made;
  for (const auto& [name, value] : fields) {
    if (schema_.fields) {
      const std::vector<std::string>& known = *schema_.fields;
      if (std::find(known.begin(), known.end(), name) == known.end()) {
        const absl::string_view nearest = NearestName(name, known);
        std::string message = absl::StrCat(name_, ": no field `", name, "`");
        if (!nearest.empty()) {
          absl::StrAppend(&message, ", did you mean `", nearest, "`?");
        }
        return Error(message);
      }
    }
    made.emplace_back(name, value);
  }
  std::sort(made.begin(), made.end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
  return Value::Of(heap.New<ProviderInstance>(this, std::move(made)));
}

absl::StatusOr<Value> Provider::CallInit(Thread& thread,
                                         const Arguments& arguments) const {
  ASSIGN_OR_RETURN(Value fields,
                   dsl::Call(thread, *schema_.init, arguments.positional(),
                             arguments.named()));
  if (!fields.is_dict()) {
    return Error(absl::StrCat(name_, ": `init` wants to give a dict, not ",
                              fields.type_name()));
  }
  std::vector<NamedValue> named;
  for (const auto& [key, value] : DictItems(fields)) {
    if (!key.is_string()) {
      return Error(absl::StrCat(name_, ": `init` gave the key ", dsl::Repr(key),
                                ", which is no string"));
    }
    named.emplace_back(key.as_string(), value);
  }
  return Create(thread.heap(), named);
}

absl::StatusOr<Value> Provider::Call(Thread& thread,
                                     const Arguments& arguments) const {
  if (schema_.init) return CallInit(thread, arguments);
  if (!arguments.positional().empty()) {
    return Error(absl::StrCat(name_, ": takes no positional arguments"));
  }
  return Create(thread.heap(), arguments.named());
}

std::optional<Value> ProviderInstance::Field(absl::string_view name) const {
  for (const auto& [known, value] : fields_) {
    if (known == name) return value;
  }
  return std::nullopt;
}

void ProviderInstance::PrintOn(Printer& printer) const {
  if (!printer.Enter(this, absl::StrCat(provider_->name(), "(...)"))) return;
  printer.Text(provider_->name());
  printer.Text("(");
  bool first = true;
  for (const auto& [name, value] : fields_) {
    if (!first) printer.Text(", ");
    first = false;
    printer.Text(name);
    printer.Text(" = ");
    printer.Print(value);
  }
  printer.Text(")");
  printer.Leave();
}

absl::StatusOr<std::optional<Value>> ProviderInstance::Attr(
    Thread&, absl::string_view name) const {
  return Field(name);
}

std::vector<std::string> ProviderInstance::AttrNames() const {
  std::vector<std::string> names;
  for (const auto& field : fields_) names.push_back(field.first);
  return names;
}

absl::StatusOr<bool> ProviderInstance::EqualsObject(const Object& other,
                                                    Walk& walk) const {
  const auto* right =
      dynamic_cast<const ProviderInstance*>(static_cast<const Native*>(&other));
  if (right == nullptr || right->provider_ != provider_ ||
      right->fields_.size() != fields_.size()) {
    return false;
  }
  RETURN_IF_ERROR(walk.Spend(fields_.size()));
  for (size_t i = 0; i < fields_.size(); ++i) {
    if (fields_[i].first != right->fields_[i].first) return false;
    ASSIGN_OR_RETURN(bool equal,
                     walk.Equal(fields_[i].second, right->fields_[i].second));
    if (!equal) return false;
  }
  return true;
}

absl::StatusOr<uint64_t> ProviderInstance::HashObject(Walk& walk) const {
  uint64_t hash = HashWord(reinterpret_cast<uintptr_t>(provider_));
  RETURN_IF_ERROR(walk.Spend(fields_.size()));
  for (const auto& [name, value] : fields_) {
    ASSIGN_OR_RETURN(uint64_t part, walk.Hash(value));
    hash = HashWord(hash * 31 + part + String::HashText(name));
  }
  return hash;
}

void AddProvider(Environment::Builder& builder) {
  builder.SetBuiltin("provider", MakeProvider);
}

}  // namespace dsl
