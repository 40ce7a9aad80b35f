// SPDX-License-Identifier: Apache-2.0
// oci_tags: by Debian's docker-registry, and, for what that never says, by
// answers in the format of the distribution specification.
#include <thread>

#include "absl/time/clock.h"
#include "engine/base/mutex.h"
#include "tests/engine/fetch/resolve_testing.h"

namespace graph {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;
using testing::Pair;
using testing::UnorderedElementsAre;

using Code = absl::StatusCode;

// Writes the host and the digests of the index and of its image for arm64 into
// the file `ready`, and stays.
constexpr char kRegistry[] = R"(
import os
import sys
sys.path.insert(0, sys.argv[1])
import image_registry
folder = sys.argv[2]
layout = image_registry.Layout(folder + "/layout")
images = [layout.image([{"a": name.encode()}], name)
          for name in ("amd64", "arm64")]
index = layout.close(layout.index(images))
registry = image_registry.Registry(folder + "/registry")
for tag in ("1.9", "v1.10", "1.11-rc1", "1.12-slim", "latest", "nightly"):
    registry.push(folder + "/layout", "team/tool:" + tag)
with open(folder + "/facts", "w") as file:
    file.write(f"{registry.host} {index} {images[1]['digest']}")
os.rename(folder + "/facts", folder + "/ready")
registry.process.wait()
)";

class RealRegistryTest : public ResolveTest {
 protected:
  RealRegistryTest()
      : registry_([this] {
          RunCommand(
              {.argv = {"python3", "-c", kRegistry,
                        absl::StrCat(TEST_SOURCE_DIR, "/support"), folder_}},
              &stop_)
              .status()
              .IgnoreError();
          ended_.Notify();
        }) {
    const absl::Time latest = absl::Now() + absl::Seconds(60);
    while (!Exists(Path("ready")) && absl::Now() < latest &&
           !ended_.WaitForNotificationWithTimeout(absl::Milliseconds(50))) {
    }
    const std::vector<std::string> facts =
        absl::StrSplit(ReadFile(Path("ready")).value_or(""), ' ');
    if (facts.size() != 3) return;
    image_ = facts[0] + "/team/tool";
    index_ = facts[1];
    arm64_ = facts[2];
  }
  ~RealRegistryTest() override {
    stop_.Cancel();
    registry_.join();
  }

  std::string image_, index_, arm64_;
  Cancellation stop_;
  Notification ended_;
  std::thread registry_;
};

TEST_F(RealRegistryTest, TagsGiveVersionsAndDigests) {
  ASSERT_NE(image_, "");
  EXPECT_THAT(Ask("oci_tags", {{"image", image_}}),
              IsOkAndHolds(UnorderedElementsAre(Pair("version", "1.10"),
                                                Pair("tag", "v1.10"),
                                                Pair("digest", index_))));
  EXPECT_THAT(Ask("oci_tags", {{"image", image_},
                               {"pattern", "*-slim"},
                               {"platform", "linux/arm64"}}),
              IsOkAndHolds(UnorderedElementsAre(Pair("version", "1.12"),
                                                Pair("tag", "1.12-slim"),
                                                Pair("digest", arm64_))));
  EXPECT_THAT(AskVersion("oci_tags", {{"image", image_}}, "<1.12", true),
              IsOkAndHolds("1.11-rc1"));
  EXPECT_THAT(Ask("oci_tags", {{"image", image_}, {"platform", "linux/s390x"}}),
              StatusIs(Code::kInvalidArgument, HasSubstr("linux/amd64")));
  EXPECT_THAT(Ask("oci_tags", {{"image", image_ + "/none"}}),
              StatusIs(Code::kNotFound, HasSubstr("has no repository "
                                                  "team/tool/none")));
}

// --- what it never says -----------------------------------------------------

