// SPDX-License-Identifier: Apache-2.0
#include "engine/fetch/pypi_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/support/status_matchers.h"

namespace graph {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

using Code = absl::StatusCode;

constexpr absl::string_view kUrl = "https://i.test/simple/a/";

TEST(ParsePypiPageTest, JsonAsPep691HasIt) {
  EXPECT_THAT(ParsePypiPage(
                  R"({"meta": {"api-version": "1.1"}, "name": "a", "files": [
              {"filename": "a-1.tar.gz", "url": "https://f.test/a-1.tar.gz",
               "hashes": {"sha256": "00ff", "md5": "1"}, "yanked": false},
              {"filename": "a-2.zip", "url": "../../f/a-2.zip", "hashes": {}},
              {"url": "https://f.test/nameless"}, 1]})",
                  "application/vnd.pypi.simple.v1+json; charset=utf-8", kUrl),
              IsOkAndHolds(ElementsAre(
                  PypiFile{"a-1.tar.gz", "https://f.test/a-1.tar.gz", "00ff"},
                  PypiFile{"a-2.zip", "https://i.test/f/a-2.zip", ""})));
}

TEST(ParsePypiPageTest, HtmlAsPep503HasIt) {
  EXPECT_THAT(
      ParsePypiPage(
          "<!DOCTYPE html><html><head><meta name=x content='a b'></head><body>"
          "<h1>Links for <b>a</b></h1>\n"
          "<a href=\"../../f/a-1.tar.gz#sha256=00ff\" rel=\"internal\" >"
          "a-1.tar.gz</a><br/>\n"
          "<A data-requires-python='&gt;=3' "
          "HREF='https://f.test/x?u=1&amp;v=2'>"
          " a-2.zip </A><a name=x>no file</a><a href=bare>b-1.zip</a>"
          "<a href=\"x#md5=1\">c-1.zip</a>",
          "text/html", kUrl),
      IsOkAndHolds(ElementsAre(
          PypiFile{"a-1.tar.gz", "https://i.test/f/a-1.tar.gz", "00ff"},
          PypiFile{"a-2.zip", "https://f.test/x?u=1&v=2", ""},
          PypiFile{"b-1.zip", "https://i.test/simple/a/bare", ""},
          PypiFile{"c-1.zip", "https://i.test/simple/a/x", ""})));
}

TEST(ParsePypiPageTest, ABaseOfItsOwn) {
  EXPECT_THAT(ParsePypiPage("<base href=\"https://b.test/d/\">"
                            "<a href=\"a-1.zip\">a-1.zip</a>",
                            "application/vnd.pypi.simple.v1+html", kUrl),
              IsOkAndHolds(ElementsAre(
                  PypiFile{"a-1.zip", "https://b.test/d/a-1.zip", ""})));
}

TEST(ParsePypiPageTest, TornHtmlIsReadAsFarAsItGoes) {
  for (const char* text : {"", "<", "<a", "<a href", "<a href=", "<a href=\"x",
                           "<a href='x' >", "<a =", "< a href=x>y"}) {
    EXPECT_THAT(ParsePypiPage(text, "text/html", kUrl), IsOkAndHolds(IsEmpty()))
        << text;
  }
}

TEST(ParsePypiPageTest, WhatIsNoPageIsTold) {
  for (auto [text, type] :
       {std::pair("{}", "application/vnd.pypi.simple.v1+json"),
        {"x", "application/vnd.pypi.simple.v1+json"},
        {"{\"files\": []}", "application/json"},
        {"", ""}}) {
    EXPECT_THAT(ParsePypiPage(text, type, kUrl),
                StatusIs(Code::kUnavailable, HasSubstr("a package index?")));
  }
}

TEST(NormalizedProjectTest, AsPep503Says) {
  EXPECT_EQ(NormalizedProject("Zope.Interface__x-.-Y"), "zope-interface-x-y");
}

TEST(ParsePypiFileNameTest, WhatIsBuilt) {
  EXPECT_EQ(
      ParsePypiFileName("Ruamel.Yaml-0.17-cp311-cp311-linux_x86_64.whl"),
      (PypiFileName{"ruamel-yaml", "0.17", "-cp311-cp311-linux_x86_64.whl"}));
  EXPECT_EQ(ParsePypiFileName("ruamel_yaml-0.17-cp311-cp311-linux_x86_64.whl"),
            ParsePypiFileName("ruamel.yaml-0.17-cp311-cp311-linux_x86_64.whl"));
  EXPECT_EQ(ParsePypiFileName("a-1-2b-py3-none-any.whl").rest,
            "-2b-py3-none-any.whl");
}

TEST(ParsePypiFileNameTest, Sources) {
  EXPECT_EQ(ParsePypiFileName("ruamel.yaml-0.17.tar.gz"),
            (PypiFileName{"ruamel-yaml", "0.17", ".tar.gz"}));
  EXPECT_EQ(ParsePypiFileName("a-b-1.zip"), (PypiFileName{"a-b", "1", ".zip"}));
}

TEST(ParsePypiFileNameTest, OthersAreNone) {
  for (const char* name : {"", "a.exe", "a.tar.gz", "-1.tar.gz", "a-1.whl",
                           "a-1-b-c-d-e-f.whl", "a-1.tar.gz.asc"}) {
    EXPECT_EQ(ParsePypiFileName(name), PypiFileName()) << name;
  }
}

}  // namespace
}  // namespace graph
