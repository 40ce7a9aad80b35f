// SPDX-License-Identifier: Apache-2.0
// Value of an entry, in the wire format of wire.h (the record table adds a
// checksum):
//   1 version (1)  2 output*  3 stdout  4 stderr  5 isolation  6 wall_us
//   7 cpu_us  8 max_rss_kb  9 writer  10 trust_tier  11 parts
//   output = 1 path  2 kind  3 digest  4 executable  5 target
#include "engine/cas/local_action_cache.h"

#include <utility>
#include <vector>

#include "engine/cas/tree.h"
#include "engine/cas/wire.h"

namespace graph {
namespace {

constexpr int kVersion = 1;

std::string Encode(const ActionResult& result) {
  std::string bytes, node;
  WireWriter out(&bytes), in(&node);
  out.Varint(1, kVersion);
  for (const OutputEntry& output : result.outputs) {
    node.clear();
    in.Text(1, output.path);
    in.Varint(2, static_cast<int64_t>(output.kind));
    if (output.kind != OutputEntry::Kind::kSymlink) {
      in.Digested(3, output.digest);
    }
    in.Bool(4, output.executable);
    in.Text(5, output.target);
    out.Bytes(2, node);
  }
  out.Digested(3, result.stdout_digest);
  out.Digested(4, result.stderr_digest);
  out.Varint(5, static_cast<int64_t>(result.isolation));
  out.Varint(6, result.wall_us);
  out.Varint(7, result.cpu_us);
  out.Varint(8, result.max_rss_kb);
  out.Text(9, result.writer);
  out.Text(10, result.trust_tier);
  out.Digested(11, result.parts);
  return bytes;
}

std::optional<OutputEntry> DecodeOutput(absl::string_view bytes) {
  OutputEntry output;
  WireReader in(bytes);
  while (in.Next()) {
    switch (in.number()) {
      case 1:
        output.path = std::string(in.bytes());
        break;
      case 2:
        if (in.varint() < 0 || in.varint() > 2) return std::nullopt;
        output.kind = static_cast<OutputEntry::Kind>(in.varint());
        break;
      case 3:
        output.digest = in.digest();
        break;
      case 4:
        output.executable = in.varint() != 0;
        break;
      case 5:
        output.target = std::string(in.bytes());
        break;
      default:
        break;
    }
  }
  if (!in.ok()) return std::nullopt;
  return output;
}

void DecodeField(const WireReader& in, ActionResult& result) {
  switch (in.number()) {
    case 3:
      result.stdout_digest = in.digest();
      break;
    case 4:
      result.stderr_digest = in.digest();
      break;
    case 5:
      result.isolation = static_cast<Isolation>(in.varint());
      break;
    case 6:
      result.wall_us = in.varint();
      break;
    case 7:
      result.cpu_us = in.varint();
      break;
    case 8:
      result.max_rss_kb = in.varint();
      break;
    case 9:
      result.writer = std::string(in.bytes());
      break;
    case 10:
      result.trust_tier = std::string(in.bytes());
      break;
    case 11:
      result.parts = in.digest();
      break;
    default:
      break;
  }
}

std::optional<ActionResult> Decode(absl::string_view bytes) {
  ActionResult result;
  result.isolation = Isolation::kNone;  // A zero is not written.
  int64_t version = 0;
  WireReader in(bytes);
  while (in.Next()) {
    if (in.number() == 1) {
      version = in.varint();
    } else if (in.number() == 2) {
      std::optional<OutputEntry> output = DecodeOutput(in.bytes());
      if (!output.has_value()) return std::nullopt;
      result.outputs.push_back(*std::move(output));
    } else {
      DecodeField(in, result);
    }
  }
  if (!in.ok() || version != kVersion) return std::nullopt;
  return result;
}

}  // namespace

absl::StatusOr<std::optional<ActionResult>> LocalActionCache::Find(
    const Digest& key, Isolation at_least) {
  RecordTable& records = store_.records();
  bool used_first = false;
  store_.lease().Use(key.hash());
  std::optional<std::string> bytes =
      records.Find(RecordTable::Kind::kAction, key.hash(), &used_first);
  if (!bytes.has_value()) return std::nullopt;
  std::optional<ActionResult> result = Decode(*bytes);
  if (!result.has_value() || result->isolation < at_least ||
      !IsClosed(*result)) {
    return std::nullopt;
  }
  // Nobody asks for the parts of a key in a build, but they go with the entry.
  store_.lease().Use(result->parts.hash());
  if (used_first) {
    (void)records.Find(RecordTable::Kind::kBlob, result->parts.hash());
  }
  return result;
}

std::optional<ActionResult> LocalActionCache::Parse(absl::string_view bytes) {
  return Decode(bytes);
}

bool LocalActionCache::IsClosed(const ActionResult& result) {
  std::vector<Digest> files = {result.stdout_digest, result.stderr_digest};
  for (const OutputEntry& output : result.outputs) {
    if (output.kind == OutputEntry::Kind::kFile) {
      files.push_back(output.digest);
    } else if (output.kind == OutputEntry::Kind::kDirectory &&
               !IsTreeWhole(output.digest)) {
      return false;
    }
  }
  auto missing = store_.Missing(files);
  return missing.ok() && missing->empty();
}

bool LocalActionCache::IsTreeWhole(const Digest& root) {
  auto entries = GetTree(root, store_);
  if (!entries.ok()) return false;
  std::vector<Digest> files;
  for (const auto& [path, entry] : *entries) {
    if (entry.kind == TreeEntry::Kind::kFile) files.push_back(entry.digest);
  }
  auto missing = store_.Missing(files);
  return missing.ok() && missing->empty();
}

absl::Status LocalActionCache::Record(const Digest& key,
                                      const ActionResult& result) {
  store_.lease().Use(key.hash());
  store_.records().Put(RecordTable::Kind::kAction, key.hash(), Encode(result));
  return absl::OkStatus();
}

}  // namespace graph
