// SPDX-License-Identifier: Apache-2.0

// Arguments, what a builtin is called with, and how it takes them apart.

#ifndef GRAPH_DSL_RUNTIME_ARGUMENTS_H_
#define GRAPH_DSL_RUNTIME_ARGUMENTS_H_

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "dsl/runtime/value.h"

namespace dsl {

using NamedValue = std::pair<absl::string_view, Value>;

// A parameter of a builtin and where its argument goes. `"name"` has to be
// given, `"name?"` may be left out, `"name??"` may also be None, which then
// means left out; all after a `"*"` are taken by name only.
struct Param {
  using Target = std::variant<std::nullptr_t, Value*, bool*, int64_t*,
                              std::string*, absl::string_view*,
                              std::vector<std::string>*, std::vector<Value>*>;

  Param(const char* star) : text(star) {}  // NOLINT: {"*"}
  template <class T>
  Param(const char* name, T* out) : text(name), target(out) {}

  absl::string_view text;
  Target target = nullptr;
};

// The arguments of one call, valid until it returns.
class Arguments {
 public:
  Arguments(std::span<const Value> positional,
            std::span<const NamedValue> named)
      : positional_(positional), named_(named) {}

  std::span<const Value> positional() const { return positional_; }
  std::span<const NamedValue> named() const { return named_; }

  // Puts each argument where its parameter says. What is not given keeps its
  // value. An error names the function and the parameter; that of an unknown
  // name also the nearest. A vector takes a list or a tuple; a Value anything.
  absl::Status Unpack(absl::string_view function,
                      std::initializer_list<Param> params) const;

  // Positional only, between least and most of them.
  absl::Status CheckCount(absl::string_view function, size_t least,
                          size_t most) const {
    const size_t count = positional_.size();
    if (named_.empty() && count >= least && count <= most) {
      return absl::OkStatus();
    }
    return WrongCount(function, least, most);
  }

 private:
  absl::Status WrongCount(absl::string_view function, size_t least,
                          size_t most) const;

  std::span<const Value> positional_;
  std::span<const NamedValue> named_;
};

}  // namespace dsl

#endif  // GRAPH_DSL_RUNTIME_ARGUMENTS_H_
