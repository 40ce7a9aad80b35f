# SPDX-License-Identifier: Apache-2.0
# Run as a script: writes OUT, a C++ file that holds the text of each of FILES
# (relative to ROOT, divided by |) as kEmbeddedFiles.

string(REPLACE "|" ";" files "${FILES}")
set(text "// Generated from rules/ by third_party/cmake/embed.cmake.\n")
string(APPEND text "#include \"engine/session/embedded_rules.h\"\n\n")
string(APPEND text "namespace graph {\nnamespace {\n\n")
string(APPEND text "constexpr EmbeddedFile kEmbeddedFiles[] = {\n")
foreach(file IN LISTS files)
  file(READ "${ROOT}/${file}" content)
  file(SIZE "${ROOT}/${file}" size)
  string(APPEND text "    {\"${file}\", R\"~spec~(${content})~spec~\"},\n")
endforeach()
string(APPEND text "};\n\n}  // namespace\n\n")
string(APPEND text "std::span<const EmbeddedFile> EmbeddedRules() {\n")
string(APPEND text "  return kEmbeddedFiles;\n}\n\n}  // namespace graph\n")
file(WRITE "${OUT}.new" "${text}")
file(COPY_FILE "${OUT}.new" "${OUT}" ONLY_IF_DIFFERENT)
file(REMOVE "${OUT}.new")
