// SPDX-License-Identifier: Apache-2.0
#include "dsl/runtime/thread.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace dsl {
namespace {

constexpr size_t kSlotChunk = 4096;
// Of more calls than these the middle is left out.
constexpr size_t kInnerNotes = 15;
constexpr size_t kOuterNotes = 5;

// Puts the innermost place in the file that was run first: whoever runs a file
// finds their own line there, and below it how it went on.
void LeadWithFileThatRan(Diagnostic& error) {
  if (!error.span || error.notes.empty() || !error.notes.back().span) return;
  const Source* const ran = error.notes.back().span->source;
  if (error.span.source == ran) return;
  const auto lead = std::find_if(
      error.notes.begin(), error.notes.end(),
      [&](const Note& n) { return n.span && n.span->source == ran; });
  const Span failed = std::exchange(error.span, *lead->span);
  error.notes.erase(lead);
  error.notes.insert(error.notes.begin(), {failed, "it failed here"});
}

}  // namespace

Thread::Thread(Heap& heap) : heap_(&heap) {}

Thread::~Thread() = default;

void Thread::Hang(std::type_index type, void* object) {
  for (auto& [known, hung] : hung_) {
    if (known == type) {
      hung = object;
      return;
    }
  }
  hung_.emplace_back(type, object);
}

void* Thread::Find(std::type_index type) const {
  for (const auto& [known, hung] : hung_) {
    if (known == type) return hung;
  }
  return nullptr;
}

// --- steps ---

namespace {

// A step for so many bytes on the heap, and so many elements or letters that a
// builtin may go through.
constexpr size_t kBytesPerStep = 64;
constexpr size_t kElementsPerStep = 16;
// How often a flag of interruption is looked at.
constexpr uint64_t kInterruptSteps = 1024;

uint64_t SizeOf(Value value) {
  if (!value.is_object()) return 0;
  const std::optional<int64_t> length = value.object()->LengthOf();
  return length ? static_cast<uint64_t>(*length) : 0;
}

}  // namespace

void Thread::SetMaxSteps(uint64_t steps) {
  max_steps_ = std::max<uint64_t>(steps, 1);
  footprint_ = heap_->footprint();
  look_at_ = 0;
}

void Thread::SetInterrupt(const std::atomic<bool>* interrupt) {
  interrupt_ = interrupt;
  look_at_ = 0;
}

bool Thread::LookAtSteps(uint64_t more) {
  steps_ += more;
  if (interrupt_ != nullptr) {
    look_at_ = steps_ + kInterruptSteps;
    if (*interrupt_) {
      look_at_ = 0;
      return false;
    }
  }
  if (max_steps_ == 0) return true;
  look_at_ = 0;
  const size_t footprint = heap_->footprint();
  steps_ += (footprint - footprint_) / kBytesPerStep;
  footprint_ = footprint;
  return steps_ <= max_steps_;
}

bool Thread::ChargeFor(std::span<const Value> values) {
  uint64_t size = 0;
  for (const Value value : values) size += SizeOf(value);
  return LookAtSteps(size / kElementsPerStep);
}

bool Thread::LookAtSpent() {
  return LookAtSteps(std::exchange(spent_, 0) / kElementsPerStep);
}

// Of `sequence * count`, before it takes the memory.
bool Thread::ChargeRepeat(Value a, Value b) {
  if (max_steps_ == 0) return true;
  if (a.is_int()) std::swap(a, b);
  const std::optional<int64_t> count = b.as_int64();
  if (!count || *count <= 0) return true;
  const uint64_t size = SizeOf(a);
  const uint64_t times = static_cast<uint64_t>(*count);
  // Beyond that the operator fails anyhow.
  if (size != 0 && times > (uint64_t{1} << 30) / size) return true;
  return LookAtSteps(size * times / kElementsPerStep);
}

absl::Status Thread::StepError() const {
  if (interrupt_ != nullptr && *interrupt_) {
    return absl::CancelledError("interrupted");
  }
  return absl::InvalidArgumentError(
      absl::StrCat("the limit of ", max_steps_, " steps is exceeded"));
}

void Thread::Print(absl::string_view text) {
  if (print_) print_(text, Place());
}

