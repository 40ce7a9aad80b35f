// SPDX-License-Identifier: Apache-2.0
// The words of a command line:
//
//   word := `--` name | `--` name `=` value | `--` name value
//         | `-` letter { letter } [ value ]     `-k`, `-j8`, `-j 8`, `-kj8`
//         | `--`                                 what follows is no option
//         | operand                              `-//pattern` is one too
//
// An option that takes no value may be given `=true` or `=false`.

#ifndef GRAPH_ENGINE_CLI_FLAGS_H_
#define GRAPH_ENGINE_CLI_FLAGS_H_

#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace graph {

struct Option {
  absl::string_view name;   // Without its dashes.
  char letter = 0;          // 0: has none.
  absl::string_view value;  // What help calls its value; empty: takes none.
  absl::string_view help;
  absl::string_view values = {};  // `always|never`, if these are all.
};

// What was said, in the order in which it was said.
struct Arguments {
  std::vector<std::pair<std::string, std::string>> options;
  std::vector<std::string> operands;
  std::vector<std::string> after_dashes;  // What followed `--`.

  // The last value given; nullopt if there is none.
  std::optional<std::string> Find(absl::string_view name) const;
  bool IsOn(absl::string_view name) const;
};

// Reads words one at a time into Arguments. Errors are kInvalidArgument, one
// sentence that names the nearest option.
class ArgumentReader {
 public:
  // `words` outlive the reader.
  explicit ArgumentReader(std::span<const std::string> words) : words_(words) {}

  // Reads on, knowing `options`, until the first operand is in `*arguments`, or
  // to the end if `to_end`. Where it stopped, the next call goes on.
  absl::Status Read(std::span<const Option> options, bool to_end,
                    Arguments* arguments);

 private:
  absl::Status ReadLong(std::span<const Option> options, absl::string_view word,
                        Arguments* arguments);
  absl::Status ReadLetters(std::span<const Option> options,
                           absl::string_view word, Arguments* arguments);
  // The next word as the value of an option that is called `shown`.
  absl::StatusOr<std::string> TakeValue(absl::string_view shown);

  std::span<const std::string> words_;
};

}  // namespace graph

#endif  // GRAPH_ENGINE_CLI_FLAGS_H_
