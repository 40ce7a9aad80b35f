// SPDX-License-Identifier: Apache-2.0
#include "engine/archive/compress.h"

#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <array>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"

namespace graph {
namespace {

constexpr size_t kBufferSize = 1 << 16;
// zlib counts its input in 32 bits.
constexpr size_t kMostAtOnce = size_t{1} << 30;

enum class Wrapping { kRaw, kGzip };

// zlib's deflate as a function from pieces to pieces.
class Deflater {
 public:
  Deflater(int level, Wrapping wrapping)
      : ok_(deflateInit2(&stream_, level, Z_DEFLATED,
                         wrapping == Wrapping::kRaw ? -15 : 15 + 16, 8,
                         Z_DEFAULT_STRATEGY) == Z_OK) {
    if (ok_ && wrapping == Wrapping::kGzip) {
      header_.os = 255;
      deflateSetHeader(&stream_, &header_);
    }
  }
  ~Deflater() { deflateEnd(&stream_); }
  Deflater(const Deflater&) = delete;
  Deflater& operator=(const Deflater&) = delete;

  // Gives `emit` what comes out for `bytes`; with `last`, all that is left.
  template <typename Emit>
  absl::Status Run(absl::string_view bytes, bool last, const Emit& emit) {
    if (!ok_) return absl::InternalError("zlib cannot start");
    do {
      absl::string_view piece = bytes.substr(0, kMostAtOnce);
      bytes.remove_prefix(piece.size());
      stream_.next_in =
          reinterpret_cast<Bytef*>(const_cast<char*>(piece.data()));
      stream_.avail_in = static_cast<uInt>(piece.size());
      RETURN_IF_ERROR(
          Drain(last && bytes.empty() ? Z_FINISH : Z_NO_FLUSH, emit));
    } while (!bytes.empty());
    return absl::OkStatus();
  }

 private:
  template <typename Emit>
  absl::Status Drain(int flush, const Emit& emit) {
    do {
      stream_.next_out = reinterpret_cast<Bytef*>(buffer_.data());
      stream_.avail_out = static_cast<uInt>(buffer_.size());
      if (deflate(&stream_, flush) == Z_STREAM_ERROR) {
        return absl::InternalError("zlib lost its state");
      }
      RETURN_IF_ERROR(emit(absl::string_view(
          buffer_.data(), buffer_.size() - stream_.avail_out)));
    } while (stream_.avail_out == 0);
    return absl::OkStatus();
  }

  z_stream stream_{};
  gz_header header_{};
  std::array<char, kBufferSize> buffer_;
  bool ok_;
};

class Gzip : public ByteSink {
 public:
  Gzip(ByteSink& next, int level)
      : next_(next), deflater_(level, Wrapping::kGzip) {}

  absl::Status Write(absl::string_view bytes) override {
    return deflater_.Run(bytes, /*last=*/false, emit_);
  }
  absl::Status Finish() override {
    RETURN_IF_ERROR(deflater_.Run("", /*last=*/true, emit_));
    return next_.Finish();
  }

 private:
  struct Emit {
    ByteSink& next;
    absl::Status operator()(absl::string_view bytes) const {
      return next.Write(bytes);
    }
  };

  ByteSink& next_;
  Emit emit_{next_};
  Deflater deflater_;
};

class Zstd : public ByteSink {
 public:
  Zstd(ByteSink& next, int level) : next_(next), context_(ZSTD_createCCtx()) {
    ZSTD_CCtx_setParameter(context_, ZSTD_c_compressionLevel, level);
    ZSTD_CCtx_setParameter(context_, ZSTD_c_checksumFlag, 1);
    ZSTD_CCtx_setParameter(context_, ZSTD_c_contentSizeFlag, 0);
  }
  ~Zstd() override { ZSTD_freeCCtx(context_); }
  Zstd(const Zstd&) = delete;
  Zstd& operator=(const Zstd&) = delete;

  absl::Status Write(absl::string_view bytes) override {
    return Run(bytes, ZSTD_e_continue);
  }
  absl::Status Finish() override {
    RETURN_IF_ERROR(Run("", ZSTD_e_end));
    return next_.Finish();
  }

 private:
  absl::Status Run(absl::string_view bytes, ZSTD_EndDirective directive) {
    ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
    bool done = false;
    while (!done) {
      ZSTD_outBuffer out{buffer_.data(), buffer_.size(), 0};
      size_t left = ZSTD_compressStream2(context_, &out, &in, directive);
      if (ZSTD_isError(left)) {
        return absl::InternalError(
            absl::StrCat("zstd: ", ZSTD_getErrorName(left)));
      }
      RETURN_IF_ERROR(next_.Write(absl::string_view(buffer_.data(), out.pos)));
      done = directive == ZSTD_e_end ? left == 0 : in.pos == in.size;
    }
    return absl::OkStatus();
  }

  ByteSink& next_;
  ZSTD_CCtx* context_;
  std::array<char, kBufferSize> buffer_;
};

}  // namespace

std::unique_ptr<ByteSink> GzipSink(ByteSink& next, int level) {
  return std::make_unique<Gzip>(next, level);
}

std::unique_ptr<ByteSink> ZstdSink(ByteSink& next, int level) {
  return std::make_unique<Zstd>(next, level);
}

absl::StatusOr<std::string> Deflate(absl::string_view bytes, int level) {
  std::string deflated;
  Deflater deflater(level, Wrapping::kRaw);
  RETURN_IF_ERROR(
      deflater.Run(bytes, /*last=*/true, [&](absl::string_view piece) {
        deflated.append(piece.data(), piece.size());
        return absl::OkStatus();
      }));
  return deflated;
}

uint32_t Crc32(absl::string_view bytes) {
  return static_cast<uint32_t>(
      crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}

}  // namespace graph
