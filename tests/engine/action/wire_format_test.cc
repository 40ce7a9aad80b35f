// SPDX-License-Identifier: Apache-2.0
// Our encoders against protobuf's, byte for byte, on random messages.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "absl/strings/str_cat.h"
#include "engine/action/environment.h"
#include "engine/action/input_tree.h"
#include "engine/action/key.h"
#include "engine/cas/tree.h"
#include "engine/cas/wire.h"
#include "remote_execution.pb.h"
#include "tests/support/status_matchers.h"

namespace graph {
namespace {

namespace reapi = build::bazel::remote::execution::v2;
constexpr int kRounds = 500;

void Set(const Digest& from, reapi::Digest* to) {
  to->set_hash(from.hex());
  to->set_size_bytes(from.size());
}

class WireFormatTest : public testing::Test {
 protected:
  int Below(int limit) { return static_cast<int>(random_() % limit); }
  std::string Text(int longest = 20) {
    std::string text(Below(longest + 1), ' ');
    for (char& c : text) c = static_cast<char>('!' + Below(90));
    return text;
  }
  std::string Name() {
    std::string name = absl::StrCat("n", Text(Below(40) == 0 ? 300 : 6));
    std::replace(name.begin(), name.end(), '/', '-');
    return name;
  }
  Digest AnyDigest() {
    const int64_t sizes[] = {0, 1, 127, 128, 70'000, int64_t{1} << 40};
    return Digest(Digest::Of(Text()).hash(), sizes[Below(6)]);
  }
  NamedTexts AnyTexts() {
    std::map<std::string, std::string> texts;
    for (int i = Below(4); i > 0; --i) texts[Name()] = Text();
    return NamedTexts(texts.begin(), texts.end());
  }
  static void Set(const NamedTexts& from, reapi::Platform* to) {
    for (const auto& [name, value] : from) {
      reapi::Platform::Property* property = to->add_properties();
      property->set_name(name);
      property->set_value(value);
    }
  }

  std::mt19937 random_{42};
};

TEST_F(WireFormatTest, Directories) {
  for (int round = 0; round < kRounds; ++round) {
    Directory ours;
    reapi::Directory theirs;
    std::set<std::string> names;
    for (int i = Below(8); i > 0; --i) names.insert(Name());
    for (const std::string& name : names) {
      switch (Below(3)) {
        case 0:
          ours.files.push_back({name, AnyDigest(), Below(2) == 0});
          break;
        case 1:
          ours.directories.push_back({name, AnyDigest()});
          break;
        default:
          ours.symlinks.push_back({name, Text()});
      }
    }
    for (const FileNode& file : ours.files) {
      reapi::FileNode* node = theirs.add_files();
      node->set_name(file.name);
      graph::Set(file.digest, node->mutable_digest());
      node->set_is_executable(file.executable);
    }
    for (const DirectoryNode& child : ours.directories) {
      reapi::DirectoryNode* node = theirs.add_directories();
      node->set_name(child.name);
      graph::Set(child.digest, node->mutable_digest());
    }
    for (const SymlinkNode& link : ours.symlinks) {
      reapi::SymlinkNode* node = theirs.add_symlinks();
      node->set_name(link.name);
      node->set_target(link.target);
    }
    const std::string bytes = theirs.SerializeAsString();
    EXPECT_EQ(ours.Encode(), bytes);
    EXPECT_THAT(Directory::Decode(bytes), IsOkAndHolds(ours));
  }
}

TEST_F(WireFormatTest, Commands) {
  for (int round = 0; round < kRounds; ++round) {
    ActionGraph graph;
    Action action;
    action.env = AnyTexts();
    for (int i = Below(6); i > 0; --i) action.argv.push_back(Text());
    std::vector<std::string> files, directories, all;
    for (int i = Below(5); i > 0; --i) {
      const bool file = Below(2) == 0;
      const std::string path = Name();
      action.outputs.push_back(graph.AddArtifact(
          {path, file ? Artifact::Kind::kFile : Artifact::Kind::kDirectory,
           kNoAction, ""}));
      (file ? files : directories).push_back(path);
      all.push_back(path);
    }
    const NamedTexts properties = AnyTexts();

    reapi::Command theirs;
    for (const std::string& arg : action.argv) theirs.add_arguments(arg);
    for (const auto& [name, value] : EnvironmentOf(action)) {
      auto* variable = theirs.add_environment_variables();
      variable->set_name(name);
      variable->set_value(value);
    }
    for (auto* paths : {&files, &directories, &all}) {
      std::sort(paths->begin(), paths->end());
    }
    for (const std::string& path : files) theirs.add_output_files(path);
    for (const std::string& path : directories) {
      theirs.add_output_directories(path);
    }
    for (const std::string& path : all) theirs.add_output_paths(path);
    if (!properties.empty()) Set(properties, theirs.mutable_platform());
    EXPECT_EQ(EncodeCommand(graph, action, properties),
              theirs.SerializeAsString());
  }
}

TEST_F(WireFormatTest, Actions) {
  for (int round = 0; round < kRounds; ++round) {
    const Digest command = AnyDigest(), root = AnyDigest();
    const int64_t timeouts[] = {0, 1, 600, 1 << 20};
    const int64_t timeout = timeouts[Below(4)];
    const NamedTexts properties = AnyTexts();
    reapi::Action theirs;
    graph::Set(command, theirs.mutable_command_digest());
    graph::Set(root, theirs.mutable_input_root_digest());
    if (timeout > 0) theirs.mutable_timeout()->set_seconds(timeout);
    if (!properties.empty()) Set(properties, theirs.mutable_platform());
    EXPECT_EQ(EncodeAction(command, root, timeout, properties),
              theirs.SerializeAsString());
  }
}

// The tree of `inputs` as protobuf has it, by way of nested maps.
struct Folder {
  std::map<std::string, SpawnInput> leaves;
  std::map<std::string, Folder> folders;

