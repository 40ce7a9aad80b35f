// SPDX-License-Identifier: Apache-2.0
#include "engine/exec/layer_steps.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "engine/archive/byte_sink.h"
#include "engine/archive/compress.h"
#include "engine/archive/layer_reader.h"
#include "engine/archive/layer_writer.h"
#include "engine/exec/layer_tree.h"
#include "engine/exec/step_input.h"
#include "engine/exec/step_parameters.h"
#include "engine/os/filesystem.h"
#include "engine/os/mapped_file.h"

namespace graph {
namespace {

using Kind = LayerEntry::Kind;

// Puts an archive into a tree, and the bytes of its files into a spool: which
// of them the layer will have is known only in the end.
class ArchiveSink : public LayerSink {
 public:
  ArchiveSink(LayerTree& tree, ByteSink& spool, int64_t& offset)
      : tree_(tree), spool_(spool), offset_(offset) {}

  absl::Status Entry(const LayerEntry& entry) override {
    if (entry.kind != Kind::kFile) return tree_.Put(entry);
    file_ = entry;
    from_ = offset_;
    return absl::OkStatus();
  }
  absl::Status Write(absl::string_view bytes) override {
    offset_ += static_cast<int64_t>(bytes.size());
    return spool_.Write(bytes);
  }
  absl::Status EndFile() override {
    file_.size = offset_ - from_;
    return tree_.Put(std::move(file_), {.offset = from_});
  }

 private:
  LayerTree& tree_;
  ByteSink& spool_;
  int64_t& offset_;
  LayerEntry file_;  // The one that is being read, and where it began.
  int64_t from_ = 0;
};

class LayerMaking {
 public:
  LayerMaking(const BuiltinRequest& request, const LayerParameters& parameters,
              const StepFolder& folder)
      : request_(request), parameters_(parameters), folder_(folder) {}

  absl::StatusOr<Digest> Run() {
    for (const auto& [path, target] : parameters_.symlinks) {
      LayerEntry entry = Entry(path, Kind::kSymlink);
      entry.target = target;
      RETURN_IF_ERROR(tree_.Put(std::move(entry)));
    }
    for (const auto& [path, mode] : parameters_.directories) {
      LayerEntry entry = Entry(path, Kind::kDirectory);
      entry.mode = mode;
      RETURN_IF_ERROR(tree_.Put(std::move(entry)));
    }
    RETURN_IF_ERROR(AddArchives());
    for (const ArchiveParameters::Entry& entry : parameters_.entries) {
      RETURN_IF_ERROR(AddInput(entry)) << "in " << entry.input;
    }
    RETURN_IF_ERROR(Adjust());
    return Write();
  }

 private:
  LayerEntry Entry(const std::string& path, Kind kind) const {
    return {.path = path,
            .kind = kind,
            .uid = parameters_.owner.uid,
            .gid = parameters_.owner.gid};
  }

  absl::Status AddArchives() {
    ASSIGN_OR_RETURN(std::unique_ptr<ByteSink> spool,
                     FileSink(folder_.Path("spool")));
    int64_t offset = 0;
    ArchiveSink sink(tree_, *spool, offset);
    for (const std::string& path : parameters_.archives) {
      ASSIGN_OR_RETURN(SpawnInput input, FileAt(request_, path));
      const std::string archive = folder_.Path(input.digest.hex());
      RETURN_IF_ERROR(request_.store.Link(input.digest, false, archive));
      RETURN_IF_ERROR(ReadLayer(archive, {}, sink, request_.cancellation))
          << "in " << path;
      RETURN_IF_ERROR(RemoveFile(archive));
    }
    return spool->Finish();
  }

  absl::Status AddInput(const ArchiveParameters::Entry& entry) {
    ASSIGN_OR_RETURN(SpawnInput input, InputAt(request_, entry.input));
    const bool folder = input.kind == SpawnInput::Kind::kDirectory;
    ASSIGN_OR_RETURN(TreeEntries tree, TreeOf(input, entry.as, request_.store));
    if (folder && tree.empty() && !entry.as.empty()) {
      return tree_.PutWeakly(Entry(entry.as, Kind::kDirectory));
    }
    for (auto& [name, leaf] : tree) {
      const std::string path = folder && !entry.as.empty()
                                   ? absl::StrCat(entry.as, "/", name)
                                   : name;
      RETURN_IF_ERROR(AddLeaf(path, leaf));
    }
    return absl::OkStatus();
  }

  absl::Status AddLeaf(const std::string& path, const TreeEntry& leaf) {
    switch (leaf.kind) {
      case TreeEntry::Kind::kEmptyDirectory:
        return tree_.PutWeakly(Entry(path, Kind::kDirectory));
      case TreeEntry::Kind::kSymlink: {
        LayerEntry link = Entry(path, Kind::kSymlink);
        link.target = leaf.target;
        return tree_.Put(std::move(link));
      }
      case TreeEntry::Kind::kFile:
        break;
    }
    LayerEntry file = Entry(path, Kind::kFile);
    file.mode = leaf.executable ? 0755 : 0644;
    file.size = leaf.digest.size();
    return tree_.Put(std::move(file), {.blob = leaf.digest});
  }

