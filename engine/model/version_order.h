// SPDX-License-Identifier: Apache-2.0
// The order of versions, which is not that of their texts: 1.10 comes after
// 1.9, and 2.0rc1 before 2.0.
//
// Nobody numbers as everybody does, so that there are four schemes:
//
//   kPython   PEP 440 ("Version Identification"), with all the spellings that
//             it normalises: python_org, pypi
//   kSemver   Semantic Versioning 2.0.0: npm
//   kDebian   Debian Policy 5.6.12, that is deb-version(7): deb
//   kDotted   what projects write in tags and file names, for which nobody has
//             a specification: github_releases, git_tags, git_branch, oci_tags,
//             url_index
//
// kDotted, in the order of one release: `dev` < `a`, `alpha` < `b`, `beta` <
// other words, by text < `c`, `pre`, `preview`, `rc` < none of them < a letter
// right behind the numbers (`1.1.1w`), `-N`, `post`, `p`, `patch`, `pl`, `r`,
// `rev`. Numbers in such a suffix are numbers: `rc.10` and `rc10` come after
// `rc9`. A leading `v` and what follows a `+` do not count, nor do zeros at the
// end of the numbers: `v1.2` is `1.2.0`. So it is the order of PEP 440 for what
// fits that, but for `1.0a`, to which that is an alpha; and that of Semantic
// Versioning, but for `1.2.3-4`, and for words beside those above.

#ifndef GRAPH_ENGINE_MODEL_VERSION_ORDER_H_
#define GRAPH_ENGINE_MODEL_VERSION_ORDER_H_

#include <compare>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace graph {

enum class VersionScheme { kPython, kSemver, kDebian, kDotted };

// Of a kind of VersionSource.
VersionScheme VersionSchemeOf(absl::string_view source_kind);

// One version. Those of one scheme are in one order, in which two spellings of
// a version are equal; to compare those of two schemes means nothing. Immutable
// value.
class Version {
 public:
  // nullopt if the text is no version of that scheme.
  static std::optional<Version> Parse(VersionScheme scheme,
                                      absl::string_view text);

  const std::string& text() const { return text_; }  // As it was written.

  // Alpha, beta, candidate, development snapshot. In kDebian, where it is no
  // more than a habit: a `~` with such a word behind it.
  bool is_prerelease() const { return is_prerelease_; }
  // A later edition of a release: `1.0.post1`, `1.1.1w`. Not in kDebian.
  bool is_post() const { return is_post_; }

  // `1.2.0` of `v1.2.0rc1`, as digits without leading zeros. Empty in kDebian.
  const std::vector<std::string>& release() const { return release_; }

  // As bytes that are equal if the epochs are.
  absl::string_view epoch() const {
    return absl::string_view(base_).substr(
        0, 2 + static_cast<unsigned char>(base_[1]));
  }

  // Versions have equal bases if they differ in nothing but what comes behind
  // the numbers: `1.2rc1`, `1.2.0` and `1.2.post1`.
  const std::string& base() const { return base_; }
  // Whether there is a `+local` of PEP 440.
  bool is_local() const { return order_.size() != public_size_; }
  // What is compared where a local part does not count.
  absl::string_view public_order() const {
    return absl::string_view(order_).substr(0, public_size_);
  }

  friend bool operator==(const Version& a, const Version& b) {
    return a.order_ == b.order_;
  }
  friend std::weak_ordering operator<=>(const Version& a, const Version& b) {
    return a.order_.compare(b.order_) <=> 0;
  }

 private:
  friend class VersionParser;
  Version() = default;

  std::string text_;
  // Bytes whose order is that of the versions.
  std::string order_;
  size_t public_size_ = 0;
  std::string base_;
  std::vector<std::string> release_;
  bool is_prerelease_ = false;
  bool is_post_ = false;
};

}  // namespace graph

#endif  // GRAPH_ENGINE_MODEL_VERSION_ORDER_H_
