# SPDX-License-Identifier: Apache-2.0
"""The text of the Spec files of random workspaces."""
import json

# Printed by a command about all that it sees: names, kinds, modes, contents.
# Only words of bash itself: other programs would cost most of the time.
SHOW = r'''shopt -s nullglob dotglob
show() {
  local path text mode
  for path in "$@"; do
    if [ -L "$path" ]; then
      echo "link $path $(readlink "$path")"
    elif [ -d "$path" ]; then
      echo "folder $path"
      show "$path"/*
    else
      IFS= read -r -d '' text < "$path" || true
      case $text in *FAIL*) echo "cannot use $path" >&2; exit 3 ;; esac
      mode=-
      if [ -x "$path" ]; then mode=x; fi
      printf 'file %s %s\n%s\n' "$path" "$mode" "$text"
    fi
  done
}
'''

TEST_SCRIPT = f"#!/bin/bash\n{SHOW}shopt -s globstar; show **/*.out **/*.copy\n"

DEFS = '''\
"""Rules of the random workspaces."""

load(":words.spec", "WORDS")

SHOW = %(show)s
SHOW_GENRULE = SHOW.replace("$", "$$")


def _scatter_impl(ctx):
    out = ctx.actions.declare_directory(ctx.label.name + ".tree")
    ctx.actions.run_shell(
        outputs = [out],
        inputs = ctx.files.srcs,
        arguments = [out.path, ctx.attr.word + WORDS[0]] +
                    [f.path for f in ctx.files.srcs],
        command = SHOW + """
out=$1 word=$2; shift 2
mkdir -p $out/empty/er $out/at
echo $word > $out/word
ln -s nowhere $out/dangling
show "$@" > $out/list
i=0 programs=() links=()
for path in "$@"; do
  if [ -L $path -o -d $path ]; then continue; fi
  IFS= read -r -d '' text < $path || true
  printf %%s "$text" > $out/at/f$i
  if [ -x $path ]; then programs+=($out/at/f$i); fi
  links+=(at/f$i) i=$((i + 1))
done
if [ ${#programs[@]} != 0 ]; then chmod +x ${programs[@]}; fi
if [ ${#links[@]} != 0 ]; then ln -s -t $out ${links[@]}; fi
""",
        mnemonic = "Scatter",
    )
    return [DefaultInfo(files = depset([out]))]


scatter = rule(
    implementation = _scatter_impl,
    attrs = {
        "srcs": attr.label_list(allow_files = True),
        "word": attr.string(),
    },
)


def _linked_impl(ctx):
    out = ctx.actions.declare_file("at/" + ctx.label.name + ".file")
    link = ctx.actions.declare_file("at/" + ctx.label.name + ".link")
    ctx.actions.run_shell(
        outputs = [out, link],
        inputs = ctx.files.srcs,
        arguments = [out.path, link.path] + [f.path for f in ctx.files.srcs],
        command = SHOW + 'out=$1 link=$2; shift 2; show "$@" > $out; ' +
                  "ln -s ${out##*/} $link",
        mnemonic = "Linked",
    )
    return [DefaultInfo(files = depset([out, link]))]


linked = rule(
    implementation = _linked_impl,
    attrs = {"srcs": attr.label_list(allow_files = True)},
)
''' % {"show": json.dumps(SHOW)}

# Of each BUILD.spec.
HEAD = '''\
load("//defs:defs.spec", "SHOW_GENRULE", "linked", "scatter")
load("//defs:words.spec", "WORDS")

package(default_visibility = ["//visibility:public"])

config_setting(name = "debug", config = "debug")
'''


def refer(ref, package):
    return json.dumps(ref.replace(f"//{package}:", ":")
                      if ref.startswith(f"//{package}:") else ref)


def listed(refs, package):
    plain = [refer(ref, package) for ref in refs if isinstance(ref, str)]
    text_ = "[" + ", ".join(plain) + "]"
    for ref in refs:
        if isinstance(ref, tuple):
            text_ += (f" + glob([{json.dumps(ref[0])}], "
                      f"allow_empty = {ref[1]})")
    return text_


def render(target):
    attributes = {"name": json.dumps(target.name)}
    srcs = listed(target.srcs, target.package)
    if target.debug_srcs:
        debug = listed(target.debug_srcs, target.package)
        srcs += f' + select({{":debug": {debug}, "//conditions:default": []}})'
    kind, extra = target.kind, dict(target.options)
    if kind == "genrule":
        attributes |= genrule_attributes(target)
    elif kind in ("copy_file", "alias"):
        name = "src" if kind == "copy_file" else "actual"
        attributes[name] = refer(target.srcs[0], target.package)
        srcs = None
        if kind == "copy_file":
            attributes["out"] = json.dumps(target.name + ".copy")
    elif kind == "json_file":
        attributes["content"] = (f'{{"words": WORDS, "own": '
                                 f'{json.dumps(target.word)}}}')
        srcs = None
    elif kind == "scatter":
        attributes["word"] = json.dumps(target.word)
    elif kind == "merge_tree":
        attributes["out"] = json.dumps(target.name + ".merged")
        layers = extra.pop("layers", {})
        if layers:
            attributes["layers"] = "{" + ", ".join(
                f"{refer(ref, target.package)}: {json.dumps(place)}"
                for ref, place in layers.items()) + "}"
    if srcs is not None:
        attributes["srcs"] = srcs
    if target.optional_srcs:
        name = "data" if kind == "sh_test" else "optional_srcs"
        attributes[name] = listed(target.optional_srcs, target.package)
    for name, value in extra.items():
        attributes[name] = (str(value) if isinstance(value, (bool, int))
                            else json.dumps(value))
    body = "".join(f"    {name} = {value},\n"
                   for name, value in attributes.items())
    return f"{kind}(\n{body})\n"


def genrule_attributes(target):
    outs = [f"{target.name}.out", f"at/{target.name}.second"]
    paths = [f"$(RULEDIR)/{out}" for out in outs]
    body = (f' + "{{ echo {target.word} " + WORDS[1] + "; '
            f'show $(SRCS) {optional_words(target)}; }} > {paths[0]}')
    if target.word.startswith("two"):
        body += f"; echo {target.word} > {paths[1]}"
    else:
        outs.pop()
    return {"outs": json.dumps(outs), "cmd": f'SHOW_GENRULE{body}"'}


def optional_words(target):
    """The optional files that are there."""
    if not target.optional_srcs:
        return ""
    return ("$$(for path in $(OPTIONAL_SRCS); do "
            "if [ -e $$path ]; then echo $$path; fi; done)")
