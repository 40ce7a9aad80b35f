// SPDX-License-Identifier: Apache-2.0
// `ctx.actions.args()`: a command line in the making.

#ifndef GRAPH_ENGINE_ANALYZE_ARGS_H_
#define GRAPH_ENGINE_ANALYZE_ARGS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "dsl/runtime/arguments.h"
#include "dsl/runtime/native.h"
#include "dsl/runtime/thread.h"

namespace graph {

// Its words are made as they are added; a File counts as its path. Each of its
// methods returns it again.
class ArgsValue final : public dsl::Native {
 public:
  const std::vector<std::string>& words() const { return words_; }

  absl::string_view type_name() const override { return "Args"; }
  absl::StatusOr<std::optional<dsl::Value>> Attr(
      dsl::Thread& thread, absl::string_view name) const override;
  std::vector<std::string> AttrNames() const override {
    return {"add", "add_all", "add_joined"};
  }

  absl::Status Add(const dsl::Arguments& arguments) const;
  absl::Status AddAll(dsl::Thread& thread,
                      const dsl::Arguments& arguments) const;
  absl::Status AddJoined(dsl::Thread& thread,
                         const dsl::Arguments& arguments) const;

 private:
  // Only the implementation that made it adds to it, and only while it runs.
  mutable std::vector<std::string> words_;
};

// What a value is as a word: a string, the path of a File, the text of a label
// or an int. Fails for others.
absl::StatusOr<std::string> ToWord(dsl::Value value, absl::string_view what);

}  // namespace graph

#endif  // GRAPH_ENGINE_ANALYZE_ARGS_H_
