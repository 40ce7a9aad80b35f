// SPDX-License-Identifier: Apache-2.0
#include "engine/model/version_constraint.h"

#include <algorithm>
#include <utility>

#include "absl/status/status_macros.h"
#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace graph {
namespace {

constexpr absl::string_view kOperatorBytes = "=!<>~^";

// `9` → `10`; of numbers that no project will reach, the same.
std::string Next(absl::string_view number) {
  uint64_t value = 0;
  if (!absl::SimpleAtoi(number, &value)) return std::string(number);
  return absl::StrCat(value + 1);
}

}  // namespace

class ConstraintParser {
 public:
  ConstraintParser(VersionScheme scheme, absl::string_view text)
      : scheme_(scheme), text_(text) {}

  absl::StatusOr<VersionConstraint> Parse() {
    if (absl::StripAsciiWhitespace(text_).empty()) {
      return std::move(constraint_);
    }
    for (absl::string_view clause : absl::StrSplit(text_, ',')) {
      const absl::string_view bare = absl::StripAsciiWhitespace(clause);
      if (bare.empty()) {
        return Wrong(clause, "there is nothing between or behind the commas");
      }
      RETURN_IF_ERROR(Clause(bare));
    }
    return std::move(constraint_);
  }

 private:
  using Operator = VersionConstraint::Operator;

  absl::Status Wrong(absl::string_view place, absl::string_view why) const {
    return absl::InvalidArgumentError(absl::StrCat(
        "the constraint is wrong: ", why, "\n    ", text_, "\n    ",
        std::string(place.data() - text_.data(), ' '), "^"));
  }

  absl::Status Clause(absl::string_view clause) {
    const size_t end =
        std::min(clause.find_first_not_of(kOperatorBytes), clause.size());
    const absl::string_view op = clause.substr(0, end);
    const absl::string_view version =
        absl::StripLeadingAsciiWhitespace(clause.substr(end));
    if (op.empty()) {
      return Wrong(clause,
                   absl::StrCat("`", clause, "` has no operator: `==", clause,
                                "` is that version, `==", clause,
                                ".*` each that begins so"));
    }
    if (version.empty()) {
      return Wrong(clause, absl::StrCat("no version follows `", op, "`"));
    }
    if (absl::EndsWith(version, ".*")) return Wildcard(op, version);
    constexpr std::pair<absl::string_view, Operator> kPlain[] = {
        {"==", Operator::kEqual},   {"!=", Operator::kNotEqual},
        {">=", Operator::kAtLeast}, {"<=", Operator::kAtMost},
        {">", Operator::kGreater},  {"<", Operator::kLess}};
    for (const auto& [known, meaning] : kPlain) {
      if (op == known) return Add(meaning, version);
    }
    if (op == "~=" || op == "^" || op == "~") return Range(op, version);
    return Wrong(op, absl::StrCat("`", op,
                                  "` is no operator; there are ==, "
                                  "!=, >=, <=, >, <, ~=, ^ and ~"));
  }

  absl::Status Wildcard(absl::string_view op, absl::string_view version) {
    if (op != "==" && op != "!=") {
      return Wrong(op, "only == and != go with `.*`");
    }
    RETURN_IF_ERROR(NeedsNumbers(op, "`.*`"));
    const absl::string_view prefix = absl::StripSuffix(version, ".*");
    RETURN_IF_ERROR(Add(
        op == "==" ? Operator::kStartsWith : Operator::kStartsNotWith, prefix));
    const Version& added = constraint_.clauses_.back().version;
    if (added.is_prerelease() || added.is_post() || added.is_local()) {
      return Wrong(version, "only numbers come before `.*`");
    }
    KeepPrefix(given_);
    return absl::OkStatus();
  }

  absl::Status Range(absl::string_view op, absl::string_view version) {
    RETURN_IF_ERROR(NeedsNumbers(op, absl::StrCat("`", op, "`")));
    RETURN_IF_ERROR(Add(Operator::kAtLeast, version));
    std::vector<std::string> limit =
        constraint_.clauses_.back().version.release();
    if (op == "~=") {
      if (given_ < 2) {
        return Wrong(version, "`~=` needs two numbers at least: `~=1.4`");
      }
      const size_t kept = given_ - 1;
      RETURN_IF_ERROR(Add(Operator::kStartsWith, version));
      KeepPrefix(kept);
      return absl::OkStatus();
    }
    size_t fixed = 0;  // The number that may not change.
    if (op == "~") {
      fixed = std::min<size_t>(given_, 2) - 1;
    } else {
      while (fixed + 1 < given_ && limit[fixed] == "0") ++fixed;
    }
    limit.resize(fixed + 1);
    limit[fixed] = Next(limit[fixed]);
    const std::string text = absl::StrJoin(limit, ".");
    std::optional<Version> end = ParseVersion(text);
    if (!end) return Wrong(version, "no version can come behind that");
    constraint_.clauses_.push_back({Operator::kLess, *std::move(end), {}});
    return absl::OkStatus();
  }

