// SPDX-License-Identifier: Apache-2.0

// Entries in memory, trees in memory, and archives that no honest writer makes.

#ifndef GRAPH_TESTS_ENGINE_ARCHIVE_ARCHIVE_TESTING_H_
#define GRAPH_TESTS_ENGINE_ARCHIVE_ARCHIVE_TESTING_H_

#include <gtest/gtest.h>

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "engine/archive/entry.h"
#include "engine/archive/extract.h"
#include "engine/base/digest.h"
#include "engine/os/filesystem.h"
#include "engine/os/subprocess.h"

namespace graph {

// Entries and the bytes of their files.
class Pack {
 public:
  Pack& File(absl::string_view path, absl::string_view bytes,
             bool executable = false) {
    Digest digest = Digest::Of(bytes);
    blobs_[digest] = std::string(bytes);
    entries_.push_back({.path = std::string(path),
                        .digest = digest,
                        .executable = executable});
    return *this;
  }
  Pack& Symlink(absl::string_view path, absl::string_view target) {
    entries_.push_back({.path = std::string(path),
                        .kind = ArchiveEntry::Kind::kSymlink,
                        .target = std::string(target)});
    return *this;
  }
  Pack& EmptyDirectory(absl::string_view path) {
    entries_.push_back({.path = std::string(path),
                        .kind = ArchiveEntry::Kind::kEmptyDirectory});
    return *this;
  }

  std::vector<ArchiveEntry>& entries() { return entries_; }
  BlobReader reader() const {
    return [this](const Digest& digest) -> absl::StatusOr<std::string> {
      auto blob = blobs_.find(digest);
      if (blob == blobs_.end()) return absl::NotFoundError("no such blob");
      return blob->second;
    };
  }

 private:
  std::vector<ArchiveEntry> entries_;
  std::map<Digest, std::string> blobs_;
};

// A little of everything that a format can say.
inline Pack SamplePack() {
  Pack pack;
  pack.File("b/run.sh", "#!/bin/sh\necho hello\n", /*executable=*/true)
      .File("a.txt", std::string(3000, 'a'))
      .File("b-c", "sorts before b/run.sh")
      .File("empty", "")
      .File("n\xC3\xA4me.txt", "not ASCII\n")
      .Symlink("b/link", "../a.txt")
      .EmptyDirectory("void/inner");
  return pack;
}

// Path → `file <bytes>`, `exec <bytes>`, `link <target>` or `folder`.
class MemorySink : public ExtractSink {
 public:
  absl::Status BeginFile(const std::string& path, bool executable) override {
    current_ = path;
    tree_[path] = executable ? "exec " : "file ";
    return absl::OkStatus();
  }
  absl::Status Write(absl::string_view bytes) override {
    absl::StrAppend(&tree_[current_], bytes);
    return absl::OkStatus();
  }
  absl::Status EndFile() override { return absl::OkStatus(); }
  absl::Status CopyFile(const std::string& existing,
                        const std::string& path) override {
    tree_[path] = tree_.at(existing);
    return absl::OkStatus();
  }
  absl::Status Symlink(const std::string& path,
                       const std::string& target) override {
    tree_[path] = absl::StrCat("link ", target);
    return absl::OkStatus();
  }
  absl::Status EmptyDirectory(const std::string& path) override {
    tree_[path] = "folder";
    return absl::OkStatus();
  }

  const std::map<std::string, std::string>& tree() const { return tree_; }

 private:
  std::string current_;
  std::map<std::string, std::string> tree_;
};

// Each test in a folder of its own.
class ArchiveTest : public testing::Test {
 protected:
  ArchiveTest()
      : folder_(*MakeTemporaryDirectory(testing::TempDir(), "archive")) {}
  ~ArchiveTest() override { RemoveTree(folder_).IgnoreError(); }

  std::string Path(absl::string_view name) const {
    return absl::StrCat(folder_, "/", name);
  }
  std::string Bytes(absl::string_view name) const {
    return ReadFile(Path(name)).value_or("<unreadable>");
  }
  // Runs a program of the host; "" if it succeeds, or else what it said.
  // Programs that are not installed succeed.
  static std::string Complaint(std::vector<std::string> argv) {
    if (!FindProgram(argv[0])) return "";
    absl::StatusOr<CommandResult> ran = RunCommand({.argv = std::move(argv)});
    if (!ran.ok()) return ran.status().ToString();
    if (ran->exit_code == 0) return "";
    return absl::StrCat("exit ", ran->exit_code, ": ", ran->stdout_text,
                        ran->stderr_text);
  }

  std::string folder_;
};

// One entry of a tar file, as wrong as one likes.
inline std::string TarEntry(absl::string_view name, char type,
                            absl::string_view linkname = "",
                            absl::string_view bytes = "", int mode = 0644) {
  std::string block(512, '\0');
  auto put = [&](size_t offset, absl::string_view text) {
    block.replace(offset, text.size(), text.data(), text.size());
  };
  auto octal = [](int64_t value, int width) {
    std::string text(width, '0');
    for (int i = width - 1; i >= 0; --i, value >>= 3) text[i] += value & 7;
    return text;
  };
  put(0, name);
  put(100, octal(mode, 7));
  put(108, octal(1234, 7));
  put(116, octal(1234, 7));
  put(124, octal(static_cast<int64_t>(bytes.size()), 11));
  put(136, octal(1700000000, 11));
  put(148, "        ");
  block[156] = type;
  put(157, linkname);
  put(257, absl::string_view("ustar\00000", 8));
  int sum = 0;
  for (unsigned char byte : block) sum += byte;
  put(148, octal(sum, 6));
  block[154] = '\0';
  block.append(bytes.data(), bytes.size());
  block.resize((block.size() + 511) / 512 * 512);
  return block;
}

inline std::string TarEnd() { return std::string(1024, '\0'); }

}  // namespace graph

#endif  // GRAPH_TESTS_ENGINE_ARCHIVE_ARCHIVE_TESTING_H_
