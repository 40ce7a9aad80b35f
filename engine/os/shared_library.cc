// SPDX-License-Identifier: Apache-2.0
#include "engine/os/shared_library.h"

#include <dlfcn.h>

#include "absl/strings/str_cat.h"

namespace graph {
namespace {

std::string LinkerError() {
  const char* error = dlerror();
  return error == nullptr ? "no reason given" : error;
}

}  // namespace

absl::StatusOr<SharedLibrary> SharedLibrary::Load(
    const std::string& soname, absl::string_view debian_package) {
  void* handle = dlopen(soname.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
  if (handle == nullptr) {
    return absl::FailedPreconditionError(absl::StrCat(
        "this needs the library ", soname, ", which is not on this machine (",
        LinkerError(), "); install the Debian package ", debian_package));
  }
  return SharedLibrary(handle, soname);
}

absl::StatusOr<void*> SharedLibrary::Find(const char* name) const {
  void* symbol = dlsym(handle_, name);
  if (symbol == nullptr) {
    return absl::FailedPreconditionError(
        absl::StrCat(soname_, " on this machine is too old: ", LinkerError()));
  }
  return symbol;
}

}  // namespace graph
