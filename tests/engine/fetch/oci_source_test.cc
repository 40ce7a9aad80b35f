// SPDX-License-Identifier: Apache-2.0
// Registries that do not behave, which a real one is hard to be made to do;
// e2e/registry has the real one.
#include "engine/fetch/oci_source.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "engine/fetch/oci_registry.h"
#include "tests/engine/fetch/fetch_testing.h"
#include "tests/engine/net/test_server.h"
#include "tests/support/status_matchers.h"

namespace graph {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::SizeIs;

using Code = absl::StatusCode;

std::string DescriptorOf(absl::string_view bytes, int64_t size_error = 0) {
  return absl::StrCat(R"({"mediaType": "t", "digest": "sha256:)",
                      Digest::Of(bytes).hex(), R"(", "size": )",
                      bytes.size() + size_error, "}");
}

std::string ManifestOf(absl::string_view config, absl::string_view layer,
                       int64_t size_error = 0) {
  return absl::StrCat(R"({"schemaVersion": 2, "mediaType": "m", "config": )",
                      DescriptorOf(config), R"(, "layers": [)",
                      DescriptorOf(layer, size_error), "]}");
}

class FetchOciTest : public FetchTest {
 protected:
  FetchOciTest() {
    setenv("DOCKER_CONFIG", Path("docker").c_str(), 1);
    Serve(config_);
    Serve(layer_);
    Serve(manifest_);
  }

  void Serve(const std::string& bytes) {
    files_[Digest::Of(bytes).hex()] = bytes;
  }
  void Login(absl::string_view registry) {
    ASSERT_THAT(MakeDirectories(Path("docker")), IsOk());
    ASSERT_THAT(WriteFile(Path("docker/config.json"),
                          absl::StrCat(R"({"auths": {")", registry,
                                       R"(": {"auth": "YW5uOnMzY3JldA=="}}})")),
                IsOk());
  }
  // What a registry that means well says.
  std::string Answer(const TestRequest& request) const {
    auto file = files_.find(request.path.substr(request.path.size() - 64));
    return file == files_.end() ? TestServer::Answer("404 Not Found", "")
                                : TestServer::Part(request, file->second);
  }
  absl::StatusOr<Digest> Fetch(const TestServer& server,
                               const std::string& document) {
    return FetchOci({.registry = absl::StrCat("127.0.0.1:", server.port()),
                     .repository = "team/x",
                     .digest = "sha256:" + Digest::Of(document).hex()},
                    context_, store_, cancellation_);
  }

  const std::string config_ = R"({"os": "linux", "architecture": "amd64"})";
  const std::string layer_ = "the bytes of a layer";
  const std::string manifest_ = ManifestOf(config_, layer_);
  std::map<std::string, std::string> files_;
};

TEST_F(FetchOciTest, AnImageBecomesALayout) {
  TestServer server(
      [&](const TestRequest& request) { return Answer(request); });
  absl::StatusOr<Digest> root = Fetch(server, manifest_);
  ASSERT_THAT(root, IsOk());
  const std::map<std::string, std::string> tree = Tree(*root);
  EXPECT_THAT(tree, SizeIs(5));
  EXPECT_EQ(tree.at("oci-layout"), "file {\"imageLayoutVersion\":\"1.0.0\"}");
  for (const std::string& bytes : {config_, layer_, manifest_}) {
    EXPECT_EQ(tree.at("blobs/sha256/" + Digest::Of(bytes).hex()),
              "file " + bytes);
  }
  EXPECT_THAT(server.requests()[0].Header("Accept"),
              AllOf(HasSubstr("oci.image.manifest.v1+json"),
                    HasSubstr("oci.image.index.v1+json"),
                    HasSubstr("docker.distribution.manifest.v2+json"),
                    HasSubstr("docker.distribution.manifest.list.v2+json")));
}

TEST_F(FetchOciTest, ABrokenDownloadGoesOnWhereItBroke) {
  int breaks = 2;
  TestServer server([&](const TestRequest& request) {
    return absl::StrContains(request.path, Digest::Of(layer_).hex()) &&
                   breaks-- > 0
               ? TestServer::Part(request, layer_, 5)
               : Answer(request);
  });
  EXPECT_THAT(Fetch(server, manifest_), IsOk());
  EXPECT_EQ(server.requests().back().RangeStart(), 10u);
}

TEST_F(FetchOciTest, ABlobThatTheStoreHasIsNotAskedFor) {
  ASSERT_THAT(store_.Put(layer_), IsOk());
  TestServer server(
      [&](const TestRequest& request) { return Answer(request); });
  EXPECT_THAT(Fetch(server, manifest_), IsOk());
  EXPECT_THAT(server.requests(), SizeIs(2));
}

