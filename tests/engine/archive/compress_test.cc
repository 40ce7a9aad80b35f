// SPDX-License-Identifier: Apache-2.0
#include "engine/archive/compress.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "tests/engine/archive/archive_testing.h"
#include "tests/support/status_matchers.h"

namespace graph {
namespace {

class StringSink : public ByteSink {
 public:
  absl::Status Write(absl::string_view piece) override {
    absl::StrAppend(&bytes, piece);
    return fail ? absl::ResourceExhaustedError("disk full") : absl::OkStatus();
  }
  absl::Status Finish() override {
    finished = true;
    return absl::OkStatus();
  }
  std::string bytes;
  bool finished = false;
  bool fail = false;
};

// Text with some order in it, 300 KB.
std::string Sample() {
  std::string text;
  uint32_t state = 1;
  while (text.size() < 300'000) {
    state = state * 1664525 + 1013904223;
    absl::StrAppend(&text, "line ", state >> 20, " of the sample\n");
  }
  return text;
}

using MakeSink = std::unique_ptr<ByteSink> (*)(ByteSink&, int);

std::string Compressed(MakeSink make, int level, absl::string_view text,
                       size_t piece) {
  StringSink out;
  std::unique_ptr<ByteSink> sink = make(out, level);
  for (size_t at = 0; at < text.size(); at += piece) {
    EXPECT_THAT(sink->Write(text.substr(at, piece)), IsOk());
  }
  EXPECT_THAT(sink->Finish(), IsOk());
  EXPECT_TRUE(out.finished);
  return out.bytes;
}

// A change here changes archives that users already have.
TEST(CompressTest, GoldenDigestsOfVersion1) {
  ASSERT_EQ(kGzipFormatVersion, 1);
  ASSERT_EQ(kZstdFormatVersion, 1);
  EXPECT_EQ(
      Digest::Of(Compressed(&GzipSink, kGzipLevel, Sample(), 1 << 16))
          .ToString(),
      "ceb162df0786c7a2af55572f64345b8bd5f0166b1bb11fa2f0714cfba25f4fb1/32104");
  EXPECT_EQ(
      Digest::Of(Compressed(&ZstdSink, kZstdLevel, Sample(), 1 << 16))
          .ToString(),
      "c8eaf0f54eb34b5d9eb8fe6a6fd45e902a65848125c22871ae3bfd419c4e3067/30979");
}

TEST(CompressTest, PiecesDoNotMatter) {
  const std::string text = Sample();
  for (size_t piece : {1u, 7u, 4096u, 65536u, 131072u}) {
    EXPECT_EQ(Compressed(&GzipSink, 6, text, piece),
              Compressed(&GzipSink, 6, text, text.size()))
        << piece;
    EXPECT_EQ(Compressed(&ZstdSink, 9, text, piece),
              Compressed(&ZstdSink, 9, text, text.size()))
        << piece;
  }
}

TEST(CompressTest, GzipHeaderSaysNothingOfTheHost) {
  std::string gzip = Compressed(&GzipSink, 6, "x", 1);
  EXPECT_EQ(gzip.substr(0, 10),
            std::string("\x1f\x8b\x08\0\0\0\0\0\0\xff", 10));
}

TEST(CompressTest, NothingCompressesToSomethingValid) {
  for (auto [make, tool] : {std::pair<MakeSink, std::string>(&GzipSink, "gzip"),
                            {&ZstdSink, "zstd"}}) {
    if (!FindProgram(tool)) continue;
    auto ran = RunCommand(
        {.argv = {tool, "-dc"}, .input = Compressed(make, 1, "", 1)});
    ASSERT_THAT(ran, IsOk());
    EXPECT_EQ(ran->exit_code, 0) << ran->stderr_text;
    EXPECT_EQ(ran->stdout_text, "");
  }
}

TEST(CompressTest, ToolsGiveBackWhatWentIn) {
  const std::string text = Sample();
  for (auto [make, tool] : {std::pair<MakeSink, std::string>(&GzipSink, "gzip"),
                            {&ZstdSink, "zstd"}}) {
    if (!FindProgram(tool)) continue;
    auto ran = RunCommand(
        {.argv = {tool, "-dc"}, .input = Compressed(make, 6, text, 50'000)});
    ASSERT_THAT(ran, IsOk());
    EXPECT_TRUE(ran->stdout_text == text) << tool;
  }
}

TEST(CompressTest, AFailureBelowComesUp) {
  StringSink out;
  out.fail = true;
  std::unique_ptr<ByteSink> sink = GzipSink(out);
  absl::Status status = sink->Write(Sample());
  if (status.ok()) status = sink->Finish();
  EXPECT_THAT(status,
              StatusIs(absl::StatusCode::kResourceExhausted, "disk full"));
}

TEST(CompressTest, CrcIsThatOfZip) {
  EXPECT_EQ(Crc32("123456789"), 0xCBF43926u);
  EXPECT_EQ(Crc32(""), 0u);
}

TEST(CompressTest, DeflateOfNothingIsOneEmptyBlock) {
  EXPECT_THAT(Deflate("", 6), IsOkAndHolds(std::string("\x03\0", 2)));
}

TEST(ByteSinkTest, AFileThatCannotBeMadeIsNamed) {
  EXPECT_THAT(FileSink("/nonexistent/folder/file").status(),
              StatusIs(absl::StatusCode::kNotFound,
                       testing::HasSubstr("/nonexistent/folder/file")));
}

TEST(ByteSinkTest, AFullDiskIsAnError) {
  auto sink = FileSink("/dev/full");
  ASSERT_THAT(sink, IsOk());
  absl::Status status = (*sink)->Write("x");
  if (status.ok()) status = (*sink)->Finish();
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kResourceExhausted,
                               testing::HasSubstr("/dev/full")));
}

}  // namespace
}  // namespace graph
