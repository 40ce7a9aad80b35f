// SPDX-License-Identifier: Apache-2.0

#include "engine/cli/flags.h"

#include "absl/status/status_macros.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "engine/base/spelling.h"

namespace graph {
namespace {

// `-//pkg/...`, `-:name`, `-@rules//x`: targets to leave out.
bool IsNegativePattern(absl::string_view word) {
  return absl::StartsWith(word, "-/") || absl::StartsWith(word, "-:") ||
         absl::StartsWith(word, "-@") || absl::StartsWith(word, "-...");
}

absl::Status UnknownOption(std::span<const Option> options,
                           absl::string_view name) {
  std::vector<absl::string_view> names;
  for (const Option& option : options) names.push_back(option.name);
  const absl::string_view nearest = NearestName(name, names);
  return absl::InvalidArgumentError(absl::StrCat(
      "no option `--", name, "`",
      nearest.empty() ? ""
                      : absl::StrCat("; did you mean `--", nearest, "`?")));
}

}  // namespace

std::optional<std::string> Arguments::Find(absl::string_view name) const {
  for (auto option = options.rbegin(); option != options.rend(); ++option) {
    if (option->first == name) return option->second;
  }
  return std::nullopt;
}

bool Arguments::IsOn(absl::string_view name) const {
  return Find(name) == "true";
}

absl::Status ArgumentReader::Read(std::span<const Option> options, bool to_end,
                                  Arguments* arguments) {
  while (!words_.empty()) {
    const absl::string_view word = words_.front();
    words_ = words_.subspan(1);
    if (word == "--") {
      arguments->after_dashes.assign(words_.begin(), words_.end());
      words_ = {};
    } else if (absl::StartsWith(word, "--")) {
      RETURN_IF_ERROR(ReadLong(options, word.substr(2), arguments));
    } else if (word.size() > 1 && word[0] == '-' && !IsNegativePattern(word)) {
      RETURN_IF_ERROR(ReadLetters(options, word.substr(1), arguments));
    } else {
      arguments->operands.emplace_back(word);
      if (!to_end) return absl::OkStatus();
    }
  }
  return absl::OkStatus();
}

absl::Status ArgumentReader::ReadLong(std::span<const Option> options,
                                      absl::string_view word,
                                      Arguments* arguments) {
  const size_t equals = word.find('=');
  const absl::string_view name = word.substr(0, equals);
  const Option* option = nullptr;
  for (const Option& known : options) {
    if (known.name == name) option = &known;
  }
  if (option == nullptr) return UnknownOption(options, name);
  std::string value = "true";
  if (equals != absl::string_view::npos) {
    value = std::string(word.substr(equals + 1));
    if (option->value.empty() && value != "true" && value != "false") {
      return absl::InvalidArgumentError(
          absl::StrCat("`--", name, "` takes no value but `true` or `false`"));
    }
  } else if (!option->value.empty()) {
    ASSIGN_OR_RETURN(value, TakeValue(absl::StrCat("--", name)));
  }
  arguments->options.emplace_back(std::string(name), std::move(value));
  return absl::OkStatus();
}

absl::Status ArgumentReader::ReadLetters(std::span<const Option> options,
                                         absl::string_view word,
                                         Arguments* arguments) {
  while (!word.empty()) {
    const char letter = word[0];
    word.remove_prefix(1);
    const Option* option = nullptr;
    for (const Option& known : options) {
      if (known.letter == letter) option = &known;
    }
    const std::string shown = absl::StrCat("-", std::string(1, letter));
    if (option == nullptr) {
      return absl::InvalidArgumentError(
          absl::StrCat("no option `", shown, "`"));
    }
    std::string value = "true";
    if (!option->value.empty()) {
      value = std::string(word);
      word = "";
      if (value.empty()) {
        ASSIGN_OR_RETURN(value, TakeValue(shown));
      }
    }
    arguments->options.emplace_back(std::string(option->name),
                                    std::move(value));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> ArgumentReader::TakeValue(absl::string_view shown) {
  if (words_.empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat("`", shown, "` needs a value"));
  }
  std::string value = words_.front();
  words_ = words_.subspan(1);
  return value;
}

}  // namespace graph
