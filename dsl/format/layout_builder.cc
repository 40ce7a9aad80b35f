// SPDX-License-Identifier: Apache-2.0

// The pieces of expressions.

#include "dsl/format/layout_builder.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace dsl {
namespace {

// A literal with the quotes that we prefer, if it means the same with them.
std::string Requoted(absl::string_view literal) {
  const size_t quote = literal.find_first_of("\"'");
  std::string out = absl::AsciiStrToLower(literal.substr(0, quote));
  absl::string_view rest = literal.substr(quote);
  const bool triple = absl::StartsWith(rest, "'''");
  const absl::string_view body = triple ? rest.substr(3, rest.size() - 6)
                                        : rest.substr(1, rest.size() - 2);
  if (rest[0] == '"' || absl::StrContains(body, '"') ||
      (!out.empty() && absl::StrContains(body, "\\'"))) {
    absl::StrAppend(&out, rest);
    return out;
  }
  absl::StrAppend(&out, triple ? "\"\"\"" : "\"");
  for (size_t i = 0; i < body.size(); ++i) {
    if (body[i] == '\\' && i + 1 < body.size()) {
      if (body[i + 1] != '\'') out += '\\';
      ++i;
    }
    out += body[i];
  }
  absl::StrAppend(&out, triple ? "\"\"\"" : "\"");
  return out;
}

// Operators of the same number stand in one chain.
int LevelOf(Operator op) {
  switch (op) {
    case Operator::kLogicalOr:
      return 0;
    case Operator::kLogicalAnd:
      return 1;
    case Operator::kOr:
      return 2;
    case Operator::kXor:
      return 3;
    case Operator::kAnd:
      return 4;
    case Operator::kShl:
    case Operator::kShr:
      return 5;
    case Operator::kAdd:
    case Operator::kSub:
      return 6;
    case Operator::kMul:
    case Operator::kDiv:
    case Operator::kFloorDiv:
    case Operator::kMod:
      return 7;
    default:
      return 8;
  }
}

bool IsBare(const TupleExpr& tuple) {
  return !tuple.elements.empty() &&
         tuple.extent.begin == tuple.elements[0]->extent.begin;
}

}  // namespace

Piece* LayoutBuilder::Flat(const Expr& expr) {
  std::string text;
  AppendFlat(*Build(expr), &text);
  return Owned(std::move(text));
}

std::vector<Item> LayoutBuilder::Items(std::span<const Extent> extents,
                                       uint32_t begin, uint32_t end,
                                       bool* spread) const {
  std::vector<Item> items(extents.size());
  *spread = false;
  uint32_t before = begin;
  for (size_t i = 0; i < extents.size(); ++i) {
    Item& item = items[i];
    const uint32_t next = i + 1 < extents.size() ? extents[i + 1].begin : end;
    item.begin = extents[i].begin;
    item.from = i == 0 ? margin_.LineEnd(begin, item.begin) : items[i - 1].to;
    item.to = margin_.LineEnd(extents[i].end, next);
    *spread |= margin_.AnyLineEnd(before, item.begin);
    before = extents[i].end;
    if (i > 0) {
      const size_t comment = margin_.CommentFrom(item.from);
      const uint32_t top =
          comment < margin_.comments()
              ? std::min(item.begin, margin_.comment(comment).extent.begin)
              : item.begin;
      item.blank = margin_.EmptyLinesAbove(top, 1) > 0;
    }
  }
  *spread |= margin_.AnyLineEnd(before, end);
  return items;
}

std::vector<Item> LayoutBuilder::ItemsOf(std::span<Expr* const> elements,
                                         uint32_t begin, uint32_t end,
                                         bool* spread) {
  std::vector<Extent> extents;
  for (const Expr* element : elements) extents.push_back(element->extent);
  std::vector<Item> items = Items(extents, begin, end, spread);
  for (size_t i = 0; i < items.size(); ++i) {
    items[i].piece = Build(*elements[i]);
  }
  return items;
}

bool LayoutBuilder::CommaAtEnd(uint32_t begin, uint32_t end) const {
  return absl::StrContains(margin_.text().substr(begin, end - begin), ',');
}

