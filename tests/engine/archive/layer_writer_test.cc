// SPDX-License-Identifier: Apache-2.0
#include "engine/archive/layer_writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/engine/archive/archive_testing.h"
#include "tests/engine/archive/layer_testing.h"
#include "tests/support/status_matchers.h"

namespace graph {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class LayerWriterTest : public ArchiveTest {
 protected:
  std::vector<std::string> ReadBack(const LayerPack& pack) {
    EXPECT_THAT(WriteFile(Path("layer.tar"), pack.Tar()), IsOk());
    LineSink sink;
    EXPECT_THAT(ReadLayer(Path("layer.tar"), {}, sink, cancellation_), IsOk());
    return sink.lines();
  }
  Cancellation cancellation_;
};

// Layers are named by their bytes in registries and in the images on them: a
// change here means a new format version.
TEST_F(LayerWriterTest, GoldenDigestOfVersion1) {
  ASSERT_EQ(kLayerFormatVersion, 1);
  EXPECT_EQ(
      Digest::Of(SampleLayer().Tar()).ToString(),
      "fad7defea351eedec0b24929f33d8b738f378eb3598b45d01bd10efebed3ba52/12288");
  EXPECT_EQ(Digest::Of(LayerPack().Tar()), Digest::Of(TarEnd()));
}

TEST_F(LayerWriterTest, EverythingSurvivesInTheOrderOfTheNames) {
  EXPECT_THAT(
      ReadBack(SampleLayer()),
      ElementsAre(
          "x old", "l bin 0777 -> usr/bin", "x etc/gone",
          "l etc/far 0777 -> /absolute/../target",
          "- etc/shadow 0640 0:42 7 root::\n.",
          "- home/a 0600 1000:3000000 3000 " + std::string(3000, 'a') + ".",
          "d tmp 1777", "o tmp", "d usr/bin 0755",
          "- usr/bin/run 0755 10 #!/bin/sh\n.", "- usr/bin/su 4755 6 setuid."));
}

TEST_F(LayerWriterTest, OtherProgramsCanReadIt) {
  LayerPack pack = SampleLayer();
  pack.File(std::string(90, 'd') + "/" + std::string(90, 'f'), "split")
      .File(std::string(200, 'p'), "pax")
      .Removed(std::string(90, 'd') + "/" + std::string(97, 'r'))
      .Symlink("a far one", std::string(150, 't'));
  ASSERT_THAT(WriteFile(Path("out.tar"), pack.Tar()), IsOk());
  EXPECT_EQ(Complaint({"tar", "-tvf", Path("out.tar")}), "");
  EXPECT_EQ(Complaint({"python3", "-m", "tarfile", "-t", Path("out.tar")}), "");
}

TEST_F(LayerWriterTest, OddAndLongNamesSurvive) {
  const std::string longest(255, 'n');
  const std::string deep = longest + "/" + longest + "/" + longest;
  LayerPack pack;
  pack.File("a b\tc\nd", "").File("n\xC3\xA4me", "").File("\xFFraw", "");
  pack.File("-x", "").File("...", "").File(".whx", "").File(deep, "");
  EXPECT_THAT(ReadBack(pack),
              ElementsAre("- -x 0644 0 .", "- ... 0644 0 .", "- .whx 0644 0 .",
                          "- a b\tc\nd 0644 0 .", "- " + deep + " 0644 0 .",
                          "- n\xC3\xA4me 0644 0 .", "- \xFFraw 0644 0 ."));
}

TEST_F(LayerWriterTest, OrderOfEntriesDoesNotMatter) {
  const std::string tar = SampleLayer().Tar();
  // The contents go by index, so that they are turned too.
  LayerPack pack = SampleLayer();
  std::vector<LayerEntry> turned(pack.entries().rbegin(),
                                 pack.entries().rend());
  LayerPack sorted;
  const size_t last = turned.size() - 1;
  StringSink out;
  ASSERT_THAT(WriteLayer(
                  turned,
                  [&](size_t index, ByteSink& place) {
                    const std::string& path = turned[index].path;
                    EXPECT_EQ(path, pack.entries()[last - index].path);
                    if (path == "home/a")
                      return place.Write(std::string(3000, 'a'));
                    if (path == "etc/shadow") return place.Write("root::\n");
                    if (path == "usr/bin/su") return place.Write("setuid");
                    return place.Write("#!/bin/sh\n");
                  },
                  out),
              IsOk());
  EXPECT_EQ(out.bytes(), tar);
  EXPECT_TRUE(out.finished());
}

TEST_F(LayerWriterTest, WhatIsNoLayerIsRefused) {
  auto refused = [](const LayerPack& pack) {
    StringSink out;
    absl::Status status = pack.Write(out);
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
    EXPECT_EQ(out.bytes(), "");
    return std::string(status.message());
  };
  for (const char* path : {"", "/a", "a/", "a//b", "./a", "a/../b", ".."}) {
    EXPECT_THAT(refused(LayerPack().File(path, "")), HasSubstr("no path"))
        << path;
  }
  EXPECT_THAT(refused(LayerPack().File("a/.wh.b", "")), HasSubstr("whiteout"));
  EXPECT_THAT(refused(LayerPack().File("a", "").Removed("a")),
              HasSubstr("`a` in a layer comes twice"));
  EXPECT_THAT(refused(LayerPack().Symlink("a", "b").File("a/c/d", "")),
              HasSubstr("`a/c/d` in a layer lies below `a`"));
  EXPECT_THAT(refused(LayerPack().File("a", "").Opaque("a")),
              HasSubstr("is opaque, and no folder"));
  EXPECT_THAT(refused(LayerPack().File("a", "", 0100644)),
              HasSubstr("more than 07777"));
  EXPECT_THAT(
      refused(LayerPack().Add(
          {.path = "a", .kind = LayerEntry::Kind::kHardLink, .target = "b"})),
      HasSubstr("hard link"));
}

TEST_F(LayerWriterTest, ContentOfAnotherSizeIsDataLoss) {
  for (const char* bytes : {"", "12", "1234"}) {
    LayerPack pack;
    pack.Add({.path = "a", .size = 3}, bytes);
    StringSink out;
    EXPECT_THAT(pack.Write(out), StatusIs(absl::StatusCode::kDataLoss,
                                          HasSubstr("should have 3 bytes")))
        << bytes;
    EXPECT_FALSE(out.finished());
  }
}

}  // namespace
}  // namespace graph
