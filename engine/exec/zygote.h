// SPDX-License-Identifier: Apache-2.0
// The small process that starts the commands of one slot, so that the engine,
// which may be large, never forks. It is our own binary, started anew with a
// private first argument.

#ifndef GRAPH_ENGINE_EXEC_ZYGOTE_H_
#define GRAPH_ENGINE_EXEC_ZYGOTE_H_

namespace graph {

// Whether this process was started to be a zygote, or to enter a sandbox that
// was kept (see sandbox_enter.h). Every program that makes a
// LocalRunner calls this first in main(), before it makes a thread, and if so
// returns ZygoteMain(argc, argv).
bool IsZygote(int argc, char** argv);

// Serves the engine that started it until that engine goes away.
int ZygoteMain(int argc, char** argv);

}  // namespace graph

#endif  // GRAPH_ENGINE_EXEC_ZYGOTE_H_
