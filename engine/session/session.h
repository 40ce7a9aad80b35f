// SPDX-License-Identifier: Apache-2.0
// The engine as one object: opens a workspace, owns every part, and answers the
// questions of the command line and of embedders. It decides nothing itself.

#ifndef GRAPH_ENGINE_SESSION_SESSION_H_
#define GRAPH_ENGINE_SESSION_SESSION_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/base/cancellation.h"
#include "engine/docs/module_docs.h"
#include "engine/event/event.h"
#include "engine/query/query_graph.h"
#include "engine/session/lock.h"

namespace graph {

// A setting as resolved, and who said so: `default`, `WORKSPACE.spec`, the
// user's file, an environment variable, or `command line`.
struct Setting {
  std::string name;
  std::string value;
  std::string origin;
};

struct SessionOptions {
  // Where the user stands; the workspace is the nearest folder at or above
  // it that has a WORKSPACE.spec. Relative patterns start here.
  std::string directory;
  // What the command line said: `jobs` → `4`, `keep-going` → `true`,
  // `isolation`, `platform`, `config` (may repeat), `cache-dir`, `offline`,
  // `cache-max-size`.
  std::vector<std::pair<std::string, std::string>> flags;
};

struct BuildRequest {
  std::vector<std::string> patterns;  // As written; none means `:all` here.
  bool run_tests = false;             // Also run the test targets among them.
  // Run every command, known or not, and tell what it reads: ReadsTraced.
  bool trace_reads = false;
};

struct BuiltTarget {
  std::string label;
  std::vector<std::string> outputs;  // Relative to the workspace; sorted.
  std::string executable;            // Likewise; empty if it has none.
};

struct BuildReport {
  bool ok = true;
  bool tests_ok = true;
  // Nothing had changed since the same request succeeded: no action was
  // looked at, and of `totals` only what was there is known.
  bool up_to_date = false;
  std::vector<BuiltTarget> targets;  // Those asked for, sorted by label.
  std::vector<TestFinished> tests;   // Sorted by label.
  Finished totals;                   // exit_code and time_ms are not set here.
};

// What Session::Fetch did.
struct FetchReport {
  bool ok = true;
  Finished totals;  // Of what fetches alone; exit_code and time_ms are not set.
};

// What Session::Check found: whole diagnostics in the order of the files,
// errors before the warnings of a file.
struct CheckReport {
  std::string text;
  int files = 0;  // That were looked at.
  int errors = 0;
  int warnings = 0;
  int files_with_warnings = 0;
};

// A change of a build file that a failed command asked for.
struct Fix {
  std::string file;    // Relative to the workspace.
  std::string before;  // Whole texts.
  std::string after;
  std::vector<std::string> changes;  // In words, one a line added.
};

struct SessionParts;  // What a session owns: parts.h.

// Errors of every member: kNotFound, a pattern names nothing; kInvalidArgument,
// a spec, a setting or a request is wrong; kFailedPrecondition, this host
// cannot; kCancelled, interrupted; others as they come. Where
// IsRendered(status) the message is one or more whole diagnostics, to be
// printed as they are.
//
// One thread at a time.
class Session {
 public:
  // `events` and `cancellation` outlive the session.
  static absl::StatusOr<std::unique_ptr<Session>> Open(
      const SessionOptions& options, EventSink& events,
      const Cancellation& cancellation);
  ~Session();

  const std::string& workspace() const;  // Absolute.
  std::vector<Setting> settings() const;
  // `workspace`, `cache`, `isolation`, `toolchain` …: name → text.
  absl::StatusOr<std::vector<std::pair<std::string, std::string>>> Info();

  // Builds, materialises below graph-out/ and writes the manifest. A failed
  // action is a report that is not ok, not an error.
  absl::StatusOr<BuildReport> Build(const BuildRequest& request);

  // Brings into the store all that comes from outside and that a build or test
  // of `patterns` needs; runs no command. A failed fetch is a report that is
  // not ok, and keeps nothing else from coming.
  absl::StatusOr<FetchReport> Fetch(const std::vector<std::string>& patterns);

  // The targets that `patterns` name and all that they depend on.
  absl::StatusOr<QueryGraph> Targets(const std::vector<std::string>& patterns);
  // The labels that one pattern names, sorted, out of what Targets() loaded.
  absl::StatusOr<std::vector<std::string>> Expand(const std::string& pattern);

  // What the module `file` gives to those that load it. `file` is a label
  // (`//tools` stands for `//tools:defs.spec`), or a path from where the user
  // stands.
  absl::StatusOr<ModuleDocs> Describe(const std::string& file);

  // Looks for mistakes and for what is questionable in Spec files: a file; all
  // in a folder and below; those of the packages that a pattern names. None
  // means all of the workspace. kNotFound if one of them names nothing.
  absl::StatusOr<CheckReport> Check(const std::vector<std::string>& operands);

  // What the failed commands of the last build could not see and what the spec
  // files therefore should declare, of the targets `labels` or, without any, of
  // all; files are changed unless `dry_run`. Each file once, sorted.
  absl::StatusOr<std::vector<Fix>> ApplyFixes(
      const std::vector<std::string>& labels, bool dry_run);

  // Asks what the versions are that the spec files declare, and writes that to
  // graph.lock. A version that nobody tells is in the report, and then nothing
  // is written, unless the session keeps going. kNotFound if nobody declares
  // one that is named.
  absl::StatusOr<LockReport> Lock(const LockRequest& request);
  // Asks nobody.
  absl::StatusOr<LockFit> CheckLock();

  // Removes graph-out/ and what is remembered of earlier requests here; the
  // cache stays.
  absl::Status Clean();

 private:
  explicit Session(std::unique_ptr<SessionParts> parts);
  std::unique_ptr<SessionParts> parts_;
};

bool IsRendered(const absl::Status& status);

// As Session::Describe, of a label in `@rules`, which needs no workspace.
absl::StatusOr<ModuleDocs> DescribeEmbedded(const std::string& label);

// How far to evaluate one file, and with what.
struct EvalOptions {
  bool parse_only = false;
  bool resolve_only = false;
  bool test_builtins = false;  // _catch, _freeze, _hasfields
  uint64_t max_steps = 0;      // 0: no limit
};
// The nearest folder at or above `directory`, which is absolute, that has a
// WORKSPACE.spec.
absl::StatusOr<std::string> FindWorkspace(const std::string& directory);

// Each check and what it finds, sorted by name.
std::vector<std::pair<std::string, std::string>> CheckNames();

// Runs one Spec file as a module: `print` to stderr, diagnostics to stderr.
// Returns the exit code: 0 or 2.
int EvalFile(const std::string& path, const EvalOptions& options);

// Whether this process was started by the engine as a helper of its own; then
// its work is done and `*exit_code` says how. Must be asked first in main.
bool RunAsHelper(int argc, char** argv, int* exit_code);

}  // namespace graph

#endif  // GRAPH_ENGINE_SESSION_SESSION_H_
