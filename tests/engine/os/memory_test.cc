// SPDX-License-Identifier: Apache-2.0
#include "engine/os/memory.h"

#include <malloc.h>

#include <cstdlib>

#include "gtest/gtest.h"

namespace graph {
namespace {

TEST(Memory, MoreIsTakenThanIsAskedFor) {
  TakeMemoryInLargeSteps();
  // More than other tests may have left over; volatile, so that it is done.
  void* volatile block = std::malloc(30 << 20);
  const size_t spare = mallinfo2().keepcost;
  std::free(block);
  if (spare == 0) GTEST_SKIP() << "the allocator is not the C library's";
  EXPECT_GE(spare, size_t{16} << 20);
}

}  // namespace
}  // namespace graph
