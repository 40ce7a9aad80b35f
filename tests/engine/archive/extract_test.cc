// SPDX-License-Identifier: Apache-2.0
#include "engine/archive/extract.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "engine/archive/archive.h"
#include "engine/archive/compress.h"
#include "tests/engine/archive/archive_testing.h"
#include "tests/support/status_matchers.h"

namespace graph {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;

constexpr auto kRefused = absl::StatusCode::kInvalidArgument;

class ExtractTest : public ArchiveTest {
 protected:
  absl::Status ExtractBytes(absl::string_view archive,
                            const ExtractOptions& options = {}) {
    EXPECT_THAT(WriteFile(Path("in"), archive), IsOk());
    sink_ = MemorySink();
    return Extract(Path("in"), options, sink_, cancellation_);
  }
  const std::map<std::string, std::string>& tree() const {
    return sink_.tree();
  }

  MemorySink sink_;
  Cancellation cancellation_;
};

// What upstream projects publish: everything below one folder.
std::string Release() {
  return absl::StrCat(
      TarEntry("pkg-1.0/", '5', "", "", 0755),
      TarEntry("pkg-1.0/README", '0', "", "read me"),
      TarEntry("pkg-1.0/bin/run", '0', "", "#!", 0755),
      TarEntry("pkg-1.0/lib/", '5'), TarEntry("pkg-1.0/link", '2', "bin/run"),
      TarEntry("pkg-1.0/same", '1', "pkg-1.0/bin/run"), TarEnd());
}

TEST_F(ExtractTest, EveryKindOfEntryArrives) {
  ASSERT_THAT(ExtractBytes(Release()), IsOk());
  EXPECT_THAT(tree(), ElementsAre(Pair("pkg-1.0/README", "file read me"),
                                  Pair("pkg-1.0/bin/run", "exec #!"),
                                  Pair("pkg-1.0/lib", "folder"),
                                  Pair("pkg-1.0/link", "link bin/run"),
                                  Pair("pkg-1.0/same", "exec #!")));
}

TEST_F(ExtractTest, CompressionIsToldByTheBytes) {
  ASSERT_THAT(WriteFile(Path("r.tar"), Release()), IsOk());
  for (const char* tool : {"gzip", "bzip2", "xz", "zstd"}) {
    if (!FindProgram(tool)) continue;
    auto packed = RunCommand({.argv = {tool, "-c"}, .input = Release()});
    ASSERT_THAT(packed, IsOk());
    ASSERT_EQ(packed->exit_code, 0) << packed->stderr_text;
    ASSERT_THAT(ExtractBytes(packed->stdout_text), IsOk()) << tool;
    EXPECT_EQ(tree().size(), 5u) << tool;
  }
}

TEST_F(ExtractTest, ZipsOfOthersAreRead) {
  if (!FindProgram("python3")) GTEST_SKIP() << "needs python3";
  ASSERT_EQ(Complaint({"python3", "-c",
                       "import sys, zipfile\n"
                       "z = zipfile.ZipFile(sys.argv[1], 'w')\n"
                       "z.writestr('p/a', 'plain')\n"
                       "i = zipfile.ZipInfo('p/run')\n"
                       "i.external_attr = 0o100755 << 16\n"
                       "z.writestr(i, 'x', zipfile.ZIP_DEFLATED)\n"
                       "i = zipfile.ZipInfo('p/l')\n"
                       "i.create_system = 3\n"
                       "i.external_attr = 0o120777 << 16\n"
                       "z.writestr(i, 'a')\n"
                       "z.writestr('p/none/', '')\n"
                       "z.close()\n",
                       Path("in.zip")}),
            "");
  ASSERT_THAT(Extract(Path("in.zip"), {}, sink_, cancellation_), IsOk());
  EXPECT_THAT(tree(),
              ElementsAre(Pair("p/a", "file plain"), Pair("p/l", "link a"),
                          Pair("p/none", "folder"), Pair("p/run", "exec x")));
}

TEST_F(ExtractTest, NamesOutsideAsciiDoNotDependOnTheLocale) {
  const std::string utf8 = "gr\xC3\xBC\xC3\x9F/\xE6\xBC\xA2";
  ASSERT_THAT(ExtractBytes(TarEntry(utf8, '0', "", "1") + TarEnd()), IsOk());
  EXPECT_THAT(tree(), ElementsAre(Pair(utf8, "file 1")));
  Pack pack;
  pack.File(utf8, "2");
  ASSERT_THAT(WriteArchive(ArchiveFormat::kZip, pack.entries(), pack.reader(),
                           std::nullopt, Path("u.zip")),
              IsOk());
  ASSERT_THAT(ExtractBytes(Bytes("u.zip")), IsOk());
  EXPECT_THAT(tree(), ElementsAre(Pair(utf8, "file 2")));
}

TEST_F(ExtractTest, StripPrefixMakesAFolderTheRoot) {
  ASSERT_THAT(ExtractBytes(Release(), {.strip_prefix = "pkg-1.0"}), IsOk());
  EXPECT_THAT(
      tree(),
      ElementsAre(Pair("README", "file read me"), Pair("bin/run", "exec #!"),
                  Pair("lib", "folder"), Pair("link", "link bin/run"),
                  Pair("same", "exec #!")));
  ASSERT_THAT(ExtractBytes(Release(), {.strip_prefix = "./pkg-1.0/bin/"}),
              IsOk());
  EXPECT_THAT(tree(), ElementsAre(Pair("run", "exec #!")));
}

TEST_F(ExtractTest, AStripPrefixThatIsNotThereNamesWhatIs) {
  EXPECT_THAT(ExtractBytes(Release(), {.strip_prefix = "pkg-1"}),
              StatusIs(kRefused,
                       "nothing is below strip_prefix `pkg-1`; at its top are "
                       "`pkg-1.0`"));
  EXPECT_THAT(
      ExtractBytes(TarEntry("f", '0') + TarEnd(), {.strip_prefix = "p"}),
      StatusIs(kRefused, HasSubstr("it has no folders")));
  EXPECT_THAT(ExtractBytes(Release(), {.strip_prefix = "../x"}),
              StatusIs(kRefused, HasSubstr("in strip_prefix")));
}

TEST_F(ExtractTest, HardLinksAcrossTheStrippedPrefixAreRefused) {
  std::string tar = absl::StrCat(TarEntry("other/f", '0', "", "x"),
                                 TarEntry("p/l", '1', "other/f"), TarEnd());
  EXPECT_THAT(ExtractBytes(tar, {.strip_prefix = "p"}),
              StatusIs(kRefused, HasSubstr("hard link to `other/f`")));
}

// Each of these has been somebody's security hole.
TEST_F(ExtractTest, NamesThatLeaveTheFolderAreRefused) {
  EXPECT_THAT(ExtractBytes(TarEntry("/etc/cron.d/x", '0', "", "x") + TarEnd()),
              StatusIs(kRefused, "`/etc/cron.d/x` is an absolute path"));
  EXPECT_THAT(ExtractBytes(TarEntry("a/../../x", '0', "", "x") + TarEnd()),
              StatusIs(kRefused, HasSubstr("has a `..`")));
  EXPECT_THAT(ExtractBytes(TarEntry("../x", '5') + TarEnd()),
              StatusIs(kRefused, HasSubstr("has a `..`")));
  EXPECT_THAT(tree(), IsEmpty());
}

TEST_F(ExtractTest, WritingThroughASymlinkIsRefused) {
  EXPECT_THAT(
      ExtractBytes(absl::StrCat(TarEntry("l", '2', "/tmp"),
                                TarEntry("l/x", '0', "", "x"), TarEnd())),
      StatusIs(kRefused, HasSubstr("`l` is a file or a symlink")));
  EXPECT_THAT(ExtractBytes(absl::StrCat(TarEntry("l", '2', "d"),
                                        TarEntry("l", '0', "", "x"), TarEnd())),
              StatusIs(kRefused, "`l` comes twice"));
}

TEST_F(ExtractTest, SymlinksThatLeadOutAreRefused) {
  EXPECT_THAT(ExtractBytes(TarEntry("d/l", '2', "../../x") + TarEnd()),
              StatusIs(kRefused, HasSubstr("leads outside: `../../x`")));
  EXPECT_THAT(ExtractBytes(TarEntry("l", '2', "/etc/passwd") + TarEnd()),
              StatusIs(kRefused, HasSubstr("leads outside")));
  EXPECT_THAT(
      ExtractBytes(absl::StrCat(TarEntry("a/b/up", '2', "../.."),
                                TarEntry("out", '2', "a/b/up/../x"), TarEnd())),
      StatusIs(kRefused, HasSubstr("`out` is a symlink")));
}

TEST_F(ExtractTest, HardLinksToAnythingElseAreRefused) {
  for (absl::string_view target : {"/etc/passwd", "../x"}) {
    EXPECT_THAT(ExtractBytes(TarEntry("h", '1', target) + TarEnd()),
                StatusIs(kRefused, HasSubstr("hard link h")));
  }
  EXPECT_THAT(ExtractBytes(TarEntry("h", '1', "later") +
                           TarEntry("later", '0', "", "x") + TarEnd()),
              StatusIs(kRefused, HasSubstr("not a file before it")));
  EXPECT_THAT(
      ExtractBytes(TarEntry("d/", '5') + TarEntry("h", '1', "d") + TarEnd()),
      StatusIs(kRefused, HasSubstr("not a file before it")));
}

TEST_F(ExtractTest, AHardLinkToASymlinkIsThatSymlink) {
  ASSERT_THAT(ExtractBytes(TarEntry("d/l", '2', "x") +
                           TarEntry("d/h", '1', "d/l") + TarEnd()),
              IsOk());
  EXPECT_THAT(tree(),
              ElementsAre(Pair("d/h", "link x"), Pair("d/l", "link x")));
}

TEST_F(ExtractTest, DevicesPipesAndSocketsAreRefused) {
  for (char type : {'3', '4', '6'}) {
    EXPECT_THAT(ExtractBytes(TarEntry("dev", type) + TarEnd()),
                StatusIs(kRefused, "`dev` is a device, a pipe or a socket"));
  }
}

TEST_F(ExtractTest, ANameThatComesTwiceIsRefused) {
  EXPECT_THAT(ExtractBytes(TarEntry("a", '0', "", "1") +
                           TarEntry("./a", '0', "", "2") + TarEnd()),
              StatusIs(kRefused, "`a` comes twice"));
}

TEST_F(ExtractTest, SetuidAndOwnersAreNotKept) {
  ASSERT_THAT(ExtractBytes(TarEntry("su", '0', "", "x", 04755) +
                           TarEntry("odd", '0', "", "x", 0611) + TarEnd()),
              IsOk());
  EXPECT_THAT(tree(), ElementsAre(Pair("odd", "file x"), Pair("su", "exec x")));
}

TEST_F(ExtractTest, BombsAreRefused) {
  std::string zeros = TarEntry("zeros", '0', "", std::string(1 << 20, '\0'));
  EXPECT_THAT(ExtractBytes(zeros + TarEnd(), {.max_bytes = 1 << 19}),
              StatusIs(kRefused, HasSubstr("more than 524288 bytes")));
  Pack pack;
  pack.File("zeros", std::string(1 << 20, '\0'));
  ASSERT_THAT(WriteArchive(ArchiveFormat::kZip, pack.entries(), pack.reader(),
                           std::nullopt, Path("zeros.zip")),
              IsOk());
  EXPECT_THAT(ExtractBytes(Bytes("zeros.zip"), {.ratio_from = 1 << 16}),
              StatusIs(kRefused, HasSubstr("a bomb?")));
  EXPECT_THAT(ExtractBytes(Bytes("zeros.zip")), IsOk());
  std::string many;
  for (int i = 0; i < 20; ++i) {
    absl::StrAppend(&many, TarEntry(absl::StrCat("f", i), '0'));
  }
  EXPECT_THAT(ExtractBytes(many + TarEnd(), {.max_entries = 19}),
              StatusIs(kRefused, HasSubstr("more than 19 entries")));
  EXPECT_THAT(ExtractBytes(many + TarEnd(), {.max_entries = 20}), IsOk());
}

TEST_F(ExtractTest, WhatIsNoArchiveIsSaidToBeNone) {
  EXPECT_THAT(ExtractBytes("<html>404 not found</html>"),
              StatusIs(kRefused, HasSubstr("not a tar or zip archive")));
  EXPECT_THAT(ExtractBytes(""), StatusIs(kRefused, HasSubstr("")));
  EXPECT_THAT(Extract(Path("absent"), {}, sink_, cancellation_),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("absent")));
}

