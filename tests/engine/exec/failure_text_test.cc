// SPDX-License-Identifier: Apache-2.0
#include "engine/exec/failure_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace graph {
namespace {

using Kind = OutputEntry::Kind;
using ::testing::EndsWith;
using ::testing::StartsWith;

SpawnResult Exited(int code) {
  SpawnResult result;
  result.exit_code = code;
  return result;
}

TEST(FailureTextTest, AnExitCodeIsToldAsItIs) {
  EXPECT_EQ(ReasonOf(Exited(2), {}), "exit code 2");
  EXPECT_EQ(ReasonOf(Exited(128), {}), "exit code 128");
  EXPECT_EQ(ReasonOf(Exited(255), {}), "exit code 255");
}

TEST(FailureTextTest, ASignalIsTold) {
  EXPECT_EQ(ReasonOf(Exited(137), {}), "killed by signal 9");
  EXPECT_EQ(ReasonOf(Exited(139), {}), "killed by signal 11");
}

TEST(FailureTextTest, ATimeoutIsNotTakenForItsSignal) {
  SpawnResult result = Exited(137);
  result.timed_out = true;
  Action action;
  action.timeout_s = 60;
  EXPECT_EQ(ReasonOf(result, action), "timed out after 60 s");
}

TEST(FailureTextTest, TheCommandCanBePastedIntoAShell) {
  Action action;
  action.argv = {"bash", "-c", "echo \"$HOME\" && don't", "", "a=b", "x;y"};
  const std::string command = RepeatCommand(action);
  EXPECT_THAT(command, StartsWith("env -i HOME=/tmp LC_ALL=C.UTF-8 PATH="));
  EXPECT_THAT(command,
              EndsWith(" bash -c 'echo \"$HOME\" && don'\\''t' '' a=b 'x;y'"));
}

TEST(FailureTextTest, AStepOfTheEngineCannotBeRepeatedByHand) {
  Action action;
  action.kind = Action::Kind::kBuiltin;
  action.argv = {"write", "1", "-"};
  EXPECT_EQ(RepeatCommand(action), "");
}

TEST(FailureTextTest, OutputsAsDeclaredHaveNoFault) {
  const std::vector<OutputEntry> outputs = {
      {"a", Kind::kFile, {}, false, ""},
      {"d", Kind::kDirectory, {}, false, ""},
      {"l", Kind::kSymlink, {}, false, "a"},
      {"m", Kind::kSymlink, {}, false, "d"}};
  const std::vector<SpawnOutput> declared = {
      {"m", true}, {"a", false}, {"l", false}, {"d", true}};
  EXPECT_EQ(FaultOf(outputs, declared), "");
}

TEST(FailureTextTest, EachFaultIsNamed) {
  const std::vector<OutputEntry> outputs = {
      {"a", Kind::kFile, {}, false, ""},
      {"d", Kind::kDirectory, {}, false, ""}};
  const std::vector<SpawnOutput> declared = {
      {"a", true}, {"d", false}, {"gone", false}};
  EXPECT_EQ(FaultOf(outputs, declared),
            "made `a` as a file, which is declared as a folder; made `d` as a "
            "folder, which is declared as a file; did not make its declared "
            "output `gone`");
}

}  // namespace
}  // namespace graph
