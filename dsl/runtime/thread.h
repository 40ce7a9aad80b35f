// SPDX-License-Identifier: Apache-2.0

// Thread, one strand of evaluation.

#ifndef GRAPH_DSL_RUNTIME_THREAD_H_
#define GRAPH_DSL_RUNTIME_THREAD_H_

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <typeindex>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "dsl/runtime/arguments.h"
#include "dsl/runtime/heap.h"
#include "dsl/runtime/value.h"
#include "dsl/syntax/diagnostic.h"
#include "dsl/syntax/source.h"

namespace dsl {

// A call that is under way: the function, and the place that called it (absent
// for calls from C++).
struct Frame {
  std::string function;
  std::optional<Span> call;
};

// A call that is under way, as the evaluator keeps it on the C++ stack.
struct ActiveFrame {
  ActiveFrame* caller = nullptr;
  // Identifies the function's code: no code is active twice. Null for builtins.
  const void* code = nullptr;
  absl::string_view function;
  // Where this frame is now; set before each call that it makes.
  const Span* at = nullptr;
};

// The state of one strand of evaluation: where new values go, the calls under
// way, the last error, and what the embedder hangs on it. Used by one thread of
// the system at a time; many may run at once, over shared frozen modules.
class Thread {
 public:
  explicit Thread(Heap& heap);
  ~Thread();
  Thread(const Thread&) = delete;
  Thread& operator=(const Thread&) = delete;

  Heap& heap() { return *heap_; }

  // Hangs an object of the embedder's on the thread, one of each type, for its
  // builtins to find. Not owned.
  template <class T>
  void Set(T* object) {
    Hang(typeid(T), object);
  }
  // The T that was hung on the thread, or nullptr.
  template <class T>
  T* Get() const {
    return static_cast<T*>(Find(typeid(T)));
  }

  // Takes what print() says, with the place of the call if there is one;
  // by default nobody does.
  using PrintFunction =
      std::function<void(absl::string_view text, std::optional<Span> place)>;
  void SetPrint(PrintFunction print) { print_ = std::move(print); }
  void Print(absl::string_view text);

  // Lets an evaluation fail once it has taken more than so many steps. A step
  // is a call or a turn of a loop; what a builtin or an operator does to a
  // large value counts by its size, and so does what is put on the heap. The
  // same program takes the same steps each time. For good: what was caught in
  // between goes on counting.
  void SetMaxSteps(uint64_t steps);
  // Lets an evaluation fail soon after the flag is set. Not owned; read at any
  // time.
  void SetInterrupt(const std::atomic<bool>* interrupt);

  // The calls under way, outermost first.
  std::vector<Frame> CallStack() const;
  // Where the innermost function of the language is now.
  std::optional<Span> Place() const;

  // What the last failed evaluation was: its place, message and, as notes, the
  // calls that led there. Null if none failed since TakeError. Whoever goes on
  // after a failed Call has to drop it, with ReleaseError.
  const Diagnostic* error() const { return error_.get(); }

  // --- for the evaluator ---

  // Counts a step; false if there may be no more: StepError() says why.
  bool Step() { return ++steps_ < look_at_ || LookAtSteps(0); }
  // Counts what work on these values takes, beyond one step.
  bool Charge(std::span<const Value> values) {
    return max_steps_ == 0 || ChargeFor(values);
  }
  bool ChargeRepeat(Value a, Value b);
  // Counts elements that a walk over values comes to, likewise.
  bool Spend(size_t elements) {
    spent_ += elements;
    return spent_ < kSpentAtOnce || LookAtSpent();
  }
  bool limited() const { return max_steps_ != 0; }
  absl::Status StepError() const;

  // Makes the error of the status at the place, unless one is pending already
  // (then the status is that error on its way up).
  void Fail(const absl::Status& status, const Span& place);
  void Fail(absl::string_view message, const Span& place);
  // The pending error as a status: InvalidArgument with the bare message.
  absl::Status ErrorStatus() const;
  std::unique_ptr<Diagnostic> ReleaseError() { return std::move(error_); }

  // Calls nest at most this deep, and with the expressions around them use at
  // most so much of the C++ stack; more is an error. The system's threads have
  // 8 MiB.
  static constexpr int kMaxCalls = 400;
  static constexpr uintptr_t kMaxStack = 4 << 20;

  // Enters a call, unless it would be too deep or a recursion: an error then.
  // The frame lives until Leave.
  absl::Status Enter(ActiveFrame& frame);
  void Leave() {
    innermost_ = innermost_->caller;
    --depth_;
  }
  ActiveFrame* innermost() const { return innermost_; }

  // A stack of values for the locals and arguments of calls.
  Value* PushSlots(size_t count) {
    if (count > static_cast<size_t>(slots_end_ - slots_next_)) GrowSlots(count);
    Value* slots = slots_next_;
    slots_next_ += count;
    return slots;
  }
  // Where the stack of values stands; restored with PopSlots.
  struct SlotMark {
    Value* next;
    Value* end;
  };
  SlotMark MarkSlots() const { return {slots_next_, slots_end_}; }
  void PopSlots(SlotMark mark) {
    slots_next_ = mark.next;
    slots_end_ = mark.end;
  }

 private:
  void Hang(std::type_index type, void* object);
  void* Find(std::type_index type) const;
  void GrowSlots(size_t count);
  bool LookAtSteps(uint64_t more);
  bool ChargeFor(std::span<const Value> values);
  bool LookAtSpent();

  static constexpr uint64_t kSpentAtOnce = 1024;

  Heap* heap_;
  uint64_t steps_ = 0;
  uint64_t look_at_ = ~uint64_t{0};  // steps at which to look at the limits
  uint64_t spent_ = 0;               // elements, not yet among the steps
  uint64_t max_steps_ = 0;           // 0 if there is no limit
  size_t footprint_ = 0;             // of the heap, at the last look
  const std::atomic<bool>* interrupt_ = nullptr;
  ActiveFrame* innermost_ = nullptr;
  int depth_ = 0;
  uintptr_t stack_base_ = 0;  // of the outermost frame
  Value* slots_next_ = nullptr;
  Value* slots_end_ = nullptr;
  struct SlotChunk {
    std::unique_ptr<Value[]> slots;
    size_t size;
    Value* end() const { return slots.get() + size; }
  };
  std::vector<SlotChunk> slot_chunks_;
  std::unique_ptr<Diagnostic> error_;
  PrintFunction print_;
  std::vector<std::pair<std::type_index, void*>> hung_;
};

// Calls a value from C++. A failure is InvalidArgument with the bare message;
// thread.error() then tells where and how it came there.
absl::StatusOr<Value> Call(Thread& thread, Value function,
                           std::span<const Value> positional = {},
                           std::span<const NamedValue> named = {});

// Where a function of the language is defined: its name in the `def`, or the
// whole lambda. Nothing for other values.
std::optional<Span> DefinitionOf(Value function);

// The diagnostic of a failed evaluation, to be put into a sink: the thread's
// error if there is one, or else the status's message without a place. Its
// place is the innermost in the file that was run; notes tell where it failed,
// if that is another file, and the calls that led there, innermost first.
Diagnostic TakeError(Thread& thread, const absl::Status& status);

}  // namespace dsl

#endif  // GRAPH_DSL_RUNTIME_THREAD_H_
