// SPDX-License-Identifier: Apache-2.0
// What happened, as plain values: emitted by every room, drawn by `ui`, logged
// by --events. Nothing in the engine reads them back.

#ifndef GRAPH_ENGINE_EVENT_EVENT_H_
#define GRAPH_ENGINE_EVENT_EVENT_H_

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace graph {

// How the result of an action was had.
enum class How : uint8_t { kRun, kCachedLocal, kCachedRemote, kRemote };

struct LoadingStarted {};

// All packages that the patterns need are loaded, all targets analysed.
struct AnalysisFinished {
  int packages = 0;
  int targets = 0;
  int actions = 0;
};

// From here on actions run; `total` of them at most.
struct ExecutionStarted {
  int total = 0;
  int jobs = 0;
};

struct ActionStarted {
  uint32_t action = 0;  // Names the action until it has finished.
  std::string label;
  std::string mnemonic;
  std::string message;
};

struct ActionFinished {
  uint32_t action = 0;
  std::string label;
  std::string mnemonic;
  How how = How::kRun;
  std::string key;  // Digest as text.
  int64_t ms = 0;
  bool ok = true;
  bool tolerated = false;  // Not ok, and the build goes on without it.
};

// A failed action, with all that it said.
struct ActionFailed {
  uint32_t action = 0;
  std::string label;
  std::string mnemonic;
  std::string reason;  // `exit code 2`, `killed by signal 9`, `timed out`, …
  std::string stdout_text;
  std::string stderr_text;
  std::string repeat_command;  // For a shell; empty if there is none.
  bool tolerated = false;      // The build goes on without it.
  std::string advice;          // What to do about it: lines, or empty.
};

struct TestFinished {
  enum class Status : uint8_t { kPassed, kFailed, kTimedOut, kSkipped };
  std::string label;
  Status status = Status::kPassed;
  bool cached = false;
  int64_t ms = 0;
  std::string log_path;  // Relative to the workspace.
};

// A declared input that no command of its target has read.
struct UnreadInput {
  std::string path;       // Below the root in which actions run.
  std::string label;      // Who it belongs to.
  std::string attribute;  // Of the target, that names it; empty: unknown.
};

// What the commands of one target read, in a build that looks.
struct ReadsTraced {
  std::string label;
  int inputs = 0;  // Declared files and folders.
  int inputs_read = 0;
  int files_read = 0;  // And folders listed; of these inputs or in them.
  std::vector<UnreadInput> unread;  // By path.
  bool partial = false;  // There may have been more that nobody could see.
};

// Something that the user should know and that stops nothing.
struct Warning {
  std::string text;
};

struct Finished {
  bool ok = true;
  int exit_code = 0;
  int total = 0;  // Actions that the request needed.
  int run = 0;
  int cached_local = 0;
  int cached_remote = 0;
  int remote = 0;
  int failed = 0;
  int tolerated = 0;  // Failed, and nobody minds.
  int64_t time_ms = 0;
};

using Event = std::variant<LoadingStarted, AnalysisFinished, ExecutionStarted,
                           ActionStarted, ActionFinished, ActionFailed,
                           TestFinished, ReadsTraced, Warning, Finished>;

// Where events go. Safe for concurrent use; Emit returns soon.
class EventSink {
 public:
  virtual ~EventSink() = default;
  virtual void Emit(const Event& event) = 0;
};

}  // namespace graph

#endif  // GRAPH_ENGINE_EVENT_EVENT_H_
