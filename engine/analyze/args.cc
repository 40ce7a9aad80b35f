// SPDX-License-Identifier: Apache-2.0
#include "engine/analyze/args.h"

#include <optional>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "dsl/runtime/heap.h"
#include "dsl/stdlib/depset.h"
#include "engine/analyze/values.h"
#include "engine/load/label_value.h"

namespace graph {
namespace {

bool IsGiven(dsl::Value value) { return value && !value.is_none(); }

// `format` with its `%s` replaced.
absl::StatusOr<std::string> Format(dsl::Value format, absl::string_view word,
                                   absl::string_view what) {
  if (!IsGiven(format)) return std::string(word);
  if (format.is_string()) {
    absl::string_view text = format.as_string();
    size_t place = text.find("%s");
    if (place != absl::string_view::npos) {
      return absl::StrCat(text.substr(0, place), word, text.substr(place + 2));
    }
  }
  return absl::InvalidArgumentError(absl::StrCat(
      "`", what, "` takes a string with a `%s`; got ", dsl::Brief(format)));
}

// What add_all and add_joined have in common: the values, and what is made of
// each.
struct Sequence {
  dsl::Value name;  // Given only if there are two positional arguments.
  dsl::Value values;
  dsl::Value map_each;
  dsl::Value format_each;
  bool omit_if_empty = true;
  bool uniquify = false;
  bool expand_directories = true;  // Folders stand for themselves either way.

  void Settle() {
    if (!IsGiven(values)) std::swap(name, values);
  }
  absl::StatusOr<std::vector<std::string>> Words(dsl::Thread& thread) const;

