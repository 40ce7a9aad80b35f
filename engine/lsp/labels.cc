// SPDX-License-Identifier: Apache-2.0
#include "engine/lsp/labels.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "engine/load/file_view.h"
#include "engine/lsp/cursor.h"
#include "engine/lsp/meaning.h"
#include "engine/lsp/names_used.h"
#include "engine/lsp/walk.h"
#include "engine/model/package.h"

namespace graph {
namespace {

using dsl::As;
using dsl::Expr;
using dsl::ExprKind;

// Finds the strings that name targets by where they stand.
class LabelMarker {
 public:
  LabelMarker(Workspace& workspace, const ParsedFile& file)
      : workspace_(workspace), file_(file) {}

  absl::flat_hash_set<const Expr*> Mark() {
    TreeVisitor visitor;
    visitor.expression = [this](const Expr& expr) {
      if (expr.kind == ExprKind::kCall) VisitCall(As<dsl::CallExpr>(expr));
    };
    Walk(*file_.file, visitor);
    return std::move(marked_);
  }

 private:
  void VisitCall(const dsl::CallExpr& call) {
    const std::string callee = DottedName(*file_.file, *call.callee);
    if (callee == "select" && !call.arguments.empty()) {
      MarkKeys(*call.arguments[0].value);
    } else if (callee == "exports_files" && !call.arguments.empty()) {
      MarkAll(*call.arguments[0].value);
    }
    const RuleClass* rule = RuleOf(callee);
    if (rule == nullptr) return;
    for (const dsl::Argument& argument : call.arguments) {
      if (argument.kind != dsl::ArgumentKind::kNamed) continue;
      const auto index = rule->Find(file_.file->name(argument.name.name));
      if (!index.has_value()) continue;
      const AttributeType type = rule->attributes()[*index].type;
      if (type == AttributeType::kLabel || type == AttributeType::kLabelList) {
        MarkAll(*argument.value);
      } else if (type == AttributeType::kLabelKeyedStringDict) {
        MarkKeys(*argument.value);
      }
    }
  }

  const RuleClass* RuleOf(const std::string& callee) {
    const auto [known, added] = rules_.try_emplace(callee, nullptr);
    if (added) known->second = RuleNamed(workspace_, file_.id, callee);
    return known->second;
  }

  void MarkKeys(const Expr& expr) {
    if (expr.kind != ExprKind::kDict) return;
    for (const dsl::DictEntry& entry : As<dsl::DictExpr>(expr).entries) {
      if (entry.key->kind == ExprKind::kString) marked_.insert(entry.key);
    }
  }

  void MarkAll(const Expr& expr) {
    switch (expr.kind) {
      case ExprKind::kString:
        marked_.insert(&expr);
        return;
      case ExprKind::kList:
        for (const Expr* each : As<dsl::ListExpr>(expr).elements) {
          MarkAll(*each);
        }
        return;
      case ExprKind::kParen:
        return MarkAll(*As<dsl::ParenExpr>(expr).inner);
      case ExprKind::kBinary:
        MarkAll(*As<dsl::BinaryExpr>(expr).left);
        return MarkAll(*As<dsl::BinaryExpr>(expr).right);
      case ExprKind::kConditional:
        MarkAll(*As<dsl::ConditionalExpr>(expr).if_true);
        return MarkAll(*As<dsl::ConditionalExpr>(expr).if_false);
      case ExprKind::kCall:
        return MarkBranches(As<dsl::CallExpr>(expr));
      default:
        return;
    }
  }

  void MarkBranches(const dsl::CallExpr& call) {
    if (DottedName(*file_.file, *call.callee) != "select" ||
        call.arguments.empty() ||
        call.arguments[0].value->kind != ExprKind::kDict) {
      return;
    }
    for (const dsl::DictEntry& entry :
         As<dsl::DictExpr>(*call.arguments[0].value).entries) {
      MarkAll(*entry.value);
    }
  }

  Workspace& workspace_;
  const ParsedFile& file_;
  absl::flat_hash_map<std::string, const RuleClass*> rules_;
  absl::flat_hash_set<const Expr*> marked_;
};

// All strings of a file that could be labels.
class LabelCollector {
 public:
  LabelCollector(Workspace& workspace, const ParsedFile& file)
      : file_(file), marked_(LabelMarker(workspace, file).Mark()) {}

  std::vector<LabelText> Collect() {
    for (const dsl::LoadStmt* load : file_.file->loads()) {
      skipped_.insert(load->path);
      for (const dsl::LoadName& each : load->names) {
        skipped_.insert(each.original);
      }
    }
    for (const TargetCall& call : TargetCalls(file_))
      skipped_.insert(call.name);
    TreeVisitor visitor;
    visitor.expression = [this](const Expr& expr) {
      if (expr.kind == ExprKind::kString && !skipped_.contains(&expr)) {
        AddString(As<dsl::StringExpr>(expr));
      }
    };
    Walk(*file_.file, visitor);
    return std::move(labels_);
  }

 private:
  void AddString(const dsl::StringExpr& string) {
    const dsl::Extent body = BodyOf(*file_.source, string.extent);
    const absl::string_view text = file_.source->Text(body);
    if (text == string.value) Add(body, marked_.contains(&string));
    // $(location label)
    for (size_t at = text.find("$("); at != absl::string_view::npos;
         at = text.find("$(", at + 2)) {
      const size_t close = text.find(')', at);
      const size_t space = text.find(' ', at);
      if (close == absl::string_view::npos || space >= close) continue;
      dsl::Extent inner{body.begin + static_cast<uint32_t>(space) + 1,
                        body.begin + static_cast<uint32_t>(close)};
      while (inner.begin < inner.end &&
             file_.source->text()[inner.begin] == ' ') {
        ++inner.begin;
      }
      Add(inner, IsLocation(text.substr(at + 2, space - at - 2)));
    }
  }