TEST_F(FetchOciTest, ATokenGoesNowhereElse) {
  TestServer elsewhere(
      [&](const TestRequest& request) { return Answer(request); });
  TestServer server([&](const TestRequest& request) {
    if (absl::StartsWith(request.path, "/token")) {
      return TestServer::Answer("200 OK", R"({"access_token": "t0ken"})");
    }
    if (request.Header("Authorization") != "Bearer t0ken") {
      return TestServer::Answer(
          "401 Unauthorized", "",
          absl::StrCat("WWW-Authenticate: Bearer realm=\"", "http://",
                       request.Header("Host"),
                       "/token?a=1\",service=\"a b\"\r\n"));
    }
    return absl::StrContains(request.path, "/blobs/")
               ? TestServer::Answer(
                     "307 Temporary Redirect", "",
                     absl::StrCat("Location: ", elsewhere.Url(request.path),
                                  "\r\n"))
               : Answer(request);
  });
  Login(absl::StrCat("127.0.0.1:", server.port()));
  EXPECT_THAT(Fetch(server, manifest_), IsOk());
  ASSERT_THAT(elsewhere.requests(), SizeIs(2));
  for (const TestRequest& request : elsewhere.requests()) {
    EXPECT_EQ(request.Header("Authorization"), "");
  }
  const std::vector<TestRequest> asked = server.requests();
  EXPECT_EQ(asked[0].Header("Authorization"), "");
  EXPECT_EQ(asked[1].path,
            "/token?a=1&service=a%20b&scope=repository%3Ateam%2Fx%3Apull");
  EXPECT_EQ(asked[1].Header("Authorization"), "Basic YW5uOnMzY3JldA==");
  EXPECT_THAT(asked, SizeIs(5));  // One token for all.
}

TEST_F(FetchOciTest, WhoeverIsRedirectedToCannotAskForTheLogin) {
  TestServer elsewhere([](const TestRequest&) {
    return TestServer::Answer("401 Unauthorized", "",
                              "WWW-Authenticate: Basic realm=\"x\"\r\n");
  });
  TestServer server([&](const TestRequest& request) {
    return TestServer::Answer(
        "307 Temporary Redirect", "",
        absl::StrCat("Location: ", elsewhere.Url(request.path), "\r\n"));
  });
  Login(absl::StrCat("127.0.0.1:", server.port()));
  EXPECT_THAT(Fetch(server, manifest_),
              StatusIs(Code::kPermissionDenied, testing::_));
  ASSERT_THAT(elsewhere.requests(), SizeIs(1));
  for (const TestRequest& request : server.requests()) {
    EXPECT_EQ(request.Header("Authorization"), "");
  }
}

TEST_F(FetchOciTest, AnOldTokenIsReplaced) {
  int tokens = 0;
  TestServer server([&](const TestRequest& request) {
    if (absl::StartsWith(request.path, "/token")) {
      return TestServer::Answer(
          "200 OK", absl::StrCat(R"({"token": "t)", ++tokens, "\"}"));
    }
    // The first is good for the manifest only.
    const bool blob = absl::StrContains(request.path, "/blobs/");
    return request.Header("Authorization") ==
                   absl::StrCat("Bearer t", blob ? 2 : 1)
               ? Answer(request)
               : TestServer::Answer(
                     "401 Unauthorized", "",
                     absl::StrCat("WWW-Authenticate: Bearer realm=\"http://",
                                  request.Header("Host"), "/token\"\r\n"));
  });
  EXPECT_THAT(Fetch(server, manifest_), IsOk());
  EXPECT_EQ(tokens, 2);
}

TEST_F(FetchOciTest, ALoginIsNotShownUnencrypted) {
  TestServer server([&](const TestRequest&) {
    return TestServer::Answer("401 Unauthorized", "",
                              "WWW-Authenticate: Bearer "
                              "realm=\"http://tokens.invalid/x\"\r\n");
  });
  Login(absl::StrCat("127.0.0.1:", server.port()));
  EXPECT_THAT(Fetch(server, manifest_),
              StatusIs(Code::kFailedPrecondition,
                       HasSubstr("http://tokens.invalid/x`, which is not")));
}

TEST_F(FetchOciTest, EachRefusalSaysWhatToDo) {
  std::string answer;
  TestServer server([&](const TestRequest&) { return answer; });
  const std::string host = absl::StrCat("127.0.0.1:", server.port());
  answer = TestServer::Answer("403 Forbidden", "");
  EXPECT_THAT(Fetch(server, manifest_),
              StatusIs(Code::kPermissionDenied,
                       AllOf(HasSubstr(host), HasSubstr("(HTTP 403)"),
                             HasSubstr("there is no login in"),
                             HasSubstr("docker login"))));
  answer = TestServer::Answer("401 Unauthorized", "",
                              "WWW-Authenticate: Negotiate\r\n");
  EXPECT_THAT(Fetch(server, manifest_),
              StatusIs(Code::kPermissionDenied, testing::_));
  answer =
      TestServer::Answer("429 Too Many Requests", "", "Retry-After: 1\r\n");
  EXPECT_THAT(
      Fetch(server, manifest_),
      StatusIs(Code::kUnavailable, AllOf(HasSubstr("limits how much is pulled"),
                                         HasSubstr("or log in"))));
  answer = TestServer::Answer("500 Oh", "");
  EXPECT_THAT(Fetch(server, manifest_),
              StatusIs(Code::kUnavailable, HasSubstr("HTTP 500")));
  Login(host);
  answer = TestServer::Answer("401 Unauthorized", "",
                              "WWW-Authenticate: Negotiate\r\n");
  EXPECT_THAT(Fetch(server, manifest_), StatusIs(Code::kFailedPrecondition,
                                                 HasSubstr("only Bearer and")));
}

