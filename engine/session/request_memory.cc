// SPDX-License-Identifier: Apache-2.0
#include "engine/session/request_memory.h"

#include <algorithm>
#include <chrono>
#include <thread>

#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "engine/memo/record.h"
#include "engine/os/clock.h"
#include "engine/os/mapped_file.h"

namespace graph {

FileStamp StampOf(const FileState& state) {
  if (state.type == FileType::kAbsent) return {};
  return {.mode = (static_cast<uint64_t>(state.type) << 16) | state.mode,
          .size = state.size,
          .mtime_ns = state.mtime_ns,
          .ctime_ns = state.ctime_ns,
          .inode = state.inode,
          .device = state.device};
}

FileType TypeOf(const FileStamp& stamp) {
  return static_cast<FileType>(stamp.mode >> 16);
}

FileStamp SettledStamp(const std::string& path) {
  FileStamp stamp;
  for (int attempt = 0; attempt < 3; ++attempt) {
    absl::StatusOr<FileState> state = Stat(path);
    if (!state.ok()) return FileStamp{};
    stamp = StampOf(*state);
    const int64_t now_ns = FileClockNanos();
    if (stamp.IsSettled(now_ns)) break;
    const int64_t wait_ns = stamp.ctime_ns + FileStamp::kTickNs - now_ns;
    if (wait_ns > 2 * FileStamp::kTickNs) break;  // The clock was set back.
    std::this_thread::sleep_for(std::chrono::nanoseconds(wait_ns) +
                                std::chrono::milliseconds(1));
  }
  return stamp;
}

void Reads::Add(const std::string& path, const FileStamp& stamp) {
  const bool settled = stamp.mode == 0 || stamp.IsSettled(FileClockNanos());
  MutexLock lock(&mu_);
  stamps_.try_emplace(path, stamp);
  fit_ = fit_ && settled;
}

bool Reads::fit() const {
  MutexLock lock(&mu_);
  return fit_;
}

std::vector<std::pair<std::string, FileStamp>> Reads::Sorted() const {
  MutexLock lock(&mu_);
  std::vector<std::pair<std::string, FileStamp>> sorted(stamps_.begin(),
                                                        stamps_.end());
  std::sort(sorted.begin(), sorted.end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
  return sorted;
}

std::string RequestMemory::PathOf(uint64_t question) const {
  return absl::StrFormat("%s/%016x", folder_, question);
}

std::optional<std::string> RequestMemory::Recall(uint64_t question) const {
  absl::StatusOr<MappedFile> file = MappedFile::Open(PathOf(question));
  if (!file.ok()) return std::nullopt;
  absl::StatusOr<RecordView> record =
      RecordView::Parse(file->bytes(), question);
  if (!record.ok()) return std::nullopt;
  std::vector<std::string> paths;
  paths.reserve(record->size());
  for (size_t i = 0; i < record->size(); ++i) {
    paths.emplace_back(record->path(i));
  }
  const std::vector<FileState> states = StatMany(paths);
  for (size_t i = 0; i < record->size(); ++i) {
    if (StampOf(states[i]) != record->stamp(i)) return std::nullopt;
  }
  return std::string(record->value());
}

absl::Status RequestMemory::Remember(uint64_t question, const Reads& reads,
                                     const std::vector<std::string>& written,
                                     absl::string_view answer) const {
  if (!reads.fit()) return absl::OkStatus();
  std::vector<Dependency> dependencies;
  for (auto& [path, stamp] : reads.Sorted()) {
    dependencies.push_back({std::move(path), stamp});
  }
  for (int attempt = 0; attempt < 3; ++attempt) {
    const std::vector<FileState> states = StatMany(written);
    const int64_t now_ns = FileClockNanos();
    const size_t first = dependencies.size();
    bool settled = true;
    for (size_t i = 0; i < written.size(); ++i) {
      if (states[i].type == FileType::kAbsent) return absl::OkStatus();
      dependencies.push_back({written[i], StampOf(states[i])});
      settled = settled && dependencies.back().stamp.IsSettled(now_ns);
    }
    if (settled) {
      RETURN_IF_ERROR(MakeDirectories(folder_));
      return WriteFileAtomic(PathOf(question),
                             EncodeRecord(question, dependencies, answer));
    }
    dependencies.resize(first);
    std::this_thread::sleep_for(std::chrono::milliseconds(11));
  }
  return absl::OkStatus();
}

absl::Status RequestMemory::Forget() const { return RemoveTree(folder_); }

}  // namespace graph
