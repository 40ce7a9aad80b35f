// SPDX-License-Identifier: Apache-2.0
// What the loader promises of itself: everything once, errors remembered,
// nothing looked at that was not asked for.

#include <map>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/strings/str_cat.h"
#include "engine/base/mutex.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/engine/load/load_fixture.h"

namespace graph {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::Pair;

// Counts what is asked of it.
class CountingTree : public MemoryTree {
 public:
  absl::StatusOr<std::string> ReadFile(absl::string_view path) const override {
    {
      MutexLock lock(&mu_);
      ++reads_[std::string(path)];
    }
    return MemoryTree::ReadFile(path);
  }
  std::map<std::string, int> reads() const {
    MutexLock lock(&mu_);
    return reads_;
  }

 private:
  mutable Mutex mu_;
  mutable std::map<std::string, int> reads_ ABSL_GUARDED_BY(mu_);
};

class LoaderTest : public testing::Test {
 protected:
  LoaderTest() { rules_.Add("core/defs.spec", kTestPrelude); }

  std::unique_ptr<Loader> MakeLoader(int threads = 1) {
    LoaderOptions options;
    options.threads = threads;
    return std::make_unique<Loader>(
        SourceTrees{{"", &tree_}, {"rules", &rules_}}, dsl::Universe(),
        options);
  }
  static std::vector<TargetPattern> Patterns(
      const std::vector<std::string>& texts) {
    std::vector<TargetPattern> patterns;
    for (const std::string& text : texts) {
      patterns.push_back(*TargetPattern::Parse(text, {}));
    }
    return patterns;
  }

