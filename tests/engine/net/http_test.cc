// SPDX-License-Identifier: Apache-2.0
#include "engine/net/http.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "engine/os/filesystem.h"
#include "tests/engine/net/test_server.h"
#include "tests/support/status_matchers.h"

namespace graph {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

using Code = absl::StatusCode;

class HttpTest : public testing::Test {
 protected:
  HttpTest() : folder_(*MakeTemporaryDirectory(testing::TempDir(), "http")) {
    setenv("no_proxy", "*", 1);
  }
  ~HttpTest() override { RemoveTree(folder_).IgnoreError(); }

  static HttpOptions Quick() {
    return {.connect_timeout = absl::Seconds(5),
            .stall_timeout = absl::Seconds(1),
            .attempts = 3,
            .back_off = absl::Milliseconds(10),
            .max_wait = absl::Milliseconds(1500)};
  }
  void Serve(TestServer::Handler handler) {
    server_.emplace(std::move(handler));
  }
  absl::StatusOr<std::string> Get(const std::string& path) {
    std::vector<std::string> urls{server_->Url(path)};
    return client_.Get(urls, 1 << 20, cancellation_);
  }
  absl::StatusOr<std::string> Download(std::vector<std::string> paths) {
    for (std::string& path : paths) path = server_->Url(path);
    return client_.Download(paths, file(), cancellation_);
  }
  std::string file() const { return folder_ + "/file"; }
  size_t asked() const { return server_->requests().size(); }

