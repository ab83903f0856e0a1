"""One answer in many spellings, for each kind of question: what the readers forgive.

``FORMS`` are the questions, ``MEANT`` their answers, ``SPELLINGS`` those answers as values and
``CELLS`` as whole cells, most of which Python cannot run.
"""

# ruff: noqa: E501

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

import numpy as np

from course.questions.kinds import (
    ChoiceForm,
    Column,
    Form,
    FunctionForm,
    NumberForm,
    OrderForm,
    TableForm,
)

pd: Any = import_module("pandas") if find_spec("pandas") else None

FORMS: dict[str, Form] = {
    "choice": ChoiceForm(
        {"a": "A chemical transmitter.", "b": "An electrical current", "c": "Calcium"}
    ),
    "choices": ChoiceForm(
        {
            "a": "The knee bends 1.5 degrees",
            "b": "The knee bends 15 degrees",
            "c": "The ankle's muscles are ready",
            "d": "Cues are taken away, step by step",
            "e": "Nothing is learned",
        }
    ),
    "match": TableForm(
        {
            "i": "A gap is crossed.",
            "ii": "A thumb finds a spot.",
            "iii": "The task is made harder.",
            "iv": "Muscles make ready.",
        },
        (
            Column(
                words={
                    "junction": ("neuromuscular junction", "nmj"),
                    "control": ("neuromuscular control",),
                    "re-education": ("neuromuscular re-education", "nmr"),
                    "therapy": ("neuromuscular therapy", "nmt"),
                }
            ),
        ),
    ),
    "order": OrderForm(
        {
            "p": "The foot lands",
            "q": "The nerve fires",
            "r": "The fibres shorten",
            "s": "The gap is crossed",
            "t": "The knee holds",
        }
    ),
    "number": NumberForm(("units", "unit")),
    "table": TableForm(
        {"A": "10 and 5 minutes", "B": "20 and 18 minutes", "C": "7 minutes"},
        (
            Column("units", units=("units", "unit"), tolerance=0.25),
            Column("rule", words={"CMS": ("Medicare",), "midpoint": (), "neither": ("no rule",)}),
        ),
    ),
    "function": FunctionForm(
        "units",
        ("minutes",),
        (8,),
        TableForm(
            {"Mon": "30 minutes", "Tue": "7 minutes", "Wed": "38 minutes"},
            (Column(units=("units", "unit")),),
        ),
    ),
}

MEANT: dict[str, Any] = {
    "choice": "b",
    "choices": ("a", "c", "d"),
    "match": {"i": "junction", "ii": "therapy", "iii": "re-education", "iv": "control"},
    "order": ("q", "s", "r", "p", "t"),
    "number": 12.0,
    "table": {"A": [1.0, "CMS"], "B": [2.5, "midpoint"], "C": [0.0, "neither"]},
    "function": {"Mon": 2.0, "Tue": 0.0, "Wed": 3.0},
}


class Typed(str):
    """Text of a type of its own."""


