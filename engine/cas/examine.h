// SPDX-License-Identifier: Apache-2.0
// Looks for damage in a whole store: what `graph cache doctor` does.

#ifndef GRAPH_ENGINE_CAS_EXAMINE_H_
#define GRAPH_ENGINE_CAS_EXAMINE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/cas/local_store.h"

namespace graph {

// Something that should not be as it is. None of it makes a build wrong: what
// is damaged is found when it is used, and made anew.
struct Finding {
  enum class Kind : uint8_t {
    kDamagedBlob,     // A file with other bytes than its name says. Set aside.
    kBrokenSeal,      // The right bytes with another mode or time. Sealed.
    kStrayFile,       // Not the name of anything that we keep. Set aside.
    kTornRecord,      // A record that does not match its checksum. Removed.
    kOpenResult,      // A result that names a blob that is not there. Removed.
    kStrayTemporary,  // What a killed process left. Removed.
    kOldIndex,        // A damaged index that was set aside earlier. Removed.
    kWrongCount,      // Other counts than what is there. Put right.
    kFormat,          // The file `format` was damaged. Written anew.
    kDamagedTree,     // A kept tree that is not what its name says. Removed.
  };
  Kind kind;
  std::string where;  // A path below the root, or a key.
  std::string text;   // What is wrong.
  bool mended = false;
};

// `damaged-blob`, for data.
absl::string_view FindingName(Finding::Kind kind);

struct Examination {
  int64_t files = 0;
  int64_t bytes = 0;  // That were read and digested.
  int64_t records = 0;
  int64_t folders = 0;
  int64_t quarantined = 0;        // Files set aside, by us or earlier.
  std::vector<Finding> findings;  // Sorted by kind and place.

  bool clean() const { return findings.empty(); }
};

// Reads everything, with `threads` threads; with `repair`, mends what it finds.
// Without it nothing is changed. Builds may run meanwhile.
absl::StatusOr<Examination> Examine(LocalStore& store, bool repair,
                                    int threads);

// What is wrong with the file `format` of the store at `root`, before it is
// opened: nothing, or one finding, mended if `repair`. A folder that has
// nothing else of a store is left alone.
std::vector<Finding> ExamineFormat(const std::string& root, bool repair);

}  // namespace graph

#endif  // GRAPH_ENGINE_CAS_EXAMINE_H_
