// SPDX-License-Identifier: Apache-2.0
// Shows a request as it goes on: a picture that is redrawn in a terminal, lines
// a few seconds apart elsewhere.

#ifndef GRAPH_ENGINE_UI_PROGRESS_H_
#define GRAPH_ENGINE_UI_PROGRESS_H_

#include <cstdint>
#include <functional>
#include <string>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/strings/string_view.h"
#include "engine/base/mutex.h"
#include "engine/event/event.h"
#include "engine/ui/format.h"
#include "engine/ui/progress_state.h"

namespace graph {

struct ProgressOptions {
  bool terminal = false;  // May be redrawn with cursor movements.
  bool quiet = false;     // Failures and warnings only.
  bool summary = true;    // One line at the end.
  Style style;
};

// What is drawn on, and how it tells the time.
struct Screen {
  std::function<void(absl::string_view)> write;
  std::function<int()> columns;
  std::function<int64_t()> now_ms;  // Since the command began.
};

// Draws events on a screen. What stays (failures, warnings, test results, the
// summary) is written in one piece each, above the picture. The picture is gone
// and the terminal as before once Finished came, or this is destroyed. It hides
// no cursor and sets no mode, so a killed process leaves nothing to restore.
//
// Safe for concurrent use. It draws on events, at most every 100 ms, and when
// Tick() is called.
class Progress : public EventSink {
 public:
  Progress(const ProgressOptions& options, Screen screen);
  ~Progress() override;

  void Emit(const Event& event) override;
  // Redraws if it is time to.
  void Tick();
  // Writes `text` above the picture.
  void Print(absl::string_view text);

 private:
  void PrintLocked(absl::string_view text) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  void DrawIfDue() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  std::string TakeErasure() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);

  const ProgressOptions options_;
  const Screen screen_;
  Mutex mu_;
  ProgressState state_ ABSL_GUARDED_BY(mu_);
  int drawn_lines_ ABSL_GUARDED_BY(mu_) = 0;
  int64_t next_ms_ ABSL_GUARDED_BY(mu_);
};

// Calls Tick() ten times a second on a thread of its own, as long as it lives.
class Ticker {
 public:
  explicit Ticker(Progress& progress);
  ~Ticker();

 private:
  Mutex mu_;
  bool stop_ ABSL_GUARDED_BY(mu_) = false;
  std::thread thread_;
};

// The standard error stream of this process.
Screen StandardErrorScreen();

}  // namespace graph

#endif  // GRAPH_ENGINE_UI_PROGRESS_H_
