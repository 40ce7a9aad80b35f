// SPDX-License-Identifier: Apache-2.0
#include "engine/session/host_programs.h"

#include <gmock/gmock.h>

namespace graph {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(HostProgramsTest, ProgramsAreFoundInWhatIsSaidOfThem) {
  const std::pair<const char*, const char*> kSaid[] = {
      {"/bin/bash: line 1: gcc: command not found", "gcc"},
      {"/bin/sh: 1: gcc-12: not found", "gcc-12"},
      {"env: \u2018python3\u2019: No such file or directory", "python3"},
      {"graph: cannot run /usr/bin/g++: No such file or directory", "g++"},
      {"./x: /usr/bin/perl: bad interpreter: No such file or directory",
       "perl"},
      {"FileNotFoundError: [Errno 2] No such file or directory: 'git'", "git"},
  };
  for (const auto& [said, program] : kSaid) {
    EXPECT_THAT(MissingProgramsIn(said), ElementsAre(program)) << said;
  }
}

TEST(HostProgramsTest, FilesAndOtherTroublesAreNoPrograms) {
  for (const char* said :
       {"", "error: something else",
        "cat: src/a.txt: No such file or directory",
        "ls: cannot access '/etc/x': No such file or directory"}) {
    EXPECT_THAT(MissingProgramsIn(said), IsEmpty()) << said;
  }
}

TEST(HostProgramsTest, EachIsNamedOnce) {
  EXPECT_THAT(MissingProgramsIn("sh: 1: b: not found\nsh: 1: a: not found\n"
                                "sh: 2: b: not found\n"),
              ElementsAre("b", "a"));
}

}  // namespace
}  // namespace graph
