// SPDX-License-Identifier: Apache-2.0

// The json namespace: encode, encode_indent, decode and indent.

#include <string>

#include "absl/status/status_macros.h"
#include "dsl/runtime/arguments.h"
#include "dsl/runtime/thread.h"
#include "dsl/stdlib/json_decode.h"
#include "dsl/stdlib/json_encode.h"
#include "dsl/stdlib/library.h"

namespace dsl {
namespace {

using Result = absl::StatusOr<Value>;

Result Encode(Thread& thread, const Arguments& arguments) {
  RETURN_IF_ERROR(arguments.CheckCount("json.encode", 1, 1));
  std::string text;
  RETURN_IF_ERROR(EncodeJson(thread, arguments.positional()[0], &text));
  return thread.heap().String(text);
}

Result EncodeIndent(Thread& thread, const Arguments& arguments) {
  Value value;
  absl::string_view prefix, indent = "\t";
  RETURN_IF_ERROR(arguments.Unpack(
      "json.encode_indent",
      {{"x", &value}, "*", {"prefix?", &prefix}, {"indent?", &indent}}));
  std::string text;
  RETURN_IF_ERROR(EncodeJson(thread, value, &text));
  ASSIGN_OR_RETURN(std::string laid_out, IndentJson(text, prefix, indent));
  return thread.heap().String(laid_out);
}

Result Indent(Thread& thread, const Arguments& arguments) {
  absl::string_view text, prefix, indent = "\t";
  RETURN_IF_ERROR(arguments.Unpack(
      "json.indent",
      {{"s", &text}, "*", {"prefix?", &prefix}, {"indent?", &indent}}));
  Heap scratch;
  RETURN_IF_ERROR(DecodeJson(scratch, text).status());
  ASSIGN_OR_RETURN(std::string laid_out, IndentJson(text, prefix, indent));
  return thread.heap().String(laid_out);
}

Result Decode(Thread& thread, const Arguments& arguments) {
  absl::string_view text;
  Value absent;
  RETURN_IF_ERROR(
      arguments.Unpack("json.decode", {{"x", &text}, {"default?", &absent}}));
  Result value = DecodeJson(thread.heap(), text);
  if (!value.ok() && absent) return absent;
  return value;
}

}  // namespace

void AddJson(Environment::Builder& builder) {
  Heap& heap = builder.heap();
  const NamedValue functions[] = {
      {"decode", heap.Builtin("json.decode", Decode)},
      {"encode", heap.Builtin("json.encode", Encode)},
      {"encode_indent", heap.Builtin("json.encode_indent", EncodeIndent)},
      {"indent", heap.Builtin("json.indent", Indent)},
  };
  builder.Set("json", heap.Struct(functions));
}

}  // namespace dsl
