// SPDX-License-Identifier: Apache-2.0
#include "engine/analyze/toolchain_value.h"

#include <algorithm>
#include <utility>

#include "absl/status/status_macros.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "dsl/stdlib/provider.h"
#include "engine/action/host_packages.h"
#include "engine/analyze/actions.h"

namespace graph {
namespace {

constexpr absl::string_view kProvider = "HostToolchainInfo";

// As Debian writes them: lower case, digits, `+`, `-` and `.`.
bool IsPackageName(absl::string_view name) {
  return name.size() >= 2 && absl::ascii_isalnum(name.front()) &&
         std::all_of(name.begin(), name.end(), [](unsigned char c) {
           return absl::ascii_islower(c) || absl::ascii_isdigit(c) ||
                  c == '+' || c == '-' || c == '.';
         });
}

// The instance among `providers`; nullptr if there is none.
const dsl::ProviderInstance* FindToolchain(
    const std::vector<dsl::Value>& providers) {
  for (dsl::Value value : providers) {
    const auto* instance = dsl::NativeCast<dsl::ProviderInstance>(value);
    if (instance != nullptr && instance->provider().name() == kProvider) {
      return instance;
    }
  }
  return nullptr;
}

// `/usr/lib/thing`: an absolute path in its shortest form.
bool IsPlainPath(absl::string_view text) {
  return absl::ConsumePrefix(&text, "/") &&
         CheckRelativePath(text, "files").ok() && !text.empty();
}

// As Action::packages wants them. Remembers who asked.
absl::StatusOr<std::vector<std::string>> PackagesOf(
    const RuleContext& context, const dsl::ProviderInstance& info) {
  std::vector<std::string> packages;
  const dsl::Value names = info.Field("packages").value_or(dsl::Value::None());
  if (!names.is_list() && !names.is_tuple()) {
    return absl::InvalidArgumentError(
        "`HostToolchainInfo: packages` takes a list of strings");
  }
  for (dsl::Value name : dsl::Elements(names)) {
    if (!name.is_string() ||
        !(IsPackageName(name.as_string()) || IsPlainPath(name.as_string()))) {
      return absl::InvalidArgumentError(absl::StrCat(
          "`packages` takes names of Debian packages, `files` absolute paths "
          "without `.`, `..` and empty parts; got ",
          dsl::Brief(name)));
    }
    packages.emplace_back(name.as_string());
    context.state().asked_by.try_emplace(packages.back(), context.label());
  }
  const dsl::Value and_default =
      info.Field("default_packages").value_or(dsl::Value::None());
  return NormalPackages(std::move(packages),
                        !and_default.is_bool() || and_default.as_bool());
}

}  // namespace

void PackageUnion::Add(const std::vector<std::string>& packages) {
  packages_ = packages_ ? UnitedPackages(*packages_, packages) : packages;
}

absl::Status AddToolchain(const RuleContext& context, dsl::Value toolchain,
                          PackageUnion& packages) {
  if (!toolchain || toolchain.is_none()) return absl::OkStatus();
  if (toolchain.is_list() || toolchain.is_tuple()) {
    for (dsl::Value element : dsl::Elements(toolchain)) {
      RETURN_IF_ERROR(AddToolchain(context, element, packages));
    }
    return absl::OkStatus();
  }
  const dsl::ProviderInstance* info = nullptr;
  if (const auto* target = dsl::NativeCast<TargetValue>(toolchain)) {
    info = FindToolchain(target->providers());
  } else {
    info = FindToolchain({toolchain});
  }
  if (info == nullptr) {
    return absl::InvalidArgumentError(
        absl::StrCat("`toolchain` takes a HostToolchainInfo, a target that "
                     "gives one (as host_toolchain does), or a list of these; "
                     "got ",
                     dsl::Brief(toolchain)));
  }
  ASSIGN_OR_RETURN(std::vector<std::string> more, PackagesOf(context, *info));
  packages.Add(more);
  return absl::OkStatus();
}

absl::StatusOr<const std::vector<std::string>*> ReadToolchain(
    const RuleContext& context, const std::vector<dsl::Value>& providers) {
  const dsl::ProviderInstance* info = FindToolchain(providers);
  if (info == nullptr) return nullptr;
  ASSIGN_OR_RETURN(std::vector<std::string> packages,
                   PackagesOf(context, *info));
  return &context.state().packages.emplace_back(std::move(packages));
}

}  // namespace graph
