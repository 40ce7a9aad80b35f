// SPDX-License-Identifier: Apache-2.0
// The name of a target: repository, package and name.
//
//   label   = [ "@" repo ] "//" package [ ":" name ] | [ ":" ] name
//   package = "" | part *( "/" part )           name = part *( "/" part )
//
// The repository is empty for the workspace itself and `rules` for the rules
// that come with the tool. `//a/b` is short for `//a/b:b`. No part is `.`, `..`
// or empty, so that no label leaves its package.

#ifndef GRAPH_ENGINE_MODEL_LABEL_H_
#define GRAPH_ENGINE_MODEL_LABEL_H_

#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace graph {

// A package: a folder of a repository. Text form: `//a/b`, `@rules//core`.
struct PackageName {
  std::string repo;
  std::string path;

  std::string ToString() const;

  friend bool operator==(const PackageName&, const PackageName&) = default;
  friend auto operator<=>(const PackageName&, const PackageName&) = default;
  template <typename H>
  friend H AbslHashValue(H h, const PackageName& p) {
    return H::combine(std::move(h), p.repo, p.path);
  }
};

// A value as small as a pointer: copies share one immutable text. Safe to copy
// and to read from many threads. A default Label names nothing; its parts are
// empty.
class Label {
 public:
  Label() = default;
  // Fails with kInvalidArgument; the message says what is wrong with which
  // part, without a position.
  static absl::StatusOr<Label> Create(absl::string_view repo,
                                      absl::string_view package,
                                      absl::string_view name);
  // Reads `text` as written in package `context`. Errors as Create().
  static absl::StatusOr<Label> Parse(absl::string_view text,
                                     const PackageName& context);

  Label(const Label& other) : rep_(Share(other.rep_)) {}
  Label(Label&& other) noexcept : rep_(std::exchange(other.rep_, nullptr)) {}
  Label& operator=(Label other) noexcept {
    std::swap(rep_, other.rep_);
    return *this;
  }
  ~Label() { Release(rep_); }

  bool empty() const { return rep_ == nullptr; }
  absl::string_view repo() const;
  absl::string_view package() const;
  absl::string_view name() const;
  // The whole: `//pkg:name`, `@rules//pkg:name`. Lives as long as any copy.
  absl::string_view text() const;
  // Its beginning, that names the package: `//pkg`, `@rules//pkg`.
  absl::string_view package_text() const;
  std::string ToString() const { return std::string(text()); }
  PackageName package_name() const;
  // In the same repository and package.
  bool IsNeighbour(const Label& other) const {
    return package_text() == other.package_text();
  }

  friend bool operator==(const Label& a, const Label& b) {
    return a.rep_ == b.rep_ || (a.hash() == b.hash() && a.text() == b.text());
  }
  // By repository, then package, then name.
  friend std::strong_ordering operator<=>(const Label& a, const Label& b);
  template <typename H>
  friend H AbslHashValue(H h, const Label& label) {
    return H::combine(std::move(h), label.hash());
  }

 private:
  struct Rep;
  explicit Label(Rep* rep) : rep_(rep) {}
  static Label Make(absl::string_view repo, absl::string_view package,
                    absl::string_view name);
  static Rep* Share(Rep* rep);
  static void Release(Rep* rep);
  size_t hash() const;

  Rep* rep_ = nullptr;
};

// Whether `package` (`name`) can be the package (the name) of a label; if not,
// kInvalidArgument says why.
absl::Status CheckPackagePath(absl::string_view package);
absl::Status CheckTargetName(absl::string_view name);

}  // namespace graph

#endif  // GRAPH_ENGINE_MODEL_LABEL_H_