Sorts LayoutBuilder::Directed(Sorts sorts, uint32_t begin, uint32_t end) const {
  if (!margin_.AnyComment(begin, end)) return sorts;
  if (margin_.Says("do not sort", begin, end)) return Sorts::kNever;
  return margin_.Says("keep sorted", begin, end) ? Sorts::kAlways : sorts;
}

Piece* LayoutBuilder::Value(const Expr& expr, Sorts sorts) {
  deep_ = expr.depth >= File::kMaxDepth;
  const Expr* inner = &expr;
  while (inner->kind == ExprKind::kParen) {
    const Expr* const next = As<ParenExpr>(*inner).inner;
    if (margin_.AnyComment(inner->extent.begin, next->extent.begin) ||
        margin_.AnyComment(next->extent.end, inner->extent.end)) {
      break;
    }
    inner = next;
  }
  return Build(*inner, sorts);
}

Piece* LayoutBuilder::Literal(const Expr& expr) {
  const absl::string_view text = file_.source()->Text(expr.extent);
  if (expr.kind != ExprKind::kString && expr.kind != ExprKind::kFString) {
    return Text(text);
  }
  return text[0] == '"' ? Text(text) : Owned(Requoted(text));
}

Piece* LayoutBuilder::List(const ListExpr& list, Sorts sorts) {
  const Extent inner = {list.extent.begin + 1, list.extent.end - 1};
  bool spread = false;
  std::vector<Item> items =
      ItemsOf(list.elements, inner.begin, inner.end, &spread);
  spread |=
      !items.empty() && CommaAtEnd(list.elements.back()->extent.end, inner.end);
  const bool strings = std::all_of(
      list.elements.begin(), list.elements.end(),
      [](const Expr* element) { return element->kind == ExprKind::kString; });
  bool sorted = false;
  if (strings && list.elements.size() > 1 &&
      MaySort(Directed(sorts, inner.begin, inner.end), list)) {
    for (size_t i = 0; i < items.size(); ++i) {
      items[i].key = As<StringExpr>(*list.elements[i]).value;
    }
    sorted = SortItems(margin_, LabelBefore, &items);
  }
  Piece* const piece =
      Bracket("[", "]", Separator::kComma, inner, std::move(items), spread);
  piece->ends_with_data = piece->ends_with_bracket;
  piece->sorted = sorted;
  return piece;
}

Piece* LayoutBuilder::Tuple(const TupleExpr& tuple) {
  const bool bare = IsBare(tuple);
  const uint32_t edge = bare ? 0 : 1;
  const Extent inner = {tuple.extent.begin + edge, tuple.extent.end - edge};
  bool spread = false;
  std::vector<Item> items =
      ItemsOf(tuple.elements, inner.begin, inner.end, &spread);
  const bool single = items.size() == 1;
  if (bare) {
    spread = false;
  } else if (items.size() > 1) {
    spread |= CommaAtEnd(tuple.elements.back()->extent.end, inner.end);
  }
  Piece* const piece =
      Bracket("(", ")", single ? Separator::kCommaAlways : Separator::kComma,
              inner, std::move(items), spread);
  piece->optional = bare;
  if (bare) {
    piece->width -= 2;
    piece->ends_with_bracket = piece->ends_with_data = false;
  }
  return piece;
}

Piece* LayoutBuilder::Dict(const DictExpr& dict, Sorts sorts) {
  const Extent inner = {dict.extent.begin + 1, dict.extent.end - 1};
  std::vector<Extent> extents;
  for (const DictEntry& entry : dict.entries) {
    extents.push_back({entry.key->extent.begin, entry.value->extent.end});
  }
  bool spread = false;
  std::vector<Item> items = Items(extents, inner.begin, inner.end, &spread);
  for (size_t i = 0; i < items.size(); ++i) {
    const DictEntry& entry = dict.entries[i];
    const Sorts directed =
        Directed(sorts, items[i].from, entry.value->extent.begin);
    items[i].piece =
        Seq({Build(*entry.key), Text(": "), Build(*entry.value, directed)});
  }
  spread |= !items.empty() && CommaAtEnd(extents.back().end, inner.end);
  Piece* const piece =
      Bracket("{", "}", Separator::kComma, inner, std::move(items), spread);
  piece->ends_with_data = piece->ends_with_bracket;
  return piece;
}

