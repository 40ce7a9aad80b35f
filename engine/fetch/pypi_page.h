// SPDX-License-Identifier: Apache-2.0
// The page of a project in a simple repository: which files it has, and where.
// JSON as in PEP 691, or HTML as in PEP 503:
//
//   {"files": [{"filename": …, "url": …, "hashes": {"sha256": …}}, …]}
//   <a href="<url>#sha256=<hex>">filename</a> …

#ifndef GRAPH_ENGINE_FETCH_PYPI_PAGE_H_
#define GRAPH_ENGINE_FETCH_PYPI_PAGE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace graph {

// What to ask with.
inline constexpr absl::string_view kPypiPageTypes =
    "application/vnd.pypi.simple.v1+json, "
    "application/vnd.pypi.simple.v1+html; q=0.2, text/html; q=0.01";

struct PypiFile {
  std::string name;
  std::string url;     // Absolute, without fragment.
  std::string sha256;  // "" if the page does not tell it.
  friend bool operator==(const PypiFile&, const PypiFile&) = default;
};

// The files of the page that came from `url` with this Content-Type, in its
// order. Fails with kUnavailable if it is none.
absl::StatusOr<std::vector<PypiFile>> ParsePypiPage(
    absl::string_view text, absl::string_view content_type,
    absl::string_view url);

// PEP 503: lowercase, each run of `-_.` as one `-`.
std::string NormalizedProject(absl::string_view name);

// What a name of a file says: `numpy-1.26.4-cp311-cp311-linux_x86_64.whl` or
// `numpy-1.26.4.tar.gz`. Two names that parse to equal values mean the same
// file of a project, for how the project is written is not always the same.
struct PypiFileName {
  std::string project;  // Normalized.
  std::string version;
  std::string rest;  // `-cp311-cp311-linux_x86_64.whl`, `.tar.gz`
  friend bool operator==(const PypiFileName&, const PypiFileName&) = default;
};
// All "" if it is not the name of a .whl or source archive.
PypiFileName ParsePypiFileName(absl::string_view name);

}  // namespace graph

#endif  // GRAPH_ENGINE_FETCH_PYPI_PAGE_H_
