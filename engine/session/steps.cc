// SPDX-License-Identifier: Apache-2.0
#include "engine/session/steps.h"

#include <span>
#include <string>
#include <vector>

#include "engine/fetch/fetch_steps.h"

namespace graph {
namespace {

std::vector<std::string> PathsOf(std::span<const SpawnOutput> outputs) {
  std::vector<std::string> paths;
  for (const SpawnOutput& output : outputs) paths.push_back(output.path);
  return paths;
}

absl::StatusOr<std::vector<OutputEntry>> Unpack(const FetchContext& context,
                                                const BuiltinRequest& request) {
  if (request.inputs.size() != 1 ||
      request.inputs[0].kind != SpawnInput::Kind::kFile) {
    return absl::InvalidArgumentError("an archive to unpack is one file");
  }
  return UnpackStep(request.action.content, request.inputs[0].digest,
                    PathsOf(request.outputs), context, request.store,
                    request.cancellation);
}

}  // namespace

FetchContext FetchingBy(const Settings& settings) {
  FetchContext context;
  context.cache_dir = settings.cache_dir();
  context.offline = settings.offline();
  context.http.mirrors = settings.mirrors();
  context.http.logins = settings.logins();
  return context;
}

BuiltinSteps AllSteps(const FetchContext& context) {
  BuiltinSteps steps = CoreSteps();
  auto add = [&](absl::string_view name, auto fetch) {
    steps[name] = [&context, fetch](const BuiltinRequest& request) {
      return fetch(request.action.content, PathsOf(request.outputs), context,
                   request.store, request.cancellation);
    };
  };
  add("fetch_http", FetchHttpStep);
  add("fetch_git", FetchGitStep);
  add("fetch_oci", FetchOciStep);
  add("fetch_deb", FetchDebStep);
  add("fetch_deb_source", FetchDebSourceStep);
  add("fetch_npm", FetchNpmStep);
  add("fetch_pypi", FetchPypiStep);
  steps["unpack"] = [&context](const BuiltinRequest& request) {
    return Unpack(context, request);
  };
  return steps;
}

}  // namespace graph