Piece* LayoutBuilder::Comprehension(const ComprehensionExpr& comprehension) {
  const Extent inner = {comprehension.extent.begin + 1,
                        comprehension.extent.end - 1};
  const bool dict = comprehension.value != nullptr;
  std::vector<Extent> extents = {
      {comprehension.element->extent.begin,
       (dict ? comprehension.value : comprehension.element)->extent.end}};
  std::vector<Piece*> pieces = {Build(*comprehension.element)};
  if (dict) {
    pieces[0] = Seq({pieces[0], Text(": "), Build(*comprehension.value)});
  }
  for (const Clause& clause : comprehension.clauses) {
    const Expr& tail =
        clause.iterable != nullptr ? *clause.iterable : *clause.condition;
    extents.push_back({clause.keyword.begin, tail.extent.end});
    pieces.push_back(clause.iterable == nullptr
                         ? Seq({Text("if "), Build(tail)})
                         : Seq({Text("for "), Flat(*clause.targets),
                                Text(" in "), Build(tail)}));
  }
  bool spread = false;
  std::vector<Item> items = Items(extents, inner.begin, inner.end, &spread);
  for (size_t i = 0; i < items.size(); ++i) items[i].piece = pieces[i];
  Piece* const piece =
      Bracket(dict ? "{" : "[", dict ? "}" : "]", Separator::kNone, inner,
              std::move(items), spread);
  piece->ends_with_data = piece->ends_with_bracket;
  return piece;
}

Piece* LayoutBuilder::ArgumentOf(const CallExpr& call, const Argument& argument,
                                 const Item& item, Sorts sorts) {
  switch (argument.kind) {
    case ArgumentKind::kPositional:
      return Build(*argument.value, sorts);
    case ArgumentKind::kNamed:
      return Seq({Text(file_.name(argument.name.name)), Text(" = "),
                  Build(*argument.value,
                        Directed(SortsOf(file_, call, argument), item.from,
                                 argument.value->extent.begin))});
    case ArgumentKind::kStar:
      return Seq({Text("*"), Build(*argument.value)});
    case ArgumentKind::kStarStar:
      break;
  }
  return Seq({Text("**"), Build(*argument.value)});
}

Piece* LayoutBuilder::Call(const CallExpr& call, Sorts sorts) {
  const Extent inner = {call.open.end, call.extent.end - 1};
  std::vector<Extent> extents;
  for (const Argument& argument : call.arguments) {
    extents.push_back(argument.extent);
  }
  const bool select = call.callee->kind == ExprKind::kName &&
                      file_.name(As<NameExpr>(*call.callee).name) == "select";
  bool spread = false;
  std::vector<Item> items = Items(extents, inner.begin, inner.end, &spread);
  for (size_t i = 0; i < items.size(); ++i) {
    items[i].piece = ArgumentOf(call, call.arguments[i], items[i],
                                select && i == 0 ? sorts : Sorts::kNever);
  }
  spread |= !items.empty() && CommaAtEnd(extents.back().end, inner.end);
  return Seq({Build(*call.callee), Bracket("(", ")", Separator::kComma, inner,
                                           std::move(items), spread)});
}

Piece* LayoutBuilder::Index(const IndexExpr& index) {
  const Extent inner = {index.open.end, index.extent.end - 1};
  const bool bare = index.index->kind == ExprKind::kTuple &&
                    IsBare(As<TupleExpr>(*index.index));
  bool spread = false;
  const std::span<Expr* const> elements =
      bare ? As<TupleExpr>(*index.index).elements
           : std::span<Expr* const>(&index.index, 1);
  std::vector<Item> items = ItemsOf(elements, inner.begin, inner.end, &spread);
  return Seq({Build(*index.object), Bracket("[", "]", Separator::kCommaBetween,
                                            inner, std::move(items), spread)});
}

Piece* LayoutBuilder::Slice(const SliceExpr& slice) {
  const Extent inner = {slice.open.end, slice.extent.end - 1};
  std::vector<Piece*> parts;
  if (slice.start != nullptr) parts.push_back(Build(*slice.start));
  parts.push_back(Text(":"));
  if (slice.stop != nullptr) parts.push_back(Build(*slice.stop));
  if (slice.step != nullptr) {
    parts.push_back(Text(":"));
    parts.push_back(Build(*slice.step));
  }
  bool spread = false;
  std::vector<Item> items =
      Items(std::vector<Extent>{inner}, inner.begin, inner.end, &spread);
  items[0].piece = Seq(parts);
  return Seq({Build(*slice.object), Bracket("[", "]", Separator::kNone, inner,
                                            std::move(items), spread)});
}

