// SPDX-License-Identifier: Apache-2.0
// report := total NUL targets NUL target* tests NUL test*
// target := label NUL executable NUL outputs NUL (output NUL)*
// test   := label NUL log_path NUL
//
// Counts are decimal. No text of it holds a NUL: all are labels or paths.

#include "engine/session/report_text.h"

#include <cstddef>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace graph {
namespace {

void Append(std::string& out, absl::string_view text) {
  absl::StrAppend(&out, text, absl::string_view("\0", 1));
}

// Takes fields off the front; one that is missing makes it not ok for good.
class Fields {
 public:
  explicit Fields(absl::string_view bytes) : rest_(bytes) {}

  bool ok() const { return ok_; }
  bool at_end() const { return rest_.empty(); }

  std::string Text() {
    const size_t end = rest_.find('\0');
    if (end == rest_.npos) {
      ok_ = false;
      return "";
    }
    std::string text(rest_.substr(0, end));
    rest_.remove_prefix(end + 1);
    return text;
  }

  size_t Count() {
    size_t count = 0;
    // No count is larger than what is left could hold.
    if (!absl::SimpleAtoi(Text(), &count) || count > rest_.size()) ok_ = false;
    return ok_ ? count : 0;
  }

  int Number() {
    int number = 0;
    if (!absl::SimpleAtoi(Text(), &number)) ok_ = false;
    return number;
  }

 private:
  absl::string_view rest_;
  bool ok_ = true;
};

}  // namespace

std::string EncodeReport(const BuildReport& report) {
  std::string out;
  Append(out, absl::StrCat(report.totals.total));
  Append(out, absl::StrCat(report.targets.size()));
  for (const BuiltTarget& target : report.targets) {
    Append(out, target.label);
    Append(out, target.executable);
    Append(out, absl::StrCat(target.outputs.size()));
    for (const std::string& output : target.outputs) Append(out, output);
  }
  Append(out, absl::StrCat(report.tests.size()));
  for (const TestFinished& test : report.tests) {
    Append(out, test.label);
    Append(out, test.log_path);
  }
  return out;
}

std::optional<BuildReport> DecodeReport(absl::string_view bytes) {
  Fields fields(bytes);
  BuildReport report;
  report.up_to_date = true;
  report.totals.total = report.totals.cached_local = fields.Number();
  report.targets.resize(fields.Count());
  for (BuiltTarget& target : report.targets) {
    target.label = fields.Text();
    target.executable = fields.Text();
    target.outputs.resize(fields.Count());
    for (std::string& output : target.outputs) output = fields.Text();
  }
  report.tests.resize(fields.Count());
  for (TestFinished& test : report.tests) {
    test.label = fields.Text();
    test.log_path = fields.Text();
    test.cached = true;
  }
  if (!fields.ok() || !fields.at_end()) return std::nullopt;
  return report;
}

}  // namespace graph
