// SPDX-License-Identifier: Apache-2.0

#include "engine/base/version.h"

#include "absl/strings/str_cat.h"
#include "engine/cli/verb.h"

namespace graph {
namespace {

int Version(const Arguments&, const std::string&, const Streams& streams) {
  streams.out(absl::StrCat("graph ", kVersion, "\n"));
  return kExitDone;
}

constexpr Verb kVerb = {
    "version", "", "shows the version", "Shows the version.", {}, Version};

}  // namespace

const Verb& VersionVerb() { return kVerb; }

}  // namespace graph
