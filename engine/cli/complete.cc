// SPDX-License-Identifier: Apache-2.0

#include "engine/cli/complete.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "engine/cli/command_line.h"
#include "engine/os/filesystem.h"
#include "engine/session/label_completion.h"

namespace graph {
namespace {

class Completer {
 public:
  explicit Completer(std::span<const std::string> words)
      : before_(words.first(words.size() - 1)), word_(words.back()) {}

  Completion Run() {
    for (const std::string& word : before_) Pass(word);
    result_.word = word_;
    if (after_dashes_) {
      result_.kind = Completion::Kind::kFiles;
    } else if (awaits_value_ != nullptr) {
      AddValues(*awaits_value_, "", word_);
    } else if (absl::StartsWith(word_, "--") && absl::StrContains(word_, '=')) {
      const std::pair<absl::string_view, absl::string_view> parts =
          absl::StrSplit(word_, absl::MaxSplits('=', 1));
      const Option* option = FindOption(parts.first.substr(2));
      if (option != nullptr) {
        AddValues(*option, absl::StrCat(parts.first, "="), parts.second);
      }
    } else if (word_ == "-" || absl::StartsWith(word_, "--")) {
      AddOptions(CommonOptions());
      if (verb_ != nullptr) AddOptions(verb_->options);
    } else if (verb_ == nullptr) {
      if (!has_operand_) AddVerbs();
    } else {
      AddOperands();
    }
    return std::move(result_);
  }

 private:
  // Takes a word before the cursor, as ArgumentReader would.
  void Pass(const std::string& word) {
    if (after_dashes_) return;
    if (awaits_value_ != nullptr) {
      TakeValue(*awaits_value_, word);
      awaits_value_ = nullptr;
    } else if (word == "--") {
      after_dashes_ = true;
    } else if (absl::StartsWith(word, "--")) {
      const std::pair<std::string, std::string> parts =
          absl::StrSplit(word.substr(2), absl::MaxSplits('=', 1));
      const Option* option = FindOption(parts.first);
      if (option == nullptr || option->value.empty()) return;
      if (absl::StrContains(word, '=')) {
        TakeValue(*option, parts.second);
      } else {
        awaits_value_ = option;
      }
    } else if (word.size() > 1 && word[0] == '-') {
      PassLetters(word.substr(1));
    } else if (verb_ == nullptr && !has_operand_) {
      verb_ = FindVerb(word);
      has_operand_ = true;
    }
  }

  // `-k`, `-j8`, `-kj` and its value in the next word.
  void PassLetters(absl::string_view letters) {
    while (!letters.empty()) {
      const Option* option = FindLetter(letters[0]);
      letters.remove_prefix(1);
      if (option == nullptr || option->value.empty()) continue;
      if (letters.empty()) {
        awaits_value_ = option;
      } else {
        TakeValue(*option, std::string(letters));
      }
      return;
    }
  }

  void TakeValue(const Option& option, const std::string& value) {
    if (option.name == "directory") {
      directory_ = absl::StartsWith(value, "/")
                       ? value
                       : absl::StrCat(directory_, "/", value);
    }
  }

  const Option* FindOption(absl::string_view name) const {
    for (const Option& option : CommonOptions()) {
      if (option.name == name) return &option;
    }
    if (verb_ == nullptr) return nullptr;
    for (const Option& option : verb_->options) {
      if (option.name == name) return &option;
    }
    return nullptr;
  }
  const Option* FindLetter(char letter) const {
    for (const Option& option : CommonOptions()) {
      if (option.letter == letter) return &option;
    }
    if (verb_ == nullptr) return nullptr;
    for (const Option& option : verb_->options) {
      if (option.letter == letter) return &option;
    }
    return nullptr;
  }

  void Add(std::string text, absl::string_view description) {
    if (!absl::StartsWith(text, word_)) return;
    result_.candidates.push_back({std::move(text), std::string(description)});
  }

  void AddVerbs() {
    for (const Verb* verb : Verbs()) {
      Add(std::string(verb->name), verb->summary);
    }
  }

  // Those that take a value end in `=`.
  void AddOptions(std::span<const Option> options) {
    for (const Option& option : options) {
      Add(absl::StrCat("--", option.name, option.value.empty() ? "" : "="),
          option.help);
    }
  }

  // `before` is what stands in the word before the value.
  void AddValues(const Option& option, absl::string_view before,
                 absl::string_view value) {
    result_.word = std::string(value);
    if (option.value == "FILE") result_.kind = Completion::Kind::kFiles;
    if (option.value == "DIR") result_.kind = Completion::Kind::kFolders;
    if (option.value.empty()) {
      Add(absl::StrCat(before, "true"), "");
      Add(absl::StrCat(before, "false"), "");
    }
    for (absl::string_view known :
         absl::StrSplit(option.values, '|', absl::SkipEmpty())) {
      Add(absl::StrCat(before, known), "");
    }
  }

  // What a verb takes is told by its help: `FILE`, `[PATTERN...]`, `bash|zsh`.
  void AddOperands() {
    const absl::string_view operands = verb_->operands;
    for (absl::string_view kind : absl::StrSplit(
             absl::StripSuffix(absl::StripPrefix(operands, "["), "]"),
             absl::ByAnyChar("| "), absl::SkipEmpty())) {
      absl::ConsumeSuffix(&kind, "...");
      if (kind == "FILE" || kind == "FOLDER") {
        result_.kind = Completion::Kind::kFiles;
      } else if (kind == "PATTERN" || kind == "TARGET" ||
                 kind == "EXPRESSION") {
        AddLabels();
      } else if (kind == "VERB") {
        AddVerbs();
      } else if (!kind.empty() && absl::ascii_islower(kind[0])) {
        Add(std::string(kind), "");
      }
    }
  }

  void AddLabels() {
    absl::string_view word = word_;
    const bool negative = absl::ConsumePrefix(&word, "-");
    for (LabelCandidate& label : CompleteLabel(directory_, word)) {
      Add(absl::StrCat(negative ? "-" : "", label.text), label.description);
    }
  }

  const std::span<const std::string> before_;
  const std::string word_;
  std::string directory_ = CurrentDirectory().value_or("/");
  const Verb* verb_ = nullptr;
  bool has_operand_ = false;  // Perhaps no verb.
  bool after_dashes_ = false;
  const Option* awaits_value_ = nullptr;
  Completion result_;
};

}  // namespace

Completion Complete(std::span<const std::string> words) {
  return Completer(words).Run();
}

std::string FormatCompletion(const Completion& completion) {
  constexpr absl::string_view kKinds[] = {"values", "files", "folders"};
  std::string out = absl::StrCat(kKinds[static_cast<int>(completion.kind)],
                                 "\t", completion.word, "\n");
  for (const Completion::Candidate& candidate : completion.candidates) {
    absl::StrAppend(&out, candidate.text, "\t", candidate.description, "\n");
  }
  return out;
}

}  // namespace graph
