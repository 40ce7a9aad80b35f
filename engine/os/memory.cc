// SPDX-License-Identifier: Apache-2.0
#include "engine/os/memory.h"

#include <cstdlib>  // Tells which C library it is.

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace graph {

void TakeMemoryInLargeSteps() {
#ifdef __GLIBC__
  constexpr int kMegabyte = 1 << 20;
  mallopt(M_TOP_PAD, 32 * kMegabyte);
  mallopt(M_TRIM_THRESHOLD, 128 * kMegabyte);
  // Where it would go by itself, if the two above had not ended that.
  mallopt(M_MMAP_THRESHOLD, 32 * kMegabyte);
#endif
}

}  // namespace graph
