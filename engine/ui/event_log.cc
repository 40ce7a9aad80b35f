// SPDX-License-Identifier: Apache-2.0

#include "engine/ui/event_log.h"

#include <cerrno>
#include <utility>
#include <variant>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "engine/base/json_text.h"

namespace graph {
namespace {

constexpr int64_t kBetweenFlushesMs = 250;

absl::string_view HowName(How how) {
  switch (how) {
    case How::kRun:
      return "run";
    case How::kCachedLocal:
      return "cached_local";
    case How::kCachedRemote:
      return "cached_remote";
    case How::kRemote:
      return "remote";
  }
  return "";
}

absl::string_view StatusName(TestFinished::Status status) {
  switch (status) {
    case TestFinished::Status::kPassed:
      return "passed";
    case TestFinished::Status::kFailed:
      return "failed";
    case TestFinished::Status::kTimedOut:
      return "timed_out";
    case TestFinished::Status::kSkipped:
      return "skipped";
  }
  return "";
}

// One object, field by field in the order of the calls.
class Line {
 public:
  explicit Line(absl::string_view event) : text_("{") { Text("event", event); }

  Line& Text(absl::string_view name, absl::string_view value) {
    Name(name);
    AppendJsonString(value, &text_);
    return *this;
  }
  Line& Number(absl::string_view name, int64_t value) {
    Name(name);
    absl::StrAppend(&text_, value);
    return *this;
  }
  Line& Flag(absl::string_view name, bool value) {
    Name(name);
    text_ += value ? "true" : "false";
    return *this;
  }
  // From here on fields belong to an object of this name, until Up().
  Line& Down(absl::string_view name) {
    Name(name);
    text_ += '{';
    return *this;
  }
  Line& Up() {
    text_ += '}';
    return *this;
  }
  // Objects in a list of this name: Begin() each, Up() after each, and Close().
  Line& List(absl::string_view name) {
    Name(name);
    text_ += '[';
    return *this;
  }
  Line& Begin() {
    text_ += text_.back() == '[' ? "{" : ", {";
    return *this;
  }
  Line& Close() {
    text_ += ']';
    return *this;
  }
  std::string End(int64_t now_ms) {
    Number("time_ms", now_ms);
    return std::move(text_) + "}";
  }

 private:
  void Name(absl::string_view name) {
    if (text_.back() != '{') text_ += ", ";
    absl::StrAppend(&text_, "\"", name, "\": ");
  }
  std::string text_;
};

struct EventWriter {
  int64_t now_ms;

  std::string operator()(const LoadingStarted&) const {
    return Line("loading").End(now_ms);
  }
  std::string operator()(const AnalysisFinished& e) const {
    return Line("analysed")
        .Number("packages", e.packages)
        .Number("targets", e.targets)
        .Number("actions", e.actions)
        .End(now_ms);
  }
  std::string operator()(const ExecutionStarted& e) const {
    return Line("executing")
        .Number("total", e.total)
        .Number("jobs", e.jobs)
        .End(now_ms);
  }
  std::string operator()(const ActionStarted&) const { return ""; }
  std::string operator()(const ActionFinished& e) const {
    Line line("action");
    line.Text("label", e.label)
        .Text("mnemonic", e.mnemonic)
        .Text("how", HowName(e.how))
        .Text("key", e.key)
        .Number("ms", e.ms)
        .Flag("ok", e.ok);
    if (e.tolerated) line.Flag("tolerated", true);
    return line.End(now_ms);
  }
  std::string operator()(const ActionFailed& e) const {
    return Line("action_failed")
        .Text("label", e.label)
        .Text("mnemonic", e.mnemonic)
        .Text("reason", e.reason)
        .Text("stdout", e.stdout_text)
        .Text("stderr", e.stderr_text)
        .Text("repeat", e.repeat_command)
        .Flag("tolerated", e.tolerated)
        .Text("advice", e.advice)
        .End(now_ms);
  }
  std::string operator()(const TestFinished& e) const {
    return Line("test")
        .Text("label", e.label)
        .Text("status", StatusName(e.status))
        .Flag("cached", e.cached)
        .Number("ms", e.ms)
        .Text("log", e.log_path)
        .End(now_ms);
  }
  std::string operator()(const ReadsTraced& e) const {
    Line line("reads");
    line.Text("label", e.label)
        .Number("inputs", e.inputs)
        .Number("inputs_read", e.inputs_read)
        .Number("files_read", e.files_read)
        .Flag("partial", e.partial)
        .List("unread");
    for (const UnreadInput& unread : e.unread) {
      line.Begin()
          .Text("path", unread.path)
          .Text("label", unread.label)
          .Text("attribute", unread.attribute)
          .Up();
    }
    return line.Close().End(now_ms);
  }
  std::string operator()(const Warning& e) const {
    return Line("warning").Text("text", e.text).End(now_ms);
  }
  std::string operator()(const Finished& e) const {
    return Line("finished")
        .Flag("ok", e.ok)
        .Number("exit_code", e.exit_code)
        .Down("actions")
        .Number("total", e.total)
        .Number("run", e.run)
        .Number("cached_local", e.cached_local)
        .Number("cached_remote", e.cached_remote)
        .Number("remote", e.remote)
        .Number("failed", e.failed)
        .Number("tolerated", e.tolerated)
        .Up()
        .End(e.time_ms);
  }
};

}  // namespace

std::string EventLine(const Event& event, int64_t now_ms) {
  return std::visit(EventWriter{now_ms}, event);
}

absl::StatusOr<std::unique_ptr<EventLog>> EventLog::Open(
    const std::string& path, std::function<int64_t()> now_ms) {
  std::FILE* file = std::fopen(path.c_str(), "we");
  if (file == nullptr) {
    return absl::ErrnoToStatus(errno, absl::StrCat("cannot write ", path));
  }
  return std::unique_ptr<EventLog>(new EventLog(path, file, std::move(now_ms)));
}

EventLog::EventLog(std::string path, std::FILE* file,
                   std::function<int64_t()> now_ms)
    : path_(std::move(path)), now_ms_(std::move(now_ms)), file_(file) {}

EventLog::~EventLog() { (void)Close(); }

void EventLog::Emit(const Event& event) {
  MutexLock lock(&mu_);
  if (file_ == nullptr) return;
  const int64_t now = now_ms_();
  std::string line = EventLine(event, now);
  if (line.empty()) return;
  line += '\n';
  std::fwrite(line.data(), 1, line.size(), file_);  // Close() tells failures.
  if (now < next_flush_ms_) return;
  std::fflush(file_);
  next_flush_ms_ = now + kBetweenFlushesMs;
}

absl::Status EventLog::Close() {
  MutexLock lock(&mu_);
  std::FILE* file = std::exchange(file_, nullptr);
  if (file == nullptr) return absl::OkStatus();
  const bool was_bad = std::ferror(file) != 0;
  if (std::fclose(file) == 0 && !was_bad) return absl::OkStatus();
  return absl::DataLossError(
      absl::StrCat(path_, " could not be written whole"));
}

}  // namespace graph
