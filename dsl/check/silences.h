// SPDX-License-Identifier: Apache-2.0

// The comments that silence checks:
//
//     load(":a.spec", "a")  # check: disable=unused-load  b.spec wants it
//     loaded # check: disable=shadowed-name, unused-variable list = 1
//
//     silence := `# check: disable=` name { `,` name } [ reason ]
//
// One stands for its own line; alone on a line, for the next line that is not a
// comment; alone before the first statement, for the whole file.

#ifndef GRAPH_DSL_CHECK_SILENCES_H_
#define GRAPH_DSL_CHECK_SILENCES_H_

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "dsl/syntax/source.h"

namespace dsl {

class Silences {
 public:
  struct Mention {
    Extent extent;  // Of the name.
    std::string name;
    int line = 0;  // That it stands for; 0: the whole file.
  };

  explicit Silences(const Source& source);

  // Whether a finding of `check` that begins there is not to be shown.
  bool Cover(absl::string_view check, uint32_t begin) const;

  std::span<const Mention> mentions() const { return mentions_; }
  // `disabel` in `# check: disabel=x`: what was probably meant as `disable`.
  std::span<const Extent> misspelt() const { return misspelt_; }

 private:
  void Read(Extent comment, int line);

  const Source& source_;
  std::vector<Mention> mentions_;
  std::vector<Extent> misspelt_;
};

}  // namespace dsl

#endif  // GRAPH_DSL_CHECK_SILENCES_H_
