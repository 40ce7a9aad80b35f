// SPDX-License-Identifier: Apache-2.0
#include "engine/load/package_builder.h"

#include <algorithm>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "engine/base/spelling.h"
#include "engine/load/place.h"
#include "engine/model/package.h"

namespace graph {

PackageBuilder::PackageBuilder(LoadedPackage& loaded, FileView& files,
                               LockView& lock,
                               std::vector<dsl::Diagnostic>& diagnostics)
    : loaded_(loaded),
      files_(files),
      lock_(lock),
      diagnostics_(diagnostics),
      labels_(loaded.package.name()) {}

absl::StatusOr<PackageBuilder*> PackageBuilder::Of(dsl::Thread& thread,
                                                   absl::string_view function) {
  auto* builder = thread.Get<PackageBuilder>();
  if (builder != nullptr) return builder;
  return absl::InvalidArgumentError(
      absl::StrCat(function, "() can be called only while a ", kBuildFileName,
                   " is loaded: from it, or from a macro that it calls"));
}

absl::Status PackageBuilder::FailWith(dsl::Diagnostic mistake) {
  failure_ = std::move(mistake);
  return absl::InvalidArgumentError(failure_->message);
}

absl::Status PackageBuilder::SetDefaults(const Visibility& visibility,
                                         bool testonly) {
  if (defaults_set_) {
    return absl::InvalidArgumentError("package() is called a second time");
  }
  if (!package().targets().empty()) {
    return absl::InvalidArgumentError(
        "package() must come before the first target");
  }
  defaults_set_ = true;
  default_visibility_ = &visibility;
  default_testonly_ = testonly;
  return absl::OkStatus();
}

absl::StatusOr<const Visibility*> PackageBuilder::ReadVisibility(
    const std::vector<std::string>& entries) {
  auto known = visibilities_.find(entries);
  if (known != visibilities_.end()) return known->second;
  ASSIGN_OR_RETURN(Visibility visibility, Visibility::Parse(entries, name()));
  const Visibility* kept = visibility.is_public()
                               ? &Visibility::Public()
                               : loaded_.package.Keep(std::move(visibility));
  visibilities_.emplace(entries, kept);
  return kept;
}

void PackageBuilder::FindCallers(dsl::Thread& thread, Target* target) {
  PackedVector<MacroFrame>& macros = target->details->macros;
  for (const dsl::ActiveFrame* frame = thread.innermost(); frame != nullptr;
       frame = frame->caller) {
    if (frame->code == nullptr || frame->at == nullptr) continue;
    if (frame->caller == nullptr) {
      target->location = LocationOf(*frame->at);
      break;
    }
    absl::string_view file = FileOf(*frame->at);
    std::shared_ptr<const std::string>& name = file_names_[file.data()];
    if (name == nullptr) name = std::make_shared<const std::string>(file);
    macros.push_back(
        {std::string(frame->function), name, LocationOf(*frame->at)});
  }
  std::reverse(macros.begin(), macros.end());
}

void PackageBuilder::Report(const Target& target, const Problem& problem) {
  diagnostics_.push_back(
      Explain(loaded_.source, target.location, target.macros(), problem));
}

void PackageBuilder::AddTarget(Target target, absl::string_view attribute) {
  const Target* first = package().Find(target.label.name());
  if (first == nullptr) {
    loaded_.package.Add(std::move(target));
    return;
  }
  Problem problem;
  problem.attribute = std::string(attribute);
  problem.literal = std::string(target.label.name());
  problem.message =
      absl::StrCat("`", target.label.text(), "` is declared twice");
  problem.notes.push_back(
      absl::StrCat("it is first declared, as a ", first->kind_text(), ", at ",
                   FormatPlace(loaded_.source->path(), first->location)));
  Report(target, problem);
}

absl::Status PackageBuilder::ExportFile(dsl::Thread& thread,
                                        absl::string_view file,
                                        const Visibility& visibility) {
  ASSIGN_OR_RETURN(Label label, labels_.Read(file));
  Target target;
  target.label = label;
  target.visibility = &visibility;
  target.details = std::make_unique<Target::Details>();
  target.details->kind = Target::Kind::kSourceFile;
  FindCallers(thread, &target);
  if (label.package_name() != name()) {
    Problem problem;
    problem.literal = std::string(file);
    problem.message = absl::StrCat("`", file, "` is a file of another package");
    Report(target, problem);
    return absl::OkStatus();
  }
  if (files_.Stat(name().repo, JoinPath(name().path, label.name())) !=
      EntryKind::kFile) {
    Problem problem = MissingTarget(label);
    problem.literal = std::string(file);
    problem.message =
        absl::StrCat("there is no file `", file, "` in ", name().ToString());
    Report(target, problem);
    return absl::OkStatus();
  }
  AddTarget(std::move(target), "");
  return absl::OkStatus();
}

Problem PackageBuilder::MissingTarget(const Label& label) const {
  Problem problem;
  problem.message = absl::StrCat("there is no target or file `", label.name(),
                                 "` in ", label.package_text());
  std::vector<absl::string_view> known;
  for (const Target& target : package().targets()) {
    known.push_back(target.label.name());
  }
  auto [folder, file] = SplitPath(label.name());
  std::vector<std::string> files;
  for (const SourceEntry& entry :
       files_.List(name().repo, JoinPath(name().path, folder)).entries()) {
    if (entry.kind == EntryKind::kFile) {
      files.push_back(JoinPath(folder, entry.name));
    }
  }
  known.insert(known.end(), files.begin(), files.end());
  absl::string_view nearest = NearestName(label.name(), known);
  if (!nearest.empty()) {
    problem.hint = absl::StrCat("did you mean `", nearest, "`?");
  }
  return problem;
}

void PackageBuilder::AddSourceFile(const Named& named) {
  const Label& label = named.label;
  const Target& user = package().targets()[named.user];
  std::string path = JoinPath(name().path, label.name());
  EntryKind kind = files_.Stat(name().repo, path);
  std::string deeper = DeeperPackage(name(), label.name(), files_);
  if (kind == EntryKind::kFile && deeper.empty()) {
    Target file;
    file.label = label;
    file.location = user.location;
    loaded_.package.Add(std::move(file));
    return;
  }
  Problem problem;
  if (!deeper.empty()) {
    problem.message =
        absl::StrCat("`", label.name(), "` belongs to another package, ",
                     PackageName{name().repo, deeper}.ToString());
    problem.hint =
        absl::StrCat("write `", PackageName{name().repo, deeper}.ToString(),
                     ":", path.substr(deeper.size() + 1), "`");
  } else if (kind == EntryKind::kDirectory) {
    problem.message =
        absl::StrCat("`", label.name(), "` is a folder, not a file");
    problem.hint = absl::StrCat("write glob([\"", label.name(), "/**\"])");
  } else {
    problem = MissingTarget(label);
  }
  problem.attribute = std::string(named.attribute);
  problem.literal = std::string(label.name());
  Report(user, problem);
}

std::vector<PackageBuilder::Named> PackageBuilder::FindUndeclared() const {
  const std::string here = name().ToString();
  std::vector<Named> found;
  for (size_t i = 0; i < package().targets().size(); ++i) {
    const Target& target = package().targets()[i];
    if (target.kind() != Target::Kind::kRule) continue;
    for (const Target::Setting& setting : target.settings()) {
      const AttributeSchema& schema =
          target.rule().attributes()[setting.attribute];
      if (IsOutput(schema.type)) continue;
      ForEachLabel(setting.value, [&](const Label& label) {
        if (label.package_text() != here) return;
        if (package().Find(label.name()) != nullptr) return;
        found.push_back({label, i, schema.name});
      });
    }
  }
  return found;
}

void PackageBuilder::Finish() {
  const std::vector<Named> undeclared = FindUndeclared();
  absl::flat_hash_set<Label> labels;
  for (const Named& named : undeclared) labels.insert(named.label);
  loaded_.package.Reserve(package().targets().size() + labels.size());
  for (const Named& named : undeclared) {
    if (package().Find(named.label.name()) == nullptr) AddSourceFile(named);
  }
}

std::string DeeperPackage(const PackageName& name, absl::string_view path,
                          FileView& files) {
  std::string deeper;
  for (size_t slash = path.find('/'); slash != absl::string_view::npos;
       slash = path.find('/', slash + 1)) {
    std::string folder = JoinPath(name.path, path.substr(0, slash));
    if (files.List(name.repo, folder).is_package()) deeper = folder;
  }
  return deeper;
}

}  // namespace graph
