// SPDX-License-Identifier: Apache-2.0
// Fetching as steps of the engine, whose parameters are a JSON object in
// Action::content.
//
//   fetch_http  {"urls": [string, …], "sha256": hex, "strip_prefix": string,
//                "unpack": bool, "executable": bool}
//   fetch_git   {"remote": string, "commit": hex, "submodules": bool,
//                "subdir": string}
//   fetch_oci   {"registry": string, "repository": string,
//                "digest": "sha256:" hex, "platform": string}
//   fetch_deb   {"package": string, "version": string,
//                "architecture": string, "sha256": hex}
//   fetch_deb_source  {"package": string, "version": string, "sha256": hex}
//   fetch_npm   {"package": string, "version": string, "sha256": hex}
//   fetch_pypi  {"package": string, "version": string, "file": string,
//                "sha256": hex}
//   unpack      {"archive": string, "strip_prefix": string}
//
// Only `urls`, `remote`, `commit`, `registry`, `repository`, `digest`,
// `package`, `version`, `file` and `archive` are required; an unknown or
// mistyped member fails with kInvalidArgument.

#ifndef GRAPH_ENGINE_FETCH_FETCH_STEPS_H_
#define GRAPH_ENGINE_FETCH_FETCH_STEPS_H_

#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/base/cancellation.h"
#include "engine/cas/action_cache.h"
#include "engine/cas/blob_store.h"
#include "engine/fetch/deb_source.h"
#include "engine/fetch/deb_source_package.h"
#include "engine/fetch/fetch_context.h"
#include "engine/fetch/git_source.h"
#include "engine/fetch/http_source.h"
#include "engine/fetch/npm_source.h"
#include "engine/fetch/oci_source.h"
#include "engine/fetch/pypi_source.h"

namespace graph {

absl::StatusOr<HttpSource> ParseHttpSource(absl::string_view content);
absl::StatusOr<GitSource> ParseGitSource(absl::string_view content);
absl::StatusOr<OciSource> ParseOciSource(absl::string_view content);
absl::StatusOr<DebSource> ParseDebSource(absl::string_view content);
absl::StatusOr<DebSourcePackage> ParseDebSourcePackage(
    absl::string_view content);
absl::StatusOr<NpmSource> ParseNpmSource(absl::string_view content);
absl::StatusOr<PypiSource> ParsePypiSource(absl::string_view content);

// `outputs` are the declared paths: exactly one. The result has one entry, a
// folder or (fetch_http without `unpack`, fetch_deb, fetch_pypi) a file. Any
// thread, several at once.
absl::StatusOr<std::vector<OutputEntry>> FetchHttpStep(
    absl::string_view content, std::span<const std::string> outputs,
    const FetchContext& context, BlobStore& store,
    const Cancellation& cancellation);
absl::StatusOr<std::vector<OutputEntry>> FetchGitStep(
    absl::string_view content, std::span<const std::string> outputs,
    const FetchContext& context, BlobStore& store,
    const Cancellation& cancellation);
absl::StatusOr<std::vector<OutputEntry>> FetchOciStep(
    absl::string_view content, std::span<const std::string> outputs,
    const FetchContext& context, BlobStore& store,
    const Cancellation& cancellation);
absl::StatusOr<std::vector<OutputEntry>> FetchDebStep(
    absl::string_view content, std::span<const std::string> outputs,
    const FetchContext& context, BlobStore& store,
    const Cancellation& cancellation);
absl::StatusOr<std::vector<OutputEntry>> FetchDebSourceStep(
    absl::string_view content, std::span<const std::string> outputs,
    const FetchContext& context, BlobStore& store,
    const Cancellation& cancellation);
absl::StatusOr<std::vector<OutputEntry>> FetchNpmStep(
    absl::string_view content, std::span<const std::string> outputs,
    const FetchContext& context, BlobStore& store,
    const Cancellation& cancellation);
absl::StatusOr<std::vector<OutputEntry>> FetchPypiStep(
    absl::string_view content, std::span<const std::string> outputs,
    const FetchContext& context, BlobStore& store,
    const Cancellation& cancellation);

// As the others, of a file that is here: the bytes of `archive`, which messages
// call by the path in `content`.
absl::StatusOr<std::vector<OutputEntry>> UnpackStep(
    absl::string_view content, const Digest& archive,
    std::span<const std::string> outputs, const FetchContext& context,
    BlobStore& store, const Cancellation& cancellation);

}  // namespace graph

#endif  // GRAPH_ENGINE_FETCH_FETCH_STEPS_H_
