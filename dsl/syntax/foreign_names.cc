// SPDX-License-Identifier: Apache-2.0

#include "dsl/syntax/foreign_names.h"

namespace dsl {
namespace {

struct Foreign {
  absl::string_view name;
  absl::string_view instead;
};

constexpr Foreign kForeign[] = {
    {"NULL", "use `None`"},
    {"Exception", "use fail(message)"},
    {"bytes", "strings are bytes"},
    {"exit", "use fail(message)"},
    {"filter", "use a comprehension"},
    {"format", "use an f-string or the method .format()"},
    {"isinstance", "compare type(x) with a string"},
    {"iter", "use `for`"},
    {"map", "use a comprehension"},
    {"next", "use `for`"},
    {"nil", "use `None`"},
    {"null", "use `None`"},
    {"object", "use struct()"},
    {"open", "a file is read by an action, not while loading"},
    {"round", "use int(x) or `//`"},
    {"self", "there are no classes: use struct() or provider()"},
    {"sum", "add in a `for` loop"},
    {"super", "there are no classes: use struct() or provider()"},
    {"undefined", "use `None`"},
};

}  // namespace

absl::string_view InsteadOfName(absl::string_view name) {
  for (const Foreign& each : kForeign) {
    if (each.name == name) return each.instead;
  }
  return "";
}

}  // namespace dsl
