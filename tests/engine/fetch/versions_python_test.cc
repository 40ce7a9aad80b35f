// SPDX-License-Identifier: Apache-2.0
// python_org and pypi, by answers in the formats of python.org and PyPI.
#include "engine/fetch/versions_pypi.h"
#include "tests/engine/fetch/resolve_testing.h"

namespace graph {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;
using testing::Pair;
using testing::UnorderedElementsAre;

using Code = absl::StatusCode;

// --- python.org -------------------------------------------------------------

constexpr char kReleases[] = "/org/release/?is_published=true";

class PythonOrgTest : public ResolveTest {
 protected:
  PythonOrgTest() {
    Mirror("https://www.python.org/api/v2/downloads/", "org");
    Mirror("https://www.python.org/ftp/", "ftp");
    Serve(kReleases,
          absl::StrCat("[", Release("3.9.25", 900), ",", Release("3.14.9", 1),
                       ",", Release("3.14.10", 2), ",", Release("3.14.2", 3),
                       ",", Release("3.15.0a7", 4, true), ",",
                       Release("3.14.11rc1", 5, true), ",",
                       Release("3.14.12", 6, false, false), ",",
                       R"({"name": "Python install manager 25.0",)",
                       R"("is_published": true, "resource_uri": "x/7/"}])"));
  }

  static std::string Release(const std::string& version, int id,
                             bool pre = false, bool published = true) {
    return absl::StrCat(
        R"({"name": "Python )", version,
        R"(", "slug": "python", "version": 3,)", R"("is_published": )",
        published ? "true" : "false",
        R"(, "is_latest": false, "release_date": "2026-01-01T00:00:00Z",)",
        R"("pre_release": )", pre ? "true" : "false",
        R"(, "release_page": null, "show_on_download_page": true,)",
        R"("resource_uri": "https://www.python.org/api/v2/downloads/release/)",
        id, R"(/"})");
  }
  // The files of a release, with or without digests.
  void ServeFiles(int id, const std::string& version, bool digests) {
    auto file = [&](const std::string& name, const std::string& bytes) {
      return absl::StrCat(
          R"({"name": "a file", "os": "x", "is_source": true,)",
          R"("url": "https://www.python.org/ftp/python/)", version, "/", name,
          R"(", "md5_sum": "", "filesize": )", bytes.size(),
          digests ? absl::StrCat(R"(, "sha256_sum": ")", Sha(bytes), "\"") : "",
          "}");
    };
    Serve(
        absl::StrCat("/org/release_file/?release=", id),
        absl::StrCat(
            "[", file(absl::StrCat("Python-", version, ".tgz"), "tgz"), ",",
            file(absl::StrCat("Python-", version, ".tar.xz"), "source"), ",",
            file(absl::StrCat("python-", version, "-amd64.exe"), "exe"), "]"));
  }
};

TEST_F(PythonOrgTest, TheNewestReleaseOfTheSeriesWithItsSource) {
  ServeFiles(2, "3.14.10", true);
  EXPECT_THAT(
      Ask("python_org", {{"series", "3.14"}}),
      IsOkAndHolds(UnorderedElementsAre(
          Pair("version", "3.14.10"), Pair("file", "Python-3.14.10.tar.xz"),
          Pair("url",
               "https://www.python.org/ftp/python/3.14.10/"
               "Python-3.14.10.tar.xz"),
          Pair("sha256", Sha("source")))));
}

TEST_F(PythonOrgTest, WhatHasNoDigestIsFetchedForIt) {
  ServeFiles(2, "3.14.10", false);
  Serve("/ftp/python/3.14.10/Python-3.14.10.tar.xz", "source");
  EXPECT_THAT(Ask("python_org", {{"series", "3.14"}}),
              IsOkAndHolds(Contains(Pair("sha256", Sha("source")))));
  EXPECT_THAT(store_.Get(Digest::Of("source")), IsOkAndHolds("source"));
}

TEST_F(PythonOrgTest, AnotherFileByItsName) {
  ServeFiles(2, "3.14.10", true);
  EXPECT_THAT(Ask("python_org", {{"series", "3.14"}, {"file", "*.exe"}}),
              IsOkAndHolds(Contains(Pair("sha256", Sha("exe")))));
  EXPECT_THAT(Ask("python_org", {{"series", "3.14"}, {"file", "*.msi"}}),
              StatusIs(Code::kNotFound,
                       AllOf(HasSubstr("Python 3.14.10 at python.org has no "
                                       "file `*.msi`; it has Python-3.14.10"
                                       ".tgz, "))));
  EXPECT_THAT(Ask("python_org", {{"series", "3.14"}, {"file", "Python*"}}),
              StatusIs(Code::kInvalidArgument, HasSubstr("2 files")));
}