class OciAnswersTest : public ResolveTest {
 protected:
  std::string Image() const {
    return absl::StrCat("127.0.0.1:", server_.port(), "/x");
  }
  void ServeManifest(const std::string& tag, const std::string& digest = "") {
    Serve("/v2/x/manifests/" + tag, kManifest,
          absl::StrCat(
              "Content-Type: "
              "application/vnd.oci.image.manifest.v1+json\r\n",
              digest.empty()
                  ? ""
                  : absl::StrCat("Docker-Content-Digest: ", digest, "\r\n")));
  }

  static constexpr char kManifest[] =
      R"({"schemaVersion": 2, "mediaType":)"
      R"( "application/vnd.oci.image.manifest.v1+json", "config": {)"
      R"("mediaType": "application/vnd.oci.image.config.v1+json", "digest":)"
      R"( "sha256:)"
      R"(44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",)"
      R"( "size": 2}, "layers": []})";
};

TEST_F(OciAnswersTest, EveryPageIsRead) {
  Serve("/v2/x/tags/list?n=1000", R"({"name": "x", "tags": ["1.0", "2.0"]})",
        "Link: </v2/x/tags/list?n=1000&last=2.0>; rel=\"next\"\r\n");
  Serve("/v2/x/tags/list?n=1000&last=2.0",
        R"({"name": "x", "tags": ["10.0"]})");
  ServeManifest("10.0");
  EXPECT_THAT(Ask("oci_tags", {{"image", Image()}}),
              IsOkAndHolds(
                  AllOf(Contains(Pair("version", "10.0")),
                        Contains(Pair("digest", "sha256:" + Sha(kManifest))))));
  Refuse("/v2/x/tags/list?n=1000&last=2.0", "500 Oops");
  EXPECT_THAT(Ask("oci_tags", {{"image", Image()}}),
              StatusIs(Code::kUnavailable, HasSubstr("HTTP 500")));
}

TEST_F(OciAnswersTest, PagesElsewhereAreNotAsked) {
  Serve("/v2/x/tags/list?n=1000", R"({"name": "x", "tags": ["1.0"]})",
        "Link: <https://elsewhere.example/v2/x>; rel=\"next\"\r\n");
  EXPECT_THAT(Ask("oci_tags", {{"image", Image()}}),
              StatusIs(Code::kDataLoss, HasSubstr("elsewhere.example")));
}

TEST_F(OciAnswersTest, AnotherDigestThanTheHeaderSaysIsRefused) {
  Serve("/v2/x/tags/list?n=1000", R"({"name": "x", "tags": ["1.0"]})");
  ServeManifest("1.0", "sha256:" + Sha("another"));
  EXPECT_THAT(Ask("oci_tags", {{"image", Image()}}),
              StatusIs(Code::kDataLoss, HasSubstr("the registry says sha256")));
  ServeManifest("1.0", "sha256:" + Sha(kManifest));
  EXPECT_THAT(Ask("oci_tags", {{"image", Image()}}), IsOk());
}

TEST_F(OciAnswersTest, AnswersThatAreNoneAreFailures) {
  for (const char* body : {"", "[]", "{}", R"({"tags": [1]})", "<html>"}) {
    Serve("/v2/x/tags/list?n=1000", body);
    EXPECT_THAT(Ask("oci_tags", {{"image", Image()}}),
                StatusIs(Code::kDataLoss, HasSubstr("no list of tags")))
        << body;
  }
  Serve("/v2/x/tags/list?n=1000", R"({"name": "x", "tags": null})");
  EXPECT_THAT(Ask("oci_tags", {{"image", Image()}}),
              StatusIs(Code::kNotFound, HasSubstr("has no versions")));
  Refuse("/v2/x/tags/list?n=1000", "429 Too Many", "Retry-After: 30\r\n");
  EXPECT_THAT(Ask("oci_tags", {{"image", Image()}}),
              StatusIs(Code::kUnavailable, HasSubstr("(HTTP 429)")));
  EXPECT_THAT(Ask("oci_tags", {{"image", "debian"}}),
              StatusIs(Code::kInvalidArgument,
                       HasSubstr("is `docker.io/library/debian` meant?")));
}

}  // namespace
}  // namespace graph
