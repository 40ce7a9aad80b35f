// SPDX-License-Identifier: Apache-2.0
#include "engine/fetch/git_remote.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/status_matchers.h"

namespace graph {
namespace {

using testing::HasSubstr;

using Code = absl::StatusCode;

TEST(SubmoduleRemoteTest, WholeUrlsStandForThemselves) {
  EXPECT_THAT(SubmoduleRemote("https://h/a/b.git", "https://other/x"),
              IsOkAndHolds("https://other/x"));
  EXPECT_THAT(SubmoduleRemote("https://h/a", "git@other:x/y.git"),
              IsOkAndHolds("git@other:x/y.git"));
  EXPECT_THAT(SubmoduleRemote("/repos/a", "/repos/b"),
              IsOkAndHolds("/repos/b"));
}

TEST(SubmoduleRemoteTest, RelativeUrlsStartAtTheParent) {
  EXPECT_THAT(SubmoduleRemote("https://h/a/b.git", "../c.git"),
              IsOkAndHolds("https://h/a/c.git"));
  EXPECT_THAT(SubmoduleRemote("https://h/a/b.git/", "../../c"),
              IsOkAndHolds("https://h/c"));
  EXPECT_THAT(SubmoduleRemote("https://h/a", "./c"),
              IsOkAndHolds("https://h/a/c"));
  EXPECT_THAT(SubmoduleRemote("git@h:a/b.git", "../c.git"),
              IsOkAndHolds("git@h:a/c.git"));
  EXPECT_THAT(SubmoduleRemote("git@h:b.git", "../c.git"),
              IsOkAndHolds("git@h:c.git"));
  EXPECT_THAT(SubmoduleRemote("/repos/a", "../b"), IsOkAndHolds("/repos/b"));
}

TEST(SubmoduleRemoteTest, ANetworkRemoteMayNotNameAPathOfThisMachine) {
  for (const char* url : {"/srv/private", "file:///srv/private"}) {
    EXPECT_THAT(
        SubmoduleRemote("https://h/a", url),
        StatusIs(Code::kInvalidArgument, HasSubstr("path of this machine")));
    EXPECT_THAT(
        SubmoduleRemote("git@h:a", url),
        StatusIs(Code::kInvalidArgument, HasSubstr("path of this machine")));
  }
}

TEST(SubmoduleRemoteTest, OptionsAreNoUrls) {
  EXPECT_THAT(SubmoduleRemote("/a", "--upload-pack=x"),
              StatusIs(Code::kInvalidArgument, HasSubstr("is no remote")));
}

TEST(GitFailureTest, WhatGitSaysDecidesTheCode) {
  EXPECT_THAT(GitFailure("https://u:p@h/x",
                         "fatal: unable to access 'https://h/x/': Could not "
                         "resolve host: h\n"),
              StatusIs(Code::kUnavailable,
                       "cannot reach https://h/x: unable to access "
                       "'https://h/x/': Could not resolve host: h"));
  EXPECT_THAT(GitFailure("https://h/x",
                         "fatal: could not read Username for 'https://h': "
                         "terminal prompts disabled\n"),
              StatusIs(Code::kPermissionDenied, HasSubstr("lets us not in")));
  EXPECT_THAT(GitFailure("git@h:x",
                         "git@h: Permission denied (publickey).\nfatal: Could "
                         "not read from remote repository.\n"),
              StatusIs(Code::kPermissionDenied, HasSubstr("lets us not in")));
  EXPECT_THAT(GitFailure("https://h/x",
                         "remote: Repository not found.\nfatal: repository "
                         "'https://h/x/' not found\n"),
              StatusIs(Code::kNotFound,
                       HasSubstr("Repository not found.; repository")));
}

}  // namespace
}  // namespace graph
