// SPDX-License-Identifier: Apache-2.0
// ctx.actions: what brings files from outside. The parameters are in
// Action::content as JSON; the exact form is the contract with
// fetch/fetch_steps.h:
//
//   fetch_deb   {"package", "version", "architecture", "sha256"}
//   fetch_deb_source  {"package", "version", "sha256"}
//   fetch_git   {"remote", "commit", "submodules", "subdir"}
//   fetch_http  {"urls", "sha256", "strip_prefix", "unpack", "executable"}
//   fetch_npm   {"package", "version", "sha256"}
//   fetch_pypi  {"package", "version", "file", "sha256"}
//   fetch_oci   {"registry", "repository", "digest", "platform"}
#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status_macros.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "engine/analyze/actions.h"
#include "engine/base/json_text.h"

namespace graph {
namespace {

absl::string_view JsonBool(bool value) { return value ? "true" : "false"; }

// Whether `text` is `digits` lowercase hexadecimal digits.
bool IsHex(absl::string_view text, size_t digits) {
  return text.size() == digits &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return absl::ascii_isdigit(c) || (c >= 'a' && c <= 'f');
         });
}

// A step that may use the network.
Action MakeFetch(absl::string_view step, absl::string_view mnemonic) {
  Action action = MakeStep(step, mnemonic);
  action.kind = Action::Kind::kFetch;
  return action;
}

// "" is left to the fetch, which tells what to write.
absl::Status CheckSha256(absl::string_view sha256) {
  if (sha256.empty() || IsHex(sha256, 64)) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat(
      "`sha256` takes 64 lowercase hexadecimal digits; got `", sha256, "`"));
}

absl::StatusOr<dsl::Value> FetchGit(RuleContext& context, dsl::Thread&,
                                    const dsl::Arguments& arguments) {
  dsl::Value output;
  absl::string_view remote;
  absl::string_view commit;
  bool submodules = false;
  absl::string_view subdir;
  absl::string_view message;
  RETURN_IF_ERROR(
      arguments.Unpack("fetch_git", {{"output", &output},
                                     {"remote", &remote},
                                     {"commit", &commit},
                                     {"submodules?", &submodules},
                                     {"subdir?", &subdir},
                                     {"*"},
                                     {"progress_message??", &message}}));
  if (remote.empty()) {
    return absl::InvalidArgumentError("`remote` must not be empty");
  }
  if (!IsHex(commit, 40) && !IsHex(commit, 64)) {
    return absl::InvalidArgumentError(absl::StrCat(
        "`commit` takes all the hexadecimal digits of a commit, lowercase; a ",
        "branch or a tag would not say which; got `", commit, "`"));
  }
  RETURN_IF_ERROR(CheckRelativePath(subdir, "subdir"));
  Action action = MakeFetch("fetch_git", "FetchGit");
  action.content = absl::StrCat("{\"remote\": ", JsonString(remote),
                                ", \"commit\": ", JsonString(commit),
                                ", \"submodules\": ", JsonBool(submodules),
                                ", \"subdir\": ", JsonString(subdir), "}");
  return AddStep(context, std::move(action), output, Artifact::Kind::kDirectory,
                 message);
}

absl::StatusOr<dsl::Value> FetchHttp(RuleContext& context, dsl::Thread&,
                                     const dsl::Arguments& arguments) {
  dsl::Value output;
  std::vector<std::string> urls;
  absl::string_view sha256;
  absl::string_view strip_prefix;
  bool unpack = false;
  bool executable = false;
  absl::string_view message;
  RETURN_IF_ERROR(
      arguments.Unpack("fetch_http", {{"output", &output},
                                      {"urls", &urls},
                                      {"sha256?", &sha256},
                                      {"strip_prefix?", &strip_prefix},
                                      {"unpack?", &unpack},
                                      {"executable?", &executable},
                                      {"*"},
                                      {"progress_message??", &message}}));
  if (urls.empty()) {
    return absl::InvalidArgumentError("`urls` must name at least one place");
  }
  RETURN_IF_ERROR(CheckSha256(sha256));
  RETURN_IF_ERROR(CheckRelativePath(strip_prefix, "strip_prefix"));
  Action action = MakeFetch("fetch_http", "FetchHttp");
  action.content = absl::StrCat(
      "{\"urls\": ", JsonStrings(urls), ", \"sha256\": ", JsonString(sha256),
      ", \"strip_prefix\": ", JsonString(strip_prefix),
      ", \"unpack\": ", JsonBool(unpack),
      ", \"executable\": ", JsonBool(executable), "}");
  return AddStep(context, std::move(action), output,
                 unpack ? Artifact::Kind::kDirectory : Artifact::Kind::kFile,
                 message);
}

