// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_ENGINE_OS_MEMORY_H_
#define GRAPH_ENGINE_OS_MEMORY_H_

namespace graph {

// From now on the allocator takes address space from the system in steps of
// tens of megabytes, and keeps what it has: else it asks for every few pages
// anew, and threads that allocate stop each other, for a process changes its
// map one thread at a time. Costs no memory until that is used. Called once,
// first in main().
void TakeMemoryInLargeSteps();

}  // namespace graph

#endif  // GRAPH_ENGINE_OS_MEMORY_H_
