// SPDX-License-Identifier: Apache-2.0
#include "engine/cas/lease.h"

#include <array>
#include <cstring>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "engine/os/clock.h"
#include "engine/os/environment.h"
#include "engine/os/filesystem.h"

namespace graph {
namespace {

// 1 MiB. With 100,000 blobs in use, one in 200,000 others is taken for used;
// with a million, one in 40.
constexpr size_t kWords = size_t{1} << 17;
constexpr size_t kWordsOfLine = 8;  // A cache line of 64 bytes.
constexpr size_t kLines = kWords / kWordsOfLine;
constexpr absl::string_view kNew = ".new";
constexpr int64_t kMinuteNs = 60'000'000'000;

// Four bits, all in one line.
struct Bits {
  size_t line;
  std::array<uint16_t, 4> bits;  // Below 512.
};

Bits BitsOf(const Digest::Hash& hash) {
  uint64_t first = 0, second = 0;
  std::memcpy(&first, &hash[8], sizeof(first));
  std::memcpy(&second, &hash[16], sizeof(second));
  Bits bits{first % kLines, {}};
  for (uint16_t& bit : bits.bits) {
    bit = second & 511;
    second >>= 9;
  }
  return bits;
}

// Removes it if its process is gone.
bool IsDead(const std::string& path, bool remove) {
  auto lock = FileLock::TryAcquire(path, FileLock::Mode::kExclusive);
  if (!lock.ok() || !lock->has_value()) return false;
  if (remove) RemoveFile(path).IgnoreError();
  return true;
}

// One that is being made is not locked at first.
bool IsBeingMade(const std::string& folder, const std::string& name) {
  if (!absl::EndsWith(name, kNew)) return false;
  auto state = Stat(absl::StrCat(folder, "/", name));
  return !state.ok() || state->mtime_ns + kMinuteNs > FileClockNanos();
}

}  // namespace

void Lease::Mark(const Digest::Hash& hash, SharedWords& words) {
  const Bits bits = BitsOf(hash);
  bool fresh = false;
  for (uint16_t bit : bits.bits) {
    std::atomic<uint64_t>& word = words[bits.line * kWordsOfLine + bit / 64];
    const uint64_t mask = uint64_t{1} << (bit % 64);
    if ((word.load(std::memory_order_relaxed) & mask) != 0) continue;
    word.fetch_or(mask, std::memory_order_seq_cst);
    fresh = true;
  }
  // What is read of the store after this is read after the bits are set.
  if (!fresh) std::atomic_thread_fence(std::memory_order_seq_cst);
}

SharedWords* Lease::Begin() {
  if (over_.load(std::memory_order_acquire)) return nullptr;
  MutexLock lock(&mu_);
  if (SharedWords* words = words_.load(std::memory_order_acquire)) return words;
  if (over_ || !MakeFile()) {
    over_ = true;
    return nullptr;
  }
  words_.store(&*mapped_, std::memory_order_release);
  return &*mapped_;
}

bool Lease::MakeFile() {
  if (!MakeDirectories(folder_).ok()) return false;
  const std::string path =
      absl::StrCat(folder_, "/", ProcessId(), "-", MonotonicMicros());
  const std::string making = absl::StrCat(path, kNew);
  auto words = SharedWords::Create(making, kWords);
  if (!words.ok()) return false;
  // It has its name once it is locked: nobody takes it for a dead one's.
  auto lock = FileLock::TryAcquire(making, FileLock::Mode::kExclusive);
  if (!lock.ok() || !lock->has_value() || !Rename(making, path).ok()) {
    RemoveFile(making).IgnoreError();
    return false;
  }
  mapped_.emplace(*std::move(words));
  lock_ = *std::move(lock);
  path_ = path;
  return true;
}

void Lease::End() {
  MutexLock lock(&mu_);
  over_ = true;
  words_.store(nullptr, std::memory_order_release);
  if (!mapped_.has_value()) return;
  RemoveFile(path_).IgnoreError();
  mapped_.reset();
  lock_.reset();
}

void Leases::Refresh() {
  auto entries = ListDirectory(folder_);
  if (!entries.ok()) {
    leases_.clear();
    return;
  }
  absl::flat_hash_set<std::string> there;
  for (const DirectoryEntry& entry : *entries) {
    const std::string path = absl::StrCat(folder_, "/", entry.name);
    if (absl::EndsWith(entry.name, kNew)) {
      if (!IsBeingMade(folder_, entry.name)) IsDead(path, /*remove=*/true);
      continue;
    }
    there.insert(entry.name);
    if (leases_.contains(entry.name) || IsDead(path, /*remove=*/true)) continue;
    auto words = SharedWords::Open(path);
    if (!words.ok() || words->size() < kWords) continue;
    leases_.emplace(entry.name, *std::move(words));
  }
  absl::erase_if(
      leases_, [&](const auto& lease) { return !there.contains(lease.first); });
}

bool Leases::Hold(const Digest::Hash& hash) const {
  const Bits bits = BitsOf(hash);
  for (const auto& [name, words] : leases_) {
    bool all = true;
    for (uint16_t bit : bits.bits) {
      const uint64_t word = words[bits.line * kWordsOfLine + bit / 64].load();
      all = all && (word >> (bit % 64) & 1) != 0;
    }
    if (all) return true;
  }
  return false;
}

std::vector<std::string> DeadLeases(const std::string& folder) {
  std::vector<std::string> dead;
  auto entries = ListDirectory(folder);
  if (!entries.ok()) return dead;
  for (const DirectoryEntry& entry : *entries) {
    if (IsBeingMade(folder, entry.name)) continue;
    if (IsDead(absl::StrCat(folder, "/", entry.name), /*remove=*/false)) {
      dead.push_back(entry.name);
    }
  }
  return dead;
}

}  // namespace graph