TEST_F(FetchOciTest, ALimitIsWaitedFor) {
  int limited = 1;
  TestServer server([&](const TestRequest& request) {
    return limited-- > 0 ? TestServer::Answer("429 Too Many Requests", "",
                                              "Retry-After: 0\r\n")
                         : Answer(request);
  });
  EXPECT_THAT(Fetch(server, manifest_), IsOk());
}

TEST_F(FetchOciTest, ABlobThatIsLostIsNamed) {
  files_.erase(Digest::Of(layer_).hex());
  TestServer server(
      [&](const TestRequest& request) { return Answer(request); });
  EXPECT_THAT(Fetch(server, manifest_),
              StatusIs(Code::kNotFound, HasSubstr("lost blob sha256:" +
                                                  Digest::Of(layer_).hex())));
}

TEST_F(FetchOciTest, OtherBytesAreRefused) {
  files_[Digest::Of(layer_).hex()] = "some other bytes here";
  TestServer server(
      [&](const TestRequest& request) { return Answer(request); });
  EXPECT_THAT(Fetch(server, manifest_),
              StatusIs(Code::kDataLoss,
                       HasSubstr(Digest::Of("some other bytes here").hex())));
}

TEST_F(FetchOciTest, AWrongSizeIsRefused) {
  const std::string manifest = ManifestOf(config_, layer_, /*size_error=*/1);
  Serve(manifest);
  TestServer server(
      [&](const TestRequest& request) { return Answer(request); });
  EXPECT_THAT(Fetch(server, manifest),
              StatusIs(Code::kDataLoss, HasSubstr("but the manifest says 21")));
}

TEST_F(FetchOciTest, SchemaOneIsRefused) {
  // Its digest is that of a part of it.
  TestServer server([&](const TestRequest&) {
    return TestServer::Answer(
        "200 OK", R"({"schemaVersion": 1, "signatures": []})",
        "Content-Type: "
        "application/vnd.docker.distribution.manifest.v1+prettyjws\r\n");
  });
  EXPECT_THAT(Fetch(server, manifest_),
              StatusIs(Code::kInvalidArgument, HasSubstr("schema 1")));
}

TEST_F(FetchOciTest, WhatIsNoManifestIsTold) {
  Serve("just words");
  TestServer server(
      [&](const TestRequest& request) { return Answer(request); });
  EXPECT_THAT(Fetch(server, "just words"),
              StatusIs(Code::kInvalidArgument,
                       AllOf(HasSubstr("is no image manifest"),
                             HasSubstr(Digest::Of("just words").hex()))));
}

TEST_F(FetchOciTest, OnlyARegistryHereIsAskedWithoutEncryption) {
  context_.http.proxy = "";
  EXPECT_THAT(FetchOci({.registry = "registry.invalid",
                        .repository = "x",
                        .digest = "sha256:" + std::string(64, '0')},
                       context_, store_, cancellation_),
              StatusIs(Code::kUnavailable,
                       HasSubstr("https://registry.invalid/v2/x/manifests/")));
}

TEST(CheckOciSourceTest, OnlyWhatCanStandInAUrl) {
  const std::string digest = "sha256:" + std::string(64, '0');
  EXPECT_THAT(CheckOciSource({"a.test:5000", "x/y-z_1.2/w", digest, ""}),
              IsOk());
  for (const OciSource& source :
       {OciSource{"", "x", digest, ""}, OciSource{"a@b", "x", digest, ""},
        OciSource{"a/b", "x", digest, ""}, OciSource{"a", "", digest, ""},
        OciSource{"a", "x//y", digest, ""}, OciSource{"a", "../x", digest, ""},
        OciSource{"a", "x:1", digest, ""}, OciSource{"a", "x?y", digest, ""},
        OciSource{"a", "x", "latest", ""},
        OciSource{"a", "x", digest, "linux"}}) {
    EXPECT_THAT(CheckOciSource(source),
                StatusIs(Code::kInvalidArgument, testing::_))
        << source.registry << " " << source.repository;
  }
}

}  // namespace
}  // namespace graph
