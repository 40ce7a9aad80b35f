// SPDX-License-Identifier: Apache-2.0
// What may come next on a command line. The scripts that `graph completion`
// prints ask `graph __complete WORD...`, the last word being the one at the
// cursor, perhaps empty, and read lines:
//
//   answer := kind TAB word LF { candidate TAB description LF }
//   kind   := `values`   the candidates are whole words
//           | `files`    the shell completes `word`, the end of the last
//           | `folders`  word, with what it finds itself; candidates
//                        may be added
//
// There are no errors: what cannot be completed has no candidates.

#ifndef GRAPH_ENGINE_CLI_COMPLETE_H_
#define GRAPH_ENGINE_CLI_COMPLETE_H_

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace graph {

inline constexpr char kCompleteVerb[] = "__complete";

struct Completion {
  enum class Kind : uint8_t { kValues, kFiles, kFolders };
  struct Candidate {
    std::string text;
    std::string description;  // One line; may be empty.
  };
  Kind kind = Kind::kValues;
  std::string word;
  std::vector<Candidate> candidates;
};

// `words` are those after the program's name; not empty.
Completion Complete(std::span<const std::string> words);

// As the scripts read it.
std::string FormatCompletion(const Completion& completion);

}  // namespace graph

#endif  // GRAPH_ENGINE_CLI_COMPLETE_H_
