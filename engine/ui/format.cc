// SPDX-License-Identifier: Apache-2.0

#include "engine/ui/format.h"

#include <algorithm>
#include <cstddef>
#include <cstdio>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"

namespace graph {
namespace {

constexpr int kExitInterrupted = 8;

bool StartsCharacter(char c) { return (c & 0xC0) != 0x80; }

std::string Count(int n, absl::string_view what) {
  return absl::StrCat(n, " ", what);
}

std::string Actions(int n) { return Count(n, n == 1 ? "action" : "actions"); }

// `12 run, 30 cached, 2 running, 56 waiting, 1 failed`, leaving out what is 0.
std::string Counts(const ProgressState& state, const Style& style) {
  std::vector<std::string> parts;
  if (state.run > 0) parts.push_back(Count(state.run, "run"));
  if (state.cached > 0) parts.push_back(Count(state.cached, "cached"));
  const int running = static_cast<int>(state.running.size());
  if (running > 0) parts.push_back(Count(running, "running"));
  if (state.waiting() > 0) parts.push_back(Count(state.waiting(), "waiting"));
  if (state.failed > 0) {
    parts.push_back(style.Paint(Ink::kBad, Count(state.failed, "failed")));
  }
  if (state.tolerated > 0) {
    parts.push_back(
        style.Paint(Ink::kCaution, Count(state.tolerated, "tolerated")));
  }
  return absl::StrJoin(parts, ", ");
}

std::string Head(const ProgressState& state, const Style& style) {
  switch (state.phase) {
    case ProgressState::Phase::kStarting:
      return "Starting";
    case ProgressState::Phase::kLoading:
      return "Loading";
    default:
      break;
  }
  const std::string total = absl::StrCat(state.total);
  const std::string done = absl::StrFormat(
      "[%*d/%s]", static_cast<int>(total.size()), state.done(), total);
  return absl::StrCat(done, " ", Counts(state, style));
}

std::string Describe(const RunningAction& action) {
  if (!action.message.empty()) return action.message;
  return absl::StrCat(action.mnemonic, " ", action.label);
}

// `text` ends with one line's end, unless it is empty.
void AppendWhole(absl::string_view text, std::string* out) {
  absl::StrAppend(out, text);
  if (!text.empty() && text.back() != '\n') *out += '\n';
}

}  // namespace

std::string Style::Paint(Ink ink, absl::string_view text) const {
  if (!color) return std::string(text);
  absl::string_view code = "1";
  if (ink == Ink::kGood) code = "32";
  if (ink == Ink::kBad) code = "1;31";
  if (ink == Ink::kCaution) code = "33";
  if (ink == Ink::kFaint) code = "2";
  return absl::StrCat("\x1b[", code, "m", text, "\x1b[0m");
}

std::string FormatDuration(int64_t ms) {
  if (ms < 1000) return absl::StrCat(ms, "ms");
  const int64_t s = ms / 1000;
  if (s < 60) return absl::StrFormat("%d.%ds", s, ms % 1000 / 100);
  if (s < 3600) return absl::StrFormat("%dm%02ds", s / 60, s % 60);
  return absl::StrFormat("%dh%02dm", s / 3600, s % 3600 / 60);
}

std::string CutToWidth(absl::string_view text, int columns) {
  if (columns <= 0) return "";
  int width = 0;
  size_t cut = 0;  // Where the last column that may stay begins.
  for (size_t i = 0; i < text.size(); ++i) {
    if (!StartsCharacter(text[i])) continue;
    if (++width == columns) cut = i;
  }
  if (width <= columns) return std::string(text);
  return absl::StrCat(text.substr(0, cut), "…");
}

std::vector<std::string> ProgressLines(const ProgressState& state,
                                       int64_t now_ms, int columns,
                                       int most_lines, const Style& style) {
  const std::string time = FormatDuration(now_ms);
  std::vector<std::string> lines;
  const std::string plain = absl::StrCat(Head(state, Style()), "  ", time);
  // A line that must be cut is not painted, because cutting counts columns.
  lines.push_back(CutToWidth(plain, columns) == plain
                      ? absl::StrCat(Head(state, style), "  ",
                                     style.Paint(Ink::kFaint, time))
                      : CutToWidth(plain, columns));
  const int room = std::max(1, most_lines - 1);
  int shown = std::min<int>(room, static_cast<int>(state.running.size()));
  const int hidden = static_cast<int>(state.running.size()) - shown;
  if (hidden > 0) --shown;
  for (int i = 0; i < shown; ++i) {
    const RunningAction& action = state.running[i];
    const std::string elapsed =
        absl::StrCat("  ", FormatDuration(now_ms - action.since_ms));
    const int left = columns - 2 - static_cast<int>(elapsed.size());
    lines.push_back(absl::StrCat("  ", CutToWidth(Describe(action), left),
                                 style.Paint(Ink::kFaint, elapsed)));
  }
  if (hidden > 0) {
    lines.push_back(
        CutToWidth(absl::StrCat("  … and ", hidden + 1, " more"), columns));
  }
  return lines;
}

std::string ProgressLine(const ProgressState& state, int64_t now_ms) {
  std::string line =
      absl::StrCat(Head(state, Style()), "  ", FormatDuration(now_ms));
  if (!state.running.empty()) {
    const RunningAction& oldest = state.running.front();
    absl::StrAppend(&line, "  ", Describe(oldest), " (",
                    FormatDuration(now_ms - oldest.since_ms), ")");
  }
  return line;
}

std::string FormatFailure(const ActionFailed& failure, const Style& style) {
  std::string out = absl::StrCat(
      failure.tolerated ? style.Paint(Ink::kCaution, "warning:")
                        : style.Paint(Ink::kBad, "error:"),
      " ", failure.mnemonic, " ", style.Paint(Ink::kBold, failure.label), ": ",
      failure.reason, failure.tolerated ? " (tolerated)\n" : "\n");
  AppendWhole(failure.stdout_text, &out);
  AppendWhole(failure.stderr_text, &out);
  AppendWhole(failure.advice, &out);
  if (!failure.repeat_command.empty()) {
    absl::StrAppend(&out, style.Paint(Ink::kFaint, "to repeat:"), " ");
    AppendWhole(failure.repeat_command, &out);
  }
  return out;
}

std::string FormatTest(const TestFinished& test, const Style& style) {
  using Status = TestFinished::Status;
  const bool good =
      test.status == Status::kPassed || test.status == Status::kSkipped;
  absl::string_view word = "PASSED  ";
  if (test.status == Status::kFailed) word = "FAILED  ";
  if (test.status == Status::kTimedOut) word = "TIMEOUT ";
  if (test.status == Status::kSkipped) word = "SKIPPED ";
  std::string out = absl::StrCat(
      style.Paint(good ? Ink::kGood : Ink::kBad, word), " ", test.label, "  ",
      test.cached ? "cached" : FormatDuration(test.ms));
  if (!good && !test.log_path.empty()) {
    absl::StrAppend(&out, "  see ", test.log_path);
  }
  return out + "\n";
}

// `//app:x read 2 of 4 inputs (3 files); never read:`, and a line for each.
std::string FormatReads(const ReadsTraced& reads) {
  std::string out = absl::StrCat(
      reads.label, " read ", reads.inputs_read, " of ", reads.inputs,
      reads.inputs == 1 ? " input (" : " inputs (", reads.files_read,
      reads.files_read == 1 ? " file)" : " files)");
  if (reads.partial) {
    absl::StrAppend(&out, ", and perhaps more: a process hid what it opened");
  }
  if (!reads.unread.empty()) absl::StrAppend(&out, "; never read:");
  for (const UnreadInput& unread : reads.unread) {
    absl::StrAppend(&out, "\n  ", unread.path, "  ", unread.label);
    if (!unread.attribute.empty()) {
      absl::StrAppend(&out, ", in `", unread.attribute, "`");
    }
  }
  return out + "\n";
}

std::string FormatWarning(const Warning& warning, const Style& style) {
  std::string out = style.Paint(Ink::kCaution, "warning:") + " ";
  AppendWhole(warning.text, &out);
  return out;
}

std::string FormatSummary(const Finished& finished, const Style& style) {
  const std::string time = FormatDuration(finished.time_ms);
  const int cached = finished.cached_local + finished.cached_remote;
  const int run = finished.run + finished.remote;
  if (finished.ok && run + cached + finished.tolerated == 0) {
    return absl::StrCat(style.Paint(Ink::kGood, "Up to date"), " (", time,
                        ").\n");
  }
  if (run + cached + finished.tolerated == 0)
    return "";  // What went wrong was said.
  std::string head = style.Paint(Ink::kGood, "Done");
  if (finished.exit_code == kExitInterrupted) {
    head = style.Paint(Ink::kCaution, "Interrupted");
  } else if (!finished.ok) {
    head = style.Paint(Ink::kBad, "Failed");
  }
  std::vector<std::string> parts = {Actions(finished.total)};
  if (run > 0) parts.push_back(Count(run, "run"));
  if (cached > 0) parts.push_back(Count(cached, "cached"));
  if (finished.failed > 0) parts.push_back(Count(finished.failed, "failed"));
  if (finished.tolerated > 0) {
    parts.push_back(Count(finished.tolerated, "failed and tolerated"));
  }
  return absl::StrCat(head, " in ", time, ": ", absl::StrJoin(parts, ", "),
                      ".\n");
}

}  // namespace graph
