// SPDX-License-Identifier: Apache-2.0
#include "engine/fetch/oci_manifest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "tests/support/status_matchers.h"

namespace graph {
namespace {

using testing::HasSubstr;

using Code = absl::StatusCode;

// JSON in which `DIGESTx` stands for a digest of 64 times x.
std::string Expanded(absl::string_view text) {
  std::string json(text);
  for (char c : {'a', 'b', 'c', 'd'}) {
    json = absl::StrReplaceAll(
        json, {{absl::StrCat("DIGEST", std::string(1, c)),
                absl::StrCat("\"sha256:", std::string(64, c), "\"")}});
  }
  return json;
}

absl::StatusOr<OciManifest> Parse(absl::string_view text) {
  return ParseOciManifest(Expanded(text));
}

// The first letter of the digest that is chosen.
absl::StatusOr<char> Choose(absl::string_view manifests,
                            absl::string_view platform) {
  absl::StatusOr<OciManifest> index = Parse(
      absl::StrCat(R"({"schemaVersion": 2, "manifests": [)", manifests, "]}"));
  if (!index.ok()) return index.status();
  absl::StatusOr<OciDescriptor> chosen = ChooseManifest(*index, platform);
  if (!chosen.ok()) return chosen.status();
  return chosen->digest.hex()[0];
}

constexpr absl::string_view kAmd64 =
    R"({"digest": DIGESTa, "size": 1,
        "platform": {"os": "linux", "architecture": "amd64"}})";
constexpr absl::string_view kAmd64v3 =
    R"({"digest": DIGESTb, "size": 1, "platform":
        {"os": "linux", "architecture": "amd64", "variant": "v3"}})";
constexpr absl::string_view kArm64v8 =
    R"({"digest": DIGESTc, "size": 1, "platform":
        {"os": "linux", "architecture": "arm64", "variant": "v8"}})";
constexpr absl::string_view kAttestation =
    R"({"digest": DIGESTd, "size": 1,
        "platform": {"os": "unknown", "architecture": "unknown"}})";

TEST(OciManifestTest, AManifestNamesConfigurationAndLayers) {
  absl::StatusOr<OciManifest> manifest =
      Parse(R"({"schemaVersion": 2, "mediaType": "m",
                "config": {"mediaType": "c", "digest": DIGESTa, "size": 1},
                "layers": [{"mediaType": "l", "digest": DIGESTb, "size": 2},
                           {"mediaType": "l", "digest": DIGESTc, "size": 0}]})");
  ASSERT_THAT(manifest, IsOk());
  EXPECT_EQ(manifest->media_type, "m");
  EXPECT_FALSE(manifest->is_index);
  ASSERT_EQ(manifest->descriptors.size(), 3u);
  EXPECT_EQ(manifest->descriptors[1].media_type, "l");
  EXPECT_EQ(manifest->descriptors[1].digest.hex(), std::string(64, 'b'));
  EXPECT_EQ(manifest->descriptors[1].digest.size(), 2);
}

TEST(OciManifestTest, AMissingMediaTypeIsThatOfOci) {
  EXPECT_EQ(Parse(R"({"schemaVersion": 2, "layers": [],
                      "config": {"digest": DIGESTa, "size": 1}})")
                ->media_type,
            "application/vnd.oci.image.manifest.v1+json");
  EXPECT_EQ(Parse(R"({"schemaVersion": 2, "manifests": []})")->media_type,
            "application/vnd.oci.image.index.v1+json");
}

TEST(OciManifestTest, WhatIsWrongIsNamed) {
  for (auto [text, why] :
       {std::pair("", "not a JSON object"),
        {"[]", "not a JSON object"},
        {"{}", "`schemaVersion` is not 2"},
        {R"({"schemaVersion": "2"})", "`schemaVersion` is not 2"},
        {R"({"schemaVersion": 1, "fsLayers": []})", "Docker's schema 1"},
        {R"({"schemaVersion": 2})", "no `config`"},
        {R"({"schemaVersion": 2, "config": 1})", "not an object"},
        {R"({"schemaVersion": 2, "config": {"digest": DIGESTa}})", "no `size`"},
        {R"({"schemaVersion": 2, "config": {"digest": DIGESTa, "size": -1}})",
         "no `size`"},
        {R"({"schemaVersion": 2, "config": {"digest": DIGESTa, "size": 1}})",
         "`layers` is not a list"},
        {R"({"schemaVersion": 2, "manifests": {}})", "`manifests` is not"},
        {R"({"schemaVersion": 2, "manifests": [{"size": 1,
             "digest": "sha512:00"}]})",
         "a digest is sha256:"},
        {R"({"schemaVersion": 2, "manifests": [{"size": 1,
             "digest": "sha256:../../x"}]})",
         "a digest is sha256:"}}) {
    EXPECT_THAT(Parse(text), StatusIs(Code::kInvalidArgument, HasSubstr(why)))
        << text;
  }
}

