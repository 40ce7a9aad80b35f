// SPDX-License-Identifier: Apache-2.0
// graph.lock: asks upstream, shows what that changes, writes it.
//
// Packages declare versions, and need the lock to be loaded. So they are loaded
// in rounds: each as far as it comes with the entries that there are; what was
// declared on the way is asked; until nothing new is declared.

#include "engine/session/lock.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "engine/base/spelling.h"
#include "engine/base/work_queue.h"
#include "engine/fetch/fetch_context.h"
#include "engine/fetch/resolve_version.h"
#include "engine/load/diagnosed.h"
#include "engine/load/lock_text.h"
#include "engine/model/version_source.h"
#include "engine/os/file_lock.h"
#include "engine/os/filesystem.h"
#include "engine/session/lock_load.h"
#include "engine/session/parts.h"
#include "engine/session/steps.h"

namespace graph {
namespace {

// How many are asked at a time: they are waited for, not computed.
constexpr int kMostAsked = 8;

std::string Today() {
  return absl::FormatTime("%Y-%m-%d", absl::Now(), absl::UTCTimeZone());
}

class LockRun {
 public:
  LockRun(SessionParts& parts, const LockRequest& request)
      : parts_(parts), request_(request) {}

  absl::StatusOr<LockReport> Run();

 private:
  // Against another of us in this workspace.
  absl::StatusOr<FileLock> Guard() const;
  absl::Status Discover();
  // Those to be asked now, of what `load` found.
  absl::StatusOr<std::vector<DeclaredVersion>> ToAsk(const LockLoad& load);
  absl::Status CheckNames(const LockLoad& load) const;
  absl::Status Ask(const std::vector<DeclaredVersion>& versions);
  void Take(const VersionRequest& request, LockedVersion answer);
  void DropLeftOvers();
  LockReport Report();
  absl::StatusOr<bool> Write();

