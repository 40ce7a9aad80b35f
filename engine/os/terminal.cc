// SPDX-License-Identifier: Apache-2.0
#include "engine/os/terminal.h"

#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "engine/os/errors.h"

namespace graph {

bool IsTerminal(StandardStream stream) {
  return isatty(static_cast<int>(stream)) == 1;
}

std::optional<int> TerminalWidth(StandardStream stream) {
  winsize size{};
  if (ioctl(static_cast<int>(stream), TIOCGWINSZ, &size) != 0 ||
      size.ws_col == 0) {
    return std::nullopt;
  }
  return size.ws_col;
}

bool WriteTo(StandardStream stream, absl::string_view bytes) {
  const int fd = static_cast<int>(stream);
  while (!bytes.empty()) {
    ssize_t n = Retry([&] { return write(fd, bytes.data(), bytes.size()); });
    if (n < 0 && errno == EAGAIN) {  // Somebody made our terminal nonblocking.
      pollfd writable{fd, POLLOUT, 0};
      poll(&writable, 1, -1);
      continue;
    }
    if (n < 0) return false;
    bytes.remove_prefix(n);
  }
  return true;
}

std::optional<std::string> ReadSome(StandardStream stream, int timeout_ms) {
  const int fd = static_cast<int>(stream);
  pollfd readable{fd, POLLIN, 0};
  const int ready = Retry([&] { return poll(&readable, 1, timeout_ms); });
  if (ready == 0) return std::nullopt;
  std::string bytes(64 << 10, '\0');
  const ssize_t n = Retry([&] { return read(fd, bytes.data(), bytes.size()); });
  bytes.resize(n > 0 ? static_cast<size_t>(n) : 0);
  return bytes;
}

}  // namespace graph
