// SPDX-License-Identifier: Apache-2.0
#include "engine/fetch/url.h"

#include <gtest/gtest.h>

namespace graph {
namespace {

TEST(IsLocalHostTest, ByNameAlone) {
  for (const char* host : {"localhost", "localhost:5000", "127.0.0.1",
                           "127.0.0.1:1", "127.1.2.3", "[::1]:5000"}) {
    EXPECT_TRUE(IsLocalHost(host)) << host;
  }
  for (const char* host : {"a.test", "localhost.test", "127.0.0.1.test",
                           "128.0.0.1", "10.0.0.1:80", ""}) {
    EXPECT_FALSE(IsLocalHost(host)) << host;
  }
}

TEST(MayCarryLoginTest, OnlyWhereNobodyListens) {
  for (const char* url : {"https://a.test/x", "HTTPS://a.test",
                          "http://localhost:1/x", "http://u:p@127.0.0.1/"}) {
    EXPECT_TRUE(MayCarryLogin(url)) << url;
  }
  for (const char* url : {"http://a.test/x", "http://localhost@a.test/",
                          "ftp://localhost/", "", "a.test"}) {
    EXPECT_FALSE(MayCarryLogin(url)) << url;
  }
}

TEST(HostOfUrlTest, WithoutUserAndPath) {
  EXPECT_EQ(HostOfUrl("https://u:p@a.test:8080/x@y"), "a.test:8080");
  EXPECT_EQ(HostOfUrl("a.test/x"), "");
}

TEST(EscapedForUrlTest, WhatWouldEndAPartIsEscaped) {
  EXPECT_EQ(EscapedForUrl("a-1_2.3~b"), "a-1_2.3~b");
  EXPECT_EQ(EscapedForUrl("@a/b c"), "%40a%2Fb%20c");
}

}  // namespace
}  // namespace graph
