// Runs a Python file under MicroPython, with a folder as its disk:
//   node micropython.mjs PACKAGE FOLDER SCRIPT
import fs from "node:fs";
import path from "node:path";

const [interpreter, folder, script] = process.argv.slice(2).map((arg) => path.resolve(arg));
process.exitCode = 70;  // Whatever ends early, has failed.
const { loadMicroPython } = await import(path.join(interpreter, "micropython.mjs"));
const python = await loadMicroPython({ stdout: (line) => console.log(line), linebuffer: true });

for (const entry of fs.readdirSync(folder, { recursive: true, withFileTypes: true })) {
  const from = path.join(entry.parentPath ?? entry.path, entry.name);
  const to = "/disk/" + path.relative(folder, from);
  if (entry.isDirectory()) continue;
  python.FS.mkdirTree(path.dirname(to));
  python.FS.writeFile(to, fs.readFileSync(from));
}

try {
  python.runPython("import sys; sys.path[:] = ['/disk']");
  python.runPython(fs.readFileSync(script, "utf8"));
  process.exitCode = 0;
} catch (error) {
  console.error(error.message); // Python's traceback.
  process.exitCode = 1;
}
