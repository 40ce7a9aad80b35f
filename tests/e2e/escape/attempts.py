# SPDX-License-Identifier: Apache-2.0
"""Ways out of a sandbox, one a line: what each tries, how, and which isolation
levels promise that it fails. docs/isolation.md holds the same table. `root` is
`strict` for an action that is root in a root filesystem of its own.

Each `how` is a shell command that exits with 0 if the attempt worked. It runs
as an action, where `./escape` is the program of escape.c; `{…}` stands for a
place of the host (see test_escape.py). With `find`, another action that runs
next in the same slot tells. With `on_host`, what the host finds afterwards.

`levels` has a letter for each of strict (and root, unless that has a letter of
its own), basic, none:
  F  forbidden
  O  open, and the attempt works wherever the tests run
  o  open, but something else may be in its way: rights, settings of the kernel
  -  open, and not tried, because the machine would suffer
"""
import dataclasses


@dataclasses.dataclass
class Attempt:
    name: str
    what: str
    levels: str
    how: str
    find: str = ""
    on_host: str = ""     # A method of the test: true if the attempt worked.
    users: str = "both"   # "user": makes sense for an ordinary user only.
    output: str = "file"  # "own": the command makes its output itself.
    root: str = ""

    def letter(self, level):
        if level == "root" and self.root:
            return self.root
        return self.levels[("strict", "basic", "none").index(
            "strict" if level == "root" else level)]


