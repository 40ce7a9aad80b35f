// SPDX-License-Identifier: Apache-2.0

#include "dsl/syntax/spelling.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace dsl {
namespace {

std::string Nearest(absl::string_view word, std::vector<std::string> known) {
  return std::string(NearestName(word, known));
}

TEST(Spelling, OneEditIsNear) {
  EXPECT_EQ(Nearest("py_wheal", {"py_test", "py_wheel"}), "py_wheel");
  EXPECT_EQ(Nearest("nmae", {"srcs", "name"}), "name");
  EXPECT_EQ(Nearest("src", {"srcs", "deps"}), "srcs");
}

TEST(Spelling, CaseMattersLittle) {
  EXPECT_EQ(Nearest("true", {"tree", "True"}), "True");
}

TEST(Spelling, TheFirstOfEqualsWins) {
  EXPECT_EQ(Nearest("cat", {"bat", "hat"}), "bat");
}

TEST(Spelling, FarIsNothing) {
  EXPECT_EQ(Nearest("banana", {"apple", "cherry"}), "");
  EXPECT_EQ(Nearest("x", {"y"}), "");
  EXPECT_EQ(Nearest("name", {}), "");
}

TEST(Spelling, TheWordItselfIsNoSuggestion) {
  EXPECT_EQ(Nearest("name", {"name"}), "");
}

}  // namespace
}  // namespace dsl
