// SPDX-License-Identifier: Apache-2.0
#include "engine/fetch/git_source.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/engine/fetch/fetch_testing.h"
#include "tests/engine/net/test_server.h"
#include "tests/support/status_matchers.h"

namespace graph {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;

using Code = absl::StatusCode;

class GitSourceTest : public FetchTest {
 protected:
  absl::StatusOr<Digest> Fetch(const GitSource& source) {
    return FetchGit(source, context_, store_, cancellation_);
  }
  std::map<std::string, std::string> FetchTree(const GitSource& source) {
    absl::StatusOr<Digest> root = Fetch(source);
    EXPECT_THAT(root, IsOk());
    return root.ok() ? Tree(*root) : std::map<std::string, std::string>();
  }
  // A little of everything that git can keep.
  std::string Fill(TestRepository& repository) {
    repository.Write("README", "read me\n");
    repository.Write("bin/run", "#!/bin/sh\n", /*executable=*/true);
    repository.Write("src/deep/a.m", "a = 1;\r\n");
    EXPECT_THAT(Symlink("bin/run", repository.path() + "/link"), IsOk());
    return repository.Commit();
  }

  TestRepository upstream_{Path("upstream")};
};

TEST_F(GitSourceTest, ACommitBecomesATree) {
  std::string commit = Fill(upstream_);
  EXPECT_THAT(FetchTree({.remote = upstream_.path(), .commit = commit}),
              ElementsAre(Pair("README", "file read me\n"),
                          Pair("bin/run", "exec #!/bin/sh\n"),
                          Pair("link", "link bin/run"),
                          Pair("src/deep/a.m", "file a = 1;\r\n")));
}

TEST_F(GitSourceTest, TheCommitCountsAndNotWhatTheBranchIsNow) {
  std::string commit = Fill(upstream_);
  upstream_.Write("README", "changed\n");
  upstream_.Commit();
  EXPECT_THAT(
      FetchTree({.remote = upstream_.path(), .commit = commit}).at("README"),
      "file read me\n");
}

TEST_F(GitSourceTest, AttributesAndSettingsChangeNoByte) {
  upstream_.Write(".gitattributes",
                  "* text=auto eol=crlf ident export-subst\nhid export-ignore");
  upstream_.Write("text", "$Id$ one\ntwo\n");
  upstream_.Write("hid", "here");
  std::string commit = upstream_.Commit();
  ASSERT_THAT(WriteFile(Path("gitconfig"),
                        "[core]\n autocrlf = true\n eol = crlf\n"
                        " symlinks = false\n fileMode = false\n"),
              IsOk());
  auto tree = FetchTree({.remote = upstream_.path(), .commit = commit});
  EXPECT_EQ(tree.at("text"), "file $Id$ one\ntwo\n");
  EXPECT_EQ(tree.at("hid"), "file here");
}

TEST_F(GitSourceTest, NamesOfAnyBytesSurvive) {
  upstream_.Write("a b\t\"c\"", "1");
  upstream_.Write("gr\xC3\xBC\xC3\x9F", "2");
  upstream_.Write("line\nbreak", "3");
  std::string commit = upstream_.Commit();
  EXPECT_THAT(FetchTree({.remote = upstream_.path(), .commit = commit}),
              ElementsAre(Pair("a b\t\"c\"", "file 1"),
                          Pair("gr\xC3\xBC\xC3\x9F", "file 2"),
                          Pair("line\nbreak", "file 3")));
}

TEST_F(GitSourceTest, InsteadOfInTheUsersConfigurationCounts) {
  std::string commit = Fill(upstream_);
  ASSERT_THAT(
      WriteFile(Path("gitconfig"),
                absl::StrCat("[url \"", upstream_.path(),
                             "\"]\n insteadOf = https://example.invalid/x\n")),
      IsOk());
  EXPECT_THAT(Fetch({.remote = "https://example.invalid/x", .commit = commit}),
              IsOk());
}

TEST_F(GitSourceTest, SurroundingGitDoesNotMatter) {
  std::string commit = Fill(upstream_);
  setenv("GIT_DIR", "/nonexistent", 1);
  setenv("GIT_INDEX_FILE", "/nonexistent", 1);
  absl::StatusOr<Digest> root =
      Fetch({.remote = upstream_.path(), .commit = commit});
  unsetenv("GIT_DIR");
  unsetenv("GIT_INDEX_FILE");
  EXPECT_THAT(root, IsOk());
}

TEST_F(GitSourceTest, SubdirMakesAFolderTheRoot) {
  std::string commit = Fill(upstream_);
  GitSource source{.remote = upstream_.path(), .commit = commit};
  for (const char* subdir : {"src", "src/", "./src"}) {
    source.subdir = subdir;
    EXPECT_THAT(FetchTree(source),
                ElementsAre(Pair("deep/a.m", "file a = 1;\r\n")));
  }
  for (const char* absent : {"nothing", "README"}) {
    source.subdir = absent;
    EXPECT_THAT(Fetch(source),
                StatusIs(Code::kNotFound,
                         HasSubstr(absl::StrCat("no folder `", absent, "`"))));
  }
  source.subdir = "../x";
  EXPECT_THAT(Fetch(source), StatusIs(Code::kInvalidArgument, HasSubstr("")));
}

TEST_F(GitSourceTest, WhatWasFetchedNeedsNoRemote) {
  std::string commit = Fill(upstream_);
  GitSource source{.remote = upstream_.path(), .commit = commit};
  ASSERT_THAT(Fetch(source), IsOk());
  ASSERT_THAT(RemoveTree(upstream_.path()), IsOk());
  context_.offline = true;
  EXPECT_THAT(Fetch(source), IsOk());
  source.commit = std::string(40, 'a');
  EXPECT_THAT(
      Fetch(source),
      StatusIs(Code::kUnavailable,
               HasSubstr("was not fetched before, and we are offline")));
}

TEST_F(GitSourceTest, OnlyTheCommitIsFetchedNotItsHistory) {
  upstream_.Write("big", std::string(100'000, 'x'));
  std::string old = upstream_.Commit();
  upstream_.Write("big", "small");
  std::string commit = upstream_.Commit();
  ASSERT_THAT(Fetch({.remote = upstream_.path(), .commit = commit}), IsOk());
  context_.offline = true;
  EXPECT_THAT(Fetch({.remote = upstream_.path(), .commit = old}),
              StatusIs(Code::kUnavailable, HasSubstr("offline")));
}

// As GitHub did not for long, and others do not yet.
TEST_F(GitSourceTest, AServerThatGivesOnlyBranchesGivesTheCommitAmongAll) {
  std::string commit = Fill(upstream_);
  upstream_.Write("README", "newer\n");
  upstream_.Commit();
  ASSERT_THAT(WriteFile(Path("gitconfig"), "[protocol]\n version = 0\n"),
              IsOk());
  EXPECT_THAT(
      FetchTree({.remote = upstream_.path(), .commit = commit}).at("README"),
      "file read me\n");
  EXPECT_THAT(
      Fetch({.remote = upstream_.path(), .commit = std::string(40, 'a')}),
      StatusIs(Code::kNotFound, HasSubstr("has no commit aaaa")));
}

TEST_F(GitSourceTest, AServerOfPlainFilesWillDo) {
  std::string commit = Fill(upstream_);
  upstream_.Git({"update-server-info"});
  TestServer server([&](const TestRequest& request) {
    const std::string name = request.path.substr(0, request.path.find('?'));
    auto bytes = ReadFile(upstream_.path() + "/.git" + name);
    return bytes.ok() ? TestServer::Answer("200 OK", *bytes)
                      : TestServer::Answer("404 Not Found", "");
  });
  EXPECT_THAT(
      FetchTree({.remote = server.Url(""), .commit = commit}).at("README"),
      "file read me\n");
}

TEST_F(GitSourceTest, AnUnknownCommitIsNotFound) {
  Fill(upstream_);
  EXPECT_THAT(
      Fetch({.remote = upstream_.path(), .commit = std::string(40, 'b')}),
      StatusIs(Code::kNotFound,
               AllOf(HasSubstr(upstream_.path()), HasSubstr("no commit bbbb"),
                     HasSubstr("is it pushed"))));
}

TEST_F(GitSourceTest, ARemoteThatIsNoneIsNamed) {
  EXPECT_THAT(
      Fetch({.remote = Path("nowhere"), .commit = std::string(40, 'a')}),
      StatusIs(Code::kNotFound, AllOf(HasSubstr(Path("nowhere")),
                                      HasSubstr("is no git repository"))));
  EXPECT_THAT(Fetch({.remote = "", .commit = std::string(40, 'a')}),
              StatusIs(Code::kInvalidArgument, "no remote is given"));
  EXPECT_THAT(Fetch({.remote = "--upload-pack=touch x",
                     .commit = std::string(40, 'a')}),
              StatusIs(Code::kInvalidArgument, HasSubstr("is no remote")));
}

TEST_F(GitSourceTest, ARemoteThatCannotBeReachedIsUnavailable) {
  EXPECT_THAT(Fetch({.remote = "http://127.0.0.1:1/x.git",
                     .commit = std::string(40, 'a')}),
              StatusIs(Code::kUnavailable,
                       HasSubstr("cannot reach http://127.0.0.1:1/x.git")));
}

TEST_F(GitSourceTest, NamesAreAnErrorThatSaysWhatToWrite) {
  std::string commit = Fill(upstream_);
  upstream_.Git({"tag", "-a", "v1", "-m", "x"});
  upstream_.Git({"branch", "feature/x"});
  const std::string write = absl::StrCat("write commit = \"", commit, "\"");
  for (auto [name, what] : {std::pair("main", "it is a branch"),
                            {"feature/x", "it is a branch"},
                            {"v1", "it is a tag"},
                            {"refs/tags/v1", "it is a name there"},
                            {"HEAD", "it is a name there"}}) {
    EXPECT_THAT(Fetch({.remote = upstream_.path(), .commit = name}),
                StatusIs(Code::kInvalidArgument,
                         AllOf(HasSubstr(what), HasSubstr(write))))
        << name;
  }
  EXPECT_THAT(
      Fetch({.remote = upstream_.path(), .commit = commit.substr(0, 10)}),
      StatusIs(Code::kInvalidArgument, HasSubstr(write)));
  EXPECT_THAT(Fetch({.remote = upstream_.path(), .commit = "no-such"}),
              StatusIs(Code::kInvalidArgument, HasSubstr("has no such name")));
  context_.offline = true;
  EXPECT_THAT(Fetch({.remote = upstream_.path(), .commit = "main"}),
              StatusIs(Code::kInvalidArgument,
                       "commit is \"main\", not a whole commit hash of 40 hex "
                       "digits"));
}

TEST_F(GitSourceTest, TheHashOfATagIsNotACommit) {
  std::string commit = Fill(upstream_);
  upstream_.Git({"tag", "-a", "v1", "-m", "x"});
  std::string tag = upstream_.Git({"rev-parse", "v1"});
  EXPECT_THAT(Fetch({.remote = upstream_.path(), .commit = tag}),
              StatusIs(Code::kInvalidArgument,
                       HasSubstr(absl::StrCat("write commit = \"", commit))));
}

TEST_F(GitSourceTest, Sha256RepositoriesWork) {
  TestRepository modern(Path("modern"));
  ASSERT_THAT(RemoveTree(modern.path() + "/.git"), IsOk());
  modern.Git({"init", "-q", "--object-format=sha256"});
  modern.Write("a", "1");
  std::string commit = modern.Commit();
  ASSERT_EQ(commit.size(), 64u);
  EXPECT_THAT(FetchTree({.remote = modern.path(), .commit = commit}),
              ElementsAre(Pair("a", "file 1")));
}

TEST_F(GitSourceTest, AnEmptyCommitIsAnEmptyTree) {
  std::string commit = upstream_.Commit();
  EXPECT_THAT(FetchTree({.remote = upstream_.path(), .commit = commit}),
              ElementsAre());
}

// A fetch that was killed leaves its locks; ours says that nobody is there.
TEST_F(GitSourceTest, LocksOfADeadGitDoNotMatter) {
  std::string first = Fill(upstream_);
  GitSource source{.remote = upstream_.path(), .commit = first};
  ASSERT_THAT(Fetch(source), IsOk());
  std::string repository;
  const std::vector<DirectoryEntry> kept = *ListDirectory(Path("cache/git"));
  for (const DirectoryEntry& entry : kept) {
    if (entry.type == FileType::kDirectory) {
      repository = Path("cache/git/") + entry.name;
    }
  }
  upstream_.Write("new", "1");
  source.commit = upstream_.Commit();
  for (std::string lock :
       {std::string("shallow.lock"), std::string("HEAD.lock"),
        absl::StrCat("refs/graph/", source.commit, ".lock")}) {
    ASSERT_THAT(WriteFile(absl::StrCat(repository, "/", lock), ""), IsOk());
  }
  EXPECT_THAT(Fetch(source), IsOk());
}

TEST_F(GitSourceTest, ManyAtOnceOfOneRemoteDoNotDisturbEachOther) {
  std::vector<std::string> commits;
  for (int i = 0; i < 4; ++i) {
    upstream_.Write("n", absl::StrCat(i));
    commits.push_back(upstream_.Commit());
  }
  std::vector<std::thread> threads;
  std::vector<absl::Status> results(commits.size());
  for (size_t i = 0; i < commits.size(); ++i) {
    threads.emplace_back([&, i] {
      results[i] =
          Fetch({.remote = upstream_.path(), .commit = commits[i]}).status();
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const absl::Status& result : results) EXPECT_THAT(result, IsOk());
}

TEST_F(GitSourceTest, CancellationEndsIt) {
  std::string commit = Fill(upstream_);
  cancellation_.Cancel();
  EXPECT_THAT(Fetch({.remote = upstream_.path(), .commit = commit}),
              StatusIs(Code::kCancelled, HasSubstr("")));
}

class SubmodulesTest : public GitSourceTest {
 protected:
  // main → lib/inner → more, by a relative URL.
  SubmodulesTest() {
    more_.Write("deepest", "3");
    more_.Commit();
    inner_.Write("inner.c", "2");
    inner_.Git({"submodule", "--quiet", "add", "../more"});
    inner_.Commit();
    upstream_.Write("main.c", "1");
    upstream_.Git({"submodule", "--quiet", "add", inner_.path(), "lib/inner"});
    commit_ = upstream_.Commit();
  }

  TestRepository more_{Path("more")};
  TestRepository inner_{Path("inner")};
  std::string commit_;
};

TEST_F(SubmodulesTest, ComeIfAskedForAndRecursively) {
  auto tree = FetchTree(
      {.remote = upstream_.path(), .commit = commit_, .submodules = true});
  tree.erase(".gitmodules");
  tree.erase("lib/inner/.gitmodules");
  EXPECT_THAT(tree, ElementsAre(Pair("lib/inner/inner.c", "file 2"),
                                Pair("lib/inner/more/deepest", "file 3"),
                                Pair("main.c", "file 1")));
}

TEST_F(SubmodulesTest, AreEmptyFoldersIfNot) {
  auto tree = FetchTree({.remote = upstream_.path(), .commit = commit_});
  EXPECT_EQ(tree.at("lib/inner"), "folder");
  EXPECT_EQ(tree.size(), 3u);
}

TEST_F(SubmodulesTest, ComeAtTheCommitThatTheTreeNames) {
  inner_.Write("inner.c", "newer");
  inner_.Commit();
  EXPECT_EQ(
      FetchTree(
          {.remote = upstream_.path(), .commit = commit_, .submodules = true})
          .at("lib/inner/inner.c"),
      "file 2");
}

TEST_F(SubmodulesTest, ComeBelowASubdirAsWell) {
  EXPECT_EQ(FetchTree({.remote = upstream_.path(),
                       .commit = commit_,
                       .submodules = true,
                       .subdir = "lib"})
                .at("inner/inner.c"),
            "file 2");
}

TEST_F(SubmodulesTest, ThatCannotBeHadAreNamed) {
  ASSERT_THAT(RemoveTree(more_.path()), IsOk());
  EXPECT_THAT(
      Fetch(
          {.remote = upstream_.path(), .commit = commit_, .submodules = true}),
      StatusIs(Code::kNotFound,
               AllOf(HasSubstr(more_.path()), HasSubstr("in submodule more of"),
                     HasSubstr("in submodule lib/inner of"))));
}

TEST_F(SubmodulesTest, WithoutAUrlAreAnError) {
  upstream_.Git({"rm", "-q", "-f", ".gitmodules"});
  EXPECT_THAT(Fetch({.remote = upstream_.path(),
                     .commit = upstream_.Commit(),
                     .submodules = true}),
              StatusIs(Code::kNotFound, HasSubstr("no URL for it")));
}

}  // namespace
}  // namespace graph
