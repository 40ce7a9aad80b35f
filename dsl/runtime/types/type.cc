// SPDX-License-Identifier: Apache-2.0
#include "dsl/runtime/types/type.h"

#include <algorithm>

#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "dsl/runtime/native.h"
#include "dsl/runtime/printer.h"
#include "dsl/runtime/types/builtin.h"
#include "dsl/runtime/types/dict.h"
#include "dsl/runtime/types/set.h"
#include "dsl/runtime/walk.h"

namespace dsl {

absl::StatusOr<bool> Type::Has(Value value, Walk& walk) const {
  switch (form_) {
    case Form::kAny:
      return true;
    case Form::kNone:
      return value.is_none();
    case Form::kCallable:
      return value.is_callable();
    case Form::kIterable:
      if (value.is(Kind::kRange)) {
        if (arguments_.empty() || !value.truth()) return true;
        return arguments_[0]->Has(Value::Int(0), walk);
      }
      if (!value.is_list() && !value.is_tuple() && !value.is_dict() &&
          !value.is_set()) {
        return false;
      }
      break;
    case Form::kMade:
      return maker_->HasInstance(value);
    case Form::kUnion:
      for (const Type* type : arguments_) {
        ASSIGN_OR_RETURN(bool has, type->Has(value, walk));
        if (has) return true;
      }
      return false;
    case Form::kNamed:
    case Form::kSequence:
      if (value.type_name() != name_) return false;
      break;
  }
  if (arguments_.empty()) return true;
  return walk.Fits(*this, *value.object());
}

absl::StatusOr<bool> Type::ElementsFit(const Object& container,
                                       Walk& walk) const {
  const bool keyed = container.kind() == Kind::kDict;
  if (keyed || container.kind() == Kind::kSet) {
    const std::span<const HashTable::Entry> entries =
        keyed ? static_cast<const Dict&>(container).entries()
              : static_cast<const Set&>(container).entries();
    RETURN_IF_ERROR(walk.Spend(entries.size()));
    for (const HashTable::Entry& entry : entries) {
      if (!entry.live()) continue;
      ASSIGN_OR_RETURN(bool fits, arguments_[0]->Has(entry.key, walk));
      if (fits && arguments_.size() > 1) {
        ASSIGN_OR_RETURN(fits, arguments_[1]->Has(entry.value, walk));
      }
      if (!fits) return false;
    }
    return true;
  }
  const std::span<const Value> elements = Elements(Value::Of(&container));
  const bool each = form_ != Form::kNamed || container.kind() == Kind::kList;
  if (!each && elements.size() != arguments_.size()) return false;
  RETURN_IF_ERROR(walk.Spend(elements.size()));
  for (size_t i = 0; i < elements.size(); ++i) {
    ASSIGN_OR_RETURN(bool fits,
                     arguments_[each ? 0 : i]->Has(elements[i], walk));
    if (!fits) return false;
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
        absl::StrCat("type ", base == nullptr ? Brief(generic) : name,
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
