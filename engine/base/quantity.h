// SPDX-License-Identifier: Apache-2.0
// Sizes and times as people write them.
//
//   size     = number [ unit ]      `50GB`, `1.5T`, `512MiB`, `0`
//   unit     = K | M | G | T [ `i` ] [ `B` ] | `B`
//              powers of 1000, with `i` of 1024; in any case
//   duration = number unit          `30d`, `12h`, `90m`, `2w`, `10s`

#ifndef GRAPH_ENGINE_BASE_QUANTITY_H_
#define GRAPH_ENGINE_BASE_QUANTITY_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace graph {

// In bytes; nullopt if the text is no size.
std::optional<int64_t> ParseSize(absl::string_view text);
// In seconds; nullopt if the text is no duration.
std::optional<int64_t> ParseDuration(absl::string_view text);

// `0 B`, `999 B`, `1.2 kB`, `57 GB`: two digits at least, powers of 1000.
std::string SizeText(int64_t bytes);
// `12 s`, `5 min`, `3 h`, `40 days`: the largest unit that is there whole.
std::string DurationText(int64_t seconds);

}  // namespace graph

#endif  // GRAPH_ENGINE_BASE_QUANTITY_H_
