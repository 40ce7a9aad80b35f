// SPDX-License-Identifier: Apache-2.0
#include "engine/exec/layer_steps.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/os/filesystem.h"
#include "tests/engine/archive/archive_testing.h"
#include "tests/engine/archive/layer_testing.h"
#include "tests/engine/exec/step_fixture.h"

namespace graph {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr auto kWrong = absl::StatusCode::kInvalidArgument;

class LayerStepsTest : public StepTest {
 protected:
  LayerStepsTest()
      : folder_(*MakeTemporaryDirectory(testing::TempDir(), "layers")) {}
  ~LayerStepsTest() override { RemoveTree(folder_).IgnoreError(); }

  // The lines of the layer, or why there is none.
  std::vector<std::string> Layer(std::string content,
                                 std::vector<SpawnInput> inputs = {}) {
    auto made = Run({"layer", "1"}, std::move(content), std::move(inputs));
    if (!made.ok()) return {std::string(made.status().message())};
    digest_ = made->digest;
    const std::string path = absl::StrCat(folder_, "/layer");
    EXPECT_THAT(WriteFile(path, *store_.Get(digest_)), IsOk());
    LineSink sink;
    EXPECT_THAT(ReadLayer(path, {}, sink, cancellation_), IsOk());
    return sink.lines();
  }

  std::string folder_;
  Digest digest_;
};

TEST_F(LayerStepsTest, FilesTreesAndArchivesBecomeOneLayer) {
  TreeEntries tree = Entries({{"doc/x", "1"}});
  tree["run"] = {.digest = *store_.Put("#!"), .executable = true};
  tree["link"] = {.kind = TreeEntry::Kind::kSymlink, .target = "../run"};
  tree["void"] = {.kind = TreeEntry::Kind::kEmptyDirectory};
  const SpawnInput archive =
      File("a.tar", SampleLayer().File("etc/own", "archive").Tar());
  EXPECT_THAT(
      Layer(R"({"entries": [{"input": "t", "as": "opt"},
                            {"input": "f", "as": "etc/own"}],
                "archives": ["a.tar"], "owner": [5, 6],
                "symlinks": [["sbin", "usr/sbin"]],
                "directories": [["var/tmp", 1023]]})",
            {TreeOfEntries("t", tree), File("f", "entry"), archive}),
      ElementsAre(
          "x old", "l bin 0777 -> usr/bin", "x etc/gone",
          "l etc/far 0777 -> /absolute/../target",
          "- etc/own 0644 5:6 5 entry.", "- etc/shadow 0640 0:42 7 root::\n.",
          "- home/a 0600 1000:3000000 3000 " + std::string(3000, 'a') + ".",
          "- opt/doc/x 0644 5:6 1 1.", "l opt/link 0777 5:6 -> ../run",
          "- opt/run 0755 5:6 2 #!.", "d opt/void 0755 5:6",
          "l sbin 0777 5:6 -> usr/sbin", "d tmp 1777", "o tmp",
          "d usr/bin 0755", "- usr/bin/run 0755 10 #!/bin/sh\n.",
          "- usr/bin/su 4755 6 setuid.", "d var/tmp 1777 5:6"));
}

// A change here means a new format version: see archive/layer_writer.h.
TEST_F(LayerStepsTest, GoldenDigests) {
  Layer(R"({"entries": [{"input": "f", "as": "etc/a"}], "archives": [],
            "symlinks": [["bin", "usr/bin"]], "directories": [["tmp", 1023]],
            "modes": [["etc", 384]], "remove": ["old"]})",
        {File("f", "bytes\n")});
  EXPECT_EQ(
      digest_.ToString(),
      "811bf47c4d015d1cfce48ec0d2de722784eb505ad12c839542fc69c3b52de168/3584");
  const std::string text(100000, 'x');
  auto gzip =
      Run({"compress", "1"}, R"({"format": "gzip"})", {File("f", text)});
  ASSERT_THAT(gzip, IsOk());
  EXPECT_EQ(
      gzip->digest.ToString(),
      "a17968b5a948381d7cd33311a8c6e0fb33f3595f602eb1d538997881f0a22fa3/132");
  auto zstd = Run({"compress", "1"}, R"({"format": "zstd", "level": 3})",
                  {File("f", text)});
  ASSERT_THAT(zstd, IsOk());
  EXPECT_EQ(
      zstd->digest.ToString(),
      "6bb8b7ed3662b5fb7ec40c1bce12a0e1890e58f75b92c9120439e69d0d2e8053/23");
}

