// SPDX-License-Identifier: Apache-2.0

// A store, a cache folder, and real git repositories to fetch from.

#ifndef GRAPH_TESTS_ENGINE_FETCH_FETCH_TESTING_H_
#define GRAPH_TESTS_ENGINE_FETCH_FETCH_TESTING_H_

#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "engine/cas/memory_store.h"
#include "engine/cas/tree.h"
#include "engine/fetch/fetch_context.h"
#include "engine/os/filesystem.h"
#include "engine/os/subprocess.h"

namespace graph {

class FetchTest : public testing::Test {
 protected:
  FetchTest() : folder_(*MakeTemporaryDirectory(testing::TempDir(), "fetch")) {
    setenv("no_proxy", "*", 1);
    // Neither the user's settings nor the system's.
    setenv("GIT_CONFIG_GLOBAL", Path("gitconfig").c_str(), 1);
    setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
    setenv("HOME", folder_.c_str(), 1);
    context_ = {.cache_dir = Path("cache"),
                .http = {.connect_timeout = absl::Seconds(5),
                         .stall_timeout = absl::Seconds(2),
                         .attempts = 2,
                         .back_off = absl::Milliseconds(5),
                         .max_wait = absl::Milliseconds(50)}};
  }
  ~FetchTest() override { RemoveTree(folder_).IgnoreError(); }

  std::string Path(absl::string_view name) const {
    return absl::StrCat(folder_, "/", name);
  }

  // Path → `file <bytes>`, `exec <bytes>`, `link <target>` or `folder`.
  std::map<std::string, std::string> Tree(const Digest& root) {
    std::map<std::string, std::string> tree;
    absl::StatusOr<TreeEntries> entries = GetTree(root, store_);
    EXPECT_TRUE(entries.ok()) << entries.status();
    if (!entries.ok()) return tree;
    for (const auto& [path, entry] : *entries) {
      switch (entry.kind) {
        case TreeEntry::Kind::kFile:
          tree[path] = absl::StrCat(
              entry.executable ? "exec " : "file ",
              store_.Get(entry.digest).value_or("<not in the store>"));
          break;
        case TreeEntry::Kind::kSymlink:
          tree[path] = absl::StrCat("link ", entry.target);
          break;
        case TreeEntry::Kind::kEmptyDirectory:
          tree[path] = "folder";
          break;
      }
    }
    return tree;
  }

  std::string folder_;
  FetchContext context_;
  MemoryStore store_;
  Cancellation cancellation_;
};

// A repository with a working tree, driven by the host's git.
class TestRepository {
 public:
  explicit TestRepository(std::string path) : path_(std::move(path)) {
    EXPECT_TRUE(MakeDirectories(path_).ok());
    Git({"init", "-q", "-b", "main"});
  }

  // What git says on stdout, without the last newline.
  std::string Git(std::vector<std::string> arguments) {
    std::vector<std::string> argv = {"git",
                                     "-C",
                                     path_,
                                     "-c",
                                     "user.name=T",
                                     "-c",
                                     "user.email=t@t",
                                     "-c",
                                     "protocol.file.allow=always",
                                     "-c",
                                     "commit.gpgsign=false"};
    argv.insert(argv.end(), arguments.begin(), arguments.end());
    absl::StatusOr<CommandResult> result = RunCommand({.argv = argv});
    EXPECT_TRUE(result.ok()) << result.status();
    if (!result.ok()) return "";
    EXPECT_EQ(result->exit_code, 0) << result->stderr_text;
    return std::string(absl::StripTrailingAsciiWhitespace(result->stdout_text));
  }

  void Write(absl::string_view name, absl::string_view bytes,
             bool executable = false) {
    const std::string file = absl::StrCat(path_, "/", name);
    EXPECT_TRUE(MakeDirectories(file.substr(0, file.rfind('/'))).ok());
    EXPECT_TRUE(WriteFile(file, bytes).ok());
    EXPECT_TRUE(SetMode(file, executable ? 0755 : 0644).ok());
  }

  // Commits everything and returns the hash.
  std::string Commit() {
    Git({"add", "-A"});
    Git({"commit", "-q", "--allow-empty", "-m", "x"});
    return Git({"rev-parse", "HEAD"});
  }

  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace graph

#endif  // GRAPH_TESTS_ENGINE_FETCH_FETCH_TESTING_H_
