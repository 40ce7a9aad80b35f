// SPDX-License-Identifier: Apache-2.0
// How apt is read; e2e/debs and e2e/deb_source ask the real one.
#include "engine/fetch/apt.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <utility>

namespace graph {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const std::string kHex(64, 'a');

TEST(ParseAptUrisTest, TheLinesAreFoundAmongOthers) {
  EXPECT_THAT(ParseAptUris("NOTE: words\n"
                           "'http://a.test/pool/x_1%2b2_all.deb' x_1+2_all.deb "
                           "10500 SHA256:" +
                           kHex + "\n'copy:/a/x.deb' x.deb 1 MD5Sum:00\n"),
              ElementsAre(AptUri{"http://a.test/pool/x_1%2b2_all.deb",
                                 "x_1+2_all.deb", kHex},
                          AptUri{"copy:/a/x.deb", "x.deb", ""}));
}

TEST(ParseAptUrisTest, WhatIsNoLineIsNone) {
  for (const char* text : {"", "E: no", "'", "'' x 1", "'unclosed"}) {
    EXPECT_THAT(ParseAptUris(text), IsEmpty()) << text;
  }
}

TEST(ParseAptProxyTest, TheNearestOptionCounts) {
  const char* configuration =
      "Acquire::http \n"
      "Acquire::http::Proxy http://p.test:3128\n"
      "Acquire::http::Proxy::direct.test DIRECT\n"
      "Acquire::http::Proxy::other.test http://o.test/\n";
  for (auto [uri, proxy] : {std::pair("http://a.test/x", "http://p.test:3128"),
                            {"http://other.test:80/x", "http://o.test/"},
                            {"http://direct.test/x", ""},
                            {"https://a.test/x", "http://p.test:3128"}}) {
    EXPECT_EQ(ParseAptProxy(configuration, uri), proxy) << uri;
  }
  EXPECT_EQ(ParseAptProxy("Acquire::https::Proxy http://s.test\n"
                          "Acquire::http::Proxy http://p.test\n",
                          "https://a.test/x"),
            "http://s.test");
}

TEST(ParseAptProxyTest, WithoutAnOptionNothingIsSaid) {
  for (const char* text : {"", "Acquire::http \n", "Acquire::http::Proxy \n",
                           "Acquire::http::Proxy::a http://p.test\n",
                           "Acquire::https::Proxy http://p.test\n"}) {
    EXPECT_EQ(ParseAptProxy(text, "http://a.test/x"), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace graph
