// SPDX-License-Identifier: Apache-2.0
#include "dsl/tool/test_builtins.h"

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "dsl/runtime/arguments.h"
#include "dsl/runtime/heap.h"
#include "dsl/runtime/native.h"
#include "dsl/runtime/printer.h"
#include "dsl/runtime/thread.h"
#include "dsl/runtime/types/dict.h"
#include "dsl/runtime/types/list.h"
#include "dsl/runtime/types/set.h"

namespace dsl {
namespace {

class Fields final : public Native {
 public:
  explicit Fields(const Heap& heap) : heap_(&heap) {}

  absl::string_view type_name() const override { return "hasfields"; }
  void Repr(std::string* out) const override { *out += "hasfields()"; }
  absl::StatusOr<std::optional<Value>> Attr(
      Thread&, absl::string_view name) const override {
    const auto field = fields_.find(std::string(name));
    if (field == fields_.end()) return std::nullopt;
    return field->second;
  }
  std::vector<std::string> AttrNames() const override {
    std::vector<std::string> names;
    for (const auto& [name, value] : fields_) names.push_back(name);
    return names;
  }
  absl::Status SetAttrOf(absl::string_view name, Value value) override {
    if (frozen_ || heap_->frozen()) {
      return absl::InvalidArgumentError("cannot change a frozen hasfields");
    }
    fields_[std::string(name)] = value;
    return absl::OkStatus();
  }

  const std::map<std::string, Value>& fields() const { return fields_; }
  void Freeze() { frozen_ = true; }

 private:
  const Heap* heap_;
  bool frozen_ = false;
  std::map<std::string, Value> fields_;
};

// Freezes a value and what can be reached from it but through functions, by
// letting it believe that it lies on a heap that is frozen.
class Freezer {
 public:
  explicit Freezer(Heap& frozen) : frozen_(frozen) {}

  void Freeze(Value value) {
    pending_.push_back(value);
    while (!pending_.empty()) {
      const Value next = pending_.back();
      pending_.pop_back();
      if (next.is_object() && seen_.insert(next.object()).second) One(next);
    }
  }

 private:
  void One(Value value) {
    if (value.is_tuple() || value.is_list()) {
      for (const Value each : Elements(value)) pending_.push_back(each);
      if (value.is_list()) static_cast<List*>(value.object())->Move(frozen_);
    } else if (value.is_dict()) {
      for (const auto& [key, each] : DictItems(value)) {
        pending_.push_back(key);
        pending_.push_back(each);
      }
      static_cast<Dict*>(value.object())->Move(frozen_);
    } else if (value.is_set()) {
      static_cast<Set*>(value.object())->Move(frozen_);
    } else if (value.is_struct()) {
      for (const auto& [name, each] : StructFields(value)) {
        pending_.push_back(each);
      }
    } else if (auto* fields = NativeCast<Fields>(value)) {
      for (const auto& [name, each] : fields->fields()) {
        pending_.push_back(each);
      }
      fields->Freeze();
    }
  }

  Heap& frozen_;
  std::vector<Value> pending_;
  absl::flat_hash_set<const Object*> seen_;
};

absl::StatusOr<Value> Catch(Thread& thread, const Arguments& arguments) {
  RETURN_IF_ERROR(arguments.CheckCount("_catch", 1, 1));
  const absl::StatusOr<Value> result = Call(thread, arguments.positional()[0]);
  if (result.ok()) return Value::None();
  thread.ReleaseError();
  return thread.heap().String(result.status().message());
}

absl::StatusOr<Value> HasFields(Thread& thread, const Arguments& arguments) {
  RETURN_IF_ERROR(arguments.CheckCount("_hasfields", 0, 0));
  return Value::Of(thread.heap().New<Fields>(thread.heap()));
}

}  // namespace

std::shared_ptr<const Environment> WithTestBuiltins(
    std::shared_ptr<const Environment> parent) {
  Environment::Builder builder(std::move(parent));
  builder.SetBuiltin("_catch", Catch);
  builder.SetBuiltin("_hasfields", HasFields);
  // The environment's own heap is frozen when this runs.
  builder.SetBuiltin(
      "_freeze",
      [heap = &builder.heap()](
          Thread&, const Arguments& arguments) -> absl::StatusOr<Value> {
        RETURN_IF_ERROR(arguments.CheckCount("_freeze", 1, 1));
        Freezer(*heap).Freeze(arguments.positional()[0]);
        return arguments.positional()[0];
      });
  return builder.Freeze();
}

}  // namespace dsl
