// SPDX-License-Identifier: Apache-2.0
#include "engine/load/version_builtins.h"

#include <array>

#include "absl/hash/hash.h"
#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "engine/load/convert.h"
#include "engine/load/package_builder.h"
#include "engine/model/version_constraint.h"
#include "engine/model/version_order.h"
#include "engine/model/version_source.h"

namespace graph {
namespace {

constexpr size_t kMostParameters = 3;

absl::StatusOr<dsl::Value> MakeSource(const VersionSourceKind& kind,
                                      dsl::Thread& thread,
                                      const dsl::Arguments& arguments) {
  std::array<std::string, kMostParameters> values;
  // What is in the table are literals, and so end in a zero.
  auto param = [&](size_t i) {
    return dsl::Param(kind.parameters[i].data(), &values[i]);
  };
  const std::string function(kind.name);
  switch (kind.parameters.size()) {
    case 1:
      RETURN_IF_ERROR(arguments.Unpack(function, {param(0)}));
      break;
    case 2:
      RETURN_IF_ERROR(arguments.Unpack(function, {param(0), param(1)}));
      break;
    default:
      RETURN_IF_ERROR(
          arguments.Unpack(function, {param(0), param(1), param(2)}));
  }
  VersionSource source{std::string(kind.name), {}};
  for (size_t i = 0; i < kind.parameters.size(); ++i) {
    absl::string_view name = kind.parameters[i];
    const bool optional = absl::ConsumeSuffix(&name, "?");
    if (values[i].empty()) {
      if (optional) continue;
      return absl::InvalidArgumentError(
          absl::StrCat(kind.name, "(): `", name, "` is empty"));
    }
    source.arguments[std::string(name)] = std::move(values[i]);
  }
  return dsl::Value::Of(
      thread.heap().New<VersionSourceValue>(std::move(source)));
}

// Where the file is now whose evaluation `thread` is.
dsl::Span OutermostPlace(const dsl::Thread& thread) {
  dsl::Span place;
  for (const dsl::ActiveFrame* frame = thread.innermost(); frame != nullptr;
       frame = frame->caller) {
    if (frame->code != nullptr && frame->at != nullptr) place = *frame->at;
  }
  return place;
}

std::string Names(const std::vector<absl::string_view>& names) {
  return absl::StrCat("`", absl::StrJoin(names, "`, `"), "`");
}

}  // namespace

void VersionSourceValue::Repr(std::string* out) const {
  out->append(SourceText(source_));
}

bool VersionSourceValue::Equals(const dsl::Native& other) const {
  const auto* source = dynamic_cast<const VersionSourceValue*>(&other);
  return source != nullptr && source->source_ == source_;
}

absl::StatusOr<uint64_t> VersionSourceValue::Hash() const {
  return absl::HashOf(source_.kind, source_.arguments);
}

void VersionValue::Repr(std::string* out) const {
  absl::StrAppend(out, "<version ", request_.name, ">");
}

absl::StatusOr<std::optional<dsl::Value>> VersionValue::Attr(
    dsl::Thread& thread, absl::string_view name) const {
  ASSIGN_OR_RETURN(PackageBuilder * builder,
                   PackageBuilder::Of(thread, "version"));
  const VersionSourceKind& kind = *FindVersionSourceKind(request_.source.kind);
  if (!kind.HasField(name)) {
    return absl::InvalidArgumentError(
        absl::StrCat("a version of ", kind.name, "() has no `", name,
                     "`; it has ", Names(kind.fields)));
  }
  if (const dsl::Diagnostic* mistake = lock_.LockMistake()) {
    return builder->FailWith(*mistake);
  }
  ASSIGN_OR_RETURN(const LockedVersion* entry, lock_.Find(request_, package_));
  auto field = entry->fields.find(std::string(name));
  if (field == entry->fields.end()) {
    return absl::InvalidArgumentError(absl::StrCat(
        "the entry `", request_.name, "` of ", kLockFileName, " has no `", name,
        "`: where it was asked for, nobody told"));
  }
  return thread.heap().String(field->second);
}

std::vector<std::string> VersionValue::AttrNames() const {
  const VersionSourceKind& kind = *FindVersionSourceKind(request_.source.kind);
  return {kind.fields.begin(), kind.fields.end()};
}

void AddVersionSources(dsl::Environment::Builder& builder) {
  for (const VersionSourceKind& kind : VersionSourceKinds()) {
    builder.SetBuiltin(kind.name, [&kind](dsl::Thread& thread,
                                          const dsl::Arguments& arguments) {
      return MakeSource(kind, thread, arguments);
    });
  }
}

absl::StatusOr<DeclaredVersion> UnpackVersion(dsl::Thread& thread,
                                              const dsl::Arguments& arguments) {
  DeclaredVersion version;
  VersionRequest& request = version.request;
  dsl::Value source;
  RETURN_IF_ERROR(
      arguments.Unpack("version", {{"name", &request.name},
                                   {"source", &source},
                                   {"constraint?", &request.constraint},
                                   {"prerelease?", &request.prerelease}}));
  RETURN_IF_ERROR(CheckVersionName(request.name));
  const auto* known = dsl::NativeCast<VersionSourceValue>(source);
  if (known == nullptr) {
    std::vector<absl::string_view> kinds;
    for (const VersionSourceKind& kind : VersionSourceKinds()) {
      kinds.push_back(kind.name);
    }
    return absl::InvalidArgumentError(
        absl::StrCat("the source of a version is made by one of ", Names(kinds),
                     ", not ", DescribeValue(source)));
  }
  request.source = known->source();
  RETURN_IF_ERROR(VersionConstraint::Parse(VersionSchemeOf(request.source.kind),
                                           request.constraint)
                      .status());
  version.place = OutermostPlace(thread);
  if (version.place) version.source = version.place.source->shared_from_this();
  return version;
}

absl::StatusOr<dsl::Value> CallVersion(dsl::Thread& thread,
                                       const dsl::Arguments& arguments) {
  ASSIGN_OR_RETURN(PackageBuilder * builder,
                   PackageBuilder::Of(thread, "version"));
  ASSIGN_OR_RETURN(DeclaredVersion version, UnpackVersion(thread, arguments));
  if (!builder->name().repo.empty()) {
    return absl::InvalidArgumentError(
        "only packages of the workspace have versions in its lock");
  }
  LockView& lock = builder->lock();
  if (const dsl::Diagnostic* mistake = lock.WorkspaceMistake()) {
    return builder->FailWith(*mistake);
  }
  VersionRequest request = version.request;
  if (std::optional<dsl::Diagnostic> twice = lock.Declare(std::move(version))) {
    return builder->FailWith(*std::move(twice));
  }
  return dsl::Value::Of(thread.heap().New<VersionValue>(
      std::move(request), builder->name().ToString(), lock));
}

absl::StatusOr<dsl::Value> CallLocked(dsl::Thread& thread,
                                      const dsl::Arguments& arguments) {
  ASSIGN_OR_RETURN(PackageBuilder * builder,
                   PackageBuilder::Of(thread, "locked"));
  std::string name;
  RETURN_IF_ERROR(arguments.Unpack("locked", {{"name", &name}}));
  LockView& lock = builder->lock();
  if (const dsl::Diagnostic* mistake = lock.WorkspaceMistake()) {
    return builder->FailWith(*mistake);
  }
  const DeclaredVersion* version = lock.OfWorkspace(name);
  if (version == nullptr) {
    const std::string nearest = lock.NearestOfWorkspace(name);
    return absl::InvalidArgumentError(absl::StrCat(
        "WORKSPACE.spec declares no version `", name, "`",
        nearest.empty() ? ""
                        : absl::StrCat("; did you mean `", nearest, "`?")));
  }
  return dsl::Value::Of(thread.heap().New<VersionValue>(
      version->request, builder->name().ToString(), lock));
}

}  // namespace graph
