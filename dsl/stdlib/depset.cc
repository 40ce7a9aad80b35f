// SPDX-License-Identifier: Apache-2.0
#include "dsl/stdlib/depset.h"

#include <algorithm>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status_macros.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "dsl/runtime/arguments.h"
#include "dsl/runtime/printer.h"
#include "dsl/runtime/thread.h"
#include "dsl/runtime/types/set.h"
#include "dsl/stdlib/library.h"

namespace dsl {
namespace {

constexpr absl::string_view kOrders[] = {"default", "postorder", "preorder",
                                         "topological"};

absl::Status Error(absl::string_view message) {
  return absl::InvalidArgumentError(message);
}

absl::Status WantOneType(std::string* known, absl::string_view type) {
  if (known->empty()) *known = std::string(type);
  if (*known == type || type.empty()) return absl::OkStatus();
  return Error(absl::StrCat("depset: elements are of one type, not of ", *known,
                            " and ", type));
}

absl::StatusOr<Value> MakeDepset(Thread& thread, const Arguments& arguments) {
  Value direct, transitive;
  absl::string_view order = "default";
  RETURN_IF_ERROR(arguments.Unpack("depset", {{"direct??", &direct},
                                              {"order?", &order},
                                              "*",
                                              {"transitive??", &transitive}}));
  for (const Value given : {direct, transitive}) {
    if (given && !given.is_list() && !given.is_tuple()) {
      return Error(absl::StrCat("depset: parameter `",
                                given.Same(direct) ? "direct" : "transitive",
                                "` wants a list, not ", given.type_name()));
    }
  }
  ASSIGN_OR_RETURN(Depset::Order parsed, Depset::ParseOrder(order));
  return Depset::Create(
      thread.heap(), parsed,
      direct ? Elements(direct) : std::span<const Value>(),
      transitive ? Elements(transitive) : std::span<const Value>());
}

}  // namespace

Depset::Depset(Order order, std::vector<Value> direct,
               std::vector<const Depset*> transitive, int nesting,
               std::string element_type)
    : order_(order),
      direct_(std::move(direct)),
      transitive_(std::move(transitive)),
      nesting_(nesting),
      element_type_(std::move(element_type)) {}

absl::StatusOr<Depset::Order> Depset::ParseOrder(absl::string_view name) {
  const auto found = std::find(std::begin(kOrders), std::end(kOrders), name);
  if (found != std::end(kOrders)) {
    return static_cast<Order>(found - std::begin(kOrders));
  }
  return Error(absl::StrCat("depset: no order `", name, "`, want ",
                            absl::StrJoin(kOrders, ", ")));
}

absl::StatusOr<Value> Depset::Create(Heap& heap, Order order,
                                     std::span<const Value> direct,
                                     std::span<const Value> transitive) {
  std::string type;
  for (const Value element : direct) {
    RETURN_IF_ERROR(HashOf(element).status());
    RETURN_IF_ERROR(WantOneType(&type, element.type_name()));
  }
  std::vector<const Depset*> parts;
  int nesting = 0;
  for (const Value value : transitive) {
    const auto* part = NativeCast<Depset>(value);
    if (part == nullptr) {
      return Error(
          absl::StrCat("depset: parameter `transitive` wants depsets, "
                       "not a ",
                       value.type_name()));
    }
    if (order != Order::kDefault && part->order_ != Order::kDefault &&
        part->order_ != order) {
      return Error(absl::StrCat(
          "depset: orders `", kOrders[static_cast<int>(order)], "` and `",
          kOrders[static_cast<int>(part->order_)], "` do not go together"));
    }
    if (part->empty()) continue;
    RETURN_IF_ERROR(WantOneType(&type, part->element_type_));
    nesting = std::max(nesting, part->nesting_ + 1);
    parts.push_back(part);
  }
  if (nesting > kMaxNesting) {
    return Error(absl::StrCat("depset: nested over ", kMaxNesting, " deep"));
  }
  return Value::Of(
      heap.New<Depset>(order, std::vector<Value>(direct.begin(), direct.end()),
                       std::move(parts), nesting, std::move(type)));
}

// Visits each part once, without recursion. Equal elements are told apart by
// a Set of our own heap.
std::vector<Value> Depset::InOrder(bool children_first, size_t* visits) const {
  struct Step {
    const Depset* part;
    size_t next;
  };
  Heap scratch;
  Set& seen = *scratch.New<Set>(scratch);
  std::vector<Value> result;
  const auto add = [&](Value element) {
    const size_t before = seen.size();
    if (seen.Add(element).ok() && seen.size() > before) {
      result.push_back(element);
    }
  };
  const auto add_direct = [&](const Depset& part) {
    std::for_each(part.direct_.begin(), part.direct_.end(), add);
    *visits += part.direct_.size() + part.transitive_.size() + 1;
  };
  absl::flat_hash_set<const Depset*> visited = {this};
  std::vector<Step> steps = {{this, 0}};
  if (!children_first) add_direct(*this);
  while (!steps.empty()) {
    Step& step = steps.back();
    if (step.next == step.part->transitive_.size()) {
      if (children_first) add_direct(*step.part);
      steps.pop_back();
      continue;
    }
    const Depset* child = step.part->transitive_[step.next++];
    if (!visited.insert(child).second) continue;
    if (!children_first) add_direct(*child);
    steps.push_back({child, 0});
  }
  return result;
}

// The reverse of a postorder over reversed children is topological: each part
// stands before all that it is made of.
std::vector<Value> Depset::Topological(size_t* visits) const {
  struct Step {
    const Depset* part;
    size_t left;
  };
  Heap scratch;
  Set& seen = *scratch.New<Set>(scratch);
  std::vector<Value> result;
  absl::flat_hash_set<const Depset*> visited = {this};
  std::vector<Step> steps = {{this, transitive_.size()}};
  while (!steps.empty()) {
    Step& step = steps.back();
    if (step.left > 0) {
      const Depset* child = step.part->transitive_[--step.left];
      if (visited.insert(child).second) {
        steps.push_back({child, child->transitive_.size()});
      }
      continue;
    }
    const std::vector<Value>& direct = step.part->direct_;
    for (auto it = direct.rbegin(); it != direct.rend(); ++it) {
      const size_t before = seen.size();
      if (seen.Add(*it).ok() && seen.size() > before) result.push_back(*it);
    }
    *visits += direct.size() + step.part->transitive_.size() + 1;
    steps.pop_back();
  }
  std::reverse(result.begin(), result.end());
  return result;
}

std::vector<Value> Depset::ToList(size_t* visits) const {
  size_t unasked = 0;
  if (visits == nullptr) visits = &unasked;
  if (order_ == Order::kTopological) return Topological(visits);
  return InOrder(order_ != Order::kPreorder, visits);
}

void Depset::PrintOn(Printer& printer) const {
  if (!printer.Enter(this, "depset(...)")) return;
  printer.Text("depset([");
  absl::string_view comma = "";
  for (const Value element : ToList()) {
    printer.Text(comma);
    comma = ", ";
    printer.Print(element);
  }
  printer.Text("]");
  if (order_ != Order::kDefault) {
    printer.Text(
        absl::StrCat(", order = \"", kOrders[static_cast<int>(order_)], "\""));
  }
  printer.Text(")");
  printer.Leave();
}

absl::StatusOr<std::optional<Value>> Depset::Attr(
    Thread& thread, absl::string_view name) const {
  if (name != "to_list") return std::nullopt;
  return thread.heap().Builtin(
      "to_list",
      [this](Thread& caller,
             const Arguments& arguments) -> absl::StatusOr<Value> {
        RETURN_IF_ERROR(arguments.CheckCount("to_list", 0, 0));
        size_t visits = 0;
        const std::vector<Value> elements = ToList(&visits);
        if (!caller.Spend(visits)) return caller.StepError();
        return caller.heap().List(elements);
      });
}

void AddDepset(Environment::Builder& builder) {
  builder.SetBuiltin("depset", MakeDepset);
}

}  // namespace dsl
