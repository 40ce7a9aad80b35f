// SPDX-License-Identifier: Apache-2.0

// Runs a fuzzer on files, and on each chunk of those that are divided by lines
// `---`: NAME_corpus [--seconds N] FILE_OR_FOLDER... Then, for so many seconds,
// on changes of these texts, which are made at random: that needs no libFuzzer.
// What is being tried is in the file `last-input` meanwhile.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "tests/fuzz/fuzz.h"

namespace {

const std::string kWords[] = {
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ":",
    "=",
    "\n",
    "\n    ",
    "\t",
    "\"",
    "'''",
    "f\"{",
    "}\"",
    " if ",
    " else ",
    " in ",
    "lambda x: ",
    "not ",
    "return ",
    "for ",
    "def f(x):\n    ",
    "type ",
    "*",
    "**",
    "...",
    "->",
    ";",
    "1",
    "x",
    "\xc3",
    "0x",
    "#",
    "!",
    "\\",
    " + ",
    " % ",
    " << ",
    " == ",
    " < ",
    "range(",
    ".append(",
    ".format(",
    "sorted(",
    "str(",
    "hash(",
    "1e300",
    "1"
    "0000000000000000000000000000",
    "-1",
    "struct(",
    "depset(",
    "json.encode(",
    "list(",
    "dict(",
    "set(",
    "json.decode(",
    "_catch(",
    "_freeze(",
    "None",
    "_hasfields()",
};

void Try(const std::string& text) {
  LLVMFuzzerTestOneInput(reinterpret_cast<const uint8_t*>(text.data()),
                         text.size());
}

void TryFile(const std::filesystem::path& path,
             std::vector<std::string>* texts) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream read;
  read << file.rdbuf();
  const std::string text = read.str();
  size_t begin = 0;
  for (size_t at; (at = text.find("\n---\n", begin)) != std::string::npos;
       begin = at + 5) {
    texts->push_back(text.substr(begin, at + 1 - begin));
    Try(texts->back());
  }
  texts->push_back(text.substr(begin));
  Try(texts->back());
}

// Makes texts from others by changes: pieces of others, of the language's
// words, of itself.
class Changer {
 public:
  Changer(const std::vector<std::string>& texts, unsigned seed)
      : texts_(texts), random_(seed) {}

  std::string Next() {
    std::string text = texts_[Below(texts_.size())];
    const size_t changes = 1 + Below(6);
    for (size_t i = 0; i < changes; ++i) Change(&text);
    if (text.size() > kLongest) text.resize(kLongest);
    return text;
  }

 private:
  static constexpr size_t kLongest = 4096;

  size_t Below(size_t limit) { return random_() % limit; }

  std::string PieceOf(const std::string& text) {
    if (text.empty()) return "";
    return text.substr(Below(text.size()), 1 + Below(60));
  }

  void Change(std::string* text) {
    const size_t at = Below(text->size() + 1);
    switch (Below(7)) {
      case 0:
        text->erase(at, 1 + Below(20));
        return;
      case 1:
        text->insert(at, std::string(1, static_cast<char>(Below(256))));
        return;
      case 2:
        text->insert(at, PieceOf(*text));
        return;
      case 3:
        text->insert(at, PieceOf(texts_[Below(texts_.size())]));
        return;
      case 4: {
        // Many of the same, for what grows in depth or length.
        const std::string& word = kWords[Below(std::size(kWords))];
        const size_t times = Below(8) == 0 ? 600 : 3;
        std::string many;
        for (size_t i = 0; i < times; ++i) many += word;
        text->insert(at, many);
        return;
      }
      default:
        text->insert(at, kWords[Below(std::size(kWords))]);
    }
  }

  const std::vector<std::string>& texts_;
  std::mt19937 random_;
};

int TryChanges(const std::vector<std::string>& texts, int seconds) {
  const unsigned seed = std::random_device()();
  std::fprintf(stderr, "seed %u\n", seed);
  Changer changer(texts, seed);
  const auto end =
      std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
  int count = 0;
  while (std::chrono::steady_clock::now() < end) {
    const std::string text = changer.Next();
    std::ofstream("last-input", std::ios::binary) << text;
    const auto start = std::chrono::steady_clock::now();
    Try(text);
    const auto took = std::chrono::steady_clock::now() - start;
    dsl::Require(took < std::chrono::seconds(30), "it ends soon");
    ++count;
  }
  std::filesystem::remove("last-input");
  return count;
}

}  // namespace

int main(int argc, char** argv) {
  int seconds = 0;
  std::vector<std::filesystem::path> files;
  for (int i = 1; i < argc; ++i) {
    if (std::string(argv[i]) == "--seconds" && i + 1 < argc) {
      seconds = std::atoi(argv[++i]);
    } else if (!std::filesystem::is_directory(argv[i])) {
      files.emplace_back(argv[i]);
    } else {
      for (const auto& entry : std::filesystem::directory_iterator(argv[i])) {
        if (entry.is_regular_file()) files.push_back(entry.path());
      }
    }
  }
  std::sort(files.begin(), files.end());
  std::vector<std::string> texts;
  for (const std::filesystem::path& path : files) {
    std::fprintf(stderr, "%s\n", path.c_str());  // the last one, if it crashes
    TryFile(path, &texts);
  }
  std::fprintf(stderr, "%zu texts\n", texts.size());
  if (texts.empty()) return 1;
  if (seconds > 0) {
    std::fprintf(stderr, "%d changed texts\n", TryChanges(texts, seconds));
  }
  return 0;
}
