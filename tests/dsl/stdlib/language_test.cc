// SPDX-License-Identifier: Apache-2.0

// Every chunk of tests/dsl/language is a test of its own.

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "tests/dsl/stdlib/chunked.h"

namespace dsl {
namespace {

class Language : public testing::TestWithParam<Chunk> {};

TEST_P(Language, ChunkDoesAsItSays) { EXPECT_EQ(RunChunk(GetParam()), ""); }

INSTANTIATE_TEST_SUITE_P(Chunks, Language,
                         testing::ValuesIn(ReadChunks(TEST_SOURCE_DIR
                                                      "/dsl/language")),
                         [](const testing::TestParamInfo<Chunk>& each) {
                           return absl::StrCat(each.param.name, "_line_",
                                               each.param.line);
                         });

// The reader itself has to be able to fail.
Chunk MakeChunk(std::string text) {
  Chunk chunk;
  chunk.file = "made.star";
  chunk.text = std::move(text);
  return chunk;
}

TEST(Chunked, AnUnexpectedErrorIsAFailure) {
  EXPECT_NE(RunChunk(MakeChunk("x = 1 // 0\n")), "");
}

TEST(Chunked, AFailedAssertionIsAFailure) {
  EXPECT_NE(RunChunk(MakeChunk("assert_eq(1, 2)\n")), "");
}

TEST(Chunked, AMissingErrorIsAFailure) {
  Chunk chunk = MakeChunk("x = 1\n");
  chunk.expected.push_back({1, "."});
  EXPECT_NE(RunChunk(chunk), "");
}

TEST(Chunked, AnErrorOnAnotherLineIsAFailure) {
  Chunk chunk = MakeChunk("\nx = 1 // 0\n");
  chunk.expected.push_back({1, "zero"});
  EXPECT_NE(RunChunk(chunk), "");
  chunk.expected[0].line = 2;
  EXPECT_EQ(RunChunk(chunk), "");
}

}  // namespace
}  // namespace dsl
