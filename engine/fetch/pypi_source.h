// SPDX-License-Identifier: Apache-2.0

#ifndef GRAPH_ENGINE_FETCH_PYPI_SOURCE_H_
#define GRAPH_ENGINE_FETCH_PYPI_SOURCE_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/base/cancellation.h"
#include "engine/base/digest.h"
#include "engine/cas/blob_store.h"
#include "engine/fetch/fetch_context.h"

namespace graph {

// One file of a Python package: a .whl file or a source archive. Which index
// has it is not part of it: that is what the user's pip configuration is for.
struct PypiSource {
  std::string package;
  std::string version;
  std::string file;    // Its name, which is that of this very version.
  std::string sha256;  // 64 lowercase hex digits.
};

// Whether the texts are what PyPI lets such names be, and fit together. Fails
// with kInvalidArgument.
absl::Status CheckPypiSource(const PypiSource& source);

// Brings the file into the store, if it is not there, and returns its digest.
// It is looked for on the page of the package in each index in turn, by its
// name, in which the package may be written otherwise.
//
// Fails with kInvalidArgument if `sha256` is missing (telling it) or a text is
// wrong in form, with kNotFound if no index has such a package or file (telling
// those that there are), with kDataLoss if an index has it with another digest
// or other bytes came, as PypiIndices and as HttpClient do.
absl::StatusOr<Digest> FetchPypi(const PypiSource& source,
                                 const FetchContext& context, BlobStore& store,
                                 const Cancellation& cancellation);

}  // namespace graph

#endif  // GRAPH_ENGINE_FETCH_PYPI_SOURCE_H_
