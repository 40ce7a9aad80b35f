// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_ENGINE_OS_SIGNALS_H_
#define GRAPH_ENGINE_OS_SIGNALS_H_

#include <functional>
#include <thread>

#include "engine/os/file_descriptor.h"

namespace graph {

// Turns SIGINT, SIGTERM and SIGHUP into calls on a thread of its own, as long
// as it lives. The second and third Ctrl-C are calls too: `count` tells.
//
// REQUIRES: made before the process has other threads, because threads inherit
// that these signals are blocked. Programs started by the engine get them
// unblocked.
class InterruptWatcher {
 public:
  // `call(signal, count)`: count is 1 for the first signal.
  explicit InterruptWatcher(std::function<void(int signal, int count)> call);
  InterruptWatcher(const InterruptWatcher&) = delete;
  InterruptWatcher& operator=(const InterruptWatcher&) = delete;
  // After this, no call is running; signals have their usual effect again.
  ~InterruptWatcher();

 private:
  void Watch();

  std::function<void(int, int)> call_;
  FileDescriptor signals_;
  FileDescriptor stop_;
  std::thread thread_;
};

// Ends this process at once, without clean-up, as if `signal` had killed it.
[[noreturn]] void DieOfSignal(int signal);

}  // namespace graph

#endif  // GRAPH_ENGINE_OS_SIGNALS_H_
