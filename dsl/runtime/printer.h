// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_DSL_RUNTIME_PRINTER_H_
#define GRAPH_DSL_RUNTIME_PRINTER_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "dsl/runtime/types/string.h"
#include "dsl/runtime/value.h"

namespace dsl {

// What a Native derives from, too, whose str() is not its repr().
class OwnText {
 public:
  virtual std::string Text() const = 0;

 protected:
  ~OwnText() = default;
};

// Writes the repr of a value. Remembers the containers that it is inside of,
// so that a cycle ends in `...`, and stops at kMaxDepth likewise. It also stops
// beyond `most` bytes, and when the thread, if there is one, may take no more
// steps: what holds others many times over would print without an end.
class Printer {
 public:
  explicit Printer(std::string* out, Thread* thread = nullptr,
                   size_t most = String::kMaxSize)
      : out_(out), thread_(thread), most_(most) {}

  void Text(absl::string_view text) { out_->append(text.data(), text.size()); }
  void Print(Value value);
  // The text in double quotes, escaped so that it reads back; bytes that are no
  // UTF-8 as \x escapes, which do not.
  void Quoted(absl::string_view text);
  std::string* out() { return out_; }

  // Enters a container; false (and `...` written) if it is being printed
  // already. Leave must follow a true.
  bool Enter(const Object* container, absl::string_view ellipsis = "...");
  void Leave() { inside_.pop_back(); }
  // Whether it stopped before the end.
  bool stopped() const { return stopped_; }

 private:
  bool MayGoOn();

  std::string* out_;
  Thread* thread_;
  size_t most_;
  size_t counted_ = 0;  // of the bytes written, among the steps
  bool stopped_ = false;
  std::vector<const Object*> inside_;
};

}  // namespace dsl

#endif  // GRAPH_DSL_RUNTIME_PRINTER_H_
