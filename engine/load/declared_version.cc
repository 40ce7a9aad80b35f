// SPDX-License-Identifier: Apache-2.0
#include "engine/load/declared_version.h"

#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "engine/load/place.h"

namespace graph {

std::string PlaceText(const DeclaredVersion& version) {
  return FormatPlace(version.source->path(), LocationOf(version.place));
}

dsl::Diagnostic DeclaredTwice(const DeclaredVersion& a,
                              const DeclaredVersion& b) {
  const DeclaredVersion* first = &a;
  const DeclaredVersion* second = &b;
  if (std::tie(b.source->path(), b.place.begin) <
      std::tie(a.source->path(), a.place.begin)) {
    std::swap(first, second);
  }
  dsl::Diagnostic mistake;
  mistake.span = second->place;
  mistake.message = absl::StrCat("the version `", second->request.name,
                                 "` is declared twice");
  mistake.hint = "give it another name";
  mistake.notes.push_back({first->place, "it is first declared here"});
  mistake.KeepSources();
  return mistake;
}

}  // namespace graph
