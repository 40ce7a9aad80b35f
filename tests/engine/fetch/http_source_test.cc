// SPDX-License-Identifier: Apache-2.0
#include "engine/fetch/http_source.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "engine/archive/archive.h"
#include "engine/os/file_lock.h"
#include "engine/os/filesystem.h"
#include "tests/engine/fetch/fetch_testing.h"
#include "tests/engine/net/test_server.h"
#include "tests/support/status_matchers.h"

namespace graph {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;

using Code = absl::StatusCode;

class HttpSourceTest : public FetchTest {
 protected:
  void Serve(std::string bytes) {
    bytes_ = std::move(bytes);
    server_.emplace([this](const TestRequest& request) {
      if (request.path == "/page") {
        return TestServer::Answer("200 OK", "<html>log in");
      }
      return TestServer::Part(request, bytes_, limit_);
    });
  }
  // The source of what is served.
  HttpSource Source() const {
    return {.urls = {server_->Url("/pkg.tar.gz")},
            .sha256 = Digest::Of(bytes_).hex()};
  }
  absl::StatusOr<Digest> Fetch(const HttpSource& source) {
    return FetchHttp(source, context_, store_, cancellation_);
  }
  size_t asked() const { return server_->requests().size(); }
  std::string Part(const std::string& name) const {
    return Path("cache/downloads/") + name + ".part";
  }

  // An archive as upstream projects publish them.
  std::string Release(ArchiveFormat format) {
    std::map<Digest, std::string> blobs;
    auto blob = [&](const std::string& bytes) {
      Digest digest = Digest::Of(bytes);
      blobs[digest] = bytes;
      return digest;
    };
    std::vector<ArchiveEntry> entries = {
        {.path = "pkg-1/README", .digest = blob("read me")},
        {.path = "pkg-1/bin/run", .digest = blob("#!"), .executable = true},
        {.path = "pkg-1/big", .digest = blob(std::string(9 << 20, 'B'))},
        {.path = "pkg-1/link",
         .kind = ArchiveEntry::Kind::kSymlink,
         .target = "bin/run"},
        {.path = "pkg-1/none", .kind = ArchiveEntry::Kind::kEmptyDirectory}};
    BlobReader read = [&](const Digest& d) -> absl::StatusOr<std::string> {
      return blobs.at(d);
    };
    EXPECT_THAT(WriteArchive(format, entries, read, 1, Path("release")),
                IsOk());
    return ReadFile(Path("release")).value_or("");
  }