std::vector<Frame> Thread::CallStack() const {
  std::vector<Frame> frames;
  for (const ActiveFrame* frame = innermost_; frame != nullptr;
       frame = frame->caller) {
    Frame shown{std::string(frame->function), std::nullopt};
    if (frame->caller != nullptr && frame->caller->at != nullptr) {
      shown.call = *frame->caller->at;
    }
    frames.push_back(std::move(shown));
  }
  std::reverse(frames.begin(), frames.end());
  return frames;
}

std::optional<Span> Thread::Place() const {
  if (innermost_ == nullptr || innermost_->at == nullptr) return std::nullopt;
  return *innermost_->at;
}

void Thread::Fail(const absl::Status& status, const Span& place) {
  if (error_ != nullptr &&
      absl::StrContains(status.message(), error_->message)) {
    return;
  }
  Fail(status.message(), place);
}

void Thread::Fail(absl::string_view message, const Span& place) {
  error_ = std::make_unique<Diagnostic>();
  error_->span = place;
  error_->message = std::string(message);
  std::vector<Frame> frames = CallStack();
  std::erase_if(frames, [](const Frame& frame) { return !frame.call; });
  const size_t left_out = frames.size() <= kInnerNotes + kOuterNotes
                              ? 0
                              : frames.size() - kInnerNotes - kOuterNotes;
  for (size_t i = 0; i < frames.size(); ++i) {
    if (left_out > 0 && i == kInnerNotes) {
      error_->notes.push_back(
          {std::nullopt, absl::StrCat("… and ", left_out, " further calls")});
      i += left_out;
    }
    const Frame& frame = frames[frames.size() - 1 - i];
    error_->notes.push_back(
        {frame.call,
         absl::StrCat("in `", frame.function, "`, which was called here")});
  }
  error_->KeepSources();
}

absl::Status Thread::ErrorStatus() const {
  return absl::InvalidArgumentError(error_ == nullptr ? "evaluation failed"
                                                      : error_->message);
}

absl::Status Thread::Enter(ActiveFrame& frame) {
  const auto here = reinterpret_cast<uintptr_t>(&frame);
  if (innermost_ == nullptr) stack_base_ = here;
  const uintptr_t used =
      here < stack_base_ ? stack_base_ - here : here - stack_base_;
  if (!Step()) return StepError();
  if (depth_ >= kMaxCalls || used > kMaxStack) {
    return absl::InvalidArgumentError("calls nest too deeply");
  }
  for (const ActiveFrame* active = innermost_; active != nullptr;
       active = active->caller) {
    if (active->code == frame.code) {
      return absl::InvalidArgumentError(
          absl::StrCat("function `", frame.function, "` called recursively"));
    }
  }
  frame.caller = innermost_;
  innermost_ = &frame;
  ++depth_;
  return absl::OkStatus();
}

// Chunks form a stack of their own: the next one is reused if it is there and
// large enough. What is left of the current one stays unused meanwhile.
void Thread::GrowSlots(size_t count) {
  size_t next = 0;
  for (size_t i = 0; i < slot_chunks_.size(); ++i) {
    if (slot_chunks_[i].end() == slots_end_) next = i + 1;
  }
  if (next < slot_chunks_.size() && slot_chunks_[next].size < count) {
    slot_chunks_.resize(next);
  }
  if (next == slot_chunks_.size()) {
    const size_t size = std::max(count, kSlotChunk);
    slot_chunks_.push_back({std::make_unique<Value[]>(size), size});
  }
  slots_next_ = slot_chunks_[next].slots.get();
  slots_end_ = slot_chunks_[next].end();
}

Diagnostic TakeError(Thread& thread, const absl::Status& status) {
  const std::unique_ptr<Diagnostic> error = thread.ReleaseError();
  Diagnostic diagnostic;
  if (error != nullptr) diagnostic = std::move(*error);
  // Whoever passed the failure on may have added to its message.
  if (error == nullptr ||
      absl::StrContains(status.message(), diagnostic.message)) {
    diagnostic.message = std::string(status.message());
  }
  LeadWithFileThatRan(diagnostic);
  return diagnostic;
}

}  // namespace dsl
