// SPDX-License-Identifier: Apache-2.0

#include "engine/session/cache.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "engine/base/json_text.h"
#include "engine/base/quantity.h"
#include "engine/cli/command_line.h"
#include "engine/cli/request.h"
#include "engine/cli/verb.h"
#include "engine/os/clock.h"

namespace graph {
namespace {

int Cache(const Arguments& arguments, const std::string& directory,
          const Streams& streams);

constexpr Option kOptions[] = {
    {"output", 'o', "FORMAT", "`text` or `json`", "text|json"},
    {"max-size", 0, "SIZE", "gc: keep no more than that"},
    {"older-than", 0, "TIME", "gc: remove what was last used before, `30d`"},
    {"dry-run", 0, "", "gc: only say what would go"},
    {"repair", 0, "", "doctor: mend what is found"},
};

constexpr Verb kVerb = {
    "cache",
    "stats|gc|doctor",
    "shows the cache, makes room in it, looks for damage",
    "stats   how large the cache is, what is in it, and how large it may grow\n"
    "gc      removes what was used longest ago, until the cache is as small "
    "as\n"
    "        cache-max-size or --max-size says, and what is older than\n"
    "        --older-than; never what a running build uses. Builds do this\n"
    "        themselves\n"
    "doctor  reads everything and tells what is damaged or left over; "
    "--repair\n"
    "        mends it. Without it, nothing is changed\n"
    "\n"
    "Sizes are like `50GB`, `512MiB`, `0`; times like `30d`, `12h`, `90m`. No\n"
    "workspace is needed.\n"
    "\n"
    "Exit codes of doctor: 0 all is well, 1 something was found, also if it "
    "was\n"
    "mended, 2 this is no cache of ours, or one of a newer graph.",
    kOptions,
    Cache};

std::string Counted(int64_t count, absl::string_view one,
                    absl::string_view many) {
  return absl::StrCat(count, " ", count == 1 ? one : many);
}

// `{"a": 1, "b": "x"}`, of values that are JSON already.
std::string JsonObject(
    const std::vector<std::pair<std::string, std::string>>& members) {
  std::string out = "{";
  for (const auto& [name, value] : members) {
    absl::StrAppend(&out, out.size() == 1 ? "" : ", ", JsonString(name), ": ",
                    value);
  }
  return out + "}";
}

std::string JsonNumber(int64_t number) { return absl::StrCat(number); }

std::string StatisticsJson(const CacheStatistics& cache) {
  const StoreStatistics& store = cache.store;
  std::vector<std::pair<std::string, std::string>> folders;
  for (const CacheStatistics::Folders& kept : cache.folders) {
    folders.emplace_back(kept.name,
                         JsonObject({{"count", JsonNumber(kept.count)},
                                     {"bytes", JsonNumber(kept.space)}}));
  }
  return absl::StrCat(
      JsonObject({
          {"path", JsonString(cache.path)},
          {"format", JsonNumber(LocalStore::kFormat)},
          {"size", JsonNumber(cache.size())},
          {"max_size", cache.max_bytes ? JsonNumber(*cache.max_bytes) : "null"},
          {"blobs", JsonNumber(store.files + store.small_blobs)},
          {"files", JsonNumber(store.files)},
          {"file_bytes", JsonNumber(store.file_space)},
          {"linked_files", JsonNumber(store.linked_files)},
          {"linked_bytes", JsonNumber(store.linked_space)},
          {"records", JsonNumber(store.small_blobs + store.results)},
          {"small_blobs", JsonNumber(store.small_blobs)},
          {"results", JsonNumber(store.results)},
          {"record_bytes", JsonNumber(store.record_space)},
          {"index_bytes", JsonNumber(store.index_bytes)},
          {"quarantined", JsonNumber(store.quarantined)},
          {"quarantined_bytes", JsonNumber(store.quarantined_bytes)},
          {"running", JsonNumber(store.leases)},
          {"oldest_use",
           store.oldest_use > 0 ? JsonNumber(store.oldest_use) : "null"},
          {"folders", JsonObject(folders)},
      }),
      "\n");
}

std::string StatisticsText(const CacheStatistics& cache) {
  const StoreStatistics& store = cache.store;
  std::string out = absl::StrCat(
      "store:        ", cache.path, " (format ", LocalStore::kFormat, ")\n",
      "size:         ", SizeText(cache.size()),
      cache.max_bytes ? absl::StrCat(" of at most ", SizeText(*cache.max_bytes))
                      : ", without a ceiling",
      "\n", "large blobs:  ", Counted(store.files, "file", "files"), ", ",
      SizeText(store.file_space));
  if (store.linked_files > 0) {
    absl::StrAppend(&out, "; ", SizeText(store.linked_space),
                    " of it is in workspaces too");
  }
  absl::StrAppend(&out, "\nsmall blobs:  ", store.small_blobs,
                  "\nresults:      ", store.results,
                  "\nindex:        ", SizeText(store.index_bytes),
                  ", of which ", SizeText(store.record_space),
                  " is in use\nquarantined:  ", store.quarantined);
  if (store.quarantined > 0) {
    absl::StrAppend(&out, ", ", SizeText(store.quarantined_bytes));
  }
  for (const CacheStatistics::Folders& kept : cache.folders) {
    out += absl::StrFormat("\n%-14s%s", kept.name + ":",
                           Counted(kept.count, "folder", "folders"));
    if (kept.count > 0) absl::StrAppend(&out, ", ", SizeText(kept.space));
  }
  absl::StrAppend(
      &out, "\nin use by:    ", Counted(store.leases, "process", "processes"),
      "\noldest use:   ");
  if (store.oldest_use == 0) return absl::StrCat(out, "none\n");
  const int64_t age =
      std::max<int64_t>(0, FileClockNanos() / 1'000'000'000 - store.oldest_use);
  return absl::StrCat(out, DurationText(age), " ago\n");
}

std::string CollectedJson(const CollectReport& report, bool dry_run) {
  return absl::StrCat(
      JsonObject({{"dry_run", dry_run ? "true" : "false"},
                  {"removed_files", JsonNumber(report.files)},
                  {"removed_records", JsonNumber(report.records)},
                  {"removed_folders", JsonNumber(report.folders)},
                  {"removed_bytes", JsonNumber(report.bytes)},
                  {"held_bytes", JsonNumber(report.held_bytes)},
                  {"size_before", JsonNumber(report.size_before)},
                  {"size", JsonNumber(report.size_after)}}),
      "\n");
}

std::string CollectedText(const CollectReport& report, bool dry_run) {
  std::string out = absl::StrCat(
      dry_run ? "would remove " : "removed ",
      report.folders > 0
          ? absl::StrCat(Counted(report.folders, "folder", "folders"), ", ")
          : "",
      Counted(report.files, "file", "files"), " and ",
      Counted(report.records, "record", "records"), ", ",
      SizeText(report.bytes), "; the cache ",
      dry_run ? "would hold " : "holds ", SizeText(report.size_after), "\n");
  if (report.held_bytes > 0) {
    absl::StrAppend(&out, SizeText(report.held_bytes),
                    " more than asked for is in use by running builds\n");
  }
  return out;
}

std::string FindingsJson(const Examination& examination) {
  std::string findings;
  for (const Finding& finding : examination.findings) {
    absl::StrAppend(
        &findings, findings.empty() ? "" : ", ",
        JsonObject({{"kind", JsonString(FindingName(finding.kind))},
                    {"where", JsonString(finding.where)},
                    {"text", JsonString(finding.text)},
                    {"mended", finding.mended ? "true" : "false"}}));
  }
  return absl::StrCat(
      JsonObject({{"files", JsonNumber(examination.files)},
                  {"bytes", JsonNumber(examination.bytes)},
                  {"records", JsonNumber(examination.records)},
                  {"folders", JsonNumber(examination.folders)},
                  {"quarantined", JsonNumber(examination.quarantined)},
                  {"findings", absl::StrCat("[", findings, "]")}}),
      "\n");
}

std::string FindingsText(const Examination& examination, bool repair) {
  std::string out;
  int64_t mended = 0;
  for (const Finding& finding : examination.findings) {
    absl::StrAppend(&out, FindingName(finding.kind), ": ", finding.where, ": ",
                    finding.text, finding.mended ? "; mended" : "", "\n");
    mended += finding.mended ? 1 : 0;
  }
  absl::StrAppend(&out, "looked at ",
                  Counted(examination.files, "file", "files"), " (",
                  SizeText(examination.bytes), ") and ",
                  Counted(examination.records, "record", "records"), ": ");
  if (examination.clean()) {
    out += "all is well\n";
  } else {
    absl::StrAppend(&out, examination.findings.size(), " found");
    out += repair ? absl::StrCat(", ", mended, " mended\n")
                  : "; `graph cache doctor --repair` mends\n";
  }
  if (examination.quarantined > 0) {
    absl::StrAppend(&out, Counted(examination.quarantined, "file", "files"),
                    " set aside in quarantine/; `graph cache gc` removes what "
                    "is there for a week\n");
  }
  return out;
}

// What the options ask for, or what is wrong with them.
absl::StatusOr<CacheRequest> RequestOf(const Arguments& arguments,
                                       const std::string& directory) {
  const std::string& action = arguments.operands[0];
  const std::pair<absl::string_view, absl::string_view> owners[] = {
      {"max-size", "gc"},
      {"older-than", "gc"},
      {"dry-run", "gc"},
      {"repair", "doctor"}};
  for (const auto& [option, owner] : owners) {
    if (arguments.Find(option) && action != owner) {
      return absl::InvalidArgumentError(
          absl::StrCat("`--", option, "` is for `graph cache ", owner, "`"));
    }
  }
  const std::string format = arguments.Find("output").value_or("text");
  if (format != "text" && format != "json") {
    return absl::InvalidArgumentError(
        absl::StrCat("`--output` is `text` or `json`, not `", format, "`"));
  }
  CacheRequest request;
  request.flags = SettingFlags(arguments, directory);
  request.dry_run = arguments.IsOn("dry-run");
  request.repair = arguments.IsOn("repair");
  if (const auto text = arguments.Find("max-size")) {
    request.max_bytes = ParseSize(*text);
    if (!request.max_bytes) {
      return absl::InvalidArgumentError(absl::StrCat(
          "`--max-size` is a size like `50GB`, not `", *text, "`"));
    }
  }
  if (const auto text = arguments.Find("older-than")) {
    const std::optional<int64_t> seconds = ParseDuration(*text);
    if (!seconds || *seconds == 0) {
      return absl::InvalidArgumentError(absl::StrCat(
          "`--older-than` is a time like `30d` or `12h`, not `", *text, "`"));
    }
    request.older_than_s = *seconds;
  }
  return request;
}

absl::StatusOr<int> Do(const Arguments& arguments, const CacheRequest& request,
                       const Streams& streams) {
  const bool json = arguments.Find("output") == "json";
  if (arguments.operands[0] == "stats") {
    ASSIGN_OR_RETURN(const CacheStatistics cache, DescribeCache(request));
    streams.out(json ? StatisticsJson(cache) : StatisticsText(cache));
    return kExitDone;
  }
  if (arguments.operands[0] == "gc") {
    ASSIGN_OR_RETURN(const CollectReport report, CollectCache(request));
    streams.out(json ? CollectedJson(report, request.dry_run)
                     : CollectedText(report, request.dry_run));
    return kExitDone;
  }
  ASSIGN_OR_RETURN(const Examination examination, ExamineCache(request));
  streams.out(json ? FindingsJson(examination)
                   : FindingsText(examination, request.repair));
  return examination.clean() ? kExitDone : kExitFindings;
}

int Cache(const Arguments& arguments, const std::string& directory,
          const Streams& streams) {
  const std::vector<std::string>& words = arguments.operands;
  if (words.size() != 1 ||
      (words[0] != "stats" && words[0] != "gc" && words[0] != "doctor")) {
    return ReportUsage(&kVerb, "`graph cache` takes `stats`, `gc` or `doctor`",
                       streams);
  }
  const absl::StatusOr<CacheRequest> request = RequestOf(arguments, directory);
  if (!request.ok()) {
    return ReportUsage(&kVerb, request.status().message(), streams);
  }
  const absl::StatusOr<int> done = Do(arguments, *request, streams);
  if (done.ok()) return *done;
  streams.err(ErrorText(done.status()));
  return ExitCodeOf(done.status());
}

}  // namespace

const Verb& CacheVerb() { return kVerb; }

}  // namespace graph
