// SPDX-License-Identifier: Apache-2.0
#include "engine/exec/artifact_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/cas/memory_store.h"
#include "engine/cas/tree.h"
#include "tests/support/graph_builder.h"
#include "tests/support/status_matchers.h"

namespace graph {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using Kind = OutputEntry::Kind;

class ArtifactTableTest : public testing::Test {
 protected:
  ArtifactTableTest() : sources_(store_) {
    sources_.files = {{"s", "source"}, {"t", "other"}};
    made_ = g_.Add("make", {"s"}, {"out/tree", "out/link"});
    used_ = g_.Add("use", {"t", "out/tree", "out/link", "s"}, {"out/b"});
  }
  const Action& At(ActionId id) const { return g_.graph.action(id); }
  void Adopt(ArtifactTable& table) {
    const Digest tree = *PutTree(
        {{"x", {TreeEntry::Kind::kFile, *store_.Put("leaf"), false, ""}}},
        store_);
    const std::vector<OutputEntry> outputs = {
        {"out/link", Kind::kSymlink, Digest(), false, "tree/x"},
        {"out/tree", Kind::kDirectory, tree, false, ""}};
    table.Adopt(At(made_), outputs);
  }

  MemoryStore store_;
  MemorySources sources_;
  GraphBuilder g_;
  ActionId made_{0}, used_{0};
};

TEST_F(ArtifactTableTest, InputsAreSortedByPathNotById) {
  ArtifactTable table(g_.graph, sources_);
  Adopt(table);
  auto inputs = table.InputsOf(At(used_));
  ASSERT_THAT(inputs, IsOk());
  ASSERT_THAT(*inputs, SizeIs(4));
  EXPECT_EQ((*inputs)[0].path, "out/link");
  EXPECT_EQ((*inputs)[0].target, "tree/x");
  EXPECT_EQ((*inputs)[1].kind, SpawnInput::Kind::kDirectory);
  EXPECT_EQ((*inputs)[2].path, "s");
  EXPECT_EQ((*inputs)[3].path, "t");
}

TEST_F(ArtifactTableTest, WhatWasNotMadeIsOurBug) {
  ArtifactTable table(g_.graph, sources_);
  EXPECT_THAT(table.InputsOf(At(used_)),
              StatusIs(absl::StatusCode::kInternal,
                       "`out/tree` is needed but was not made"));
  EXPECT_EQ(table.Find(At(made_).outputs[0]), std::nullopt);
}

TEST_F(ArtifactTableTest, SourcesAreResolvedAndProvidedOnce) {
  ArtifactTable table(g_.graph, sources_);
  Adopt(table);
  for (int i = 0; i < 2; ++i) {
    ASSERT_THAT(table.InputsOf(At(used_)), IsOk());
    ASSERT_THAT(table.ProvideSources(At(used_)), IsOk());
  }
  EXPECT_EQ(sources_.resolved["s"], 1);
  EXPECT_EQ(sources_.provided["s"], 1);
  ASSERT_THAT(table.Sources(), SizeIs(2));
  EXPECT_EQ(table.Sources()[0].path, "s");
}

TEST_F(ArtifactTableTest, TheProducerOfALostLeafIsNamed) {
  ArtifactTable table(g_.graph, sources_);
  Adopt(table);
  ASSERT_THAT(table.InputsOf(At(used_)), IsOk());
  ASSERT_THAT(table.ProvideSources(At(used_)), IsOk());
  bool lost_source = true;
  EXPECT_THAT(table.LostProducers(At(used_), store_, &lost_source),
              IsOkAndHolds(IsEmpty()));
  EXPECT_FALSE(lost_source);
  store_.Remove(Digest::Of("leaf"));
  EXPECT_THAT(table.LostProducers(At(used_), store_, &lost_source),
              IsOkAndHolds(ElementsAre(made_)));
  EXPECT_FALSE(lost_source);
}

TEST_F(ArtifactTableTest, ALostSourceIsProvidedAgain) {
  ArtifactTable table(g_.graph, sources_);
  Adopt(table);
  ASSERT_THAT(table.InputsOf(At(used_)), IsOk());
  ASSERT_THAT(table.ProvideSources(At(used_)), IsOk());
  store_.Remove(Digest::Of("source"));
  bool lost_source = false;
  EXPECT_THAT(table.LostProducers(At(used_), store_, &lost_source),
              IsOkAndHolds(IsEmpty()));
  EXPECT_TRUE(lost_source);
  ASSERT_THAT(table.ProvideSources(At(used_)), IsOk());
  EXPECT_EQ(sources_.provided["s"], 2);
  EXPECT_EQ(sources_.provided["t"], 1);
}

}  // namespace
}  // namespace graph
