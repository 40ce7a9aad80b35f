// SPDX-License-Identifier: Apache-2.0
// What one command needs around its session: the display, the events file, and
// Ctrl-C.

#ifndef GRAPH_ENGINE_CLI_REQUEST_H_
#define GRAPH_ENGINE_CLI_REQUEST_H_

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/base/cancellation.h"
#include "engine/cli/flags.h"
#include "engine/cli/verb.h"
#include "engine/os/signals.h"
#include "engine/session/session.h"
#include "engine/ui/event_log.h"
#include "engine/ui/progress.h"

namespace graph {

// From here to Finish(), SIGINT cancels. One thread at a time.
class Request {
 public:
  enum class Kind : uint8_t {
    kBuild,     // Ends with a summary.
    kQuestion,  // Says nothing if all is well.
  };

  // REQUIRES: the process has no other thread yet.
  Request(Kind kind, const Arguments& arguments, std::string directory,
          const Streams& streams);
  ~Request();

  // Opens the events file and the session, once. `arguments` outlive this.
  absl::StatusOr<Session*> Open();

  // Shows `text` among the progress, unless --quiet.
  void Print(absl::string_view text);

  // Ends the display and, with the session, whatever it holds. From here on
  // SIGINT is left to a program that we started.
  void EndDisplay(Finished finished);

  // The exit code for `status`, which is told to the user. Ends all, as
  // Finish() does.
  int Fail(const absl::Status& status, const Finished& totals = {});
  // The last event, and `exit_code` again, unless the events file could not be
  // written.
  int Finish(int exit_code, Finished totals = {});

  bool interrupted() const { return cancellation_.cancelled(); }

 private:
  void Interrupt(int signal, int count);

  const Kind kind_;
  const Arguments& arguments_;
  const std::string directory_;
  const Streams& streams_;
  Cancellation cancellation_;
  std::atomic<bool> listening_ = true;
  Screen screen_;
  InterruptWatcher watcher_;  // Before all that starts threads.
  std::unique_ptr<Progress> progress_;
  std::unique_ptr<Ticker> ticker_;
  std::unique_ptr<EventLog> log_;
  std::unique_ptr<TeeSink> events_;
  std::unique_ptr<Session> session_;
};

// DESIGN.md section 7; see session.h for what the codes mean.
int ExitCodeOf(const absl::Status& status);

// `error: …` and a line's end, or the diagnostics that it holds as they are.
std::string ErrorText(const absl::Status& status);

// What the common options set, for SessionOptions.
std::vector<std::pair<std::string, std::string>> SettingFlags(
    const Arguments& arguments, const std::string& directory);

}  // namespace graph

#endif  // GRAPH_ENGINE_CLI_REQUEST_H_
