// SPDX-License-Identifier: Apache-2.0
#include "engine/model/version_order.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace graph {
namespace {

using enum VersionScheme;

bool IsVersion(VersionScheme scheme, absl::string_view text) {
  return Version::Parse(scheme, text).has_value();
}

Version Parsed(VersionScheme scheme, absl::string_view text) {
  std::optional<Version> version = Version::Parse(scheme, text);
  EXPECT_TRUE(version.has_value()) << text;
  return version ? *std::move(version) : *Version::Parse(kDotted, "0");
}

// Each before all that follow.
void ExpectOrder(VersionScheme scheme, const std::vector<std::string>& texts) {
  for (size_t i = 0; i < texts.size(); ++i) {
    const Version a = Parsed(scheme, texts[i]);
    EXPECT_EQ(a, a) << texts[i];
    for (size_t j = i + 1; j < texts.size(); ++j) {
      const Version b = Parsed(scheme, texts[j]);
      EXPECT_TRUE(a < b) << texts[i] << " < " << texts[j];
      EXPECT_TRUE(b > a) << texts[j] << " > " << texts[i];
      EXPECT_FALSE(a == b) << texts[i] << " == " << texts[j];
    }
  }
}

void ExpectEqual(VersionScheme scheme, const std::vector<std::string>& texts) {
  for (const std::string& text : texts) {
    EXPECT_EQ(Parsed(scheme, texts.front()), Parsed(scheme, text)) << text;
  }
}

TEST(VersionSchemeTest, EachSourceHasOne) {
  EXPECT_EQ(VersionSchemeOf("python_org"), kPython);
  EXPECT_EQ(VersionSchemeOf("pypi"), kPython);
  EXPECT_EQ(VersionSchemeOf("npm"), kSemver);
  EXPECT_EQ(VersionSchemeOf("deb"), kDebian);
  EXPECT_EQ(VersionSchemeOf("oci_tags"), kDotted);
}

// --- PEP 440 ----------------------------------------------------------------

TEST(PythonVersionTest, TheOrderIsThatOfItsSummary) {
  ExpectOrder(kPython, {"1.dev0",
                        "1.0.dev456",
                        "1.0a1",
                        "1.0a2.dev456",
                        "1.0a12.dev456",
                        "1.0a12",
                        "1.0b1.dev456",
                        "1.0b2",
                        "1.0b2.post345.dev456",
                        "1.0b2.post345",
                        "1.0rc1.dev456",
                        "1.0rc1",
                        "1.0",
                        "1.0+abc.5",
                        "1.0+abc.7",
                        "1.0+5",
                        "1.0.post456.dev34",
                        "1.0.post456",
                        "1.0.15",
                        "1.1.dev1",
                        "1.1",
                        "1.9",
                        "1.10",
                        "2024.1",
                        "1!0.1"});
}

TEST(PythonVersionTest, SpellingsOfOneVersionAreEqual) {
  ExpectEqual(kPython, {"1.1", "v1.1", "1.1.0", "1.01", "0!1.1.0.0"});
  ExpectEqual(kPython, {"1.1rc1", "1.1RC1", "1.1-rc.1", "1.1_c1", "1.1.pre-1",
                        "1.1preview1"});
  ExpectEqual(kPython, {"1.1a0", "1.1a", "1.1.alpha", "1.1-alpha-0"});
  ExpectEqual(kPython,
              {"1.1.post2", "1.1-2", "1.1-r2", "1.1.rev2", "1.1POST2"});
  ExpectEqual(kPython, {"1.1a0.post0.dev0", "1.1alphapostdev", "1.1arevdev"});
  ExpectEqual(kPython, {"1.1.dev0", "1.1dev", "1.1-dev_0"});
  ExpectEqual(kPython, {"1.1+a.1", "1.1+A-01", "1.1+a_1"});
}

TEST(PythonVersionTest, APrereleaseIsAlphaBetaCandidateOrDevelopment) {
  for (const char* text :
       {"3.14.0a1", "3.14.0b2", "3.14.0rc1", "3.14.dev3", "3.14.post1.dev2"}) {
    EXPECT_TRUE(Parsed(kPython, text).is_prerelease()) << text;
  }
  for (const char* text : {"3.14.0", "3.14.post1", "3.14+rc1"}) {
    EXPECT_FALSE(Parsed(kPython, text).is_prerelease()) << text;
  }
}

TEST(PythonVersionTest, OtherTextsAreNone) {
  for (const char* text :
       {"", "v", "1.", ".1", "1..2", "1.0x", "1.0rc1x", "1.0-", "1.0+",
        "1.0+a..b", "french toast", "3.14.3t", "1.0 2", "1!", "!1"}) {
    EXPECT_FALSE(IsVersion(kPython, text)) << text;
  }
}

// --- Semantic Versioning ----------------------------------------------------

TEST(SemverTest, TheOrderIsThatOfItsEleventhPoint) {
  ExpectOrder(kSemver, {"1.0.0-0", "1.0.0-9", "1.0.0-10", "1.0.0-alpha",
                        "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta",
                        "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0",
                        "1.0.1", "1.2.0", "1.10.0", "2.0.0-x", "2.0.0", "2.1.0",
                        "2.1.1", "99999999999999999999.0.0"});
}

TEST(SemverTest, TextsAreComparedByByteAndBuildsNotAtAll) {
  ExpectOrder(kSemver,
              {"1.0.0-B", "1.0.0-a", "1.0.0-a-", "1.0.0-rc10", "1.0.0-rc9"});
  ExpectEqual(kSemver, {"1.0.0", "1.0.0+20130313144700", "1.0.0+exp.sha.01"});
  ExpectEqual(kSemver, {"1.0.0-a", "1.0.0-a+b"});
}

TEST(SemverTest, OtherTextsAreNone) {
  for (const char* text :
       {"1", "1.2", "1.2.3.4", "01.2.3", "1.2.3-", "1.2.3-01", "1.2.3-a..b",
        "1.2.3+", "v1.2.3", "1.2.3-a_b", "1.2.x", "1.2.3 "}) {
    EXPECT_FALSE(IsVersion(kSemver, text)) << text;
  }
}

// --- Debian -----------------------------------------------------------------

TEST(DebianVersionTest, ATildeComesEvenBeforeTheEnd) {
  ExpectOrder(kDebian,
              {"1.0~~", "1.0~~a", "1.0~", "1.0~rc1-1", "1.0-1", "1.0a-1",
               "1.0+b-1", "1.0.1-1", "1.2-1", "1.10-1", "1.10-1+b1",
               "1.10-2~bpo12+1", "1.10-2", "1.10-10", "1:0.1-1"});
  ExpectOrder(kDebian, {"0.1~a", "0.1", "0.1A", "0.1Z", "0.1a", "0.1z", "0.1+",
                        "0.1.", "0.1.0a"});
}

TEST(DebianVersionTest, ZerosDoNotCountNorARevisionOfZero) {
  ExpectEqual(kDebian, {"1.2", "0:1.2", "1.02", "1.2-0"});
  ExpectEqual(kDebian, {"1a", "1a0"});
  ExpectOrder(kDebian, {"1.2", "1.2.0", "1.2.0-1"});
}

TEST(DebianVersionTest, TheRevisionIsBehindTheLastHyphen) {
  ExpectOrder(kDebian, {"1.2-9-1", "1.2-10-1", "1.2-10-2"});
}

TEST(DebianVersionTest, OnlyWordsOfPrereleasesBehindATildeAreThat) {
  for (const char* text :
       {"2.0~rc1-1", "2.0~beta2", "2.0~a1+dfsg-1", "1:2.0+dfsg~alpha-3"}) {
    EXPECT_TRUE(Parsed(kDebian, text).is_prerelease()) << text;
  }
  for (const char* text : {"2.0-1~deb12u1", "2.0~bpo12+1-1", "2.0-1~rc1",
                           "0~20240101-1", "2.0rc1-1"}) {
    EXPECT_FALSE(Parsed(kDebian, text).is_prerelease()) << text;
  }
}

TEST(DebianVersionTest, OtherTextsAreNone) {
  for (const char* text :
       {"", "a1", "1.0-", "1.0_1", "x:1", ":1", "1 2", "1:", "-1", "1.0-1/2"}) {
    EXPECT_FALSE(IsVersion(kDebian, text)) << text;
  }
}

// --- what projects write ----------------------------------------------------

TEST(DottedVersionTest, NumbersAreNumbers) {
  ExpectOrder(kDotted, {"0.9", "1", "v1.0.1", "1.2", "V1.9.9", "1.10",
                        "2.0.0.1", "20.04", "24.04", "2024.09.01", "20240101",
                        "123456789012345678901234567890"});
  ExpectEqual(kDotted, {"v1.2.0", "1.2", "1.2.0+build.5", "1.02", "1.2.0.Final",
                        "1.2-GA"});
}

TEST(DottedVersionTest, SuffixesBeforeAndBehindARelease) {
  ExpectOrder(kDotted,
              {"v1.0.0-dev.3", "1.0.0a1.dev1", "1.0.0a1", "1.0.0-alpha.2",
               "v1.0.0-alpha10", "1.0b1", "1.0.0-beta.2", "1.0.0-beta11",
               "1.0.0-canary.1", "1.0.0-nightly.20240101", "1.0rc1.dev2",
               "1.0.0rc1", "1.0.0-rc.2", "1.0-rc10", "1.0.0", "1.0.0-1",
               "1.0.0-15", "1.0.1-rc1", "1.0.1"});
  ExpectEqual(kDotted, {"1.26.0rc1", "v1.26.0-rc.1", "1.26-RC1", "1.26.0_c1",
                        "1.26.0.preview1"});
  ExpectEqual(kDotted, {"8.9p1", "8.9-p1", "8.9.patch1"});
}

TEST(DottedVersionTest, ALetterBehindTheNumbersComesLater) {
  ExpectOrder(kDotted, {"1.1.1-pre9", "1.1.1", "1.1.1a", "1.1.1d", "1.1.1p",
                        "1.1.1q", "1.1.1w", "1.1.2"});
  EXPECT_TRUE(Parsed(kDotted, "1.1.1w").is_post());
  EXPECT_FALSE(Parsed(kDotted, "1.1.1w").is_prerelease());
}

TEST(DottedVersionTest, WordsBehindAHyphenAreOfPrereleases) {
  for (const char* text : {"1.0rc1", "1.0.0-next.1", "3.0.0-M2", "1.0.dev5",
                           "1.0.post1.dev2", "3.14-slim"}) {
    EXPECT_TRUE(Parsed(kDotted, text).is_prerelease()) << text;
  }
  for (const char* text : {"1.0", "7.1.1-15", "1.0.0+rc1", "2.39.post1"}) {
    EXPECT_FALSE(Parsed(kDotted, text).is_prerelease()) << text;
  }
}

TEST(DottedVersionTest, OtherTextsAreNone) {
  for (const char* text : {"", "latest", "v", "release-1.0", "1.0foo", "1.0/2",
                           "1.0-", "1..0", "nightly", "1.0 "}) {
    EXPECT_FALSE(IsVersion(kDotted, text)) << text;
  }
}

TEST(VersionTest, BasesAreEqualThatDifferOnlyBehindTheNumbers) {
  EXPECT_EQ(Parsed(kPython, "3.15.0rc1").base(),
            Parsed(kPython, "3.15").base());
  EXPECT_NE(Parsed(kPython, "3.15.1rc1").base(),
            Parsed(kPython, "3.15").base());
  EXPECT_EQ(Parsed(kSemver, "1.2.0-a").base(), Parsed(kSemver, "1.2.0").base());
  EXPECT_EQ(Parsed(kDebian, "1:2~rc1-1").base(),
            Parsed(kDebian, "1:2-5").base());
  EXPECT_NE(Parsed(kDebian, "2-5").base(), Parsed(kDebian, "1:2-5").base());
}

}  // namespace
}  // namespace graph
