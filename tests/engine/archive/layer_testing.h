// SPDX-License-Identifier: Apache-2.0

// Layers in memory.

#ifndef GRAPH_TESTS_ENGINE_ARCHIVE_LAYER_TESTING_H_
#define GRAPH_TESTS_ENGINE_ARCHIVE_LAYER_TESTING_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/string_view.h"
#include "engine/archive/byte_sink.h"
#include "engine/archive/layer_reader.h"
#include "engine/archive/layer_writer.h"

namespace graph {

class StringSink : public ByteSink {
 public:
  absl::Status Write(absl::string_view bytes) override {
    absl::StrAppend(&bytes_, bytes);
    return absl::OkStatus();
  }
  absl::Status Finish() override {
    finished_ = true;
    return absl::OkStatus();
  }
  const std::string& bytes() const { return bytes_; }
  bool finished() const { return finished_; }

 private:
  std::string bytes_;
  bool finished_ = false;
};

// Entries and the bytes of their files.
class LayerPack {
 public:
  LayerPack& File(absl::string_view path, absl::string_view bytes,
                  uint32_t mode = 0644, uint32_t uid = 0, uint32_t gid = 0) {
    return Add({.path = std::string(path),
                .kind = LayerEntry::Kind::kFile,
                .mode = mode,
                .uid = uid,
                .gid = gid,
                .size = static_cast<int64_t>(bytes.size())},
               bytes);
  }
  LayerPack& Symlink(absl::string_view path, absl::string_view target) {
    return Add({.path = std::string(path),
                .kind = LayerEntry::Kind::kSymlink,
                .target = std::string(target)});
  }
  LayerPack& Directory(absl::string_view path, uint32_t mode = 0755) {
    return Add({.path = std::string(path),
                .kind = LayerEntry::Kind::kDirectory,
                .mode = mode});
  }
  LayerPack& Removed(absl::string_view path) {
    return Add({.path = std::string(path), .kind = LayerEntry::Kind::kRemoved});
  }
  LayerPack& Opaque(absl::string_view path) {
    return Add({.path = std::string(path), .kind = LayerEntry::Kind::kOpaque});
  }
  LayerPack& Add(LayerEntry entry, absl::string_view bytes = "") {
    entries_.push_back(std::move(entry));
    contents_.emplace_back(bytes);
    return *this;
  }

  std::vector<LayerEntry>& entries() { return entries_; }

  absl::Status Write(ByteSink& out) const {
    return WriteLayer(
        entries_,
        [this](size_t index, ByteSink& place) {
          return place.Write(contents_[index]);
        },
        out);
  }
  // The layer, or why there is none.
  std::string Tar() const {
    StringSink out;
    absl::Status written = Write(out);
    return written.ok() ? out.bytes() : written.ToString();
  }

 private:
  std::vector<LayerEntry> entries_;
  std::vector<std::string> contents_;
};

// A little of everything that the format can say.
inline LayerPack SampleLayer() {
  LayerPack pack;
  pack.File("usr/bin/run", "#!/bin/sh\n", 0755)
      .File("usr/bin/su", "setuid", 04755)
      .File("etc/shadow", "root::\n", 0640, 0, 42)
      .File("home/a", std::string(3000, 'a'), 0600, 1000, 3'000'000)
      .Directory("tmp", 01777)
      .Directory("usr/bin")
      .Symlink("bin", "usr/bin")
      .Symlink("etc/far", "/absolute/../target")
      .Removed("etc/gone")
      .Removed("old")
      .Opaque("tmp");
  return pack;
}

// What it was given, a line an entry.
class LineSink : public LayerSink {
 public:
  absl::Status Entry(const LayerEntry& entry) override {
    constexpr absl::string_view kKinds = "-ldxoh";
    std::string line = absl::StrFormat(
        "%c %s", kKinds[static_cast<size_t>(entry.kind)], entry.path);
    if (entry.mode != 0) absl::StrAppendFormat(&line, " %04o", entry.mode);
    if (entry.uid != 0 || entry.gid != 0) {
      absl::StrAppend(&line, " ", entry.uid, ":", entry.gid);
    }
    if (!entry.target.empty()) absl::StrAppend(&line, " -> ", entry.target);
    if (entry.kind == LayerEntry::Kind::kFile) {
      absl::StrAppend(&line, " ", entry.size, " ");
    }
    lines_.push_back(std::move(line));
    return absl::OkStatus();
  }
  absl::Status Write(absl::string_view bytes) override {
    absl::StrAppend(&lines_.back(), bytes);
    return absl::OkStatus();
  }
  absl::Status EndFile() override {
    lines_.back() += ".";
    return absl::OkStatus();
  }
  const std::vector<std::string>& lines() const { return lines_; }

 private:
  std::vector<std::string> lines_;
};

}  // namespace graph

#endif  // GRAPH_TESTS_ENGINE_ARCHIVE_LAYER_TESTING_H_
