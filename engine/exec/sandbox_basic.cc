// SPDX-License-Identifier: Apache-2.0
// Isolation without namespaces. Programs are found where they were compiled to
// be, so they are those of this machine, and of these only what packages of the
// toolchain own: each file is a rule of its own, made once for many commands.
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstring>

#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "engine/exec/sandbox.h"
#include "engine/exec/sandbox_landlock.h"
#include "engine/exec/toolchain.h"
#include "engine/os/filesystem.h"

namespace graph {
namespace {

// The first that can keep a command from cutting files short.
constexpr int kNeededVersion = 3;

absl::Status AllowTool(LandlockRules& rules, absl::string_view place) {
  absl::Status allowed =
      rules.Allow(absl::StrCat("/", place), LandlockReading());
  if (!absl::IsNotFound(allowed)) return allowed;
  // A system that still has /bin beside /usr/bin.
  if (absl::ConsumePrefix(&place, "usr/")) {
    allowed = rules.Allow(absl::StrCat("/", place), LandlockReading());
  }
  return absl::IsNotFound(allowed) ? absl::OkStatus() : allowed;
}

// The files of this machine that have a copy in the folder `place` of the
// toolchain. Links need no rule: what they lead to has one.
absl::Status AllowTools(const std::string& root, const std::string& place,
                        LandlockRules& rules) {
  ASSIGN_OR_RETURN(auto entries, ListDirectory(absl::StrCat(root, "/", place)));
  for (const DirectoryEntry& entry : entries) {
    const std::string child = absl::StrCat(place, "/", entry.name);
    if (entry.type == FileType::kDirectory) {
      if (place == "etc") {
        absl::Status listed =
            rules.Allow(absl::StrCat("/", child), LandlockListing());
        if (!listed.ok() && !absl::IsNotFound(listed)) return listed;
      }
      RETURN_IF_ERROR(AllowTools(root, child, rules));
    } else if (entry.type == FileType::kRegular && !IsOwnSetting(child)) {
      RETURN_IF_ERROR(AllowTool(rules, child));
    }
  }
  return absl::OkStatus();
}

absl::Status RestrictFiles(const BasicPlaces& places) {
  ASSIGN_OR_RETURN(LandlockRules rules,
                   LandlockRules::Make(LandlockEverything(),
                                       /*contained=*/true));
  const uint64_t all = LandlockReading() | LandlockWriting();
  RETURN_IF_ERROR(rules.Allow(places.exec_root, LandlockReading()));
  RETURN_IF_ERROR(
      rules.Allow(absl::StrCat(places.exec_root, "/graph-out"), all));
  RETURN_IF_ERROR(rules.Allow(places.scratch, all));
  RETURN_IF_ERROR(rules.Allow("/proc", LandlockReading()));
  RETURN_IF_ERROR(rules.Allow("/usr", LandlockListing()));
  for (const char* device : kSandboxDevices) {
    RETURN_IF_ERROR(
        rules.Allow(absl::StrCat("/dev/", device), LandlockEverything()));
  }
  for (const char* folder : {"usr", "etc"}) {
    RETURN_IF_ERROR(AllowTools(places.toolchain_root, folder, rules));
  }
  return rules.Enforce();
}

}  // namespace

absl::Status ProbeBasic() {
  const int version = LandlockVersion();
  if (version < kNeededVersion) {
    return absl::FailedPreconditionError(
        version == 0
            ? std::string("this kernel has no Landlock, or it is switched off "
                          "(see the kernel's parameter `lsm`)")
            : absl::StrCat("Landlock of this kernel is of version ", version,
                           "; ", kNeededVersion, " is needed (Linux 6.2)"));
  }
  const uint32_t answer = SECCOMP_RET_ERRNO;
  if (syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &answer) != 0) {
    return absl::FailedPreconditionError(
        absl::StrCat("this machine does not let us filter system calls (",
                     strerror(errno), ")"));
  }
  return absl::OkStatus();
}

absl::Status EnterBasic(const BasicPlaces& places) {
  RETURN_IF_ERROR(DropCapabilities(Insider::kUser));
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
    return absl::FailedPreconditionError(
        absl::StrCat("this machine does not let us give up privileges for a "
                     "sandbox: ",
                     strerror(errno)));
  }
  RETURN_IF_ERROR(RestrictFiles(places));
  return InstallSystemCallFilter(SocketRule::kNone, Insider::kUser);
}

}  // namespace graph