SPELLINGS: dict[str, list[Any]] = {
    "choice": [
        "b", "B", " b ", "b.", "b)", "(b)", "[b]", "{b}", '"b"', "'B'", "“b”", "‘b’", "„b“", "ｂ",
        "Ｂ", "b:", "b,", "*b*", "answer b", "Answer: B", "the answer is b", "My answer is: b.",
        "option b", "letter b", "choice (b)", "answer = b", "-> b", 'None "b"', ["b"], ("b",),
        {"b"}, frozenset({"b"}), [["B"]], Typed("b"), np.str_("b"), np.array("b"),
        np.array(["b"]), "An electrical current", "an electrical current.",
        "AN ELECTRICAL  CURRENT", "“An electrical current”", "b) An electrical current",
        "b: an electrical current", "b - an electrical current", "b An electrical current",
        "Answer: an electrical current", "\tb\n",
    ],
    "choices": [
        "a c d", "acd", "ACD", "a, c, d", "a,c,d", "a;c;d", "a; c; d", "a/c/d", "a+c+d",
        "a & c & d", "a|c|d", "a-c-d", "a.c.d", "a · c · d", "a, c and d", "a and c and d",
        "both a and c, and d", "(a) (c) (d)", "a) c) d)", "[a, c, d]", "{a, c, d}", "d c a",
        "a a c d", "a\nc\nd", "- a\n- c\n- d", "1. a\n2. c\n3. d", "1) a 2) c 3) d",
        "answer: a c d", "Answers are a, c, d", "The letters are a, c and d.", "options a, c, d",
        "ａ，ｃ，ｄ", "“a”, “c”, “d”", "'a','c','d'", "'a' 'c' 'd'",
        "a: yes, b: no, c: yes, d: yes, e: no", "a=1, b=0, c=1, d=1, e=0", ["a", "c", "d"],
        ("a", "c", "d"), {"a", "c", "d"}, frozenset("acd"), ["A", " c", "d)"], ["a c", "d"],
        [["a"], ["c", "d"]], ["acd"], np.array(["a", "c", "d"]),
        [np.str_("a"), np.str_("c"), "d"],
        {"a": True, "b": False, "c": True, "d": True, "e": False}, {"a": 1, "c": 1, "d": 1},
        {"a": "yes", "b": "no", "c": "x", "d": "✓", "e": ""}, {1: "a", 2: "c", 3: "d"},
        {"a": np.bool_(True), "b": None, "c": np.int64(1), "d": 1.0},
        "The knee bends 1.5 degrees; the ankle's muscles are ready; cues are taken away, step by step",
        ["the knee bends 1.5 degrees.", "The ankle’s muscles are ready", "d"],
        ["a) The knee bends 1.5 degrees", "c) The ankle's muscles are ready", "d"],
    ],
    "match": [
        {"i": "junction", "ii": "therapy", "iii": "re-education", "iv": "control"},
        {"I": "Junction", "II": "THERAPY", "III": "Re-Education", "IV": " control "},
        {"row i": "junction.", "ii)": "therapy", "(iii)": "reeducation", " iv ": "“control”"},
        {"i": "jun", "ii": "ther", "iii": "re-ed", "iv": "cont"},
        {"i": "junktion", "ii": "therappy", "iii": "re-eduction", "iv": "controll"},
        {"i": "NMJ", "ii": "nmt", "iii": "NMR", "iv": "neuromuscular control"},
        {"i": "ｊｕｎｃｔｉｏｎ", "ii": "therapy", "iii": "re‑education", "iv": "control"},
        {"i": "junction", "ii": "therapy", "iii": "re – education", "iv": "control"},
        {"i": ["junction"], "ii": ("therapy",), "iii": {"re_education"}, "iv": "answer: control"},
        {"i": 'None "junction"', "ii": "'therapy'", "iii": "(re-education)", "iv": "control;"},
        {1: "junction", 2: "therapy", 3: "re-education", 4: "control"},
        {"iv": "control", "iii": "re education", "ii": "therapy", "i": "junction"},
        {"junction": "i", "therapy": "ii", "re-education": "iii", "control": "iv"},
        {"control": ["iv"], "nmj": ["i"], "therapy": ["ii"], "nmr": ["iii"]},
        ["junction", "therapy", "re-education", "control"],
        ("junction", "therapy", "re-education", "control"),
        [["junction"], ["therapy"], ["re-education"], ["control"]],
        [("i", "junction"), ("ii", "therapy"), ("iii", "re-education"), ("iv", "control")],
        [["ii", "therapy"], ["i", "junction"], ["iv", "control"], ["iii", "re-education"]],
        [{"i": "junction"}, {"ii": "therapy"}, {"iii": "re-education"}, {"iv": "control"}],
        ["i: junction", "iii: re-education", "ii: therapy", "iv: control"],
        ["1. junction", "2. therapy", "3. re-education", "4. control"],
        np.array(["junction", "therapy", "re-education", "control"]),
        np.array([["junction"], ["therapy"], ["re-education"], ["control"]]),
        np.array(["junction", "therapy", "re-education", "control"], dtype=object),
        "junction, therapy, re-education, control", "junction therapy re-education control",
        "junction; therapy; re-education; control", "junction\ntherapy\nre-education\ncontrol",
        "- junction\n- therapy\n- re-education\n- control",
        "1. junction\n2. therapy\n3. re-education\n4. control",
        "i: junction, ii: therapy, iii: re-education, iv: control",
        "i: junction ii: therapy iii: re-education iv: control",
        "i = junction; ii = therapy; iii = re-education; iv = control",
        "i -> junction, ii -> therapy, iii -> re-education, iv -> control",
        "i → junction\nii → therapy\niii → neuromuscular re-education\niv → control",
        "i - junction\nii - therapy\niii - re-education\niv - control",
        "i) junction, ii) therapy, iii) re-education, iv) control",
        "(i) junction; (ii) therapy; (iii) re-education; (iv) control",
        "i. junction\nii. therapy\niii. re-education\niv. control",
        "i junction, ii therapy, iii re-education, iv control",
        "iv: control, iii: nmr, ii: nmt, i: nmj",
        "{i: junction, ii: therapy, iii: re-education, iv: control}",
        '"i": "junction", "ii": "therapy", "iii": "re-education", "iv": "control"',
        "“i”: “junction”, “ii”: “therapy”, “iii”: “re-education”, “iv”: “control”",
        "| i | junction |\n| ii | therapy |\n| iii | re-education |\n| iv | control |",
    ],
    "order": [
        "q s r p t", "Q S R P T", "qsrpt", "QSRPT", "q,s,r,p,t", "q, s, r, p, t",
        "q; s; r; p; t", "q > s > r > p > t", "q>s>r>p>t", "q -> s -> r -> p -> t",
        "q → s → r → p → t", "q => s => r => p => t", "q < s < r < p < t", "q-s-r-p-t",
        "q – s – r – p – t", "q/s/r/p/t", "q|s|r|p|t", "q.s.r.p.t.", "q, s, r, p and t",
        "q then s then r then p then t", "first q, then s, then r, then p, finally t",
        "q\ns\nr\np\nt", "1. q 2. s 3. r 4. p 5. t", "1. q\n2. s\n3. r\n4. p\n5. t",
        "1) q, 2) s, 3) r, 4) p, 5) t", "1q 2s 3r 4p 5t", "1=q, 2=s, 3=r, 4=p, 5=t",
        "p: 4, q: 1, r: 3, s: 2, t: 5", "q1 s2 r3 p4 t5", "(q) (s) (r) (p) (t)",
        "[q, s, r, p, t]", "{q, s, r, p, t}", "answer: q s r p t", "The order is q, s, r, p, t.",
        "ｑ ｓ ｒ ｐ ｔ", "“q s r p t”", "'q', 's', 'r', 'p', 't'", ["q", "s", "r", "p", "t"],
        ("q", "s", "r", "p", "t"), ["Q", " s ", "r)", "(p)", "t."], ["q s", "r p t"],
        [["q"], ["s"], ["r"], ["p"], ["t"]], ["1. q", "2. s", "3. r", "4. p", "5. t"],
        np.array(["q", "s", "r", "p", "t"]), np.array([["q"], ["s"], ["r"], ["p"], ["t"]]),
        {"q": 1, "s": 2, "r": 3, "p": 4, "t": 5}, {"p": 4, "q": 1, "r": 3, "s": 2, "t": 5},
        {"p": "4", "q": "1", "r": "three", "s": "2.", "t": np.int64(5)},
        {1: "q", 2: "s", 3: "r", 4: "p", 5: "t"}, {5: "t", 4: "p", 3: "r", 2: "s", 1: "q"},
        {"1": "q", "2": "s", "3": "r", "4": "p", "5": "t"},
        {"q": 0, "s": 1, "r": 2, "p": 3, "t": 4},
        [(1, "q"), (3, "r"), (2, "s"), (4, "p"), (5, "t")],
        [["q", 1], ["s", 2], ["r", 3], ["p", 4], ["t", 5]],
        ["The nerve fires", "The gap is crossed", "the fibres shorten", "the foot lands", "The knee holds."],
        "The nerve fires, the gap is crossed, the fibres shorten, the foot lands, the knee holds",
        "the nerve fires > the gap is crossed > the fibres shorten > the foot lands > the knee holds",
        "1. The nerve fires\n2. The gap is crossed\n3. The fibres shorten\n4. The foot lands\n5. t",
        "q: The nerve fires\ns: The gap is crossed\nr: The fibres shorten\np: The foot lands\nt: The knee holds",
    ],
    "number": [
        12, 12.0, "12", "12.0", "12.", " 12 ", "12 units", "12 unit", "12 Units.", "12units",
        "12-units", "units: 12", "１２", "'12'", "“12”", "12,0", "+12", "≈12", "~ 12", "= 12",
        "24/2", "1.2e1", "twelve", "Twelve units", "12 (units)", "answer: 12",
        "The answer is 12 units", "about 12", "units 12", 'None "12"', [12], (12,), {12}, [["12"]],
        np.int64(12), np.float32(12), np.array(12), np.array([12.0]), np.str_("12"), "\t12\n",
    ],
    "table": [
        {"A": [1, "CMS"], "B": [2.5, "midpoint"], "C": [0, "neither"]},
        {"a": [1, "cms"], " b ": (2.5, "MIDPOINT"), "row C": ["0", "Neither"]},
        {"A": ["1 unit", "Medicare"], "B": ["2,5 units", "mid-point"], "C": ["zero", "no rule"]},
        {"A": ["one", "“CMS”"], "B": ["5/2", "midpiont"], "C": ["0.0", "No Rule."]},
        {"A": ["１", "ＣＭＳ"], "B": ["2.5", "mid point"], "C": ["0", "neither"]},
        {"A": "1, CMS", "B": "2.5, midpoint", "C": "0, neither"},
        {"A": "1 CMS", "B": "2.5 midpoint", "C": "0 neither"},
        {"A": "1 unit; CMS", "B": "2.5 units | midpoint", "C": "0 / neither"},
        {"A": "units: 1, rule: CMS", "B": "rule = midpoint, units = 2.5", "C": "units 0, rule neither"},
        {"A": "1 -> CMS", "B": "2.5 → midpoint", "C": "0 and neither"},
        {"A": {"units": 1, "rule": "CMS"}, "B": {"Rule": "midpoint", "Units": 2.5}, "C": {"units": 0, "rule": "neither"}},
        {"units": [1, 2.5, 0], "rule": ["CMS", "midpoint", "neither"]},
        {"Rule": ("CMS", "midpoint", "neither"), "Units ": ("1", "2.5", "0")},
        {"units": {"A": 1, "B": 2.5, "C": 0}, "rule": {"C": "neither", "B": "midpoint", "A": "CMS"}},
        {1: [1, "CMS"], 2: [2.5, "midpoint"], 3: [0, "neither"]},
        [[1, "CMS"], [2.5, "midpoint"], [0, "neither"]],
        ((1, "CMS"), (2.5, "midpoint"), (0, "neither")), ["1, CMS", "2.5, midpoint", "0, neither"],
        [[1, 2.5, 0], ["CMS", "midpoint", "neither"]],
        [("B", 2.5, "midpoint"), ("A", 1, "CMS"), ("C", 0, "neither")],
        [("A", [1, "CMS"]), ("B", [2.5, "midpoint"]), ("C", [0, "neither"])],
        [{"units": 1, "rule": "CMS"}, {"units": 2.5, "rule": "midpoint"}, {"units": 0, "rule": "neither"}],
        [{"A": [1, "CMS"]}, {"B": [2.5, "midpoint"]}, {"C": [0, "neither"]}],
        np.array([[1, "CMS"], [2.5, "midpoint"], [0, "neither"]], dtype=object),
        np.array([["1", "CMS"], ["2.5", "midpoint"], ["0", "neither"]]),
        np.array([[1, 2.5, 0], ["CMS", "midpoint", "neither"]], dtype=object),
        {"A": np.array([1, "CMS"], dtype=object), "B": [np.float64(2.5), np.str_("midpoint")], "C": [np.int8(0), "neither"]},
        "A: 1, CMS; B: 2.5, midpoint; C: 0, neither", "A: 1 CMS, B: 2.5 midpoint, C: 0 neither",
        "A: 1, CMS\nB: 2.5, midpoint\nC: 0, neither", "A 1 CMS\nB 2.5 midpoint\nC 0 neither",
        "1, CMS; 2.5, midpoint; 0, neither", "1 CMS\n2.5 midpoint\n0 neither",
        "A,1,CMS\nB,2.5,midpoint\nC,0,neither",
        "| A | 1 | CMS |\n| B | 2.5 | midpoint |\n| C | 0 | neither |",
        "(1, CMS), (2.5, midpoint), (0, neither)",
        "{A: [1, CMS], B: [2.5, midpoint], C: [0, neither]}",
    ],
    "function": [
        {"Mon": 2, "Tue": 0, "Wed": 3}, {"mon": "2", "TUE": "0", " wed ": "3"},
        {"Mon": "2 units", "Tue": "0 units", "Wed": "3 Units."},
        {"Mon": "two", "Tue": "zero", "Wed": "three"}, {"Mon": [2], "Tue": (0,), "Wed": {3}},
        {"Mon": "２", "Tue": "0,0", "Wed": "6/2"},
        {"Mon": np.int64(2), "Tue": np.float32(0), "Wed": np.array([3])},
        {"Mon": "= 2", "Tue": "answer: 0", "Wed": "“3”"}, {"Wed": 3, "Tue": 0, "Mon": 2},
        {"row Mon": 2, "Tue.": 0, "(Wed)": 3}, {1: 2, 2: 0, 3: 3}, {0: 2, 1: 0, 2: 3},
        {"units": [2, 0, 3]}, {"Mon": {"units": 2}, "Tue": {"units": 0}, "Wed": {"units": 3}},
        [2, 0, 3], (2, 0, 3), ["2", "0", "3 units"], [[2], [0], [3]], [[2, 0, 3]],
        [("Mon", 2), ("Tue", 0), ("Wed", 3)], [("Wed", 3), ("Mon", 2), ("Tue", 0)],
        [{"Mon": 2}, {"Tue": 0}, {"Wed": 3}], ["Mon: 2", "Wed: 3", "Tue: 0"],
        ["1. 2", "2. 0", "3. 3"], np.array([2, 0, 3]), np.array([[2], [0], [3]]),
        np.array([2.0, 0.0, 3.0]), "2, 0, 3", "2 0 3", "2; 0; 3", "2\n0\n3",
        "2 units, 0 units, 3 units", "1. 2\n2. 0\n3. 3", "Mon: 2, Tue: 0, Wed: 3",
        "Mon 2, Tue 0, Wed 3", "mon=2 tue=0 wed=3", "Mon: 2 units\nTue: 0\nWed: 3",
        "Mon -> 2; Tue -> 0; Wed -> 3", "| Mon | 2 |\n| Tue | 0 |\n| Wed | 3 |", "(2, 0, 3)",
        "[2, 0, 3]",
    ],
}  # fmt: skip
"""Values that all mean ``MEANT``, by kind of question."""

