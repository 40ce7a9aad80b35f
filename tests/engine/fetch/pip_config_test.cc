// SPDX-License-Identifier: Apache-2.0
#include "engine/fetch/pip_config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "tests/engine/fetch/fetch_testing.h"
#include "tests/support/status_matchers.h"

namespace graph {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

using Code = absl::StatusCode;

class PipConfigTest : public FetchTest {
 protected:
  PipConfigTest() {
    variables_ = {{"HOME", folder_}, {"PIP_CONFIG_FILE", Path("mine")}};
  }

  void Write(const std::string& name, absl::string_view text) {
    const std::string path = Path(name);
    ASSERT_THAT(MakeDirectories(path.substr(0, path.rfind('/'))), IsOk());
    ASSERT_THAT(WriteFile(path, text), IsOk());
  }
  absl::StatusOr<std::vector<PypiIndex>> Indices() const {
    return PypiIndices(HostEnvironment(variables_));
  }
  std::vector<std::string> Urls() const {
    std::vector<std::string> urls;
    absl::StatusOr<std::vector<PypiIndex>> indices = Indices();
    if (!indices.ok()) return {indices.status().ToString()};
    for (const PypiIndex& index : *indices) urls.push_back(index.url);
    return urls;
  }

  std::map<std::string, std::string> variables_;
};

TEST_F(PipConfigTest, ThePublicIndexUnlessSaid) {
  variables_["PIP_CONFIG_FILE"] = "/dev/null";
  EXPECT_THAT(Urls(), ElementsAre("https://pypi.org/simple/"));
}

TEST_F(PipConfigTest, TheSectionOfAllCommands) {
  Write("mine",
        "# words\nindex-url = https://no.test/\n[global]\n; words\n"
        "Index_URL: https://a.test/simple\nextra-index-url =\n"
        "    https://b.test/\n\n    # words\n    https://c.test/s/\n"
        "[install]\nindex-url = https://no.test/\n");
  EXPECT_THAT(Urls(), ElementsAre("https://a.test/simple/", "https://b.test/",
                                  "https://c.test/s/"));
}

TEST_F(PipConfigTest, TheNearerFileWinsAndVariablesAll) {
  Write(".config/pip/pip.conf", "[global]\nindex-url = https://user.test/\n");
  EXPECT_THAT(Urls(), ElementsAre("https://user.test/"));
  Write("venv/pip.conf", "[global]\nindex-url = https://venv.test/\n");
  variables_["VIRTUAL_ENV"] = Path("venv");
  EXPECT_THAT(Urls(), ElementsAre("https://venv.test/"));
  Write("mine", "[global]\nindex-url = https://mine.test/\n");
  EXPECT_THAT(Urls(), ElementsAre("https://mine.test/"));
  variables_["PIP_INDEX_URL"] = "https://env.test/";
  variables_["PIP_EXTRA_INDEX_URL"] = "https://x.test/ https://y.test/";
  EXPECT_THAT(Urls(), ElementsAre("https://env.test/", "https://x.test/",
                                  "https://y.test/"));
  variables_.erase("PIP_INDEX_URL");
  variables_.erase("PIP_EXTRA_INDEX_URL");
  variables_["PIP_CONFIG_FILE"] = "/dev/null";
  EXPECT_THAT(Urls(), ElementsAre("https://pypi.org/simple/"));
}

TEST_F(PipConfigTest, ALoginIsNoPartOfTheUrl) {
  variables_["PIP_INDEX_URL"] = "https://me%40x:se%2Fcret@a.test:8080/simple/";
  ASSERT_THAT(Indices(), IsOk());
  const PypiIndex index = Indices()->front();
  EXPECT_EQ(index.url, "https://a.test:8080/simple/");
  EXPECT_EQ(index.authorization, "Basic bWVAeDpzZS9jcmV0");
  variables_["PIP_INDEX_URL"] = "https://token@a.test/";
  EXPECT_EQ(Indices()->front().authorization, "Basic dG9rZW46");
}

TEST_F(PipConfigTest, ALoginDoesNotTravelUnencrypted) {
  variables_["PIP_INDEX_URL"] = "http://me:secret@a.test/simple/";
  EXPECT_THAT(Indices(), StatusIs(Code::kFailedPrecondition,
                                  AllOf(HasSubstr("unencrypted"),
                                        Not(HasSubstr("secret")))));
}

TEST_F(PipConfigTest, WhatIsNoUrlIsTold) {
  variables_["PIP_INDEX_URL"] = "file:///srv/simple";
  EXPECT_THAT(Indices(), StatusIs(Code::kInvalidArgument,
                                  HasSubstr("no http or https URL")));
}

}  // namespace
}  // namespace graph
