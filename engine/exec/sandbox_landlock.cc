// SPDX-License-Identifier: Apache-2.0
#include "engine/exec/sandbox_landlock.h"

#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "absl/strings/str_cat.h"

namespace graph {
namespace {

// Newer than the headers of our platform.
constexpr uint64_t kTruncate = 1ULL << 14;        // Version 3
constexpr uint64_t kDeviceControl = 1ULL << 15;   // Version 5
constexpr uint64_t kAbstractSockets = 1ULL << 0;  // Version 6
constexpr uint64_t kSignals = 1ULL << 1;          // Version 6

struct RulesetAttributes {
  uint64_t handled_files;
  uint64_t handled_network;
  uint64_t scoped;
};

constexpr uint64_t kReading = LANDLOCK_ACCESS_FS_EXECUTE |
                              LANDLOCK_ACCESS_FS_READ_FILE |
                              LANDLOCK_ACCESS_FS_READ_DIR;
constexpr uint64_t kWriting =
    LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR |
    LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_DIR |
    LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_SOCK |
    LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_SYM |
    LANDLOCK_ACCESS_FS_REFER | kTruncate;
constexpr uint64_t kDevices = LANDLOCK_ACCESS_FS_MAKE_CHAR |
                              LANDLOCK_ACCESS_FS_MAKE_BLOCK | kDeviceControl;
// Rights that a file can have; the others are those of folders.
constexpr uint64_t kOfFiles =
    LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE |
    LANDLOCK_ACCESS_FS_WRITE_FILE | kTruncate | kDeviceControl;

uint64_t Known(uint64_t rights) {
  const int version = LandlockVersion();
  if (version < 2) rights &= ~uint64_t{LANDLOCK_ACCESS_FS_REFER};
  if (version < 3) rights &= ~kTruncate;
  if (version < 5) rights &= ~kDeviceControl;
  return rights;
}

absl::Status Refused(absl::string_view step, int error) {
  return absl::FailedPreconditionError(
      absl::StrCat("this machine does not let us ", step,
                   " for a sandbox: ", strerror(error)));
}

}  // namespace

int LandlockVersion() {
  static const long version = syscall(SYS_landlock_create_ruleset, nullptr, 0,
                                      LANDLOCK_CREATE_RULESET_VERSION);
  return version < 0 ? 0 : static_cast<int>(version);
}

uint64_t LandlockListing() { return LANDLOCK_ACCESS_FS_READ_DIR; }
uint64_t LandlockReading() { return Known(kReading); }
uint64_t LandlockWriting() { return Known(kWriting); }
uint64_t LandlockEverything() { return Known(kReading | kWriting | kDevices); }

absl::StatusOr<LandlockRules> LandlockRules::Make(uint64_t handled,
                                                  bool contained) {
  RulesetAttributes attributes{Known(handled), 0, 0};
  if (contained && LandlockVersion() >= 6) {
    attributes.scoped = kAbstractSockets | kSignals;
  }
  FileDescriptor rules(static_cast<int>(syscall(
      SYS_landlock_create_ruleset, &attributes, sizeof(attributes), 0)));
  if (!rules.valid()) return Refused("make Landlock rules", errno);
  return LandlockRules(std::move(rules), attributes.handled_files);
}

absl::Status LandlockRules::Allow(const std::string& path, uint64_t rights) {
  FileDescriptor place(open(path.c_str(), O_PATH | O_CLOEXEC));
  struct stat state;
  if (!place.valid() || fstat(place.get(), &state) != 0) {
    return absl::NotFoundError(absl::StrCat(path, " is not there"));
  }
  landlock_path_beneath_attr rule{};
  rule.allowed_access = rights & handled_;
  if (!S_ISDIR(state.st_mode)) rule.allowed_access &= kOfFiles;
  rule.parent_fd = place.get();
  if (syscall(SYS_landlock_add_rule, rules_.get(), LANDLOCK_RULE_PATH_BENEATH,
              &rule, 0) != 0) {
    return Refused(absl::StrCat("allow ", path), errno);
  }
  return absl::OkStatus();
}

absl::Status LandlockRules::Enforce() const {
  const int error = EnforceQuietly();
  return error == 0 ? absl::OkStatus()
                    : Refused("enforce Landlock rules", error);
}

int LandlockRules::EnforceQuietly() const {
  return syscall(SYS_landlock_restrict_self, rules_.get(), 0) == 0 ? 0 : errno;
}

}  // namespace graph
