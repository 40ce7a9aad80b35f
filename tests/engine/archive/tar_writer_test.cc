// SPDX-License-Identifier: Apache-2.0
#include "engine/archive/tar_writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "engine/archive/archive.h"
#include "tests/engine/archive/archive_testing.h"
#include "tests/support/status_matchers.h"

namespace graph {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;

class TarWriterTest : public ArchiveTest {
 protected:
  std::string Tar(Pack& pack, ArchiveFormat format = ArchiveFormat::kTar,
                  std::optional<int> level = std::nullopt) {
    absl::Status status = WriteArchive(format, pack.entries(), pack.reader(),
                                       level, Path("out.tar"));
    return status.ok() ? Bytes("out.tar") : status.ToString();
  }
  std::map<std::string, std::string> ReadBack() {
    MemorySink sink;
    Cancellation cancellation;
    EXPECT_THAT(Extract(Path("out.tar"), {}, sink, cancellation), IsOk());
    return sink.tree();
  }
};

// See the zip's: a change here means a new format version.
TEST_F(TarWriterTest, GoldenDigestsOfVersion1) {
  ASSERT_EQ(kTarFormatVersion, 1);
  Pack pack = SamplePack();
  EXPECT_EQ(
      Digest::Of(Tar(pack)).ToString(),
      "d397cf9123da279bee7d638e9cc70f0a05d20c9ea2bac49a1ac4cd4c7a49ac36/9216");
  EXPECT_EQ(
      Digest::Of(Tar(pack, ArchiveFormat::kTarGz)).ToString(),
      "31d2397ab6ba68ecf742aaa7ab574c825e1c726124580525e6cd3c64eb8eedcf/305");
  EXPECT_EQ(
      Digest::Of(Tar(pack, ArchiveFormat::kTarZst)).ToString(),
      "8c86eb80944fb15a5bc4ba8268740c37c7f7ec98c96fa210c7acc376393a24eb/278");
}

TEST_F(TarWriterTest, OtherProgramsCanReadIt) {
  Pack pack = SamplePack();
  pack.File(std::string(90, 'd') + "/" + std::string(90, 'f'), "split")
      .File(std::string(200, 'p'), "pax")
      .Symlink("far", std::string(150, 't'));
  Tar(pack);
  EXPECT_EQ(Complaint({"tar", "-tvf", Path("out.tar")}), "");
  EXPECT_EQ(Complaint({"python3", "-m", "tarfile", "-t", Path("out.tar")}), "");
}

TEST_F(TarWriterTest, ContentsSurvive) {
  Pack pack = SamplePack();
  Tar(pack);
  EXPECT_THAT(ReadBack(),
              ElementsAre(Pair("a.txt", "file " + std::string(3000, 'a')),
                          Pair("b-c", "file sorts before b/run.sh"),
                          Pair("b/link", "link ../a.txt"),
                          Pair("b/run.sh", "exec #!/bin/sh\necho hello\n"),
                          Pair("empty", "file "),
                          Pair("n\xC3\xA4me.txt", "file not ASCII\n"),
                          Pair("void/inner", "folder")));
}

TEST_F(TarWriterTest, NamesOfAnyLengthSurvive) {
  Pack pack;
  const std::string longest(255, 'n');
  const std::string deep = longest + "/" + longest + "/" + longest;
  const std::string split = std::string(155, 'p') + "/" + std::string(100, 'n');
  const std::string just_not = std::string(156, 'p') + "/" + longest;
  const std::string target = "x/" + std::string(500, 't');
  pack.File(deep, "1").File(split, "2").File(just_not, "3");
  pack.File(std::string(100, 'h'), "4").File(std::string(101, 'i'), "5");
  pack.Symlink("link", target).EmptyDirectory(std::string(100, 'e'));
  Tar(pack);
  EXPECT_THAT(
      ReadBack(),
      testing::UnorderedElementsAre(
          Pair(deep, "file 1"), Pair(split, "file 2"), Pair(just_not, "file 3"),
          Pair(std::string(100, 'h'), "file 4"),
          Pair(std::string(101, 'i'), "file 5"), Pair("link", "link " + target),
          Pair(std::string(100, 'e'), "folder")));
}

TEST_F(TarWriterTest, PaxRecordsAreOnlyWhereUstarHasNoRoom) {
  Pack pack;
  pack.File(std::string(155, 'p') + "/" + std::string(100, 'n'), "");
  EXPECT_THAT(Tar(pack), testing::Not(HasSubstr("@PaxHeader")));
  pack.File(std::string(101, 'n'), "");
  EXPECT_THAT(Tar(pack), HasSubstr("111 path=" + std::string(101, 'n') + "\n"));
}

TEST_F(TarWriterTest, OwnersAndTimesAreZero) {
  Pack pack;
  pack.File("a", "x", /*executable=*/true);
  std::string tar = Tar(pack);
  ASSERT_EQ(tar.size(), 4 * 512u);
  EXPECT_EQ(tar.substr(100, 7), "0000755");
  EXPECT_EQ(tar.substr(108, 7), "0000000");
  EXPECT_EQ(tar.substr(116, 7), "0000000");
  EXPECT_EQ(tar.substr(136, 11), "00000000000");
  EXPECT_EQ(tar.substr(265, 64), std::string(64, '\0'));  // User and group.
}

TEST_F(TarWriterTest, OrderOfEntriesDoesNotMatter) {
  Pack pack = SamplePack();
  std::string tar = Tar(pack);
  std::reverse(pack.entries().begin(), pack.entries().end());
  EXPECT_EQ(Tar(pack), tar);
}

TEST_F(TarWriterTest, EmptyArchiveIsAnArchive) {
  Pack pack;
  EXPECT_EQ(Tar(pack), TarEnd());
  EXPECT_EQ(Complaint({"tar", "-tf", Path("out.tar")}), "");
}

TEST_F(TarWriterTest, CompressedArchivesAreReadByTheirTools) {
  Pack pack = SamplePack();
  ASSERT_THAT(WriteArchive(ArchiveFormat::kTarGz, pack.entries(), pack.reader(),
                           9, Path("out.tar.gz")),
              IsOk());
  EXPECT_EQ(Complaint({"gzip", "-t", Path("out.tar.gz")}), "");
  ASSERT_THAT(WriteArchive(ArchiveFormat::kTarZst, pack.entries(),
                           pack.reader(), 1, Path("out.tar.zst")),
              IsOk());
  EXPECT_EQ(Complaint({"zstd", "-q", "-t", Path("out.tar.zst")}), "");
  Tar(pack, ArchiveFormat::kTarZst);
  EXPECT_THAT(ReadBack(), Contains(Pair("b/link", "link ../a.txt")));
}

TEST_F(TarWriterTest, LevelsOutOfRangeAreRefused) {
  Pack pack;
  EXPECT_THAT(Tar(pack, ArchiveFormat::kTar, 1), HasSubstr("no level"));
  EXPECT_THAT(Tar(pack, ArchiveFormat::kTarGz, 10), HasSubstr("1 to 9"));
  EXPECT_THAT(Tar(pack, ArchiveFormat::kTarZst, 0), HasSubstr("1 to 19"));
  EXPECT_THAT(Tar(pack, ArchiveFormat::kZip, -1), HasSubstr("0 to 9"));
}

TEST(ArchiveFormatTest, NamesAreThoseOfTheFiles) {
  EXPECT_THAT(ParseArchiveFormat("zip"), IsOkAndHolds(ArchiveFormat::kZip));
  EXPECT_THAT(ParseArchiveFormat("tar"), IsOkAndHolds(ArchiveFormat::kTar));
  EXPECT_THAT(ParseArchiveFormat("tar.gz"),
              IsOkAndHolds(ArchiveFormat::kTarGz));
  EXPECT_THAT(ParseArchiveFormat("tar.zst"),
              IsOkAndHolds(ArchiveFormat::kTarZst));
  EXPECT_THAT(ParseArchiveFormat("rar"),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       "no archive format `rar`: there are zip, tar, tar.gz "
                       "and tar.zst"));
}

