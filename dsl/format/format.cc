// SPDX-License-Identifier: Apache-2.0

// Statements and the empty lines between them. What stands within a statement
// is laid out by layout_builder.h and layout_printer.h.

#include "dsl/format/format.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "dsl/format/layout_builder.h"
#include "dsl/format/layout_printer.h"
#include "dsl/format/margin.h"
#include "dsl/format/sorting.h"
#include "dsl/syntax/lexer.h"
#include "dsl/syntax/parser.h"

namespace dsl {
namespace {

bool IsPlain(const Stmt& statement) {
  return statement.kind == StmtKind::kAssign ||
         statement.kind == StmtKind::kAugAssign ||
         statement.kind == StmtKind::kTypeAlias;
}

class Formatter {
 public:
  Formatter(const File& file, std::vector<Token> tokens)
      : file_(file),
        tokens_(std::move(tokens)),
        margin_(*file.source(), tokens_),
        builder_(file, margin_, arena_),
        printer_(margin_) {}

  std::string Run();

 private:
  // A block, or the file. What follows it in the text starts at `limit`.
  struct Frame {
    int level;
    uint32_t limit;
  };

  void PrintStatements(std::span<Stmt* const> statements, Frame frame);
  // From the statement at `first` on as many as are loads; returns how many.
  size_t PrintLoads(std::span<Stmt* const> statements, size_t first,
                    Frame frame);
  void PrintStatement(const Stmt& statement, uint32_t above, Frame frame);
  void PrintIf(const IfStmt& statement, Frame frame);
  void PrintDef(const DefStmt& statement, Frame frame);
  void PrintFor(const ForStmt& statement, Frame frame);
  // The colon behind a header, what is behind it, and the block. `owner` is
  // where the statement starts.
  void PrintSuite(const Block& block, uint32_t owner, Frame frame);
  void PrintInLine(const Block& block, Frame frame);

  // Empty lines that must be between two statements.
  int LinesBetween(const Stmt* before, const Stmt& after, int level) const;
  int MostLines(int level) const {
    return level == 0 && file_.kind() == FileKind::kModule ? 2 : 1;
  }
  // Comments above a statement, and the line on which it starts.
  void StartStatement(const Stmt* before, const Stmt& statement, int level);
  // The token `else` or `elif` before the first statement of a block.
  uint32_t ElseOf(const Block& otherwise) const;

