// SPDX-License-Identifier: Apache-2.0
// version() and locked(), and what they read of graph.lock.

#include <string>

#include "absl/strings/str_cat.h"
#include "engine/load/lock_text.h"
#include "engine/load/lock_view.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/engine/load/load_fixture.h"

namespace graph {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr absl::string_view kCommit =
    "0123456789abcdef0123456789abcdef01234567";

LockedVersion Entry(const std::string& name, const std::string& version) {
  LockedVersion entry;
  entry.request.name = name;
  entry.request.source = {"git_tags", {{"remote", "https://a.example/x"}}};
  entry.asked = "2026-11-21";
  entry.fields = {{"version", version}, {"commit", std::string(kCommit)}};
  return entry;
}

class VersionTest : public LoadTest {
 protected:
  void Lock(std::initializer_list<LockedVersion> all) {
    LockEntries entries;
    for (const LockedVersion& entry : all) {
      entries[entry.request.name] = entry;
    }
    Write("graph.lock", FormatLock(entries));
  }
  std::vector<std::string> Declared() {
    std::vector<std::string> names;
    for (const DeclaredVersion& version : loader().versions()) {
      names.push_back(
          absl::StrCat(version.request.name, " ", PlaceText(version)));
    }
    return names;
  }
};

TEST_F(VersionTest, FieldsAreThoseOfTheLock) {
  Lock({Entry("x", "1.2")});
  Write("app/BUILD.spec", R"(
v = version("x", git_tags("https://a.example/x"))
filegroup(name = v.version)
filegroup(name = v.commit)
filegroup(name = str(sorted([f for f in dir(v)])) if str(v) == "" else "s")
)");
  EXPECT_EQ(Problems("app"), "");
  Find("//app:1.2");
  Find(absl::StrCat("//app:", kCommit));
}

TEST_F(VersionTest, MacroDeclaresByNative) {
  Lock({Entry("x", "1.2")});
  Write("app/defs.spec", R"(
def tagged(name, remote):
    v = native.version(name, git_tags(remote))
    native.filegroup(name = v.version)
)");
  Write("app/BUILD.spec", R"(
load(":defs.spec", "tagged")

tagged("x", "https://a.example/x")
)");
  EXPECT_EQ(Problems("app"), "");
  Find("//app:1.2");
  EXPECT_THAT(Declared(), ElementsAre("x app/BUILD.spec:3:1"));
}

TEST_F(VersionTest, MissingEntryIsAnErrorWhereItIsRead) {
  Write("app/BUILD.spec", R"(
v = version("x", git_tags("https://a.example/x"))
w = version("y", git_branch("https://a.example/x", "main"))
filegroup(name = v.version)
)");
  EXPECT_EQ(Problems("app"), R"(
app/BUILD.spec:3:20: error: graph.lock has no entry `x`: run `graph lock update x`
  3 | filegroup(name = v.version)
    |                    ^^^^^^^
)");
  EXPECT_THAT(Declared(),
              ElementsAre("x app/BUILD.spec:1:5", "y app/BUILD.spec:2:5"));
  const auto uses = loader().lock_uses();
  ASSERT_TRUE(uses.contains("//app"));
  EXPECT_TRUE(uses.at("//app").refused);
  EXPECT_THAT(uses.at("//app").read, ElementsAre("x"));
}

TEST_F(VersionTest, DeclarationAloneNeedsNoEntry) {
  Write("app/BUILD.spec", R"(
version("x", git_tags("https://a.example/x"))
)");
  EXPECT_EQ(Problems("app"), "");
  EXPECT_TRUE(loader().lock_uses().empty());
}

TEST_F(VersionTest, EntryForAnotherRequestIsStale) {
  Lock({Entry("x", "1.2")});
  Write("app/BUILD.spec", R"(
v = version("x", git_tags("https://a.example/x"), constraint = ">=2")
filegroup(name = v.version)
)");
  EXPECT_THAT(Problems("app"),
              HasSubstr("app/BUILD.spec:2:20: error: the entry `x` of "
                        "graph.lock answers another request: constraint was "
                        "\"\", now is \">=2\"; run `graph lock update x`"));
  EXPECT_TRUE(loader().lock_uses().at("//app").refused);
}

TEST_F(VersionTest, FieldThatTheSourceNeverHasIsAnError) {
  Lock({Entry("x", "1.2")});
  Write("app/BUILD.spec", R"(
v = version("x", git_tags("https://a.example/x"))
filegroup(name = v.sha256)
)");
  EXPECT_THAT(Problems("app"),
              HasSubstr("2:20: error: a version of git_tags() has no `sha256`; "
                        "it has `commit`, `tag`, `version`"));
  Write("b/BUILD.spec", R"(
v = version("x2", git_tags("https://a.example/x"))
filegroup(name = v.sha25)
)");
  EXPECT_THAT(Problems("b"), HasSubstr("has no `sha25`"));
}

TEST_F(VersionTest, FieldThatNobodyToldIsAnError) {
  Lock({Entry("x", "1.2")});
  Write("app/BUILD.spec", R"(
v = version("x", git_tags("https://a.example/x"))
filegroup(name = v.tag)
)");
  EXPECT_THAT(Problems("app"),
              HasSubstr("the entry `x` of graph.lock has no `tag`"));
  EXPECT_FALSE(loader().lock_uses().at("//app").refused);
}

TEST_F(VersionTest, WrongLockIsShownAtItsPlace) {
  Write("graph.lock", "format = 1\n\n<<<<<<< HEAD\n");
  Write("app/BUILD.spec", R"(
v = version("x", git_tags("https://a.example/x"))
filegroup(name = v.version)
)");
  EXPECT_EQ(Problems("app"), R"(
graph.lock:3:1: error: a merge that was not finished
  3 | <<<<<<< HEAD
    | ^^^^^^^^^^^^
note: keep the blocks that both sides want, remove the lines of the conflict, and run `graph lock`: it asks again for what does not fit
)");
  // Who does not read it does not mind.
  Write("b/BUILD.spec", "filegroup(name = \"b\")\n");
  EXPECT_EQ(Problems("b"), "");
}

TEST_F(VersionTest, NameStandsForOneThing) {
  Write("a/BUILD.spec", R"(
version("x", git_tags("https://a.example/x"))
version("x", git_tags("https://a.example/y"))
)");
  EXPECT_EQ(Problems("a"), R"(
a/BUILD.spec:2:1: error: the version `x` is declared twice
  2 | version("x", git_tags("https://a.example/y"))
    | ^^^^^^^ give it another name
a/BUILD.spec:1:1: note: it is first declared here
  1 | version("x", git_tags("https://a.example/x"))
    | ^^^^^^^
)");
}

// Which package is loaded first does not show.
TEST_F(VersionTest, TwoPackagesThatDeclareOneNameAreToldTheSame) {
  Write("a/BUILD.spec", "version(\"x\", git_tags(\"https://a.example/x\"))\n");
  Write("b/BUILD.spec", "version(\"x\", git_tags(\"https://a.example/x\"))\n");
  EXPECT_EQ(Problems("b"), "");
  EXPECT_THAT(Problems("a"), HasSubstr("b/BUILD.spec:1:1: error: the version "
                                       "`x` is declared twice"));
}

TEST_F(VersionTest, VersionsOfTheWorkspaceAreReadByLocked) {
  Lock({Entry("x", "1.2")});
  Write("WORKSPACE.spec", R"(
workspace(name = "w")
version("x", git_tags("https://a.example/x"))
)");
  Write("app/BUILD.spec", "filegroup(name = locked(\"x\").version)\n");
  EXPECT_EQ(Problems("app"), "");
  Find("//app:1.2");
  Write("b/BUILD.spec", "locked(\"xx\")\n");
  EXPECT_THAT(Problems("b"),
              HasSubstr("b/BUILD.spec:1:1: error: WORKSPACE.spec declares no "
                        "version `xx`"));
  Write("c/BUILD.spec", "version(\"x\", git_tags(\"https://a.example/x\"))\n");
  EXPECT_THAT(Problems("c"),
              HasSubstr("c/BUILD.spec:1:1: error: the version `x` is declared "
                        "twice"));
  EXPECT_THAT(Problems("c"),
              HasSubstr("WORKSPACE.spec:2:1: note: it is first"));
  EXPECT_THAT(Declared(), ElementsAre("x WORKSPACE.spec:2:1"));
}

TEST_F(VersionTest, LockIsLoggedAsReadByWhoReadsIt) {
  Lock({Entry("x", "1.2")});
  Write("a/BUILD.spec", "filegroup(name = \"a\")\n");
  EXPECT_EQ(Problems("a"), "");
  auto reads_lock = [this] {
    for (const ReadLog::Item& item : loader().read_log().files) {
      if (item.path == "graph.lock") return true;
    }
    return false;
  };
  EXPECT_FALSE(reads_lock());
  Write("b/BUILD.spec", R"(
v = version("x", git_tags("https://a.example/x"))
filegroup(name = v.version)
)");
  EXPECT_EQ(Problems("b"), "");
  EXPECT_TRUE(reads_lock());
}

TEST_F(VersionTest, CallsAreHeldToTheirForm) {
  Write("a/BUILD.spec", "version(\"a b\", git_tags(\"x\"))\n");
  EXPECT_THAT(Problems("a"), HasSubstr("cannot be the name of a version"));
  Write("b/BUILD.spec", "version(\"b\", \"https://a.example\")\n");
  EXPECT_THAT(Problems("b"),
              HasSubstr("is made by one of `deb`, `git_branch`"));
  Write("c/BUILD.spec", "version(\"c\", git_tags())\n");
  EXPECT_THAT(Problems("c"), HasSubstr("`remote`"));
  Write("d/BUILD.spec", "version(\"d\", git_tags(\"\"))\n");
  EXPECT_THAT(Problems("d"), HasSubstr("git_tags(): `remote` is empty"));
  Write("e/BUILD.spec", "version(\"e\", git_tags(\"x\", patern = \"v*\"))\n");
  EXPECT_THAT(Problems("e"), HasSubstr("`pattern`"));
  Write("f/BUILD.spec", "version(\"f\", git_tags(\"x\"), prerelese = True)\n");
  EXPECT_THAT(Problems("f"), HasSubstr("`prerelease`"));
  Write("g/BUILD.spec", "version(\"g\", npm(\"x\"), constraint = \"=>2\")\n");
  EXPECT_THAT(Problems("g"), HasSubstr("=>2"));
}

TEST_F(VersionTest, SourcesAreValues) {
  Write("a/BUILD.spec", R"spec(
s = git_tags("x", pattern = "v*")
same = git_tags(remote = "x", pattern = "v*")
filegroup(name = "{} {}".format(s == same, s == git_tags("x")))
filegroup(name = repr(s).replace("(", "").replace(")", "").replace('"', ""))
filegroup(name = str(len({s: 1, git_tags("x"): 2})))
)spec");
  EXPECT_EQ(Problems("a"), "");
  Find("//a:True False");
  Find("//a:git_tagsx, pattern = v*");
  Find("//a:2");
}

TEST_F(VersionTest, ModulesHaveNoVersions) {
  Write("a/defs.spec", "x = native.version(\"x\", git_tags(\"x\"))\n");
  Write("a/BUILD.spec", "load(\":defs.spec\", \"x\")\n");
  EXPECT_THAT(Problems("a"), HasSubstr("version() can be called only while a "
                                       "BUILD.spec is loaded"));
}

TEST_F(VersionTest, LoadAllTellsWhatIsWrongWithEach) {
  Write("BUILD.spec", "filegroup(name = \"top\")\n");
  Write("a/BUILD.spec", "nonsense()\n");
  Write("b/BUILD.spec", "filegroup(name = \"b\")\n");
  const auto wrong = loader().LoadAll();
  ASSERT_EQ(wrong.size(), 1u);
  EXPECT_EQ(wrong.begin()->first, "//a");
  EXPECT_EQ(loader().packages().size(), 2u);
}

TEST(LockTextTest, MissingLockIsEmpty) {
  MemoryTree tree;
  EXPECT_THAT(LoadLock(tree), IsOk());
  tree.Add("graph.lock", "");
  EXPECT_THAT(LoadLock(tree).status().message(),
              HasSubstr("graph.lock:1:1: error: there is no line `format = "
                        "1`"));
}

}  // namespace
}  // namespace graph
