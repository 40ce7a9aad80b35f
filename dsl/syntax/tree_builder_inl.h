// SPDX-License-Identifier: Apache-2.0

// What the two .cc files of TreeBuilder share.

#ifndef GRAPH_DSL_SYNTAX_TREE_BUILDER_INL_H_
#define GRAPH_DSL_SYNTAX_TREE_BUILDER_INL_H_

#include "dsl/syntax/tree_builder.h"

namespace dsl {

template <class T>
T* TreeBuilder::Make(uint32_t begin, uint32_t end) {
  T* expr = arena_.New<T>();
  expr->kind = T::kKind;
  expr->extent = {begin, end};
  return expr;
}

template <class T>
T* TreeBuilder::MakeStatement(uint32_t begin, uint32_t end) {
  T* statement = arena_.New<T>();
  statement->kind = T::kKind;
  statement->extent = {begin, end};
  statements_.push_back(statement);
  return statement;
}

template <class T>
std::span<T> TreeBuilder::Take(std::vector<T>* stack, size_t from) {
  const std::span<T> taken =
      arena_.Copy(stack->data() + from, stack->size() - from);
  stack->resize(from);
  return taken;
}

inline Identifier TreeBuilder::LastName() {
  const Extent extent = Last();
  return {file_.mutable_names().Intern(file_.source()->Text(extent)), extent};
}

}  // namespace dsl

#endif  // GRAPH_DSL_SYNTAX_TREE_BUILDER_INL_H_
