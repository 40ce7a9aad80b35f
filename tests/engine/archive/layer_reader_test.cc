// SPDX-License-Identifier: Apache-2.0
#include "engine/archive/layer_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "engine/archive/compress.h"
#include "tests/engine/archive/archive_testing.h"
#include "tests/engine/archive/layer_testing.h"
#include "tests/support/status_matchers.h"

namespace graph {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr auto kRefused = absl::StatusCode::kInvalidArgument;

class LayerReaderTest : public ArchiveTest {
 protected:
  absl::Status ReadBytes(absl::string_view layer,
                         const LayerReadOptions& options = {}) {
    EXPECT_THAT(WriteFile(Path("in"), layer), IsOk());
    return Read("in", options);
  }
  absl::Status Read(absl::string_view name,
                    const LayerReadOptions& options = {}) {
    sink_ = LineSink();
    return ReadLayer(Path(name), options, sink_, cancellation_);
  }
  const std::vector<std::string>& lines() const { return sink_.lines(); }

  LineSink sink_;
  Cancellation cancellation_;
};

TEST_F(LayerReaderTest, EveryKindOfEntryArrives) {
  ASSERT_THAT(
      ReadBytes(TarEntry("./", '5', "", "", 0755) +
                TarEntry("./etc/", '5', "", "", 0750) +
                TarEntry("./etc/passwd", '0', "", "root") +
                TarEntry("etc/same", '1', "./etc/passwd") +
                TarEntry("/abs", '2', "/etc/../../x", "", 0777) +
                TarEntry("etc/.wh.gone", '0') + TarEntry(".wh.top", '0') +
                TarEntry("etc/.wh..wh..opq", '0') +
                TarEntry(".wh..wh..opq", '0') + TarEnd()),
      IsOk());
  EXPECT_THAT(lines(), ElementsAre("d etc 0750 1234:1234",
                                   "- etc/passwd 0644 1234:1234 4 root.",
                                   "h etc/same 0644 1234:1234 -> etc/passwd",
                                   "l abs 0777 1234:1234 -> /etc/../../x",
                                   "x etc/gone", "x top", "o etc", "o "));
}

TEST_F(LayerReaderTest, CompressedLayersAreRead) {
  const std::string tar = SampleLayer().Tar();
  ASSERT_THAT(ReadBytes(tar), IsOk());
  const std::vector<std::string> plain = lines();
  for (bool gzip : {true, false}) {
    StringSink out;
    auto packer = gzip ? GzipSink(out) : ZstdSink(out);
    ASSERT_THAT(packer->Write(tar), IsOk());
    ASSERT_THAT(packer->Finish(), IsOk());
    ASSERT_THAT(ReadBytes(out.bytes()), IsOk());
    EXPECT_EQ(lines(), plain);
  }
  for (const char* program : {"xz", "bzip2"}) {
    if (!FindProgram(program)) continue;
    ASSERT_THAT(WriteFile(Path("packed"), tar), IsOk());
    ASSERT_EQ(Complaint({program, "-kf", Path("packed")}), "");
    ASSERT_THAT(Read(program[0] == 'x' ? "packed.xz" : "packed.bz2"), IsOk());
    EXPECT_EQ(lines(), plain);
  }
}

TEST_F(LayerReaderTest, OfADebianPackageTheFilesAreRead) {
  ASSERT_TRUE(FindProgram("dpkg-deb"));
  for (const char* compression : {"none", "gzip", "xz", "zstd"}) {
    const std::string pkg = Path(absl::StrCat("pkg-", compression));
    ASSERT_THAT(MakeDirectories(pkg + "/DEBIAN"), IsOk());
    ASSERT_THAT(MakeDirectories(pkg + "/usr/bin"), IsOk());
    ASSERT_THAT(WriteFile(pkg + "/DEBIAN/control",
                          "Package: p\nVersion: 1\nArchitecture: all\n"
                          "Maintainer: m <m@example.org>\nDescription: d\n"),
                IsOk());
    ASSERT_THAT(WriteFile(pkg + "/usr/bin/hello", "#!/bin/sh\n"), IsOk());
    const std::string deb = absl::StrCat(compression, ".deb");
    ASSERT_EQ(
        Complaint({"dpkg-deb", "--root-owner-group",
                   absl::StrCat("-Z", compression), "-b", pkg, Path(deb)}),
        "");
    ASSERT_THAT(Read(deb), IsOk());
    EXPECT_THAT(lines(), ElementsAre("d usr 0755", "d usr/bin 0755",
                                     "- usr/bin/hello 0644 10 #!/bin/sh\n."));
  }
}

TEST_F(LayerReaderTest, AnArWithoutDataIsNoPackage) {
  std::string header = "debian-binary   0           0     0     100644  4";
  header.resize(58, ' ');
  EXPECT_THAT(ReadBytes("!<arch>\n" + header + "`\n2.0\n"),
              StatusIs(kRefused, HasSubstr("no `data.tar` in it")));
}

TEST_F(LayerReaderTest, NamesThatLeaveTheRootAreRefused) {
  for (const char* name : {"../a", "a/../../b", "/../a", ".."}) {
    EXPECT_THAT(ReadBytes(TarEntry(name, '0') + TarEnd()),
                StatusIs(kRefused, HasSubstr("`..`")))
        << name;
    EXPECT_THAT(ReadBytes(TarEntry("x", '1', name) + TarEnd()),
                StatusIs(kRefused, HasSubstr("`..`")))
        << name;
  }
  EXPECT_THAT(lines(), IsEmpty());
}

TEST_F(LayerReaderTest, WhiteoutsOfNothingAreRefused) {
  for (const char* name : {".wh.", "a/.wh..", "a/.wh...", ".wh..wh.x"}) {
    EXPECT_THAT(ReadBytes(TarEntry(name, '0') + TarEnd()),
                StatusIs(kRefused, HasSubstr("whiteout of nothing")))
        << name;
  }
}

TEST_F(LayerReaderTest, TheRootIsAFolder) {
  EXPECT_THAT(ReadBytes(TarEntry("./", '2', "x") + TarEnd()),
              StatusIs(kRefused, HasSubstr("is the root")));
}

TEST_F(LayerReaderTest, DevicesAreSkippedOnlyWhereAskedFor) {
  const std::string layer = TarEntry("dev/null", '3') + TarEntry("p", '6') +
                            TarEntry("a", '0', "", "1") + TarEnd();
  EXPECT_THAT(ReadBytes(layer),
              StatusIs(kRefused, HasSubstr("`dev/null` is a device")));
  ASSERT_THAT(ReadBytes(layer, {.skip_devices = true}), IsOk());
  EXPECT_THAT(lines(), ElementsAre("- a 0644 1234:1234 1 1."));
}

TEST_F(LayerReaderTest, DamageIsSeen) {
  const std::string tar = SampleLayer().Tar();
  EXPECT_THAT(ReadBytes(tar.substr(0, 3000)),
              StatusIs(kRefused, HasSubstr("")));
  EXPECT_THAT(ReadBytes("not an archive at all"),
              StatusIs(kRefused, HasSubstr("not a tar archive")));
  EXPECT_THAT(ReadBytes("PK\x03\x04"), StatusIs(kRefused, HasSubstr("")));
  EXPECT_THAT(Read("absent"),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("absent")));
}

TEST_F(LayerReaderTest, BombsAreRefused) {
  EXPECT_THAT(ReadBytes(SampleLayer().Tar(), {.max_bytes = 1000}),
              StatusIs(kRefused, HasSubstr("more than 1000 bytes")));
  EXPECT_THAT(ReadBytes(SampleLayer().Tar(), {.max_entries = 3}),
              StatusIs(kRefused, HasSubstr("more than 3 entries")));
}

TEST_F(LayerReaderTest, CancellationEndsIt) {
  cancellation_.Cancel();
  EXPECT_THAT(ReadBytes(SampleLayer().Tar()),
              StatusIs(absl::StatusCode::kCancelled, HasSubstr("")));
}

}  // namespace
}  // namespace graph
