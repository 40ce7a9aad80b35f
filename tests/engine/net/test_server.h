// SPDX-License-Identifier: Apache-2.0

// A server on the loopback that answers as a test says, down to the bytes.

#ifndef GRAPH_TESTS_ENGINE_NET_TEST_SERVER_H_
#define GRAPH_TESTS_ENGINE_NET_TEST_SERVER_H_

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <functional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "engine/base/mutex.h"

namespace graph {

struct TestRequest {
  std::string path;
  std::string text;  // All of it.

  // The value of a header; "" if there is none.
  std::string Header(absl::string_view name) const {
    for (absl::string_view line : absl::StrSplit(text, "\r\n")) {
      std::pair<absl::string_view, absl::string_view> field =
          absl::StrSplit(line, absl::MaxSplits(": ", 1));
      if (absl::EqualsIgnoreCase(field.first, name)) {
        return std::string(field.second);
      }
    }
    return "";
  }
  // N of `Range: bytes=N-`; 0 if there is none.
  size_t RangeStart() const {
    std::string range = Header("Range");
    absl::string_view view = range;
    uint64_t start = 0;
    if (absl::ConsumePrefix(&view, "bytes=") &&
        absl::ConsumeSuffix(&view, "-")) {
      (void)absl::SimpleAtoi(view, &start);
    }
    return start;
  }
};

// One answer a connection. The handler runs on the server's thread, one
// request at a time; what it returns is sent as it is, then the connection is
// closed.
class TestServer {
 public:
  using Handler = std::function<std::string(const TestRequest&)>;

  explicit TestServer(Handler handler) : handler_(std::move(handler)) {
    listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{.sin_family = AF_INET,
                        .sin_addr = {htonl(INADDR_LOOPBACK)}};
    socklen_t size = sizeof(address);
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    if (bind(listener_, generic, size) != 0 || listen(listener_, 16) != 0 ||
        getsockname(listener_, generic, &size) != 0) {
      abort();
    }
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { Serve(); });
  }
  ~TestServer() {
    stopping_.Notify();
    shutdown(listener_, SHUT_RDWR);
    thread_.join();
    close(listener_);
  }

  std::string Url(absl::string_view path) const {
    return absl::StrCat("http://127.0.0.1:", port_, path);
  }
  int port() const { return port_; }
  // For handlers that hang: until the server goes, or so long.
  void Hang(absl::Duration time) {
    stopping_.WaitForNotificationWithTimeout(time);
  }
  std::vector<TestRequest> requests() const {
    MutexLock lock(&mu_);
    return requests_;
  }

  static std::string Answer(absl::string_view status, absl::string_view body,
                            absl::string_view headers = "") {
    return absl::StrCat("HTTP/1.1 ", status, "\r\n", headers,
                        "Connection: close\r\nContent-Length: ", body.size(),
                        "\r\n\r\n", body);
  }
  // A file, from where the request wants it, at most `limit` bytes of it: as
  // from a connection that breaks.
  static std::string Part(const TestRequest& request, absl::string_view file,
                          size_t limit = std::string::npos,
                          absl::string_view headers = "") {
    size_t start = request.RangeStart();
    if (start > 0 && start >= file.size()) {
      return Answer("416 Range Not Satisfiable", "");
    }
    absl::string_view rest = file.substr(start);
    std::string status =
        start == 0
            ? "200 OK"
            : absl::StrCat("206 Partial Content\r\nContent-Range: bytes ",
                           start, "-", file.size() - 1, "/", file.size());
    return absl::StrCat("HTTP/1.1 ", status, "\r\n", headers,
                        "Connection: close\r\nContent-Length: ", rest.size(),
                        "\r\n\r\n", rest.substr(0, limit));
  }

 private:
  void Serve() {
    while (!stopping_.HasBeenNotified()) {
      int connection = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
      if (connection < 0) continue;
      Handle(connection);
      close(connection);
    }
  }

  void Handle(int connection) {
    TestRequest request;
    char buffer[4096];
    while (!absl::StrContains(request.text, "\r\n\r\n")) {
      ssize_t count = read(connection, buffer, sizeof(buffer));
      if (count <= 0) return;
      request.text.append(buffer, count);
    }
    std::vector<std::string> words = absl::StrSplit(request.text, ' ');
    if (words.size() > 1) request.path = words[1];
    {
      MutexLock lock(&mu_);
      requests_.push_back(request);
    }
    std::string answer = handler_(request);
    absl::string_view left = answer;
    while (!left.empty()) {
      ssize_t count = send(connection, left.data(), left.size(), MSG_NOSIGNAL);
      if (count <= 0) return;
      left.remove_prefix(count);
    }
  }

  Handler handler_;
  int listener_ = -1;
  int port_ = 0;
  Notification stopping_;
  mutable Mutex mu_;
  std::vector<TestRequest> requests_ ABSL_GUARDED_BY(mu_);
  std::thread thread_;
};

}  // namespace graph

#endif  // GRAPH_TESTS_ENGINE_NET_TEST_SERVER_H_
