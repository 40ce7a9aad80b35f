// SPDX-License-Identifier: Apache-2.0
#include "dsl/runtime/types/type.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "dsl/runtime/native.h"
#include "dsl/runtime/printer.h"
#include "dsl/runtime/types/builtin.h"
#include "dsl/runtime/types/dict.h"
#include "dsl/runtime/types/set.h"

namespace dsl {

bool Type::Has(Value value) const {
  switch (form_) {
    case Form::kAny:
      return true;
    case Form::kNone:
      return value.is_none();
    case Form::kCallable:
      return value.is_callable();
    case Form::kIterable: {
      if (arguments_.empty() && value.is_list()) return true;
      const absl::StatusOr<std::vector<Value>> elements = Iterate(value);
      return elements.ok() && (arguments_.empty() ||
                               std::all_of(elements->begin(), elements->end(),
                                           [&](Value element) {
                                             return arguments_[0]->Has(element);
                                           }));
    }
    case Form::kMade:
      return maker_->HasInstance(value);
    case Form::kUnion:
      return std::any_of(arguments_.begin(), arguments_.end(),
                         [&](const Type* type) { return type->Has(value); });
    case Form::kNamed:
    case Form::kSequence:
      return value.type_name() == name_ &&
             (arguments_.empty() || ElementsFit(value));
  }
  return false;
}

bool Type::ElementsFit(Value value) const {
  if (value.is_dict()) {
    for (const HashTable::Entry& entry :
         static_cast<Dict*>(value.object())->entries()) {
      if (!entry.live()) continue;
      if (!arguments_[0]->Has(entry.key)) return false;
      if (!arguments_[1]->Has(entry.value)) return false;
    }
    return true;
  }
  if (value.is_set()) {
    const std::vector<Value> elements = SetElements(value);
    return std::all_of(elements.begin(), elements.end(), [&](Value element) {
      return arguments_[0]->Has(element);
    });
  }
  const std::span<const Value> elements = Elements(value);
  const bool each = value.is_list() || form_ == Form::kSequence;
  if (!each && elements.size() != arguments_.size()) return false;
  for (size_t i = 0; i < elements.size(); ++i) {
    if (!arguments_[each ? 0 : i]->Has(elements[i])) return false;
  }
  return true;
}

std::string Type::ToText() const {
  const auto text = [](std::string* out, const Type* type) {
    out->append(type->ToText());
  };
  switch (form_) {
    case Form::kAny:
      return "Any";
    case Form::kNone:
      return "None";
    case Form::kCallable:
      return "Callable";
    case Form::kUnion:
      return absl::StrJoin(arguments_, " | ", text);
    case Form::kMade:
      return maker_->TypeText();
    case Form::kIterable:
    case Form::kNamed:
    case Form::kSequence:
      break;
  }
  const std::string name = name_ == "string" ? "str" : name_;
  if (arguments_.empty()) return name;
  return absl::StrCat(name, "[", absl::StrJoin(arguments_, ", ", text),
                      form_ == Form::kSequence ? ", ...]" : "]");
}

void Type::PrintOn(Printer& printer) const { printer.Text(ToText()); }

const Type* TypeOf(Heap& heap, Value value) {
  if (value.is_none()) {
    return heap.New<Type>(Type::Form::kNone, "", std::vector<const Type*>());
  }
  if (value.is(Kind::kType)) return static_cast<Type*>(value.object());
  if (value.is_native()) {
    const auto* maker =
        dynamic_cast<const TypeMaker*>(static_cast<Native*>(value.object()));
    return maker == nullptr ? nullptr : heap.New<Type>(maker);
  }
  if (!value.is(Kind::kBuiltin)) return nullptr;
  static constexpr absl::string_view kMakers[] = {
      "bool", "dict", "float",  "int",   "list",  "range",
      "set",  "str",  "struct", "tuple", "depset"};
  const std::string& name = static_cast<Builtin*>(value.object())->name();
  if (std::find(std::begin(kMakers), std::end(kMakers), name) ==
      std::end(kMakers)) {
    return nullptr;
  }
  return heap.New<Type>(Type::Form::kNamed, name == "str" ? "string" : name,
                        std::vector<const Type*>());
}

absl::StatusOr<const Type*> Parameterize(Heap& heap, Value generic,
                                         std::span<const Type* const> arguments,
                                         bool sequence) {
  const Type* base = TypeOf(heap, generic);
  if (base != nullptr && base->form() == Type::Form::kCallable) return base;
  const std::string name = base == nullptr ? "" : base->ToText();
  const bool iterable =
      base != nullptr && base->form() == Type::Form::kIterable;
  if (iterable && !sequence && arguments.size() == 1) {
    return heap.New<Type>(
        Type::Form::kIterable, name,
        std::vector<const Type*>(arguments.begin(), arguments.end()));
  }
  const size_t wanted = name == "dict" ? 2 : 1;
  if (!iterable && name != "list" && name != "set" && name != "dict" &&
      name != "tuple") {
    return absl::InvalidArgumentError(
        absl::StrCat("type ", base == nullptr ? Repr(generic) : name,
                     " takes no arguments"));
  }
  if (name == "tuple" ? sequence && arguments.size() != 1
                      : sequence || arguments.size() != wanted) {
    return absl::InvalidArgumentError(absl::StrCat(
        "type ", name, " takes ", wanted, " argument", wanted == 1 ? "" : "s"));
  }
  return heap.New<Type>(
      sequence ? Type::Form::kSequence : Type::Form::kNamed, name,
      std::vector<const Type*>(arguments.begin(), arguments.end()));
}

}  // namespace dsl
