// SPDX-License-Identifier: Apache-2.0
#include "engine/archive/zip_writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "tests/engine/archive/archive_testing.h"
#include "tests/support/status_matchers.h"

namespace graph {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;

class ZipWriterTest : public ArchiveTest {
 protected:
  // The zip of `pack`, or what failed.
  std::string Zip(Pack& pack, int level = kZipLevel) {
    absl::Status status =
        WriteZip(pack.entries(), pack.reader(), Path("out.zip"), level);
    return status.ok() ? Bytes("out.zip") : status.ToString();
  }
};

// A change here changes every archive that users ever made with this format
// version: raise kZipFormatVersion and keep the old way as well.
TEST_F(ZipWriterTest, GoldenDigestOfVersion1) {
  ASSERT_EQ(kZipFormatVersion, 1);
  Pack pack = SamplePack();
  EXPECT_EQ(
      Digest::Of(Zip(pack)).ToString(),
      "e2f0b2ed3f0532dd1d0f8ea2ab0f3dbdccd7ef35f269ddabbf3a5d4d6cbfabd5/735");
}

TEST_F(ZipWriterTest, OtherProgramsCanReadIt) {
  Pack pack = SamplePack();
  Zip(pack);
  EXPECT_EQ(Complaint({"unzip", "-t", Path("out.zip")}), "");
  EXPECT_EQ(Complaint({"python3", "-m", "zipfile", "-t", Path("out.zip")}), "");
}

TEST_F(ZipWriterTest, ContentsSurvive) {
  Pack pack = SamplePack();
  Zip(pack);
  MemorySink sink;
  Cancellation cancellation;
  ASSERT_THAT(Extract(Path("out.zip"), {}, sink, cancellation), IsOk());
  EXPECT_THAT(sink.tree(),
              ElementsAre(Pair("a.txt", "file " + std::string(3000, 'a')),
                          Pair("b-c", "file sorts before b/run.sh"),
                          Pair("b/link", "link ../a.txt"),
                          Pair("b/run.sh", "exec #!/bin/sh\necho hello\n"),
                          Pair("empty", "file "),
                          Pair("n\xC3\xA4me.txt", "file not ASCII\n"),
                          Pair("void/inner", "folder")));
}

TEST_F(ZipWriterTest, OrderOfEntriesDoesNotMatter) {
  Pack pack = SamplePack();
  std::string zip = Zip(pack);
  std::reverse(pack.entries().begin(), pack.entries().end());
  EXPECT_EQ(Zip(pack), zip);
}

TEST_F(ZipWriterTest, TimeZoneDoesNotMatter) {
  Pack pack = SamplePack();
  std::string zip = Zip(pack);
  for (const char* zone :
       {"UTC", "Asia/Tokyo", "America/New_York", "Australia/Lord_Howe",
        "Pacific/Kiritimati", "Africa/Monrovia", "XYZ-13:47"}) {
    setenv("TZ", zone, 1);
    tzset();
    EXPECT_EQ(Zip(pack), zip) << zone;
  }
  unsetenv("TZ");
  tzset();
}

TEST_F(ZipWriterTest, EntriesAreSortedByTheBytesOfTheirPaths) {
  Pack pack;
  pack.File("b/x", "").File("b-c", "").File("B", "").File("a", "");
  std::string zip = Zip(pack);
  EXPECT_LT(zip.find("B"), zip.find("a"));
  EXPECT_LT(zip.find("b-c"), zip.find("b/x"));
}

TEST_F(ZipWriterTest, LevelZeroStores) {
  Pack pack;
  pack.File("text", std::string(1000, 'q'));
  EXPECT_THAT(Zip(pack, 0), HasSubstr(std::string(1000, 'q')));
  EXPECT_LT(Zip(pack, 9).size(), 200u);
  EXPECT_EQ(Complaint({"unzip", "-t", Path("out.zip")}), "");
}

TEST_F(ZipWriterTest, EmptyArchiveIsAnArchive) {
  Pack pack;
  EXPECT_EQ(Zip(pack).size(), 22u);
  EXPECT_EQ(Complaint({"python3", "-m", "zipfile", "-t", Path("out.zip")}), "");
}

TEST_F(ZipWriterTest, ReplacesWhatWasThere) {
  ASSERT_THAT(WriteFile(Path("out.zip"), "an older and longer file"), IsOk());
  Pack pack;
  pack.File("a", "a");
  std::string first = Zip(pack);
  EXPECT_EQ(Zip(pack), first);
}

TEST_F(ZipWriterTest, AReaderThatFailsIsTheFailure) {
  Pack pack;
  pack.File("a", "a");
  pack.entries()[0].digest = Digest::Of("never stored");
  EXPECT_THAT(WriteZip(pack.entries(), pack.reader(), Path("out.zip")),
              StatusIs(absl::StatusCode::kNotFound,
                       HasSubstr("no such blob; reading a")));
}

TEST_F(ZipWriterTest, BytesOfAnotherSizeAreRefused) {
  Pack pack;
  pack.File("a", "four");
  BlobReader liar = [](const Digest&) { return std::string("five!"); };
  EXPECT_THAT(WriteZip(pack.entries(), liar, Path("out.zip")),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("has 5")));
}

TEST_F(ZipWriterTest, NamesMustBeUtf8) {
  Pack pack;
  pack.File("latin\xE4", "");
  EXPECT_THAT(WriteZip(pack.entries(), pack.reader(), Path("out.zip")),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("latin")));
}

TEST_F(ZipWriterTest, AFolderThatIsNotThereIsNamed) {
  Pack pack;
  pack.File("a", "");
  EXPECT_THAT(
      WriteZip(pack.entries(), pack.reader(), Path("no/out.zip")),
      StatusIs(absl::StatusCode::kUnavailable, HasSubstr("no/out.zip")));
}

// What the mip factory packs at once: it must not be felt.
TEST_F(ZipWriterTest, ThreeThousandFilesTakeLessThanASecond) {
  Pack pack;
  for (int i = 0; i < 3500; ++i) {
    std::string text;
    for (int line = 0; line < 80; ++line) {
      absl::StrAppend(&text, "y(", i * line, ") = ", i, " * x;  % step\n");
    }
    pack.File(absl::StrCat("chebfun/@chebfun", i % 70, "/f", i, ".m"), text);
  }
  absl::Time start = absl::Now();
  ASSERT_THAT(WriteZip(pack.entries(), pack.reader(), Path("out.zip")), IsOk());
  absl::Duration took = absl::Now() - start;
  RecordProperty("milliseconds", absl::ToInt64Milliseconds(took));
  EXPECT_LT(took, absl::Seconds(5));  // The machine may be busy.
}

}  // namespace
}  // namespace graph
