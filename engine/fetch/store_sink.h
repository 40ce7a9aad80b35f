// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_ENGINE_FETCH_STORE_SINK_H_
#define GRAPH_ENGINE_FETCH_STORE_SINK_H_

#include <memory>
#include <string>
#include <utility>

#include "engine/archive/byte_sink.h"
#include "engine/archive/extract.h"
#include "engine/cas/blob_store.h"
#include "engine/cas/tree.h"

namespace graph {

// Takes what is extracted straight into a store: no folder is ever made of it,
// so there is none to leave.
class StoreSink : public ExtractSink {
 public:
  // Files too large for memory go by way of `scratch`, a folder that is ours
  // alone; both outlive the sink.
  StoreSink(BlobStore& store, std::string scratch)
      : store_(store), scratch_(std::move(scratch)) {}

  absl::Status BeginFile(const std::string& path, bool executable) override;
  absl::Status Write(absl::string_view bytes) override;
  absl::Status EndFile() override;
  absl::Status CopyFile(const std::string& existing,
                        const std::string& path) override;
  absl::Status Symlink(const std::string& path,
                       const std::string& target) override;
  absl::Status EmptyDirectory(const std::string& path) override;

  // What came, for PutTree.
  const TreeEntries& entries() const { return entries_; }

 private:
  std::string SpillPath() const { return scratch_ + "/large"; }

  BlobStore& store_;
  std::string scratch_;
  TreeEntries entries_;
  TreeEntry* current_ = nullptr;  // The file begun.
  std::string bytes_;             // Of it, as long as it is small.
  std::unique_ptr<ByteSink> spill_;
};

}  // namespace graph

#endif  // GRAPH_ENGINE_FETCH_STORE_SINK_H_
