// SPDX-License-Identifier: Apache-2.0

// From the text of a file to a frozen module.

#ifndef GRAPH_DSL_RUNTIME_MODULE_H_
#define GRAPH_DSL_RUNTIME_MODULE_H_

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "dsl/runtime/environment.h"
#include "dsl/runtime/heap.h"
#include "dsl/runtime/thread.h"
#include "dsl/runtime/value.h"
#include "dsl/syntax/diagnostic.h"
#include "dsl/syntax/file.h"
#include "dsl/syntax/parser.h"
#include "dsl/syntax/source.h"

namespace dsl {

struct Code;
struct ModuleData;

// One load() of a file.
struct Load {
  std::string path;  // as written
  Span span;         // of the path's literal
  std::vector<std::string> names;
};

// A compiled file: immutable, to be executed any number of times, from any
// thread.
class Program {
 public:
  Program();
  ~Program();

  std::span<const Load> loads() const { return loads_; }
  const std::shared_ptr<const Source>& source() const { return source_; }
  // The docstring of the file, or "".
  const std::string& doc() const { return doc_; }

  // --- for the compiler and Execute ---
  std::shared_ptr<const Source> source_;
  std::vector<Load> loads_;
  std::string doc_;
  std::unique_ptr<Code> code_;
};

// Resolves a parsed file that may use the names of the environment, for tools
// that want its tree (resolver.h).
bool Resolve(File& file, const Environment& predeclared,
             Diagnostics& diagnostics);

// Parses, resolves and compiles a file that may use the names of the
// environment. Nullptr if there were errors; they are in the sink.
std::shared_ptr<const Program> Compile(std::shared_ptr<const Source> source,
                                       FileKind kind,
                                       const Environment& predeclared,
                                       Diagnostics& diagnostics);

// The names that a file gives to others, with their values. Frozen; safe to
// read, and its functions safe to call, from many threads, each with a Thread
// and a Heap of its own. Keeps its heap, its program and the modules that it
// loaded alive.
class Module {
 public:
  Module();
  ~Module();

  std::optional<Value> Find(absl::string_view name) const;
  // The globals in the order in which the file binds them first; those that
  // it loads are not among them.
  std::vector<absl::string_view> Names() const;
  const Program& program() const { return *program_; }
  const std::shared_ptr<Heap>& heap() const { return heap_; }

  // --- for Execute and the evaluator ---
  std::shared_ptr<const Program> program_;
  std::shared_ptr<Heap> heap_;
  std::shared_ptr<const ModuleData> data_;
};

// What globals are bound to before a file runs, by name; nothing for most.
using GlobalsBefore =
    std::function<std::optional<Value>(absl::string_view name)>;

// Runs a file. `loaded` are the modules of program.loads(), one by one;
// `thread` is one made with *heap. On success the heap is frozen and the
// module owns it; on failure thread.error() tells what happened, as for Call.
// Values that the file made stay valid as long as the heap in both cases.
// `before` serves a shell, which runs its lines as files one after the other.
absl::StatusOr<std::shared_ptr<const Module>> Execute(
    std::shared_ptr<const Program> program,
    std::span<const std::shared_ptr<const Module>> loaded,
    std::shared_ptr<const Environment> predeclared, std::shared_ptr<Heap> heap,
    Thread& thread, const GlobalsBefore& before = nullptr);

}  // namespace dsl

#endif  // GRAPH_DSL_RUNTIME_MODULE_H_
