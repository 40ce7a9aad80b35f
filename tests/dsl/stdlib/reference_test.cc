// SPDX-License-Identifier: Apache-2.0

// REFERENCE.md says all that there is, nothing that is not, and its examples
// are true.
#include "dsl/stdlib/reference.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "dsl/runtime/module.h"
#include "dsl/runtime/operators.h"
#include "dsl/stdlib/universe.h"
#include "tests/support/checked_example.h"

namespace dsl {
namespace {

std::vector<ReferenceEntry> Entries() {
  return ParseReference(LanguageReference());
}

std::shared_ptr<const Environment> CheckingEnvironment() {
  Environment::Builder builder(Universe());
  AddChecks(builder);
  return builder.Freeze();
}

// What is wrong with the example, or "".
std::string Fault(const std::string& example, int line) {
  const std::shared_ptr<const Environment> environment = CheckingEnvironment();
  Diagnostics diagnostics;
  const std::string text =
      absl::StrCat(std::string(line - 1, '\n'), CheckedExample(example));
  const auto program = Compile(Source::Make("REFERENCE.md", text),
                               FileKind::kModule, *environment, diagnostics);
  if (program == nullptr) return diagnostics.Rendered();
  auto heap = std::make_shared<Heap>();
  Thread thread(*heap);
  const auto module = Execute(program, {}, environment, heap, thread);
  return module.ok() ? "" : Render(TakeError(thread, module.status()));
}

class Reference : public testing::TestWithParam<ReferenceEntry> {};

TEST_P(Reference, ExampleIsTrue) {
  EXPECT_EQ(Fault(GetParam().example, GetParam().example_line), "");
}

TEST_P(Reference, EntryHasSentencesAndAnExampleThatChecksSomething) {
  EXPECT_THAT(GetParam().text, testing::EndsWith("."));
  EXPECT_NE(CheckedExample(GetParam().example), GetParam().example + "\n");
}

INSTANTIATE_TEST_SUITE_P(
    Entries, Reference, testing::ValuesIn(Entries()),
    [](const testing::TestParamInfo<ReferenceEntry>& each) {
      return absl::StrReplaceAll(each.param.name, {{".", "_of_"}});
    });

// A value of each type that has attributes of its own.
TEST(ReferenceTest, SaysAllThatThereIsAndNothingElse) {
  std::set<std::string> documented;
  for (const ReferenceEntry& entry : Entries()) {
    EXPECT_TRUE(documented.insert(entry.name).second) << entry.name;
  }
  std::set<std::string> known;
  const std::shared_ptr<const Environment> universe = Universe();
  for (const std::string& name : universe->Names()) {
    // A namespace is documented by what is in it.
    if (universe->Find(name)->is_struct()) {
      for (const std::string& member : AttrNames(*universe->Find(name))) {
        known.insert(absl::StrCat(name, ".", member));
      }
    } else {
      known.insert(name);
    }
  }
  const auto program_of = [&](const std::string& text) {
    Diagnostics diagnostics;
    return Compile(Source::Make("values", text), FileKind::kModule, *universe,
                   diagnostics);
  };
  auto heap = std::make_shared<Heap>();
  Thread thread(*heap);
  const auto values =
      Execute(program_of("P = provider()\n"
                         "values = [None, True, 1, 1.5, '', ''.elems(), [], (),"
                         " {}, set(), range(1), struct(), depset(), P, P(),"
                         " len, ''.split, lambda: 1, Any, {}.keys()]\n"),
              {}, universe, heap, thread);
  ASSERT_TRUE(values.ok()) << values.status().message();
  for (const Value value : Elements(*(*values)->Find("values"))) {
    for (const std::string& name : AttrNames(value)) {
      known.insert(absl::StrCat(value.type_name(), ".", name));
    }
  }
  EXPECT_EQ(documented, known);
}

// dsl/README.md lists the names in a table: `split` in the row of `string.`.
TEST(ReferenceTest, TheReadmeListsAllNames) {
  std::ifstream file(absl::StrCat(TEST_SOURCE_DIR, "/../dsl/README.md"));
  std::set<std::string> listed;
  for (std::string line; std::getline(file, line);) {
    const std::vector<std::string> cells = absl::StrSplit(line, " | ");
    if (cells.size() != 2) continue;
    std::string prefix;
    if (absl::EndsWith(cells[0], ".`")) prefix = cells[0].substr(3);
    if (!prefix.empty()) prefix.pop_back();
    const std::vector<std::string> words = absl::StrSplit(cells[1], '`');
    for (size_t i = 1; i < words.size(); i += 2)
      listed.insert(prefix + words[i]);
  }
  for (const ReferenceEntry& entry : Entries()) {
    EXPECT_TRUE(listed.contains(entry.name)) << entry.name;
  }
}

TEST(ReferenceTest, AnEntryIsReadWithItsParts) {
  const std::vector<ReferenceEntry> entries = ParseReference(
      "# T\nwords\n## G\nmore\n### `a.b(x = 1)`\n\nOne.\nTwo.\n\n"
      "```python\na.b()  # 1\n```\n### `c`\nThree.\n");
  ASSERT_EQ(entries.size(), 2u);
  EXPECT_EQ(entries[0].group, "G");
  EXPECT_EQ(entries[0].name, "a.b");
  EXPECT_EQ(entries[0].signature, "a.b(x = 1)");
  EXPECT_EQ(entries[0].text, "One.\nTwo.");
  EXPECT_EQ(entries[0].example, "a.b()  # 1\n");
  EXPECT_EQ(entries[0].example_line, 11);
  EXPECT_EQ(entries[1].name, "c");
  EXPECT_EQ(entries[1].text, "Three.");
}

// The reader of examples itself has to be able to fail.
TEST(ReferenceTest, AnExampleThatIsNotTrueIsFound) {
  EXPECT_EQ(Fault("1 + 1  # 2\n", 1), "");
  EXPECT_THAT(Fault("1 + 1  # 3\n", 7), testing::HasSubstr("REFERENCE.md:7"));
  EXPECT_NE(Fault("1  # 1.0\n", 1), "");
  EXPECT_EQ(Fault("1 // 0  # error: zero\n", 1), "");
  EXPECT_NE(Fault("1 // 0  # error: red\n", 1), "");
  EXPECT_NE(Fault("1 // 1  # error: zero\n", 1), "");
  EXPECT_EQ(Fault("print(1)  # prints: 1\n", 1), "");
  EXPECT_NE(Fault("print(1)  # prints: 2\n", 1), "");
}

}  // namespace

void PrintTo(const ReferenceEntry& entry, std::ostream* out) {
  *out << "REFERENCE.md:" << entry.example_line;
}

}  // namespace dsl
