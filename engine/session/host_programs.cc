// SPDX-License-Identifier: Apache-2.0
#include "engine/session/host_programs.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "engine/exec/toolchain_packages.h"
#include "engine/load/place.h"
#include "engine/model/package.h"
#include "engine/os/filesystem.h"

namespace graph {
namespace {

// Of a failed command; who writes more has other troubles.
constexpr size_t kMostLines = 2000;
constexpr size_t kMostAdvised = 3;

constexpr absl::string_view kFolders[] = {"/usr/bin/", "/bin/", "/usr/sbin/",
                                          "/sbin/"};

// The program that `word` names: `‘gcc’:`, `/usr/bin/gcc`; empty if it is none.
std::string ProgramIn(absl::string_view word) {
  for (absl::string_view quote :
       {"\u2018", "\u2019", "'", "\"", "`", ":", ","}) {
    absl::ConsumePrefix(&word, quote);
    while (absl::ConsumeSuffix(&word, quote) ||
           absl::ConsumeSuffix(&word, ":")) {
    }
  }
  for (absl::string_view folder : kFolders) absl::ConsumePrefix(&word, folder);
  const bool plain =
      !word.empty() && std::all_of(word.begin(), word.end(), [](char c) {
        return absl::ascii_isalnum(static_cast<unsigned char>(c)) ||
               absl::string_view("._+-").find(c) != absl::string_view::npos;
      });
  return plain ? std::string(word) : "";
}

// The first word of `text`, or its last.
absl::string_view FirstWord(absl::string_view text) {
  text = absl::StripLeadingAsciiWhitespace(text);
  return text.substr(0, text.find(' '));
}

absl::string_view LastWord(absl::string_view text) {
  text = absl::StripTrailingAsciiWhitespace(text);
  const size_t space = text.rfind(' ');
  return space == text.npos ? text : text.substr(space + 1);
}

// `bash: line 1: gcc: command not found`, `env: ‘gcc’: No such file …`,
// `x: /usr/bin/perl: bad interpreter: No such file …`, `FileNotFoundError:
// [Errno 2] No such file or directory: 'gcc'`.
std::string MissingProgramIn(absl::string_view line) {
  for (absl::string_view complaint :
       {": bad interpreter: No such file or directory", ": command not found",
        ": not found", ": No such file or directory",
        "No such file or directory"}) {
    const size_t at = line.find(complaint);
    if (at == line.npos) continue;
    absl::string_view rest = line.substr(at + complaint.size());
    if (absl::ConsumePrefix(&rest, ": ")) return ProgramIn(FirstWord(rest));
    return ProgramIn(LastWord(line.substr(0, at)));
  }
  return "";
}

bool HasProgram(absl::string_view root, absl::string_view name) {
  return std::any_of(std::begin(kFolders), std::end(kFolders),
                     [&](absl::string_view folder) {
                       return LinkStat(absl::StrCat(root, folder, name)).ok();
                     });
}

std::string PlaceOf(const Label& label, Loader& loader) {
  const absl::StatusOr<const Target*> target = loader.FindTarget(label);
  const auto package = loader.LoadPackage(label.package_name());
  if (!target.ok() || !package.ok()) return label.ToString();
  return absl::StrCat(
      label.ToString(), " (",
      FormatPlace((*package)->package.build_file(), (*target)->location), ")");
}

// How the target of `action` comes to see a package.
std::string HowToAsk(const Action& action, const std::string& package,
                     Loader& loader) {
  const std::string make = absl::StrCat(
      "host_toolchain(name = \"tools\", packages = [\"", package, "\"])");
  const absl::StatusOr<Label> label = Label::Parse(action.owner, {});
  if (!label.ok()) return make;
  const absl::StatusOr<const Target*> target = loader.FindTarget(*label);
  if (!target.ok() || (*target)->kind() != Target::Kind::kRule) return make;
  const auto& attributes = (*target)->rule().attributes();
  const bool has_list = std::any_of(
      attributes.begin(), attributes.end(), [](const AttributeSchema& schema) {
        return schema.name == "toolchains" &&
               schema.type == AttributeType::kLabelList;
      });
  if (!has_list) {
    return absl::StrCat(make,
                        " gives it to a command whose rule says "
                        "`toolchain = …` in ctx.actions.run");
  }
  return absl::StrCat("add ", make, " and `toolchains = [\":tools\"]` to ",
                      PlaceOf(*label, loader));
}

}  // namespace

Toolchains::AskedBy AskersOf(const Analysis& analysis, Loader& loader) {
  absl::flat_hash_map<std::string, std::string> askers;
  for (const auto& [package, label] : analysis.asked_by) {
    askers[package] = absl::StrCat(PlaceOf(label, loader), " asks for it");
  }
  return [askers = std::move(askers)](absl::string_view package) {
    auto asker = askers.find(package);
    return asker == askers.end() ? "" : asker->second;
  };
}

std::vector<std::string> MissingProgramsIn(absl::string_view text) {
  std::vector<std::string> programs;
  size_t lines = 0;
  for (absl::string_view line : absl::StrSplit(text, '\n')) {
    if (++lines > kMostLines) break;
    std::string program = MissingProgramIn(line);
    if (program.empty()) continue;
    if (std::find(programs.begin(), programs.end(), program) ==
        programs.end()) {
      programs.push_back(std::move(program));
    }
  }
  return programs;
}

std::string AdviceOnPrograms(const Action& action, absl::string_view said,
                             Toolchains& toolchains, Loader& loader) {
  if (!action.root.empty()) return "";  // Those of the host are not wanted.
  std::vector<std::string> programs;
  const absl::StatusOr<const Toolchain*> seen =
      toolchains.Find(action.packages);
  if (!seen.ok()) return "";
  for (std::string& program : MissingProgramsIn(said)) {
    if (programs.size() < kMostAdvised && HasProgram("", program) &&
        !HasProgram((*seen)->root, program)) {
      programs.push_back(std::move(program));
    }
  }
  if (programs.empty()) return "";
  const absl::StatusOr<DebianPackages> database = DebianPackages::Read("/");
  if (!database.ok()) return "";
  std::string out;
  for (const std::string& program : programs) {
    const std::string package = database->OwnerOfProgram(program);
    if (package.empty()) continue;
    absl::StrAppend(&out, "note: this machine has `", program,
                    "`, of the Debian package ", package, ", but ",
                    action.owner,
                    " does not ask for it, so its commands cannot see it\n  ",
                    HowToAsk(action, package, loader), "\n");
  }
  return out;
}

}  // namespace graph
