// SPDX-License-Identifier: Apache-2.0
#include "engine/model/label.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace graph {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

const PackageName kApp = {"", "app"};
const PackageName kCore = {"rules", "core"};

std::string Read(absl::string_view text, const PackageName& context = kApp) {
  absl::StatusOr<Label> label = Label::Parse(text, context);
  return label.ok() ? label->ToString() : std::string(label.status().message());
}

TEST(LabelTest, WholeLabelIsReadAsWritten) {
  EXPECT_EQ(Read("//lib/io:file.c"), "//lib/io:file.c");
  EXPECT_EQ(Read("//:root"), "//:root");
  EXPECT_EQ(Read("@rules//mip:defs.spec"), "@rules//mip:defs.spec");
  EXPECT_EQ(Read("//a:sub/dir/file.txt"), "//a:sub/dir/file.txt");
}

TEST(LabelTest, ShortFormsMeanTheWholeOnes) {
  EXPECT_EQ(Read("//a/b"), "//a/b:b");
  EXPECT_EQ(Read("@rules//core"), "@rules//core:core");
  EXPECT_EQ(Read(":x"), "//app:x");
  EXPECT_EQ(Read("x/y.txt"), "//app:x/y.txt");
}

TEST(LabelTest, RelativeLabelStaysInItsRepository) {
  EXPECT_EQ(Read(":x", kCore), "@rules//core:x");
  EXPECT_EQ(Read("//mip:x", kCore), "@rules//mip:x");
  EXPECT_EQ(Read("@//mip:x", kCore), "//mip:x");
}

TEST(LabelTest, PartsAreThoseOfTheText) {
  Label label = *Label::Parse("@rules//a/b:c/d", kApp);
  EXPECT_EQ(label.repo(), "rules");
  EXPECT_EQ(label.package(), "a/b");
  EXPECT_EQ(label.name(), "c/d");
  EXPECT_EQ(label.package_text(), "@rules//a/b");
  EXPECT_EQ(label.package_name(), (PackageName{"rules", "a/b"}));
  Label root = *Label::Parse("//:x", kApp);
  EXPECT_EQ(root.repo(), "");
  EXPECT_EQ(root.package(), "");
  EXPECT_EQ(root.package_text(), "//");
}

TEST(LabelTest, EmptyLabelHasEmptyParts) {
  Label none;
  EXPECT_TRUE(none.empty());
  EXPECT_EQ(none.text(), "");
  EXPECT_EQ(none.repo(), "");
  EXPECT_EQ(none.package(), "");
  EXPECT_EQ(none.name(), "");
  EXPECT_EQ(none, Label());
  EXPECT_NE(none, *Label::Parse(":x", kApp));
}

TEST(LabelTest, DotsDoNotLeaveThePackage) {
  EXPECT_EQ(Read("../x"), "bad label `../x`: `..` leaves the package");
  EXPECT_EQ(Read("//a/../b:c"),
            "bad label `//a/../b:c`: `..` leaves the package");
  EXPECT_EQ(Read("//a:b/.."), "bad label `//a:b/..`: `..` leaves the package");
  EXPECT_EQ(Read("./x"), "bad label `./x`: `.` is not a part of a label");
  EXPECT_EQ(Read("a..b"), "//app:a..b");
}

TEST(LabelTest, WrongLabelSaysWhatIsWrong) {
  EXPECT_EQ(Read(""), "bad label ``: it is empty");
  EXPECT_EQ(Read("//"), "bad label `//`: it names no target");
  EXPECT_EQ(Read("//a:"), "bad label `//a:`: the name is empty");
  EXPECT_EQ(Read("//a//b:c"), "bad label `//a//b:c`: it has an empty part");
  EXPECT_EQ(Read("///a:c"), "bad label `///a:c`: it begins with `/`");
  EXPECT_EQ(Read("//a/:c"), "bad label `//a/:c`: it ends with `/`");
  EXPECT_EQ(Read("//a:b:c"), "bad label `//a:b:c`: it has a `:` too many");
  EXPECT_THAT(Read("/a"), HasSubstr("the root of the workspace is `//`"));
  EXPECT_THAT(Read("lib:x"), HasSubstr("begins with `//`"));
  EXPECT_THAT(Read("@rules"), HasSubstr("`//` and a package must follow"));
  EXPECT_THAT(Read("@a!//b:c"), HasSubstr("a character other than letters"));
  EXPECT_THAT(Read("a\\b"), HasSubstr("divided by `/`"));
  EXPECT_THAT(Read("a\nb"), HasSubstr("control character"));
}

TEST(LabelTest, CreateChecksEveryPart) {
  EXPECT_THAT(Label::Create("", "a", "b"), IsOk());
  EXPECT_THAT(
      Label::Create("r/s", "a", "b"),
      StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("repository")));
  EXPECT_THAT(
      Label::Create("", "/a", "b"),
      StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("package `/a`")));
  EXPECT_THAT(
      Label::Create("", "a", "b/"),
      StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("name `b/`")));
}

TEST(LabelTest, EqualTextsAreEqualLabels) {
  Label a = *Label::Parse("//app:x", kCore);
  EXPECT_NE(a, *Label::Parse("//app:x", kApp));
  Label b = *Label::Parse(":x", kApp);
  Label c = *Label::Parse("//app:x", kApp);
  EXPECT_EQ(b, c);
  absl::flat_hash_set<Label> set = {b};
  EXPECT_TRUE(set.contains(c));
  EXPECT_FALSE(set.contains(a));
}

TEST(LabelTest, OrderIsByRepositoryPackageAndName) {
  std::vector<Label> labels;
  for (absl::string_view text :
       {"@rules//a:a", "//a/b:a", "//a:z", "//a:b", "//:q"}) {
    labels.push_back(*Label::Parse(text, kApp));
  }
  std::sort(labels.begin(), labels.end());
  std::vector<std::string> texts;
  for (const Label& label : labels) texts.push_back(label.ToString());
  EXPECT_THAT(texts,
              ElementsAre("//:q", "//a:b", "//a:z", "//a/b:a", "@rules//a:a"));
}

TEST(LabelTest, CopyOutlivesTheOriginal) {
  Label copy;
  absl::string_view text;
  {
    Label original = *Label::Parse(":kept", kApp);
    copy = original;
    Label moved = std::move(original);
    text = moved.text();
  }
  EXPECT_EQ(copy.text(), "//app:kept");
  EXPECT_EQ(copy.text().data(), text.data());
}

TEST(PackageNameTest, TextNamesTheRepository) {
  EXPECT_EQ(kApp.ToString(), "//app");
  EXPECT_EQ(kCore.ToString(), "@rules//core");
  EXPECT_EQ(PackageName().ToString(), "//");
}

TEST(LabelTest, AbsurdlyLongOnesAreRefused) {
  const std::string name(65000, 'n');
  EXPECT_TRUE(Label::Create("", "", name).ok());
  EXPECT_EQ(Label::Create("", "", name)->name(), name);
  EXPECT_FALSE(Label::Create("", "p", name).ok());
  EXPECT_FALSE(Label::Parse("//p:" + name, {}).ok());
  EXPECT_FALSE(Label::Parse(name, {"", "p"}).ok());
}

}  // namespace
}  // namespace graph
