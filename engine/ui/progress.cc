// SPDX-License-Identifier: Apache-2.0

#include "engine/ui/progress.h"

#include <utility>
#include <variant>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "engine/os/clock.h"
#include "engine/os/terminal.h"

namespace graph {
namespace {

// A request that ends before this draws nothing.
constexpr int64_t kFirstPictureMs = 100;
constexpr int64_t kBetweenPicturesMs = 100;
constexpr int64_t kBetweenLinesMs = 5000;
constexpr int kMostLines = 9;
constexpr int kUsualColumns = 80;

}  // namespace

Progress::Progress(const ProgressOptions& options, Screen screen)
    : options_(options),
      screen_(std::move(screen)),
      next_ms_(options.terminal ? kFirstPictureMs : kBetweenLinesMs) {}

Progress::~Progress() {
  MutexLock lock(&mu_);
  const std::string erasure = TakeErasure();
  if (!erasure.empty()) screen_.write(erasure);
}

void Progress::Emit(const Event& event) {
  MutexLock lock(&mu_);
  state_.Apply(event, screen_.now_ms());
  if (const auto* failure = std::get_if<ActionFailed>(&event)) {
    PrintLocked(FormatFailure(*failure, options_.style));
  } else if (const auto* warning = std::get_if<Warning>(&event)) {
    PrintLocked(FormatWarning(*warning, options_.style));
  } else if (const auto* test = std::get_if<TestFinished>(&event)) {
    const bool good = test->status == TestFinished::Status::kPassed;
    if (!good || !options_.quiet) {
      PrintLocked(FormatTest(*test, options_.style));
    }
  } else if (const auto* reads = std::get_if<ReadsTraced>(&event)) {
    if (reads->inputs > 0) PrintLocked(FormatReads(*reads));
  } else if (const auto* finished = std::get_if<Finished>(&event)) {
    const bool silent = options_.quiet || !options_.summary;
    PrintLocked(silent ? "" : FormatSummary(*finished, options_.style));
  }
  DrawIfDue();
}

void Progress::Tick() {
  MutexLock lock(&mu_);
  DrawIfDue();
}

void Progress::Print(absl::string_view text) {
  MutexLock lock(&mu_);
  PrintLocked(text);
}

void Progress::PrintLocked(absl::string_view text) {
  const bool was_drawn = drawn_lines_ > 0;
  const std::string whole = absl::StrCat(TakeErasure(), text);
  if (!whole.empty()) screen_.write(whole);
  if (was_drawn) next_ms_ = 0;  // Put the picture back.
}

void Progress::DrawIfDue() {
  if (options_.quiet || state_.phase == ProgressState::Phase::kFinished) return;
  const int64_t now = screen_.now_ms();
  if (now < next_ms_) return;
  if (!options_.terminal) {
    next_ms_ = now + kBetweenLinesMs;
    screen_.write(absl::StrCat(ProgressLine(state_, now), "\n"));
    return;
  }
  next_ms_ = now + kBetweenPicturesMs;
  // One column stays free: a full line would move the cursor in some terminals.
  const std::vector<std::string> lines = ProgressLines(
      state_, now, screen_.columns() - 1, kMostLines, options_.style);
  std::string picture = TakeErasure();
  for (const std::string& line : lines) absl::StrAppend(&picture, line, "\n");
  drawn_lines_ = static_cast<int>(lines.size());
  screen_.write(picture);
}

std::string Progress::TakeErasure() {
  if (drawn_lines_ == 0) return "";
  // To the first line's begin, and clear all below.
  return absl::StrCat("\x1b[", std::exchange(drawn_lines_, 0), "A\r\x1b[J");
}

Ticker::Ticker(Progress& progress) {
  thread_ = std::thread([this, &progress] {
    MutexLock lock(&mu_);
    while (!mu_.AwaitWithTimeout(LockCondition(&stop_),
                                 absl::Milliseconds(kBetweenPicturesMs))) {
      progress.Tick();
    }
  });
}

Ticker::~Ticker() {
  {
    MutexLock lock(&mu_);
    stop_ = true;
  }
  thread_.join();
}

Screen StandardErrorScreen() {
  const int64_t begin = MonotonicMicros();
  return {
      .write =
          [](absl::string_view text) {
            (void)WriteTo(StandardStream::kError,
                          text);  // Nobody reads: go on.
          },
      .columns =
          [] {
            return TerminalWidth(StandardStream::kError)
                .value_or(kUsualColumns);
          },
      .now_ms = [begin] { return (MonotonicMicros() - begin) / 1000; },
  };
}

}  // namespace graph
