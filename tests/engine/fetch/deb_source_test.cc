// SPDX-License-Identifier: Apache-2.0
// How apt is read; e2e/debs asks the real one.
#include "engine/fetch/deb_source.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <optional>
#include <string>
#include <utility>

#include "engine/fetch/deb_index.h"
#include "engine/fetch/http_source.h"
#include "tests/engine/fetch/fetch_testing.h"
#include "tests/support/status_matchers.h"

namespace graph {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

using Code = absl::StatusCode;

const std::string kHex(64, 'a');

TEST(ParseMadisonTest, EachVersionOnceInTheirOrder) {
  EXPECT_THAT(
      ParseMadison(
          "  tzdata | 2 | http://a.test stable-security/main amd64 Packages\n"
          "  tzdata | 1 | http://a.test stable/main amd64 Packages\n"
          "  tzdata | 1 | http://a.test stable-updates/main amd64 Packages\n"
          "  tzdata | 3 | http://a.test stable/main Sources\n"),
      ElementsAre("2", "1"));
  EXPECT_THAT(ParseMadison(""), IsEmpty());
}

TEST(CheckDebSourceTest, NamesAsDebianHasThem) {
  EXPECT_THAT(CheckDebSource({"libstdc++6", "1:12.2.0-14+deb12u1~x", "amd64"}),
              IsOk());
  EXPECT_THAT(CheckDebSource({"a", "1", ""}), IsOk());
}

TEST(CheckDebSourceTest, NothingThatAptTakesForMore) {
  for (const auto& [source, what] :
       {std::pair(DebSource{"", "1", ""}, "`package`"),
        {DebSource{"-x", "1", ""}, "`package`"},
        {DebSource{"a/b", "1", ""}, "`package`"},
        {DebSource{"a=1", "1", ""}, "`package`"},
        {DebSource{"a", "", ""}, "`version`"},
        {DebSource{"a", "1 2", ""}, "`version`"},
        {DebSource{"a", "1", "-amd64"}, "`architecture`"},
        {DebSource{"a", "1", "amd64 x"}, "`architecture`"}}) {
    EXPECT_THAT(CheckDebSource(source),
                StatusIs(Code::kInvalidArgument, HasSubstr(what)));
  }
}

// Where there is no apt.
class FetchDebTest : public FetchTest {
 protected:
  FetchDebTest() : path_(getenv("PATH")) { setenv("PATH", "", 1); }
  ~FetchDebTest() override { setenv("PATH", path_.c_str(), 1); }

 private:
  const std::string path_;
};

TEST_F(FetchDebTest, WhatTheStoreHasIsNotAskedFor) {
  const Digest digest = *store_.Put("a package");
  ASSERT_THAT(NoteFetched(digest, context_), IsOk());
  EXPECT_THAT(
      FetchDeb({"a", "1", "", digest.hex()}, context_, store_, cancellation_),
      IsOkAndHolds(digest));
  EXPECT_THAT(
      FetchDeb({"a", "1", "", kHex}, context_, store_, cancellation_),
      StatusIs(Code::kFailedPrecondition, HasSubstr("there is no apt here")));
}

TEST_F(FetchDebTest, AWrongDigestIsNoDigest) {
  EXPECT_THAT(FetchDeb({"a", "1", "", "abc"}, context_, store_, cancellation_),
              StatusIs(Code::kInvalidArgument, HasSubstr("not 64 lowercase")));
}

}  // namespace
}  // namespace graph
