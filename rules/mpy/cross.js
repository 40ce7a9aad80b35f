#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
// mpy-cross out of an npm package, with the command line of the C program:
//   mpy_cross [OPTION…] [-s NAME] [-o OUTPUT] INPUT
"use strict";
const fs = require("fs");
const path = require("path");

// Whatever ends this early, has failed.
process.exitCode = 70;
// Where there is a fetch(), the package takes Node.js for a browser.
globalThis.fetch = undefined;
const { compile } = require(path.join(__dirname, "%{package}"));

// Options that are followed by a value of their own.
const WITH_VALUE = ["-X", "-o", "-s"];

function parse(words) {
  const said = { options: [], source: undefined, output: undefined, input: undefined };
  for (let i = 0; i < words.length; ++i) {
    const word = words[i];
    if (!word.startsWith("-")) {
      if (said.input !== undefined) throw new Error("there is more than one input");
      said.input = word;
      continue;
    }
    const value = WITH_VALUE.includes(word) ? words[++i] : undefined;
    if (word === "-o") said.output = value;
    else if (word === "-s") said.source = value;
    else said.options.push(word, ...(value === undefined ? [] : [value]));
  }
  return said;
}

async function main() {
  const said = parse(process.argv.slice(2));
  const asked = said.input !== undefined;
  const options = [...said.options];
  // The file that the compiler sees has a name of its own; what goes into the
  // output is the name that was given.
  if (asked) options.push("-s", said.source ?? said.input);
  const text = asked ? fs.readFileSync(said.input) : Buffer.alloc(0);
  const done = await compile(asked ? "input.py" : "--version", text, options);
  for (const line of done.out) console.log(line);
  for (const line of done.err) console.error(line.replace('"input.py"', `"${said.input}"`));
  if (asked && done.status === 0) {
    fs.writeFileSync(said.output ?? said.input.replace(/(\.py)?$/, ".mpy"), done.mpy);
  }
  process.exitCode = done.status;
}

main().catch((error) => {
  console.error(`mpy_cross: ${error.message}`);
  process.exitCode = 1;
});