TEST_F(PythonOrgTest, APrereleaseOnlyIfAskedFor) {
  ServeFiles(4, "3.15.0a7", true);
  ServeFiles(5, "3.14.11rc1", true);
  EXPECT_THAT(AskVersion("python_org", {{"series", "3.15"}}),
              StatusIs(Code::kNotFound,
                       AllOf(HasSubstr("Only prereleases fit, as 3.15.0a7"),
                             HasSubstr("`prerelease = True`"))));
  EXPECT_THAT(AskVersion("python_org", {{"series", "3.15"}}, "", true),
              IsOkAndHolds("3.15.0a7"));
  EXPECT_THAT(AskVersion("python_org", {{"series", "3.14"}}, "", true),
              IsOkAndHolds("3.14.11rc1"));
  EXPECT_THAT(AskVersion("python_org", {{"series", "3"}}, "==3.15.0a7"),
              IsOkAndHolds("3.15.0a7"));
}

TEST_F(PythonOrgTest, NothingThatFitsTellsTheNearest) {
  EXPECT_THAT(
      AskVersion("python_org", {{"series", "3.14"}}, ">=3.14.11"),
      StatusIs(Code::kNotFound,
               AllOf(HasSubstr("python_org(\"3.14\") has no version for "
                               "`>=3.14.11`"),
                     HasSubstr("3.14.10"), Not(HasSubstr("3.14.12")))));
  EXPECT_THAT(AskVersion("python_org", {{"series", "three"}}),
              StatusIs(Code::kInvalidArgument, HasSubstr("no series")));
}

TEST_F(PythonOrgTest, AnswersThatAreNoneAreFailures) {
  for (const char* body : {"", "[]", "{}", "<html>", "[{\"name\": 1}]"}) {
    Serve(kReleases, body);
    EXPECT_THAT(AskVersion("python_org", {{"series", "3.14"}}),
                StatusIs(Code::kDataLoss, HasSubstr("www.python.org")))
        << body;
  }
  Refuse(kReleases, "503 Busy");
  EXPECT_THAT(AskVersion("python_org", {{"series", "3.14"}}),
              StatusIs(Code::kUnavailable, HasSubstr("HTTP 503")));
  Refuse(kReleases, "403 Forbidden");
  EXPECT_THAT(AskVersion("python_org", {{"series", "3.14"}}),
              StatusIs(Code::kPermissionDenied, HasSubstr("HTTP 403")));
}

TEST_F(PythonOrgTest, OfflineNobodyIsAsked) {
  context_.offline = true;
  EXPECT_THAT(AskVersion("python_org", {{"series", "3.14"}}),
              StatusIs(Code::kUnavailable, HasSubstr("offline")));
  EXPECT_TRUE(server_.requests().empty());
}

TEST_F(PythonOrgTest, AWrongConstraintIsToldBeforeAnybodyIsAsked) {
  EXPECT_THAT(AskVersion("python_org", {{"series", "3.14"}}, ">>3"),
              StatusIs(Code::kInvalidArgument, HasSubstr("\n    >>3\n    ^")));
  EXPECT_TRUE(server_.requests().empty());
}

// --- PyPI -------------------------------------------------------------------

class PypiTest : public ResolveTest {
 protected:
  PypiTest() { Mirror("https://pypi.org/simple/", "simple"); }

  static std::string File(const std::string& name,
                          const std::string& more = "\"yanked\": false") {
    return absl::StrCat(
        R"({"filename": ")", name,
        R"(", "url": "https://files.pythonhosted.org/packages/)", name,
        R"(", "hashes": {"sha256": ")", Sha(name),
        R"("}, "requires-python": ">=3.9", "size": 1, )", more, "}");
  }
  void ServeFiles(const std::string& project, std::vector<std::string> files) {
    Serve(absl::StrCat("/simple/", project, "/"),
          absl::StrCat(R"({"meta": {"api-version": "1.3"}, "name": "x",)",
                       R"("versions": [], "files": [)",
                       absl::StrJoin(files, ","), "]}"),
          "Content-Type: application/vnd.pypi.simple.v1+json\r\n");
  }
};

