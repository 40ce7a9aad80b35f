// SPDX-License-Identifier: Apache-2.0
// An archive of others, entry by entry, as libarchive reads it: what extract.h
// and layer_reader.h share. It judges nothing: names are as they stand.

#ifndef GRAPH_ENGINE_ARCHIVE_FOREIGN_ARCHIVE_H_
#define GRAPH_ENGINE_ARCHIVE_FOREIGN_ARCHIVE_H_

#include <clocale>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/archive/libarchive_api.h"

namespace graph {

// libarchive passes names through the character set of the locale, and drops
// those that do not fit. While this lives, that set is UTF-8 for this thread,
// whatever the user's is.
class Utf8Locale {
 public:
  Utf8Locale();
  ~Utf8Locale();
  Utf8Locale(const Utf8Locale&) = delete;
  Utf8Locale& operator=(const Utf8Locale&) = delete;

 private:
  locale_t utf8_;
  locale_t before_;
};

// Used by one thread, and only while a Utf8Locale lives in it.
class ForeignArchive {
 public:
  // What it may be, told apart by its bytes. Compressed or not, for kTar.
  enum class Format : uint8_t { kTar, kTarOrZip, kAr };

  explicit ForeignArchive(const LibArchive& api);

  // Once. Fails with kInvalidArgument if it is no such archive.
  absl::Status Open(const std::string& path, Format format);
  // The archive that the present entry of `outer` holds, which outlives this
  // and is not touched meanwhile.
  absl::Status OpenInside(ForeignArchive& outer, Format format);

  // Goes to the next entry; false after the last.
  absl::StatusOr<bool> Next();

  // Of the present entry; valid until the next.
  absl::string_view name() const;
  absl::string_view hard_link() const;  // "": it is none.
  absl::string_view symlink() const;
  unsigned type() const { return api_.entry_filetype(entry_); }  // AE_IF…
  unsigned mode() const { return api_.entry_perm(entry_); }
  int64_t uid() const { return api_.entry_uid(entry_); }
  int64_t gid() const { return api_.entry_gid(entry_); }
  int64_t size() const { return api_.entry_size(entry_); }

  // The next piece of its bytes; "" at their end. Valid until the next call.
  absl::StatusOr<absl::string_view> Read();

 private:
  void Support(Format format);
  absl::Status Damaged() const;
  static la_ssize_t ReadOuter(archive* reader, void* self, const void** bytes);

  const LibArchive& api_;
  std::unique_ptr<archive, decltype(LibArchive::read_free)> reader_;
  Format format_ = Format::kTar;
  archive_entry* entry_ = nullptr;
  ForeignArchive* outer_ = nullptr;
  absl::Status outer_failure_;
  std::vector<char> piece_;
};

}  // namespace graph

#endif  // GRAPH_ENGINE_ARCHIVE_FOREIGN_ARCHIVE_H_
