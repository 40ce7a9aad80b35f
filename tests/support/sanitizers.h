// SPDX-License-Identifier: Apache-2.0
// What a test may ask of a build for sanitizers, whose code is 5 to 20 times
// slower.

#ifndef GRAPH_TESTS_SUPPORT_SANITIZERS_H_
#define GRAPH_TESTS_SUPPORT_SANITIZERS_H_

namespace graph {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool kSanitized = true;
#else
inline constexpr bool kSanitized = false;
#endif

// Of so many random tries, how many this build makes.
constexpr int Rounds(int count) {
  return kSanitized ? (count + 9) / 10 : count;
}

}  // namespace graph

#endif  // GRAPH_TESTS_SUPPORT_SANITIZERS_H_
