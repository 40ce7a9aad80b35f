// SPDX-License-Identifier: Apache-2.0
#include "engine/base/digest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "tests/support/status_matchers.h"

namespace graph {
namespace {

TEST(DigestTest, IsSha256) {
  EXPECT_EQ(Digest::Of("abc").ToString(),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
            "/3");
}

TEST(DigestTest, ParseIsTheInverseOfToString) {
  const Digest digest = Digest::Of("abc");
  EXPECT_THAT(Digest::Parse(digest.ToString()), IsOkAndHolds(digest));
}

TEST(DigestTest, ParseRejectsAMissingSize) {
  EXPECT_THAT(Digest::Parse("abc"),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       "`abc` is not a digest: want `<hex>/<size>`"));
}

TEST(DigestTest, ParseRejectsWhatIsNotHexOrNotASize) {
  for (absl::string_view hex : {std::string(64, 'g'), std::string(64, 'A')}) {
    EXPECT_THAT(Digest::Parse(absl::StrCat(hex, "/1")),
                StatusIs(absl::StatusCode::kInvalidArgument, testing::_));
  }
  EXPECT_THAT(Digest::Parse(absl::StrCat(std::string(64, 'a'), "/-1")),
              StatusIs(absl::StatusCode::kInvalidArgument, testing::_));
}

TEST(DigestTest, NoBytesHaveTheDigestOfTheDefault) {
  EXPECT_NE(Digest(), Digest::Of(""));
}

TEST(DigesterTest, PiecesDigestAsTheWholeAndTheNextStartsAnew) {
  Digester digester;
  for (int round = 0; round < 2; ++round) {
    digester.Update("a");
    digester.Update("");
    digester.Update("bc");
    EXPECT_EQ(digester.Finish(), Digest::Of("abc"));
  }
}

}  // namespace
}  // namespace graph
