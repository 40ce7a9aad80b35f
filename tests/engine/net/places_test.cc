// SPDX-License-Identifier: Apache-2.0
#include "engine/net/places.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/net/http.h"
#include "engine/os/filesystem.h"
#include "tests/engine/net/test_server.h"
#include "tests/support/status_matchers.h"

namespace graph {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

using Code = absl::StatusCode;

TEST(PlacesTest, MirrorsComeBeforeTheOriginalAsWritten) {
  const std::vector<std::string> urls{"https://a/x/f", "https://b/f"};
  const std::vector<HttpMirror> mirrors{{"https://a/x/", "https://m/"},
                                        {"https://c/", "https://n/"},
                                        {"https://a", "http://o/a"}};
  EXPECT_THAT(PlacesOf(urls, mirrors),
              ElementsAre(HttpPlace{"https://m/f", true},
                          HttpPlace{"http://o/a/x/f", true},
                          HttpPlace{"https://a/x/f", false},
                          HttpPlace{"https://b/f", false}));
}

TEST(PlacesTest, APrefixEndsWhereAPartDoes) {
  const std::vector<HttpMirror> mirrors{{"https://a/x", "https://m/x"}};
  for (const char* url : {"https://a/x", "https://a/x/y", "https://a/x?y"}) {
    EXPECT_EQ(PlacesOf(std::vector<std::string>{url}, mirrors).size(), 2u);
  }
  EXPECT_EQ(PlacesOf(std::vector<std::string>{"https://a/xy"}, mirrors).size(),
            1u);
}

TEST(PlacesTest, OnlyLeavesTheOriginalOut) {
  const std::vector<std::string> urls{"https://a/f", "https://b/f"};
  const std::vector<HttpMirror> mirrors{{"https://a/", "https://m/", true},
                                        {"https://a/", "https://n/"}};
  EXPECT_THAT(PlacesOf(urls, mirrors),
              ElementsAre(HttpPlace{"https://m/f", true},
                          HttpPlace{"https://n/f", true},
                          HttpPlace{"https://b/f", false}));
}

TEST(PlacesTest, AMirrorHasNoMirrorAndNoPlaceComesTwice) {
  const std::vector<std::string> urls{"https://a/f", "https://m/f"};
  const std::vector<HttpMirror> mirrors{{"https://a/", "https://m/"},
                                        {"https://a/", "https://a/a/"}};
  EXPECT_THAT(PlacesOf(urls, mirrors),
              ElementsAre(HttpPlace{"https://m/f", true},
                          HttpPlace{"https://a/a/f", true},
                          HttpPlace{"https://a/f", false}));
}

TEST(LoginTest, TheSecretComesFromTheVariableOrTheFile) {
  const std::string folder = *MakeTemporaryDirectory(testing::TempDir(), "l");
  ASSERT_THAT(WriteFile(folder + "/secret", "from-file\nmore\n"), IsOk());
  setenv("PLACES_TEST_TOKEN", "from-variable", 1);
  const std::vector<HttpLogin> logins{
      {.host = "a.example", .variable = "PLACES_TEST_TOKEN"},
      {.host = "b.example:81", .file = folder + "/secret"}};
  EXPECT_THAT(AuthorizationFor("https://A.example/x", logins),
              IsOkAndHolds("Bearer from-variable"));
  EXPECT_THAT(AuthorizationFor("https://b.example:81/x", logins),
              IsOkAndHolds("Bearer from-file"));
  EXPECT_THAT(AuthorizationFor("https://b.example/x", logins),
              IsOkAndHolds(""));
  RemoveTree(folder).IgnoreError();
}

TEST(LoginTest, ASecretThatIsNotThereOrNoTokenIsNotShown) {
  unsetenv("PLACES_TEST_TOKEN");
  const std::vector<HttpLogin> logins{
      {.host = "a", .variable = "PLACES_TEST_TOKEN"},
      {.host = "b", .file = "/nonexistent/secret"}};
  EXPECT_THAT(AuthorizationFor("https://a/", logins),
              StatusIs(Code::kFailedPrecondition,
                       HasSubstr("PLACES_TEST_TOKEN, which is not set")));
  EXPECT_THAT(
      AuthorizationFor("https://b/", logins),
      StatusIs(Code::kFailedPrecondition, HasSubstr("/nonexistent/secret")));
  setenv("PLACES_TEST_TOKEN", "s3cret\r\nHost: x", 1);
  EXPECT_THAT(AuthorizationFor("https://a/", logins),
              StatusIs(Code::kFailedPrecondition,
                       AllOf(HasSubstr("look at PLACES_TEST_TOKEN"),
                             Not(HasSubstr("s3cret")))));
  EXPECT_THAT(
      AuthorizationFor("http://a/", logins),
      StatusIs(Code::kFailedPrecondition, HasSubstr("is not sent over http")));
}

// The client with mirrors and logins.
class MirrorTest : public testing::Test {
 protected:
  MirrorTest() {
    setenv("no_proxy", "*", 1);
    setenv("PLACES_TEST_TOKEN", "s3cret", 1);
    options_ = {.connect_timeout = absl::Seconds(5),
                .attempts = 3,
                .back_off = absl::Milliseconds(5)};
  }
  void Start(TestServer::Handler mirror, TestServer::Handler original) {
    mirror_.emplace(std::move(mirror));
    original_.emplace(std::move(original));
    options_.mirrors = {{original_->Url("/"), mirror_->Url("/m/")}};
  }
  absl::StatusOr<std::string> Get(HttpAnswer* answer = nullptr) {
    const std::vector<std::string> urls{original_->Url("/f")};
    return HttpClient(options_).Get(urls, 100, cancellation_, answer);
  }
  static std::string Host(const TestServer& server) {
    return absl::StrCat("127.0.0.1:", server.port());
  }
  static TestServer::Handler Says(std::string status, std::string body = "",
                                  std::string headers = "") {
    return [=](const TestRequest&) {
      return TestServer::Answer(status, body, headers);
    };
  }

