// SPDX-License-Identifier: Apache-2.0
#include "engine/exec/step_input.h"

#include <algorithm>
#include <vector>

#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "engine/os/filesystem.h"
#include "engine/os/input_file.h"

namespace graph {
namespace {

// What is larger goes by way of a file.
constexpr int64_t kMostInMemory = 8 << 20;
constexpr size_t kPiece = 1 << 20;

}  // namespace

absl::Status CheckShape(const BuiltinRequest& request, size_t arguments) {
  const std::vector<std::string>& argv = request.action.argv;
  if (argv.size() < 2 || argv[1] != "1") {
    return absl::InvalidArgumentError(absl::StrCat(
        "the step `", argv[0], "` has a format that this graph does not know"));
  }
  if (argv.size() != 2 + arguments || request.outputs.size() != 1) {
    return absl::InvalidArgumentError(
        absl::StrCat("the step `", argv[0], "` wants ", arguments,
                     " arguments and one output"));
  }
  return absl::OkStatus();
}

absl::Status CheckOneInput(const BuiltinRequest& request) {
  if (request.inputs.size() == 1) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("the step `", request.action.argv[0], "` wants one input"));
}

absl::StatusOr<SpawnInput> InputAt(const BuiltinRequest& request,
                                   const std::string& path) {
  auto it = std::lower_bound(
      request.inputs.begin(), request.inputs.end(), path,
      [](const SpawnInput& i, const std::string& p) { return i.path < p; });
  if (it == request.inputs.end() || it->path != path) {
    return absl::InvalidArgumentError(
        absl::StrCat("`", path, "` is not among the inputs"));
  }
  return *it;
}

absl::StatusOr<SpawnInput> FileAt(const BuiltinRequest& request,
                                  const std::string& path) {
  ASSIGN_OR_RETURN(SpawnInput input, InputAt(request, path));
  if (input.kind == SpawnInput::Kind::kFile) return input;
  return absl::InvalidArgumentError(
      absl::StrCat("`", path, "` is not a file; the step `",
                   request.action.argv[0], "` wants one"));
}

OutputEntry FileOutput(const BuiltinRequest& request, const Digest& digest,
                       bool executable) {
  return {request.outputs[0].path, OutputEntry::Kind::kFile, digest, executable,
          ""};
}

// The input as a tree: a file or a link is one entry, called `name`.
absl::StatusOr<TreeEntries> TreeOf(const SpawnInput& input,
                                   const std::string& name, BlobStore& store) {
  if (input.kind == SpawnInput::Kind::kDirectory) {
    return GetTree(input.digest, store);
  }
  TreeEntry entry;
  entry.kind = input.kind == SpawnInput::Kind::kFile
                   ? TreeEntry::Kind::kFile
                   : TreeEntry::Kind::kSymlink;
  entry.digest = input.digest;
  entry.executable = input.executable;
  entry.target = input.target;
  return TreeEntries{{name, entry}};
}

absl::StatusOr<StepFolder> StepFolder::Make(BlobStore& store) {
  ASSIGN_OR_RETURN(std::string path, store.NewTemporaryPath());
  RETURN_IF_ERROR(MakeDirectory(path, 0700));
  return StepFolder(std::move(path));
}

StepFolder::StepFolder(StepFolder&& other) noexcept
    : path_(std::exchange(other.path_, "")) {}

StepFolder::~StepFolder() {
  if (!path_.empty()) RemoveTree(path_).IgnoreError();
}

std::string StepFolder::Path(absl::string_view name) const {
  return absl::StrCat(path_, "/", name);
}

absl::Status StreamBlob(const Digest& digest, const StepFolder& folder,
                        const BuiltinRequest& request, ByteSink& out) {
  if (request.cancellation.cancelled()) {
    return absl::CancelledError("interrupted");
  }
  if (digest.size() <= kMostInMemory) {
    ASSIGN_OR_RETURN(std::string bytes, request.store.Get(digest));
    return out.Write(bytes);
  }
  const std::string path = folder.Path(digest.hex());
  RETURN_IF_ERROR(request.store.Link(digest, /*executable=*/false, path));
  ASSIGN_OR_RETURN(InputFile file, InputFile::Open(path));
  RETURN_IF_ERROR(RemoveFile(path));
  Digester digester;
  std::vector<char> piece(kPiece);
  while (true) {
    if (request.cancellation.cancelled()) {
      return absl::CancelledError("interrupted");
    }
    ASSIGN_OR_RETURN(size_t count, file.Read(piece.data(), piece.size()));
    const absl::string_view bytes(piece.data(), count);
    digester.Update(bytes);
    RETURN_IF_ERROR(out.Write(bytes));
    if (count < piece.size()) break;
  }
  if (digester.Finish() == digest) return absl::OkStatus();
  return absl::DataLossError(
      absl::StrCat("the bytes of ", digest.ToString(), " are others"));
}

}  // namespace graph
