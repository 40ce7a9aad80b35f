// SPDX-License-Identifier: Apache-2.0
#include "engine/net/url.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace graph {
namespace {

TEST(UrlTest, TheHostIsWithoutUserAndPath) {
  EXPECT_EQ(HostOfUrl("https://a.example/b?c"), "a.example");
  EXPECT_EQ(HostOfUrl("http://user:pass@a.example:81"), "a.example:81");
  EXPECT_EQ(HostOfUrl("a.example"), "");
}

TEST(UrlTest, ThisMachineIsKnownByNameAlone) {
  for (const char* host : {"localhost", "localhost:5000", "127.0.0.1",
                           "127.0.0.1:1", "127.1.2.3", "[::1]:5000"}) {
    EXPECT_TRUE(IsLocalHost(host)) << host;
  }
  for (const char* host : {"a.test", "localhost.test", "127.0.0.1.test",
                           "128.0.0.1", "10.0.0.1:80", ""}) {
    EXPECT_FALSE(IsLocalHost(host)) << host;
  }
}

TEST(UrlTest, LoginsGoByHttpsOrToThisMachine) {
  EXPECT_TRUE(IsSafeForLogin("https://a.example/"));
  EXPECT_TRUE(IsSafeForLogin("HTTP://127.0.0.1:80/"));
  EXPECT_FALSE(IsSafeForLogin("http://a.example/"));
  EXPECT_FALSE(IsSafeForLogin("http://127.0.0.1@a.example/"));
  EXPECT_FALSE(IsSafeForLogin("ftp://localhost/"));
}

TEST(UrlTest, WhatIsReservedIsPercentEncoded) {
  EXPECT_EQ(PercentEncoded("a-b._~1"), "a-b._~1");
  EXPECT_EQ(PercentEncoded("@s/p +\xc3\xbc"), "%40s%2Fp%20%2B%C3%BC");
}

TEST(UrlTest, ReferencesAreResolvedAgainstThePage) {
  const std::string base = "https://h:1/a/b/c?d=e#f";
  for (const auto& [reference, resolved] :
       std::initializer_list<std::pair<std::string, std::string>>{
           {"g", "https://h:1/a/b/g"},
           {"g?y#z", "https://h:1/a/b/g?y"},
           {"./g/", "https://h:1/a/b/g/"},
           {"../g", "https://h:1/a/g"},
           {"../../../g", "https://h:1/g"},
           {"..", "https://h:1/a/"},
           {".", "https://h:1/a/b/"},
           {"/g/./h/../i", "https://h:1/g/i"},
           {"//k/l", "https://k/l"},
           {"?y", "https://h:1/a/b/c?y"},
           {"", "https://h:1/a/b/c?d=e"},
           {"http://k/l", "http://k/l"}}) {
    EXPECT_EQ(ResolveUrl(base, reference), resolved) << reference;
  }
  EXPECT_EQ(ResolveUrl("https://h", "g"), "https://h/g");
  EXPECT_EQ(ResolveUrl("https://h", "?p=2"), "https://h/?p=2");
}

TEST(PercentDecodedTest, BytesByTheirNumbers) {
  EXPECT_EQ(PercentDecoded("a%2Bb%40%zz%4"), "a+b@%zz%4");
}

}  // namespace
}  // namespace graph
