// SPDX-License-Identifier: Apache-2.0
#include "engine/archive/foreign_archive.h"

#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"

namespace graph {
namespace {

constexpr size_t kPiece = 1 << 17;

// libarchive knows a name as UTF-8 if the format says so; otherwise, and that
// is where the UTF-8 spelling is null, as the bytes that stand there.
absl::string_view Name(const char* utf8, const char* raw) {
  if (utf8 != nullptr) return utf8;
  return raw != nullptr ? raw : "";
}

absl::string_view WhatItShouldBe(ForeignArchive::Format format) {
  switch (format) {
    case ForeignArchive::Format::kTar:
      return "tar archive";
    case ForeignArchive::Format::kTarOrZip:
      return "tar or zip archive";
    case ForeignArchive::Format::kAr:
      return "ar archive";
  }
  return "";
}

}  // namespace

Utf8Locale::Utf8Locale()
    : utf8_(newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr)),
      before_(utf8_ != nullptr ? uselocale(utf8_) : nullptr) {}

Utf8Locale::~Utf8Locale() {
  if (utf8_ == nullptr) return;
  uselocale(before_);
  freelocale(utf8_);
}

ForeignArchive::ForeignArchive(const LibArchive& api)
    : api_(api), reader_(api.read_new(), api.read_free), piece_(kPiece) {}

void ForeignArchive::Support(Format format) {
  format_ = format;
  archive* reader = reader_.get();
  if (format == Format::kAr) {
    api_.read_support_format_ar(reader);
    return;
  }
  api_.read_support_filter_gzip(reader);
  api_.read_support_filter_bzip2(reader);
  api_.read_support_filter_xz(reader);
  api_.read_support_filter_zstd(reader);
  api_.read_support_format_tar(reader);
  if (format == Format::kTarOrZip) api_.read_support_format_zip(reader);
}

absl::Status ForeignArchive::Damaged() const {
  if (!outer_failure_.ok()) return outer_failure_;
  const char* why = api_.error_string(reader_.get());
  return absl::InvalidArgumentError(absl::StrCat(
      "not a ", WhatItShouldBe(format_),
      ", or a damaged one: ", why != nullptr ? why : "no reason given"));
}

absl::Status ForeignArchive::Open(const std::string& path, Format format) {
  Support(format);
  if (api_.read_open_filename(reader_.get(), path.c_str(), kPiece) ==
      ARCHIVE_OK) {
    return absl::OkStatus();
  }
  return Damaged();
}

absl::Status ForeignArchive::OpenInside(ForeignArchive& outer, Format format) {
  Support(format);
  outer_ = &outer;
  if (api_.read_open(reader_.get(), this, nullptr, &ReadOuter, nullptr) ==
      ARCHIVE_OK) {
    return absl::OkStatus();
  }
  return Damaged();
}

la_ssize_t ForeignArchive::ReadOuter(archive*, void* self, const void** bytes) {
  auto* inner = static_cast<ForeignArchive*>(self);
  absl::StatusOr<absl::string_view> piece = inner->outer_->Read();
  if (!piece.ok()) {
    inner->outer_failure_ = piece.status();
    return ARCHIVE_FATAL;
  }
  *bytes = piece->data();
  return static_cast<la_ssize_t>(piece->size());
}

absl::StatusOr<bool> ForeignArchive::Next() {
  const int code = api_.read_next_header(reader_.get(), &entry_);
  if (code == ARCHIVE_EOF) return false;
  if (code != ARCHIVE_OK && code != ARCHIVE_WARN) return Damaged();
  return true;
}

absl::string_view ForeignArchive::name() const {
  return Name(api_.entry_pathname_utf8(entry_), api_.entry_pathname(entry_));
}

absl::string_view ForeignArchive::hard_link() const {
  return Name(api_.entry_hardlink_utf8(entry_), api_.entry_hardlink(entry_));
}

absl::string_view ForeignArchive::symlink() const {
  return Name(api_.entry_symlink_utf8(entry_), api_.entry_symlink(entry_));
}

absl::StatusOr<absl::string_view> ForeignArchive::Read() {
  const la_ssize_t count =
      api_.read_data(reader_.get(), piece_.data(), piece_.size());
  if (count < 0) return Damaged();
  return absl::string_view(piece_.data(), static_cast<size_t>(count));
}

}  // namespace graph
