// SPDX-License-Identifier: Apache-2.0
// A node that a user can name: made by a rule, a source file, or a file that a
// rule has declared as its output.

#ifndef GRAPH_ENGINE_MODEL_TARGET_H_
#define GRAPH_ENGINE_MODEL_TARGET_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "engine/base/packed_vector.h"
#include "engine/model/attribute.h"
#include "engine/model/label.h"
#include "engine/model/rule_class.h"
#include "engine/model/visibility.h"

namespace graph {

// Lines and columns count from 1, columns in bytes; 0: unknown.
struct Location {
  uint32_t line = 0;
  uint32_t column = 0;
};

// A call on the way to the rule, in a macro: who was running, and where its
// next call is.
struct MacroFrame {
  std::string function;
  std::shared_ptr<const std::string> file;  // As diagnostics show it.
  Location location;
};

// Most targets are files that lie in the folder: a target is small, and what
// only calls of rules say is kept apart. Moves, but is not copied.
struct Target {
  enum class Kind : uint8_t { kRule, kSourceFile, kOutputFile };

  // What was said in the call; `attribute` indexes the rule's attributes().
  struct Setting {
    uint16_t attribute = 0;
    Attribute value;
  };

  // What is known of the call behind a target.
  struct Details {
    Kind kind = Kind::kRule;
    bool testonly = false;
    const RuleClass* rule = nullptr;  // kRule; lives longer.
    PackedVector<Setting> settings;   // kRule; by attribute.
    Label generator;                  // kOutputFile: its rule.
    PackedVector<MacroFrame> macros;  // Outermost first; empty: no macro.
  };

  Label label;
  Location location;  // Of the outermost call, in the package's build file.
  // Lives as long as its package; never null.
  const Visibility* visibility = &Visibility::Private();
  std::unique_ptr<Details> details;  // nullptr: a plain source file.

  Kind kind() const { return facts().kind; }
  bool testonly() const { return facts().testonly; }
  // REQUIRES: kRule.
  const RuleClass& rule() const { return *details->rule; }
  const PackedVector<Setting>& settings() const { return facts().settings; }
  const Label& generator() const { return facts().generator; }
  const PackedVector<MacroFrame>& macros() const { return facts().macros; }

  // `genrule rule`, `source file`, `generated file`.
  std::string kind_text() const;
  // What was said, or the default of the rule. REQUIRES: kRule.
  const Attribute& attribute(uint16_t index) const;
  // nullptr if the rule has no such attribute, or if it is not a kRule.
  const Attribute* attribute(absl::string_view name) const;
  // Whether it was said in the call.
  bool is_set(uint16_t index) const;
  // Plain always: select() is not accepted there.
  std::vector<std::string> tags() const;

 private:
  // `details`, or those of all plain source files.
  const Details& facts() const;
};

}  // namespace graph

#endif  // GRAPH_ENGINE_MODEL_TARGET_H_
