// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_DSL_RUNTIME_PAGES_H_
#define GRAPH_DSL_RUNTIME_PAGES_H_

#include <cstddef>

namespace dsl {

// The size of a huge page.
inline constexpr size_t kHugePage = size_t{2} << 20;

// Memory of the system, to be given back with std::free. What is as large as a
// huge page is made of such pages where the system has them: touching memory
// for the first time is most of what an arena costs, and costs four times less
// so. Never fails.
void* AllocatePages(size_t bytes);

}  // namespace dsl

#endif  // GRAPH_DSL_RUNTIME_PAGES_H_
