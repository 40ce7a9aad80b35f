// SPDX-License-Identifier: Apache-2.0
#include "engine/fetch/store_sink.h"

#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"

namespace graph {
namespace {

constexpr size_t kMostInMemory = 8 << 20;

}  // namespace

absl::Status StoreSink::BeginFile(const std::string& path, bool executable) {
  current_ = &entries_[path];
  current_->executable = executable;
  bytes_.clear();
  return absl::OkStatus();
}

absl::Status StoreSink::Write(absl::string_view bytes) {
  if (spill_ == nullptr && bytes_.size() + bytes.size() <= kMostInMemory) {
    absl::StrAppend(&bytes_, bytes);
    return absl::OkStatus();
  }
  if (spill_ == nullptr) {
    ASSIGN_OR_RETURN(spill_, FileSink(SpillPath()));
    RETURN_IF_ERROR(spill_->Write(bytes_));
    bytes_.clear();
  }
  return spill_->Write(bytes);
}

absl::Status StoreSink::EndFile() {
  if (spill_ == nullptr) {
    ASSIGN_OR_RETURN(current_->digest, store_.Put(bytes_));
    return absl::OkStatus();
  }
  RETURN_IF_ERROR(spill_->Finish());
  spill_.reset();
  ASSIGN_OR_RETURN(current_->digest,
                   store_.PutFile(SpillPath(), /*consume=*/true));
  return absl::OkStatus();
}

absl::Status StoreSink::CopyFile(const std::string& existing,
                                 const std::string& path) {
  const TreeEntry entry = entries_.at(existing);
  entries_[path] = entry;
  return absl::OkStatus();
}

absl::Status StoreSink::Symlink(const std::string& path,
                                const std::string& target) {
  entries_[path] = {.kind = TreeEntry::Kind::kSymlink, .target = target};
  return absl::OkStatus();
}

absl::Status StoreSink::EmptyDirectory(const std::string& path) {
  entries_[path] = {.kind = TreeEntry::Kind::kEmptyDirectory};
  return absl::OkStatus();
}

}  // namespace graph
