// SPDX-License-Identifier: Apache-2.0

// What the fuzzers share.

#ifndef GRAPH_TESTS_FUZZ_FUZZ_H_
#define GRAPH_TESTS_FUZZ_FUZZ_H_

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace dsl {

// Ends the process, as the fuzzer wants it, if a property does not hold.
inline void Require(bool holds, const char* property) {
  if (holds) return;
  std::fprintf(stderr, "fuzz: it does not hold that %s\n", property);
  std::abort();
}

inline std::string TextOf(const uint8_t* data, size_t size) {
  return std::string(reinterpret_cast<const char*>(data), size);
}

}  // namespace dsl

// The name is libFuzzer's.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

#endif  // GRAPH_TESTS_FUZZ_FUZZ_H_
