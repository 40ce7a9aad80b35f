// SPDX-License-Identifier: Apache-2.0
// Action graphs in few words, and sources in memory.

#ifndef GRAPH_TESTS_SUPPORT_GRAPH_BUILDER_H_
#define GRAPH_TESTS_SUPPORT_GRAPH_BUILDER_H_

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "engine/action/action.h"
#include "engine/base/mutex.h"
#include "engine/cas/blob_store.h"
#include "engine/exec/source_resolver.h"

namespace graph {

// Artifacts by path; each is made when it is first named.
class GraphBuilder {
 public:
  ArtifactId File(const std::string& path,
                  Artifact::Kind kind = Artifact::Kind::kFile) {
    auto [it, is_new] = ids_.try_emplace(path, ArtifactId{0});
    if (is_new) it->second = graph.AddArtifact({path, kind, kNoAction, ""});
    return it->second;
  }

  // An action with this command line; change it with the others before.
  ActionId Add(const std::string& command, const std::vector<std::string>& in,
               const std::vector<std::string>& out) {
    Action action = next;
    next = Action();
    action.mnemonic = "Test";
    action.owner = absl::StrCat("//:", out.empty() ? command : out[0]);
    action.argv = absl::StrSplit(command, ' ');
    for (const std::string& path : in) action.inputs.push_back(File(path));
    std::sort(action.inputs.begin(), action.inputs.end());
    for (const std::string& path : out) action.outputs.push_back(File(path));
    return graph.AddAction(std::move(action));
  }

  // `cat IN… OUT`.
  ActionId Cat(const std::vector<std::string>& in, const std::string& out) {
    std::string command = "cat";
    for (const std::string& path : in) absl::StrAppend(&command, " ", path);
    return Add(absl::StrCat(command, " ", out), in, {out});
  }

  ActionGraph graph;
  Action next;  // What the next Add starts from.

 private:
  std::map<std::string, ArtifactId> ids_;
};

class MemorySources : public SourceResolver {
 public:
  explicit MemorySources(BlobStore& store) : store_(store) {}

  absl::StatusOr<SpawnInput> Resolve(const Artifact& source) override {
    MutexLock lock(&mu_);
    ++resolved[source.path];
    auto it = files.find(source.path);
    if (it == files.end()) {
      return absl::NotFoundError(absl::StrCat("no file ", source.path));
    }
    return SpawnInput{source.path, SpawnInput::Kind::kFile,
                      Digest::Of(it->second), false, ""};
  }
  absl::Status Provide(const Artifact& source, const SpawnInput&) override {
    MutexLock lock(&mu_);
    ++provided[source.path];
    return store_.Put(files[source.path]).status();
  }

  std::map<std::string, std::string> files;  // Set before, read after.
  std::map<std::string, int> resolved;
  std::map<std::string, int> provided;

 private:
  BlobStore& store_;
  Mutex mu_;
};

}  // namespace graph

#endif  // GRAPH_TESTS_SUPPORT_GRAPH_BUILDER_H_