  absl::Status Adjust() {
    for (const std::string& pattern : parameters_.exclude) {
      RETURN_IF_ERROR(tree_.Drop(pattern)) << "in exclude";
    }
    for (const auto& [pattern, mode] : parameters_.modes) {
      RETURN_IF_ERROR(tree_.SetMode(pattern, mode)) << "in modes";
    }
    for (const auto& [pattern, owner] : parameters_.owners) {
      RETURN_IF_ERROR(tree_.SetOwner(pattern, owner.uid, owner.gid))
          << "in owners";
    }
    for (const std::string& path : parameters_.remove) {
      if (tree_.nodes().contains(path)) {
        return absl::InvalidArgumentError(absl::StrCat(
            "`", path, "` is removed and is in the layer; leave it out of the ",
            "layer with `exclude`"));
      }
      RETURN_IF_ERROR(tree_.Put({.path = path, .kind = Kind::kRemoved}));
    }
    return absl::OkStatus();
  }

  absl::StatusOr<Digest> Write() {
    std::vector<LayerEntry> entries;
    std::vector<LayerBytes> bytes;
    for (const auto& [path, node] : tree_.nodes()) {
      entries.push_back(node.entry);
      bytes.push_back(node.bytes);
      if (!node.opaque) continue;
      entries.push_back({.path = path, .kind = Kind::kOpaque});
      bytes.emplace_back();
    }
    ASSIGN_OR_RETURN(MappedFile spool, MappedFile::Open(folder_.Path("spool")));
    const auto content = [&](size_t index, ByteSink& out) -> absl::Status {
      if (bytes[index].blob) {
        return StreamBlob(*bytes[index].blob, folder_, request_, out);
      }
      if (request_.cancellation.cancelled()) {
        return absl::CancelledError("interrupted");
      }
      return out.Write(
          spool.bytes().substr(bytes[index].offset, entries[index].size));
    };
    const std::string path = folder_.Path("layer");
    ASSIGN_OR_RETURN(std::unique_ptr<ByteSink> file, FileSink(path));
    RETURN_IF_ERROR(WriteLayer(entries, content, *file));
    return request_.store.PutFile(path, /*consume=*/true);
  }

  const BuiltinRequest& request_;
  const LayerParameters& parameters_;
  const StepFolder& folder_;
  LayerTree tree_;
};

absl::StatusOr<std::unique_ptr<ByteSink>> PackerOf(
    const CompressParameters& parameters, ByteSink& next) {
  const bool gzip = parameters.format == "gzip";
  if (!gzip && parameters.format != "zstd") {
    return absl::InvalidArgumentError(absl::StrCat(
        "no compression `", parameters.format, "`: there are gzip and zstd"));
  }
  const int most = gzip ? 9 : 19;
  const int level = parameters.level.value_or(gzip ? kGzipLevel : kZstdLevel);
  if (level < 1 || level > most) {
    return absl::InvalidArgumentError(
        absl::StrCat("level ", level, " is not within 1 to ", most));
  }
  return gzip ? GzipSink(next, level) : ZstdSink(next, level);
}

}  // namespace

absl::StatusOr<std::vector<OutputEntry>> LayerStep(
    const BuiltinRequest& request) {
  RETURN_IF_ERROR(CheckShape(request, 0));
  ASSIGN_OR_RETURN(LayerParameters parameters,
                   LayerParameters::Parse(request.action.content));
  ASSIGN_OR_RETURN(StepFolder folder, StepFolder::Make(request.store));
  ASSIGN_OR_RETURN(Digest digest,
                   LayerMaking(request, parameters, folder).Run());
  return std::vector<OutputEntry>{FileOutput(request, digest, false)};
}

absl::StatusOr<std::vector<OutputEntry>> CompressStep(
    const BuiltinRequest& request) {
  RETURN_IF_ERROR(CheckShape(request, 0));
  RETURN_IF_ERROR(CheckOneInput(request));
  ASSIGN_OR_RETURN(CompressParameters parameters,
                   CompressParameters::Parse(request.action.content));
  ASSIGN_OR_RETURN(SpawnInput input, FileAt(request, request.inputs[0].path));
  ASSIGN_OR_RETURN(StepFolder folder, StepFolder::Make(request.store));
  const std::string path = folder.Path("packed");
  ASSIGN_OR_RETURN(std::unique_ptr<ByteSink> file, FileSink(path));
  ASSIGN_OR_RETURN(std::unique_ptr<ByteSink> packer,
                   PackerOf(parameters, *file));
  RETURN_IF_ERROR(StreamBlob(input.digest, folder, request, *packer));
  RETURN_IF_ERROR(packer->Finish());
  ASSIGN_OR_RETURN(Digest digest,
                   request.store.PutFile(path, /*consume=*/true));
  return std::vector<OutputEntry>{FileOutput(request, digest, false)};
}

absl::StatusOr<std::vector<OutputEntry>> DigestsStep(
    const BuiltinRequest& request) {
  RETURN_IF_ERROR(CheckShape(request, 0));
  ASSIGN_OR_RETURN(DigestsParameters parameters,
                   DigestsParameters::Parse(request.action.content));
  std::string text;
  for (const std::string& path : parameters.inputs) {
    ASSIGN_OR_RETURN(SpawnInput input, FileAt(request, path));
    absl::StrAppend(&text, input.digest.hex(), " ", input.digest.size(), " ",
                    path, "\n");
  }
  ASSIGN_OR_RETURN(Digest digest, request.store.Put(text));
  return std::vector<OutputEntry>{FileOutput(request, digest, false)};
}

}  // namespace graph
