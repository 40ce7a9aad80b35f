// SPDX-License-Identifier: Apache-2.0

#include "dsl/syntax/comments.h"

#include <string>
#include <vector>

#include "dsl/syntax/lexer.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace dsl {
namespace {

using ::testing::ElementsAre;

// Each comment as it stands; `>` before those that share their line.
std::vector<std::string> Found(std::string text) {
  const auto source = Source::Make("a.spec", std::move(text));
  Diagnostics diagnostics;
  std::vector<std::string> found;
  for (const Comment& comment :
       FindComments(*source, Lex(*source, diagnostics))) {
    found.push_back((comment.own_line ? "" : ">") +
                    std::string(source->Text(comment.extent)));
  }
  return found;
}

TEST(CommentsTest, AreFoundWhereverTokensEnd) {
  EXPECT_THAT(Found("# a\nx = [ # b\n  1, # c\n  # d\n]\n  # e\r\n# f"),
              ElementsAre("# a", "># b", "># c", "# d", "# e", "# f"));
}

TEST(CommentsTest, AHashInAStringIsNone) {
  EXPECT_THAT(Found("x = '# a' # b\ny = f'{x}# c'\n\"\"\"\n# d\n\"\"\"\n"),
              ElementsAre("># b"));
}

TEST(CommentsTest, InBlocks) {
  EXPECT_THAT(Found("def f():\n    # a\n    pass # b\n    # c\n\n# d\n"),
              ElementsAre("# a", "># b", "# c", "# d"));
}

}  // namespace
}  // namespace dsl