if pd is not None:
    _rules = ["CMS", "midpoint", "neither"]
    SPELLINGS["choice"] += [pd.Series(["b"]), pd.DataFrame([["b"]])]
    SPELLINGS["choices"] += [pd.Series(["a", "c", "d"]), pd.Index(["a", "c", "d"])]
    SPELLINGS["order"] += [pd.Series(list("qsrpt")), pd.Categorical(list("qsrpt"))]
    SPELLINGS["number"] += [pd.Series([12]), pd.DataFrame({"units": [12.0]})]
    SPELLINGS["match"] += [
        pd.Series(MEANT["match"]),
        pd.Series(list(MEANT["match"].values())),
        pd.DataFrame({"word": list(MEANT["match"].values())}, index=list("1234")),
        pd.DataFrame({"row": list(MEANT["match"]), "word": list(MEANT["match"].values())}),
        pd.DataFrame(MEANT["match"], index=[0]),
    ]
    SPELLINGS["table"] += [
        pd.DataFrame({"units": [1, 2.5, 0], "rule": _rules}),
        pd.DataFrame({"Rule": _rules, "Units": [1, 2.5, 0]}, index=["A", "B", "C"]),
        pd.DataFrame({"units": [0, 2.5, 1], "rule": _rules[::-1]}, index=["C", "B", "A"]),
        pd.DataFrame(
            {"row": ["C", "A", "B"], "units": [0, 1, 2.5], "rule": ["neither", "CMS", "mid"]}
        ),
        pd.DataFrame({"A": [1, "CMS"], "B": [2.5, "midpoint"], "C": [0, "neither"]}),
        pd.DataFrame([[1, "CMS"], [2.5, "midpoint"], [0, "neither"]]),
    ]
    SPELLINGS["function"] += [
        pd.Series([2, 0, 3]),
        pd.Series({"Wed": 3, "Mon": 2, "Tue": 0}),
        pd.DataFrame({"units": [2, 0, 3]}),
        pd.DataFrame({"day": ["Mon", "Tue", "Wed"], "units": [2, 0, 3]}),
    ]

