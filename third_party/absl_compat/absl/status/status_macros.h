// SPDX-License-Identifier: Apache-2.0

// Stand-in for the header of the same name that Abseil ships since 20260526.
// CMake puts this folder on the include path only when the Abseil it found is
// older. Delete the folder when the oldest supported one is not.

#ifndef ABSL_STATUS_STATUS_MACROS_H_
#define ABSL_STATUS_STATUS_MACROS_H_

#include <sstream>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"

namespace absl {

// A status on its way out, to which the caller may stream a note. The note
// follows the message after "; ".
class StatusBuilder {
 public:
  explicit StatusBuilder(absl::Status status) : status_(std::move(status)) {}

  template <typename T>
  StatusBuilder& operator<<(const T& value) & {
    note_ << value;
    return *this;
  }
  template <typename T>
  StatusBuilder&& operator<<(const T& value) && {
    return std::move(*this << value);
  }

  operator absl::Status() const {  // NOLINT(google-explicit-constructor)
    std::string note = note_.str();
    if (note.empty()) return status_;
    absl::Status noted(status_.code(),
                       absl::StrCat(status_.message(), "; ", note));
    status_.ForEachPayload([&](absl::string_view url, const absl::Cord& body) {
      noted.SetPayload(url, body);
    });
    return noted;
  }
  template <typename T>
  operator absl::StatusOr<T>() const {  // NOLINT(google-explicit-constructor)
    return absl::Status(*this);
  }

 private:
  absl::Status status_;
  std::ostringstream note_;
};

}  // namespace absl

#define ABSL_RETURN_IF_ERROR(expr)                                           \
  if (absl::Status status_macro_result = (expr); status_macro_result.ok()) { \
  } else /* NOLINT */                                                        \
    return absl::StatusBuilder(std::move(status_macro_result))

#define ABSL_ASSIGN_OR_RETURN(...)                          \
  STATUS_MACROS_PICK_(__VA_ARGS__, STATUS_MACROS_ASSIGN_3_, \
                      STATUS_MACROS_ASSIGN_2_)              \
  (STATUS_MACROS_CONCAT_(status_or_value, __LINE__), __VA_ARGS__)

#define STATUS_MACROS_PICK_(_1, _2, _3, NAME, ...) NAME
#define STATUS_MACROS_CONCAT_INNER_(x, y) x##y
#define STATUS_MACROS_CONCAT_(x, y) STATUS_MACROS_CONCAT_INNER_(x, y)
#define STATUS_MACROS_ASSIGN_2_(tmp, lhs, rexpr) \
  STATUS_MACROS_ASSIGN_3_(tmp, lhs, rexpr, _)
#define STATUS_MACROS_ASSIGN_3_(tmp, lhs, rexpr, error) \
  auto tmp = (rexpr);                                   \
  if (!tmp.ok()) {                                      \
    absl::StatusBuilder _(std::move(tmp).status());     \
    return (error);                                     \
  }                                                     \
  lhs = *std::move(tmp)

#ifdef ABSL_DEFINE_UNQUALIFIED_STATUS_MACROS
#define ASSIGN_OR_RETURN(...) ABSL_ASSIGN_OR_RETURN(__VA_ARGS__)
#define RETURN_IF_ERROR(...) ABSL_RETURN_IF_ERROR(__VA_ARGS__)
#endif

#endif  // ABSL_STATUS_STATUS_MACROS_H_