Piece* LayoutBuilder::Binary(const BinaryExpr& binary, Sorts sorts) {
  std::vector<const BinaryExpr*> spine = {&binary};
  const int level = LevelOf(binary.op);
  for (const Expr* left = binary.left;
       left->kind == ExprKind::kBinary &&
       LevelOf(As<BinaryExpr>(*left).op) == level;
       left = As<BinaryExpr>(*left).left) {
    spine.push_back(&As<BinaryExpr>(*left));
  }
  std::reverse(spine.begin(), spine.end());
  std::vector<Extent> extents = {spine[0]->left->extent};
  for (const BinaryExpr* each : spine) extents.push_back(each->right->extent);
  bool spread = false;
  std::vector<Item> items =
      Items(extents, binary.extent.begin, binary.extent.end, &spread);
  for (size_t i = 0; i < items.size(); ++i) {
    Piece* const operand =
        Build(i == 0 ? *spine[0]->left : *spine[i - 1]->right, sorts);
    items[i].piece =
        i == spine.size()
            ? operand
            : Seq({operand, Owned(absl::StrCat(" ", ToString(spine[i]->op)))});
  }
  return Chain(std::move(items), spread);
}

Piece* LayoutBuilder::Conditional(const ConditionalExpr& conditional,
                                  Sorts sorts) {
  bool spread = false;
  std::vector<Item> items =
      Items(std::vector<Extent>{conditional.if_true->extent,
                                conditional.condition->extent,
                                conditional.if_false->extent},
            conditional.extent.begin, conditional.extent.end, &spread);
  items[0].piece = Build(*conditional.if_true, sorts);
  items[1].piece = Seq({Text("if "), Build(*conditional.condition)});
  items[2].piece = Seq({Text("else "), Build(*conditional.if_false, sorts)});
  return Chain(std::move(items), spread);
}

Piece* LayoutBuilder::Unary(const UnaryExpr& unary) {
  return Seq({Text(unary.op == Operator::kNot ? "not " : ToString(unary.op)),
              Build(*unary.operand)});
}

Piece* LayoutBuilder::Build(const Expr& expr, Sorts sorts) {
  switch (expr.kind) {
    case ExprKind::kList:
      return List(As<ListExpr>(expr), sorts);
    case ExprKind::kTuple:
      return Tuple(As<TupleExpr>(expr));
    case ExprKind::kDict:
      return Dict(As<DictExpr>(expr), sorts);
    case ExprKind::kComprehension:
      return Comprehension(As<ComprehensionExpr>(expr));
    case ExprKind::kParen:
      return Paren(As<ParenExpr>(expr), sorts);
    case ExprKind::kDot:
      return Seq({Build(*As<DotExpr>(expr).object), Text("."),
                  Text(file_.name(As<DotExpr>(expr).name.name))});
    case ExprKind::kCall:
      return Call(As<CallExpr>(expr), sorts);
    case ExprKind::kIndex:
      return Index(As<IndexExpr>(expr));
    case ExprKind::kSlice:
      return Slice(As<SliceExpr>(expr));
    case ExprKind::kUnary:
      return Unary(As<UnaryExpr>(expr));
    case ExprKind::kBinary:
      return Binary(As<BinaryExpr>(expr), sorts);
    case ExprKind::kConditional:
      return Conditional(As<ConditionalExpr>(expr), sorts);
    case ExprKind::kLambda:
      return Lambda(As<LambdaExpr>(expr));
    default:
      return Literal(expr);
  }
}

Piece* LayoutBuilder::Paren(const ParenExpr& paren, Sorts sorts) {
  const Extent inner = {paren.extent.begin + 1, paren.extent.end - 1};
  bool spread = false;
  std::vector<Item> items = Items(std::vector<Extent>{paren.inner->extent},
                                  inner.begin, inner.end, &spread);
  items[0].piece = Build(*paren.inner, sorts);
  Piece* const piece =
      Bracket("(", ")", Separator::kNone, inner, std::move(items), spread);
  piece->paren = true;
  return piece;
}

}  // namespace dsl