  static bool IsLocation(absl::string_view function) {
    absl::ConsumeSuffix(&function, "s");
    return function == "location" || function == "execpath" ||
           function == "rootpath";
  }

  void Add(dsl::Extent extent, bool certain) {
    LabelText label;
    label.extent = extent;
    label.text = std::string(file_.source->Text(extent));
    label.certain = certain;
    const bool whole =
        absl::StartsWith(label.text, "//") || absl::StartsWith(label.text, "@");
    // What is relative in a module depends on who calls it.
    if (!whole && Workspace::KindOf(file_.id) == dsl::FileKind::kModule) return;
    absl::StatusOr<Label> parsed = Label::Parse(label.text, file_.id.package());
    if (!parsed.ok()) return;
    label.label = *std::move(parsed);
    labels_.push_back(std::move(label));
  }

  const ParsedFile& file_;
  const absl::flat_hash_set<const Expr*> marked_;
  absl::flat_hash_set<const Expr*> skipped_;
  std::vector<LabelText> labels_;
};

std::optional<Place> PlaceOf(Workspace& workspace, const FileId& file,
                             Location location) {
  const std::shared_ptr<const dsl::Source> source = workspace.Text(file);
  if (source == nullptr || location.line == 0) return std::nullopt;
  const absl::string_view line = source->Line(static_cast<int>(location.line));
  if (line.data() == nullptr) return std::nullopt;
  const auto begin = static_cast<uint32_t>(line.data() - source->text().data() +
                                           location.column - 1);
  return Place{file, source, {begin, begin}};
}

}  // namespace

std::string DottedName(const dsl::File& file, const Expr& expr) {
  if (expr.kind == ExprKind::kName) {
    return std::string(file.name(As<dsl::NameExpr>(expr).name));
  }
  if (expr.kind != ExprKind::kDot) return "";
  const auto& dot = As<dsl::DotExpr>(expr);
  const std::string object = DottedName(file, *dot.object);
  if (object.empty()) return "";
  return absl::StrCat(object, ".", file.name(dot.name.name));
}

std::vector<TargetCall> TargetCalls(const ParsedFile& parsed) {
  std::vector<TargetCall> calls;
  if (Workspace::KindOf(parsed.id) != dsl::FileKind::kBuildFile) return calls;
  const dsl::File& file = *parsed.file;
  TreeVisitor visitor;
  visitor.expression = [&](const Expr& expr) {
    if (expr.kind != ExprKind::kCall) return;
    const auto& call = As<dsl::CallExpr>(expr);
    for (const dsl::Argument& argument : call.arguments) {
      if (argument.kind != dsl::ArgumentKind::kNamed ||
          file.name(argument.name.name) != "name" ||
          argument.value->kind != ExprKind::kString) {
        continue;
      }
      calls.push_back({DottedName(file, *call.callee), &call,
                       &As<dsl::StringExpr>(*argument.value)});
    }
  };
  Walk(file, visitor);
  return calls;
}

std::vector<LabelText> LabelsIn(Workspace& workspace, const ParsedFile& file) {
  std::vector<LabelText> labels = LabelCollector(workspace, file).Collect();
  std::erase_if(labels, [](const LabelText& label) {
    return !label.certain && !absl::StartsWith(label.text, ":") &&
           !absl::StartsWith(label.text, "//") &&
           !absl::StartsWith(label.text, "@");
  });
  return labels;
}

std::optional<LabelText> LabelAt(Workspace& workspace, const ParsedFile& file,
                                 uint32_t offset) {
  std::optional<LabelText> found;
  for (LabelText& label : LabelCollector(workspace, file).Collect()) {
    if (Touches(label.extent, offset)) found = std::move(label);
  }
  return found;
}

FileId BuildFileOf(const PackageName& package) {
  return {package.repo, JoinPath(package.path, kBuildFileName)};
}

FileId BuildFileOf(const Label& label) {
  return BuildFileOf(label.package_name());
}

const Target* FindTarget(Workspace& workspace, const Label& label) {
  const absl::StatusOr<const Target*> target =
      workspace.loader().FindTarget(label);
  return target.ok() ? *target : nullptr;
}

std::optional<Place> FindTargetPlace(Workspace& workspace, const Label& label) {
  const FileId build_file = BuildFileOf(label);
  if (const auto parsed = workspace.Parsed(build_file)) {
    for (const TargetCall& call : TargetCalls(*parsed)) {
      if (call.name->value == label.name()) {
        return parsed->At(call.call->callee->extent);
      }
    }
  }
  const Target* target = FindTarget(workspace, label);
  if (target != nullptr && target->kind() != Target::Kind::kSourceFile) {
    return PlaceOf(workspace, build_file, target->location);
  }
  const FileId file{std::string(label.repo()),
                    JoinPath(label.package(), label.name())};
  const SourceTree* tree = workspace.Tree(file.repo);
  if (tree != nullptr && tree->Stat(file.path) == EntryKind::kFile) {
    return Place{file, nullptr, {}};
  }
  return std::nullopt;
}

}  // namespace graph