 private:
  absl::StatusOr<std::vector<dsl::Value>> Elements() const;
  // Of one element: nothing, one or several.
  absl::Status Map(dsl::Thread& thread, dsl::Value element,
                   std::vector<std::string>& words) const;
};

absl::StatusOr<std::vector<dsl::Value>> Sequence::Elements() const {
  if (const auto* depset = dsl::NativeCast<dsl::Depset>(values)) {
    return depset->ToList();
  }
  if (values.is_list() || values.is_tuple()) {
    auto elements = dsl::Elements(values);
    return std::vector<dsl::Value>(elements.begin(), elements.end());
  }
  return absl::InvalidArgumentError(
      absl::StrCat("`values` takes a list or a depset; got a value of type ",
                   values.type_name()));
}

absl::Status Sequence::Map(dsl::Thread& thread, dsl::Value element,
                           std::vector<std::string>& words) const {
  std::vector<dsl::Value> mapped = {element};
  if (IsGiven(map_each)) {
    ASSIGN_OR_RETURN(dsl::Value result,
                     dsl::Call(thread, map_each, {&element, 1}));
    if (result.is_none()) {
      mapped.clear();
    } else if (result.is_list() || result.is_tuple()) {
      auto results = dsl::Elements(result);
      mapped.assign(results.begin(), results.end());
    } else {
      mapped = {result};
    }
  }
  for (dsl::Value value : mapped) {
    ASSIGN_OR_RETURN(std::string word, ToWord(value, "values"));
    words.push_back(std::move(word));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<std::string>> Sequence::Words(
    dsl::Thread& thread) const {
  std::vector<std::string> words;
  ASSIGN_OR_RETURN(std::vector<dsl::Value> elements, Elements());
  for (dsl::Value element : elements) {
    RETURN_IF_ERROR(Map(thread, element, words));
  }
  if (uniquify) {
    absl::flat_hash_set<std::string> seen;
    std::erase_if(words, [&](const std::string& word) {
      return !seen.insert(word).second;
    });
  }
  for (std::string& word : words) {
    ASSIGN_OR_RETURN(word, Format(format_each, word, "format_each"));
  }
  return words;
}

absl::Status AppendWord(dsl::Value value, absl::string_view what,
                        std::vector<std::string>& words) {
  if (!IsGiven(value)) return absl::OkStatus();
  ASSIGN_OR_RETURN(std::string word, ToWord(value, what));
  words.push_back(std::move(word));
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::string> ToWord(dsl::Value value, absl::string_view what) {
  if (value.is_string()) return std::string(value.as_string());
  if (const auto* file = dsl::NativeCast<FileValue>(value)) {
    return file->path();
  }
  if (const auto* label = dsl::NativeCast<LabelValue>(value)) {
    return label->label().ToString();
  }
  if (value.is_int()) return dsl::Str(value);
  return absl::InvalidArgumentError(
      absl::StrCat("`", what, "` takes strings, Files, labels and ints; got a ",
                   "value of type ", value.type_name()));
}

absl::StatusOr<std::optional<dsl::Value>> ArgsValue::Attr(
    dsl::Thread& thread, absl::string_view name) const {
  using Run =
      absl::Status (*)(const ArgsValue&, dsl::Thread&, const dsl::Arguments&);
  Run run = nullptr;
  if (name == "add") {
    run = [](const ArgsValue& self, dsl::Thread&,
             const dsl::Arguments& arguments) { return self.Add(arguments); };
  } else if (name == "add_all") {
    run = [](const ArgsValue& self, dsl::Thread& caller,
             const dsl::Arguments& arguments) {
      return self.AddAll(caller, arguments);
    };
  } else if (name == "add_joined") {
    run = [](const ArgsValue& self, dsl::Thread& caller,
             const dsl::Arguments& arguments) {
      return self.AddJoined(caller, arguments);
    };
  } else {
    return std::nullopt;
  }
  return thread.heap().Builtin(
      name,
      [this, run](dsl::Thread& caller, const dsl::Arguments& arguments)
          -> absl::StatusOr<dsl::Value> {
        RETURN_IF_ERROR(run(*this, caller, arguments));
        return dsl::Value::Of(this);
      });
}

absl::Status ArgsValue::Add(const dsl::Arguments& arguments) const {
  dsl::Value name;
  dsl::Value value;
  dsl::Value format;
  RETURN_IF_ERROR(arguments.Unpack("add", {{"arg_name_or_value", &name},
                                           {"value?", &value},
                                           {"*"},
                                           {"format?", &format}}));
  if (!IsGiven(value)) std::swap(name, value);
  RETURN_IF_ERROR(AppendWord(name, "arg_name_or_value", words_));
  ASSIGN_OR_RETURN(std::string word, ToWord(value, "value"));
  ASSIGN_OR_RETURN(word, Format(format, word, "format"));
  words_.push_back(std::move(word));
  return absl::OkStatus();
}

absl::Status ArgsValue::AddAll(dsl::Thread& thread,
                               const dsl::Arguments& arguments) const {
  Sequence sequence;
  dsl::Value before_each;
  dsl::Value terminate_with;
  RETURN_IF_ERROR(arguments.Unpack(
      "add_all", {{"arg_name_or_values", &sequence.name},
                  {"values?", &sequence.values},
                  {"*"},
                  {"map_each?", &sequence.map_each},
                  {"format_each?", &sequence.format_each},
                  {"before_each?", &before_each},
                  {"omit_if_empty?", &sequence.omit_if_empty},
                  {"uniquify?", &sequence.uniquify},
                  {"expand_directories?", &sequence.expand_directories},
                  {"terminate_with?", &terminate_with}}));
  sequence.Settle();
  ASSIGN_OR_RETURN(std::vector<std::string> words, sequence.Words(thread));
  if (words.empty() && sequence.omit_if_empty) return absl::OkStatus();
  RETURN_IF_ERROR(AppendWord(sequence.name, "arg_name_or_values", words_));
  for (std::string& word : words) {
    RETURN_IF_ERROR(AppendWord(before_each, "before_each", words_));
    words_.push_back(std::move(word));
  }
  return AppendWord(terminate_with, "terminate_with", words_);
}

absl::Status ArgsValue::AddJoined(dsl::Thread& thread,
                                  const dsl::Arguments& arguments) const {
  Sequence sequence;
  absl::string_view join_with;
  dsl::Value format_joined;
  RETURN_IF_ERROR(arguments.Unpack(
      "add_joined", {{"arg_name_or_values", &sequence.name},
                     {"values?", &sequence.values},
                     {"*"},
                     {"join_with", &join_with},
                     {"map_each?", &sequence.map_each},
                     {"format_each?", &sequence.format_each},
                     {"format_joined?", &format_joined},
                     {"omit_if_empty?", &sequence.omit_if_empty},
                     {"uniquify?", &sequence.uniquify},
                     {"expand_directories?", &sequence.expand_directories}}));
  sequence.Settle();
  ASSIGN_OR_RETURN(std::vector<std::string> words, sequence.Words(thread));
  if (words.empty() && sequence.omit_if_empty) return absl::OkStatus();
  RETURN_IF_ERROR(AppendWord(sequence.name, "arg_name_or_values", words_));
  ASSIGN_OR_RETURN(
      std::string joined,
      Format(format_joined, absl::StrJoin(words, join_with), "format_joined"));
  words_.push_back(std::move(joined));
  return absl::OkStatus();
}

}  // namespace graph
