// SPDX-License-Identifier: Apache-2.0
// The scripts of `graph completion`; complete.h tells what they ask. Each
// works by itself, without the shell's collection of completion functions.

#ifndef GRAPH_ENGINE_CLI_COMPLETION_SCRIPTS_H_
#define GRAPH_ENGINE_CLI_COMPLETION_SCRIPTS_H_

namespace graph {

// clang-format off: it would take the scripts for C++.

// Bash replaces only what follows the last `:` or `=` of a word, if these are
// among COMP_WORDBREAKS: then what comes before is cut off (`cut`).
inline constexpr char kBashScript[] = R"sh(# Completion of graph for bash:
#   eval "$(graph completion bash)"
_graph_complete() {
  local line=${COMP_LINE:0:COMP_POINT} words current cut= kind word text i
  read -ra words <<< "$line"
  if [[ $line == *[[:blank:]] ]]; then words+=(""); fi
  current=${words[${#words[@]} - 1]}
  for i in ':' '='; do
    if [[ $COMP_WORDBREAKS == *"$i"* && $current == *"$i"* ]]; then
      text=${current%"${current##*"$i"}"}
      if (( ${#text} > ${#cut} )); then cut=$text; fi
    fi
  done
  COMPREPLY=()
  {
    IFS=$'\t' read -r kind word
    while IFS=$'\t' read -r text _; do
      COMPREPLY+=("${text#"$cut"}")
      if [[ $text == *[:/=] ]]; then compopt -o nospace; fi
    done
    if [[ $kind == files || $kind == folders ]]; then
      cut=${cut#"${current%"$word"}"}
      local option=-f
      if [[ $kind == folders ]]; then option=-d; fi
      compopt -o filenames
      while IFS= read -r text; do
        COMPREPLY+=("${text#"$cut"}")
      done < <(compgen "$option" -- "$word")
    fi
  } < <("${words[0]/#\~/$HOME}" __complete "${words[@]:1}" 2> /dev/null)
}
complete -F _graph_complete graph
)sh";

inline constexpr char kZshScript[] = R"sh(#compdef graph
# Completion of graph for zsh, after compinit:
#   eval "$(graph completion zsh)"
_graph() {
  local -a lines open open_shown closed closed_shown
  local line text shown kind word
  lines=("${(@f)$("${(Q)words[1]}" __complete \
      "${(@Q)words[2,CURRENT-1]}" "${(Q)${:-$IPREFIX$PREFIX}}" \
      2> /dev/null)}")
  kind=${lines[1]%%$'\t'*}
  word=${lines[1]#*$'\t'}
  for line in "${(@)lines[2,-1]}"; do
    text=${line%%$'\t'*}
    shown=$text
    if [[ -n ${line#*$'\t'} ]]; then shown+="  -- ${line#*$'\t'}"; fi
    if [[ $text == *[:/=] ]]; then
      open+=("$text")
      open_shown+=("$shown")
    else
      closed+=("$text")
      closed_shown+=("$shown")
    fi
  done
  if (( $#open )); then compadd -l -S '' -d open_shown -a -- open; fi
  if (( $#closed )); then compadd -l -d closed_shown -a -- closed; fi
  if [[ $kind == files || $kind == folders ]]; then
    if [[ $PREFIX == --*=* ]]; then compset -P '*='; fi
    if [[ $kind == folders ]]; then _files -/; else _files; fi
  fi
}
if [[ ${funcstack[1]} == _graph ]]; then
  _graph "$@"
else
  compdef _graph graph
fi
)sh";

inline constexpr char kFishScript[] = R"sh(# Completion of graph for fish:
#   graph completion fish | source
function __graph_complete
  set -l words (commandline -opc)
  set -l current (commandline -ct)
  set -l lines ($words[1] __complete $words[2..-1] "$current" 2> /dev/null)
  set -l head (string split \t -- $lines[1])
  set -l before (string replace -r -- '^(--[^=]*=)?.*$' '$1' "$current")
  for line in $lines[2..-1]
    echo $line
  end
  switch $head[1]
    case files
      for file in (__fish_complete_path "$head[2]")
        echo $before$file
      end
    case folders
      for folder in (__fish_complete_directories "$head[2]" folder)
        echo $before$folder
      end
  end
end
complete -c graph -f -a '(__graph_complete)'
)sh";

// clang-format on

}  // namespace graph

#endif  // GRAPH_ENGINE_CLI_COMPLETION_SCRIPTS_H_
