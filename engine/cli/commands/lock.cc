// SPDX-License-Identifier: Apache-2.0

#include "engine/session/lock.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "engine/base/json_text.h"
#include "engine/cli/command_line.h"
#include "engine/cli/request.h"
#include "engine/cli/verb.h"

namespace graph {
namespace {

// Of the targets that a version affects, so many are shown.
constexpr size_t kMostTargets = 10;
// A digest or a commit is told from another by so many of its digits.
constexpr size_t kShort = 12;

int Lock(const Arguments& arguments, const std::string& directory,
         const Streams& streams);

constexpr Option kOptions[] = {
    {"output", 'o', "FORMAT", "`text` or `json`", "text|json"},
    {"dry-run", 0, "", "write nothing: only show what would move"},
};

constexpr Verb kVerb = {
    "lock",
    "[update [NAME...]|outdated [NAME...]|check]",
    "finds out what `version(...)` is now, and keeps it in graph.lock",
    "(alone)   asks for each version that has no entry in graph.lock, or one\n"
    "          for another request; drops entries that nobody declares\n"
    "update    asks for all versions anew, or for those named\n"
    "outdated  asks likewise, and writes nothing\n"
    "check     tells whether graph.lock and the spec files fit; asks nobody\n"
    "\n"
    "What moves is shown as `name  old -> new`, with the targets that it\n"
    "affects: those whose definition changes and all that depend on them. If\n"
    "one version cannot be had, nothing is written; with --keep-going, what\n"
    "could be had is.\n"
    "\n"
    "Exit codes: 0 done, nothing is outdated, all fits. 1 a version could not\n"
    "be had; of outdated: something moved; of check: something does not fit.\n"
    "2 a spec file or graph.lock is wrong; of outdated also: a version could\n"
    "not be had. 4 no such NAME.",
    kOptions,
    Lock};

std::string JsonFields(const std::map<std::string, std::string>& fields) {
  if (fields.empty()) return "null";
  return absl::StrCat("{",
                      absl::StrJoin(fields, ", ",
                                    [](std::string* out, const auto& field) {
                                      absl::StrAppend(
                                          out, JsonString(field.first), ": ",
                                          JsonString(field.second));
                                    }),
                      "}");
}

// `[a, b]`, each on a line of its own.
std::string JsonList(const std::vector<std::string>& items) {
  if (items.empty()) return "[]";
  return absl::StrCat("[\n    ", absl::StrJoin(items, ",\n    "), "\n  ]");
}

std::string ReportJson(const LockReport& report) {
  std::vector<std::string> changes;
  for (const LockChange& change : report.changes) {
    std::vector<std::string> affected;
    for (const std::string& label : change.affected) {
      affected.push_back(JsonString(label));
    }
    changes.push_back(absl::StrCat("{\"name\": ", JsonString(change.name),
                                   ", \"before\": ", JsonFields(change.before),
                                   ", \"after\": ", JsonFields(change.after),
                                   ", \"affected\": [",
                                   absl::StrJoin(affected, ", "), "]}"));
  }
  std::vector<std::string> failures;
  for (const LockFailure& failure : report.failures) {
    failures.push_back(absl::StrCat("{\"name\": ", JsonString(failure.name),
                                    ", \"place\": ", JsonString(failure.place),
                                    ", \"error\": ", JsonString(failure.error),
                                    "}"));
  }
  return absl::StrCat("{\n  \"entries\": ", report.entries,
                      ",\n  \"changes\": ", JsonList(changes),
                      ",\n  \"failures\": ", JsonList(failures),
                      ",\n  \"written\": ", report.written ? "true" : "false",
                      "\n}\n");
}

std::string FieldOf(const std::map<std::string, std::string>& fields,
                    const std::string& name) {
  auto found = fields.find(name);
  return found == fields.end() ? "" : found->second;
}

std::string Short(const std::string& value) {
  const size_t colon = value.find(':');
  return value.substr(0, kShort + (colon == value.npos ? 0 : colon + 1));
}

// `1.2 -> 1.3`; of a version that is the same, what else moved.
std::string Move(const LockChange& change) {
  const std::string before = FieldOf(change.before, "version");
  const std::string after = FieldOf(change.after, "version");
  if (change.before.empty()) return absl::StrCat("(none) -> ", after);
  if (change.after.empty()) {
    return absl::StrCat(before, " -> (none), nobody declares it");
  }
  if (before != after) return absl::StrCat(before, " -> ", after);
  std::string moved = before;
  for (const char* name :
       {"commit", "digest", "sha256", "tag", "file", "url"}) {
    const std::string old = FieldOf(change.before, name);
    const std::string now = FieldOf(change.after, name);
    if (old == now) continue;
    const bool hash =
        absl::string_view(name) != "file" && absl::string_view(name) != "url";
    return absl::StrCat(before, " (", name, " ", hash ? Short(old) : old,
                        " -> ", hash ? Short(now) : now, ")");
  }
  return absl::StrCat(before, " (by another request)");
}

std::string ReportText(const LockReport& report) {
  std::string out;
  for (const LockChange& change : report.changes) {
    absl::StrAppend(&out, change.name, "  ", Move(change), "\n");
    for (size_t i = 0; i < change.affected.size() && i < kMostTargets; ++i) {
      absl::StrAppend(&out, "  ", change.affected[i], "\n");
    }
    if (change.affected.size() > kMostTargets) {
      absl::StrAppend(&out, "  … and ", change.affected.size() - kMostTargets,
                      " more\n");
    }
  }
  if (report.changes.empty() && report.failures.empty()) {
    absl::StrAppend(&out, "nothing moved; ", report.entries,
                    report.entries == 1 ? " version" : " versions", "\n");
  }
  return out;
}

std::string FailuresText(const LockReport& report, bool dry_run) {
  std::string out;
  for (const LockFailure& failure : report.failures) {
    absl::StrAppend(&out, failure.place, ": error: `", failure.name,
                    "`: ", failure.error, "\n");
  }
  if (!dry_run && !report.failures.empty() && report.changes.empty()) {
    absl::StrAppend(&out, "graph.lock is as it was\n");
  }
  return out;
}

std::string MisfitsText(const LockFit& fit) {
  std::string out;
  for (const LockMisfit& misfit : fit.misfits) {
    if (!misfit.place.empty()) absl::StrAppend(&out, misfit.place, ": ");
    absl::StrAppend(&out, "`", misfit.name, "` ", misfit.text, "\n");
  }
  if (fit.misfits.empty()) {
    return absl::StrCat("graph.lock fits; ", fit.entries,
                        fit.entries == 1 ? " version\n" : " versions\n");
  }
  return absl::StrCat(out, "run `graph lock`\n");
}

std::string MisfitsJson(const LockFit& fit) {
  std::vector<std::string> misfits;
  for (const LockMisfit& misfit : fit.misfits) {
    using Kind = LockMisfit::Kind;
    const char* kind = misfit.kind == Kind::kMissing ? "missing"
                       : misfit.kind == Kind::kStale ? "stale"
                                                     : "left_over";
    misfits.push_back(
        absl::StrCat("{\"name\": ", JsonString(misfit.name), ", \"kind\": \"",
                     kind, "\", \"place\": ", JsonString(misfit.place),
                     ", \"text\": ", JsonString(misfit.text), "}"));
  }
  return absl::StrCat("{\n  \"entries\": ", fit.entries,
                      ",\n  \"misfits\": ", JsonList(misfits), "\n}\n");
}

// What is wrong with the words, or "".
std::string Fault(const Arguments& arguments) {
  const std::vector<std::string>& words = arguments.operands;
  const std::string action = words.empty() ? "" : words[0];
  if (!action.empty() && action != "update" && action != "outdated" &&
      action != "check") {
    return absl::StrCat(
        "`graph lock` takes `update`, `outdated` or `check`, "
        "not `",
        action, "`");
  }
  if (action == "check" && words.size() > 1) {
    return "`graph lock check` looks at everything: it takes no NAME";
  }
  if (arguments.IsOn("dry-run") && action != "update" && !action.empty()) {
    return absl::StrCat("`graph lock ", action, "` writes nothing anyway");
  }
  const std::string format = arguments.Find("output").value_or("text");
  if (format != "text" && format != "json") {
    return absl::StrCat("`--output` is `text` or `json`, not `", format, "`");
  }
  return "";
}

int Check(Session& session, bool json, Request& request,
          const Streams& streams) {
  const absl::StatusOr<LockFit> fit = session.CheckLock();
  if (!fit.ok()) return request.Fail(fit.status());
  streams.out(json ? MisfitsJson(*fit) : MisfitsText(*fit));
  return request.Finish(fit->misfits.empty() ? kExitDone : kExitFindings);
}

int Lock(const Arguments& arguments, const std::string& directory,
         const Streams& streams) {
  if (const std::string fault = Fault(arguments); !fault.empty()) {
    return ReportUsage(&kVerb, fault, streams);
  }
  const std::vector<std::string>& words = arguments.operands;
  const bool json = arguments.Find("output") == "json";
  Request request(Request::Kind::kQuestion, arguments, directory, streams);
  const absl::StatusOr<Session*> session = request.Open();
  if (!session.ok()) return request.Fail(session.status());
  if (!words.empty() && words[0] == "check") {
    return Check(**session, json, request, streams);
  }
  const bool outdated = !words.empty() && words[0] == "outdated";
  LockRequest lock;
  if (!words.empty()) {
    lock.kind = LockRequest::Kind::kUpdate;
    lock.names.assign(words.begin() + 1, words.end());
  }
  lock.dry_run = outdated || arguments.IsOn("dry-run");
  if (!json) {
    lock.tell = [&](const LockReport& report) {
      streams.out(ReportText(report));
    };
  }
  const absl::StatusOr<LockReport> report = (*session)->Lock(lock);
  if (!report.ok()) return request.Fail(report.status());
  if (json) streams.out(ReportJson(*report));
  streams.err(FailuresText(*report, lock.dry_run));
  if (!report->failures.empty()) {
    return request.Finish(outdated ? kExitUsage : kExitFindings);
  }
  return request.Finish(outdated && !report->changes.empty() ? kExitFindings
                                                             : kExitDone);
}

}  // namespace

const Verb& LockVerb() { return kVerb; }

}  // namespace graph
