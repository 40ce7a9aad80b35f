// SPDX-License-Identifier: Apache-2.0

// starlark-go's side: evaluates a program, or parses BUILD files, and prints
// JSON.
//
//	starlark_go eval FILE REPEATS
//	starlark_go parse FOLDER COUNT REPEATS
//
// Seconds are of all processors, the least of the repetitions.
package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
	"sort"
	"strconv"
	"syscall"

	"go.starlark.net/resolve"
	"go.starlark.net/starlark"
	"go.starlark.net/starlarkstruct"
	"go.starlark.net/syntax"
)

type outcome struct {
	Seconds float64 `json:"seconds"`
	Result  string  `json:"result,omitempty"`
	Bytes   int     `json:"bytes,omitempty"`
}

func must(err error) {
	if err != nil {
		println("starlark_go:", err.Error())
		os.Exit(1)
	}
}

func number(text string) int {
	n, err := strconv.Atoi(text)
	must(err)
	return n
}

func cpuSeconds() float64 {
	var usage syscall.Rusage
	must(syscall.Getrusage(syscall.RUSAGE_SELF, &usage))
	seconds := func(t syscall.Timeval) float64 {
		return float64(t.Sec) + float64(t.Usec)*1e-6
	}
	return seconds(usage.Utime) + seconds(usage.Stime)
}

// The least time of some runs of `run`. What lies about from before is
// collected before each, and what a run leaves is its own.
func least(repeats int, run func()) float64 {
	best := -1.0
	for i := 0; i < repeats; i++ {
		runtime.GC()
		begun := cpuSeconds()
		run()
		if taken := cpuSeconds() - begun; best < 0 || taken < best {
			best = taken
		}
	}
	return best
}

// A choice, or a sum of lists and choices.
type choice struct{ parts []starlark.Value }

func (c *choice) String() string        { return "select(...)" }
func (c *choice) Type() string          { return "select" }
func (c *choice) Freeze()               {}
func (c *choice) Truth() starlark.Bool  { return true }
func (c *choice) Hash() (uint32, error) { return 0, nil }
func (c *choice) Binary(op syntax.Token, other starlark.Value,
	side starlark.Side) (starlark.Value, error) {
	if op != syntax.PLUS {
		return nil, nil
	}
	parts := make([]starlark.Value, 0, len(c.parts)+1)
	if side == starlark.Right {
		parts = append(append(parts, other), c.parts...)
	} else {
		parts = append(append(parts, c.parts...), other)
	}
	return &choice{parts}, nil
}

type builtin = func(*starlark.Thread, *starlark.Builtin, starlark.Tuple,
	[]starlark.Tuple) (starlark.Value, error)

// What the program knows beside the builtins of the language.
func names() starlark.StringDict {
	var targets [][]starlark.Tuple
	known := starlark.StringDict{}
	define := func(name string, function builtin) {
		known[name] = starlark.NewBuiltin(name, function)
	}
	define("struct", starlarkstruct.Make)
	define("select", func(_ *starlark.Thread, _ *starlark.Builtin,
		args starlark.Tuple, _ []starlark.Tuple) (starlark.Value, error) {
		return &choice{[]starlark.Value{args[0]}}, nil
	})
	define("calls", func(*starlark.Thread, *starlark.Builtin, starlark.Tuple,
		[]starlark.Tuple) (starlark.Value, error) {
		return starlark.MakeInt(len(targets)), nil
	})
	for _, name := range []string{"library", "binary", "unit_test", "resources",
		"generated"} {
		define(name, func(_ *starlark.Thread, _ *starlark.Builtin,
			_ starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
			targets = append(targets, kwargs)
			return starlark.None, nil
		})
	}
	return known
}

func evaluate(path string, repeats int) outcome {
	resolve.AllowNestedDef = true
	resolve.AllowLambda = true
	_, program, err := starlark.SourceProgram(path, nil, names().Has)
	must(err)
	var result string
	seconds := least(repeats, func() {
		globals, err := program.Init(&starlark.Thread{Name: path}, names())
		must(err)
		globals.Freeze()
		result = globals["RESULT"].String()
	})
	return outcome{Seconds: seconds, Result: result}
}

func parse(folder string, count, repeats int) outcome {
	paths, err := filepath.Glob(filepath.Join(folder, "p*", "*.spec"))
	must(err)
	sort.Strings(paths)
	if len(paths) > count {
		paths = paths[:count]
	}
	var texts [][]byte
	bytes := 0
	for _, path := range paths {
		text, err := os.ReadFile(path)
		must(err)
		texts = append(texts, text)
		bytes += len(text)
	}
	seconds := least(repeats, func() {
		for i, text := range texts {
			_, err := syntax.Parse(paths[i], text, 0)
			must(err)
		}
	})
	return outcome{Seconds: seconds, Bytes: bytes}
}

func main() {
	var found outcome
	if os.Args[1] == "eval" {
		found = evaluate(os.Args[2], number(os.Args[3]))
	} else {
		found = parse(os.Args[2], number(os.Args[3]), number(os.Args[4]))
	}
	must(json.NewEncoder(os.Stdout).Encode(found))
}
