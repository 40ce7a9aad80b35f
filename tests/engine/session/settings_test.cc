// SPDX-License-Identifier: Apache-2.0
#include "engine/session/settings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <tuple>
#include <utility>

#include "tests/support/status_matchers.h"

namespace graph {
namespace {

using testing::HasSubstr;

HostEnvironment Host(std::map<std::string, std::string> variables) {
  return HostEnvironment(std::move(variables));
}

class SettingsTest : public testing::Test {
 protected:
  Setting Find(const std::string& name) const {
    for (const Setting& setting : settings_.Describe()) {
      if (setting.name == name) return setting;
    }
    return {};
  }

  Settings settings_{Host({{"HOME", "/h"}})};
};

TEST_F(SettingsTest, DefaultsComeFromTheHost) {
  EXPECT_EQ(settings_.cache_dir(), "/h/.cache/graph");
  EXPECT_EQ(settings_.jobs(), UsableProcessors());
  EXPECT_EQ(settings_.isolation(), std::nullopt);  // The best there is.
  EXPECT_FALSE(settings_.keep_going());
  EXPECT_EQ(Find("jobs").origin, "default");
}

TEST_F(SettingsTest, WhatIsSaidLaterWins) {
  EXPECT_THAT(settings_.Set("jobs", "5", "command line"), IsOk());
  EXPECT_THAT(settings_.Set("jobs", "4", "GRAPH_JOBS"), IsOk());
  EXPECT_THAT(settings_.ReadUserFile("jobs = 3\n", "/h/config"), IsOk());
  EXPECT_THAT(settings_.Set("jobs", "2", "WORKSPACE.spec"), IsOk());
  EXPECT_EQ(settings_.jobs(), 5);
  EXPECT_EQ(Find("jobs").origin, "command line");
}

TEST_F(SettingsTest, ConfigMayRepeatInOneLayer) {
  EXPECT_THAT(settings_.Set("config", "from-file", "/h/config:1"), IsOk());
  EXPECT_THAT(settings_.Set("config", "a", "command line"), IsOk());
  EXPECT_THAT(settings_.Set("config", "b", "command line"), IsOk());
  EXPECT_THAT(settings_.configs(), testing::ElementsAre("a", "b"));
}

TEST_F(SettingsTest, MirrorsAndLoginsMayRepeatInOneLayer) {
  EXPECT_THAT(settings_.ReadUserFile("mirror = https://a/ https://m/a/\n"
                                     "login = m env:TOKEN\n"
                                     "mirror = https://b/ http://m/b/\n"
                                     "login = N:81 file:/run/secret\n",
                                     "/h/config"),
              IsOk());
  EXPECT_THAT(settings_.mirrors(),
              testing::ElementsAre(HttpMirror{"https://a/", "https://m/a/"},
                                   HttpMirror{"https://b/", "http://m/b/"}));
  EXPECT_THAT(settings_.logins(),
              testing::ElementsAre(HttpLogin{"m", "TOKEN", ""},
                                   HttpLogin{"n:81", "", "/run/secret"}));
  EXPECT_THAT(settings_.ReadEnvironment(Host(
                  {{"GRAPH_MIRROR",
                    "https://c/ https://m/c/, https://d https://m/d only"}})),
              IsOk());
  EXPECT_THAT(
      settings_.mirrors(),
      testing::ElementsAre(HttpMirror{"https://c/", "https://m/c/"},
                           HttpMirror{"https://d", "https://m/d", true}));
}

TEST_F(SettingsTest, AnUnknownNameIsAnErrorWithTheNearest) {
  EXPECT_THAT(settings_.ReadUserFile("# ours\n\njosb = 3\n", "/h/config"),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       "/h/config:3: no setting named `josb`: did you mean "
                       "`jobs`?"));
  EXPECT_THAT(settings_.Set("quux", "1", "command line"),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       HasSubstr("`graph info --settings` lists them")));
}

TEST_F(SettingsTest, AWrongValueIsAnErrorThatSaysWhatIsWanted) {
  for (const auto& [name, value, wanted] :
       std::initializer_list<std::tuple<std::string, std::string, std::string>>{
           {"jobs", "0", "a number from 1 to 4096"},
           {"jobs", "many", "a number from 1 to 4096"},
           {"keep-going", "yes", "`true` or `false`"},
           {"isolation", "some", "`best`, `strict`, `basic` or `none`"},
           {"cache-dir", "here", "an absolute path"},
           {"cache-max-size", "big", "a size like `50GB`, `auto` or `none`"},
           {"mirror", "https://a/", "two prefixes of http or https URLs"},
           {"mirror", "https://a/ https://b", "or both without"},
           {"mirror", "https://a/ /srv/b/", "two prefixes"},
           {"mirror", "https://a/ https://b/ alone", "`only` where"},
           {"login", "a.example", "`host env:NAME`, `host file:/path`"},
           {"login", "a.example s3cret", "`host env:NAME`"},
           {"login", "https://a.example env:TOKEN", "`host env:NAME`"},
           {"login", "a.example file:token", "`host file:/path`"},
           {"platform", "", "a name"}}) {
    EXPECT_THAT(settings_.Set(name, value, "command line"),
                StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(wanted)))
        << name;
  }
}

TEST_F(SettingsTest, ALineThatIsNoSettingIsAnError) {
  EXPECT_THAT(settings_.ReadUserFile("jobs 3\n", "/h/config"),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       "/h/config:1: want `name = value`, not `jobs 3`"));
}

TEST_F(SettingsTest, VariablesThatAreNobodysSettingAreLeftAlone) {
  EXPECT_THAT(settings_.ReadEnvironment(Host(
                  {{"GRAPH_API_TOKEN", "x"}, {"GRAPH_KEEP_GOING", "true"}})),
              IsOk());
  EXPECT_TRUE(settings_.keep_going());
  EXPECT_THAT(
      settings_.ReadEnvironment(Host({{"GRAPH_KEEP_GOIN", "true"}})),
      StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("keep-going")));
}

}  // namespace
}  // namespace graph
