// SPDX-License-Identifier: Apache-2.0
#include "engine/os/shared_words.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "engine/os/errors.h"
#include "engine/os/file_descriptor.h"

namespace graph {
namespace {

using Word = std::atomic<uint64_t>;
static_assert(sizeof(Word) == sizeof(uint64_t) && Word::is_always_lock_free);

}  // namespace

absl::StatusOr<SharedWords> SharedWords::Create(const std::string& path,
                                                size_t words) {
  FileDescriptor file(Retry([&] {
    return open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  }));
  if (!file.valid()) return ErrnoError("cannot make", path);
  const size_t bytes = words * sizeof(Word);
  const int error = posix_fallocate(file.get(), 0, static_cast<off_t>(bytes));
  void* map = MAP_FAILED;
  if (error == 0) {
    map =
        mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, file.get(), 0);
  } else {
    errno = error;
  }
  if (map == MAP_FAILED) {
    absl::Status failed = ErrnoError("cannot make", path);
    unlink(path.c_str());
    return failed;
  }
  return SharedWords(static_cast<Word*>(map), words);
}

absl::StatusOr<SharedWords> SharedWords::Open(const std::string& path) {
  FileDescriptor file(
      Retry([&] { return open(path.c_str(), O_RDONLY | O_CLOEXEC); }));
  struct stat s;
  if (!file.valid() || fstat(file.get(), &s) != 0) {
    return ErrnoError("cannot open", path);
  }
  const size_t words = s.st_size / sizeof(Word);
  if (words == 0) return SharedWords(nullptr, 0);
  void* map =
      mmap(nullptr, words * sizeof(Word), PROT_READ, MAP_SHARED, file.get(), 0);
  if (map == MAP_FAILED) return ErrnoError("cannot map", path);
  return SharedWords(static_cast<Word*>(map), words);
}

SharedWords::~SharedWords() {
  if (words_ != nullptr) munmap(words_, size_ * sizeof(Word));
}

}  // namespace graph