GROUPS = {
    "Reading what was not declared": [
        Attempt("read-workspace", "a file of the workspace, by its path",
                "FFO", "cat {workspace}/undeclared.txt"),
        Attempt("read-climbing", "the same by `../../…`", "FFO",
                "cat ../../../../../../../../../..{workspace}/undeclared.txt"),
        Attempt("read-home", "a file of the user", "FFO", "cat {secret}"),
        Attempt("read-link", "a file of the user behind a symbolic link of "
                "one's own", "FFO", "ln -s {secret} graph-out/l; cat graph-out/l"),
        Attempt("list-folder", "the names in a folder of the user", "FFO",
                "ls {host}"),
        Attempt("stat-file", "whether a file is there, its size and times",
                "FOO", "test -s {secret}"),
        Attempt("read-settings", "the settings of the machine in `/etc`",
                "FFO", "grep ^root: /etc/passwd"),
        Attempt("read-host-tmp", "the machine's `/tmp`", "FFO",
                "cat {tmp}/left.txt"),
        Attempt("run-host-program", "programs that are not of the toolchain",
                "FFO", "{program} -e 0"),
        Attempt("read-cache", "the cache: results of other actions", "FFO",
                "ls {cache}/store"),
        Attempt("read-slots", "the folders of actions that run beside",
                "FFO", "ls {cache}/slots"),
        Attempt("read-proc-root", "files through `/proc/self/root`", "FFO",
                "cat /proc/self/root{secret}"),
        Attempt("read-proc-cwd", "files through the folder of a process of "
                "the user", "FFO", "cat /proc/{victim}/cwd/secret.txt"),
        Attempt("read-proc-environment", "variables of a process of the user",
                "FFO", "cat /proc/{victim}/environ"),
        Attempt("read-environment", "variables of who started the build",
                "FFF", "env | grep ESCAPE_SECRET"),
        Attempt("read-open-files", "files that the engine has open", "FFF",
                "./escape open-files"),
        Attempt("read-handle", "files by number instead of name", "FFo",
                "./escape by-handle"),
        Attempt("read-disk", "the disk itself", "FFo",
                "head -c 1 {disk} | grep -q ."),
        Attempt("read-kernel-log", "the log of the kernel", "FFo",
                "./escape kernel-log || head -c 1 /dev/kmsg"),
    ],
    "Knowing where it runs": [
        Attempt("host-name", "the name of the machine", "FOO",
                'test "$(uname -n)" = {host_name}'),
        Attempt("user-id", "the number of the user", "FOO",
                'test "$(id -u)" = {uid}', root="o"),
        Attempt("list-processes", "which processes run", "FOO",
                "cat /proc/{victim}/comm"),
        Attempt("place-of-cache", "where the cache lies", "OOO",
                "grep {cache} /proc/self/mountinfo || pwd | grep {cache}"),
        Attempt("clock", "what time it is", "OOO",
                'test "$(date +%s)" -gt 1500000000'),
        Attempt("kernel", "the version of the kernel, the processors", "OOO",
                'test "$(uname -r)" = {kernel}'),
        Attempt("umask", "the caller's umask", "FFF",
                'test "$(umask)" != 0022'),
    ],
    "Writing elsewhere": [
        Attempt("overwrite-file", "a file of the user", "FFO",
                "echo x > {host}/overwrite.txt"),
        Attempt("remove-file", "remove one", "FFO",
                "rm {host}/remove.txt"),
        Attempt("truncate-file", "cut one short", "FFO",
                "./escape truncate {host}/truncate.txt"),
        Attempt("open-truncating", "cut one short by opening it for reading",
                "FFO", "./escape open-truncating {host}/truncate.txt"),
        Attempt("rename-file", "rename one", "FFO",
                "mv {host}/rename.txt {host}/renamed.txt"),
        Attempt("hard-link-out", "take one in by a hard link, then write to it",
                "FFO", "ln {host}/link.txt graph-out/l && echo x > graph-out/l"),
        Attempt("link-input-out", "give an input out by a hard link", "FFO",
                "ln in.txt {host}/input-out.txt"),
        Attempt("change-mode", "change its mode", "FOO",
                "chmod 600 {host}/mode.txt"),
        Attempt("change-times", "change its times", "FOO",
                "touch -r in.txt {host}/times.txt"),
        Attempt("write-host-tmp", "the machine's `/tmp`", "FFO",
                "echo x > {tmp}/new.txt; test -e {tmp}/new.txt",
                on_host="is_in_tmp"),
        Attempt("write-shared-memory", "the machine's `/dev/shm`", "FFo",
                "echo x > /dev/shm/{mark}", on_host="is_in_shared_memory"),
        Attempt("write-cache", "the cache", "FFO",
                "echo x > {cache}/store/escape"),
        Attempt("write-toolchain", "the programs of the toolchain", "FFO",
                "echo x >> {toolchain}/usr/bin/escape"),
        Attempt("write-tools", "the programs of the machine", "FF-",
                "echo x >> /usr/bin/{mark}", on_host="is_in_tools"),
        Attempt("write-workspace", "the workspace", "FFO",
                "echo x > {workspace}/escape.txt"),
        Attempt("write-input", "a declared input that is a source", "FFF",
                "(chmod u+w in.txt; echo x >> in.txt)", find="grep x in.txt"),
        Attempt("write-input-forged", "the same, with time and mode put back",
                "FFF", "(chmod u+w in.txt; t=$(stat -c %y in.txt); "
                "printf 'wrong!\\n' > in.txt; touch -d \"$t\" in.txt; "
                "chmod 444 in.txt)", find="grep wrong in.txt"),
        Attempt("write-made-input", "a declared input that was made", "FFF",
                "chmod u+w graph-out/made.txt; echo x >> graph-out/made.txt",
                find="grep x graph-out/made.txt"),
        Attempt("write-made-input-forged", "the same, with time and mode put "
                "back", "FFF", "f=graph-out/made.txt; t=$(stat -c %y $f); "
                "chmod u+w $f; printf 'wrong!\\n' > $f; touch -d \"$t\" $f; "
                "chmod 444 $f", find="grep wrong graph-out/made.txt"),
        Attempt("replace-input", "replace a declared input", "FFF",
                "rm -f in.txt; echo wrong > in.txt",
                find="grep wrong in.txt"),
        Attempt("archive-absolute", "unpack an archive with absolute names",
                "FFO", "tar -xPf evil-absolute.tar",
                on_host="is_absolute_unpacked"),
        Attempt("archive-parent", "unpack one with `..` in its names", "FFO",
                "cd graph-out && tar -xPf ../evil-parent.tar",
                on_host="is_parent_unpacked"),
        Attempt("archive-link", "unpack one with a file behind a link of its "
                "own", "FFO", "cd graph-out && tar -xPf ../evil-link.tar",
                on_host="is_link_unpacked"),
    ],
    "Outputs that are something else": [
        Attempt("output-link-secret", "a link to a file of the user as output",
                "FFF", "ln -s {secret} $@", on_host="output_tells",
                output="own"),
        Attempt("output-link-parent", "the same by `..`", "FFF",
                "ln -s ../../../../../../../../../..{secret} $@",
                on_host="output_tells", output="own"),
        Attempt("output-link-dangling", "a link to nothing as output", "FFF",
                "ln -s nothing $@", on_host="output_is_there", output="own"),
        Attempt("output-folder-swapped", "the folder of the output becomes a "
                "link to one of the user", "FFF",
                "cd graph-out && rmdir swap && ln -s {host}/swap swap",
                on_host="output_tells", output="swap"),
        Attempt("output-set-user-id", "a program that runs as another user "
                "as output", "FFF", "cp escape $@; chmod 6755 $@",
                on_host="output_is_set_user_id", output="own"),
        Attempt("output-pipe", "a pipe as output", "FFF", "mkfifo $@",
                on_host="output_is_there", output="own"),
    ],
    "Network": [
        Attempt("tcp", "a server on this machine", "FFO",
                "./escape tcp {tcp}"),
        Attempt("tcp-shell", "the same from a shell", "FFO",
                "exec 3<>/dev/tcp/127.0.0.1/{tcp}"),
        Attempt("udp", "a datagram to it", "FFO", "./escape udp {udp}"),
        Attempt("abstract-socket", "a local server without a file", "FFO",
                "./escape abstract-socket {abstract}"),
        Attempt("path-socket", "a local server with a file, as that of "
                "Docker", "FFO", "./escape path-socket {host}/socket"),
        Attempt("passed-file", "an open file that a local server passes on",
                "FFO", "./escape passed-fd {abstract}"),
        Attempt("vsock", "the machine below this virtual one", "FFo",
                "./escape vsock"),
        Attempt("packet", "raw packets", "FFo", "./escape packet"),
        Attempt("kernel-sockets", "other families of sockets", "FFo",
                "./escape alg"),
    ],
    "Other processes": [
        Attempt("signal", "a signal to a process of the user", "FFO",
                "./escape signal {victim}"),
        Attempt("kill-keeper", "the process that watches over the action",
                "FFO", "kill -WINCH $(cut -d' ' -f4 /proc/$PPID/stat)"),
        Attempt("trace", "trace a process of the user", "FFo",
                "./escape trace {victim}"),
        Attempt("read-memory", "read its memory", "FFo",
                "./escape read-memory {victim}"),
        Attempt("write-memory", "open its memory by `/proc`", "FFo",
                "./escape proc-memory {victim}"),
        Attempt("take-file", "take an open file of it", "FFo",
                "./escape take-fd {victim}"),
        Attempt("daemon", "a daemon that lives on", "FFF",
                "./escape daemon {mark}-daemon",
                on_host="is_daemon_alive"),
        Attempt("daemons-many", "many of them, each the parent of the next",
                "FFF", "f() {{ if [ $1 -gt 0 ]; then f $(($1 - 1)) & fi; "
                "exec -a {mark}-daemon sleep 1000; }}; "
                "(f 20 < /dev/null > /dev/null 2>&1 &); sleep 0.1",
                on_host="is_daemon_alive"),
        Attempt("terminal", "type into the user's terminal", "FFF",
                ": > /dev/tty"),
        Attempt("core-dump", "a core dump that the machine collects", "FFo",
                "ulimit -c unlimited || test $(ulimit -c) != 0"),
    ],
    "Privileges and the kernel": [
        Attempt("set-user-id", "a program that runs as root", "FFO",
                "{set_user_id} own-root", users="user"),
        Attempt("new-privileges", "gain privileges by starting programs",
                "FFO", "./escape new-privileges"),
        Attempt("capabilities", "capabilities (as root in its own files)",
                "FFo",
                "./escape capabilities", root="O"),
        Attempt("user-namespace", "be root in a namespace", "FFo",
                "./escape user-namespace"),
        Attempt("cloned-namespace", "the same by another call", "FFo",
                "./escape cloned-namespace"),
        Attempt("join-namespace", "enter a namespace of the machine", "FFo",
                "./escape join-namespace {victim}"),
        Attempt("mount", "mount something", "FFo",
                "mkdir graph-out/m; ./escape mount-memory graph-out/m"),
        Attempt("unmount", "take a mount away", "FF-", "./escape unmount"),
        Attempt("clone-mount", "copy a mount", "FFo", "./escape clone-mount"),
        Attempt("change-root", "another root folder, and out of it", "FFo",
                "cd graph-out && ../escape change-root"),
        Attempt("device", "make a device file", "FFo",
                "./escape device graph-out/device"),
        Attempt("change-host-name", "set the name of the machine", "FFo",
                "./escape change-host-name"),
        Attempt("change-time", "set the clock", "FFo",
                "./escape change-time"),
        Attempt("bpf", "load programs into the kernel", "FFo",
                "./escape bpf"),
        Attempt("perf", "watch others by performance counters", "FFo",
                "./escape perf"),
        Attempt("io-uring", "work around the filter by io_uring", "FFo",
                "./escape io-ring"),
        Attempt("userfaultfd", "hold the kernel up at a page fault", "FFo",
                "./escape page-faults"),
        Attempt("old-calls", "system calls of 32 bit programs", "FFo",
                "./escape old-calls"),
        Attempt("x32-calls", "those of x32 programs", "FFo",
                "./escape x32-calls"),
        Attempt("kernel-settings", "settings of the kernel", "FFo",
                "cat /proc/sys/kernel/hostname > $TMPDIR/n && "
                "cat $TMPDIR/n > /proc/sys/kernel/hostname"),
    ],
    "Leaving something for the next action": [
        Attempt("leave-beside-source", "a file beside its inputs", "FFF",
                "echo x > left.txt", find="test -e left.txt"),
        Attempt("leave-beside-output", "a file beside its outputs", "FFF",
                "echo x > graph-out/left.txt",
                find="test -e graph-out/left.txt"),
        Attempt("leave-in-tmp", "a file in its `TMPDIR`", "FFO",
                "echo x > $TMPDIR/{mark}", find="rm $TMPDIR/{mark}"),
        Attempt("leave-locked-folder", "a folder that cannot be removed",
                "FFF", "mkdir -p graph-out/l/m; chmod 0 graph-out/l",
                find="test -e graph-out/l"),
        Attempt("leave-mode", "another mode of a folder", "FFF",
                "chmod 777 graph-out", find="stat -c %a graph-out | grep 777"),
        Attempt("leave-process", "a process", "FFF",
                "./escape daemon {mark}-daemon",
                find="grep -qsa ^{mark}-daemon /proc/[0-9]*/cmdline"),
        Attempt("leave-memory", "shared memory (System V)", "FFO",
                "./escape plant-memory {number}",
                find="./escape find-memory {number}"),
        Attempt("leave-queue", "a message queue", "FFo",
                "./escape plant-queue /{mark}",
                find="./escape find-queue /{mark}"),
        Attempt("leave-key", "a key in the kernel's keyring", "FFo",
                "./escape plant-key {mark}", find="./escape find-key {mark}"),
        Attempt("leave-attribute", "an extended attribute of a folder", "FFo",
                "./escape plant-attribute graph-out",
                find="./escape find-attribute graph-out"),
    ],
}

LEVELS = ("strict", "root", "basic", "none")
ATTEMPTS = [attempt for group in GROUPS.values() for attempt in group]


def table():
    """For docs/isolation.md."""
    words = {"F": "forbidden", "O": "open", "o": "open", "-": "open"}
    lines = []
    for group, attempts in GROUPS.items():
        lines += [f"### {group}", "",
                  "| attempt | what is tried | strict | root | basic | none |",
                  "|---|---|---|---|---|---|"]
        for attempt in attempts:
            cells = [words[attempt.letter(level)] for level in LEVELS]
            cells = [f"**{cell}**" if cell == "open" else cell
                     for cell in cells]
            lines.append(f"| `{attempt.name}` | {attempt.what} | "
                         f"{' | '.join(cells)} |")
        lines.append("")
    return "\n".join(lines)