  std::string folder_;
  Cancellation cancellation_;
  HttpClient client_{Quick()};
  std::optional<TestServer> server_;
};

TEST_F(HttpTest, GivesTheBytesAsServed) {
  const std::string bytes("zero\0and\xff more", 15);
  Serve(
      [&](const TestRequest&) { return TestServer::Answer("200 OK", bytes); });
  EXPECT_THAT(Get("/x"), IsOkAndHolds(bytes));
  EXPECT_THAT(Download({"/x"}), IsOkAndHolds(server_->Url("/x")));
  EXPECT_THAT(ReadFile(file()), IsOkAndHolds(bytes));
}

TEST_F(HttpTest, AnEmptyFileIsAFile) {
  Serve([](const TestRequest&) { return TestServer::Answer("200 OK", ""); });
  EXPECT_THAT(Get("/x"), IsOkAndHolds(""));
  EXPECT_THAT(Download({"/x"}), IsOk());
  EXPECT_THAT(ReadFile(file()), IsOkAndHolds(""));
}

TEST_F(HttpTest, RedirectsAreFollowed) {
  Serve([](const TestRequest& request) {
    return request.path == "/old"
               ? TestServer::Answer("302 Found", "moved", "Location: /new\r\n")
               : TestServer::Answer("200 OK", "here");
  });
  EXPECT_THAT(Get("/old"), IsOkAndHolds("here"));
}

TEST_F(HttpTest, HeadersAreSentButAuthorizationToNoOtherServer) {
  TestServer other(
      [](const TestRequest&) { return TestServer::Answer("200 OK", "here"); });
  Serve([&](const TestRequest& request) {
    return request.path == "/away"
               ? TestServer::Answer(
                     "302 Found", "",
                     absl::StrCat("Location: ", other.Url("/x"), "\r\n"))
               : TestServer::Answer("302 Found", "", "Location: /away\r\n");
  });
  HttpOptions options = Quick();
  options.headers = {"Accept: text/x", "Authorization: Bearer t"};
  client_ = HttpClient(options);
  EXPECT_THAT(Get("/x"), IsOkAndHolds("here"));
  ASSERT_EQ(asked(), 2u);
  for (const TestRequest& request : server_->requests()) {
    EXPECT_EQ(request.Header("Authorization"), "Bearer t");
  }
  ASSERT_EQ(other.requests().size(), 1u);
  EXPECT_EQ(other.requests()[0].Header("Accept"), "text/x");
  EXPECT_EQ(other.requests()[0].Header("Authorization"), "");
}

TEST_F(HttpTest, HeadersComeWithAResumption) {
  int tries = 0;
  Serve([&](const TestRequest& request) {
    return TestServer::Part(request, "0123456789",
                            ++tries == 1 ? 4 : std::string::npos,
                            "ETag: \"v\"\r\n");
  });
  HttpOptions options = Quick();
  options.headers = {"Authorization: Bearer t"};
  client_ = HttpClient(options);
  ASSERT_THAT(Download({"/x"}), IsOk());
  EXPECT_THAT(ReadFile(file()), IsOkAndHolds("0123456789"));
  const TestRequest last = server_->requests().back();
  EXPECT_EQ(last.RangeStart(), 4u);
  EXPECT_EQ(last.Header("If-Range"), "\"v\"");
  EXPECT_EQ(last.Header("Authorization"), "Bearer t");
}

TEST_F(HttpTest, TheAnswerIsThatAfterTheLastRedirect) {
  Serve([](const TestRequest& request) {
    return request.path == "/old"
               ? TestServer::Answer("302 Found", "",
                                    "Location: /new\r\nContent-Type: a\r\n"
                                    "WWW-Authenticate: Basic\r\n")
               : TestServer::Answer("401 Unauthorized", "",
                                    "WWW-Authenticate: Bearer a=b\r\n"
                                    "content-type: text/x; y=z\r\n"
                                    "www-authenticate: Basic realm=c\r\n");
  });
  HttpAnswer answer;
  std::vector<std::string> urls{server_->Url("/old")};
  EXPECT_THAT(client_.Get(urls, 100, cancellation_, &answer),
              StatusIs(Code::kPermissionDenied, testing::_));
  EXPECT_EQ(answer.code, 401);
  EXPECT_EQ(answer.url, server_->Url("/new"));
  EXPECT_EQ(answer.content_type, "text/x; y=z");
  EXPECT_THAT(answer.challenges,
              testing::ElementsAre("Bearer a=b", "Basic realm=c"));
}

TEST_F(HttpTest, AProxyIsAskedForWhatIsElsewhere) {
  Serve([](const TestRequest&) { return TestServer::Answer("200 OK", "x"); });
  HttpOptions options = Quick();
  options.proxy = server_->Url("");
  std::vector<std::string> urls{"http://nowhere.invalid/x"};
  unsetenv("no_proxy");  // Which says that nothing has one.
  EXPECT_THAT(HttpClient(options).Get(urls, 100, cancellation_),
              IsOkAndHolds("x"));
  ASSERT_EQ(asked(), 1u);
  EXPECT_EQ(server_->requests()[0].path, urls[0]);
}

TEST_F(HttpTest, OnlyHttpIsSpokenAlsoAfterARedirect) {
  Serve([](const TestRequest&) {
    return TestServer::Answer("302 Found", "",
                              "Location: file:///etc/passwd\r\n");
  });
  EXPECT_THAT(Get("/x"), StatusIs(Code::kInvalidArgument, HasSubstr("file")));
  for (const char* url : {"file:///etc/passwd", "ftp://x/y", "/etc/passwd"}) {
    std::vector<std::string> urls{url};
    EXPECT_THAT(client_.Get(urls, 100, cancellation_),
                StatusIs(Code::kInvalidArgument,
                         HasSubstr("is not an http or https URL")));
  }
  EXPECT_THAT(client_.Get({}, 100, cancellation_),
              StatusIs(Code::kInvalidArgument, "no URL is given"));
}

TEST_F(HttpTest, AbsenceIsNotFoundAndNotTriedAgain) {
  for (const char* status : {"404 Not Found", "410 Gone"}) {
    Serve([&](const TestRequest&) { return TestServer::Answer(status, "no"); });
    EXPECT_THAT(
        Get("/x"),
        StatusIs(Code::kNotFound,
                 AllOf(HasSubstr(server_->Url("/x")),
                       HasSubstr(absl::StrCat("HTTP ", std::string(status, 3))),
                       HasSubstr("is the URL right?"))));
    EXPECT_EQ(asked(), 1u);
  }
}

TEST_F(HttpTest, NoAccessIsPermissionDenied) {
  for (const char* status : {"401 Unauthorized", "403 Forbidden"}) {
    Serve([&](const TestRequest&) { return TestServer::Answer(status, "no"); });
    EXPECT_THAT(Get("/x"),
                StatusIs(Code::kPermissionDenied, HasSubstr("~/.netrc")));
    EXPECT_EQ(asked(), 1u);
  }
}

TEST_F(HttpTest, OtherRefusalsAreUnavailableAndNotTriedAgain) {
  Serve([](const TestRequest&) {
    return TestServer::Answer("418 I'm a teapot", "");
  });
  EXPECT_THAT(Get("/x"), StatusIs(Code::kUnavailable, HasSubstr("HTTP 418")));
  EXPECT_EQ(asked(), 1u);
}

TEST_F(HttpTest, AnErrorPageIsNotTheFile) {
  Serve([](const TestRequest&) {
    return TestServer::Answer("404 Not Found", "<html>");
  });
  EXPECT_THAT(Download({"/x"}), StatusIs(Code::kNotFound, HasSubstr("404")));
  EXPECT_THAT(ReadFile(file()), IsOkAndHolds(""));
}

TEST_F(HttpTest, PassingFailuresAreTriedAgain) {
  for (const char* status : {"500 Oops", "502 Bad Gateway", "503 Busy",
                             "429 Too Many Requests", "408 Timeout"}) {
    int calls = 0;
    Serve([&](const TestRequest&) {
      return ++calls < 3 ? TestServer::Answer(status, "")
                         : TestServer::Answer("200 OK", "at last");
    });
    EXPECT_THAT(Get("/x"), IsOkAndHolds("at last")) << status;
  }
}

TEST_F(HttpTest, TryingEndsAndSaysHowOften) {
  Serve([](const TestRequest&) { return TestServer::Answer("503 Busy", ""); });
  EXPECT_THAT(Get("/x"), StatusIs(Code::kUnavailable,
                                  AllOf(HasSubstr("HTTP 503 (tried 3 "
                                                  "times)"),
                                        HasSubstr("Try again later"))));
  EXPECT_EQ(asked(), 3u);
}

TEST_F(HttpTest, RetryAfterIsHonoured) {
  int calls = 0;
  Serve([&](const TestRequest&) {
    return ++calls == 1
               ? TestServer::Answer("429 Slow down", "", "Retry-After: 1\r\n")
               : TestServer::Answer("200 OK", "x");
  });
  absl::Time start = absl::Now();
  EXPECT_THAT(Get("/x"), IsOkAndHolds("x"));
  EXPECT_GE(absl::Now() - start, absl::Seconds(1));
}

TEST_F(HttpTest, RetryAfterIsBounded) {
  int calls = 0;
  Serve([&](const TestRequest&) {
    return ++calls == 1
               ? TestServer::Answer("503 Busy", "", "Retry-After: 86400\r\n")
               : TestServer::Answer("200 OK", "x");
  });
  EXPECT_THAT(Get("/x"), IsOkAndHolds("x"));
}

TEST_F(HttpTest, NobodyThereIsUnavailable) {
  Serve([](const TestRequest&) { return std::string(); });
  std::vector<std::string> urls{server_->Url("/x")};
  server_.reset();
  EXPECT_THAT(client_.Get(urls, 100, cancellation_),
              StatusIs(Code::kUnavailable,
                       AllOf(HasSubstr(urls[0]), HasSubstr("is the network "
                                                           "up?"))));
}

TEST_F(HttpTest, ABrokenDownloadGoesOnWhereItBroke) {
  const std::string bytes = "0123456789";
  Serve([&](const TestRequest& request) {
    return TestServer::Part(request, bytes, request.RangeStart() == 0 ? 4 : 99,
                            "ETag: \"v1\"\r\n");
  });
  ASSERT_THAT(Download({"/x"}), IsOk());
  EXPECT_THAT(ReadFile(file()), IsOkAndHolds(bytes));
  ASSERT_EQ(asked(), 2u);
  EXPECT_EQ(server_->requests()[1].Header("Range"), "bytes=4-");
  EXPECT_EQ(server_->requests()[1].Header("If-Range"), "\"v1\"");
}

TEST_F(HttpTest, ADownloadThatGetsOnIsNotGivenUp) {
  const std::string bytes = "0123456789";
  Serve([&](const TestRequest& request) {
    return TestServer::Part(request, bytes, 1);
  });
  ASSERT_THAT(Download({"/x"}), IsOk());
  EXPECT_THAT(ReadFile(file()), IsOkAndHolds(bytes));
  EXPECT_EQ(asked(), 10u);
}

TEST_F(HttpTest, ALaterCallGoesOnFromWhatIsThere) {
  Serve([](const TestRequest& request) {
    return TestServer::Part(request, "0123456789");
  });
  ASSERT_THAT(WriteFile(file(), "01234"), IsOk());
  ASSERT_THAT(Download({"/x"}), IsOk());
  EXPECT_THAT(ReadFile(file()), IsOkAndHolds("0123456789"));
  EXPECT_EQ(server_->requests()[0].Header("Range"), "bytes=5-");
}

TEST_F(HttpTest, AServerWithoutRangesStartsAnew) {
  Serve([](const TestRequest&) {
    return TestServer::Answer("200 OK", "0123456789");
  });
  ASSERT_THAT(WriteFile(file(), "another"), IsOk());
  ASSERT_THAT(Download({"/x"}), IsOk());
  EXPECT_THAT(ReadFile(file()), IsOkAndHolds("0123456789"));
}

TEST_F(HttpTest, ARangeBeyondTheEndStartsAnew) {
  Serve([](const TestRequest& request) {
    return TestServer::Part(request, "short");
  });
  ASSERT_THAT(WriteFile(file(), "longer than the file"), IsOk());
  ASSERT_THAT(Download({"/x"}), IsOk());
  EXPECT_THAT(ReadFile(file()), IsOkAndHolds("short"));
}

TEST_F(HttpTest, AnotherPartThanAskedForIsNotAppended) {
  Serve([](const TestRequest& request) {
    if (request.RangeStart() == 0) return TestServer::Answer("200 OK", "0123");
    return TestServer::Answer("206 Partial Content", "zz",
                              "Content-Range: bytes 2-3/4\r\n");
  });
  ASSERT_THAT(WriteFile(file(), "0"), IsOk());
  ASSERT_THAT(Download({"/x"}), IsOk());
  EXPECT_THAT(ReadFile(file()), IsOkAndHolds("0123"));
}

TEST_F(HttpTest, MirrorsAreAskedInTurn) {
  Serve([](const TestRequest& request) {
    if (request.path == "/gone") return TestServer::Answer("404 Gone", "");
    if (request.path == "/busy") return TestServer::Answer("503 Busy", "");
    return TestServer::Answer("200 OK", "x");
  });
  EXPECT_THAT(Download({"/gone", "/busy", "/good"}),
              IsOkAndHolds(server_->Url("/good")));
  EXPECT_EQ(asked(), 3u);
}

TEST_F(HttpTest, FailuresOfAllMirrorsAreTold) {
  Serve([](const TestRequest& request) {
    return request.path == "/gone" ? TestServer::Answer("404 Gone", "")
                                   : TestServer::Answer("403 No", "");
  });
  EXPECT_THAT(
      Download({"/gone", "/locked"}),
      StatusIs(Code::kUnavailable, AllOf(HasSubstr("/gone: HTTP 404"),
                                         HasSubstr("/locked: HTTP 403"))));
}

TEST_F(HttpTest, AStalledServerIsGivenUp) {
  int calls = 0;
  Serve([&](const TestRequest&) {
    if (++calls == 1) server_->Hang(absl::Seconds(10));
    return TestServer::Answer("200 OK", "x");
  });
  std::vector<std::string> urls{server_->Url("/x")};
  HttpOptions once = Quick();
  once.attempts = 1;
  EXPECT_THAT(HttpClient(once).Get(urls, 100, cancellation_),
              StatusIs(Code::kUnavailable, HasSubstr("too slow")));
}

TEST_F(HttpTest, CancellationEndsATransferAtOnce) {
  Serve([&](const TestRequest&) {
    server_->Hang(absl::Seconds(10));
    return std::string();
  });
  HttpOptions patient = Quick();
  patient.stall_timeout = absl::Seconds(10);
  std::vector<std::string> urls{server_->Url("/x")};
  std::thread canceller([&] {
    absl::SleepFor(absl::Milliseconds(100));
    cancellation_.Cancel();
  });
  absl::Time start = absl::Now();
  EXPECT_THAT(HttpClient(patient).Get(urls, 100, cancellation_),
              StatusIs(Code::kCancelled, HasSubstr("")));
  EXPECT_LT(absl::Now() - start, absl::Seconds(5));
  canceller.join();
}

TEST_F(HttpTest, CancellationEndsAWaitAtOnce) {
  Serve([](const TestRequest&) { return TestServer::Answer("503 Busy", ""); });
  HttpOptions patient = Quick();
  patient.back_off = patient.max_wait = absl::Seconds(30);
  std::vector<std::string> urls{server_->Url("/x")};
  std::thread canceller([&] {
    absl::SleepFor(absl::Milliseconds(100));
    cancellation_.Cancel();
  });
  absl::Time start = absl::Now();
  EXPECT_THAT(HttpClient(patient).Get(urls, 100, cancellation_),
              StatusIs(Code::kCancelled, HasSubstr("")));
  EXPECT_LT(absl::Now() - start, absl::Seconds(10));
  canceller.join();
}

TEST_F(HttpTest, AnswersTooLongAreRefused) {
  Serve([](const TestRequest&) {
    return TestServer::Answer("200 OK", std::string(101, 'x'));
  });
  std::vector<std::string> urls{server_->Url("/x")};
  EXPECT_THAT(client_.Get(urls, 100, cancellation_),
              StatusIs(Code::kInvalidArgument, HasSubstr("than 100 bytes")));
  EXPECT_EQ(asked(), 1u);
}

TEST_F(HttpTest, AFullDiskIsNotTriedAgain) {
  Serve([](const TestRequest&) {
    return TestServer::Answer("200 OK", std::string(1 << 16, 'x'));
  });
  std::vector<std::string> urls{server_->Url("/x")};
  EXPECT_THAT(client_.Download(urls, "/dev/full", cancellation_),
              StatusIs(Code::kResourceExhausted, HasSubstr("/dev/full")));
  EXPECT_EQ(asked(), 1u);
}

TEST_F(HttpTest, ProgressTellsHowMuchOfHowMuch) {
  Serve([](const TestRequest& request) {
    return TestServer::Part(request, "0123456789");
  });
  ASSERT_THAT(WriteFile(file(), "01234"), IsOk());
  std::vector<std::string> urls{server_->Url("/x")};
  int64_t done = 0;
  int64_t total = 0;
  ASSERT_THAT(client_.Download(urls, file(), cancellation_,
                               [&](int64_t d, int64_t t) {
                                 EXPECT_GE(d, done);
                                 done = d;
                                 total = t;
                               }),
              IsOk());
  EXPECT_EQ(done, 10);
  EXPECT_EQ(total, 10);
}

TEST_F(HttpTest, CredentialsAreSentButNeverShown) {
  Serve([](const TestRequest&) { return TestServer::Answer("403 No", ""); });
  std::vector<std::string> urls{absl::StrCat(
      "http://user:secret@127.0.0.1:", server_->port(), "/x?token=hidden")};
  absl::StatusOr<std::string> got = client_.Get(urls, 100, cancellation_);
  EXPECT_THAT(
      got, StatusIs(Code::kPermissionDenied,
                    AllOf(HasSubstr(server_->Url("/x")),
                          Not(HasSubstr("secret")), Not(HasSubstr("hidden")))));
  EXPECT_EQ(server_->requests()[0].Header("Authorization"),
            "Basic dXNlcjpzZWNyZXQ=");
}

TEST(UrlForPeopleTest, LeavesOutWhatIsSecret) {
  EXPECT_EQ(UrlForPeople("https://host/a/b"), "https://host/a/b");
  EXPECT_EQ(UrlForPeople("https://u:p@host:80/a@b?q=1#f"),
            "https://host:80/a@b");
  EXPECT_EQ(UrlForPeople("https://u@host"), "https://host");
  EXPECT_EQ(UrlForPeople("git@host:path"), "git@host:path");
}

}  // namespace
}  // namespace graph
