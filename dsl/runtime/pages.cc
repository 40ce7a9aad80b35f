// SPDX-License-Identifier: Apache-2.0
#include "dsl/runtime/pages.h"

#include <sys/mman.h>

#include <cstdlib>
#include <new>

namespace dsl {

void* AllocatePages(size_t bytes) {
  const bool huge = bytes % kHugePage == 0;
  void* pages =
      huge ? std::aligned_alloc(kHugePage, bytes) : std::malloc(bytes);
  if (pages == nullptr) throw std::bad_alloc();
#ifdef MADV_HUGEPAGE
  // A system that does not know it goes on without.
  if (huge) madvise(pages, bytes, MADV_HUGEPAGE);
#endif
  return pages;
}

}  // namespace dsl
