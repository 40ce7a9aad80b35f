// SPDX-License-Identifier: Apache-2.0
#include "engine/lsp/text_position.h"

#include <gtest/gtest.h>

#include "engine/lsp/file_uri.h"

namespace graph {
namespace {

// é is 2 bytes and 1 unit of UTF-16; 𝄞 is 4 bytes and 2 units.
std::shared_ptr<const dsl::Source> Text(std::string text = "a\né𝄞b\r\nc") {
  return dsl::Source::Make("x", std::move(text));
}

TEST(TextPosition, ColumnsAreUnitsOfTheEncoding) {
  const auto source = Text();
  const uint32_t b = 2 + 2 + 4;
  EXPECT_EQ(PositionOf(*source, b, Encoding::kUtf8), (TextPosition{1, 6}));
  EXPECT_EQ(PositionOf(*source, b, Encoding::kUtf16), (TextPosition{1, 3}));
  EXPECT_EQ(PositionOf(*source, b, Encoding::kUtf32), (TextPosition{1, 2}));
}

TEST(TextPosition, ThereAndBackIsTheSame) {
  const auto source = Text();
  for (const Encoding encoding :
       {Encoding::kUtf8, Encoding::kUtf16, Encoding::kUtf32}) {
    for (const uint32_t offset : {0u, 1u, 2u, 4u, 8u, 9u, 11u, 12u}) {
      EXPECT_EQ(
          OffsetOf(*source, PositionOf(*source, offset, encoding), encoding),
          offset);
    }
  }
}

TEST(TextPosition, TheMiddleOfACharacterIsItsBeginning) {
  const auto source = Text();
  EXPECT_EQ(OffsetOf(*source, {1, 2}, Encoding::kUtf16), 4u);
  EXPECT_EQ(OffsetOf(*source, {1, 1}, Encoding::kUtf8), 2u);
}

TEST(TextPosition, WhatLiesBehindTheLineIsItsEnd) {
  const auto source = Text();
  EXPECT_EQ(OffsetOf(*source, {0, 99}, Encoding::kUtf16), 1u);
  EXPECT_EQ(OffsetOf(*source, {1, 99}, Encoding::kUtf16), 9u);  // Before \r.
  EXPECT_EQ(OffsetOf(*source, {9, 0}, Encoding::kUtf16), 12u);
  EXPECT_EQ(OffsetOf(*source, {1LL << 40, 0}, Encoding::kUtf16), 12u);
  EXPECT_EQ(OffsetOf(*source, {-1, -1}, Encoding::kUtf16), 0u);
}

TEST(TextPosition, BytesThatAreNoUtf8CountOneEach) {
  const auto source = Text("\x80\xff\xc3");
  EXPECT_EQ(PositionOf(*source, 3, Encoding::kUtf16), (TextPosition{0, 3}));
  EXPECT_EQ(OffsetOf(*source, {0, 2}, Encoding::kUtf16), 2u);
}

TEST(TextPosition, AChangeReplacesItsRange) {
  const auto source = Text();
  const TextChange change{TextRange{{1, 1}, {1, 3}}, "xy"};
  EXPECT_EQ(Apply(*source, change, Encoding::kUtf16), "a\néxyb\r\nc");
}

TEST(TextPosition, AChangeWithoutARangeReplacesAll) {
  EXPECT_EQ(Apply(*Text(), {std::nullopt, "new"}, Encoding::kUtf16), "new");
}

TEST(TextPosition, AnUpsideDownRangeInserts) {
  const TextChange change{TextRange{{2, 1}, {0, 0}}, "!"};
  EXPECT_EQ(Apply(*Text("a\nb\nc"), change, Encoding::kUtf16), "a\nb\nc!");
}

TEST(FileUri, PathsAreEncodedAndDecoded) {
  EXPECT_EQ(UriOfPath("/a b/é.spec"), "file:///a%20b/%C3%A9.spec");
  EXPECT_EQ(PathOfUri("file:///a%20b/%c3%A9.spec"), "/a b/é.spec");
  EXPECT_EQ(PathOfUri("file://localhost/x"), "/x");
}

TEST(FileUri, OtherUrisAreNoFiles) {
  for (const char* uri : {"untitled:Untitled-1", "file:x", "file://host/x", "",
                          "file:///a%0", "file:///a%zz", "file:///a%00"}) {
    EXPECT_EQ(PathOfUri(uri), std::nullopt) << uri;
  }
}

}  // namespace
}  // namespace graph
