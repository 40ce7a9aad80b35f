// SPDX-License-Identifier: Apache-2.0
#include "engine/lsp/framing.h"

#include <gtest/gtest.h>

#include "tests/support/status_matchers.h"

namespace graph {
namespace {

using testing::HasSubstr;
using testing::Optional;

TEST(Framing, WhatIsFramedIsRead) {
  FrameReader reader;
  reader.Feed(Frame("{}") + Frame("") + Frame("[1, 2]"));
  EXPECT_THAT(reader.Next(), IsOkAndHolds(Optional(std::string("{}"))));
  EXPECT_THAT(reader.Next(), IsOkAndHolds(Optional(std::string())));
  EXPECT_THAT(reader.Next(), IsOkAndHolds(Optional(std::string("[1, 2]"))));
  EXPECT_THAT(reader.Next(), IsOkAndHolds(std::nullopt));
}

TEST(Framing, BytesMayComeOneByOne) {
  FrameReader reader;
  const std::string bytes = Frame("{\"a\": 1}");
  for (size_t i = 0; i + 1 < bytes.size(); ++i) {
    reader.Feed(bytes.substr(i, 1));
    ASSERT_THAT(reader.Next(), IsOkAndHolds(std::nullopt));
  }
  reader.Feed(bytes.substr(bytes.size() - 1));
  EXPECT_THAT(reader.Next(), IsOkAndHolds(Optional(std::string("{\"a\": 1}"))));
}

TEST(Framing, OtherHeadersAreSkippedAndCaseDoesNotMatter) {
  FrameReader reader;
  reader.Feed(
      "Content-Type: application/vscode-jsonrpc; charset=utf-8\r\n"
      "content-length:2\r\n\r\n{}");
  EXPECT_THAT(reader.Next(), IsOkAndHolds(Optional(std::string("{}"))));
}

TEST(Framing, AMessageWithoutALengthIsAnError) {
  FrameReader reader;
  reader.Feed("Content-Type: x\r\n\r\n{}");
  EXPECT_THAT(reader.Next(), StatusIs(absl::StatusCode::kInvalidArgument,
                                      HasSubstr("Content-Length")));
}

TEST(Framing, AWrongLengthIsAnError) {
  for (const char* length : {"-1", "x", "99999999999999999999", "1000000000"}) {
    FrameReader reader;
    reader.Feed(std::string("Content-Length: ") + length + "\r\n\r\n");
    EXPECT_THAT(reader.Next(), StatusIs(absl::StatusCode::kInvalidArgument,
                                        HasSubstr("length")))
        << length;
  }
}

TEST(Framing, AHeaderWithoutEndIsAnErrorNotAllOfMemory) {
  FrameReader reader;
  reader.Feed(std::string(FrameReader::kMaxHeader, 'x'));
  EXPECT_THAT(reader.Next(), StatusIs(absl::StatusCode::kInvalidArgument,
                                      HasSubstr("does not end")));
}

}  // namespace
}  // namespace graph