TEST_F(PypiTest, TheNewestVersionsSource) {
  ServeFiles("my-project",
             {File("My.Project-1.9.tar.gz"), File("my_project-1.10.tar.gz"),
              File("my_project-1.10-py3-none-any.whl"),
              File("my_project-2.0rc1.tar.gz"), File("my_project-1.10.zip"),
              File("my_project-1.10.exe")});
  EXPECT_THAT(
      Ask("pypi", {{"package", "My_Project"}}),
      IsOkAndHolds(UnorderedElementsAre(
          Pair("version", "1.10"), Pair("file", "my_project-1.10.tar.gz"),
          Pair("url",
               "https://files.pythonhosted.org/packages/"
               "my_project-1.10.tar.gz"),
          Pair("sha256", Sha("my_project-1.10.tar.gz")),
          Pair("requires_python", ">=3.9"))));
  EXPECT_EQ(server_.requests().at(0).Header("Accept"),
            "application/vnd.pypi.simple.v1+json");
  EXPECT_THAT(Ask("pypi", {{"package", "my-project"}, {"file", "sdist"}}),
              IsOkAndHolds(Contains(Pair("file", "my_project-1.10.tar.gz"))));
  EXPECT_THAT(
      Ask("pypi", {{"package", "my-project"}, {"file", "*-any.whl"}}),
      IsOkAndHolds(Contains(Pair("file", "my_project-1.10-py3-none-any.whl"))));
}

TEST_F(PypiTest, YankedVersionsAreTakenOnlyByName) {
  ServeFiles("p", {File("p-1.0.tar.gz"),
                   File("p-1.1.tar.gz", R"("yanked": "it is broken")"),
                   File("p-1.2.tar.gz", R"("yanked": true)"),
                   File("p-1.2-py3-none-any.whl", R"("yanked": true)")});
  EXPECT_THAT(AskVersion("pypi", {{"package", "p"}}), IsOkAndHolds("1.0"));
  EXPECT_THAT(AskVersion("pypi", {{"package", "p"}}, "==1.1"),
              IsOkAndHolds("1.1"));
  EXPECT_THAT(AskVersion("pypi", {{"package", "p"}}, ">=1.1,<1.2"),
              StatusIs(Code::kNotFound,
                       HasSubstr("1.1 would fit, but was withdrawn: it is "
                                 "broken; `==1.1` takes it")));
}

TEST_F(PypiTest, AReleaseWithoutTheFileIsAFailureAndNotTheOneBefore) {
  ServeFiles("p", {File("p-1.0.tar.gz"), File("p-1.1-py3-none-any.whl")});
  EXPECT_THAT(Ask("pypi", {{"package", "p"}}),
              StatusIs(Code::kNotFound,
                       HasSubstr("p 1.1 at the index has no file `*.tar.gz`; "
                                 "it has p-1.1-py3-none-any.whl")));
}

TEST_F(PypiTest, RelativeUrlsAndMissingDigestsAreCompleted) {
  Serve("/simple/p/",
        R"({"meta": {"api-version": "1.0"}, "name": "p", "files": [
            {"filename": "p-1.0.tar.gz", "url": "../files/p-1.0.tar.gz",
             "hashes": {}}]})");
  Serve("/simple/files/p-1.0.tar.gz", "bytes");
  EXPECT_THAT(Ask("pypi", {{"package", "p"}}),
              IsOkAndHolds(UnorderedElementsAre(
                  Pair("version", "1.0"), Pair("file", "p-1.0.tar.gz"),
                  Pair("url", "https://pypi.org/simple/files/p-1.0.tar.gz"),
                  Pair("sha256", Sha("bytes")))));
}

TEST_F(PypiTest, AnswersThatAreNoneAreFailures) {
  for (const char* body :
       {"", "{}", "<!DOCTYPE html>", R"({"meta": {"api-version": "2.0"},
        "files": []})",
        R"({"meta": {"api-version": "1.0"}, "files": [1]})"}) {
    Serve("/simple/p/", body);
    EXPECT_THAT(Ask("pypi", {{"package", "p"}}),
                StatusIs(Code::kDataLoss, HasSubstr("pypi.org/simple/p/")))
        << body;
  }
  ServeFiles("p", {});
  EXPECT_THAT(Ask("pypi", {{"package", "p"}}),
              StatusIs(Code::kNotFound, HasSubstr("has no versions")));
  EXPECT_THAT(Ask("pypi", {{"package", "../x"}}),
              StatusIs(Code::kInvalidArgument, HasSubstr("`package`")));
}

TEST(PythonFileTest, NamesTellTheVersion) {
  EXPECT_EQ(VersionOfPythonFile("a-b", "a_b-1.0.tar.gz"), "1.0");
  EXPECT_EQ(VersionOfPythonFile("a-b", "a-b-1.0-2.zip"), "1.0-2");
  EXPECT_EQ(VersionOfPythonFile("a-b", "A.b-1.0-cp311-cp311-linux_x.whl"),
            "1.0");
  EXPECT_EQ(VersionOfPythonFile("a", "a_b-1.0.tar.gz"), "");
  EXPECT_EQ(VersionOfPythonFile("a", "a-1.0.egg"), "");
}

}  // namespace
}  // namespace graph
