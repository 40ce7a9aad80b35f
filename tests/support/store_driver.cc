// SPDX-License-Identifier: Apache-2.0
// A program that does to a store what a build does, for tests that let its file
// system fail.
//
//   store_driver ROOT put BEGIN END   puts these blobs and a result for each;
//                                     `acknowledged` once they are flushed
//   store_driver ROOT check END       `have I`, `lack I` or `WRONG I` for each
//                                     blob, `found I` for each result
#include <cstdlib>
#include <iostream>
#include <memory>
#include <string>

#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "engine/cas/ceiling.h"
#include "engine/cas/local_action_cache.h"
#include "engine/cas/local_store.h"
#include "engine/os/filesystem.h"

namespace graph {
namespace {

// A small one, a large one that is put, a large one that is a file.
std::string BytesOf(int i) {
  return absl::StrCat(std::string(i % 3 == 0 ? 200 : 20'000, 'a' + i % 26), i);
}

Digest KeyOf(int i) { return Digest::Of(absl::StrCat("key ", i)); }

absl::Status Put(LocalStore& store, int begin, int end) {
  LocalActionCache cache(store);
  Ceiling ceiling(store, {}, 1'000'000'000, [](std::string) {});
  for (int i = begin; i < end; ++i) {
    if (i % 3 == 2) {
      ASSIGN_OR_RETURN(const std::string path, store.NewTemporaryPath());
      RETURN_IF_ERROR(WriteFile(path, BytesOf(i)));
      RETURN_IF_ERROR(store.PutFile(path, true).status());
    } else {
      RETURN_IF_ERROR(store.Put(BytesOf(i)).status());
    }
    ActionResult result;
    result.stdout_digest = result.stderr_digest = result.parts = EmptyDigest();
    result.outputs = {
        {"out", OutputEntry::Kind::kFile, Digest::Of(BytesOf(i)), false, ""}};
    RETURN_IF_ERROR(cache.Record(KeyOf(i), result));
  }
  return store.Flush();
}

void Check(LocalStore& store, int end) {
  LocalActionCache cache(store);
  for (int i = 0; i < end; ++i) {
    auto result = cache.Find(KeyOf(i), Isolation::kStrict);
    if (result.ok() && result->has_value()) std::cout << "found " << i << "\n";
    auto bytes = store.Get(Digest::Of(BytesOf(i)));
    const bool right = bytes.ok() && *bytes == BytesOf(i);
    std::cout << (right        ? "have "
                  : bytes.ok() ? "WRONG "
                               : "lack ")
              << i << "\n";
  }
}

int Main(int argc, char** argv) {
  if (argc < 4) return 2;
  auto store = LocalStore::Open(argv[1]);
  absl::Status status = store.status();
  if (store.ok() && std::string(argv[2]) == "check") {
    Check(**store, atoi(argv[3]));
  } else if (store.ok() && argc == 5) {
    status = Put(**store, atoi(argv[3]), atoi(argv[4]));
    if (status.ok()) std::cout << "acknowledged\n";
  }
  if (!status.ok()) std::cerr << "error: " << status.message() << "\n";
  return status.ok() ? 0 : 1;
}

}  // namespace
}  // namespace graph

int main(int argc, char** argv) { return graph::Main(argc, argv); }
