# SPDX-License-Identifier: Apache-2.0
"""Random expressions that mean the same in Python and in our language.

Every generator takes a depth and gives the text of an expression of one type.
What the two languages do differently is left out here: strings beyond ASCII,
arithmetic of bools, the order of sets, the text of floats and of quotes.
"""


class Expressions:
    def __init__(self, random):
        self.random = random

    def any(self, depth):
        make = self.random.choice([
            self.int, self.int, self.float, self.bool, self.str, self.str,
            self.list, self.list, self.strings, self.tuple, self.dict])
        return make(depth)

    def pick(self, depth, atom, *forms):
        if depth <= 0 or self.random.random() < 0.1:
            return atom()
        return self.random.choice(forms)()

    # --- atoms ---
    def int_atom(self):
        r = self.random
        return r.choice([
            lambda: str(r.randint(0, 9)), lambda: "(-%d)" % r.randint(1, 9),
            lambda: str(r.randint(-100, 100)).replace("-", "0-"),
            lambda: hex(r.getrandbits(31)), lambda: oct(r.getrandbits(9)),
            lambda: "(-%d)" % r.getrandbits(63), lambda: str(1 << r.choice(
                [31, 32, 47, 48, 53, 61, 62, 63, 64, 65, 127])),
            lambda: "(%d)" % (r.choice([-1, 1]) * (
                (1 << r.choice([31, 46, 47, 48, 53, 62, 63, 64, 128]))
                + r.randint(-2, 2))),
            lambda: str(r.getrandbits(200))])()

    def float_atom(self):
        r = self.random
        return r.choice([
            lambda: repr(r.randint(-40, 40) / 4.0).replace("-", "0-"),
            lambda: repr(float(r.getrandbits(60))), lambda: repr(r.random()),
            lambda: r.choice(["1e300", "1e-300", "5e-324", "0.1", "1e22",
                              "123456789.125", "(-0.0)", "1e16", "1e15",
                              "9007199254740993.0", "2.5", "(-2.5)"])])()

    def str_atom(self):
        r = self.random
        return repr("".join(r.choice("aabbcA Z09\n\t-_.,\\'\"%{}\r"
                                     if r.random() < 0.2 else "aabbc AB1")
                            for _ in range(r.randint(0, 6))))

    def small(self):
        return str(self.random.randint(-3, 6)) if self.random.random() < 0.9 \
            else self.random.choice(["100", "-100", "(1 << 40)"])

    def tiny(self):
        return str(self.random.randint(-5, 9))

    def word(self):
        """A string that is not empty: where "" is found, the two differ."""
        return '"%s"' % "".join(self.random.choice("aabbcAB1 ")
                                for _ in range(self.random.randint(1, 3)))

    def bound(self):
        return self.random.choice(["", "None", self.small(), self.small()])

    def slice(self):
        step = self.random.choice(["", "", "1", "2", "-1", "-2", "None", "3",
                                   "(1 << 40)", "(-(1 << 40))"])
        tail = ":" + step if step or self.random.random() < 0.3 else ""
        return "[%s:%s%s]" % (self.bound(), self.bound(), tail)

    # --- types ---
    def int(self, depth):
        r, d = self.random, depth - 1

        def binary():
            op = r.choice("+ - * // % & | ^".split())
            return "(%s %s %s)" % (self.int(d), op, self.int(d))

        def shift():
            return "(%s %s %d)" % (self.int(d), r.choice(["<<", ">>"]),
                                   r.choice([0, 1, 3, 31, 32, 63, 64, 70]))

        def search():
            return "(%s).%s(%s, %s, %s)" % (
                self.str(d), r.choice(["find", "rfind", "count", "index",
                                       "rindex"]),
                self.word(), self.small(), r.choice(["None", self.small()]))

        return self.pick(
            depth, self.int_atom, binary, binary, shift, search,
            lambda: "(%s%s)" % (r.choice("-~+"), self.int(d)),
            lambda: "len(%s)" % r.choice([self.str, self.list])(d),
            lambda: "int(%s)" % self.float(d),
            lambda: "int(%s, %d)" % (self.digits(), r.choice([0, 2, 8, 10, 16,
                                                              36])),
            lambda: "abs(%s)" % self.int(d),
            lambda: "%s(%s)" % (r.choice(["min", "max"]), self.list(d)),
            lambda: "%s[%s]" % (self.list(d), self.small()),
            lambda: "(%s if %s else %s)" % (self.int(d), self.bool(d),
                                            self.int(d)),
            lambda: "%s.index(%s)" % (self.list(d), self.int(0)),
            lambda: "range(%s, %s, %s)[%s]" % tuple(
                self.tiny() for _ in range(4)))

    def digits(self):
        r = self.random
        return repr(r.choice(["", "-", "+"]) + r.choice(["", "0x", "0b", "0o",
                                                         "0", "0X"])
                    + "".join(r.choice("01" if r.random() < .6 else "0179afz")
                              for _ in range(r.randint(0, 5))))

    def float(self, depth):
        r, d = self.random, depth - 1
        number = lambda: r.choice([self.int, self.float])(d)
        quarter = lambda: repr(r.randint(-60, 60) / 4.0).replace("-", "0-")
        return self.pick(
            depth, self.float_atom,
            lambda: "(%s %s %s)" % (self.float(d), r.choice("+-*"), number()),
            lambda: "(%s %s %s)" % (number(), r.choice("+-*"), self.float(d)),
            lambda: "(%s / %s)" % (self.float(d), number()),
            lambda: "(%d / %d)" % (r.getrandbits(50), r.getrandbits(40)),
            lambda: "((%s) %s (%s))" % (quarter(), r.choice(["//", "%"]),
                                        quarter()),
            lambda: "float(%s)" % number(),
            lambda: "float(str(%s))" % self.int(d),
            lambda: "(-%s)" % self.float(d),
            lambda: "abs(%s)" % self.float(d))

    def bool(self, depth):
        r, d = self.random, depth - 1
        number = lambda: r.choice([self.int, self.int, self.float])(d)

        def compare():
            make = r.choice([number, lambda: self.str(d),
                             lambda: self.list(d), lambda: self.strings(d)])
            return "(%s %s %s)" % (make(), r.choice(
                "== != < > <= >=".split()), make())

        return self.pick(
            depth, lambda: r.choice(["True", "False"]), compare, compare,
            lambda: "(not %s)" % self.any(d),
            lambda: "bool(%s)" % self.any(d),
            lambda: "(%s %s %s)" % (self.bool(d), r.choice(["and", "or"]),
                                    self.bool(d)),
            lambda: "(%s %sin %s)" % (number(), r.choice(["", "not "]),
                                      self.list(d)),
            lambda: "(%s in %s)" % (self.str(0), self.str(d)),
            lambda: "(%s in %s)" % (self.int(0), self.dict(d)),
            lambda: "(%s == %s)" % (self.dict(d), self.dict(d)),
            lambda: "%s(%s)" % (r.choice(["any", "all"]), self.list(d)),
            lambda: "(%s in range(%s, %s, %s))" % (
                number(), self.tiny(), self.tiny(), self.tiny()),
            lambda: "(range(%s, %s, %s) == range(%s, %s, %s))" % tuple(
                self.tiny() for _ in range(6)),
            lambda: "(%s).%s()" % (self.str(d), r.choice(
                "isalnum isalpha isdigit islower isspace istitle isupper"
                .split())),
            lambda: "(%s).%s(%s, %s)" % (
                self.str(d), r.choice(["startswith", "endswith"]),
                r.choice([self.word(), "(%s, %s)" % (self.word(),
                                                     self.word())]),
                self.small()))

    def str(self, depth):
        r, d = self.random, depth - 1

        def percent():
            conversion = r.choice("sdoxX%")
            if conversion == "%":
                return '"%d%%" % ' + self.int(d)
            return '("<%%%s|%%d>" %% (%s, %s))' % (conversion, self.int(d),
                                                  self.int(d))

        def replace():
            return "(%s).replace(%s, %s%s)" % (
                self.str(d), self.str(0), self.str(0),
                r.choice(["", ", " + self.small()]))

        return self.pick(
            depth, self.str_atom, percent, replace,
            lambda: '("%%%s" %% %s)' % (r.choice("eEfF"), self.float(d)),
            lambda: "(%s + %s)" % (self.str(d), self.str(d)),
            lambda: "(%s * %s)" % (self.str(d), r.randint(-1, 4)),
            lambda: "(%s)%s" % (self.str(d), self.slice()),
            lambda: "(%s)[%s]" % (self.str(d), self.small()),
            lambda: "(%s).%s()" % (self.str(d), r.choice(
                "upper lower title capitalize strip lstrip rstrip".split())),
            lambda: "(%s).%s(%s)" % (self.str(d), r.choice(
                "strip lstrip rstrip removeprefix removesuffix".split()),
                self.str(0)),
            lambda: "(%s).join(%s)" % (self.str(d), self.strings(d)),
            lambda: "str(%s)" % self.int(d),
            lambda: r.choice(['"{}%s{}"', '"{1}{{%s}}{0}"', '"{0}{0}%s{1}"'])
            % r.choice("abc") + ".format(%s, %s)" % (self.str(d), self.int(d)),
            lambda: "%s[%s]" % (self.strings(d), self.small()),
            lambda: 'f"a{%s}b{{{%s}}}"' % (self.plain(), self.plain()))

    def plain(self):
        """An int without a quote or a brace, for f-strings of Python 3.11."""
        return "%d %s %d" % (self.random.randint(0, 99),
                             self.random.choice(["+", "*", "-", "//", "%"]),
                             self.random.randint(1, 99))

    def list(self, depth):
        r, d = self.random, depth - 1
        literal = lambda: "[%s]" % ", ".join(
            self.int(d - 1) for _ in range(r.randint(0, 4)))
        return self.pick(
            depth, literal, literal,
            lambda: "list(range(%s, %s, %s))" % (
                r.randint(-5, 9), r.randint(-5, 9), r.randint(-3, 4)),
            lambda: "list(range(%s, %s, %s)%s)" % (
                r.randint(-5, 9), r.randint(-5, 9), r.randint(-3, 4),
                self.slice()),
            lambda: "(%s + %s)" % (self.list(d), self.list(d)),
            lambda: "(%s * %d)" % (self.list(d), r.randint(-1, 3)),
            lambda: "(%s)%s" % (self.list(d), self.slice()),
            lambda: "sorted(%s%s)" % (self.list(d), r.choice(
                ["", ", reverse = True", ", key = lambda x: x % 3",
                 ", key = lambda x: -x, reverse = True",
                 ", key = lambda x: x // 4, reverse = True"])),
            lambda: "reversed(%s)" % self.list(d),
            lambda: "[len(str(x)) for x in range(%s, %s)]" % (
                self.tiny(), self.tiny()),
            lambda: "sorted(set(%s) %s set(%s))" % (
                self.list(d), r.choice("|&-^"), self.list(d)),
            lambda: "[x %s %s for x in %s if x %% %d]" % (
                r.choice("+-*"), self.int(0), self.list(d), r.randint(1, 3)),
            lambda: "[x * y for x in %s for y in %s if x > y]" % (
                self.list(1), self.list(0)),
            lambda: "[a for a, b in zip(%s, %s)]" % (self.list(d),
                                                     self.list(d)),
            lambda: "%s.%s()" % (self.dict(d), r.choice(["keys", "values"])))

    def strings(self, depth):
        r, d = self.random, depth - 1
        literal = lambda: "[%s]" % ", ".join(
            self.str(d - 1) for _ in range(r.randint(0, 3)))
        return self.pick(
            depth, literal, literal,
            lambda: "(%s).%s(%s)" % (self.str(d), r.choice(
                ["split", "rsplit"]), r.choice([
                    "", "None", self.str(0), self.str(0) + ", " + self.small(),
                    "None, " + self.small()])),
            lambda: "(%s).splitlines(%s)" % (self.str(d), r.choice(
                ["", "True", "False"])),
            lambda: "list((%s).%s(%s))" % (self.str(d), r.choice(
                ["partition", "rpartition"]), self.str(0)),
            lambda: "sorted(%s, key = len)" % self.strings(d),
            lambda: "sorted(%s)" % self.strings(d),
            lambda: "(%s)%s" % (self.strings(d), self.slice()))

    def tuple(self, depth):
        r, d = self.random, depth - 1
        literal = lambda: "(%s, %s)" % (self.int(d), self.str(d))
        return self.pick(
            depth, literal, literal,
            lambda: "(%s + %s)" % (self.tuple(d), self.tuple(d)),
            lambda: "(%s)%s" % (self.tuple(d), self.slice()),
            lambda: "tuple(enumerate(%s, %s))" % (self.list(d), self.small()),
            lambda: "tuple(zip(%s, %s, %s))" % (
                self.list(d), self.strings(d), self.list(d)),
            lambda: "tuple(%s.items())" % self.dict(d))

    def dict(self, depth):
        r, d = self.random, depth - 1
        pairs = lambda: "dict([%s])" % ", ".join(
            "(%s, %s)" % (r.choice([self.int, self.float])(0), self.int(d))
            for _ in range(r.randint(0, 4)))
        return self.pick(
            depth, pairs, pairs,
            lambda: "(%s | %s)" % (self.dict(d), self.dict(d)),
            lambda: "{x: x * 2 for x in %s}" % self.list(d),
            lambda: "dict(zip(%s, %s))" % (self.list(d), self.list(d)))