  HttpOptions options_;
  Cancellation cancellation_;
  std::optional<TestServer> mirror_, original_;
};

TEST_F(MirrorTest, AMirrorThatHasItIsEnough) {
  Start(Says("200 OK", "mirrored"), Says("200 OK", "original"));
  EXPECT_THAT(Get(), IsOkAndHolds("mirrored"));
  EXPECT_EQ(mirror_->requests().at(0).path, "/m/f");
  EXPECT_TRUE(original_->requests().empty());
}

TEST_F(MirrorTest, AMirrorThatHasItNotOrFailsLeadsToTheOriginal) {
  for (const char* said : {"404 No", "401 No", "503 Busy", "500 Oops"}) {
    Start(Says(said), Says("200 OK", "original"));
    EXPECT_THAT(Get(), IsOkAndHolds("original")) << said;
    EXPECT_EQ(mirror_->requests().size(), 1u);
  }
}

TEST_F(MirrorTest, WhatTheOriginalSaysIsTheFailure) {
  Start(Says("403 No"), Says("404 Gone"));
  EXPECT_THAT(Get(),
              StatusIs(Code::kNotFound, AllOf(HasSubstr("/m/f: HTTP 403"),
                                              HasSubstr("/f: HTTP 404"))));
  HttpAnswer answer;
  Start(Says("503 Busy"), Says("401 No", "", "WWW-Authenticate: Bearer\r\n"));
  EXPECT_THAT(Get(&answer), StatusIs(Code::kPermissionDenied, testing::_));
  EXPECT_EQ(answer.code, 401);
  EXPECT_THAT(answer.challenges, ElementsAre("Bearer"));
  EXPECT_EQ(mirror_->requests().size(), 1u);  // It can do nothing about that.
}

TEST_F(MirrorTest, WhereOnlyTheMirrorIsAskedItsWordCounts) {
  Start(Says("404 No"), Says("200 OK", "original"));
  options_.mirrors[0].only = true;
  EXPECT_THAT(Get(), StatusIs(Code::kNotFound, HasSubstr("/m/f: HTTP 404")));
  EXPECT_TRUE(original_->requests().empty());
}

TEST_F(MirrorTest, AnAuthorizationOfTheOriginalIsNotForItsMirror) {
  Start(Says("404 No"), Says("200 OK", "x"));
  options_.headers = {"Authorization: Bearer original", "Accept: a"};
  EXPECT_THAT(Get(), IsOkAndHolds("x"));
  EXPECT_EQ(mirror_->requests().at(0).Header("Authorization"), "");
  EXPECT_EQ(mirror_->requests().at(0).Header("Accept"), "a");
  EXPECT_EQ(original_->requests().at(0).Header("Authorization"),
            "Bearer original");
}

TEST_F(MirrorTest, ALoginIsForItsHostAlone) {
  Start(Says("404 No"), Says("200 OK", "x"));
  options_.logins = {{Host(*mirror_), "PLACES_TEST_TOKEN", ""}};
  EXPECT_THAT(Get(), IsOkAndHolds("x"));
  EXPECT_EQ(mirror_->requests().at(0).Header("Authorization"), "Bearer s3cret");
  EXPECT_EQ(original_->requests().at(0).Header("Authorization"), "");
}

TEST_F(MirrorTest, ALoginDoesNotFollowARedirectToAnotherHost) {
  TestServer other(Says("200 OK", "moved"));
  Start(Says("302 Found", "",
             absl::StrCat("Location: ", other.Url("/x"), "\r\n")),
        Says("200 OK", "x"));
  options_.logins = {{Host(*mirror_), "PLACES_TEST_TOKEN", ""}};
  EXPECT_THAT(Get(), IsOkAndHolds("moved"));
  EXPECT_EQ(mirror_->requests().at(0).Header("Authorization"), "Bearer s3cret");
  EXPECT_EQ(other.requests().at(0).Header("Authorization"), "");
}

TEST_F(MirrorTest, ARefusedLoginIsNotShown) {
  Start(Says("403 No"), Says("403 No"));
  options_.logins = {{Host(*mirror_), "PLACES_TEST_TOKEN", ""}};
  EXPECT_THAT(Get(), StatusIs(Code::kPermissionDenied,
                              AllOf(HasSubstr("/f: HTTP 403"),
                                    Not(HasSubstr("s3cret")))));
}

TEST_F(MirrorTest, HeadersOfTheAnswerAreTold) {
  Start(Says("404 No"), Says("200 OK", "x", "Link: <https://a>; rel=b\r\n"));
  HttpAnswer answer;
  EXPECT_THAT(Get(&answer), IsOkAndHolds("x"));
  EXPECT_EQ(answer.Header("link"), "<https://a>; rel=b");
  EXPECT_EQ(answer.Header("x-none"), "");
}

}  // namespace
}  // namespace graph
