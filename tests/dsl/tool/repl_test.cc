// SPDX-License-Identifier: Apache-2.0
#include "dsl/tool/repl.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

namespace dsl {
namespace {

using testing::HasSubstr;

class ReplTest : public testing::Test {
 protected:
  // What is said to these lines, without the prompts.
  std::string Say(const std::string& lines) {
    std::istringstream in(lines);
    std::ostringstream out;
    std::ostringstream err;
    EXPECT_EQ(Repl(in, out, err, interrupted_), 0);
    errors_ = err.str();
    std::string said = out.str();
    for (const char* prompt : {">>> ", "... "}) {
      for (size_t at; (at = said.find(prompt)) != std::string::npos;) {
        said.erase(at, 4);
      }
    }
    return said;
  }

  std::atomic<bool> interrupted_ = false;
  std::string errors_;
};

TEST_F(ReplTest, ShowsWhatAnExpressionGives) {
  EXPECT_EQ(Say("1 + 1\n_ * 2\n'a'\nNone\nprint(_)\n"), "2\n4\n\"a\"\na\n\n");
  EXPECT_EQ(errors_, "");
}

TEST_F(ReplTest, KeepsWhatIsBoundAndLetsItChange) {
  EXPECT_EQ(Say("x = [1]\nx.append(2)\nx\nx = x + [3]\nx\nx += [4]\nx\n"),
            "[1, 2]\n[1, 2, 3]\n[1, 2, 3, 4]\n\n");
  EXPECT_EQ(errors_, "");
}

TEST_F(ReplTest, ReadsBlocksUpToAnEmptyLine) {
  EXPECT_EQ(Say("def f(x):\n    return x * 2\n\nf(21)\n"), "42\n\n");
  EXPECT_EQ(Say("[1,\n2,\n]\n"), "[1, 2]\n\n");
  EXPECT_EQ(Say("'''a\nb'''\n"), "\"a\\nb\"\n\n");
  EXPECT_EQ(errors_, "");
}

TEST_F(ReplTest, GoesOnAfterAnError) {
  EXPECT_EQ(Say("1 // 0\n2\nx = \n3\nnosuch\n4\n"), "2\n3\n4\n\n");
  EXPECT_THAT(errors_, HasSubstr("1 // 0\n"));
  EXPECT_THAT(errors_, HasSubstr("division by zero"));
  EXPECT_THAT(errors_, HasSubstr("`nosuch` is not defined"));
}

TEST_F(ReplTest, AFunctionSeesWhatItSawWhenItWasMade) {
  EXPECT_EQ(Say("x = 1\ndef f():\n    return x\n\nx = 2\nf()\n"), "1\n\n");
}

TEST_F(ReplTest, LastLinesNeedNoEmptyLine) {
  EXPECT_EQ(Say("def f():\n    print(7)\n\nf()"), "7\n\n");
}

TEST(WantsMore, OfWhatIsNotFinished) {
  EXPECT_FALSE(WantsMore("x = 1\n"));
  EXPECT_FALSE(WantsMore("\n"));
  EXPECT_TRUE(WantsMore("x = (1,\n"));
  EXPECT_TRUE(WantsMore("def f():\n"));
  EXPECT_TRUE(WantsMore("def f():\n    pass\n"));
  EXPECT_FALSE(WantsMore("def f():\n    pass\n\n"));
  EXPECT_TRUE(WantsMore("x = '''a\n"));
  EXPECT_FALSE(WantsMore("x = 'a\n"));
  EXPECT_TRUE(WantsMore("x = 1 + \\\n"));
  EXPECT_FALSE(WantsMore("x = 1)\n"));
}

}  // namespace
}  // namespace dsl