TEST_F(LayerStepsTest, PatternsAdjustWhatIsThere) {
  const std::vector<SpawnInput> inputs = {
      Tree("t", {{"etc/a", "1"}, {"etc/b", "2"}, {"usr/doc/c", "3"}})};
  EXPECT_THAT(Layer(R"({"entries": [{"input": "t", "as": ""}],
                        "exclude": ["usr/doc"], "modes": [["etc", 416],
                        ["etc/b", 256]], "owners": [["**/b", [1, 2]]],
                        "remove": ["usr/doc/c", "opt"]})",
                    inputs),
              ElementsAre("x opt", "- etc/a 0640 1 1.", "- etc/b 0400 1:2 1 2.",
                          "x usr/doc/c"));
  for (const char* name : {"exclude", "modes", "owners"}) {
    const std::string content = absl::StrCat(
        R"({"entries": [{"input": "t", "as": ""}], ")", name, R"(": [)",
        name[0] == 'e'   ? R"("lost")"
        : name[0] == 'm' ? R"(["lost", 1])"
                         : R"(["lost", [1, 2]])",
        "]}");
    EXPECT_THAT(Layer(content, inputs),
                ElementsAre(absl::StrCat(
                    "the pattern `lost` matches nothing; in ", name)));
  }
  EXPECT_THAT(Layer(R"({"entries": [{"input": "t", "as": ""}],
                        "remove": ["etc/a"]})",
                    inputs),
              ElementsAre(HasSubstr("`etc/a` is removed and is in the layer")));
}

TEST_F(LayerStepsTest, LargeFilesGoThroughInPieces) {
  const std::string large(20'000'001, 'l');
  auto made =
      Run({"layer", "1"}, R"({"entries": [{"input": "f", "as": "large"}]})",
          {File("f", large)});
  ASSERT_THAT(made, IsOk());
  EXPECT_EQ(made->digest, Digest::Of(LayerPack().File("large", large).Tar()));
}

TEST_F(LayerStepsTest, ADamagedArchiveIsNamed) {
  EXPECT_THAT(Layer(R"({"entries": [], "archives": ["a.deb"]})",
                    {File("a.deb", "no archive")}),
              ElementsAre(HasSubstr("in a.deb")));
}

TEST_F(LayerStepsTest, UnknownParametersAreRefused) {
  EXPECT_THAT(Layer(R"({"entries": [], "mode": 1})"),
              ElementsAre(HasSubstr("`mode` is not known")));
  EXPECT_THAT(Layer(R"({"entries": [], "owner": [1]})"),
              ElementsAre(HasSubstr("`owner` wants [uid, gid]")));
  EXPECT_THAT(Layer(R"({"entries": [], "modes": [["a", -1]]})"),
              ElementsAre(HasSubstr("`modes` wants pairs")));
}

TEST_F(LayerStepsTest, CompressedFilesAreReadByTheirTools) {
  for (const char* format : {"gzip", "zstd"}) {
    auto made =
        Run({"compress", "1"}, absl::StrCat(R"({"format": ")", format, R"("})"),
            {File("f", std::string(9'000'000, 'x') + "end")});
    ASSERT_THAT(made, IsOk());
    if (!FindProgram(format)) continue;
    const std::string path = absl::StrCat(folder_, "/packed");
    ASSERT_THAT(WriteFile(path, *store_.Get(made->digest)), IsOk());
    auto ran = RunCommand(
        {.argv = {"sh", "-c",
                  absl::StrCat(format, " -dc < ", path, " | tail -c 4")}});
    ASSERT_THAT(ran, IsOk());
    EXPECT_EQ(ran->stdout_text, "xend") << ran->stderr_text;
  }
}

TEST_F(LayerStepsTest, WrongFormatsAndLevelsAreRefused) {
  auto compress = [&](std::string content) {
    return Run({"compress", "1"}, std::move(content), {File("f", "x")});
  };
  EXPECT_THAT(compress(R"({"format": "xz"})"),
              StatusIs(kWrong, HasSubstr("no compression `xz`")));
  EXPECT_THAT(compress(R"({"format": "gzip", "level": 10})"),
              StatusIs(kWrong, HasSubstr("1 to 9")));
  EXPECT_THAT(compress(R"({"format": "zstd", "level": 0})"),
              StatusIs(kWrong, HasSubstr("1 to 19")));
}

TEST_F(LayerStepsTest, DigestsAreInTheOrderAskedFor) {
  auto made = Run({"digests", "1"}, R"({"inputs": ["b", "a"]})",
                  {File("a", "1"), File("b", "22")});
  ASSERT_THAT(made, IsOk());
  EXPECT_THAT(store_.Get(made->digest),
              IsOkAndHolds(absl::StrCat(Digest::Of("22").hex(), " 2 b\n",
                                        Digest::Of("1").hex(), " 1 a\n")));
  EXPECT_THAT(
      Run({"digests", "1"}, R"({"inputs": ["d"]})", {Tree("d", {{"x", ""}})}),
      StatusIs(kWrong, HasSubstr("`d` is not a file")));
}

TEST_F(LayerStepsTest, AFileCanBeNamedByItsDigest) {
  auto made = Run({"merge_tree", "1"},
                  R"({"layers": [{"input": "f", "as_file": true,
                                  "prefix": "blobs/%{sha256}"}]})",
                  {File("f", "bytes")});
  ASSERT_THAT(made, IsOk());
  auto tree = GetTree(made->digest, store_);
  ASSERT_THAT(tree, IsOk());
  EXPECT_EQ(tree->begin()->first, "blobs/" + Digest::Of("bytes").hex());
}

}  // namespace
}  // namespace graph
