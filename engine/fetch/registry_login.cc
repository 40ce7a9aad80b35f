// SPDX-License-Identifier: Apache-2.0
#include "engine/fetch/registry_login.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "absl/status/status_macros.h"
#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "engine/os/filesystem.h"
#include "engine/os/subprocess.h"

namespace graph {
namespace {

using Json = nlohmann::json;

constexpr int kHelperSeconds = 60;

// What helpers and files have in place of a user whose password is a token to
// get tokens with.
constexpr absl::string_view kIdentityTokenUser = "<token>";

// The member, or null.
const Json& Member(const Json& json, const std::string& name) {
  static const Json kNull;
  if (!json.is_object()) return kNull;
  auto member = json.find(name);
  return member == json.end() ? kNull : *member;
}

std::string Text(const Json& json, const std::string& name) {
  const Json& member = Member(json, name);
  return member.is_string() ? member.get<std::string>() : "";
}

// Keys were URLs once: `https://host/v1/` is the registry `host`.
absl::string_view HostOf(absl::string_view key) {
  if (!absl::ConsumePrefix(&key, "https://")) {
    absl::ConsumePrefix(&key, "http://");
  }
  return key.substr(0, key.find('/'));
}

// That of the registry itself, or else of a URL there.
const Json& EntryFor(const Json& entries, absl::string_view registry) {
  const Json& exact = Member(entries, std::string(registry));
  if (!exact.is_null() || !entries.is_object()) return exact;
  for (auto entry = entries.begin(); entry != entries.end(); ++entry) {
    if (HostOf(entry.key()) == registry) return *entry;
  }
  return exact;
}

absl::Status IdentityToken(absl::string_view registry) {
  return absl::FailedPreconditionError(absl::StrCat(
      "the login for ", registry, " is an identity token, which graph does ",
      "not use yet: log in with a user and a password or access token"));
}

class LoginFinder {
 public:
  LoginFinder(absl::string_view registry, std::string path,
              const Cancellation& cancellation)
      : registry_(registry),
        path_(std::move(path)),
        cancellation_(cancellation) {}

  absl::StatusOr<std::optional<RegistryLogin>> Find() const {
    if (!Exists(path_)) return std::nullopt;
    ASSIGN_OR_RETURN(std::string text, ReadFile(path_));
    const Json config = Json::parse(text, nullptr, /*allow_exceptions=*/false);
    if (!config.is_object()) return Useless("is not a JSON object");
    const Json& own = EntryFor(Member(config, "credHelpers"), registry_);
    if (own.is_string()) return Ask(own.get<std::string>());
    if (const std::string store = Text(config, "credsStore"); !store.empty()) {
      ASSIGN_OR_RETURN(std::optional<RegistryLogin> login, Ask(store));
      if (login) return login;
    }
    return Read(EntryFor(Member(config, "auths"), registry_));
  }

 private:
  absl::Status Useless(absl::string_view why) const {
    return absl::FailedPreconditionError(absl::StrCat(path_, " ", why));
  }

  absl::StatusOr<std::optional<RegistryLogin>> Read(const Json& entry) const {
    RegistryLogin login{.user = Text(entry, "username"),
                        .password = Text(entry, "password")};
    if (const std::string both = Text(entry, "auth"); !both.empty()) {
      std::string decoded;
      const size_t colon = absl::Base64Unescape(both, &decoded)
                               ? decoded.find(':')
                               : std::string::npos;
      if (colon == std::string::npos) {
        return Useless(absl::StrCat("has an `auth` for ", registry_,
                                    " that is not base64 of user:password"));
      }
      login = {.user = decoded.substr(0, colon),
               .password = decoded.substr(colon + 1)};
      // Some tools pad with zeros.
      login.password.erase(login.password.find_last_not_of('\0') + 1);
    }
    if (!Text(entry, "identitytoken").empty()) return IdentityToken(registry_);
    if (login.user.empty()) return std::nullopt;
    return login;
  }

  absl::StatusOr<std::optional<RegistryLogin>> Ask(
      const std::string& helper) const {
    if (helper.empty() ||
        !std::all_of(helper.begin(), helper.end(), [](char c) {
          return absl::ascii_isalnum(c) || absl::StrContains("._-", c);
        })) {
      return Useless("names a credential helper that is no name");
    }
    const std::string program = "docker-credential-" + helper;
    const Command command{.argv = {program, "get"},
                          .input = std::string(registry_),
                          .timeout_s = kHelperSeconds};
    absl::StatusOr<CommandResult> said = RunCommand(command, &cancellation_);
    if (absl::IsNotFound(said.status())) {
      return Useless(absl::StrCat("wants ", program, " for the login at ",
                                  registry_, ", which is not in PATH"));
    }
    RETURN_IF_ERROR(said.status()) << program;
    if (said->exit_code != 0) {
      if (absl::StrContains(said->stdout_text, "credentials not found")) {
        return std::nullopt;
      }
      return Failed(program);
    }
    const Json answer =
        Json::parse(said->stdout_text, nullptr, /*allow_exceptions=*/false);
    RegistryLogin login{.user = Text(answer, "Username"),
                        .password = Text(answer, "Secret")};
    if (login.user == kIdentityTokenUser) return IdentityToken(registry_);
    if (login.user.empty()) return Failed(program);
    return login;
  }

  // Without what it said: that may be the secret.
  absl::Status Failed(absl::string_view program) const {
    return absl::FailedPreconditionError(
        absl::StrCat(program, " has no answer for ", registry_, ": try `echo ",
                     registry_, " | ", program, " get`"));
  }

  const absl::string_view registry_;
  const std::string path_;
  const Cancellation& cancellation_;
};

}  // namespace

std::string RegistryConfigPath(const HostEnvironment& environment) {
  const std::string folder = environment.Find("DOCKER_CONFIG").value_or("");
  return folder.empty() ? environment.Home() + "/.docker/config.json"
                        : folder + "/config.json";
}

absl::StatusOr<std::optional<RegistryLogin>> FindRegistryLogin(
    absl::string_view registry, const HostEnvironment& environment,
    const Cancellation& cancellation) {
  return LoginFinder(registry, RegistryConfigPath(environment), cancellation)
      .Find();
}

}  // namespace graph
