// SPDX-License-Identifier: Apache-2.0
#include "engine/action/key.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <initializer_list>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_split.h"
#include "tests/support/status_matchers.h"

namespace graph {
namespace {

using ::testing::HasSubstr;

// An action with everything that a key is made of; tests change one thing.
struct Made {
  ActionGraph graph;
  Action action;
  std::vector<SpawnInput> inputs;
  Isolation isolation = Isolation::kStrict;
  NamedTexts properties = {{"toolchain", "t1"}};

  Made() {
    action.argv = {"cc", "-c", "main.c"};
    action.env = {{"A", "1"}};
    action.properties = {{"p", "q"}};
    action.outputs = {graph.AddArtifact(
        {"graph-out/main.o", Artifact::Kind::kFile, kNoAction, ""})};
    inputs = {
        {"main.c", SpawnInput::Kind::kFile, Digest::Of("int x;"), false, ""},
        {"sub/link", SpawnInput::Kind::kSymlink, Digest(), false, "../main.c"}};
  }
  // In the layers `low.tar` and `high.tar`, in this order.
  void InRoot(std::initializer_list<size_t> order) {
    const ArtifactId layers[] = {
        graph.AddArtifact({"low.tar", Artifact::Kind::kFile, kNoAction, ""}),
        graph.AddArtifact({"high.tar", Artifact::Kind::kFile, kNoAction, ""})};
    for (size_t index : order) action.root.push_back(layers[index]);
  }
  KeyMaker Keys() const {
    return KeyMaker(
        isolation,
        [properties = properties](const std::vector<std::string>& packages)
            -> absl::StatusOr<NamedTexts> {
          NamedTexts all = properties;
          for (const std::string& package : packages) {
            if (package == "missing") return absl::NotFoundError("missing");
            all[0].second += " " + package;
          }
          return all;
        });
  }
  Digest Key() const {
    KeyMaker keys = Keys();
    auto key = keys.KeyOf(graph, action, inputs);
    EXPECT_THAT(key, IsOk());
    return key->key;
  }
};

TEST(KeyTest, TheSameActionHasTheSameKey) {
  EXPECT_EQ(Made().Key(), Made().Key());
}

TEST(KeyTest, EverythingThatItMayReadIsInTheKey) {
  const std::vector<std::function<void(Made&)>> changes = {
      [](Made&) {},
      [](Made& m) { m.action.argv.push_back("-O2"); },
      [](Made& m) {
        m.action.argv = {"cc", "-c main.c"};
      },
      [](Made& m) { m.action.env[0].second = "2"; },
      [](Made& m) {
        m.action.env.push_back({"B", ""});
      },
      [](Made& m) { m.action.properties[0].second = "r"; },
      [](Made& m) { m.action.timeout_s = 5; },
      [](Made& m) {
        m.InRoot({0, 1});
      },
      [](Made& m) {
        m.InRoot({1, 0});
      },
      [](Made& m) {
        m.InRoot({0, 1});
        m.action.layer = m.action.outputs[0];
      },
      [](Made& m) { m.action.content = "parameters"; },
      [](Made& m) { m.action.kind = Action::Kind::kBuiltin; },
      [](Made& m) { m.inputs[0].digest = Digest::Of("int y;"); },
      [](Made& m) { m.inputs[0].executable = true; },
      [](Made& m) { m.inputs[0].path = "lain.c"; },
      [](Made& m) { m.inputs[1].target = "elsewhere"; },
      [](Made& m) { m.inputs.pop_back(); },
      [](Made& m) { m.isolation = Isolation::kNone; },
      [](Made& m) { m.isolation = Isolation::kBasic; },
      [](Made& m) { m.properties[0].second = "t2"; },
      [](Made& m) { m.action.packages = {"gcc"}; },
      [](Made& m) {
        m.action.packages = {"gcc", "perl"};
      },
      [](Made& m) {
        m.action.outputs.push_back(m.graph.AddArtifact(
            {"graph-out/x", Artifact::Kind::kFile, kNoAction, ""}));
      },
      [](Made& m) {
        m.action.outputs = {m.graph.AddArtifact(
            {"graph-out/main.o", Artifact::Kind::kDirectory, kNoAction, ""})};
      },
  };
  std::set<Digest> keys;
  for (const auto& change : changes) {
    Made made;
    change(made);
    keys.insert(made.Key());
  }
  EXPECT_EQ(keys.size(), changes.size());
}

TEST(KeyTest, WhatIsOnlyForPeopleIsNotInTheKey) {
  Made made;
  made.action.mnemonic = "Compile";
  made.action.message = "Compiling";
  made.action.owner = "//app:main";
  EXPECT_EQ(made.Key(), Made().Key());
}

TEST(KeyTest, StepsOfTheEngineDoNotDependOnTheToolchain) {
  Made one, other;
  one.action.kind = other.action.kind = Action::Kind::kBuiltin;
  other.properties = {{"toolchain", "t2"}};
  other.isolation = Isolation::kNone;
  EXPECT_EQ(one.Key(), other.Key());
}

TEST(KeyTest, CommandsInTheirOwnRootDoNotDependOnTheToolchain) {
  Made one, other;
  one.InRoot({0});
  other.InRoot({0});
  other.properties = {{"toolchain", "t2"}};
  EXPECT_EQ(one.Key(), other.Key());
}

TEST(KeyTest, TheOrderOfOutputsDoesNotMatter) {
  Made one, other;
  const Artifact more{"graph-out/a", Artifact::Kind::kFile, kNoAction, ""};
  one.action.outputs.push_back(one.graph.AddArtifact(more));
  other.action.outputs.insert(other.action.outputs.begin(),
                              other.graph.AddArtifact(more));
  EXPECT_EQ(one.Key(), other.Key());
}

// A change of this digest makes every cache of every user cold.
TEST(KeyTest, KeysAreTheSameInEveryRelease) {
  EXPECT_EQ(Made().Key().ToString(),
            "905c0284039feea8d9a81791096721fae87787e6f07306ca2728c44d150e5ea5/"
            "196");
}

TEST(KeyTest, AnInputInsideAnotherIsRefused) {
  for (const char* path : {"main.c/x", "main.c"}) {
    Made made;
    made.inputs.insert(made.inputs.begin() + 1, {path, SpawnInput::Kind::kFile,
                                                 Digest::Of("x"), false, ""});
    KeyMaker keys = made.Keys();
    EXPECT_THAT(keys.KeyOf(made.graph, made.action, made.inputs).status(),
                StatusIs(absl::StatusCode::kInvalidArgument,
                         HasSubstr("two inputs of one action lie at `main.c`")))
        << path;
  }
}

TEST(KeyTest, ThereIsNoKeyWithoutTheToolchain) {
  Made made;
  made.action.packages = {"missing"};
  KeyMaker keys = made.Keys();
  EXPECT_THAT(keys.KeyOf(made.graph, made.action, made.inputs).status(),
              StatusIs(absl::StatusCode::kNotFound, "missing"));
  made.action.kind = Action::Kind::kBuiltin;  // Which needs none.
  EXPECT_THAT(keys.KeyOf(made.graph, made.action, made.inputs), IsOk());
}

TEST(KeyTest, TheEnvironmentOfACommandIsFixed) {
  Action action;
  action.env = {{"PATH", "mine"}, {"Z", "z"}};
  EXPECT_EQ(EnvironmentOf(action),
            (NamedTexts{{"HOME", "/tmp"},
                        {"LC_ALL", "C.UTF-8"},
                        {"PATH", "mine"},
                        {"SOURCE_DATE_EPOCH", "315532800"},
                        {"TMPDIR", "/tmp"},
                        {"TZ", "UTC"},
                        {"Z", "z"}}));
  action.kind = Action::Kind::kFetch;
  EXPECT_EQ(EnvironmentOf(action), NamedTexts());
}

TEST(KeyTest, PartsTellWhatTheKeyWasMadeOf) {
  Made made;
  made.action.env.clear();
  made.action.timeout_s = 9;
  made.action.argv = {"say", "\"hi\"\n"};
  made.inputs.push_back(
      {"tool", SpawnInput::Kind::kFile, Digest::Of("#!"), true, ""});
  KeyMaker keys = made.Keys();
  auto key = keys.KeyOf(made.graph, made.action, made.inputs);
  ASSERT_THAT(key, IsOk());
  auto parts = keys.PartsOf(made.graph, made.action, made.inputs, *key);
  ASSERT_THAT(parts, IsOk());
  const std::vector<std::string> lines = absl::StrSplit(*parts, '\n');
  EXPECT_THAT(
      lines,
      testing::ElementsAre(
          "graph-parts 1", "key " + key->key.ToString(), "kind spawn",
          "arg \"say\"", "arg \"\\\"hi\\\"\\n\"", "env \"HOME\" \"/tmp\"",
          "env \"LC_ALL\" \"C.UTF-8\"", "env \"PATH\" \"/usr/bin:/bin\"",
          "env \"SOURCE_DATE_EPOCH\" \"315532800\"", "env \"TMPDIR\" \"/tmp\"",
          "env \"TZ\" \"UTC\"", "property \"graph-isolation\" \"strict\"",
          "property \"p\" \"q\"", "property \"toolchain\" \"t1\"",
          "property \"timeout_s\" \"9\"", "output file \"graph-out/main.o\"",
          "input file " + Digest::Of("int x;").ToString() + " \"main.c\"",
          "input symlink \"../main.c\" \"sub/link\"",
          "input executable " + Digest::Of("#!").ToString() + " \"tool\"", ""));
}

}  // namespace
}  // namespace graph
