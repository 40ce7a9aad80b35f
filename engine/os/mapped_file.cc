// SPDX-License-Identifier: Apache-2.0
#include "engine/os/mapped_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "engine/os/errors.h"
#include "engine/os/file_descriptor.h"

namespace graph {

absl::StatusOr<MappedFile> MappedFile::Open(const std::string& path) {
  FileDescriptor file(
      Retry([&] { return open(path.c_str(), O_RDONLY | O_CLOEXEC); }));
  struct stat s;
  if (!file.valid() || fstat(file.get(), &s) != 0) {
    return ErrnoError("cannot open", path);
  }
  if (s.st_size == 0) return MappedFile();
  void* data = mmap(nullptr, s.st_size, PROT_READ, MAP_SHARED, file.get(), 0);
  if (data == MAP_FAILED) return ErrnoError("cannot map", path);
  return MappedFile(data, s.st_size);
}

MappedFile::~MappedFile() {
  if (data_ != nullptr) munmap(data_, size_);
}

}  // namespace graph
