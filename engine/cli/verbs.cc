// SPDX-License-Identifier: Apache-2.0
// The list of all verbs; each is in a file of its own below commands/.

#include <array>

#include "engine/cli/command_line.h"
#include "engine/cli/verb.h"

namespace graph {

std::span<const Verb* const> Verbs() {
  static const std::array kVerbs = {
      &BuildVerb(),  &TestVerb(),       &RunVerb(),     &FetchVerb(),
      &QueryVerb(),  &EvalVerb(),       &FixVerb(),     &FmtVerb(),
      &CheckVerb(),  &LockVerb(),       &DocsVerb(),    &LspVerb(),
      &VerifyVerb(), &CacheVerb(),      &CleanVerb(),   &InfoVerb(),
      &HelpVerb(),   &CompletionVerb(), &VersionVerb(),
  };
  return kVerbs;
}

}  // namespace graph
