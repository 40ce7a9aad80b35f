// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_ENGINE_OS_SHARED_LIBRARY_H_
#define GRAPH_ENGINE_OS_SHARED_LIBRARY_H_

#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace graph {

// A library that is loaded when it is first needed, so that commands that do
// not need it start without it. Stays loaded until the process ends, even
// when this object goes: what it gave stays valid. Safe for concurrent use.
class SharedLibrary {
 public:
  // `soname` as the dynamic linker knows it (`libcurl.so.4`). If it cannot be
  // loaded, fails with kFailedPrecondition and says to install
  // `debian_package`.
  static absl::StatusOr<SharedLibrary> Load(const std::string& soname,
                                            absl::string_view debian_package);

  // The function `name`: `ASSIGN_OR_RETURN(init_, lib.Function<decltype(
  // &curl_easy_init)>("curl_easy_init"))`. Fails with kFailedPrecondition.
  template <typename Pointer>
  absl::StatusOr<Pointer> Function(const char* name) const {
    absl::StatusOr<void*> symbol = Find(name);
    if (!symbol.ok()) return symbol.status();
    return reinterpret_cast<Pointer>(*symbol);
  }

 private:
  SharedLibrary(void* handle, std::string soname)
      : handle_(handle), soname_(std::move(soname)) {}
  absl::StatusOr<void*> Find(const char* name) const;

  void* handle_;
  std::string soname_;
};

}  // namespace graph

#endif  // GRAPH_ENGINE_OS_SHARED_LIBRARY_H_
