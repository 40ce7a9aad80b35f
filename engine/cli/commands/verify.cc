// SPDX-License-Identifier: Apache-2.0

#include "engine/session/verify.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "engine/base/json_text.h"
#include "engine/cli/command_line.h"
#include "engine/cli/request.h"
#include "engine/cli/verb.h"

namespace graph {
namespace {

int VerifyManifest(const Arguments& arguments, const std::string& directory,
                   const Streams& streams);

constexpr Option kOptions[] = {
    {"output", 'o', "FORMAT", "`text` or `json`", "text|json"},
    {"paths", 0, "FIELD", "which field of the manifest has the paths"},
    {"where", 0, "FIELD=TEXT", "only files of which the manifest says that"},
    {"ignore", 0, "PATTERN", "do not look at these paths; may repeat"},
    {"allow-extra", 0, "",
     "files that the manifest does not list may be there"},
};

constexpr Verb kVerb = {
    "verify",
    "MANIFEST FOLDER",
    "checks files against a manifest",
    "Reads every file that a manifest lists, below FOLDER (a mounted device, "
    "an\n"
    "unpacked archive, graph-out), and names what is missing, what has other\n"
    "bytes, and what is there and not listed. Needs no workspace.\n"
    "\n"
    "A manifest is a JSON object with a list `files` of objects with `path`,\n"
    "`sha256` and `size`, or graph-out/manifest.json, whose paths below\n"
    "graph-out/ are its `download_path`. Patterns have `*` within a name and "
    "`**`\n"
    "across folders; one that matches a folder stands for all below it.\n"
    "\n"
    "Exit codes: 0 all is as it says, 1 something is not, 2 this is no "
    "manifest\n"
    "or no folder, 4 there is no such manifest.",
    kOptions,
    VerifyManifest};

// As people write it: relative to `directory`.
std::string Absolute(const std::string& path, const std::string& directory) {
  return path.starts_with('/') ? path : absl::StrCat(directory, "/", path);
}

// What the options ask for, or what is wrong with them.
absl::StatusOr<VerifyRequest> RequestOf(const Arguments& arguments,
                                        const std::string& directory) {
  VerifyRequest request;
  request.manifest = Absolute(arguments.operands[0], directory);
  request.folder = Absolute(arguments.operands[1], directory);
  request.view.path_field = arguments.Find("paths").value_or("");
  request.options.allow_extra = arguments.IsOn("allow-extra");
  for (const auto& [name, value] : arguments.options) {
    if (name == "ignore") request.options.ignore.push_back(value);
    if (name != "where") continue;
    const std::pair<std::string, std::string> condition =
        absl::StrSplit(value, absl::MaxSplits('=', 1));
    if (condition.first.empty() || value.find('=') == value.npos) {
      return absl::InvalidArgumentError(absl::StrCat(
          "`--where` takes FIELD=TEXT, like kind=file, not `", value, "`"));
    }
    request.view.where.push_back(condition);
  }
  return request;
}

std::string Counted(int64_t count) {
  return absl::StrCat(count, count == 1 ? " file" : " files");
}

std::string Text(const Verification& result) {
  std::string out;
  for (const Mismatch& mismatch : result.mismatches) {
    absl::StrAppend(&out, MismatchName(mismatch.kind), ": ", mismatch.path,
                    mismatch.text.empty() ? "" : ": ", mismatch.text, "\n");
  }
  return out;
}

// `52 files checked: 1 missing, 2 extra`
std::string Summary(const Verification& result) {
  std::string out = absl::StrCat(Counted(result.checked), " checked: ");
  if (result.good()) return absl::StrCat(out, "all is well\n");
  absl::string_view separator = "";
  for (const auto kind :
       {Mismatch::Kind::kMissing, Mismatch::Kind::kWrong,
        Mismatch::Kind::kUnreadable, Mismatch::Kind::kExtra}) {
    int64_t count = 0;
    for (const Mismatch& mismatch : result.mismatches) {
      count += mismatch.kind == kind ? 1 : 0;
    }
    if (count == 0) continue;
    absl::StrAppend(&out, separator, count, " ", MismatchName(kind));
    separator = ", ";
  }
  return absl::StrCat(out, "\n");
}

std::string Json(const Verification& result) {
  std::string mismatches;
  for (const Mismatch& mismatch : result.mismatches) {
    absl::StrAppend(&mismatches, mismatches.empty() ? "" : ", ",
                    "{\"kind\": ", JsonString(MismatchName(mismatch.kind)),
                    ", \"path\": ", JsonString(mismatch.path),
                    ", \"text\": ", JsonString(mismatch.text), "}");
  }
  return absl::StrCat("{\"checked\": ", result.checked, ", \"mismatches\": [",
                      mismatches, "]}\n");
}

int VerifyManifest(const Arguments& arguments, const std::string& directory,
                   const Streams& streams) {
  if (arguments.operands.size() != 2) {
    return ReportUsage(&kVerb, "`graph verify` takes a manifest and a folder",
                       streams);
  }
  const std::string format = arguments.Find("output").value_or("text");
  if (format != "text" && format != "json") {
    return ReportUsage(
        &kVerb,
        absl::StrCat("`--output` is `text` or `json`, not `", format, "`"),
        streams);
  }
  const absl::StatusOr<VerifyRequest> request = RequestOf(arguments, directory);
  if (!request.ok()) {
    return ReportUsage(&kVerb, request.status().message(), streams);
  }
  const absl::StatusOr<Verification> result = VerifyFiles(*request);
  if (!result.ok()) {
    streams.err(ErrorText(result.status()));
    return ExitCodeOf(result.status());
  }
  if (format == "json") {
    streams.out(Json(*result));
  } else {
    streams.out(Text(*result));
    if (!arguments.IsOn("quiet")) streams.err(Summary(*result));
  }
  return result->good() ? kExitDone : kExitFindings;
}

}  // namespace

const Verb& VerifyVerb() { return kVerb; }

}  // namespace graph
