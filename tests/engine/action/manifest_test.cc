// SPDX-License-Identifier: Apache-2.0
#include "engine/action/manifest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "absl/strings/str_cat.h"

namespace graph {
namespace {

using ::testing::HasSubstr;
using Kind = OutputEntry::Kind;

ManifestArtifact File(std::string path) {
  return {absl::StrCat("//p:", path),
          {absl::StrCat("graph-out/p/", path), Kind::kFile, Digest::Of("bytes"),
           false, ""},
          Digest::Of("key"),
          Isolation::kStrict};
}

TEST(ManifestTest, AnEmptyBuildIsAManifestToo) {
  EXPECT_EQ(ManifestJson({}), R"({
  "version": 1,
  "isolation": "strict",
  "artifacts": [],
  "sources": [],
  "tolerated_failures": []
}
)");
}

TEST(ManifestTest, EachArtifactIsToldInALine) {
  Manifest manifest;
  manifest.isolation = Isolation::kNone;
  manifest.artifacts = {File("a")};
  manifest.artifacts[0].output.executable = true;
  manifest.sources = {{"src/a.c", false, Digest::Of("int")}};
  manifest.tolerated_failures = {{"//p:flaky",
                                  "Genrule",
                                  "exit code 1",
                                  {"graph-out/p/a", "graph-out/p/b"}}};
  EXPECT_EQ(
      ManifestJson(manifest),
      absl::StrCat(
          "{\n  \"version\": 1,\n  \"isolation\": \"none\",\n"
          "  \"artifacts\": [\n    {\"label\": \"//p:a\", "
          "\"path\": \"graph-out/p/a\", \"download_path\": \"p/a\", "
          "\"kind\": \"file\", \"sha256\": \"",
          Digest::Of("bytes").hex(),
          "\", \"size\": 5, \"executable\": true, \"key\": \"",
          Digest::Of("key").ToString(),
          "\", \"isolation\": \"strict\"}\n  ],\n"
          "  \"sources\": [\n    {\"path\": \"src/a.c\", \"kind\": \"file\", "
          "\"sha256\": \"",
          Digest::Of("int").hex(),
          "\", \"size\": 3}\n  ],\n"
          "  \"tolerated_failures\": [\n"
          "    {\"label\": \"//p:flaky\", \"mnemonic\": \"Genrule\", "
          "\"reason\": \"exit code 1\", \"missing\": [\"graph-out/p/a\", "
          "\"graph-out/p/b\"]}\n  ]\n}\n"));
}

TEST(ManifestTest, FoldersAndLinksAreToldAsSuch) {
  Manifest manifest;
  manifest.artifacts = {File("d"), File("l")};
  manifest.artifacts[0].output.kind = Kind::kDirectory;
  manifest.artifacts[1].output.kind = Kind::kSymlink;
  manifest.artifacts[1].output.target = "d/x";
  const std::string json = ManifestJson(manifest);
  EXPECT_THAT(json, HasSubstr("\"kind\": \"directory\", \"sha256\": "));
  EXPECT_THAT(json,
              HasSubstr("\"kind\": \"symlink\", \"target\": \"d/x\", \"key\""));
}

TEST(ManifestTest, OrderAndRepetitionMakeNoDifference) {
  Manifest manifest;
  for (int i = 0; i < 20; ++i) {
    manifest.artifacts.push_back(File(absl::StrCat(i)));
    manifest.sources.push_back({absl::StrCat("s", i), false, Digest::Of("s")});
    manifest.tolerated_failures.push_back({absl::StrCat("//:", i), "", "", {}});
  }
  const std::string json = ManifestJson(manifest);
  std::mt19937 random(7);
  manifest.artifacts.push_back(manifest.artifacts[3]);
  manifest.sources.push_back(manifest.sources[4]);
  manifest.tolerated_failures.push_back({"//:5", "", "", {}});
  std::shuffle(manifest.artifacts.begin(), manifest.artifacts.end(), random);
  std::shuffle(manifest.sources.begin(), manifest.sources.end(), random);
  std::reverse(manifest.tolerated_failures.begin(),
               manifest.tolerated_failures.end());
  EXPECT_EQ(ManifestJson(manifest), json);
}

}  // namespace
}  // namespace graph