TEST(OciDigestTest, OnlyLowercaseSha256) {
  EXPECT_THAT(ParseOciDigest("sha256:" + std::string(64, 'f')),
              IsOkAndHolds(std::string(64, 'f')));
  for (const std::string& text :
       {std::string(), std::string(64, 'f'), "sha256:" + std::string(63, 'f'),
        "sha256:" + std::string(64, 'F'), "sha512:" + std::string(64, 'f')}) {
    EXPECT_THAT(ParseOciDigest(text),
                StatusIs(Code::kInvalidArgument, testing::_))
        << text;
  }
}

TEST(OciPlatformTest, TwoPartsOrThree) {
  for (const char* text : {"linux/amd64", "linux/arm/v7"}) {
    EXPECT_EQ(OciPlatform::Parse(text)->ToString(), text);
  }
  for (const char* text : {"", "linux", "linux/", "/a", "a//b", "a/b/c/d"}) {
    EXPECT_THAT(OciPlatform::Parse(text),
                StatusIs(Code::kInvalidArgument, testing::_))
        << text;
  }
}

TEST(ChooseManifestTest, ThePlatformDecides) {
  const std::string all =
      absl::StrCat(kAttestation, ",", kAmd64, ",", kAmd64v3, ",", kArm64v8);
  EXPECT_THAT(Choose(all, "linux/amd64"), IsOkAndHolds('a'));
  EXPECT_THAT(Choose(all, "linux/amd64/v1"), IsOkAndHolds('a'));
  EXPECT_THAT(Choose(all, "linux/amd64/v3"), IsOkAndHolds('b'));
  EXPECT_THAT(Choose(all, "linux/arm64"), IsOkAndHolds('c'));
  EXPECT_THAT(Choose(all, "linux/arm64/v8"), IsOkAndHolds('c'));
}

TEST(ChooseManifestTest, AnOnlyVariantIsTakenUnlessAnotherIsWanted) {
  EXPECT_THAT(Choose(kAmd64v3, "linux/amd64"), IsOkAndHolds('b'));
  EXPECT_THAT(Choose(kAmd64v3, "linux/amd64/v2"),
              StatusIs(Code::kInvalidArgument, testing::_));
}

TEST(ChooseManifestTest, WhatThereIsIsTold) {
  const std::string all =
      absl::StrCat(kAttestation, ",", kAmd64, ",", kAmd64v3);
  EXPECT_THAT(Choose(all, ""),
              StatusIs(Code::kInvalidArgument,
                       HasSubstr("it has linux/amd64, linux/amd64/v3")));
  EXPECT_THAT(Choose(all, "windows/amd64"),
              StatusIs(Code::kInvalidArgument,
                       HasSubstr("one image for windows/amd64; it has ")));
  EXPECT_THAT(Choose(kAttestation, "linux/amd64"),
              StatusIs(Code::kInvalidArgument, HasSubstr("none that has")));
  // Two that are equally good.
  EXPECT_THAT(Choose(absl::StrCat(kAmd64, ",", kAmd64), "linux/amd64"),
              StatusIs(Code::kInvalidArgument, HasSubstr("exactly one")));
}

TEST(OciIndexFileTest, OneManifest) {
  const OciDescriptor descriptor{.media_type = "m",
                                 .digest = Digest::Of("abc")};
  EXPECT_EQ(
      OciIndexFile(descriptor),
      R"({"schemaVersion":2,)"
      R"("mediaType":"application/vnd.oci.image.index.v1+json",)"
      R"("manifests":[{"mediaType":"m","digest":"sha256:)"
      R"(ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad)"
      R"(","size":3}]})");
}

}  // namespace
}  // namespace graph
