// SPDX-License-Identifier: Apache-2.0
#include "engine/fetch/npm_config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "tests/engine/fetch/fetch_testing.h"
#include "tests/support/status_matchers.h"

namespace graph {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

using Code = absl::StatusCode;

class NpmConfigTest : public FetchTest {
 protected:
  NpmConfigTest() {
    variables_ = {{"HOME", folder_},
                  {"NPM_CONFIG_GLOBALCONFIG", Path("global")}};
  }

  void Write(absl::string_view text) {
    ASSERT_THAT(WriteFile(Path(".npmrc"), text), IsOk());
  }
  absl::StatusOr<NpmConfig> Load() const {
    return NpmConfig::Load(HostEnvironment(variables_));
  }
  std::string Registry(absl::string_view package) const {
    absl::StatusOr<NpmConfig> config = Load();
    if (!config.ok()) return config.status().ToString();
    return config->RegistryOf(package).value_or("none");
  }
  absl::StatusOr<std::string> Authorization(absl::string_view url) const {
    absl::StatusOr<NpmConfig> config = Load();
    if (!config.ok()) return config.status();
    return config->AuthorizationFor(url);
  }

  std::map<std::string, std::string> variables_;
};

TEST_F(NpmConfigTest, ThePublicRegistryUnlessSaid) {
  EXPECT_EQ(Registry("a"), "https://registry.npmjs.org/");
  EXPECT_EQ(Registry("@s/a"), "https://registry.npmjs.org/");
}

TEST_F(NpmConfigTest, AScopeHasARegistryOfItsOwn) {
  Write(
      "; words\n# words\nregistry = https://r.test/npm\n[section]\n"
      "@s:registry=\"http://s.test:4873/\"\n");
  EXPECT_EQ(Registry("a"), "https://r.test/npm/");
  EXPECT_EQ(Registry("@s/a"), "http://s.test:4873/");
  EXPECT_EQ(Registry("@other/a"), "https://r.test/npm/");
}

TEST_F(NpmConfigTest, TheUserOverrulesTheMachineAndVariablesBoth) {
  ASSERT_THAT(WriteFile(Path("global"), "registry=https://g.test/\n"), IsOk());
  EXPECT_EQ(Registry("a"), "https://g.test/");
  Write("registry=https://u.test/\n");
  EXPECT_EQ(Registry("a"), "https://u.test/");
  variables_["npm_config_registry"] = "https://v.test/";
  EXPECT_EQ(Registry("a"), "https://v.test/");
  variables_.erase("npm_config_registry");
  variables_["NPM_CONFIG_REGISTRY"] = "https://w.test/";
  EXPECT_EQ(Registry("a"), "https://w.test/");
  variables_["NPM_CONFIG_REGISTRY"] = "";
  EXPECT_EQ(Registry("a"), "https://u.test/");
}

TEST_F(NpmConfigTest, TheUsersFileMayLieElsewhere) {
  Write("registry=https://u.test/\n");
  ASSERT_THAT(WriteFile(Path("mine"), "registry=https://m.test/\n"), IsOk());
  variables_["NPM_CONFIG_USERCONFIG"] = Path("mine");
  EXPECT_EQ(Registry("a"), "https://m.test/");
}

TEST_F(NpmConfigTest, VariablesInValues) {
  Write("registry=https://${HOST}/x/\n//h.test/:_authToken=${TOKEN?}\n");
  variables_["HOST"] = "h.test";
  EXPECT_EQ(Registry("a"), "https://h.test/x/");
  EXPECT_THAT(Authorization("https://h.test/x/a"), IsOkAndHolds(""));
  variables_["TOKEN"] = "abc";
  EXPECT_THAT(Authorization("https://h.test/x/a"), IsOkAndHolds("Bearer abc"));
  variables_.erase("HOST");
  EXPECT_THAT(Load(), StatusIs(Code::kInvalidArgument,
                               AllOf(HasSubstr(".npmrc:1"),
                                     HasSubstr("variable HOST is not set"))));
}

TEST_F(NpmConfigTest, WhatIsNoRegistryIsTold) {
  Write("registry=r.test\n");
  ASSERT_THAT(Load(), IsOk());
  EXPECT_THAT(
      Load()->RegistryOf("a"),
      StatusIs(Code::kInvalidArgument, HasSubstr("no http or https URL")));
}

TEST_F(NpmConfigTest, TheNearestPlaceAboveGivesTheLogin) {
  Write(
      "//h.test/:_authToken=outer\n//h.test/npm/:_auth=dTpw\n"
      "//h.test:8080/:username=u\n//h.test:8080/:_password=cA==\n");
  EXPECT_THAT(Authorization("https://h.test/a"), IsOkAndHolds("Bearer outer"));
  EXPECT_THAT(Authorization("https://h.test/npm/a/-/a-1.tgz?x=/y/"),
              IsOkAndHolds("Basic dTpw"));
  EXPECT_THAT(Authorization("https://h.test:8080/a"),
              IsOkAndHolds("Basic dTpw"));
  EXPECT_THAT(Authorization("https://other.test/npm/"), IsOkAndHolds(""));
  EXPECT_THAT(Authorization("https://h.test.evil.test/"), IsOkAndHolds(""));
}

TEST_F(NpmConfigTest, ALoginByVariable) {
  variables_["npm_config_//h.test/:_authToken"] = "Abc";
  EXPECT_THAT(Authorization("https://h.test/a"), IsOkAndHolds("Bearer Abc"));
}

TEST_F(NpmConfigTest, ALoginDoesNotTravelUnencrypted) {
  Write("//h.test/:_authToken=secret\n//localhost:1/:_authToken=mine\n");
  EXPECT_THAT(
      Authorization("http://h.test/a"),
      StatusIs(Code::kFailedPrecondition,
               AllOf(HasSubstr("unencrypted"), Not(HasSubstr("secret")))));
  EXPECT_THAT(Authorization("http://localhost:1/a"),
              IsOkAndHolds("Bearer mine"));
}

TEST_F(NpmConfigTest, AUserWithoutAPasswordIsTold) {
  Write("//h.test/:username=u\n");
  EXPECT_THAT(Authorization("https://h.test/a"),
              StatusIs(Code::kFailedPrecondition, HasSubstr("`_password`")));
}

}  // namespace
}  // namespace graph
