// SPDX-License-Identifier: Apache-2.0
#include "dsl/stdlib/provider.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "dsl/runtime/arguments.h"
#include "tests/support/status_matchers.h"

namespace dsl {
namespace {

using graph::IsOk;
using graph::StatusIs;
using testing::HasSubstr;

TEST(Provider, CxxCodeMakesInstances) {
  Heap heap;
  const Provider* info = heap.New<Provider>(
      "DefaultInfo", Provider::Schema{.fields = {{"files", "executable"}}});
  const NamedValue fields[] = {{"files", Value::Int(1)},
                               {"executable", Value::None()}};
  const auto made = info->Create(heap, fields);
  ASSERT_THAT(made, IsOk());
  const auto* instance = NativeCast<ProviderInstance>(*made);
  ASSERT_NE(instance, nullptr);
  EXPECT_EQ(&instance->provider(), info);
  EXPECT_TRUE(instance->Field("files")->Same(Value::Int(1)));
  EXPECT_FALSE(instance->Field("nosuch").has_value());
  EXPECT_EQ(Repr(*made), "DefaultInfo(executable = None, files = 1)");
}

TEST(Provider, UnknownFieldsSayTheNearest) {
  Heap heap;
  const Provider* info = heap.New<Provider>(
      "DefaultInfo", Provider::Schema{.fields = {{"files"}}});
  const NamedValue fields[] = {{"fils", Value::Int(1)}};
  EXPECT_THAT(info->Create(heap, fields),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       HasSubstr("did you mean `files`?")));
}

// Instances may hold what holds them, through a list.
TEST(ProviderInstance, CyclesArePrintedAndNotCompared) {
  Heap heap;
  const Provider* info = heap.New<Provider>("P", Provider::Schema{});
  const auto cycle = [&] {
    const Value list = heap.List({});
    const NamedValue fields[] = {{"all", list}};
    const Value instance = *info->Create(heap, fields);
    EXPECT_THAT(heap.ListAppend(list, instance), IsOk());
    return instance;
  };
  const Value a = cycle(), b = cycle();
  EXPECT_EQ(Repr(a), "P(all = [P(...)])");
  EXPECT_FALSE(Equal(a, b).ok());
}

TEST(ProviderInstance, DeepNestingIsAnErrorAndNoOverflow) {
  Heap heap;
  const Provider* info = heap.New<Provider>("P", Provider::Schema{});
  Value deep = Value::None(), other = Value::None();
  for (int i = 0; i < 100000; ++i) {
    const NamedValue field[] = {{"x", deep}}, other_field[] = {{"x", other}};
    deep = *info->Create(heap, field);
    other = *info->Create(heap, other_field);
  }
  EXPECT_FALSE(HashOf(deep).ok());
  EXPECT_FALSE(Equal(deep, other).ok());
  EXPECT_THAT(Repr(deep), HasSubstr("P(...)"));
}

}  // namespace
}  // namespace dsl