TEST(ArchiveEntryTest, PathsThatWouldLeaveTheArchiveAreRefused) {
  for (const char* path : {"", "/a", "a/", "a//b", "./a", "a/../b", ".."}) {
    Pack pack;
    pack.File(path, "");
    EXPECT_THAT(
        SortedEntries(pack.entries()),
        StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("no path")))
        << path;
  }
}

TEST(ArchiveEntryTest, APathIsOneThing) {
  Pack twice;
  twice.File("a", "1").Symlink("a", "b");
  EXPECT_THAT(SortedEntries(twice.entries()),
              StatusIs(absl::StatusCode::kInvalidArgument, "`a` comes twice"));
  Pack both;
  both.File("a/b", "1").File("a", "2").File("a-b", "3");
  EXPECT_THAT(SortedEntries(both.entries()),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       "`a` is both a file and a folder"));
}

TEST(ArchiveEntryTest, AnEmptyFolderThatIsNotEmptyIsImplied) {
  Pack pack;
  pack.EmptyDirectory("a").EmptyDirectory("a/b").File("a/b/c", "1");
  auto sorted = SortedEntries(pack.entries());
  ASSERT_THAT(sorted, IsOk());
  ASSERT_EQ(sorted->size(), 1u);
  EXPECT_EQ(sorted->front()->path, "a/b/c");
}

}  // namespace
}  // namespace graph
