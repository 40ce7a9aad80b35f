// SPDX-License-Identifier: Apache-2.0
// Which versions are wanted: `>=3.14,<3.15`.
//
//   constraint  ::=  [clause {"," clause}]         all of them must hold
//   clause      ::=  operator version | ("==" | "!=") numbers ".*"
//   operator    ::=  "==" | "!=" | ">=" | "<=" | ">" | "<" | "~=" | "^" | "~"
//
// The operators are those of PEP 440, also in what they leave out: `<3.15` has
// no 3.15.0rc1 and `>3.15` no 3.15.post1, unless their own version is such a
// one. `~=1.4.2` means `>=1.4.2,==1.4.*`. `^` and `~` are npm's: `^1.4.2` ends
// before 2.0.0 (`^0.4.2` before 0.5.0), `~1.4.2` before 1.5.0.
//
// Debian's versions have no numbers that all write in one way, and so neither
// `.*` nor `~=`, `^` and `~`.

#ifndef GRAPH_ENGINE_MODEL_VERSION_CONSTRAINT_H_
#define GRAPH_ENGINE_MODEL_VERSION_CONSTRAINT_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/model/version_order.h"

namespace graph {

// Immutable value.
class VersionConstraint {
 public:
  // An empty text allows everything. Fails with kInvalidArgument; the message
  // shows the text with a mark below the place.
  static absl::StatusOr<VersionConstraint> Parse(VersionScheme scheme,
                                                 absl::string_view text);

  // `version` is of the scheme that was given. Prereleases are versions like
  // others here: whether one may be taken is for the caller to say.
  bool Allows(const Version& version) const;

  // `==3.15.0rc1` names a prerelease, which is to ask for it.
  bool NamesPrerelease() const;
  // Whether one version alone is named.
  bool IsExact() const;

  // The first version that it names; nullptr if it allows everything.
  const Version* anchor() const {
    return clauses_.empty() ? nullptr : &clauses_.front().version;
  }

 private:
  enum class Operator {
    kEqual,
    kNotEqual,
    kAtLeast,
    kAtMost,
    kGreater,
    kLess,
    kStartsWith,
    kStartsNotWith,
  };
  struct Clause {
    Operator op;
    Version version;
    std::vector<std::string> prefix;  // Of kStartsWith and its opposite.
  };
  friend class ConstraintParser;

  static bool BeginsWith(const Version& version, const Clause& clause);
  static bool Holds(const Clause& clause, const Version& version);

  std::vector<Clause> clauses_;
};

}  // namespace graph

#endif  // GRAPH_ENGINE_MODEL_VERSION_CONSTRAINT_H_
