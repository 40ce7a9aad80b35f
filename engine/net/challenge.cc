// SPDX-License-Identifier: Apache-2.0
#include "engine/net/challenge.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"

namespace graph {
namespace {

// Takes the header apart from its beginning on.
class ChallengeReader {
 public:
  explicit ChallengeReader(absl::string_view text) : rest_(text) {}

  std::vector<HttpChallenge> Read() {
    std::vector<HttpChallenge> challenges;
    while (Skip(" \t,"), !rest_.empty()) {
      const std::string word = absl::AsciiStrToLower(Token());
      if (word.empty()) {
        rest_.remove_prefix(1);
        continue;
      }
      Skip(" \t");
      if (rest_.empty() || rest_.front() != '=') {
        challenges.push_back({.scheme = word});
        continue;
      }
      rest_.remove_prefix(1);
      Skip(" \t");
      std::string value = Value();
      if (!challenges.empty()) {
        challenges.back().parameters[word] = std::move(value);
      }
    }
    return challenges;
  }

 private:
  void Skip(absl::string_view chars) {
    while (!rest_.empty() &&
           chars.find(rest_.front()) != absl::string_view::npos) {
      rest_.remove_prefix(1);
    }
  }

  absl::string_view Token() {
    const size_t end = std::min(rest_.find_first_of(" \t,=\""), rest_.size());
    const absl::string_view token = rest_.substr(0, end);
    rest_.remove_prefix(end);
    return token;
  }

  std::string Value() {
    if (rest_.empty() || rest_.front() != '"') return std::string(Token());
    rest_.remove_prefix(1);
    std::string value;
    while (!rest_.empty() && rest_.front() != '"') {
      if (rest_.front() == '\\' && rest_.size() > 1) rest_.remove_prefix(1);
      value += rest_.front();
      rest_.remove_prefix(1);
    }
    if (!rest_.empty()) rest_.remove_prefix(1);
    return value;
  }

  absl::string_view rest_;
};

}  // namespace

std::string HttpChallenge::Parameter(const std::string& name) const {
  auto found = parameters.find(name);
  return found == parameters.end() ? "" : found->second;
}

std::vector<HttpChallenge> ParseChallenges(absl::string_view header) {
  return ChallengeReader(header).Read();
}

}  // namespace graph
