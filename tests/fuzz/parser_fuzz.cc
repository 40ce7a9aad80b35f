// SPDX-License-Identifier: Apache-2.0

// Of any text: a tree or a diagnostic, and what is left of a wrong file can be
// resolved.

#include "dsl/syntax/parser.h"
#include "dsl/syntax/resolver.h"
#include "tests/fuzz/fuzz.h"

namespace {

class NoNames final : public dsl::PredeclaredNames {
 public:
  bool Contains(absl::string_view) const override { return false; }
  std::vector<std::string> All() const override { return {}; }
};

}  // namespace

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto source = dsl::Source::Make("f.spec", dsl::TextOf(data, size));
  const dsl::FileKind kind =
      size % 2 == 0 ? dsl::FileKind::kModule : dsl::FileKind::kBuildFile;
  dsl::Diagnostics whole;
  const auto file = dsl::Parse(source, kind, whole);
  dsl::Require((file == nullptr) == whole.has_errors(),
               "there is a tree or an error");
  dsl::Diagnostics partly;
  const auto rest = dsl::ParsePartly(source, kind, partly);
  dsl::Require(rest != nullptr, "a part is left");
  dsl::Require(partly.has_errors() == whole.has_errors(),
               "the same is wrong with the part");
  if (file != nullptr) {
    dsl::Require(dsl::Dump(*file) == dsl::Dump(*rest), "the trees are equal");
  }
  dsl::Dump(*rest);
  dsl::Resolve(*rest, NoNames(), partly);
  partly.SortByPlace();
  partly.Rendered();
  return 0;
}
