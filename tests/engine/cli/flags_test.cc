// SPDX-License-Identifier: Apache-2.0

#include "engine/cli/flags.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/status_matchers.h"

namespace graph {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;
using Code = absl::StatusCode;

constexpr Option kOptions[] = {
    {"directory", 'C', "DIR", ""}, {"jobs", 'j', "N", ""},
    {"keep-going", 'k', "", ""},   {"config", 0, "NAME", ""},
    {"quiet", 'q', "", ""},
};

absl::StatusOr<Arguments> Read(const std::vector<std::string>& words) {
  Arguments arguments;
  absl::Status read = ArgumentReader(words).Read(kOptions, true, &arguments);
  if (!read.ok()) return read;
  return arguments;
}

TEST(ArgumentReader, ValuesFollowOrAreJoined) {
  auto read = Read({"--jobs", "4", "--jobs=5", "-j", "6", "-j7"});
  ASSERT_THAT(read, IsOk());
  EXPECT_THAT(read->options, ElementsAre(Pair("jobs", "4"), Pair("jobs", "5"),
                                         Pair("jobs", "6"), Pair("jobs", "7")));
  EXPECT_EQ(read->Find("jobs"), "7");
  EXPECT_EQ(read->Find("config"), std::nullopt);
}

TEST(ArgumentReader, LettersMayStandTogether) {
  auto read = Read({"-kqj8"});
  ASSERT_THAT(read, IsOk());
  EXPECT_TRUE(read->IsOn("keep-going"));
  EXPECT_TRUE(read->IsOn("quiet"));
  EXPECT_EQ(read->Find("jobs"), "8");
}

TEST(ArgumentReader, OperandsAndOptionsMayMix) {
  auto read = Read({"//a", "-k", ":b", "--config", "x", "c"});
  ASSERT_THAT(read, IsOk());
  EXPECT_THAT(read->operands, ElementsAre("//a", ":b", "c"));
}

TEST(ArgumentReader, NegativePatternsAreOperands) {
  auto read = Read({"//...", "-//a/...", "-:b", "-@rules//c", "-"});
  ASSERT_THAT(read, IsOk());
  EXPECT_THAT(read->operands,
              ElementsAre("//...", "-//a/...", "-:b", "-@rules//c", "-"));
}

TEST(ArgumentReader, AfterTwoDashesNothingIsAnOption) {
  auto read = Read({"//a", "--", "--jobs", "-k", "--"});
  ASSERT_THAT(read, IsOk());
  EXPECT_THAT(read->operands, ElementsAre("//a"));
  EXPECT_THAT(read->after_dashes, ElementsAre("--jobs", "-k", "--"));
  EXPECT_THAT(read->options, IsEmpty());
}

TEST(ArgumentReader, AFlagMayBeTakenBack) {
  auto read = Read({"-k", "--keep-going=false"});
  ASSERT_THAT(read, IsOk());
  EXPECT_FALSE(read->IsOn("keep-going"));
}

TEST(ArgumentReader, ValuesMayBeEmptyOrLookLikeOptions) {
  auto read = Read({"--config=", "--config", "--x", "--config=a=b"});
  ASSERT_THAT(read, IsOk());
  EXPECT_THAT(read->options,
              ElementsAre(Pair("config", ""), Pair("config", "--x"),
                          Pair("config", "a=b")));
}

TEST(ArgumentReader, AnUnknownOptionNamesTheNearest) {
  EXPECT_THAT(Read({"--keep-gonig"}),
              StatusIs(Code::kInvalidArgument,
                       "no option `--keep-gonig`; did you mean "
                       "`--keep-going`?"));
  EXPECT_THAT(Read({"--zzzzz"}),
              StatusIs(Code::kInvalidArgument, "no option `--zzzzz`"));
  EXPECT_THAT(Read({"-kz"}),
              StatusIs(Code::kInvalidArgument, "no option `-z`"));
}

TEST(ArgumentReader, AMissingValueIsAnError) {
  EXPECT_THAT(Read({"--jobs"}),
              StatusIs(Code::kInvalidArgument, "`--jobs` needs a value"));
  EXPECT_THAT(Read({"-kj"}),
              StatusIs(Code::kInvalidArgument, "`-j` needs a value"));
}

TEST(ArgumentReader, AValueTooMuchIsAnError) {
  EXPECT_THAT(Read({"--quiet=very"}),
              StatusIs(Code::kInvalidArgument, HasSubstr("takes no value")));
}

TEST(ArgumentReader, ReadingGoesOnWhereItStopped) {
  const std::vector<std::string> words = {"-k", "build", "--output", "x", "y"};
  ArgumentReader reader(words);
  Arguments arguments;
  ASSERT_THAT(reader.Read(kOptions, false, &arguments), IsOk());
  EXPECT_THAT(arguments.operands, ElementsAre("build"));
  constexpr Option kMore[] = {{"output", 0, "FORMAT", ""}};
  ASSERT_THAT(reader.Read(kMore, true, &arguments), IsOk());
  EXPECT_THAT(arguments.operands, ElementsAre("build", "y"));
  EXPECT_EQ(arguments.Find("output"), "x");
  EXPECT_TRUE(arguments.IsOn("keep-going"));
}

}  // namespace
}  // namespace graph
