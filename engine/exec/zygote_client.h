// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_ENGINE_EXEC_ZYGOTE_CLIENT_H_
#define GRAPH_ENGINE_EXEC_ZYGOTE_CLIENT_H_

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/cas/action_cache.h"
#include "engine/exec/zygote_protocol.h"
#include "engine/os/file_descriptor.h"

namespace graph {

// Whether namespaces as the sandbox needs them can be made here. Costs a
// fraction of a millisecond. Fails with kFailedPrecondition.
absl::Status ProbeNamespaces();

// The engine's hold on one zygote: the process lives no longer than this. One
// thread at a time, but for Interrupt().
class ZygoteClient {
 public:
  struct Options {
    Isolation level = Isolation::kStrict;
    std::string toolchain_root;
    std::string exec_root;  // With a folder `graph-out`.
    std::string scratch;    // kBasic: the folder that commands have for /tmp.
    bool loopback = false;  // kStrict: commands can talk to themselves.
    std::string group;      // A control group's folder, or empty.
    // kStrict: if not empty, toolchain_root is a root filesystem that commands
    // may change; see SandboxPlaces.
    std::string changes;
    std::string trees;  // kStrict: what Show() shows is in this folder.
  };
  struct Command {
    const std::vector<std::string>& argv;
    const std::vector<std::pair<std::string, std::string>>& env;
    int64_t timeout_s = 0;  // 0: none; so for the others.
    int64_t memory_limit = 0;
    uint32_t process_limit = 0;
    bool trace_reads = false;
  };
  struct Outcome {
    enum class End : uint8_t {
      kReplied,   // `reply` tells.
      kTimedOut,  // The zygote is to be replaced, as for those below.
      kTooLoud,   // The command wrote more than kMaxOutputBytes to a stream.
      kGone,      // The zygote ended, or was told to.
    };
    End end = End::kGone;
    ZygoteReply reply{};
    std::string stdout_text;
    std::string stderr_text;
    // Of a traced command: paths relative to the exec root, sorted.
    std::vector<std::string> reads;
  };

  static constexpr int64_t kMaxOutputBytes = int64_t{256} << 20;

  // Returns when the sandbox stands. Fails with kFailedPrecondition if this
  // machine does not allow it.
  static absl::StatusOr<std::unique_ptr<ZygoteClient>> Start(
      const Options& options);

  // All processes of the zygote are gone afterwards.
  ~ZygoteClient();

  // Shows the folder `name` below Options::trees at the folder `path` below the
  // exec root, to all commands from now on; until somebody removes that folder,
  // or this ends. After a failure, destroy this object.
  absl::Status Show(const std::string& name, const std::string& path);

  // Runs a command to its end. If `end` is not kReplied, destroy this object:
  // only then is it sure that no process of the command lives.
  Outcome Run(const Command& command);

  // Makes a running or later Run() end soon with kGone. Any thread.
  void Interrupt();

 private:
  ZygoteClient() = default;
  absl::Status Launch(const Options& options);
  static absl::Status AwaitHello(const FileDescriptor& from);
  static bool Send(const FileDescriptor& to, absl::string_view message);
  bool SendRequest(const Command& command);
  Outcome::End AwaitReply(int64_t timeout_s, Outcome* outcome);
  bool TooLoud() const;

  FileDescriptor requests_;
  FileDescriptor life_;
  FileDescriptor stdout_;
  FileDescriptor stderr_;
  int process_ = 0;
};

}  // namespace graph

#endif  // GRAPH_ENGINE_EXEC_ZYGOTE_CLIENT_H_
