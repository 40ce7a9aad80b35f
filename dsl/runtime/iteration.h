// SPDX-License-Identifier: Apache-2.0

// Walking over the elements of a value while it may not be changed.

#ifndef GRAPH_DSL_RUNTIME_ITERATION_H_
#define GRAPH_DSL_RUNTIME_ITERATION_H_

#include "absl/strings/str_cat.h"
#include "dsl/runtime/eval.h"
#include "dsl/runtime/types/dict.h"
#include "dsl/runtime/types/list.h"
#include "dsl/runtime/types/range.h"
#include "dsl/runtime/types/set.h"
#include "dsl/runtime/types/tuple.h"

namespace dsl {

// Keeps a collection from changing while it lives.
template <class T>
class IterationLock {
 public:
  explicit IterationLock(T* collection) : collection_(collection) {
    collection_->BeginIteration();
  }
  ~IterationLock() { collection_->EndIteration(); }
  IterationLock(const IterationLock&) = delete;
  IterationLock& operator=(const IterationLock&) = delete;

 private:
  T* collection_;
};

// The same for any value: what is no collection does not change anyway.
class ValueLock {
 public:
  explicit ValueLock(Value value) : value_(value) {
    Visit([](auto* collection) { collection->BeginIteration(); });
  }
  ~ValueLock() {
    Visit([](auto* collection) { collection->EndIteration(); });
  }
  ValueLock(const ValueLock&) = delete;
  ValueLock& operator=(const ValueLock&) = delete;

 private:
  template <class Visitor>
  void Visit(Visitor visitor) {
    if (value_.is_list()) visitor(static_cast<List*>(value_.object()));
    if (value_.is_dict()) visitor(static_cast<Dict*>(value_.object()));
    if (value_.is_set()) visitor(static_cast<Set*>(value_.object()));
  }

  Value value_;
};

// Calls `body(element)` -> Flow for each element until it says kBreak, kReturn
// or kError. Gives kNext when it came to the end or to a break.
// One turn of a loop.
template <class Body>
Flow Turn(EvalFrame& frame, Value element, const Span& place, Body& body) {
  if (frame.thread.Step()) return body(element);
  frame.Fail(place, frame.thread.StepError());
  return Flow::kError;
}

template <class Body>
Flow ForEachEntry(EvalFrame& frame, std::span<const HashTable::Entry> entries,
                  const Span& place, Body body) {
  for (const HashTable::Entry& entry : entries) {
    if (!entry.live()) continue;
    const Flow flow = Turn(frame, entry.key, place, body);
    if (flow == Flow::kBreak) break;
    if (flow >= Flow::kReturn) return flow;
  }
  return Flow::kNext;
}

template <class Body>
Flow ForEachElement(EvalFrame& frame, std::span<const Value> elements,
                    const Span& place, Body body) {
  for (const Value element : elements) {
    const Flow flow = Turn(frame, element, place, body);
    if (flow == Flow::kBreak) break;
    if (flow >= Flow::kReturn) return flow;
  }
  return Flow::kNext;
}

template <class Body>
Flow ForEach(EvalFrame& frame, Value iterable, const Span& place, Body body) {
  if (iterable.is_object()) {
    Object* object = iterable.object();
    switch (object->kind()) {
      case Kind::kList: {
        IterationLock<List> lock(static_cast<List*>(object));
        return ForEachElement(frame, Elements(iterable), place, body);
      }
      case Kind::kTuple:
        return ForEachElement(frame, Elements(iterable), place, body);
      case Kind::kRange: {
        const auto& range = static_cast<const Range&>(*object);
        for (int64_t i = 0; i < range.size(); ++i) {
          const Flow flow = Turn(frame, Value::Int(range.at(i)), place, body);
          if (flow == Flow::kBreak) break;
          if (flow >= Flow::kReturn) return flow;
        }
        return Flow::kNext;
      }
      case Kind::kDict: {
        IterationLock<Dict> lock(static_cast<Dict*>(object));
        return ForEachEntry(frame, static_cast<Dict*>(object)->entries(), place,
                            body);
      }
      case Kind::kSet: {
        IterationLock<Set> lock(static_cast<Set*>(object));
        return ForEachEntry(frame, static_cast<Set*>(object)->entries(), place,
                            body);
      }
      default:
        break;
    }
  }
  frame.Fail(place, absl::StrCat("a value of type ", iterable.type_name(),
                                 " is not iterable"));
  return Flow::kError;
}

}  // namespace dsl

#endif  // GRAPH_DSL_RUNTIME_ITERATION_H_