  // The last clause looks only at so many numbers.
  void KeepPrefix(size_t count) {
    VersionConstraint::Clause& clause = constraint_.clauses_.back();
    clause.prefix = clause.version.release();
    clause.prefix.resize(count);
  }

  absl::Status NeedsNumbers(absl::string_view place, absl::string_view what) {
    if (scheme_ != VersionScheme::kDebian) return absl::OkStatus();
    return Wrong(place, absl::StrCat("versions of Debian have no ", what,
                                     ": write `>=1.4,<1.5~`"));
  }

  absl::Status Add(Operator op, absl::string_view text) {
    std::optional<Version> version = ParseVersion(text);
    if (!version) {
      return Wrong(text, absl::StrCat("`", text, "` is no version"));
    }
    constraint_.clauses_.push_back({op, *std::move(version), {}});
    return absl::OkStatus();
  }

  // Of Semantic Versioning the last numbers may be left out here, and only
  // here. Notes how many were given.
  std::optional<Version> ParseVersion(absl::string_view text) {
    std::string whole(text);
    size_t missing = 0;
    if (scheme_ == VersionScheme::kSemver &&
        text.find_first_not_of("0123456789.") == text.npos) {
      const size_t dots = std::count(text.begin(), text.end(), '.');
      missing = dots < 2 ? 2 - dots : 0;
      for (size_t i = 0; i < missing; ++i) absl::StrAppend(&whole, ".0");
    }
    std::optional<Version> version = Version::Parse(scheme_, whole);
    if (version) given_ = version->release().size() - missing;
    return version;
  }

  const VersionScheme scheme_;
  const absl::string_view text_;
  size_t given_ = 0;  // How many numbers the last version had.
  VersionConstraint constraint_;
};

absl::StatusOr<VersionConstraint> VersionConstraint::Parse(
    VersionScheme scheme, absl::string_view text) {
  return ConstraintParser(scheme, text).Parse();
}

// Whether the numbers, filled up with zeros, begin with those of the clause.
bool VersionConstraint::BeginsWith(const Version& version,
                                   const Clause& clause) {
  if (version.epoch() != clause.version.epoch()) return false;
  const std::vector<std::string>& numbers = version.release();
  for (size_t i = 0; i < clause.prefix.size(); ++i) {
    if ((i < numbers.size() ? numbers[i] : "0") != clause.prefix[i]) {
      return false;
    }
  }
  return true;
}

bool VersionConstraint::Holds(const Clause& clause, const Version& version) {
  const Version& limit = clause.version;
  // A local part counts only where one is named.
  const int order = limit.is_local()
                        ? (version < limit) ? -1 : (version > limit)
                        : version.public_order().compare(limit.public_order());
  switch (clause.op) {
    case Operator::kEqual:
      return order == 0;
    case Operator::kNotEqual:
      return order != 0;
    case Operator::kAtLeast:
      return order >= 0;
    case Operator::kAtMost:
      return order <= 0;
    case Operator::kGreater:
      return order > 0 && (limit.is_post() || !version.is_post() ||
                           version.base() != limit.base());
    case Operator::kLess:
      return order < 0 && (limit.is_prerelease() || !version.is_prerelease() ||
                           version.base() != limit.base());
    case Operator::kStartsWith:
      return BeginsWith(version, clause);
    case Operator::kStartsNotWith:
      return !BeginsWith(version, clause);
  }
  return false;
}

bool VersionConstraint::Allows(const Version& version) const {
  return std::all_of(
      clauses_.begin(), clauses_.end(),
      [&](const Clause& clause) { return Holds(clause, version); });
}

bool VersionConstraint::NamesPrerelease() const {
  return std::any_of(clauses_.begin(), clauses_.end(), [](const Clause& c) {
    return c.op == Operator::kEqual && c.version.is_prerelease();
  });
}

bool VersionConstraint::IsExact() const {
  return std::any_of(clauses_.begin(), clauses_.end(),
                     [](const Clause& c) { return c.op == Operator::kEqual; });
}

}  // namespace graph