  void Add(absl::string_view path, const SpawnInput& input) {
    const size_t slash = path.find('/');
    if (slash == path.npos) {
      leaves[std::string(path)] = input;
    } else {
      folders[std::string(path.substr(0, slash))].Add(path.substr(slash + 1),
                                                      input);
    }
  }
  Digest DigestOf() const {
    reapi::Directory message;
    std::map<std::string, Digest> children;
    for (const auto& [name, folder] : folders) {
      children[name] = folder.DigestOf();
    }
    for (const auto& [name, leaf] : leaves) {
      if (leaf.kind == SpawnInput::Kind::kDirectory) {
        children[name] = leaf.digest;
      } else if (leaf.kind == SpawnInput::Kind::kSymlink) {
        reapi::SymlinkNode* node = message.add_symlinks();
        node->set_name(name);
        node->set_target(leaf.target);
      } else {
        reapi::FileNode* node = message.add_files();
        node->set_name(name);
        graph::Set(leaf.digest, node->mutable_digest());
        node->set_is_executable(leaf.executable);
      }
    }
    for (const auto& [name, digest] : children) {
      reapi::DirectoryNode* node = message.add_directories();
      node->set_name(name);
      graph::Set(digest, node->mutable_digest());
    }
    return Digest::Of(message.SerializeAsString());
  }
};

TEST_F(WireFormatTest, InputTrees) {
  InputTrees trees;
  for (int round = 0; round < kRounds; ++round) {
    // Few letters, so that names are prefixes of each other.
    const char* parts[] = {"a", "a-b", "a.b", "ab", "b"};
    std::map<std::string, SpawnInput> by_path;
    const int count = round % 50 == 0 ? 400 : Below(12);
    for (int i = 0; i < count; ++i) {
      std::string path;
      for (int depth = Below(3); depth > 0; --depth) {
        absl::StrAppend(&path, parts[Below(5)], "/");
      }
      // Leaves never have a folder's name.
      absl::StrAppend(&path, "f", Below(count * 2));
      by_path[path] = {path, static_cast<SpawnInput::Kind>(Below(3)),
                       AnyDigest(), Below(2) == 0, Text()};
    }
    std::vector<SpawnInput> inputs;
    Folder root;
    for (auto& [path, input] : by_path) {
      root.Add(path, input);
      inputs.push_back(input);
    }
    EXPECT_THAT(trees.RootOf(inputs), IsOkAndHolds(root.DigestOf()));
  }
}

TEST_F(WireFormatTest, WhatIsCutOffIsNoMessage) {
  reapi::Directory message;
  message.add_files()->set_name("a");
  graph::Set(AnyDigest(), message.mutable_files(0)->mutable_digest());
  message.add_symlinks()->set_target(std::string(200, 't'));
  const std::string whole = message.SerializeAsString();
  for (size_t size = 0; size <= whole.size(); ++size) {
    const std::string part = whole.substr(0, size);
    WireReader ours(part);
    while (ours.Next()) {
    }
    EXPECT_EQ(ours.ok(), reapi::Directory().ParseFromString(part)) << size;
  }
}

TEST_F(WireFormatTest, NoiseIsReadOrRefused) {
  for (int round = 0; round < 5000; ++round) {
    std::string bytes;
    for (int i = Below(40); i > 0; --i) bytes += static_cast<char>(Below(256));
    auto folder = Directory::Decode(bytes);
    if (!folder.ok()) {
      EXPECT_EQ(folder.status().code(), absl::StatusCode::kDataLoss);
    }
  }
}

}  // namespace
}  // namespace graph
