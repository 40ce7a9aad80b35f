// SPDX-License-Identifier: Apache-2.0

#include "engine/cli/request.h"

#include <algorithm>
#include <utility>

#include "absl/status/status_macros.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "engine/os/environment.h"
#include "engine/os/terminal.h"

namespace graph {
namespace {

// So many signals end us at once.
constexpr int kImpatient = 3;

constexpr absl::string_view kSettings[] = {
    "jobs",      "keep-going", "config",    "platform",
    "isolation", "offline",    "cache-dir", "fail-on-tolerated"};

// `events` and what else names a file, seen from where the user stands.
std::string Absolute(const std::string& directory, const std::string& path) {
  if (absl::StartsWith(path, "/")) return path;
  return absl::StrCat(directory, "/", path);
}

absl::StatusOr<ProgressOptions> DisplayOptions(const Arguments& arguments) {
  const HostEnvironment environment = HostEnvironment::FromProcess();
  ProgressOptions options;
  options.terminal = IsTerminal(StandardStream::kError) &&
                     environment.Find("TERM").value_or("dumb") != "dumb";
  options.quiet = arguments.IsOn("quiet");
  const std::string color = arguments.Find("color").value_or("auto");
  if (color != "auto" && color != "always" && color != "never") {
    return absl::InvalidArgumentError(absl::StrCat(
        "`--color` is `auto`, `always` or `never`, not `", color, "`"));
  }
  options.style.color =
      color == "always" || (color == "auto" && options.terminal &&
                            environment.Find("NO_COLOR").value_or("").empty());
  return options;
}

}  // namespace

int ExitCodeOf(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kOk:
      return kExitDone;
    case absl::StatusCode::kNotFound:
      return kExitNoTarget;
    case absl::StatusCode::kCancelled:
      return kExitInterrupted;
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kFailedPrecondition:
    case absl::StatusCode::kPermissionDenied:
    case absl::StatusCode::kAlreadyExists:
    case absl::StatusCode::kOutOfRange:
      return kExitUsage;
    case absl::StatusCode::kInternal:
    case absl::StatusCode::kUnknown:
    case absl::StatusCode::kUnimplemented:
      return kExitBug;
    default:  // The disk, the network, another process.
      return kExitBuildFailed;
  }
}

std::string ErrorText(const absl::Status& status) {
  std::string text(status.message());
  const bool whole =
      IsRendered(status) || absl::StartsWith(status.message(), "query:1:");
  if (!whole) text = absl::StrCat("error: ", text);
  if (ExitCodeOf(status) == kExitBug) {
    absl::StrAppend(&text, "\nThis is a bug of graph; please report it.");
  }
  if (!absl::EndsWith(text, "\n")) text += '\n';
  return text;
}

std::vector<std::pair<std::string, std::string>> SettingFlags(
    const Arguments& arguments, const std::string& directory) {
  std::vector<std::pair<std::string, std::string>> flags;
  for (const auto& [name, value] : arguments.options) {
    if (std::find(std::begin(kSettings), std::end(kSettings), name) ==
        std::end(kSettings)) {
      continue;
    }
    flags.emplace_back(
        name, name == "cache-dir" ? Absolute(directory, value) : value);
  }
  return flags;
}

Request::Request(Kind kind, const Arguments& arguments, std::string directory,
                 const Streams& streams)
    : kind_(kind),
      arguments_(arguments),
      directory_(std::move(directory)),
      streams_(streams),
      screen_(StandardErrorScreen()),
      watcher_([this](int signal, int count) { Interrupt(signal, count); }) {
  screen_.write = streams.err;
}

Request::~Request() { session_ = nullptr; }

absl::StatusOr<Session*> Request::Open() {
  ASSIGN_OR_RETURN(ProgressOptions display, DisplayOptions(arguments_));
  display.summary = kind_ == Kind::kBuild;
  progress_ = std::make_unique<Progress>(display, screen_);
  std::vector<EventSink*> sinks = {progress_.get()};
  if (const auto path = arguments_.Find("events")) {
    ASSIGN_OR_RETURN(
        log_, EventLog::Open(Absolute(directory_, *path), screen_.now_ms));
    sinks.push_back(log_.get());
  }
  events_ = std::make_unique<TeeSink>(std::move(sinks));
  if (!display.quiet) ticker_ = std::make_unique<Ticker>(*progress_);
  SessionOptions options;
  options.directory = directory_;
  options.flags = SettingFlags(arguments_, directory_);
  ASSIGN_OR_RETURN(session_, Session::Open(options, *events_, cancellation_));
  return session_.get();
}

void Request::Print(absl::string_view text) {
  if (progress_ != nullptr && !arguments_.IsOn("quiet")) {
    progress_->Print(text);
  }
}

void Request::EndDisplay(Finished finished) {
  session_ = nullptr;
  ticker_ = nullptr;
  listening_ = false;
  if (progress_ == nullptr) return;
  finished.time_ms = screen_.now_ms();
  progress_->Emit(finished);
  progress_ = nullptr;
}

int Request::Fail(const absl::Status& status, const Finished& totals) {
  const int exit_code = ExitCodeOf(status);
  const std::string text = status.code() == absl::StatusCode::kCancelled
                               ? "interrupted; what was done is kept\n"
                               : ErrorText(status);
  if (progress_ != nullptr) {
    progress_->Print(text);
  } else {
    streams_.err(text);
  }
  return Finish(exit_code, totals);
}

int Request::Finish(int exit_code, Finished totals) {
  totals.ok = exit_code == kExitDone;
  totals.exit_code = exit_code;
  EndDisplay(totals);
  if (log_ == nullptr) return exit_code;
  totals.time_ms = screen_.now_ms();
  log_->Emit(totals);
  const absl::Status written = log_->Close();
  if (written.ok()) return exit_code;
  streams_.err(ErrorText(written));
  return exit_code == kExitDone ? kExitBuildFailed : exit_code;
}

void Request::Interrupt(int signal, int count) {
  if (!listening_) return;
  if (count >= kImpatient) DieOfSignal(signal);
  cancellation_.Cancel();
}

}  // namespace graph
