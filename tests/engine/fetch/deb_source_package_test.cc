// SPDX-License-Identifier: Apache-2.0
#include "engine/fetch/deb_source_package.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "tests/support/status_matchers.h"

namespace graph {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

using Code = absl::StatusCode;
using File = DebDescription::File;

const std::string kHex(64, 'a');

TEST(ParseDscTest, TheFilesAreThoseWithASha256) {
  absl::StatusOr<DebDescription> dsc = ParseDsc(absl::StrCat(
      "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\n"
      "Format: 3.0 (quilt)\nSource: x\nBinary: x,\n y\nVersion: 1:1.0-1\n"
      "Checksums-Sha1:\n 00 7 x_1.0.orig.tar.gz\nChecksums-Sha256:\n ",
      kHex, " 7 x_1.0.orig.tar.gz\n ", kHex, " 12 x_1.0-1.debian.tar.xz\n",
      "Files:\n 00 7 x_1.0.orig.tar.gz\n\n-----BEGIN PGP SIGNATURE-----\n",
      "Source: evil\n"));
  ASSERT_THAT(dsc, IsOk());
  EXPECT_EQ(dsc->source, "x");
  EXPECT_EQ(dsc->version, "1:1.0-1");
  EXPECT_THAT(dsc->files, ElementsAre(File{"x_1.0.orig.tar.gz", kHex, 7},
                                      File{"x_1.0-1.debian.tar.xz", kHex, 12}));
}

TEST(ParseDscTest, AFileIsOneName) {
  for (const char* name : {"../x", "a/b", "-x", ".x", "a b"}) {
    EXPECT_THAT(
        ParseDsc(absl::StrCat("Source: x\nVersion: 1\n", "Checksums-Sha256:\n ",
                              kHex, " 7 ", name, "\n")),
        StatusIs(Code::kInvalidArgument, HasSubstr("name of a file")))
        << name;
  }
}

TEST(ParseDscTest, WhatIsNoneIsTold) {
  for (const char* text :
       {"", "Source: x\nVersion: 1\n", "Version: 1\nChecksums-Sha256:\n"}) {
    EXPECT_THAT(ParseDsc(text),
                StatusIs(Code::kInvalidArgument, HasSubstr("description")))
        << text;
  }
}

TEST(PoolsOfTest, WhereRepositoriesKeepTheirSources) {
  EXPECT_THAT(PoolsOf("http://a.test/debian/|main\n", "hostname"),
              ElementsAre("http://a.test/debian/pool/main/h/hostname",
                          "http://a.test/debian/pool/updates/main/h/hostname"));
  EXPECT_THAT(PoolsOf("copy:/a/|contrib\ncopy:/a|contrib\n", "libx"),
              ElementsAre("copy:/a/pool/contrib/libx/libx",
                          "copy:/a/pool/updates/contrib/libx/libx"));
  for (const char* flat : {"copy:/a/|\n", "copy:/a/|$(COMPONENT)\n"}) {
    EXPECT_THAT(PoolsOf(flat, "x"), ElementsAre("copy:/a"));
  }
  EXPECT_THAT(PoolsOf("", "x"), IsEmpty());
}

TEST(CheckDebSourcePackageTest, NothingThatAptTakesForMore) {
  EXPECT_THAT(CheckDebSourcePackage({"python3.11", "3.11.2-6+deb12u6"}),
              IsOk());
  EXPECT_THAT(CheckDebSourcePackage({"-x", "1"}),
              StatusIs(Code::kInvalidArgument, HasSubstr("`package`")));
  EXPECT_THAT(CheckDebSourcePackage({"x", "1 2"}),
              StatusIs(Code::kInvalidArgument, HasSubstr("`version`")));
}

}  // namespace
}  // namespace graph
