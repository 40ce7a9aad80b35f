// SPDX-License-Identifier: Apache-2.0

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status_macros.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "engine/base/spelling.h"
#include "engine/cli/command_line.h"
#include "engine/cli/request.h"
#include "engine/cli/verb.h"
#include "engine/docs/builtin_docs.h"
#include "engine/docs/module_docs.h"
#include "engine/docs/page.h"
#include "engine/docs/rule_text.h"
#include "engine/os/filesystem.h"
#include "engine/session/session.h"

namespace graph {
namespace {

constexpr char kPrelude[] = "@rules//core:defs.spec";
constexpr absl::string_view kCommonAttributes = "common-attributes";

int Docs(const Arguments& arguments, const std::string& directory,
         const Streams& streams);

constexpr Option kOptions[] = {
    {"output", 'o', "FORMAT", "text, json"},
    {"fill", 0, "", "fills in the Markdown files that are named"}};

constexpr Verb kVerb = {
    "docs",
    "[NAME|FILE...]",
    "explains builtins, rules and the files that define them",
    "Without a name: lists all that files know without loading it. With one\n"
    "(`glob`, `string.split`, `ctx.actions.run`, `genrule`): explains it.\n"
    "With a file that others load (`//tools:defs.spec`, `@rules//mip`,\n"
    "`tools/defs.spec`): its rules, functions and providers as Markdown, from\n"
    "their docstrings.\n"
    "\n"
    "With --fill the words are Markdown files. In each, what stands between\n"
    "the lines `<!-- graph docs NAME -->` and `<!-- end of graph docs -->` is\n"
    "replaced by what is to be said of NAME.",
    kOptions,
    Docs};

bool IsFile(absl::string_view operand) {
  return absl::StrContains(operand, '/') || absl::StrContains(operand, ':') ||
         absl::EndsWith(operand, ".spec");
}

// Answers one operand after the other; opens the workspace when the first of
// them needs it.
class Answers {
 public:
  Answers(const Arguments& arguments, const std::string& directory,
          const Streams& streams)
      : arguments_(arguments),
        directory_(directory),
        streams_(streams),
        json_(arguments.Find("output") == "json") {}

  absl::StatusOr<std::string> List() {
    if (json_) return BuiltinJson(BuiltinDocs());
    ASSIGN_OR_RETURN(const ModuleDocs* prelude, Prelude());
    std::string list = absl::StrCat(
        BuiltinList(), "\nRules of every BUILD.spec\n",
        ListLine(kCommonAttributes, "What every rule takes beside its own."));
    for (const auto& [name, text] : Summaries(*prelude)) {
      list += ListLine(name, text);
    }
    list +=
        "\n`graph docs NAME` explains one of them, `graph docs FILE` what "
        "a file defines.\n";
    return list;
  }

  // kNotFound: there is no such file. kInvalidArgument, if the answer is wrong
  // for other reasons; also, with unknown_name() set, if there is no such name.
  absl::StatusOr<std::string> Of(const std::string& operand) {
    if (!IsFile(operand)) return OfName(operand);
    ASSIGN_OR_RETURN(const ModuleDocs docs, Describe(operand));
    return json_ ? ToJson(docs) : ToMarkdown(docs);
  }

  // For a page.
  absl::StatusOr<std::string> SectionsOf(const std::string& operand) {
    if (!IsFile(operand)) return OfName(operand);
    ASSIGN_OR_RETURN(const ModuleDocs docs, Describe(operand));
    return SectionsMarkdown(docs);
  }

  int Fail(const absl::Status& status) {
    if (unknown_name_) return ReportUsage(&kVerb, status.message(), streams_);
    if (request_.has_value()) return request_->Fail(status);
    streams_.err(ErrorText(status));
    return ExitCodeOf(status);
  }

  int Finish(absl::string_view text) {
    if (!request_.has_value()) {
      streams_.out(text);
      return kExitDone;
    }
    request_->EndDisplay({});
    streams_.out(text);
    return request_->Finish(kExitDone);
  }

