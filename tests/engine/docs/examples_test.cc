// SPDX-License-Identifier: Apache-2.0
// engine/docs/REFERENCE.md says all that there is, nothing that is not, and its
// examples are true. Each runs in a package `app`, as its first page tells.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ostream>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "dsl/runtime/operators.h"
#include "dsl/stdlib/universe.h"
#include "engine/docs/builtin_docs.h"
#include "engine/load/build_builtins.h"
#include "engine/load/workspace.h"
#include "tests/engine/analyze/workbench.h"
#include "tests/support/checked_example.h"

namespace dsl {

void PrintTo(const ReferenceEntry& entry, std::ostream* out) {
  *out << "REFERENCE.md:" << entry.example_line;
}

}  // namespace dsl

namespace graph {
namespace {

std::vector<BuiltinDoc> RuleEntries() {
  return dsl::ParseReference(RuleReference());
}

std::shared_ptr<const dsl::Environment> CheckingUniverse() {
  dsl::Environment::Builder builder(dsl::Universe());
  dsl::AddChecks(builder);
  return builder.Freeze();
}

// The files of an example: by lines `# NAME.spec`. None: an implementation.
std::vector<std::pair<std::string, std::string>> FilesOf(
    absl::string_view example) {
  std::vector<std::pair<std::string, std::string>> files;
  for (absl::string_view line : absl::StrSplit(example, '\n')) {
    if (absl::StartsWith(line, "# ") && absl::EndsWith(line, ".spec")) {
      files.emplace_back(line.substr(2), "");
    } else if (!files.empty()) {
      absl::StrAppend(&files.back().second, line, "\n");
    }
  }
  return files;
}

// An implementation as the files of a package that has a target for it.
std::vector<std::pair<std::string, std::string>> AsRule(
    absl::string_view implementation) {
  const bool has_out = absl::StrContains(implementation, "ctx.outputs.out");
  return {
      {"defs.spec",
       absl::StrCat(R"(
_ATTRS = {
    "srcs": attr.label_list(allow_files = True),
    "src": attr.label(allow_single_file = True),
    "deps": attr.label_list(),
    "tool": attr.label(executable = True, cfg = "exec"),
    "out": attr.output(),
}

def _impl(ctx):
    )",
                    absl::StrReplaceAll(implementation, {{"\n", "\n    "}}),
                    "\n\nx = rule(implementation = _impl, attrs = _ATTRS)\n")},
      {"BUILD.spec",
       absl::StrCat(R"(
load(":defs.spec", "x")
filegroup(name = "words", srcs = ["a.txt"])
sh_binary(name = "tool", srcs = ["tool.sh"])
x(
    name = "x",
    srcs = ["a.txt", "b.txt"],
    src = "a.txt",
    deps = [":words"],
    tool = ":tool",
    )",
                    has_out ? "out = \"x.out\",\n)" : ")", "\n")}};
}

std::string WorkspaceFault(const std::string& text) {
  MemoryTree tree;
  tree.Add("WORKSPACE.spec", text);
  const auto settings = LoadWorkspace(tree, CheckingUniverse(), "0.1.0");
  return std::string(settings.status().message());
}

// What is wrong with the example, or "".
std::string Fault(const std::string& example) {
  auto files = FilesOf(example);
  if (files.empty()) files = AsRule(example);
  if (files.size() == 1 && files[0].first == "WORKSPACE.spec") {
    return WorkspaceFault(files[0].second);
  }
  Workbench bench(CheckingUniverse());
  for (absl::string_view name : {"a.txt", "b.txt", "tool.sh", "check.sh"}) {
    bench.Write(absl::StrCat("app/", name), "text\n");
  }
  bool has_build_file = false;
  for (const auto& [name, text] : files) {
    absl::string_view folder = name == "WORKSPACE.spec" ? "" : "app/";
    bench.Write(absl::StrCat(folder, name), dsl::CheckedExample(text));
    has_build_file |= name == "BUILD.spec";
  }
  if (!has_build_file) {
    // Loading a name that is not there would hide what is wrong before it.
    bench.Write(
        "app/defs.spec",
        absl::StrCat(dsl::CheckedExample(files[0].second), "done = 1\n"));
    bench.Write("app/BUILD.spec", "load(\":defs.spec\", \"done\")\n");
  }
  const auto package = bench.loader().LoadPackage({"", "app"});
  if (!package.ok()) return std::string(package.status().message());
  std::vector<std::string> labels;
  for (const Target& target : (*package)->package.targets()) {
    if (target.kind() == Target::Kind::kRule) {
      labels.push_back(target.label.ToString());
    }
  }
  return bench.Error(labels);
}

class RuleReferenceEntry : public testing::TestWithParam<BuiltinDoc> {};

TEST_P(RuleReferenceEntry, ExampleIsTrue) {
  EXPECT_EQ(Fault(GetParam().example), "");
}

TEST_P(RuleReferenceEntry, HasSentencesAndAnExample) {
  EXPECT_THAT(GetParam().text, testing::EndsWith("."));
  EXPECT_NE(GetParam().example, "");
}

INSTANTIATE_TEST_SUITE_P(
    Entries, RuleReferenceEntry, testing::ValuesIn(RuleEntries()),
    [](const testing::TestParamInfo<BuiltinDoc>& each) {
      return absl::StrReplaceAll(each.param.name, {{".", "_of_"}});
    });

void Add(const std::string& prefix, const std::vector<std::string>& names,
         std::set<std::string>& known) {
  for (const std::string& name : names) {
    known.insert(absl::StrCat(prefix, ".", name));
  }
}

// What the values of implementations have: dir() of each, as printed.
void AddValuesOfRules(std::set<std::string>& known) {
  Workbench bench;
  bench.Write("app/a.txt", "").Write("app/tool.sh", "");
  for (const auto& [name, text] : AsRule(R"(
for prefix, value in [
    ("ctx", ctx),
    ("ctx.actions", ctx.actions),
    ("Args", ctx.actions.args()),
    ("File", ctx.file.src),
    ("Target", ctx.attr.src),
    ("FilesToRunProvider", ctx.attr.src.files_to_run),
    ("runfiles", ctx.runfiles()),
    ("Label", ctx.label),
]:
    print("@", *[prefix + "." + name for name in dir(value)])
)")) {
    bench.Write(absl::StrCat("app/", name), text);
  }
  bench.Write("app/b.txt", "");
  ASSERT_EQ(bench.Error({"//app:x"}), "");
  for (const std::string& line : bench.printed()) {
    const std::string names = line.substr(line.find("@ ") + 2);
    for (absl::string_view name : absl::StrSplit(names, ' ')) {
      known.emplace(name);
    }
  }
}

TEST(RuleReferenceTest, SaysAllThatThereIsAndNothingElse) {
  std::set<std::string> known = {"workspace"};  // Of WORKSPACE.spec.
  const auto universe = dsl::Universe();
  const BuildLanguage language = MakeBuildLanguage(universe);
  for (const auto& environment : {language.modules, language.build_files}) {
    for (const std::string& name : environment->Names()) {
      if (universe->Find(name).has_value()) continue;
      if (environment->Find(name)->is_struct()) {
        Add(name, dsl::AttrNames(*environment->Find(name)), known);
      } else {
        known.insert(name);
      }
    }
  }
  AddValuesOfRules(known);
  std::set<std::string> documented;
  for (const BuiltinDoc& entry : RuleEntries()) {
    EXPECT_TRUE(documented.insert(entry.name).second) << entry.name;
  }
  EXPECT_EQ(documented, known);
}

// The reader of examples itself has to be able to fail.
TEST(RuleReferenceTest, AnExampleThatIsNotTrueIsFound) {
  EXPECT_EQ(Fault("ctx.label.name  # \"x\"\n"), "");
  EXPECT_NE(Fault("ctx.label.name  # \"y\"\n"), "");
  EXPECT_NE(Fault("# BUILD.spec\nglob([\"*.txt\"])  # [\"a.txt\"]\n"), "");
  EXPECT_NE(Fault("# defs.spec\nLabel(\":a\")  # Label(\"//:a\")\n"), "");
  EXPECT_NE(Fault("# WORKSPACE.spec\nworkspace(nam = \"x\")\n"), "");
}

TEST(BuiltinDocsTest, AnEntryIsFoundByItsNameOfEitherReference) {
  ASSERT_NE(FindBuiltinDoc("string.split"), nullptr);
  EXPECT_EQ(FindBuiltinDoc("glob")->group, "BUILD.spec");
  EXPECT_EQ(FindBuiltinDoc("nothing"), nullptr);
  EXPECT_EQ(NearestBuiltinDoc("glbo"), "glob");
  EXPECT_EQ(NearestBuiltinDoc("split"), "string.split");
  EXPECT_EQ(NearestBuiltinDoc("zzzzzzzzz"), "");
}

TEST(BuiltinDocsTest, TheListHasALineForEachName) {
  EXPECT_THAT(
      BuiltinList(),
      testing::HasSubstr("\n  len                              How many "));
  EXPECT_THAT(BuiltinList(), testing::HasSubstr("\nBUILD.spec\n  glob  "));
}

}  // namespace
}  // namespace graph