TEST_F(ExtractTest, DamageIsNoticed) {
  Pack pack;
  pack.File("text", std::string(200, 'q'));
  ASSERT_THAT(WriteArchive(ArchiveFormat::kZip, pack.entries(), pack.reader(),
                           0, Path("ok.zip")),
              IsOk());
  std::string zip = Bytes("ok.zip");
  zip[zip.find("qqq")] = 'r';
  EXPECT_THAT(
      ExtractBytes(zip),
      StatusIs(kRefused, AllOf(HasSubstr("damaged"), HasSubstr("in text"))));
  ASSERT_THAT(WriteArchive(ArchiveFormat::kTarGz, pack.entries(), pack.reader(),
                           std::nullopt, Path("ok.tar.gz")),
              IsOk());
  std::string gzip = Bytes("ok.tar.gz");
  EXPECT_THAT(ExtractBytes(gzip.substr(0, gzip.size() / 2)),
              StatusIs(kRefused, HasSubstr("damaged")));
}

TEST_F(ExtractTest, CancellationEndsIt) {
  cancellation_.Cancel();
  EXPECT_THAT(ExtractBytes(Release()),
              StatusIs(absl::StatusCode::kCancelled, HasSubstr("")));
}

class FullSink : public MemorySink {
 public:
  absl::Status Write(absl::string_view) override {
    return absl::ResourceExhaustedError("disk full");
  }
};

TEST_F(ExtractTest, AFailureOfTheSinkIsTheFailure) {
  ASSERT_THAT(WriteFile(Path("in"), Release()), IsOk());
  FullSink sink;
  EXPECT_THAT(Extract(Path("in"), {}, sink, cancellation_),
              StatusIs(absl::StatusCode::kResourceExhausted, "disk full"));
}

}  // namespace
}  // namespace graph
