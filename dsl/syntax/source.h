// SPDX-License-Identifier: Apache-2.0

// Source, the text of a file, and the places in it.

#ifndef GRAPH_DSL_SYNTAX_SOURCE_H_
#define GRAPH_DSL_SYNTAX_SOURCE_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/base/call_once.h"
#include "absl/strings/string_view.h"

namespace dsl {

// Which statements a file may hold.
enum class FileKind : uint8_t {
  kModule,         // all
  kBuildFile,      // no def, lambda, if, for; no *args and **kwargs in calls
  kWorkspaceFile,  // as kBuildFile
};

// As people count: from 1, the column in bytes.
struct Position {
  int line = 0;
  int column = 0;
  friend bool operator==(const Position&, const Position&) = default;
};

// The bytes [begin, end) of a file that is known from the context.
struct Extent {
  uint32_t begin = 0;
  uint32_t end = 0;
  friend bool operator==(const Extent&, const Extent&) = default;
};

class Source;

// The bytes [begin, end) of a file; or no place at all if `source` is null.
// Does not own the source.
struct Span {
  const Source* source = nullptr;
  uint32_t begin = 0;
  uint32_t end = 0;

  explicit operator bool() const { return source != nullptr; }
  // REQUIRES: there is a source.
  inline Position Start() const;
  inline Position End() const;
  friend bool operator==(const Span&, const Span&) = default;
};

// The text of a file under the path that messages call it by. Immutable, so
// safe to share between threads. Always held by a shared_ptr: whoever keeps a
// Span for long keeps `span.source->shared_from_this()`.
class Source : public std::enable_shared_from_this<Source> {
 public:
  // Larger texts are refused by the parser.
  static constexpr size_t kMaxSize = size_t{1} << 30;

  static std::shared_ptr<const Source> Make(std::string path, std::string text);

  const std::string& path() const { return path_; }
  absl::string_view text() const { return text_; }
  absl::string_view Text(Extent extent) const;
  Span At(Extent extent) const { return {this, extent.begin, extent.end}; }

  // An offset past the end stands for the end.
  Position PositionOf(uint32_t offset) const;
  // The line without its end; empty if there is none of that number.
  absl::string_view Line(int line) const;

 private:
  Source(std::string path, std::string text);
  // Where some of the lines start; made when first asked for.
  const std::vector<uint32_t>& LineStarts() const;

  const std::string path_;
  const std::string text_;
  mutable absl::once_flag lines_found_;
  mutable std::vector<uint32_t> line_starts_;
};

inline Position Span::Start() const { return source->PositionOf(begin); }
inline Position Span::End() const { return source->PositionOf(end); }

}  // namespace dsl

#endif  // GRAPH_DSL_SYNTAX_SOURCE_H_