absl::StatusOr<dsl::Value> FetchOci(RuleContext& context, dsl::Thread&,
                                    const dsl::Arguments& arguments) {
  dsl::Value output;
  absl::string_view registry;
  absl::string_view repository;
  absl::string_view digest;
  absl::string_view platform;
  absl::string_view message;
  RETURN_IF_ERROR(
      arguments.Unpack("fetch_oci", {{"output", &output},
                                     {"registry", &registry},
                                     {"repository", &repository},
                                     {"digest", &digest},
                                     {"platform?", &platform},
                                     {"*"},
                                     {"progress_message??", &message}}));
  if (registry.empty() || repository.empty()) {
    return absl::InvalidArgumentError(
        "`registry` and `repository` must not be empty");
  }
  absl::string_view hex = digest;
  if (!absl::ConsumePrefix(&hex, "sha256:") || !IsHex(hex, 64)) {
    return absl::InvalidArgumentError(absl::StrCat(
        "`digest` takes sha256: and 64 lowercase hexadecimal digits; a tag ",
        "would not say which image; got `", digest, "`"));
  }
  const auto slashes = std::count(platform.begin(), platform.end(), '/');
  if (!platform.empty() && slashes != 1 && slashes != 2) {
    return absl::InvalidArgumentError(absl::StrCat(
        "`platform` takes os/architecture or os/architecture/variant, like ",
        "linux/amd64 or linux/arm/v7; got `", platform, "`"));
  }
  Action action = MakeFetch("fetch_oci", "FetchOci");
  action.content = absl::StrCat("{\"registry\": ", JsonString(registry),
                                ", \"repository\": ", JsonString(repository),
                                ", \"digest\": ", JsonString(digest),
                                ", \"platform\": ", JsonString(platform), "}");
  return AddStep(context, std::move(action), output, Artifact::Kind::kDirectory,
                 message);
}

// A package of a name and a version, which the machine knows where to find.
struct NamedPackage {
  dsl::Value output;
  absl::string_view package;
  absl::string_view version;
  absl::string_view sha256;
  absl::string_view message;

  absl::Status Check() const;
};

absl::Status NamedPackage::Check() const {
  if (package.empty() || version.empty()) {
    return absl::InvalidArgumentError(
        "`package` and `version` must not be empty");
  }
  return CheckSha256(sha256);
}

absl::StatusOr<dsl::Value> FetchDeb(RuleContext& context, dsl::Thread&,
                                    const dsl::Arguments& arguments) {
  NamedPackage deb;
  absl::string_view architecture;
  RETURN_IF_ERROR(
      arguments.Unpack("fetch_deb", {{"output", &deb.output},
                                     {"package", &deb.package},
                                     {"version", &deb.version},
                                     {"sha256?", &deb.sha256},
                                     {"architecture?", &architecture},
                                     {"*"},
                                     {"progress_message??", &deb.message}}));
  RETURN_IF_ERROR(deb.Check());
  Action action = MakeFetch("fetch_deb", "FetchDeb");
  action.content =
      absl::StrCat("{\"package\": ", JsonString(deb.package),
                   ", \"version\": ", JsonString(deb.version),
                   ", \"architecture\": ", JsonString(architecture),
                   ", \"sha256\": ", JsonString(deb.sha256), "}");
  return AddStep(context, std::move(action), deb.output, Artifact::Kind::kFile,
                 deb.message);
}

// One that is known by these three alone, and is a folder.
absl::StatusOr<dsl::Value> FetchNamed(absl::string_view step,
                                      absl::string_view mnemonic,
                                      RuleContext& context,
                                      const dsl::Arguments& arguments) {
  NamedPackage named;
  RETURN_IF_ERROR(
      arguments.Unpack(step, {{"output", &named.output},
                              {"package", &named.package},
                              {"version", &named.version},
                              {"sha256?", &named.sha256},
                              {"*"},
                              {"progress_message??", &named.message}}));
  RETURN_IF_ERROR(named.Check());
  Action action = MakeFetch(step, mnemonic);
  action.content =
      absl::StrCat("{\"package\": ", JsonString(named.package),
                   ", \"version\": ", JsonString(named.version),
                   ", \"sha256\": ", JsonString(named.sha256), "}");
  return AddStep(context, std::move(action), named.output,
                 Artifact::Kind::kDirectory, named.message);
}

absl::StatusOr<dsl::Value> FetchDebSource(RuleContext& context, dsl::Thread&,
                                          const dsl::Arguments& arguments) {
  return FetchNamed("fetch_deb_source", "FetchDebSource", context, arguments);
}

absl::StatusOr<dsl::Value> FetchNpm(RuleContext& context, dsl::Thread&,
                                    const dsl::Arguments& arguments) {
  return FetchNamed("fetch_npm", "FetchNpm", context, arguments);
}

absl::StatusOr<dsl::Value> FetchPypi(RuleContext& context, dsl::Thread&,
                                     const dsl::Arguments& arguments) {
  NamedPackage pypi;
  absl::string_view file;
  RETURN_IF_ERROR(
      arguments.Unpack("fetch_pypi", {{"output", &pypi.output},
                                      {"package", &pypi.package},
                                      {"version", &pypi.version},
                                      {"file", &file},
                                      {"sha256?", &pypi.sha256},
                                      {"*"},
                                      {"progress_message??", &pypi.message}}));
  RETURN_IF_ERROR(pypi.Check());
  Action action = MakeFetch("fetch_pypi", "FetchPypi");
  action.content = absl::StrCat("{\"package\": ", JsonString(pypi.package),
                                ", \"version\": ", JsonString(pypi.version),
                                ", \"file\": ", JsonString(file),
                                ", \"sha256\": ", JsonString(pypi.sha256), "}");
  return AddStep(context, std::move(action), pypi.output, Artifact::Kind::kFile,
                 pypi.message);
}

constexpr std::array<NamedMethod, 7> kMethods = {{
    {"fetch_deb", FetchDeb},
    {"fetch_deb_source", FetchDebSource},
    {"fetch_git", FetchGit},
    {"fetch_http", FetchHttp},
    {"fetch_npm", FetchNpm},
    {"fetch_oci", FetchOci},
    {"fetch_pypi", FetchPypi},
}};

}  // namespace

std::span<const NamedMethod> FetchMethods() { return kMethods; }

}  // namespace graph
