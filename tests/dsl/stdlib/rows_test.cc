// SPDX-License-Identifier: Apache-2.0

// Operators in a row, as programs write them: thousands are no deeper than one.

#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "dsl/runtime/module.h"
#include "dsl/stdlib/universe.h"

namespace dsl {
namespace {

// What `x` is after `x = first op each op each …`, or the error.
std::string Row(const std::string& first, const std::string& next, int count,
                const std::string& last = "") {
  std::string text = absl::StrCat("x = ", first);
  for (int i = 0; i < count; ++i) absl::StrAppend(&text, " ", next);
  absl::StrAppend(&text, last, "\n");
  const std::shared_ptr<const Environment> environment = Universe();
  Diagnostics diagnostics;
  const auto program = Compile(Source::Make("a.star", text), FileKind::kModule,
                               *environment, diagnostics);
  if (program == nullptr) return diagnostics.all()[0].message;
  auto heap = std::make_shared<Heap>();
  Thread thread(*heap);
  const auto module = Execute(program, {}, environment, heap, thread);
  if (!module.ok()) return TakeError(thread, module.status()).message;
  EXPECT_LT(heap->footprint(), size_t{64} << 20);
  return Str(*(*module)->Find("x"));
}

TEST(Rows, OfNumbers) {
  EXPECT_EQ(Row("0", "+ 1", 10000), "10000");
  EXPECT_EQ(Row("0", "+ 2 - 1", 5000), "5000");
  EXPECT_EQ(Row("100", "- 1", 99), "1");
  EXPECT_EQ(Row("1.5", "+ 1", 101), "102.5");
}

TEST(Rows, OfStringsTakeNoMoreRoomThanTheirSum) {
  std::string expected;
  for (int i = 0; i < 10000; ++i) expected += "twenty letters or so";
  EXPECT_EQ(Row("''", "+ 'twenty letters or so'", 10000), expected);
}

TEST(Rows, OfLogic) {
  EXPECT_EQ(Row("0", "or 0", 5000, " or 7"), "7");
  EXPECT_EQ(Row("3", "or 1 // 0", 5000), "3");
  EXPECT_EQ(Row("1", "and 1", 5000, " and 8"), "8");
  EXPECT_EQ(Row("0", "and 1 // 0", 5000), "0");
}

TEST(Rows, WithinRows) {
  std::string inner = "(1";
  for (int i = 0; i < 200; ++i) inner += " + 1";
  EXPECT_EQ(Row("0", "+ " + inner + ")", 150), "30150");
}

TEST(Rows, OfMixedTypesFailAtTheOneThatIsWrong) {
  EXPECT_EQ(Row("''", "+ 'a'", 200, " + 1"),
            "`+` does not go with string and int");
  EXPECT_EQ(Row("[]", "+ [1]", 200, " + 'a'"),
            "`+` does not go with list and string");
}

TEST(Rows, AreLimited) {
  EXPECT_EQ(Row("0", "+ 1", 10001),
            "there are more than 10000 operators in a row");
}

}  // namespace
}  // namespace dsl