  std::string bytes_;
  size_t limit_ = std::string::npos;
  std::optional<TestServer> server_;
};

TEST_F(HttpSourceTest, AFileComesIntoTheStoreUnderItsDigest) {
  Serve("the bytes");
  EXPECT_THAT(Fetch(Source()), IsOkAndHolds(Digest::Of("the bytes")));
  EXPECT_THAT(store_.Get(Digest::Of("the bytes")), IsOkAndHolds("the bytes"));
}

TEST_F(HttpSourceTest, ItComesOnlyOnce) {
  Serve("the bytes");
  ASSERT_THAT(Fetch(Source()), IsOk());
  ASSERT_THAT(Fetch(Source()), IsOk());
  HttpSource elsewhere = Source();
  elsewhere.urls = {server_->Url("/mirror")};
  EXPECT_THAT(Fetch(elsewhere), IsOk());
  EXPECT_EQ(asked(), 1u);
}

TEST_F(HttpSourceTest, WhatTheStoreLostComesAgain) {
  Serve("the bytes");
  ASSERT_THAT(Fetch(Source()), IsOk());
  store_.Remove(Digest::Of("the bytes"));
  EXPECT_THAT(Fetch(Source()), IsOk());
  EXPECT_EQ(asked(), 2u);
}

TEST_F(HttpSourceTest, OtherBytesAreRefusedAndTold) {
  Serve("tampered");
  HttpSource source = Source();
  source.sha256 = Digest::Of("original").hex();
  EXPECT_THAT(Fetch(source),
              StatusIs(Code::kDataLoss,
                       AllOf(HasSubstr(source.urls[0]),
                             HasSubstr("has sha256 " + Source().sha256),
                             HasSubstr(source.sha256 + " is expected"))));
  EXPECT_THAT(store_.Get(Digest::Of("tampered")),
              StatusIs(Code::kNotFound, HasSubstr("")));
  EXPECT_FALSE(Exists(Part(source.sha256)));
}

TEST_F(HttpSourceTest, AMirrorWithOtherBytesIsPassedOver) {
  Serve("the bytes");
  HttpSource source = Source();
  source.urls = {server_->Url("/page"), server_->Url("/pkg.tar.gz")};
  EXPECT_THAT(Fetch(source), IsOk());
  EXPECT_EQ(asked(), 2u);
}

TEST_F(HttpSourceTest, ASettingsMirrorWithOtherBytesIsPassedOverToo) {
  Serve("the bytes");
  context_.http.mirrors = {
      {server_->Url("/pkg.tar.gz"), server_->Url("/page")}};
  EXPECT_THAT(Fetch(Source()), IsOk());
  EXPECT_EQ(asked(), 2u);
}

TEST_F(HttpSourceTest, AMissingSha256IsToldAndTheFileKept) {
  Serve("the bytes");
  HttpSource source = Source();
  source.sha256.clear();
  EXPECT_THAT(Fetch(source),
              StatusIs(Code::kInvalidArgument,
                       absl::StrCat("sha256 is missing; the file at ",
                                    source.urls[0], " has sha256 = \"",
                                    Source().sha256, "\": add it")));
  EXPECT_THAT(Fetch(Source()), IsOk());
  EXPECT_EQ(asked(), 1u);
}

TEST_F(HttpSourceTest, ASha256ThatIsNoneIsRefusedBeforeAnythingElse) {
  Serve("x");
  for (const char* hex : {"abc",
                          "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3"
                          "hSuFU=0123456789abcdef"}) {
    HttpSource source = Source();
    source.sha256 = hex;
    EXPECT_THAT(Fetch(source),
                StatusIs(Code::kInvalidArgument,
                         HasSubstr("not 64 lowercase hex digits")));
  }
  EXPECT_THAT(Fetch({.sha256 = Source().sha256}),
              StatusIs(Code::kInvalidArgument, "no URL is given"));
  EXPECT_EQ(asked(), 0u);
}

TEST_F(HttpSourceTest, ABrokenDownloadGoesOnInALaterBuild) {
  Serve("0123456789");
  limit_ = 4;
  context_.http.attempts = 1;
  ASSERT_THAT(Fetch(Source()), StatusIs(Code::kUnavailable, HasSubstr("")));
  ASSERT_TRUE(Exists(Part(Source().sha256)));
  limit_ = std::string::npos;
  EXPECT_THAT(Fetch(Source()), IsOk());
  EXPECT_EQ(server_->requests().back().Header("Range"), "bytes=4-");
}

TEST_F(HttpSourceTest, AWrongBeginningIsFetchedAnew) {
  Serve("0123456789");
  ASSERT_THAT(MakeDirectories(Path("cache/downloads")), IsOk());
  ASSERT_THAT(WriteFile(Part(Source().sha256), "wrong"), IsOk());
  EXPECT_THAT(Fetch(Source()), IsOkAndHolds(Digest::Of("0123456789")));
}

TEST_F(HttpSourceTest, OfflineGivesWhatIsHereAndNamesWhatIsNot) {
  Serve("the bytes");
  context_.offline = true;
  EXPECT_THAT(Fetch(Source()),
              StatusIs(Code::kUnavailable,
                       AllOf(HasSubstr(Source().urls[0]),
                             HasSubstr("was not fetched before, and we are "
                                       "offline"))));
  context_.offline = false;
  ASSERT_THAT(Fetch(Source()), IsOk());
  context_.offline = true;
  EXPECT_THAT(Fetch(Source()), IsOk());
  EXPECT_EQ(asked(), 1u);
}

TEST_F(HttpSourceTest, AnArchiveBecomesATree) {
  for (ArchiveFormat format :
       {ArchiveFormat::kZip, ArchiveFormat::kTarGz, ArchiveFormat::kTarZst}) {
    Serve(Release(format));
    HttpSource source = Source();
    source.unpack = true;
    source.strip_prefix = "pkg-1";
    absl::StatusOr<Digest> root = Fetch(source);
    ASSERT_THAT(root, IsOk());
    EXPECT_THAT(
        Tree(*root),
        ElementsAre(Pair("README", "file read me"),
                    Pair("big", "file " + std::string(9 << 20, 'B')),
                    Pair("bin/run", "exec #!"), Pair("link", "link bin/run"),
                    Pair("none", "folder")));
  }
}

TEST_F(HttpSourceTest, NothingIsLeftOfUnpacking) {
  Serve(Release(ArchiveFormat::kZip));
  HttpSource source = Source();
  source.unpack = true;
  ASSERT_THAT(Fetch(source), IsOk());
  source.strip_prefix = "no";
  ASSERT_THAT(Fetch(source), StatusIs(Code::kInvalidArgument, HasSubstr("")));
  absl::StatusOr<std::vector<DirectoryEntry>> left =
      ListDirectory(Path("cache/downloads"));
  ASSERT_THAT(left, IsOk());
  for (const DirectoryEntry& entry : *left) {
    EXPECT_TRUE(entry.name.ends_with(".lock") || entry.name.ends_with(".size"))
        << entry.name;
  }
}

TEST_F(HttpSourceTest, WhatAKilledBuildLeftDoesNotMatter) {
  Serve(Release(ArchiveFormat::kZip));
  HttpSource source = Source();
  source.unpack = true;
  const std::string left = Path("cache/downloads/") + source.sha256 + ".unpack";
  ASSERT_THAT(MakeDirectories(left), IsOk());
  ASSERT_THAT(WriteFile(left + "/archive", "torn"), IsOk());
  EXPECT_THAT(Fetch(source), IsOk());
  EXPECT_FALSE(Exists(left));
}

TEST_F(HttpSourceTest, AWrongPrefixNamesTheRightOneAndTheUrl) {
  Serve(Release(ArchiveFormat::kTarGz));
  HttpSource source = Source();
  source.unpack = true;
  source.strip_prefix = "pkg-2";
  EXPECT_THAT(Fetch(source),
              StatusIs(Code::kInvalidArgument,
                       AllOf(HasSubstr("at its top are `pkg-1`"),
                             HasSubstr("unpacking " + source.urls[0]))));
}

TEST_F(HttpSourceTest, WhatIsNotThereIsNotFound) {
  server_.emplace([](const TestRequest&) {
    return TestServer::Answer("404 Not Found", "");
  });
  EXPECT_THAT(Fetch(Source()),
              StatusIs(Code::kNotFound, HasSubstr(Source().urls[0])));
}

TEST_F(HttpSourceTest, ASecondDownloaderCanBeTakenFromItsWait) {
  Serve("the bytes");
  ASSERT_THAT(MakeDirectories(Path("cache/downloads")), IsOk());
  auto held =
      FileLock::Acquire(Path("cache/downloads/") + Source().sha256 + ".lock",
                        FileLock::Mode::kExclusive);
  ASSERT_THAT(held, IsOk());
  std::thread canceller([&] { cancellation_.Cancel(); });
  EXPECT_THAT(Fetch(Source()), StatusIs(Code::kCancelled, HasSubstr("")));
  canceller.join();
}

}  // namespace
}  // namespace graph