  SessionParts& parts_;
  const LockRequest& request_;
  Front* front_ = nullptr;
  Back back_;
  FetchContext fetch_;
  LockEntries before_;
  LockEntries after_;
  std::set<std::string> asked_;
  std::vector<LockFailure> failures_;
  std::shared_ptr<LockLoad> old_;  // Under before_.
  std::shared_ptr<LockLoad> now_;  // Under after_; may be the same.
};

absl::StatusOr<FileLock> LockRun::Guard() const {
  RETURN_IF_ERROR(MakeDirectories(
      absl::StrCat(parts_.settings.cache_dir(), "/workspaces")));
  const std::string path = absl::StrCat(parts_.MemoryFolder(), ".graph-lock");
  for (int waited_ms = 0; !parts_.cancellation.cancelled(); waited_ms += 20) {
    ASSIGN_OR_RETURN(std::optional<FileLock> lock,
                     FileLock::TryAcquire(path, FileLock::Mode::kExclusive));
    if (lock) return *std::move(lock);
    if (waited_ms == 1000) {
      parts_.events.Emit(
          Warning{"waiting for another `graph lock` in this workspace"});
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return absl::CancelledError("interrupted");
}

absl::Status LockRun::CheckNames(const LockLoad& load) const {
  std::vector<std::string> known;
  for (const DeclaredVersion& version : load.versions()) {
    known.push_back(version.request.name);
  }
  const std::vector<absl::string_view> names(known.begin(), known.end());
  for (const std::string& name : request_.names) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    std::string message =
        absl::StrCat("no version `", name, "` is declared in this workspace");
    if (const absl::string_view nearest = NearestName(name, names);
        !nearest.empty()) {
      absl::StrAppend(&message, "; did you mean `", nearest, "`?");
    } else if (after_.contains(name)) {
      absl::StrAppend(&message, " any more; `graph lock` drops it from ",
                      kLockFileName);
    } else if (!load.refused().empty()) {
      absl::StrAppend(&message, " as far as it can be loaded: run `graph lock`",
                      " first, which asks for what is missing");
    }
    return absl::NotFoundError(message);
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<DeclaredVersion>> LockRun::ToAsk(
    const LockLoad& load) {
  std::vector<DeclaredVersion> wanted;
  for (DeclaredVersion& version : load.versions()) {
    const VersionRequest& request = version.request;
    if (asked_.contains(request.name)) continue;
    if (request_.kind == LockRequest::Kind::kFill) {
      auto entry = after_.find(request.name);
      if (entry != after_.end() && entry->second.request == request) continue;
    } else if (!request_.names.empty() &&
               std::find(request_.names.begin(), request_.names.end(),
                         request.name) == request_.names.end()) {
      continue;
    }
    wanted.push_back(std::move(version));
  }
  // Names are looked at before anybody is asked, if all are known.
  if (wanted.empty() || load.refused().empty()) {
    RETURN_IF_ERROR(CheckNames(load));
  }
  return wanted;
}

void LockRun::Take(const VersionRequest& request, LockedVersion answer) {
  answer.request = request;
  answer.asked = Today();
  // As it is read again.
  std::erase_if(answer.fields,
                [](const auto& field) { return field.second.empty(); });
  auto known = after_.find(request.name);
  // The same answer leaves the entry as it is, the day of asking included.
  if (known != after_.end() && known->second.request == request &&
      known->second.fields == answer.fields) {
    return;
  }
  after_.insert_or_assign(request.name, std::move(answer));
}

absl::Status LockRun::Ask(const std::vector<DeclaredVersion>& versions) {
  if (parts_.settings.offline()) {
    std::vector<std::string> names;
    for (const DeclaredVersion& version : versions) {
      names.push_back(absl::StrCat("`", version.request.name, "`"));
    }
    return absl::FailedPreconditionError(absl::StrCat(
        "--offline: nobody can be asked for ", absl::StrJoin(names, ", ")));
  }
  std::vector<absl::StatusOr<LockedVersion>> answers(
      versions.size(), absl::CancelledError("interrupted"));
  WorkQueue queue(std::min<int>(kMostAsked, static_cast<int>(versions.size())));
  for (size_t i = 0; i < versions.size(); ++i) {
    queue.Add([this, &versions, &answers, i] {
      if (parts_.cancellation.cancelled()) return;
      answers[i] = ResolveVersion(versions[i].request, fetch_, *back_.store,
                                  parts_.cancellation);
    });
  }
  queue.Drain();
  if (parts_.cancellation.cancelled()) {
    return absl::CancelledError("interrupted");
  }
  for (size_t i = 0; i < versions.size(); ++i) {
    const VersionRequest& request = versions[i].request;
    asked_.insert(request.name);
    if (answers[i].ok()) {
      Take(request, *std::move(answers[i]));
      continue;
    }
    failures_.push_back({request.name, PlaceText(versions[i]),
                         std::string(answers[i].status().message())});
  }
  return absl::OkStatus();
}

absl::Status LockRun::Discover() {
  for (;;) {
    now_ = std::make_shared<LockLoad>(*front_, after_);
    if (absl::Status loaded = now_->LoadAll(); !loaded.ok()) {
      if (old_ != nullptr) {
        parts_.events.Emit(
            Warning{absl::StrCat("with what was told now, packages are wrong; ",
                                 kLockFileName, " stays as it was")});
      }
      return loaded;
    }
    ASSIGN_OR_RETURN(const std::vector<DeclaredVersion> versions, ToAsk(*now_));
    if (old_ == nullptr) old_ = now_;
    if (versions.empty()) return absl::OkStatus();
    RETURN_IF_ERROR(Ask(versions));
    if (!failures_.empty() && !parts_.settings.keep_going()) {
      return absl::OkStatus();
    }
  }
}

void LockRun::DropLeftOvers() {
  if (!request_.names.empty() || !failures_.empty() ||
      !now_->refused().empty()) {
    return;
  }
  std::set<std::string> declared;
  for (const DeclaredVersion& version : now_->versions()) {
    declared.insert(version.request.name);
  }
  std::erase_if(after_, [&declared](const auto& entry) {
    return !declared.contains(entry.first);
  });
}

LockReport LockRun::Report() {
  LockReport report;
  report.entries = static_cast<int>(after_.size());
  report.failures = failures_;
  std::sort(report.failures.begin(), report.failures.end(),
            [](const LockFailure& a, const LockFailure& b) {
              return a.name < b.name;
            });
  if (before_ == after_) return report;
  LockImpact impact(*front_, before_, after_, *old_, *now_);
  std::set<std::string> names;
  for (const auto& [name, entry] : before_) names.insert(name);
  for (const auto& [name, entry] : after_) names.insert(name);
  for (const std::string& name : names) {
    auto old = before_.find(name);
    auto now = after_.find(name);
    if (old != before_.end() && now != after_.end() &&
        old->second == now->second) {
      continue;
    }
    LockChange& change = report.changes.emplace_back();
    change.name = name;
    if (old != before_.end()) change.before = old->second.fields;
    if (now != after_.end()) change.after = now->second.fields;
    change.affected = impact.Of(name);
  }
  return report;
}

absl::StatusOr<bool> LockRun::Write() {
  // Somebody else may have written it in the meantime: git, an editor, a graph
  // with another cache.
  ASSIGN_OR_RETURN(const LockEntries there, LoadLock(*front_->workspace));
  const LockEntries merged = MergeLocks(before_, after_, there);
  if (merged == there) return false;
  const std::string text = FormatLock(merged);
  const auto read = ReadLockText(text);
  if (const auto* mistake = std::get_if<dsl::Diagnostic>(&read)) {
    return absl::InternalError(absl::StrCat(
        "what was told cannot be written:\n", dsl::Render(*mistake)));
  }
  if (parts_.cancellation.cancelled()) {
    return absl::CancelledError("interrupted");
  }
  std::string path = absl::StrCat(parts_.workspace, "/", kLockFileName);
  if (Exists(path)) {
    ASSIGN_OR_RETURN(path, RealPath(path));
  }
  RETURN_IF_ERROR(PutFile(*back_.store, path, text))
      << "writing " << kLockFileName;
  return true;
}

absl::StatusOr<LockReport> LockRun::Run() {
  ASSIGN_OR_RETURN(front_, parts_.OpenFront());
  std::optional<FileLock> guard;
  if (!request_.dry_run) {
    ASSIGN_OR_RETURN(guard, Guard());
  }
  ASSIGN_OR_RETURN(back_, parts_.OpenBack());
  fetch_ = FetchingBy(parts_.settings);
  ASSIGN_OR_RETURN(before_, LoadLock(*front_->workspace));
  after_ = before_;
  RETURN_IF_ERROR(Discover());
  const bool failed = !failures_.empty() && !parts_.settings.keep_going();
  if (failed) {
    LockReport report;
    report.failures = std::move(failures_);
    report.entries = static_cast<int>(before_.size());
    if (request_.tell) request_.tell(report);
    return report;
  }
  DropLeftOvers();
  LockReport report = Report();
  if (request_.tell) request_.tell(report);
  if (!request_.dry_run) {
    ASSIGN_OR_RETURN(report.written, Write());
  }
  return report;
}

}  // namespace

absl::StatusOr<LockReport> Session::Lock(const LockRequest& request) {
  return LockRun(*parts_, request).Run();
}

absl::StatusOr<LockFit> Session::CheckLock() {
  ASSIGN_OR_RETURN(Front * front, parts_->OpenFront());
  ASSIGN_OR_RETURN(const LockEntries entries, LoadLock(*front->workspace));
  LockLoad load(*front, entries);
  RETURN_IF_ERROR(load.LoadAll());
  LockFit fit;
  fit.entries = static_cast<int>(entries.size());
  std::set<std::string> declared;
  using Kind = LockMisfit::Kind;
  for (const DeclaredVersion& version : load.versions()) {
    const VersionRequest& request = version.request;
    declared.insert(request.name);
    auto entry = entries.find(request.name);
    if (entry == entries.end()) {
      fit.misfits.push_back(
          {Kind::kMissing, request.name, PlaceText(version), "has no entry"});
    } else if (entry->second.request != request) {
      fit.misfits.push_back(
          {Kind::kStale, request.name, PlaceText(version),
           absl::StrCat("answers another request: ",
                        RequestChange(entry->second.request, request))});
    }
  }
  for (const auto& [name, entry] : entries) {
    // Behind what is missing there may be who declares it.
    if (declared.contains(name) || !load.refused().empty()) continue;
    fit.misfits.push_back({Kind::kLeftOver, name, "", "is declared by nobody"});
  }
  std::sort(
      fit.misfits.begin(), fit.misfits.end(),
      [](const LockMisfit& a, const LockMisfit& b) { return a.name < b.name; });
  return fit;
}

}  // namespace graph