  CountingTree tree_;
  MemoryTree rules_;
};

TEST_F(LoaderTest, NothingIsReadBeforeItIsNeeded) {
  tree_.Add("a/BUILD.spec", "filegroup(name = \"a\", srcs = [\"//b:b\"])");
  tree_.Add("b/BUILD.spec", "filegroup(name = \"b\")");
  std::unique_ptr<Loader> loader = MakeLoader();
  EXPECT_THAT(tree_.reads(), IsEmpty());
  ASSERT_THAT(loader->LoadPackage({"", "a"}), IsOk());
  EXPECT_THAT(tree_.reads(), ElementsAre(Pair("a/BUILD.spec", 1)));
}

TEST_F(LoaderTest, EveryFileIsReadOnce) {
  for (std::string p : {"a", "b", "c"}) {
    tree_.Add(p + "/BUILD.spec",
              "load(\"//lib:one.spec\", \"x\")\n"
              "load(\"//lib:two.spec\", \"y\")\n");
  }
  tree_.Add("lib/one.spec", "load(\":two.spec\", \"y\")\nx = y");
  tree_.Add("lib/two.spec", "y = 1");
  for (int threads : {1, 4}) {
    std::unique_ptr<Loader> loader = MakeLoader(threads);
    std::map<std::string, int> before = tree_.reads();
    ASSERT_THAT(loader->Expand(Patterns({"//..."})), IsOk());
    ASSERT_THAT(loader->Expand(Patterns({"//a:all", "//..."})), IsOk());
    for (const auto& [path, count] : tree_.reads()) {
      EXPECT_EQ(count - before[path], 1) << path;
    }
  }
}

TEST_F(LoaderTest, ErrorsAreRememberedAsTheyWere) {
  tree_.Add("a/BUILD.spec", "x = y");
  std::unique_ptr<Loader> loader = MakeLoader();
  absl::Status first = loader->LoadPackage({"", "a"}).status();
  absl::Status second = loader->FindTarget(*Label::Parse("//a:x", {})).status();
  EXPECT_TRUE(IsDiagnosed(first));
  EXPECT_EQ(first, second);
  EXPECT_EQ(tree_.reads()["a/BUILD.spec"], 1);
  EXPECT_THAT(loader->packages(), IsEmpty());
}

TEST_F(LoaderTest, SharedMistakeIsShownOnce) {
  tree_.Add("lib/defs.spec", "x = y");
  tree_.Add("a/BUILD.spec", "load(\"//lib:defs.spec\", \"x\")");
  tree_.Add("b/BUILD.spec", "load(\"//lib:defs.spec\", \"x\")");
  absl::Status error = MakeLoader(4)->Expand(Patterns({"//..."})).status();
  EXPECT_EQ(error.message(),
            R"(lib/defs.spec:1:5: error: the name `y` is not defined
  1 | x = y
    |     ^
)");
}

TEST_F(LoaderTest, MistakesOfAllPackagesAreShown) {
  for (int i = 0; i < 5; ++i) {
    tree_.Add(absl::StrCat("p", i, "/BUILD.spec"), "x = y");
  }
  absl::Status error = MakeLoader(4)->Expand(Patterns({"//..."})).status();
  for (int i = 0; i < 5; ++i) {
    EXPECT_THAT(std::string(error.message()),
                HasSubstr(absl::StrCat("p", i, "/BUILD.spec:1:5: error")));
  }
}

TEST_F(LoaderTest, MistakesComeInTheSameOrderOnAnyThreads) {
  for (int i = 0; i < 40; ++i) {
    tree_.Add(absl::StrCat("p", i, "/BUILD.spec"),
              absl::StrCat("load(\"//lib:m", i % 5, ".spec\", \"x\")"));
  }
  for (int i = 0; i < 5; ++i) {
    tree_.Add(absl::StrCat("lib/m", i, ".spec"), "x = y");
  }
  absl::Status one = MakeLoader(1)->Expand(Patterns({"//..."})).status();
  for (int run = 0; run < 5; ++run) {
    EXPECT_EQ(MakeLoader(4)->Expand(Patterns({"//..."})).status(), one);
  }
}

TEST_F(LoaderTest, FilesBesideACycleAreStillLoaded) {
  tree_.Add("lib/a.spec", "load(\":b.spec\", \"x\")");
  tree_.Add("lib/b.spec", "load(\":a.spec\", \"x\")");
  tree_.Add("lib/c.spec", "load(\":d.spec\", \"x\")");
  tree_.Add("lib/d.spec", "load(\":c.spec\", \"x\")");
  tree_.Add("lib/good.spec", "x = 1");
  tree_.Add("bad/BUILD.spec",
            "load(\"//lib:a.spec\", \"x\")\n"
            "load(\"//lib:good.spec\", z = \"x\")\n"
            "load(\"//lib:c.spec\", y = \"x\")");
  tree_.Add("good/BUILD.spec",
            "load(\"//lib:good.spec\", \"x\")\nfilegroup(name = \"g\")");
  for (int threads : {1, 4}) {
    std::unique_ptr<Loader> loader = MakeLoader(threads);
    absl::Status error = loader->Expand(Patterns({"//..."})).status();
    EXPECT_THAT(std::string(error.message()),
                HasSubstr("load cycle: `//lib:a.spec` loads `//lib:b.spec`, "
                          "which loads `//lib:a.spec`"));
    EXPECT_THAT(std::string(error.message()),
                HasSubstr("load cycle: `//lib:c.spec` loads `//lib:d.spec`"));
    EXPECT_THAT(loader->LoadPackage({"", "good"}), IsOk());
  }
}

TEST_F(LoaderTest, WorkspaceWithoutRulesHasNoPrelude) {
  tree_.Add("a/BUILD.spec", "config_setting(name = \"c\")");
  Loader loader(SourceTrees{{"", &tree_}}, dsl::Universe());
  EXPECT_THAT(loader.FindTarget(*Label::Parse("//a:c", {})), IsOk());
}

TEST_F(LoaderTest, PrivateNamesOfThePreludeStayPrivate) {
  tree_.Add("a/BUILD.spec", "x = _impl");
  EXPECT_THAT(
      std::string(MakeLoader()->LoadPackage({"", "a"}).status().message()),
      HasSubstr("the name `_impl` is not defined"));
}

TEST_F(LoaderTest, BuildFileMayReplaceWhatIsPredeclared) {
  tree_.Add("lib/defs.spec",
            "def f(ctx):\n    pass\ngenrule = rule(implementation = f)");
  tree_.Add("a/BUILD.spec",
            "load(\"//lib:defs.spec\", \"genrule\")\ngenrule(name = \"g\")");
  std::unique_ptr<Loader> loader = MakeLoader();
  absl::StatusOr<const Target*> target =
      loader->FindTarget(*Label::Parse("//a:g", {}));
  ASSERT_THAT(target, IsOk());
  EXPECT_EQ((*target)->rule().defined_in(), "//lib:defs.spec");
}

TEST_F(LoaderTest, PackagesAreListedByName) {
  tree_.Add("b/BUILD.spec", "");
  tree_.Add("a/BUILD.spec", "");
  rules_.Add("x/BUILD.spec", "");
  std::unique_ptr<Loader> loader = MakeLoader();
  ASSERT_THAT(loader->Expand(Patterns({"@rules//x:all", "//b:all", "//a:all"})),
              IsOkAndHolds(IsEmpty()));
  std::vector<std::string> names;
  for (const LoadedPackage* loaded : loader->packages()) {
    names.push_back(loaded->package.name().ToString());
  }
  EXPECT_THAT(names, ElementsAre("//a", "//b", "@rules//x"));
}

TEST_F(LoaderTest, TargetsStayWhileMoreIsLoaded) {
  tree_.Add("a/BUILD.spec", "filegroup(name = \"a\")");
  for (int i = 0; i < 50; ++i) {
    tree_.Add(absl::StrCat("p", i, "/BUILD.spec"), "filegroup(name = \"t\")");
  }
  std::unique_ptr<Loader> loader = MakeLoader();
  const Target* before = *loader->FindTarget(*Label::Parse("//a:a", {}));
  ASSERT_THAT(loader->Expand(Patterns({"//..."})), IsOk());
  EXPECT_EQ(*loader->FindTarget(*Label::Parse("//a:a", {})), before);
  EXPECT_EQ(&loader->RuleOf(*before).rule_class(), &before->rule());
}

TEST_F(LoaderTest, PrefetchOfWhatIsNotThereSaysNothing) {
  tree_.Add("a/BUILD.spec", "x = y");
  std::unique_ptr<Loader> loader = MakeLoader(2);
  std::vector<Label> labels = {
      *Label::Parse("//a:x", {}), *Label::Parse("//none:x", {}),
      *Label::Parse("//graph-out/a:x", {}), *Label::Parse("@none//a:x", {})};
  loader->Prefetch(labels);
  EXPECT_THAT(loader->packages(), IsEmpty());
  EXPECT_THAT(tree_.reads(),
              Not(testing::Contains(Pair("graph-out/a/BUILD.spec", 1))));
}

}  // namespace
}  // namespace graph
