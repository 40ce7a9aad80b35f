// SPDX-License-Identifier: Apache-2.0
#include "engine/cas/survey.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "engine/os/file_use.h"
#include "engine/os/filesystem.h"

namespace graph {
namespace {

constexpr int64_t kSecondNs = 1'000'000'000;

void VisitFiles(const std::string& folder, int part,
                const std::function<void(const StoredItem&)>& visit) {
  auto files = ListDirectory(folder);
  if (!files.ok()) return;
  for (const DirectoryEntry& file : *files) {
    const std::optional<BlobName> name = ParseBlobName(file.name);
    if (!name.has_value() || name->digest.hash()[0] != part ||
        file.type != FileType::kRegular) {
      continue;
    }
    auto use = LinkStatUse(absl::StrCat(folder, "/", file.name));
    if (!use.ok()) continue;
    StoredItem item;
    item.hash = name->digest.hash();
    item.name = *name;
    item.linked = use->state.links > 1;
    item.space = SpaceOfFile(use->state.size);
    item.last_use = use->used_ns / kSecondNs;
    visit(item);
  }
}

// What to add to a count that was `before` and is `after` where `found` were
// found in between: 0 unless it is wrong whatever happened meanwhile.
int64_t Correction(int64_t before, int64_t found, int64_t after) {
  const int64_t low = std::min(before, after), high = std::max(before, after);
  if (found < low) return found - low;
  return found > high ? found - high : 0;
}

}  // namespace

void VisitPart(LocalStore& store, int part,
               const std::function<void(const StoredItem&)>& visit) {
  VisitFiles(PartFolder(store.root(), part), part, visit);
  using Kind = RecordTable::Kind;
  for (const auto& [kind, shown] :
       {std::pair{Kind::kBlob, StoredItem::Kind::kSmallBlob},
        std::pair{Kind::kAction, StoredItem::Kind::kResult}}) {
    store.records().Visit(
        kind, static_cast<uint8_t>(part),
        [&visit, shown = shown](const RecordTable::Record& record) {
          StoredItem item;
          item.kind = shown;
          item.hash = record.hash;
          item.space = record.space;
          item.last_use = record.last_use;
          visit(item);
        });
  }
}

void Recount::Add(const StoredItem& item) {
  if (item.kind != StoredItem::Kind::kFile) return;
  ++files_;
  space_ += item.space;
}

std::optional<std::string> Recount::Wrong() const {
  const RecordTable::Usage after = records_.usage();
  if (after.counted && Correction(before_.files, files_, after.files) == 0 &&
      Correction(before_.file_space, space_, after.file_space) == 0) {
    return std::nullopt;
  }
  return absl::StrCat("it counts ", after.files, " files of ", after.file_space,
                      " bytes, and there are ", files_, " of ", space_);
}

void Recount::Settle() {
  const RecordTable::Usage after = records_.usage();
  const int64_t files = Correction(before_.files, files_, after.files);
  const int64_t space =
      Correction(before_.file_space, space_, after.file_space);
  if (files != 0 || space != 0) records_.CountFiles(files, space);
  if (!after.counted) records_.SetCounted();
}

absl::StatusOr<StoreStatistics> TakeStatistics(LocalStore& store) {
  StoreStatistics sums;
  Recount recount(store.records());
  for (int part = 0; part < kStoreParts; ++part) {
    VisitPart(store, part, [&](const StoredItem& item) {
      recount.Add(item);
      if (item.last_use > 0 &&
          (sums.oldest_use == 0 || item.last_use < sums.oldest_use)) {
        sums.oldest_use = item.last_use;
      }
      switch (item.kind) {
        case StoredItem::Kind::kFile:
          ++sums.files;
          sums.file_space += item.space;
          sums.linked_files += item.linked ? 1 : 0;
          sums.linked_space += item.linked ? item.space : 0;
          return;
        case StoredItem::Kind::kSmallBlob:
          ++sums.small_blobs;
          break;
        case StoredItem::Kind::kResult:
          ++sums.results;
          break;
      }
      sums.record_space += item.space;
    });
  }
  recount.Settle();
  sums.index_bytes = store.records().bytes();
  const std::string quarantine = absl::StrCat(store.root(), "/quarantine");
  if (auto set_aside = ListDirectory(quarantine); set_aside.ok()) {
    for (const DirectoryEntry& file : *set_aside) {
      auto state = LinkStat(absl::StrCat(quarantine, "/", file.name));
      ++sums.quarantined;
      if (state.ok()) sums.quarantined_bytes += state->size;
    }
  }
  Leases leases(store.LeaseFolder());
  leases.Refresh();
  sums.leases = static_cast<int64_t>(leases.size());
  return sums;
}

}  // namespace graph
