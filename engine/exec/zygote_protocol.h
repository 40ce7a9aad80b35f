// SPDX-License-Identifier: Apache-2.0
// What an engine and its zygotes say to each other, over a stream socket:
//
//   zygote → engine, once   ZygoteHello, then `error_size` bytes of text; no
//                           text: ready
//   engine → zygote         ZygoteRequest, then `body_size` bytes: the words
//                           of the command, then its `NAME=value`s, each
//                           ended by a NUL
//   engine → outer process  over kZygoteLife: ZygoteTree, then `name_size` and
//                           `path_size` bytes; see ShowTree() in sandbox.h
//   outer process → engine  ZygoteHello, as above
//   zygote → engine         ZygoteReply, when no process of the command lives,
//                           then `reads_size` bytes: as ReadTracer::TakeReads()
//
// Both ends are the same program, so numbers are in the machine's own form.

#ifndef GRAPH_ENGINE_EXEC_ZYGOTE_PROTOCOL_H_
#define GRAPH_ENGINE_EXEC_ZYGOTE_PROTOCOL_H_

#include <cstdint>

namespace graph {

// argv of a zygote: [any, kZygoteArgument, name of the isolation, toolchain
// root, exec root, scratch folder (basic: what commands have for /tmp),
// kZygoteLoopback or kZygoteNoNetwork (strict), control group to join or "",
// SandboxPlaces::changes (strict), folder of trees or "" (strict)].
inline constexpr char kZygoteArgument[] = "--graph-zygote";
inline constexpr int kZygoteArgumentCount = 10;
// argv of one who enters a sandbox that was kept: [any, kEnterArgument, its
// folder, words of a command …]; no command is a shell.
inline constexpr char kEnterArgument[] = "--enter-sandbox";
inline constexpr char kZygoteLoopback[] = "loopback";
inline constexpr char kZygoteNoNetwork[] = "no-network";

// The files that a zygote is born with.
enum ZygoteFile : int {
  kZygoteRequests = 3,  // The socket of the messages above.
  kZygoteLife = 4,    // Ends when the zygote is to go, with all its processes.
  kZygoteStdout = 5,  // Memory that commands write to; emptied by the engine.
  kZygoteStderr = 6,
};

// Where the exec root is in the sandbox.
inline constexpr char kSandboxRoot[] = "/build";

struct ZygoteHello {
  uint32_t error_size;
};

struct ZygoteTree {
  uint32_t name_size;
  uint32_t path_size;
};

struct ZygoteRequest {
  uint32_t body_size;
  uint32_t argument_count;
  uint32_t variable_count;
  uint32_t process_limit;  // 0: none; so for the next.
  int64_t memory_limit;    // Bytes, of each process.
  uint64_t trace_reads;    // Not 0: note what it opens.
};

struct ZygoteReply {
  int32_t wait_status;  // As wait(2) gives it.
  int32_t start_errno;  // Not 0: the program could not be started.
  int64_t wall_us;
  int64_t cpu_us;
  int64_t max_rss_kb;
  uint64_t reads_size;
};

}  // namespace graph

#endif  // GRAPH_ENGINE_EXEC_ZYGOTE_PROTOCOL_H_
