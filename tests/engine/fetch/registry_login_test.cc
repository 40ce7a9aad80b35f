// SPDX-License-Identifier: Apache-2.0
#include "engine/fetch/registry_login.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <optional>
#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "engine/os/filesystem.h"
#include "tests/support/status_matchers.h"

namespace graph {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

using Code = absl::StatusCode;

class RegistryLoginTest : public testing::Test {
 protected:
  RegistryLoginTest()
      : folder_(*MakeTemporaryDirectory(testing::TempDir(), "login")),
        path_(getenv("PATH")) {
    setenv("PATH", absl::StrCat(folder_, ":", path_).c_str(), 1);
  }
  ~RegistryLoginTest() override {
    setenv("PATH", path_.c_str(), 1);
    RemoveTree(folder_).IgnoreError();
  }

  void Config(absl::string_view text) {
    ASSERT_THAT(WriteFile(folder_ + "/config.json", text), IsOk());
  }
  void Helper(absl::string_view script) {
    const std::string path = folder_ + "/docker-credential-x";
    ASSERT_THAT(WriteFile(path, absl::StrCat("#!/bin/sh\n", script)), IsOk());
    ASSERT_THAT(SetMode(path, 0755), IsOk());
  }
  // `user/password`, or `none`.
  absl::StatusOr<std::string> Find(absl::string_view registry) {
    const HostEnvironment environment(
        std::map<std::string, std::string>{{"DOCKER_CONFIG", folder_}});
    absl::StatusOr<std::optional<RegistryLogin>> login =
        FindRegistryLogin(registry, environment, cancellation_);
    if (!login.ok()) return login.status();
    if (!*login) return "none";
    return absl::StrCat((*login)->user, "/", (*login)->password);
  }

  const std::string folder_;
  const std::string path_;
  Cancellation cancellation_;
};

TEST_F(RegistryLoginTest, WithoutAFileThereIsNone) {
  EXPECT_THAT(Find("a.test"), IsOkAndHolds("none"));
}

TEST_F(RegistryLoginTest, TheFileLiesInTheHomeUnlessSaid) {
  using Variables = std::map<std::string, std::string>;
  EXPECT_EQ(RegistryConfigPath(HostEnvironment(Variables{{"HOME", "/h"}})),
            "/h/.docker/config.json");
  EXPECT_EQ(RegistryConfigPath(HostEnvironment(
                Variables{{"HOME", "/h"}, {"DOCKER_CONFIG", "/d"}})),
            "/d/config.json");
}

TEST_F(RegistryLoginTest, AnAuthIsUserAndPassword) {
  Config(absl::StrCat(R"({"auths": {"a.test:1": {"auth": ")",
                      absl::Base64Escape("ann:s3:cret"), R"("},
      "b.test": {"username": "ben", "password": "pw"}, "c.test": {}}})"));
  EXPECT_THAT(Find("a.test:1"), IsOkAndHolds("ann/s3:cret"));
  EXPECT_THAT(Find("b.test"), IsOkAndHolds("ben/pw"));
  EXPECT_THAT(Find("c.test"), IsOkAndHolds("none"));
  EXPECT_THAT(Find("a.test"), IsOkAndHolds("none"));
  EXPECT_THAT(Find("1"), IsOkAndHolds("none"));
}

TEST_F(RegistryLoginTest, AKeyMayBeAUrl) {
  Config(R"({"auths": {"https://a.test/v1/": {"username": "old",
      "password": "1"}, "b.test": {"username": "exact", "password": "2"},
      "http://b.test": {"username": "url", "password": "3"}}})");
  EXPECT_THAT(Find("a.test"), IsOkAndHolds("old/1"));
  EXPECT_THAT(Find("b.test"), IsOkAndHolds("exact/2"));
}

TEST_F(RegistryLoginTest, AHelperIsAskedForItsRegistryOnly) {
  Config(R"({"credHelpers": {"a.test": "x"},
             "auths": {"b.test": {"username": "ben", "password": "pw"}}})");
  Helper(
      "[ $1 = get ] && read -r host; printf "
      R"('{"Username": "ann", "Secret": "for %s"}' "$host")");
  EXPECT_THAT(Find("a.test"), IsOkAndHolds("ann/for a.test"));
  EXPECT_THAT(Find("b.test"), IsOkAndHolds("ben/pw"));
}

TEST_F(RegistryLoginTest, AStoreThatHasNoneLeavesItToTheFile) {
  Config(R"({"credsStore": "x",
             "auths": {"b.test": {"username": "ben", "password": "pw"}}})");
  Helper("echo credentials not found in native keychain; exit 1");
  EXPECT_THAT(Find("a.test"), IsOkAndHolds("none"));
  EXPECT_THAT(Find("b.test"), IsOkAndHolds("ben/pw"));
}

TEST_F(RegistryLoginTest, AHelperThatFailsIsToldWithoutWhatItSaid) {
  Config(R"({"credsStore": "x"})");
  for (const char* script :
       {"echo s3cret; exit 3", "echo s3cret", "echo s3cret >&2; exit 1"}) {
    Helper(script);
    EXPECT_THAT(Find("a.test"),
                StatusIs(Code::kFailedPrecondition,
                         AllOf(HasSubstr("echo a.test | docker-credential-x"),
                               Not(HasSubstr("s3cret")))));
  }
}

TEST_F(RegistryLoginTest, AHelperThatIsNotThereIsNamed) {
  Config(R"({"credsStore": "nosuch"})");
  EXPECT_THAT(Find("a.test"),
              StatusIs(Code::kFailedPrecondition,
                       HasSubstr("wants docker-credential-nosuch")));
  Config(R"({"credsStore": "../x"})");
  EXPECT_THAT(Find("a.test"),
              StatusIs(Code::kFailedPrecondition, HasSubstr("is no name")));
}

TEST_F(RegistryLoginTest, AnIdentityTokenIsRefused) {
  Config(R"({"auths": {"a.test": {"username": "u",
                                  "identitytoken": "s3cret"}},
             "credHelpers": {"b.test": "x"}})");
  Helper(R"(echo '{"Username": "<token>", "Secret": "s3cret"}')");
  for (const char* registry : {"a.test", "b.test"}) {
    EXPECT_THAT(Find(registry),
                StatusIs(Code::kFailedPrecondition,
                         AllOf(HasSubstr("is an identity token"),
                               Not(HasSubstr("s3cret")))));
  }
}

TEST_F(RegistryLoginTest, AFileOfNoUseIsToldWithoutWhatIsInIt) {
  for (const char* text :
       {"", "[]", "{\"auths\": s3cret",
        R"({"auths": {"a.test": {"auth": "s3cret!"}}})",
        R"({"auths": {"a.test": {"auth": "s3crets3cret"}}})"}) {
    Config(text);
    EXPECT_THAT(Find("a.test"),
                StatusIs(Code::kFailedPrecondition,
                         AllOf(HasSubstr(folder_ + "/config.json"),
                               Not(HasSubstr("s3cret")))))
        << text;
  }
  Config(R"({"auths": [], "credHelpers": 1, "credsStore": {}})");
  EXPECT_THAT(Find("a.test"), IsOkAndHolds("none"));
}

}  // namespace
}  // namespace graph
