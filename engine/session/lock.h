// SPDX-License-Identifier: Apache-2.0
// What is asked of a session about graph.lock, and what it answers.

#ifndef GRAPH_ENGINE_SESSION_LOCK_H_
#define GRAPH_ENGINE_SESSION_LOCK_H_

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace graph {

// An entry that differs from the one in graph.lock.
struct LockChange {
  std::string name;
  // The fields of the entry; without any, there was none, or is none any more.
  std::map<std::string, std::string> before;
  std::map<std::string, std::string> after;
  // The rules' targets whose definition it changes, and all that depend on
  // them; sorted.
  std::vector<std::string> affected;
};

// A version that nobody told.
struct LockFailure {
  std::string name;
  std::string place;  // Where it is declared: `app/BUILD.spec:3:1`.
  std::string error;
};

struct LockReport {
  std::vector<LockChange> changes;    // Sorted by name.
  std::vector<LockFailure> failures;  // Likewise.
  int entries = 0;                    // That the lock then has.
  bool written = false;
};

struct LockRequest {
  enum class Kind : uint8_t {
    kFill,    // Asks for what is missing or answers another request.
    kUpdate,  // Asks anew.
  };
  Kind kind = Kind::kFill;
  std::vector<std::string> names;  // kUpdate: of those; none means of all.
  bool dry_run = false;            // Writes nothing.
  // Told what changes before that is written, also if nothing is. May be empty.
  std::function<void(const LockReport&)> tell;
};

// Something in which graph.lock and the spec files do not fit.
struct LockMisfit {
  enum class Kind : uint8_t { kMissing, kStale, kLeftOver };
  Kind kind = Kind::kMissing;
  std::string name;
  std::string place;  // Where it is declared; empty of what is left over.
  std::string text;   // What is wrong, as a sentence without an end.
};

struct LockFit {
  std::vector<LockMisfit> misfits;  // Sorted by name.
  int entries = 0;
};

}  // namespace graph

#endif  // GRAPH_ENGINE_SESSION_LOCK_H_
