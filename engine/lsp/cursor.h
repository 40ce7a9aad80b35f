// SPDX-License-Identifier: Apache-2.0
// What stands around a place in a text, found by its tokens alone: it works
// while the text is broken there, which is when somebody is typing.

#ifndef GRAPH_ENGINE_LSP_CURSOR_H_
#define GRAPH_ENGINE_LSP_CURSOR_H_

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "dsl/syntax/source.h"
#include "dsl/syntax/token.h"

namespace graph {

// A call whose brackets are open at the cursor.
struct OpenCall {
  std::string callee;  // `genrule`, `native.glob`; empty if it is no name.
  dsl::Extent callee_extent;
  bool is_def = false;   // The parameters of a def.
  std::string argument;  // The name of the argument; empty: by position.
  int position = 0;      // How many arguments stand before.
  std::vector<std::string> given;  // Names of all arguments, behind it too.
  // Brackets within the argument that are open at the cursor: `[`, `{`.
  std::string brackets;
};

struct Cursor {
  enum class Kind : uint8_t {
    kNone,      // In a comment or a number: nothing to say.
    kName,      // A name, or where one may begin.
    kMember,    // Behind a dot.
    kString,    // Within a literal.
    kArgument,  // Where the name of an argument, or its value, may begin.
  };
  Kind kind = Kind::kNone;
  // What is being typed: what a completion replaces, perhaps empty. Of a
  // string all that stands between its quotes.
  dsl::Extent word;
  std::string before;  // The part of it before the cursor.
  // kMember: what stands before the dot, `ctx.actions`; `""` for a literal.
  std::string object;
  bool is_key = false;          // kString: stands where the key of a dict does.
  std::vector<OpenCall> calls;  // Outermost first.

  const OpenCall* call() const {
    return calls.empty() ? nullptr : &calls.back();
  }
};

Cursor FindCursor(const dsl::Source& source, uint32_t offset);

// One name of a load(), as far as its tokens tell.
struct LoadedName {
  std::string path;
  std::string original;
  std::string local;
};
// Of all load() statements, also of broken ones.
std::vector<LoadedName> FindLoads(const dsl::Source& source);

// The path of the load() that begins last before `offset`; "" if there is none.
std::string LoadPathAt(const dsl::Source& source, uint32_t offset);
// What the file says as `name = "…"`, in order.
std::vector<std::string> SaidNames(const dsl::Source& source);

// The names that the def around `offset` binds before it, and those that the
// file binds at its top level.
std::vector<std::string> LocalNames(const dsl::Source& source, uint32_t offset);
std::vector<std::string> GlobalNames(const dsl::Source& source);

// The part of a string's literal that lies between its quotes; a quote that is
// missing at the end is forgiven.
dsl::Extent BodyOf(const dsl::Source& source, dsl::Extent literal);

}  // namespace graph

#endif  // GRAPH_ENGINE_LSP_CURSOR_H_