 private:
  absl::StatusOr<const ModuleDocs*> Prelude() {
    if (!prelude_.has_value()) {
      ASSIGN_OR_RETURN(prelude_, DescribeEmbedded(kPrelude));
    }
    return &*prelude_;
  }

  absl::StatusOr<std::string> OfName(const std::string& name) {
    if (const BuiltinDoc* doc = FindBuiltinDoc(name)) {
      return json_ ? BuiltinJson({doc, 1}) : BuiltinText(*doc);
    }
    if (name == kCommonAttributes) return CommonAttributesText();
    ASSIGN_OR_RETURN(const ModuleDocs* prelude, Prelude());
    std::string entry = EntryMarkdown(*prelude, name);
    if (!entry.empty()) return entry;
    unknown_name_ = true;
    return absl::InvalidArgumentError(
        absl::StrCat("nothing is called `", name, "`", Meant(name, *prelude)));
  }

  static std::string Meant(const std::string& name, const ModuleDocs& prelude) {
    std::vector<std::pair<std::string, std::string>> rules = Summaries(prelude);
    std::vector<absl::string_view> names;
    for (const auto& [rule, text] : rules) names.push_back(rule);
    absl::string_view nearest = NearestBuiltinDoc(name);
    if (nearest.empty()) nearest = NearestName(name, names);
    return nearest.empty() ? ""
                           : absl::StrCat("; did you mean `", nearest, "`?");
  }

  absl::StatusOr<ModuleDocs> Describe(const std::string& operand) {
    if (absl::StartsWith(operand, "@rules//")) return DescribeEmbedded(operand);
    if (!request_.has_value()) {
      request_.emplace(Request::Kind::kQuestion, arguments_, directory_,
                       streams_);
    }
    ASSIGN_OR_RETURN(Session * session, request_->Open());
    return session->Describe(operand);
  }

  const Arguments& arguments_;
  const std::string& directory_;
  const Streams& streams_;
  const bool json_;
  bool unknown_name_ = false;
  std::optional<ModuleDocs> prelude_;
  std::optional<Request> request_;
};

absl::Status Fill(const std::string& path, Answers& answers) {
  ASSIGN_OR_RETURN(const std::string page, ReadFile(path));
  absl::StatusOr<std::string> filled =
      FillPage(page, [&answers](const std::string& operand) {
        return answers.SectionsOf(operand);
      });
  RETURN_IF_ERROR(filled.status());
  if (*filled == page) return absl::OkStatus();
  return WriteFileAtomic(path, *filled);
}

int FillAll(const Arguments& arguments, const std::string& directory,
            Answers& answers) {
  for (const std::string& file : arguments.operands) {
    const std::string path =
        absl::StartsWith(file, "/") ? file : absl::StrCat(directory, "/", file);
    const absl::Status filled = Fill(path, answers);
    if (filled.ok()) continue;
    return answers.Fail(
        IsRendered(filled)
            ? filled
            : absl::Status(filled.code(),
                           absl::StrCat("`", file, "`: ", filled.message())));
  }
  return answers.Finish("");
}

int Docs(const Arguments& arguments, const std::string& directory,
         const Streams& streams) {
  const std::string format = arguments.Find("output").value_or("text");
  if (format != "text" && format != "json") {
    return ReportUsage(
        &kVerb, absl::StrCat("no output `", format, "`; there are text, json"),
        streams);
  }
  Answers answers(arguments, directory, streams);
  if (arguments.IsOn("fill")) return FillAll(arguments, directory, answers);
  std::string text;
  if (arguments.operands.empty()) {
    absl::StatusOr<std::string> list = answers.List();
    if (!list.ok()) return answers.Fail(list.status());
    text = *std::move(list);
  }
  for (const std::string& operand : arguments.operands) {
    const absl::StatusOr<std::string> answer = answers.Of(operand);
    if (!answer.ok()) return answers.Fail(answer.status());
    absl::StrAppend(&text, text.empty() ? "" : "\n", *answer);
  }
  return answers.Finish(text);
}

}  // namespace

const Verb& DocsVerb() { return kVerb; }

}  // namespace graph
