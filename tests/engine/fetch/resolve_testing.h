// SPDX-License-Identifier: Apache-2.0

// Upstream services on the loopback: mirrors lead to them.

#ifndef GRAPH_TESTS_ENGINE_FETCH_RESOLVE_TESTING_H_
#define GRAPH_TESTS_ENGINE_FETCH_RESOLVE_TESTING_H_

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "engine/fetch/resolve_version.h"
#include "tests/engine/fetch/fetch_testing.h"
#include "tests/engine/net/test_server.h"
#include "tests/support/status_matchers.h"

namespace graph {

using Fields = std::map<std::string, std::string>;

class ResolveTest : public FetchTest {
 protected:
  ResolveTest()
      : server_([this](const TestRequest& request) {
          auto page = pages_.find(request.path);
          return page == pages_.end()
                     ? TestServer::Answer("404 Not Found", "no such page")
                     : page->second;
        }) {}

  // What begins with `prefix` is asked of our server, below `/<name>/`.
  void Mirror(const std::string& prefix, const std::string& name) {
    context_.http.mirrors.push_back(
        {prefix, server_.Url(absl::StrCat("/", name, "/")), /*only=*/true});
  }
  void Serve(const std::string& path, absl::string_view body,
             absl::string_view headers = "") {
    pages_[path] = TestServer::Answer("200 OK", body, headers);
  }
  void Refuse(const std::string& path, absl::string_view status,
              absl::string_view headers = "") {
    pages_[path] = TestServer::Answer(status, "{\"message\":\"no\"}", headers);
  }

  absl::StatusOr<LockedVersion> Resolve(const VersionRequest& request) {
    return ResolveVersion(request, context_, store_, cancellation_);
  }
  // The fields of the answer.
  absl::StatusOr<Fields> Ask(const std::string& kind, Fields arguments,
                             const std::string& constraint = "",
                             bool prerelease = false) {
    const VersionRequest request{.name = "it",
                                 .source = {kind, std::move(arguments)},
                                 .constraint = constraint,
                                 .prerelease = prerelease};
    absl::StatusOr<LockedVersion> locked = Resolve(request);
    if (!locked.ok()) return locked.status();
    EXPECT_EQ(locked->request, request);
    EXPECT_EQ(locked->asked, "");
    return locked->fields;
  }
  // Only the version.
  absl::StatusOr<std::string> AskVersion(const std::string& kind,
                                         Fields arguments,
                                         const std::string& constraint = "",
                                         bool prerelease = false) {
    absl::StatusOr<Fields> fields =
        Ask(kind, std::move(arguments), constraint, prerelease);
    if (!fields.ok()) return fields.status();
    return (*fields)["version"];
  }

  static std::string Sha(absl::string_view bytes) {
    return Digest::Of(bytes).hex();
  }

  std::map<std::string, std::string> pages_;
  TestServer server_;  // The last to be made, and the first to go.
};

}  // namespace graph

#endif  // GRAPH_TESTS_ENGINE_FETCH_RESOLVE_TESTING_H_
