// SPDX-License-Identifier: Apache-2.0
#include "engine/archive/layer_writer.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status_macros.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "engine/archive/tar_header.h"

namespace graph {
namespace {

using Kind = LayerEntry::Kind;

constexpr uint32_t kModeBits = 07777;

absl::Status Refused(const LayerEntry& entry, absl::string_view why) {
  return absl::InvalidArgumentError(absl::StrCat(
      "`", absl::Utf8SafeCEscape(entry.path), "` in a layer ", why));
}

absl::Status CheckEntry(const LayerEntry& entry) {
  if (entry.kind == Kind::kHardLink) {
    return Refused(entry, "is a hard link: give the file itself");
  }
  if ((entry.mode & ~kModeBits) != 0) {
    return Refused(entry, absl::StrCat("has the mode ", entry.mode,
                                       ", which has more than 07777"));
  }
  if (entry.path.empty() && entry.kind == Kind::kOpaque) {
    return absl::OkStatus();
  }
  if (absl::StrContains(entry.path, '\0')) return Refused(entry, "has a NUL");
  for (absl::string_view part : absl::StrSplit(entry.path, '/')) {
    if (part.empty() || part == "." || part == "..") {
      return Refused(entry, "is no path: an empty, `.` or `..` part");
    }
    if (absl::StartsWith(part, kWhiteoutPrefix)) {
      return Refused(entry, "has the name of a whiteout, `.wh.`");
    }
  }
  return absl::OkStatus();
}

// What the entry is called in the tar, but for the `/` of a folder.
std::string TarName(const LayerEntry& entry) {
  if (entry.kind == Kind::kOpaque) {
    return absl::StrCat(entry.path, entry.path.empty() ? "" : "/", kOpaqueName);
  }
  if (entry.kind != Kind::kRemoved) return entry.path;
  const size_t name = entry.path.rfind('/') + 1;  // 0 if there is none.
  return absl::StrCat(entry.path.substr(0, name), kWhiteoutPrefix,
                      entry.path.substr(name));
}

// Every path once, and only folders above others.
absl::Status CheckTree(std::span<const LayerEntry> entries) {
  absl::flat_hash_map<absl::string_view, Kind> kinds;
  for (const LayerEntry& entry : entries) {
    if (entry.kind == Kind::kOpaque) continue;
    if (!kinds.emplace(entry.path, entry.kind).second) {
      return Refused(entry, "comes twice");
    }
  }
  for (const LayerEntry& entry : entries) {
    absl::string_view path = entry.path;
    if (entry.kind == Kind::kOpaque) {
      auto own = kinds.find(path);
      if (own != kinds.end() && own->second != Kind::kDirectory) {
        return Refused(entry, "is opaque, and no folder");
      }
    }
    for (size_t slash = path.rfind('/'); slash != absl::string_view::npos;
         slash = path.rfind('/')) {
      path = path.substr(0, slash);
      auto parent = kinds.find(path);
      if (parent == kinds.end()) continue;
      if (parent->second != Kind::kDirectory) {
        return Refused(entry,
                       absl::StrCat("lies below `", absl::Utf8SafeCEscape(path),
                                    "`, which is no folder there"));
      }
      break;  // Its own parents are judged with it.
    }
  }
  return absl::OkStatus();
}

TarHeader HeaderOf(const LayerEntry& entry, std::string name) {
  TarHeader header{.path = std::move(name)};
  if (entry.kind == Kind::kRemoved || entry.kind == Kind::kOpaque) {
    return header;
  }
  header.mode = entry.mode;
  header.uid = entry.uid;
  header.gid = entry.gid;
  if (entry.kind == Kind::kFile) {
    header.size = entry.size;
  } else if (entry.kind == Kind::kDirectory) {
    header.type = TarHeader::Type::kDirectory;
    header.path += '/';
  } else {
    header.type = TarHeader::Type::kSymlink;
    header.mode = 0777;
    header.target = entry.target;
  }
  return header;
}

// The place of one file's content, which must be as long as was told: whatever
// follows would be taken for something else.
class ContentSink : public ByteSink {
 public:
  ContentSink(const LayerEntry& entry, ByteSink& out)
      : entry_(entry), left_(entry.size), out_(out) {}

  absl::Status Write(absl::string_view bytes) override {
    left_ -= static_cast<int64_t>(bytes.size());
    if (left_ < 0) return WrongSize();
    return out_.Write(bytes);
  }
  absl::Status Finish() override {
    return left_ == 0 ? absl::OkStatus() : WrongSize();
  }

 private:
  absl::Status WrongSize() const {
    return absl::DataLossError(absl::StrCat(
        "`", entry_.path, "` should have ", entry_.size, " bytes and has ",
        left_ < 0 ? "more" : absl::StrCat(entry_.size - left_)));
  }

  const LayerEntry& entry_;
  int64_t left_;
  ByteSink& out_;
};

}  // namespace

absl::Status WriteLayer(std::span<const LayerEntry> entries,
                        const LayerContent& content, ByteSink& out) {
  for (const LayerEntry& entry : entries) RETURN_IF_ERROR(CheckEntry(entry));
  RETURN_IF_ERROR(CheckTree(entries));
  std::vector<std::pair<std::string, size_t>> sorted;
  sorted.reserve(entries.size());
  for (size_t i = 0; i < entries.size(); ++i) {
    sorted.emplace_back(TarName(entries[i]), i);
  }
  std::sort(sorted.begin(), sorted.end());
  for (auto& [name, index] : sorted) {
    const LayerEntry& entry = entries[index];
    RETURN_IF_ERROR(
        out.Write(EncodeTarHeader(HeaderOf(entry, std::move(name)))));
    if (entry.kind != Kind::kFile) continue;
    ContentSink place(entry, out);
    RETURN_IF_ERROR(content(index, place)) << "writing " << entry.path;
    RETURN_IF_ERROR(place.Finish());
    RETURN_IF_ERROR(out.Write(TarPadding(entry.size)));
  }
  RETURN_IF_ERROR(out.Write(TarTrailer()));
  return out.Finish();
}

}  // namespace graph
