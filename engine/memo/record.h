// SPDX-License-Identifier: Apache-2.0
// A remembered answer: a value, and the stamp of everything that it was read
// from. While every stamp still holds, the answer does, and nobody need think.
//
// A record is one file, read where it lies: mapped, checked, compared.

#ifndef GRAPH_ENGINE_MEMO_RECORD_H_
#define GRAPH_ENGINE_MEMO_RECORD_H_

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/base/file_stamp.h"

namespace graph {

// A path that an answer depends on, and its stamp when it was read. A folder
// stands for its listing, a stamp with mode 0 for there being nothing.
struct Dependency {
  std::string path;
  FileStamp stamp;
};

// The bytes of a record. `question` is what was asked, as a fingerprint.
std::string EncodeRecord(uint64_t question,
                         std::span<const Dependency> dependencies,
                         absl::string_view value);

// A view of a record's bytes, which must outlive it.
class RecordView {
 public:
  // Fails with kNotFound if the record answers another question, was written
  // by another version, or is torn: all mean that nothing is remembered.
  static absl::StatusOr<RecordView> Parse(absl::string_view bytes,
                                          uint64_t question);

  size_t size() const { return stamps_.size(); }
  // Ends in a zero byte just behind the view, for system calls.
  absl::string_view path(size_t index) const {
    return paths_.substr(offsets_[index],
                         offsets_[index + 1] - offsets_[index] - 1);
  }
  const FileStamp& stamp(size_t index) const { return stamps_[index]; }
  absl::string_view value() const { return value_; }

 private:
  std::span<const FileStamp> stamps_;
  std::span<const uint32_t> offsets_;
  absl::string_view paths_;
  absl::string_view value_;
};

}  // namespace graph

#endif  // GRAPH_ENGINE_MEMO_RECORD_H_