CELLS: dict[str, list[str]] = {
    "choice": [
        "answer_x = 'b'", "answer_x = b", "answer_x = B", "answer_x = b  # type a letter",
        "answer_x = b)", "answer_x = (b)", "answer_x = [b]", "answer_x = {b}", "answer_x = b.",
        "answer_x = “b”", "answer_x = ‘b’  # type", "answer_x = 'b", 'answer_x = b"',
        'answer_x = "b\'', "answer_x = option b", "answer_x = answer: b", 'answer_x = None "b"',
        "answer_x = ``b``", "answer_x = An electrical current",
        "answer_x = b) An electrical current", "answer_x: b = 'b'", "  answer_x = b",
        "answer_x=b", "answer_x = None\nanswer_x = b", "answer_x =\nb", "answer_x = ['b'",
        "answer_x = ｂ", "answer_x = -> b", "answer_x = b;",
    ],
    "choices": [
        "answer_x = 'a c d'", "answer_x = a c d", "answer_x = a c d  # type the letters",
        "answer_x = acd", "answer_x = a, c, d", "answer_x = a; c; d", "answer_x = [a, c, d]",
        "answer_x = (a, c, d)", "answer_x = {a, c, d}", "answer_x = a and c and d",
        "answer_x = a, c and d", "answer_x = a + c + d", "answer_x = a & c & d",
        "answer_x = a | c | d", "answer_x = a-c-d", "answer_x = a/c/d", "answer_x = a) c) d)",
        "answer_x = 'a', 'c', 'd'", "answer_x = 'a' 'c' 'd'", "answer_x = 'a c d",
        "answer_x = a c d'", "answer_x = “a c d”", "answer_x = ['a', 'c', 'd'",
        "answer_x = ['a', 'c', 'd", "answer_x = ('a', 'c', 'd'", "answer_x = ['a', c, 'd']",
        "answer_x = [\n  a,  # first\n  c,\n  d,\n]", "answer_x = [\n  a\n  c\n  d\n]",
        "answer_x = answer: a c d", "answer_x = A C D.", "answer_x =\na c d",
        "answer_x = None a c d", "answer_x = {a: yes, b: no, c: yes, d: yes}",
        "answer_x = {'a': True, 'c': True, 'd': True", "answer_x = ａ，ｃ，ｄ",
    ],
    "match": [
        'answer_x = {"i": "junction", "ii": "therapy", "iii": "re-education", "iv": "control"}',
        "answer_x = {i: junction, ii: therapy, iii: re-education, iv: control}",
        'answer_x = {"i": junction, "ii": therapy, "iii": re-education, "iv": control}',
        'answer_x = {"i": junction, "ii": therapy, "iii": neuromuscular re-education, "iv": control}',
        "answer_x = {i: junction, ii: therapy, iii: neuromuscular re-education, iv: control}",
        'answer_x = {"i": "junction", "ii": "therapy", "iii": "re-education", "iv": "control"',
        'answer_x = {"i": "junction, "ii": "therapy", "iii": "re-education", "iv": "control"}',
        'answer_x = {"i": "junction", "ii": "therapy", "iii": "re-education", "iv": "control}',
        "answer_x = {“i”: “junction”, “ii”: “therapy”, “iii”: “re-education”, “iv”: “control”}",
        'answer_x = {\n    "i": "junction",\n    "ii": "therapy"\n    "iii": "re-education",\n    "iv": "control",\n}',
        'answer_x = {  # put your answers\n    "i": junction,  # gap\n    "ii": therapy,\n    "iii": re-education,\n    "iv": control,\n}',
        'answer_x = {\n    "i": junction\n    "ii": therapy\n    "iii": re education\n    "iv": control\n}',
        'answer_x = {\n    "i": "junction",\n    "ii": "therapy,\n    "iii": re-education",\n    "iv": "control",\n}',
        'answer_x = {\n    "i": “junction”,\n    "ii": ‘therapy’,\n    "iii": re-education,\n    "iv": control,',
        'answer_x = {\n    "i": None "junction",\n    "ii": None therapy,\n    "iii": "re-education",\n    "iv": "control",\n}',
        "answer_x = {\n    i: junction,\n    ii: therapy,\n    iii: neuromuscular re-education,\n    iv: control,\n}",
        "answer_x = {i = junction, ii = therapy, iii = re-education, iv = control}",
        "answer_x = [junction, therapy, re-education, control]",
        'answer_x = ["junction", "therapy", "re-education", "control"',
        "answer_x = junction, therapy, re-education, control",
        "answer_x = junction therapy re-education control",
        "answer_x = i: junction, ii: therapy, iii: re-education, iv: control",
        "answer_x = i junction, ii therapy, iii re-education, iv control",
        'answer_x = "i: junction, ii: therapy, iii: re-education, iv: control',
        "answer_x =\ni: junction\nii: therapy\niii: re-education\niv: control",
        "answer_x =\n1. junction\n2. therapy\n3. re-education\n4. control",
        "answer_x = [\n  junction,\n  therapy,\n  neuromuscular re-education,\n  control,\n]",
        "answer_x = {junction: i, therapy: ii, re-education: iii, control: iv}",
        'answer_x = """\ni: junction\nii: therapy\niii: re-education\niv: control\n"""',
    ],
    "order": [
        "answer_x = 'q s r p t'", "answer_x = q s r p t", "answer_x = q s r p t  # in order",
        "answer_x = qsrpt", "answer_x = q > s > r > p > t",
        "answer_x = q>s>r>p>t  # first to last", "answer_x = q < s < r < p < t",
        "answer_x = q -> s -> r -> p -> t", "answer_x = q → s → r → p → t",
        "answer_x = q => s => r => p => t", "answer_x = q, s, r, p, t",
        "answer_x = [q, s, r, p, t]", "answer_x = (q, s, r, p, t)", "answer_x = q-s-r-p-t",
        "answer_x = q/s/r/p/t", "answer_x = Q S R P T",
        "answer_x = q then s then r then p then t", "answer_x = q, s, r, p and t",
        "answer_x = 'q s r p t", "answer_x = q s r p t'", "answer_x = “q s r p t”",
        "answer_x = ['q', 's', 'r', 'p', 't'", "answer_x = ['q', 's', 'r', 'p', 't",
        "answer_x = 1. q 2. s 3. r 4. p 5. t", "answer_x = 1q 2s 3r 4p 5t",
        "answer_x = {q: 1, s: 2, r: 3, p: 4, t: 5}",
        "answer_x = {'p': 4, 'q': 1, 'r': 3, 's': 2, 't': 5",
        "answer_x = {1: q, 2: s, 3: r, 4: p, 5: t}", "answer_x = 'q', 's', 'r', 'p', 't'",
        "answer_x =\nq\ns\nr\np\nt", "answer_x =\n1. q\n2. s\n3. r\n4. p\n5. t",
        "answer_x = [\n q,\n s,\n r,\n p,\n t\n]", "answer_x = None q s r p t",
        "answer_x = answer: q s r p t", "answer_x = q>s > r, p t.",
    ],
    "number": [
        "answer_x = 12", "answer_x = 12.0", "answer_x = 12 units",
        "answer_x = 12 units  # type a number", "answer_x = 12units", "answer_x = twelve",
        "answer_x = Twelve units", "answer_x = '12", 'answer_x = 12"', "answer_x = “12”",
        "answer_x = 12.", "answer_x = 12,0 units", "answer_x = (12)", "answer_x = [12",
        "answer_x = {12}", "answer_x = +12", "answer_x = = 12", "answer_x = ~12 units",
        "answer_x = ≈ 12", "answer_x = 24/2 units", "answer_x = None 12",
        "answer_x = answer: 12", "answer_x =\n12 units", "answer_x = １２ units",
        "answer_x = 12 (units)", "answer_x = 12;",
    ],
    "table": [
        'answer_x = {"A": [1, "CMS"], "B": [2.5, "midpoint"], "C": [0, "neither"]}',
        'answer_x = {"A": [1, CMS], "B": [2.5, midpoint], "C": [0, neither]}',
        "answer_x = {A: [1, CMS], B: [2.5, mid-point], C: [0, neither]}",
        'answer_x = {"A": [1 unit, CMS], "B": [2.5 units, midpoint], "C": [0 units, no rule]}',
        'answer_x = {"A": [1, "CMS"], "B": [2.5, "midpoint"], "C": [0, "neither"]',
        'answer_x = {"A": [1, "CMS"], "B": [2.5, "midpoint"], "C": [0, "neither"',
        'answer_x = {"A": [1, "CMS], "B": [2.5, "midpoint"], "C": [0, "neither"]}',
        'answer_x = {"A": (1, CMS), "B": (2.5, midpoint), "C": (0, no rule)}',
        'answer_x = {\n    "A": [1, CMS],  # first\n    "B": [2.5, midpoint],\n    "C": [0, no rule],\n}',
        'answer_x = {\n    "A": [1, "CMS"\n    "B": [2.5, "midpoint"],\n    "C": [0, "neither"],\n}',
        'answer_x = {\n    "A": [1, "CMS"]\n    "B": [2.5, "midpoint"]\n    "C": [0, "neither"]\n}',
        'answer_x = {\n    "A": 1, CMS,\n    "B": 2.5, midpoint,\n    "C": 0, neither,\n}',
        'answer_x = {\n    "A": 1 CMS,\n    "B": 2.5 midpoint,\n    "C": 0 neither,\n}',
        'answer_x = {\n    "A": [1, “CMS”],\n    "B": [2.5, ‘midpoint’],\n    "C": [0, "neither"],\n}',
        'answer_x = {\n    "A": [1 unit, "CMS],\n    "B": [2,5 units; midpoint],\n    "C": [0 units, "neither"],',
        'answer_x = {\n    "A": {"units": 1, "rule": CMS},\n    "B": {"units": 2.5, "rule": midpoint},\n    "C": {units: 0, rule: no rule},\n}',
        "answer_x = [[1, CMS], [2.5, midpoint], [0, no rule]]",
        "answer_x = [(1, CMS), (2.5, midpoint), (0, neither)]",
        "answer_x = A: 1 CMS, B: 2.5 midpoint, C: 0 neither",
        "answer_x = 1 CMS; 2.5 midpoint; 0 neither",
        "answer_x = A: 1, CMS; B: 2.5, midpoint; C: 0, neither",
        "answer_x =\nA: 1, CMS\nB: 2.5, midpoint\nC: 0, neither",
        "answer_x = [\n    [1, CMS],\n    [2.5, midpoint],\n    [0, no rule],\n]",
        "answer_x = {units: [1, 2.5, 0], rule: [CMS, midpoint, neither]}",
        'answer_x = {"A": [1, "CMS"], "B": [2.5, "midpoint"], "C": [0, "neither"]}  # done',
    ],
    "function": [
        'answer_x = {"Mon": 2, "Tue": 0, "Wed": 3}', "answer_x = {Mon: 2, Tue: 0, Wed: 3}",
        'answer_x = {"Mon": 2, "Tue": 0, "Wed": 3',
        'answer_x = {"Mon": 2 units, "Tue": 0, "Wed": 3 units}',
        'answer_x = {"Mon": two, "Tue": zero, "Wed": three}',
        "answer_x = {“Mon”: 2, “Tue”: 0, “Wed”: 3}",
        "answer_x = {'Mon': '2, 'Tue': '0', 'Wed': '3'}",
        "answer_x = {Mon: 2 units, Tue: 0 units, Wed: 3 units}",
        'answer_x = {\n    "Mon": 2 units,  # whole ones\n    "Tue": 0,\n    "Wed": 3,\n}',
        'answer_x = {\n    "Mon": 2\n    "Tue": 0\n    "Wed": 3\n}',
        'answer_x = {\n    "Mon": 2,\n    “Tue”: 0,\n    "Wed": 3,',
        'answer_x = {\n    "Mon": None 2,\n    "Tue": None 0,\n    "Wed": None 3,\n}',
        'answer_x = {\n    "Mon": 2;\n    "Tue": 0;\n    "Wed": 3;\n}',
        "answer_x = {Mon = 2, Tue = 0, Wed = 3}", "answer_x = [2, 0, 3]", "answer_x = [2, 0, 3",
        "answer_x = 2, 0, 3", "answer_x = 2 0 3", "answer_x = [2 units, 0 units, 3 units]",
        "answer_x = 2 units, 0 units, 3 units", "answer_x = Mon: 2, Tue: 0, Wed: 3",
        "answer_x = Mon 2, Tue 0, Wed 3", "answer_x =\nMon: 2\nTue: 0\nWed: 3",
        "answer_x = (2, 0, three)", "answer_x = “Mon: 2, Tue: 0, Wed: 3”",
    ],
}  # fmt: skip
"""Cells that all mean ``MEANT``, by kind of question."""


def shown(value: Any) -> str:
    """A spelling in one line, the same on every run, with its type where that is not Python's own."""
    kind = type(value)
    if kind.__module__.startswith("pandas"):
        inner = value.to_dict() if hasattr(value, "to_dict") else list(value)
        return f"{kind.__name__} {inner}"
    if isinstance(value, (set, frozenset)):
        inner = "{" + ", ".join(sorted(map(repr, value))) + "}"
        return inner if kind is set else f"{kind.__name__} {inner}"
    if isinstance(value, list) and any(isinstance(entry, set) for entry in value):
        return f"[{', '.join(map(shown, value))}]"
    if kind is object:
        return "an object"
    said = " ".join(repr(value).split())
    return f"{kind.__name__} {said}" if kind.__module__ == __name__ else said
