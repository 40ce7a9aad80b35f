# SPDX-License-Identifier: Apache-2.0
"""The environment in which a Python of this machine builds for another one.

prepare() is all that is needed, in one place: whoever starts a process with
this environment, in whatever order, compiles for the target.
"""
import os
import pathlib
import shutil

from wheel_file import Refused


def prepare(said, scratch, env, config, backend):
    """Completes `env` and `config` (settings of `backend`).

    `said`: `sysroot`, `triplet` (arm-linux-gnueabihf), `python` (3.11),
    `platform` (linux-armv7l), `cpu` and `endian` as Meson calls them.
    """
    sysroot = os.path.abspath(said["sysroot"])
    triplet, python = said["triplet"], said["python"]
    data = _sysconfigdata(sysroot, python, triplet)
    # Of the target's library this one module: the others are those of the
    # Python that runs.
    folder = scratch / "target"
    folder.mkdir()
    shutil.copy(data, folder)
    env["PYTHONPATH"] = os.pathsep.join(
        filter(None, [str(folder), env.get("PYTHONPATH")]))
    env["_PYTHON_SYSCONFIGDATA_NAME"] = data.stem
    env["_PYTHON_HOST_PLATFORM"] = said["platform"]

    flags = env.pop("CROSS_FLAGS") + f" -ffile-prefix-map={sysroot}=/"
    includes = [f"{sysroot}/usr/include/python{python}",
                f"{sysroot}/usr/include/{triplet}/python{python}"]
    includes = [f"-I{path}" for path in includes if os.path.isdir(path)]
    root = f"--sysroot={sysroot}"
    for name, program in {"CC": "gcc", "CXX": "g++"}.items():
        env[name] = f"{triplet}-{program} {root}"
    env["CFLAGS"] = env["CXXFLAGS"] = " ".join([flags, *includes])
    env["LDSHARED"] = f"{env['CC']} -shared"
    env["LDCXXSHARED"] = f"{env['CXX']} -shared"
    for name, program in {"AR": "ar", "STRIP": "strip", "LD": "ld",
                          "RANLIB": "ranlib", "NM": "nm"}.items():
        env[name] = f"{triplet}-{program}"
    # Libraries of the target, never of this machine.
    env["PKG_CONFIG_SYSROOT_DIR"] = sysroot
    env["PKG_CONFIG_LIBDIR"] = os.pathsep.join(
        f"{sysroot}/usr/{place}/pkgconfig"
        for place in (f"lib/{triplet}", "lib", "share"))
    if backend == "mesonpy":
        _for_meson(said, scratch, env, config, root, flags, includes)


def suffixes(said):
    """Those of extension modules, as the target's Python knows them."""
    python = said["python"].replace(".", "")
    return [f".cpython-{python}-{said['triplet']}.so", ".abi3.so", ".so"]


def _sysconfigdata(sysroot, python, triplet):
    folder = pathlib.Path(sysroot, f"usr/lib/python{python}")
    for name in (f"_sysconfigdata__{triplet}.py",  # Debian's name of it.
                 f"_sysconfigdata__linux_{triplet}.py"):
        if (folder / name).exists():
            return folder / name
    found = ", ".join(sorted(
        path.name for path in folder.glob("_sysconfigdata__*.py")))
    raise Refused(f"the sysroot has no _sysconfigdata of Python {python} for "
                  f"{triplet}, " + (f"but {found}" if found else
                                    f"which libpython{python}-minimal has"))


def _for_meson(said, scratch, env, config, root, flags, includes):
    """Meson takes the compilers from a file, and takes those of the
    environment for the machine that builds."""
    def words(*values):
        return "[" + ", ".join("'" + value + "'" for value in values) + "]"

    compile_args = words(*flags.split(), *includes)
    text = "[binaries]\n"
    for name, program in {"c": "gcc", "cpp": "g++"}.items():
        text += f"{name} = {words(said['triplet'] + '-' + program, root)}\n"
    for name in ("ar", "strip", "nm", "ld"):
        text += f"{name} = '{said['triplet']}-{name}'\n"
    text += "pkgconfig = 'pkg-config'\n[properties]\n"
    text += f"sys_root = '{os.path.abspath(said['sysroot'])}'\n"
    text += "[built-in options]\n"
    text += f"c_args = {compile_args}\ncpp_args = {compile_args}\n"
    text += ("[host_machine]\nsystem = 'linux'\n"
             f"cpu_family = '{said['cpu']}'\ncpu = '{said['cpu']}'\n"
             f"endian = '{said['endian']}'\n")
    file = scratch / "cross.ini"
    file.write_text(text, "utf-8")
    for name in ("CC", "CXX", "CFLAGS", "CXXFLAGS", "AR", "STRIP", "LD",
                 "LDSHARED", "LDCXXSHARED", "RANLIB", "NM"):
        env.pop(name, None)
    given = config.get("setup-args", [])
    config["setup-args"] = ["--cross-file", str(file)] + (
        [given] if isinstance(given, str) else list(given))
