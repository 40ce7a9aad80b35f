// SPDX-License-Identifier: Apache-2.0

// An embedder's own value, through all that the language does with it.

#include "dsl/runtime/native.h"

#include <gtest/gtest.h>

#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "tests/dsl/runtime/support.h"
#include "tests/support/status_matchers.h"

namespace dsl {
namespace {

using testing::HasSubstr;

// Adds up like an int, but is none; knows the global that it is bound to.
class Money final : public Native {
 public:
  explicit Money(int64_t cents) : cents_(cents) {}

  const std::string& name() const { return name_; }

  absl::string_view type_name() const override { return "money"; }
  void Repr(std::string* out) const override {
    absl::StrAppend(out, "money(", cents_, ")");
  }
  bool Truth() const override { return cents_ != 0; }
  absl::StatusOr<std::optional<Value>> Attr(
      Thread&, absl::string_view name) const override {
    if (name == "cents") return Value::Int(cents_);
    return std::nullopt;
  }
  std::vector<std::string> AttrNames() const override { return {"cents"}; }
  bool Equals(const Native& other) const override {
    const auto* money = dynamic_cast<const Money*>(&other);
    return money != nullptr && money->cents_ == cents_;
  }
  absl::StatusOr<uint64_t> Hash() const override { return cents_; }
  bool Callable() const override { return true; }
  absl::StatusOr<Value> Call(Thread& thread,
                             const Arguments& arguments) const override {
    int64_t times = 1;
    RETURN_IF_ERROR(arguments.Unpack("money", {{"times?", &times}}));
    return Value::Of(thread.heap().New<Money>(cents_ * times));
  }
  absl::StatusOr<Value> Index(Thread&, Value key) const override { return key; }
  absl::StatusOr<bool> Contains(Thread&, Value element) const override {
    return element.as_int64() == cents_;
  }
  absl::StatusOr<std::optional<Value>> Binary(
      Thread& thread, BinaryOp op, Value other,
      bool self_is_left) const override {
    const std::optional<int64_t> number = other.as_int64();
    if (op != BinaryOp::kSub || !number) return std::nullopt;
    return Value::Of(thread.heap().New<Money>(self_is_left ? cents_ - *number
                                                           : *number - cents_));
  }
  void Bound(Thread&, absl::string_view name) const override {
    if (name_.empty()) name_ = std::string(name);
  }

 private:
  int64_t cents_;
  mutable std::string name_;
};

class NativeValue : public testing::Test {
 protected:
  NativeValue() {
    evaluator_.builder().SetBuiltin(
        "money",
        [](Thread& thread,
           const Arguments& arguments) -> absl::StatusOr<Value> {
          int64_t cents = 0;
          RETURN_IF_ERROR(arguments.Unpack("money", {{"cents", &cents}}));
          return Value::Of(thread.heap().New<Money>(cents));
        });
  }
  std::string Eval(const std::string& expression) {
    return evaluator_.Repr("x = " + expression + "\n", "x");
  }

  Evaluator evaluator_;
};

TEST_F(NativeValue, DoesWhatItOverrides) {
  EXPECT_EQ(Eval("money(5)"), "money(5)");
  EXPECT_EQ(Eval("[money(0) or 1, money(2) and 3]"), "[1, 3]");
  EXPECT_EQ(Eval("money(5).cents"), "5");
  EXPECT_EQ(Eval("[money(5) == money(5), money(5) == money(6)]"),
            "[True, False]");
  EXPECT_EQ(Eval("{money(5): 1}[money(5)]"), "1");
  EXPECT_EQ(Eval("money(5)(times = 3)"), "money(15)");
  EXPECT_EQ(Eval("money(5)['k']"), "\"k\"");
  EXPECT_EQ(Eval("[5 in money(5), 6 in money(5)]"), "[True, False]");
}

TEST_F(NativeValue, OperatorsWorkFromBothSides) {
  EXPECT_EQ(Eval("money(5) - 2"), "money(3)");
  EXPECT_EQ(Eval("2 - money(5)"), "money(-3)");
  EXPECT_THAT(Eval("money(5) + 2"),
              HasSubstr("`+` does not go with money and int"));
}

TEST_F(NativeValue, MistakesSayTheNearestName) {
  EXPECT_THAT(Eval("money(5).cent"), HasSubstr("did you mean `cents`?"));
  EXPECT_THAT(Eval("money(cent = 5)"), HasSubstr("did you mean `cents`?"));
}

TEST_F(NativeValue, LearnsTheGlobalThatItIsBoundTo) {
  const auto module = evaluator_.Run("fee = money(5)\nalias = fee\n");
  ASSERT_NE(module, nullptr) << evaluator_.error();
  EXPECT_EQ(NativeCast<Money>(*module->Find("fee"))->name(), "fee");
  // Bound again in another module, it is not asked to change.
  const std::shared_ptr<const Module> loaded[] = {module};
  const auto other = evaluator_.Run("load('a', 'fee')\nprice = fee\n", loaded);
  ASSERT_NE(other, nullptr) << evaluator_.error();
  EXPECT_EQ(NativeCast<Money>(*other->Find("price"))->name(), "fee");
}

TEST_F(NativeValue, CastGivesNothingForOtherValues) {
  Heap heap;
  EXPECT_EQ(NativeCast<Money>(Value::Int(1)), nullptr);
  EXPECT_EQ(NativeCast<Money>(heap.String("x")), nullptr);
}

TEST(ThreadState, HoldsOneObjectOfEachType) {
  Heap heap;
  Thread thread(heap);
  int number = 1;
  double real = 2;
  EXPECT_EQ(thread.Get<int>(), nullptr);
  thread.Set(&number);
  thread.Set(&real);
  EXPECT_EQ(thread.Get<int>(), &number);
  EXPECT_EQ(thread.Get<double>(), &real);
}

TEST(ThreadState, ABuiltinSeesItsCallers) {
  Evaluator evaluator;
  std::vector<Frame> frames;
  std::optional<Span> place;
  evaluator.builder().SetBuiltin("look", [&](Thread& thread, const Arguments&) {
    frames = thread.CallStack();
    place = thread.Place();
    return Value::None();
  });
  ASSERT_NE(evaluator.Run("def macro(name):\n"
                          "    look()\n"
                          "macro('x')\n"),
            nullptr);
  ASSERT_EQ(frames.size(), 2u);
  EXPECT_EQ(frames[0].function, "<top level>");
  EXPECT_FALSE(frames[0].call.has_value());
  EXPECT_EQ(frames[1].function, "macro");
  ASSERT_TRUE(frames[1].call.has_value());
  ASSERT_TRUE(place.has_value());
}

}  // namespace
}  // namespace dsl
