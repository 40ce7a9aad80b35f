// SPDX-License-Identifier: Apache-2.0
// Which files a command opens: what --trace-reads tells. The kernel stops each
// process of the command at each call that opens or runs a file (seccomp's user
// notification), asks us, and goes on with the call itself. It costs about 10
// microseconds a call, and needs no privilege.
//
// A path is read twice, by us and by the kernel, so that a program which
// changes it in between deceives us: this is for diagnosis, no wall.

#ifndef GRAPH_ENGINE_EXEC_ZYGOTE_TRACER_H_
#define GRAPH_ENGINE_EXEC_ZYGOTE_TRACER_H_

#include <sys/types.h>

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace graph {

// Whether it works here. Fails with kFailedPrecondition.
absl::Status ProbeReadTracing();

// In the process that starts commands; of one thread.
class ReadTracer {
 public:
  // Notes what is opened below `root`: absolute, without links.
  explicit ReadTracer(std::string root);

  // In a process that is to become the command: from now on somebody has to
  // Serve() it. Sends what is needed for that to `socket`. 0 or an errno.
  static int TraceSelf(int socket);

  // Serves the process at the other end of `socket`, which calls TraceSelf()
  // first, and all that it starts, until it ends. `process` is a pidfd of it.
  // Returns the errno that it sent for why there is no command; else 0.
  int Serve(int socket, int process);

  // What was opened since the last call: paths relative to the root, each ended
  // by a NUL, sorted. `.` is the root itself; `..` says that there was a
  // process that we could not look into.
  std::string TakeReads();

 private:
  struct Call {
    pid_t process = 0;
    int folder = 0;  // AT_FDCWD or a file of the process.
    uint64_t path = 0;
    bool of_file = false;  // An empty path means `folder` itself.
  };

  // The text at `address` in the memory of `process`; empty if there is none.
  std::string TextAt(pid_t process, uint64_t address);
  void Answer(int listener);
  void Note(const Call& call);
  void NoteFile(const std::string& path, int flags);
  void Add(absl::string_view path);

  const std::string root_;
  std::vector<char> request_;  // As large as the kernel wants them.
  std::vector<char> response_;
  std::set<std::string> reads_;
};

}  // namespace graph

#endif  // GRAPH_ENGINE_EXEC_ZYGOTE_TRACER_H_
