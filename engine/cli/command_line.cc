// SPDX-License-Identifier: Apache-2.0

#include "engine/cli/command_line.h"

#include <algorithm>
#include <exception>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "engine/base/spelling.h"
#include "engine/cli/complete.h"
#include "engine/os/filesystem.h"
#include "engine/os/terminal.h"

namespace graph {
namespace {

constexpr Option kCommonOptions[] = {
    {"directory", 'C', "DIR", "go there first"},
    {"jobs", 'j', "N", "how many actions run at once"},
    {"keep-going", 'k', "", "after a failure, go on with what is left"},
    {"fail-on-tolerated", 0, "", "exit with 1 if a failure was tolerated"},
    {"config", 0, "NAME", "a value for select(); may be given again"},
    {"platform", 0, "NAME", "the platform to build for"},
    {"isolation", 0, "LEVEL", "`strict` or `none`", "strict|none"},
    {"offline", 0, "", "fetch nothing"},
    {"cache-dir", 0, "DIR", "where results are kept"},
    {"events", 0, "FILE", "write what happens there, one JSON object a line"},
    {"color", 0, "WHEN", "`auto`, `always` or `never`", "auto|always|never"},
    {"quiet", 'q', "", "say nothing but what is wrong"},
    {"help", 'h', "", "show what the verb does"},
};

void AppendOptions(std::span<const Option> options, std::string* out) {
  constexpr size_t kColumn = 24;
  for (const Option& option : options) {
    std::string left = "  ";
    if (option.letter != 0) {
      absl::StrAppend(&left, "-", std::string(1, option.letter), ", ");
    }
    absl::StrAppend(&left, "--", option.name);
    if (!option.value.empty()) absl::StrAppend(&left, " ", option.value);
    left.resize(std::max(kColumn, left.size() + 2), ' ');
    absl::StrAppend(out, left, option.help, "\n");
  }
}

// Where `path` leads from `directory`.
std::string Joined(const std::string& directory, absl::string_view path) {
  if (absl::StartsWith(path, "/")) return std::string(path);
  return absl::StrCat(directory, "/", path);
}

absl::StatusOr<std::string> DirectoryOf(const Arguments& arguments) {
  absl::StatusOr<std::string> directory = CurrentDirectory();
  for (const auto& [name, value] : arguments.options) {
    if (!directory.ok() || name != "directory") continue;
    directory = RealPath(Joined(*directory, value));
  }
  return directory;
}

int UnknownVerb(absl::string_view word, const Streams& streams) {
  std::vector<absl::string_view> names;
  for (const Verb* verb : Verbs()) names.push_back(verb->name);
  const absl::string_view nearest = NearestName(word, names);
  return ReportUsage(
      nullptr,
      absl::StrCat("no verb `", word, "`",
                   nearest.empty()
                       ? ""
                       : absl::StrCat("; did you mean `", nearest, "`?")),
      streams);
}

int Run(std::span<const std::string> words, const Streams& streams) {
  if (words.size() > 1 && words[0] == kCompleteVerb) {
    streams.out(FormatCompletion(Complete(words.subspan(1))));
    return kExitDone;
  }
  ArgumentReader reader(words);
  Arguments arguments;
  std::vector<Option> options(std::begin(kCommonOptions),
                              std::end(kCommonOptions));
  options.push_back({"version", 0, "", ""});
  absl::Status read = reader.Read(options, /*to_end=*/false, &arguments);
  if (!read.ok()) return ReportUsage(nullptr, read.message(), streams);
  options.pop_back();
  if (arguments.operands.empty()) {
    if (arguments.IsOn("version")) {
      return VersionVerb().run(arguments, "", streams);
    }
    const bool asked = arguments.IsOn("help");
    (asked ? streams.out : streams.err)(Usage());
    return asked ? kExitDone : kExitUsage;
  }
  const Verb* verb = FindVerb(arguments.operands[0]);
  if (verb == nullptr) return UnknownVerb(arguments.operands[0], streams);
  arguments.operands.clear();
  options.insert(options.end(), verb->options.begin(), verb->options.end());
  read = reader.Read(options, /*to_end=*/true, &arguments);
  if (!read.ok()) return ReportUsage(verb, read.message(), streams);
  if (verb != &RunVerb()) {
    for (std::string& word : arguments.after_dashes) {
      arguments.operands.push_back(std::move(word));
    }
  }
  if (arguments.IsOn("help")) {
    streams.out(UsageOf(*verb));
    return kExitDone;
  }
  const absl::StatusOr<std::string> directory = DirectoryOf(arguments);
  if (!directory.ok()) {
    return ReportUsage(verb, directory.status().message(), streams);
  }
  return verb->run(arguments, *directory, streams);
}

}  // namespace

std::span<const Option> CommonOptions() { return kCommonOptions; }

const Verb* FindVerb(absl::string_view name) {
  for (const Verb* verb : Verbs()) {
    if (verb->name == name) return verb;
  }
  return nullptr;
}

std::string Usage() {
  std::string out = "graph VERB [OPTION...] [PATTERN...]\n\n";
  for (const Verb* verb : Verbs()) {
    std::string name(verb->name);
    name.resize(12, ' ');
    absl::StrAppend(&out, "  ", name, verb->summary, "\n");
  }
  out += "\nOptions of every verb:\n";
  AppendOptions(kCommonOptions, &out);
  out +=
      "\n`graph help VERB` tells more.\n"
      "Patterns: //pkg:name, //pkg (//pkg:pkg), //pkg:all, //pkg/..., :name;\n"
      "-//pattern leaves out.\n"
      "Exit codes: 0 done, 1 a build failed, 2 usage, loading or analysis,\n"
      "3 tests failed, 4 no such target, 8 interrupted, 70 a bug of graph.\n";
  return out;
}

std::string UsageOf(const Verb& verb) {
  std::string out = absl::StrCat("graph ", verb.name, " [OPTION...]",
                                 verb.operands.empty() ? "" : " ",
                                 verb.operands, "\n\n", verb.help, "\n");
  if (!verb.options.empty()) {
    out += "\nOptions:\n";
    AppendOptions(verb.options, &out);
  }
  out += "\nOptions of every verb:\n";
  AppendOptions(kCommonOptions, &out);
  return out;
}

int ReportUsage(const Verb* verb, absl::string_view message,
                const Streams& streams) {
  streams.err(absl::StrCat("error: ", message, "\n`graph help",
                           verb == nullptr ? "" : absl::StrCat(" ", verb->name),
                           "` tells what there is.\n"));
  return kExitUsage;
}

int RunCommandLine(std::span<const std::string> words, const Streams& streams) {
  try {
    return Run(words, streams);
  } catch (const std::exception& e) {
    streams.err(
        absl::StrCat("error: ", e.what(), "; this is a bug of graph\n"));
    return kExitBug;
  }
}

Streams StandardStreams() {
  return {
      .out =
          [](absl::string_view text) {
            (void)WriteTo(StandardStream::kOutput,
                          text);  // Nobody reads: done.
          },
      .err =
          [](absl::string_view text) {
            (void)WriteTo(StandardStream::kError, text);
          },
  };
}

}  // namespace graph
