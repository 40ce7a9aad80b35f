// SPDX-License-Identifier: Apache-2.0
// A workspace in memory, with a small prelude, to be loaded.

#ifndef GRAPH_TESTS_ENGINE_LOAD_LOAD_FIXTURE_H_
#define GRAPH_TESTS_ENGINE_LOAD_LOAD_FIXTURE_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "dsl/stdlib/universe.h"
#include "engine/load/diagnosed.h"
#include "engine/load/loader.h"
#include "engine/load/source_tree.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace graph {

inline constexpr absl::string_view kTestPrelude = R"(
def _impl(ctx):
    return []

genrule = rule(
    implementation = _impl,
    attrs = {
        "srcs": attr.label_list(allow_files = True),
        "outs": attr.output_list(mandatory = True, allow_empty = False),
        "cmd": attr.string(mandatory = True),
        "tools": attr.label_list(cfg = "exec"),
    },
)

filegroup = rule(
    implementation = _impl,
    attrs = {"srcs": attr.label_list(allow_files = True)},
)

sh_test = rule(
    implementation = _impl,
    test = True,
    attrs = {"srcs": attr.label_list(allow_files = [".sh"])},
)
)";

class LoadTest : public testing::Test {
 protected:
  LoadTest() { rules_.Add("core/defs.spec", kTestPrelude); }

  void Write(absl::string_view path, absl::string_view text) {
    // Raw strings begin on a line of their own.
    if (!text.empty() && text.front() == '\n') text.remove_prefix(1);
    workspace_.Add(path, text);
  }

  Loader& loader() {
    if (loader_ == nullptr) {
      LoaderOptions options;
      options.threads = threads_;
      options.print = [this](absl::string_view line) {
        printed_.emplace_back(line);
      };
      loader_ = std::make_unique<Loader>(
          SourceTrees{{"", &workspace_}, {"rules", &rules_}}, dsl::Universe(),
          options);
    }
    return *loader_;
  }

  // What is said when the package is loaded; empty if it is right.
  std::string Problems(absl::string_view path) {
    absl::StatusOr<const LoadedPackage*> loaded =
        loader().LoadPackage({"", std::string(path)});
    if (loaded.ok()) return "";
    if (!IsDiagnosed(loaded.status())) return loaded.status().ToString();
    return "\n" + std::string(loaded.status().message());
  }

  // REQUIRES: the package is right and has the target.
  const Target& Find(absl::string_view label) {
    absl::StatusOr<const Target*> target =
        loader().FindTarget(*Label::Parse(label, {}));
    EXPECT_THAT(target, IsOk());
    if (!target.ok()) std::abort();
    return **target;
  }

  template <typename T>
  T Get(absl::string_view label, absl::string_view attribute) {
    const Attribute* found = Find(label).attribute(attribute);
    EXPECT_NE(found, nullptr) << attribute;
    EXPECT_NE(found->plain(), nullptr) << attribute;
    return std::get<T>(*found->plain());
  }
  std::vector<std::string> GetLabels(absl::string_view label,
                                     absl::string_view attribute) {
    std::vector<std::string> texts;
    for (const Label& l : Get<LabelList>(label, attribute)) {
      texts.push_back(l.ToString());
    }
    return texts;
  }

  MemoryTree workspace_;
  MemoryTree rules_;
  int threads_ = 1;
  std::vector<std::string> printed_;

 private:
  std::unique_ptr<Loader> loader_;
};

}  // namespace graph

#endif  // GRAPH_TESTS_ENGINE_LOAD_LOAD_FIXTURE_H_
