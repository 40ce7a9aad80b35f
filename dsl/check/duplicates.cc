// SPDX-License-Identifier: Apache-2.0

#include <map>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "dsl/check/finding.h"
#include "dsl/check/walk.h"

namespace dsl {
namespace {

// Equal for keys that are surely equal; empty if that cannot be told.
std::string Fingerprint(const File& file, const Expr& key) {
  const Expr& inner = Inner(key);
  switch (inner.kind) {
    case ExprKind::kString:
      return absl::StrCat("s", As<StringExpr>(inner).value);
    case ExprKind::kInt:
      return As<IntExpr>(inner).fits
                 ? absl::StrCat("i", As<IntExpr>(inner).value)
                 : "";
    case ExprKind::kName:
      return absl::StrCat("n", file.name(As<NameExpr>(inner).name));
    default:
      return "";
  }
}

void CheckDict(const DictExpr& dict, Findings& findings) {
  absl::flat_hash_map<std::string, Extent> seen;
  for (const DictEntry& entry : dict.entries) {
    std::string key = Fingerprint(findings.file, *entry.key);
    if (key.empty()) continue;
    const auto [first, fresh] =
        seen.try_emplace(std::move(key), entry.key->extent);
    if (fresh) continue;
    findings
        .Add(kDuplicateKey, entry.key->extent,
             absl::StrCat("the key `",
                          findings.file.source()->Text(entry.key->extent),
                          "` is in this dict already"))
        .notes.push_back({findings.file.At(first->second), "first here"});
  }
}

}  // namespace

void CheckDuplicates(Findings& findings) {
  const File& file = findings.file;
  std::map<std::pair<absl::string_view, absl::string_view>, const LoadName*>
      loads;
  for (const LoadStmt* load : file.loads()) {
    for (const LoadName& name : load->names) {
      const auto [first, fresh] =
          loads.try_emplace({load->path->value, name.original->value}, &name);
      if (fresh) continue;
      findings
          .Add(
              kDuplicateLoad, name.original->extent,
              absl::StrCat("`", name.original->value,
                           "` is loaded twice from this file"),
              absl::StrCat("use `", file.name(first->second->local->name), "`"))
          .notes.push_back(
              {file.SpanOf(*first->second->original), "loaded here first"});
    }
  }
  Walk(file.body(), [&](const Expr& expr) {
    if (expr.kind == ExprKind::kDict) CheckDict(As<DictExpr>(expr), findings);
  });
}

}  // namespace dsl
