// SPDX-License-Identifier: Apache-2.0
// The file of --events: one JSON object a line, each with `event` and
// `time_ms`, the milliseconds since the command began. The last is `finished`,
// so its time is that of the whole command.
//
//   {"event": "loading", …}
//   {"event": "analysed", "packages": 3, "targets": 9, "actions": 12, …}
//   {"event": "executing", "total": 12, "jobs": 4, …}
//   {"event": "action", "label": "//a:b", "mnemonic": "Genrule",
//    "how": "run|cached_local|cached_remote|remote", "key": "…", "ms": 8,
//    "ok": true, …}
//   {"event": "action_failed", "label": …, "mnemonic": …, "reason": …,
//    "stdout": …, "stderr": …, "repeat": …, …}
//   {"event": "test", "label": …, "status": "passed|failed|timed_out|skipped",
//    "cached": false, "ms": 8, "log": …, …}
//   {"event": "warning", "text": …, …}
//   {"event": "finished", "ok": true, "exit_code": 0, "actions": {"total": 12,
//    "run": 4, "cached_local": 8, "cached_remote": 0, "remote": 0,
//    "failed": 0}, "time_ms": 1234}
//
// Each action is written once, when it has ended.

#ifndef GRAPH_ENGINE_UI_EVENT_LOG_H_
#define GRAPH_ENGINE_UI_EVENT_LOG_H_

#include <cstdint>
#include <cstdio>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/base/mutex.h"
#include "engine/event/event.h"

namespace graph {

// One line without its end; empty for events that are not written.
std::string EventLine(const Event& event, int64_t now_ms);

// Safe for concurrent use. A line reaches the file with the first event a
// quarter of a second later, and all have when it is closed.
class EventLog : public EventSink {
 public:
  // Replaces what `path` held. Fails as the system says.
  static absl::StatusOr<std::unique_ptr<EventLog>> Open(
      const std::string& path, std::function<int64_t()> now_ms);
  ~EventLog() override;

  void Emit(const Event& event) override;
  // kDataLoss if something could not be written. Nothing is written after.
  absl::Status Close();

 private:
  EventLog(std::string path, std::FILE* file, std::function<int64_t()> now_ms);

  const std::string path_;
  const std::function<int64_t()> now_ms_;
  Mutex mu_;
  std::FILE* file_ ABSL_GUARDED_BY(mu_);
  int64_t next_flush_ms_ ABSL_GUARDED_BY(mu_) = 0;
};

// Passes every event on to each of `sinks`, in their order; they outlive it.
class TeeSink : public EventSink {
 public:
  explicit TeeSink(std::vector<EventSink*> sinks) : sinks_(std::move(sinks)) {}
  void Emit(const Event& event) override {
    for (EventSink* sink : sinks_) sink->Emit(event);
  }

 private:
  const std::vector<EventSink*> sinks_;
};

}  // namespace graph

#endif  // GRAPH_ENGINE_UI_EVENT_LOG_H_
