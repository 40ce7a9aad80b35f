// SPDX-License-Identifier: Apache-2.0

// Reads and runs chunked test files: chunks divided by lines `---`; the text
// after `###` is a regular expression for the error of its line. What stands
// above a line `=== NAME` is a file of its own, which the rest may load.

#ifndef GRAPH_TESTS_DSL_STDLIB_CHUNKED_H_
#define GRAPH_TESTS_DSL_STDLIB_CHUNKED_H_

#include <iosfwd>
#include <memory>
#include <string>
#include <vector>

#include "dsl/runtime/environment.h"

namespace dsl {

struct Chunk {
  struct Expectation {
    int line;
    std::string pattern;
  };

  std::string file;  // its path, and name without folder and ending
  std::string name;
  int line = 0;      // where the chunk starts
  std::string text;  // with empty lines in front: lines count as in the file
  std::vector<Expectation> expected;
};

// For gtest, which would print the bytes.
void PrintTo(const Chunk& chunk, std::ostream* out);

// The chunks of all files `*.star` in a folder, in the order of their names.
std::vector<Chunk> ReadChunks(const std::string& folder);

// The universe with assert_eq, assert_ and assert_fails.
std::shared_ptr<const Environment> TestEnvironment();

// Runs a chunk; gives what was not as expected, or "".
std::string RunChunk(const Chunk& chunk);

}  // namespace dsl

#endif  // GRAPH_TESTS_DSL_STDLIB_CHUNKED_H_
