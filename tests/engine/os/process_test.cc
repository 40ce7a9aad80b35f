// SPDX-License-Identifier: Apache-2.0
// Programs, signals, locks, libraries and what else the host gives.

#include <gmock/gmock.h>

#include <atomic>
#include <csignal>
#include <thread>

#include "engine/os/clock.h"
#include "engine/os/environment.h"
#include "engine/os/file_lock.h"
#include "engine/os/filesystem.h"
#include "engine/os/mapped_file.h"
#include "engine/os/shared_library.h"
#include "engine/os/signals.h"
#include "engine/os/subprocess.h"
#include "engine/os/terminal.h"
#include "tests/support/status_matchers.h"

namespace graph {
namespace {

using testing::_;
using testing::AllOf;
using testing::Ge;
using testing::HasSubstr;
using testing::Lt;

CommandResult Shell(const std::string& script) {
  auto result = RunCommand({.argv = {"sh", "-c", script}});
  EXPECT_THAT(result, IsOk());
  return result.value_or(CommandResult());
}

TEST(SubprocessTest, StreamsAndCodeAreApart) {
  CommandResult result = Shell("echo out; echo err >&2; exit 3");
  EXPECT_EQ(result.exit_code, 3);
  EXPECT_EQ(result.stdout_text, "out\n");
  EXPECT_EQ(result.stderr_text, "err\n");
  EXPECT_EQ(Shell("kill -TERM $$").exit_code, 128 + SIGTERM);
}

TEST(SubprocessTest, InputAndOutputOfAnySizePass) {
  const std::string input(3'000'000, 'x');
  auto result = RunCommand({.argv = {"cat"}, .input = input});
  ASSERT_THAT(result, IsOk());
  EXPECT_EQ(result->stdout_text, input);
  // A program that does not want its input is no failure.
  result = RunCommand({.argv = {"true"}, .input = input});
  ASSERT_THAT(result, IsOk());
  EXPECT_EQ(result->exit_code, 0);
}

TEST(SubprocessTest, EnvironmentAndFolderAreThoseAskedFor) {
  auto result = RunCommand({.argv = {"sh", "-c", "echo $A-$HOME; pwd"},
                            .env = {{{"A", "1"}}},
                            .directory = "/"});
  ASSERT_THAT(result, IsOk());
  EXPECT_EQ(result->stdout_text, "1-\n/\n");
}

TEST(SubprocessTest, MissingProgramIsNotFound) {
  EXPECT_THAT(RunCommand({.argv = {"no-such-program-here"}}),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("no-such")));
  EXPECT_THAT(RunCommand({.argv = {"/no/such/program"}}),
              StatusIs(absl::StatusCode::kNotFound, _));
  EXPECT_THAT(RunCommand({}), StatusIs(absl::StatusCode::kInvalidArgument, _));
  EXPECT_EQ(FindProgram("no-such-program-here"), std::nullopt);
  EXPECT_TRUE(FindProgram("sh").has_value());
}

TEST(SubprocessTest, TimeoutKillsTheGroup) {
  const int64_t begin = MonotonicMicros();
  EXPECT_THAT(RunCommand({.argv = {"sh", "-c", "sleep 100 & sleep 100"},
                          .timeout_s = 1}),
              StatusIs(absl::StatusCode::kDeadlineExceeded, _));
  EXPECT_THAT(MonotonicMicros() - begin, AllOf(Ge(900'000), Lt(10'000'000)));
}

TEST(SubprocessTest, CancellationKillsTheGroup) {
  Cancellation cancellation;
  std::thread canceller([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    cancellation.Cancel();
  });
  const int64_t begin = MonotonicMicros();
  EXPECT_THAT(RunCommand({.argv = {"sh", "-c", "sleep 100 & sleep 100"}},
                         &cancellation),
              StatusIs(absl::StatusCode::kCancelled, _));
  EXPECT_THAT(MonotonicMicros() - begin, Lt(10'000'000));
  canceller.join();
  EXPECT_THAT(RunCommand({.argv = {"sleep", "100"}}, &cancellation),
              StatusIs(absl::StatusCode::kCancelled, _));
}

TEST(SubprocessTest, ForegroundProgramTellsItsCode) {
  EXPECT_THAT(RunInForeground({.argv = {"sh", "-c", "exit 7"}}),
              IsOkAndHolds(7));
}

TEST(SignalsTest, InterruptsAreCounted) {
  std::atomic<int> last_signal = 0;
  std::atomic<int> last_count = 0;
  {
    InterruptWatcher watcher([&](int number, int count) {
      last_signal = number;
      last_count = count;
    });
    for (int number : {SIGINT, SIGTERM, SIGINT}) {
      const int before = last_count;
      kill(ProcessId(), number);
      while (last_count == before) std::this_thread::yield();
      EXPECT_EQ(last_signal, number);
    }
    // What we start gets them as usual.
    EXPECT_EQ(Shell("kill -INT $$; echo not reached").exit_code, 128 + SIGINT);
  }
  EXPECT_EQ(last_count, 3);
}

TEST(SignalsTest, DyingOfASignalLooksLikeIt) {
  EXPECT_EXIT(DieOfSignal(SIGINT), testing::KilledBySignal(SIGINT), "");
}

TEST(FileLockTest, ExclusiveExcludesAndSharedShares) {
  const std::string folder = *MakeTemporaryDirectory(testing::TempDir(), "l-");
  const std::string path = folder + "/lock";
  using Mode = FileLock::Mode;
  {
    auto held = FileLock::Acquire(path, Mode::kExclusive);
    ASSERT_THAT(held, IsOk());
    EXPECT_FALSE(FileLock::TryAcquire(path, Mode::kShared)->has_value());
  }
  auto one = FileLock::TryAcquire(path, Mode::kShared);
  auto two = FileLock::TryAcquire(path, Mode::kShared);
  ASSERT_THAT(one, IsOk());
  EXPECT_TRUE(one->has_value());
  EXPECT_TRUE(two->has_value());
  EXPECT_FALSE(FileLock::TryAcquire(path, Mode::kExclusive)->has_value());
  EXPECT_THAT(RemoveTree(folder), IsOk());
}

TEST(FileLockTest, WaitsUntilTheOtherLetsGo) {
  const std::string folder = *MakeTemporaryDirectory(testing::TempDir(), "l-");
  const std::string path = folder + "/lock";
  std::atomic<bool> released = false;
  auto held = std::make_unique<FileLock>(
      *FileLock::Acquire(path, FileLock::Mode::kExclusive));
  std::thread waiter([&] {
    EXPECT_THAT(FileLock::Acquire(path, FileLock::Mode::kExclusive), IsOk());
    EXPECT_TRUE(released);
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  released = true;
  held.reset();
  waiter.join();
  EXPECT_THAT(RemoveTree(folder), IsOk());
}

TEST(MappedFileTest, BytesAreThoseOfTheFile) {
  const std::string folder = *MakeTemporaryDirectory(testing::TempDir(), "m-");
  ASSERT_THAT(WriteFile(folder + "/a", "bytes"), IsOk());
  ASSERT_THAT(WriteFile(folder + "/empty", ""), IsOk());
  auto mapped = MappedFile::Open(folder + "/a");
  ASSERT_THAT(mapped, IsOk());
  MappedFile moved = *std::move(mapped);
  EXPECT_EQ(moved.bytes(), "bytes");
  EXPECT_EQ(MappedFile::Open(folder + "/empty")->bytes(), "");
  EXPECT_THAT(MappedFile::Open(folder + "/no"),
              StatusIs(absl::StatusCode::kNotFound, _));
  EXPECT_THAT(RemoveTree(folder), IsOk());
}

TEST(SharedLibraryTest, MissingLibraryNamesThePackage) {
  EXPECT_THAT(SharedLibrary::Load("libnosuch.so.9", "libnosuch9"),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       HasSubstr("install the Debian package libnosuch9")));
}

TEST(SharedLibraryTest, FunctionsAreFoundByName) {
  auto library = SharedLibrary::Load("libm.so.6", "libc6");
  ASSERT_THAT(library, IsOk());
  auto cosine = library->Function<double (*)(double)>("cos");
  ASSERT_THAT(cosine, IsOk());
  EXPECT_EQ((*cosine)(0), 1);
  EXPECT_THAT(library->Function<void (*)()>("no_such_function"),
              StatusIs(absl::StatusCode::kFailedPrecondition, _));
}

TEST(HostEnvironmentTest, FoldersFollowTheConventions) {
  using Variables = std::map<std::string, std::string>;
  const HostEnvironment plain(Variables{{"HOME", "/h"}});
  EXPECT_EQ(plain.CacheHome(), "/h/.cache");
  EXPECT_EQ(plain.ConfigHome(), "/h/.config");
  const HostEnvironment moved(
      Variables{{"HOME", "/h"}, {"XDG_CACHE_HOME", "/c"}});
  EXPECT_EQ(moved.CacheHome(), "/c");
  // As the XDG specification wants it.
  const HostEnvironment relative(
      Variables{{"HOME", "/h"}, {"XDG_CACHE_HOME", "c"}});
  EXPECT_EQ(relative.CacheHome(), "/h/.cache");
  EXPECT_EQ(HostEnvironment(Variables()).Home().front(), '/');
}

TEST(HostEnvironmentTest, SnapshotHasWhatTheProcessHas) {
  setenv("GRAPH_OS_TEST", "a=b", 1);
  const HostEnvironment snapshot = HostEnvironment::FromProcess();
  setenv("GRAPH_OS_TEST", "later", 1);
  EXPECT_EQ(snapshot.Find("GRAPH_OS_TEST"), "a=b");
  EXPECT_EQ(snapshot.Find("GRAPH_OS_TEST_UNSET"), std::nullopt);
}

TEST(HostTest, FactsAreSane) {
  EXPECT_THAT(UsableProcessors(), Ge(1));
  EXPECT_THAT(HostPlatform(), testing::StartsWith("linux-"));
  EXPECT_FALSE(TerminalWidth(StandardStream::kInput).has_value() &&
               !IsTerminal(StandardStream::kInput));
  const int64_t begin = MonotonicMicros();
  EXPECT_THAT(MonotonicMicros(), Ge(begin));
  EXPECT_THAT(FileClockNanos() / 1'000'000, Lt(WallMillis() + 1000));
}

}  // namespace
}  // namespace graph
