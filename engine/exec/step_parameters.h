// SPDX-License-Identifier: Apache-2.0
// The parameters of the steps of this room: what stands as JSON in
// Action::content, as values. Everything that is not known is refused with
// kInvalidArgument, so that a typing error cannot pass for a default.

#ifndef GRAPH_ENGINE_EXEC_STEP_PARAMETERS_H_
#define GRAPH_ENGINE_EXEC_STEP_PARAMETERS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace graph {

struct MergeLayer {
  std::string input;      // Its path, as the action declares it.
  std::string strip;      // Only what lies below this folder of it.
  std::string prefix;     // Where that goes in the merged tree.
  bool as_file = false;   // A file goes to `prefix` itself, not into it.
  bool optional = false;  // The input may be absent.
  std::vector<std::string> remove;
};

struct MergeParameters {
  std::vector<MergeLayer> layers;
  std::vector<std::string> remove, discard;

  static absl::StatusOr<MergeParameters> Parse(absl::string_view json);
};

struct ArchiveParameters {
  struct Entry {
    std::string input;
    std::string as;
  };
  std::string format;
  std::vector<Entry> entries;
  std::optional<int> level;

  static absl::StatusOr<ArchiveParameters> Parse(absl::string_view json);
};

struct LayerParameters {
  struct Owner {
    uint32_t uid = 0;
    uint32_t gid = 0;
  };
  template <typename T>
  using Pairs = std::vector<std::pair<std::string, T>>;

  std::vector<ArchiveParameters::Entry> entries;
  std::vector<std::string> archives;
  Owner owner;  // Of all but what archives bring.
  Pairs<std::string> symlinks;
  Pairs<uint32_t> directories;
  std::vector<std::string> exclude;
  Pairs<uint32_t> modes;
  Pairs<Owner> owners;
  std::vector<std::string> remove;

  static absl::StatusOr<LayerParameters> Parse(absl::string_view json);
};

struct CompressParameters {
  std::string format;
  std::optional<int> level;

  static absl::StatusOr<CompressParameters> Parse(absl::string_view json);
};

struct DigestsParameters {
  std::vector<std::string> inputs;

  static absl::StatusOr<DigestsParameters> Parse(absl::string_view json);
};

// From → to, sorted.
using Substitutions = std::vector<std::pair<std::string, std::string>>;
absl::StatusOr<Substitutions> ParseSubstitutions(absl::string_view json);

}  // namespace graph

#endif  // GRAPH_ENGINE_EXEC_STEP_PARAMETERS_H_
