// SPDX-License-Identifier: Apache-2.0

#include "engine/base/json_text.h"

#include <gtest/gtest.h>

namespace graph {
namespace {

constexpr char kReplaced[] = "\"\xEF\xBF\xBD\"";

TEST(JsonString, EscapesWhatJsonForbids) {
  EXPECT_EQ(JsonString("a\"b\\c\n\t\r\x01\x1f"),
            "\"a\\\"b\\\\c\\n\\t\\r\\u0001\\u001f\"");
  EXPECT_EQ(JsonString(absl::string_view("\0", 1)), "\"\\u0000\"");
}

TEST(JsonString, KeepsUtf8) {
  EXPECT_EQ(JsonString("ä €"), "\"ä €\"");
  EXPECT_EQ(JsonString("\xF0\x9F\x98\x80"), "\"\xF0\x9F\x98\x80\"");
}

TEST(JsonString, OtherBytesAreReplaced) {
  EXPECT_EQ(JsonString("\xFF"), kReplaced);
  EXPECT_EQ(JsonString("\xC3"), kReplaced);  // Cut off.
  EXPECT_EQ(JsonString("\x80"), kReplaced);  // A tail without a head.
  EXPECT_EQ(JsonString("\xC3"
                       "a"),
            "\"\xEF\xBF\xBD"
            "a\"");
}

TEST(JsonString, SurrogatesAndLongFormsAreNotUtf8) {
  EXPECT_EQ(JsonString("\xED\xA0\x80").find('\xED'), std::string::npos);
  EXPECT_EQ(JsonString("\xC0\xAF").find('\xC0'), std::string::npos);
  EXPECT_EQ(JsonString("\xE0\x80\xAF").find('\xE0'), std::string::npos);
  EXPECT_EQ(JsonString("\xF4\x90\x80\x80").find('\xF4'), std::string::npos);
}

}  // namespace
}  // namespace graph
