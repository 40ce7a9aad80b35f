// SPDX-License-Identifier: Apache-2.0
#include "engine/os/environment.h"

#include <pwd.h>
#include <sched.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"

namespace graph {
namespace {

std::string HomeOfUser() {
  passwd entry{};
  passwd* found = nullptr;
  std::vector<char> buffer(16384);
  if (getpwuid_r(geteuid(), &entry, buffer.data(), buffer.size(), &found) !=
          0 ||
      found == nullptr || found->pw_dir == nullptr) {
    return "/";
  }
  return found->pw_dir;
}

std::string XdgFolder(const HostEnvironment& environment,
                      absl::string_view variable, absl::string_view fallback) {
  std::optional<std::string> folder = environment.Find(variable);
  if (folder.has_value() && !folder->empty() && folder->front() == '/') {
    return *folder;
  }
  return absl::StrCat(environment.Home(), "/", fallback);
}

}  // namespace

HostEnvironment HostEnvironment::FromProcess() {
  std::map<std::string, std::string> variables;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    absl::string_view text = *entry;
    size_t equals = text.find('=');
    if (equals == absl::string_view::npos || equals == 0) continue;
    variables.emplace(text.substr(0, equals), text.substr(equals + 1));
  }
  return HostEnvironment(std::move(variables));
}

std::optional<std::string> HostEnvironment::Find(absl::string_view name) const {
  auto found = variables_.find(std::string(name));
  if (found == variables_.end()) return std::nullopt;
  return found->second;
}

std::string HostEnvironment::Home() const {
  std::optional<std::string> home = Find("HOME");
  return home.has_value() && !home->empty() ? *home : HomeOfUser();
}

std::string HostEnvironment::CacheHome() const {
  return XdgFolder(*this, "XDG_CACHE_HOME", ".cache");
}

std::string HostEnvironment::ConfigHome() const {
  return XdgFolder(*this, "XDG_CONFIG_HOME", ".config");
}

int UsableProcessors() {
  cpu_set_t set;
  CPU_ZERO(&set);
  if (sched_getaffinity(0, sizeof(set), &set) == 0) {
    return std::max(1, CPU_COUNT(&set));
  }
  return std::max<int>(1, sysconf(_SC_NPROCESSORS_ONLN));
}

int ProcessId() { return getpid(); }
int UserId() { return static_cast<int>(geteuid()); }

std::string HostPlatform() {
  utsname name{};
  if (uname(&name) != 0) return "unknown";
  std::string system = name.sysname;
  if (system == "Linux") system = "linux";
  return absl::StrCat(system, "-", name.machine);
}

}  // namespace graph
