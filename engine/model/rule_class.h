// SPDX-License-Identifier: Apache-2.0
// A kind of target: its name and what its targets may say of themselves.

#ifndef GRAPH_ENGINE_MODEL_RULE_CLASS_H_
#define GRAPH_ENGINE_MODEL_RULE_CLASS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "engine/model/attribute.h"

namespace graph {

// Which files a label may name: none, any, or those with one of `suffixes`.
struct FileFilter {
  enum class Kind : uint8_t { kNone, kAny, kSuffixes };
  Kind kind = Kind::kNone;
  std::vector<std::string> suffixes;  // With their dot.

  bool Accepts(absl::string_view file_name) const;
};

struct AttributeSchema {
  std::string name;
  AttributeType type = AttributeType::kString;
  std::string doc;
  Attribute default_value;
  FileFilter files;                  // Labels only.
  std::vector<std::string> strings;  // Accepted values; empty: any.
  std::vector<int64_t> ints;         // Likewise.
  bool mandatory = false;
  bool allow_empty = true;   // Lists and dicts.
  bool single_file = false;  // The label must give exactly one file.
  bool executable = false;   // The label must give something to run.
  bool is_common = false;    // Every rule has it, see kCommonAttributes.
  std::string cfg;           // `target`, `exec` or empty.
  std::string deprecated;    // What to use instead; empty: is in use.

  // `_tool`: has its default always; nobody may set it.
  bool is_private() const { return name.front() == '_'; }
};

// Immutable once made; shared by all its targets.
class RuleClass {
 public:
  // What its author says of it.
  struct Traits {
    std::string doc;
    bool test = false;        // Makes tests: `graph test` runs it.
    bool executable = false;  // Makes something that can be run.
    // Known to the engine itself; has no implementation.
    bool builtin = false;
    std::string deprecated = {};  // What to use instead; empty: is in use.
  };

  // `attributes` with names each once; the common ones are added. `defined_in`
  // is the label of the module as text.
  RuleClass(std::string name, std::string defined_in, Traits traits,
            std::vector<AttributeSchema> attributes);

  const std::string& name() const { return name_; }
  const std::string& defined_in() const { return defined_in_; }
  const std::string& doc() const { return traits_.doc; }
  const std::string& deprecated() const { return traits_.deprecated; }
  bool test() const { return traits_.test; }
  bool executable() const { return traits_.executable || traits_.test; }
  bool builtin() const { return traits_.builtin; }

  const std::vector<AttributeSchema>& attributes() const { return attributes_; }
  std::optional<uint16_t> Find(absl::string_view attribute) const;

 private:
  std::string name_;
  std::string defined_in_;
  Traits traits_;
  std::vector<AttributeSchema> attributes_;
  absl::flat_hash_map<std::string, uint16_t> by_name_;
};

// What every rule understands beside `name` and `visibility`: tags, testonly,
// deprecation, compatible_with; executables: args, env; tests: size, timeout,
// flaky, shard_count.
std::vector<AttributeSchema> CommonAttributes(const RuleClass::Traits& traits);

}  // namespace graph

#endif  // GRAPH_ENGINE_MODEL_RULE_CLASS_H_