  const File& file_;
  const std::vector<Token> tokens_;
  const Margin margin_;
  Arena arena_;
  LayoutBuilder builder_;
  LayoutPrinter printer_;
};

int Formatter::LinesBetween(const Stmt* before, const Stmt& after,
                            int level) const {
  if (before == nullptr) return 0;
  const bool def =
      before->kind == StmtKind::kDef || after.kind == StmtKind::kDef;
  if (level > 0) return def ? 1 : 0;
  if (file_.kind() == FileKind::kModule) {
    if (def) return 2;
    const bool doc =
        before == file_.body().statements[0] && file_.doc() != nullptr;
    return doc ||
           (before->kind == StmtKind::kLoad) != (after.kind == StmtKind::kLoad);
  }
  if (before->kind == StmtKind::kLoad && after.kind == StmtKind::kLoad) {
    return 0;
  }
  return IsPlain(*before) && IsPlain(after) ? 0 : 1;
}

void Formatter::StartStatement(const Stmt* before, const Stmt& statement,
                               int level) {
  const uint32_t begin = statement.extent.begin;
  const int indent = level * kIndent;
  const int most = MostLines(level);
  const int least = LinesBetween(before, statement, level);
  const Comment* const comment = printer_.Next();
  const uint32_t top =
      comment == nullptr ? begin : std::min(begin, comment->extent.begin);
  const bool start = before == nullptr && level > 0;
  const int first = start || printer_.text().empty()
                        ? 0
                        : std::max(least, margin_.EmptyLinesAbove(top, most));
  const bool comments = printer_.OwnLines(begin, indent, first, most);
  printer_.NewLine(
      indent,
      comments ? std::min(most, margin_.EmptyLinesAbove(begin, most)) : first);
}

void Formatter::PrintStatements(std::span<Stmt* const> statements,
                                Frame frame) {
  const Stmt* before = nullptr;
  for (size_t i = 0; i < statements.size(); ++i) {
    if (statements[i]->kind == StmtKind::kLoad) {
      const size_t loads = PrintLoads(statements, i, frame);
      i += loads - 1;
      before = statements[i];
      continue;
    }
    const Comment* const comment = printer_.Next();
    const uint32_t begin = statements[i]->extent.begin;
    const uint32_t above =
        comment == nullptr ? begin : std::min(begin, comment->extent.begin);
    StartStatement(before, *statements[i], frame.level);
    const uint32_t next = i + 1 < statements.size()
                              ? statements[i + 1]->extent.begin
                              : frame.limit;
    PrintStatement(*statements[i], above, {frame.level, next});
    before = statements[i];
  }
}

size_t Formatter::PrintLoads(std::span<Stmt* const> statements, size_t first,
                             Frame frame) {
  std::vector<Extent> extents;
  for (size_t i = first;
       i < statements.size() && statements[i]->kind == StmtKind::kLoad; ++i) {
    extents.push_back(statements[i]->extent);
  }
  const size_t count = extents.size();
  const Stmt* const before = first == 0 ? nullptr : statements[first - 1];
  // What stands above the first is about the file or about all of them.
  StartStatement(before, *statements[first], frame.level);
  const uint32_t end = first + count < statements.size()
                           ? statements[first + count]->extent.begin
                           : frame.limit;
  bool spread = false;
  std::vector<Item> items =
      builder_.Items(extents, extents[0].begin, end, &spread);
  for (size_t i = 0; i < count; ++i) {
    items[i].statement = statements[first + i];
    items[i].key = As<LoadStmt>(*statements[first + i]).path->value;
  }
  SortItems(margin_, LoadBefore, &items);
  uint32_t last = 0;
  for (const Item& item : items) {
    printer_.Seek(item.from);
    if (&item != &items.front()) {
      const bool comments = printer_.OwnLines(item.begin, 0, item.blank, 1);
      if (item.statement == nullptr) continue;
      printer_.NewLine(0, comments ? margin_.EmptyLinesAbove(item.begin, 1)
                                   : static_cast<int>(item.blank));
    }
    printer_.Print(*builder_.Simple(*item.statement, item.from), 0, 0);
    printer_.Trailing(item.to, 0);
    last = std::max(last, item.to);
  }
  printer_.Seek(last);
  return count;
}

void Formatter::PrintStatement(const Stmt& statement, uint32_t above,
                               Frame frame) {
  switch (statement.kind) {
    case StmtKind::kIf:
      return PrintIf(As<IfStmt>(statement), frame);
    case StmtKind::kDef:
      return PrintDef(As<DefStmt>(statement), frame);
    case StmtKind::kFor:
      return PrintFor(As<ForStmt>(statement), frame);
    default:
      break;
  }
  const int indent = frame.level * kIndent;
  printer_.Print(*builder_.Simple(statement, above), indent, 0);
  printer_.Trailing(margin_.LineEnd(statement.extent.end, frame.limit), indent);
}

void Formatter::PrintDef(const DefStmt& statement, Frame frame) {
  printer_.Print(*builder_.DefHeader(statement), frame.level * kIndent, 1);
  PrintSuite(*statement.function.body, statement.extent.begin, frame);
}

void Formatter::PrintFor(const ForStmt& statement, Frame frame) {
  printer_.Print(*builder_.ForHeader(statement), frame.level * kIndent, 1);
  PrintSuite(statement.body, statement.extent.begin, frame);
}

// An elif is an if alone in an else, where the text says `elif`.
void Formatter::PrintIf(const IfStmt& statement, Frame frame) {
  const int indent = frame.level * kIndent;
  const uint32_t owner = statement.extent.begin;
  absl::string_view keyword = "if";
  for (const IfStmt* branch = &statement; branch != nullptr;) {
    printer_.Print(*builder_.IfHeader(*branch, keyword), indent, 1);
    const auto rest = branch->otherwise.statements;
    const uint32_t limit =
        rest.empty() ? frame.limit : ElseOf(branch->otherwise);
    PrintSuite(branch->then, owner, {frame.level, limit});
    if (rest.empty()) return;
    const Comment* const comment = printer_.Next();
    printer_.OwnLines(limit, indent,
                      comment == nullptr
                          ? 0
                          : margin_.EmptyLinesAbove(comment->extent.begin, 1),
                      1);
    printer_.NewLine(indent);
    keyword = "elif";
    branch = limit == rest[0]->extent.begin ? &As<IfStmt>(*rest[0]) : nullptr;
    if (branch == nullptr) {
      printer_.Put("else");
      PrintSuite(Block{rest}, owner, frame);
    }
  }
}

uint32_t Formatter::ElseOf(const Block& otherwise) const {
  const uint32_t begin = otherwise.statements[0]->extent.begin;
  auto at = std::lower_bound(
      tokens_.begin(), tokens_.end(), begin,
      [](const Token& t, uint32_t offset) { return t.extent.begin < offset; });
  while (at->extent.begin == at->extent.end) ++at;
  if (at->type == TokenType::ELIF) return begin;
  while (at->type != TokenType::ELSE) --at;
  return at->extent.begin;
}

void Formatter::PrintSuite(const Block& block, uint32_t owner, Frame frame) {
  const uint32_t begin = block.statements[0]->extent.begin;
  const int indent = (frame.level + 1) * kIndent;
  printer_.Put(":");
  const Comment* const comment = printer_.Next();
  if (comment != nullptr && comment->extent.begin < begin &&
      !comment->own_line) {
    printer_.Trailing(comment->extent.end, indent);
  }
  if (frame.level >= File::kMaxBlocks) return PrintInLine(block, frame);
  PrintStatements(block.statements, {frame.level + 1, frame.limit});
  // Comments below belong to the block if they are indented more than what it
  // belongs to.
  const uint32_t column = margin_.ColumnOf(owner);
  for (const Comment* next = printer_.Next();
       next != nullptr && next->extent.begin < frame.limit &&
       margin_.ColumnOf(next->extent.begin) > column;
       next = printer_.Next()) {
    printer_.OwnLines(next->extent.end, indent,
                      margin_.EmptyLinesAbove(next->extent.begin, 1), 1);
  }
}

// Where no block may be any more, statements stand behind the colon.
void Formatter::PrintInLine(const Block& block, Frame frame) {
  const int indent = frame.level * kIndent;
  absl::string_view between = " ";
  for (const Stmt* statement : block.statements) {
    printer_.Put(between);
    printer_.Print(*builder_.Simple(*statement, statement->extent.begin),
                   indent, 0);
    between = "; ";
  }
  printer_.Trailing(
      margin_.LineEnd(block.statements.back()->extent.end, frame.limit),
      indent);
}

std::string Formatter::Run() {
  const auto end = static_cast<uint32_t>(margin_.text().size());
  PrintStatements(file_.body().statements, {0, end});
  if (printer_.Next() != nullptr) {
    const int most = MostLines(0);
    const int first =
        printer_.text().empty()
            ? 0
            : margin_.EmptyLinesAbove(printer_.Next()->extent.begin, most);
    printer_.OwnLines(end, 0, first, most);
  }
  std::string text = printer_.Take();
  if (!text.empty()) text += '\n';
  return text;
}

// Without what marks a text as UTF-8 and with \n at the ends of lines.
std::string Plain(absl::string_view text) {
  absl::ConsumePrefix(&text, "\xef\xbb\xbf");
  return absl::StrReplaceAll(text, {{"\r\n", "\n"}});
}

// REQUIRES: the file holds no \r\n.
std::string FormOf(const File& file) {
  Diagnostics none;  // It was lexed before.
  return Formatter(file, Lex(*file.source(), none)).Run();
}

// How often a form may have another form. A break in the text is a wish to keep
// it, so that where a wish meets a narrow place, or a comment moves to the end
// of its line, the form can ask for one break more. The tests find no text that
// wants all the rounds.
constexpr int kMostRounds = 8;

}  // namespace

std::optional<std::string> Format(const std::shared_ptr<const Source>& source,
                                  FileKind kind, Diagnostics& diagnostics) {
  std::unique_ptr<File> file = Parse(source, kind, diagnostics);
  if (file == nullptr) return std::nullopt;
  std::string text = Plain(source->text());
  for (int round = 0; round < kMostRounds; ++round) {
    if (round > 0 || text != source->text()) {
      file = Parse(Source::Make(source->path(), text), kind, diagnostics);
      if (file == nullptr) return std::nullopt;
    }
    std::string form = FormOf(*file);
    if (form == text) break;
    text = std::move(form);
  }
  return text;
}

}  // namespace dsl
