// SPDX-License-Identifier: Apache-2.0
#include "dsl/runtime/types/struct.h"

#include <algorithm>

#include "absl/status/status_macros.h"
#include "dsl/runtime/operators.h"
#include "dsl/runtime/printer.h"
#include "dsl/runtime/same_text.h"
#include "dsl/runtime/types/int.h"
#include "dsl/runtime/types/string.h"
#include "dsl/runtime/walk.h"

namespace dsl {

Struct* Struct::Make(
    Heap& heap, std::span<const std::pair<absl::string_view, Value>> fields) {
  auto* made =
      new (heap.Allocate(sizeof(Struct) + fields.size() * sizeof(Field)))
          Struct(fields.size());
  auto* out = reinterpret_cast<Field*>(made + 1);
  size_t length = 0;
  for (const auto& [name, value] : fields) length += name.size();
  char* copy = static_cast<char*>(heap.Allocate(length));
  for (const auto& [name, value] : fields) {
    *out++ = {absl::string_view(copy, name.size()), value};
    copy = std::copy(name.begin(), name.end(), copy);
  }
  std::sort(out - fields.size(), out,
            [](const Field& a, const Field& b) { return a.name < b.name; });
  return made;
}

Value Struct::Find(absl::string_view name) const {
  for (const Field& field : fields()) {
    if (SameText(field.name, name)) return field.value;
  }
  return Value();
}

void Struct::PrintOn(Printer& printer) const {
  if (!printer.Enter(this, "struct(...)")) return;
  printer.Text("struct(");
  bool first = true;
  for (const Field& field : fields()) {
    if (!first) printer.Text(", ");
    first = false;
    printer.Text(field.name);
    printer.Text(" = ");
    printer.Print(field.value);
  }
  printer.Text(")");
  printer.Leave();
}

absl::StatusOr<bool> Struct::EqualsObject(const Object& other,
                                          Walk& walk) const {
  const auto& right = static_cast<const Struct&>(other);
  if (size_ != right.size_) return false;
  RETURN_IF_ERROR(walk.Spend(size_));
  for (size_t i = 0; i < size_; ++i) {
    if (fields()[i].name != right.fields()[i].name) return false;
  }
  for (size_t i = 0; i < size_; ++i) {
    ASSIGN_OR_RETURN(bool equal,
                     walk.Equal(fields()[i].value, right.fields()[i].value));
    if (!equal) return false;
  }
  return true;
}

absl::StatusOr<uint64_t> Struct::HashObject(Walk& walk) const {
  uint64_t hash = 0x5747;
  RETURN_IF_ERROR(walk.Spend(size_));
  for (const Field& field : fields()) {
    ASSIGN_OR_RETURN(uint64_t part, walk.Hash(field.value));
    hash = HashWord(hash * 31 + part + String::HashText(field.name));
  }
  return hash;
}

absl::StatusOr<Value> Struct::AttrOf(Thread&, absl::string_view name) const {
  return Find(name);
}

std::vector<std::string> Struct::AttrNamesOf() const {
  std::vector<std::string> names;
  for (const Field& field : fields()) names.emplace_back(field.name);
  return names;
}

}  // namespace dsl
