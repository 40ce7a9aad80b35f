// SPDX-License-Identifier: Apache-2.0

// provider(): constructors of records that targets hand to each other.

#ifndef GRAPH_DSL_STDLIB_PROVIDER_H_
#define GRAPH_DSL_STDLIB_PROVIDER_H_

#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "dsl/runtime/native.h"
#include "dsl/runtime/thread.h"
#include "dsl/runtime/types/type.h"

namespace dsl {

class ProviderInstance;

// What provider() gives: a callable that makes instances, and the key under
// which a target holds one. Its identity is the object. It learns its name
// when it is bound to a global of the module that made it, and cannot be used
// before.
class Provider : public Native, public TypeMaker {
 public:
  struct Schema {
    std::string doc;
    // The permitted fields; any if not said.
    std::optional<std::vector<std::string>> fields;
    // What is said of each, if `fields` was a dict; else empty.
    std::vector<std::string> field_docs;
    // Called with the arguments of the call, gives the fields as a dict.
    std::optional<Value> init;
  };

  // `name` is "" for providers that the language makes: they are named later.
  Provider(std::string name, Schema schema);

  const std::string& name() const { return name_; }
  const Schema& schema() const { return schema_; }
  void Bound(Thread& thread, absl::string_view name) const override;

  // An instance with these fields, past `init`. Fails for unknown fields.
  absl::StatusOr<Value> Create(Heap& heap,
                               std::span<const NamedValue> fields) const;

  absl::string_view type_name() const override { return "Provider"; }
  void Repr(std::string* out) const override;
  bool Callable() const override { return true; }
  bool HasInstance(Value value) const override;
  std::string TypeText() const override { return name_; }
  absl::StatusOr<Value> Call(Thread& thread,
                             const Arguments& arguments) const override;

 private:
  absl::StatusOr<Value> CallInit(Thread& thread,
                                 const Arguments& arguments) const;

  mutable std::string name_;
  Schema schema_;
};

// A record of a provider: immutable, equal to another of the same provider
// with equal fields.
class ProviderInstance : public Native {
 public:
  using Fields = std::vector<std::pair<std::string, Value>>;

  // `fields` sorted by name.
  ProviderInstance(const Provider* provider, Fields fields)
      : provider_(provider), fields_(std::move(fields)) {}

  const Provider& provider() const { return *provider_; }
  const Fields& fields() const { return fields_; }
  std::optional<Value> Field(absl::string_view name) const;

  absl::string_view type_name() const override { return "struct"; }
  void PrintOn(Printer& printer) const override;
  absl::StatusOr<std::optional<Value>> Attr(
      Thread& thread, absl::string_view name) const override;
  std::vector<std::string> AttrNames() const override;
  absl::StatusOr<bool> EqualsObject(const Object& other,
                                    Walk& walk) const override;
  absl::StatusOr<uint64_t> HashObject(Walk& walk) const override;

 private:
  const Provider* provider_;
  Fields fields_;
};

}  // namespace dsl

#endif  // GRAPH_DSL_STDLIB_PROVIDER_H_
