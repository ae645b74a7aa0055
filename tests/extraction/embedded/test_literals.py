"""JavaScript's literals and Nuxt's two serialisations, and what is none of them."""

import pytest

from newsclean.extraction.embedded.devalue import is_flat, unflatten
from newsclean.extraction.embedded.literals import read_literal
from newsclean.extraction.embedded.scripts import values
from tests.discovery.test_discovery_linear import assert_linear


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("{a:1,'b':-2.5,\"c\":!0,d:!1,e:null,$f:void 0,7:.5}",
         {"a": 1, "b": -2.5, "c": True, "d": False, "e": None, "$f": None, "7": 0.5}),
        ("[1,,'x',[ ],{ },]", [1, None, "x", [], {}]),
        (r"'\x3cp\u003E\u{1F6A2}\n\'\\ \ud83d\ude00 \ud83d'", "<p>🚢\n'\\ 😀 \ufffd"),
        ("`a$b`", "a$b"),
        ("new Date(1776504600000)", "2026-04-18T09:30:00+00:00"),
        ("new Date(1e99)", None),
        ("[new Set([1,2]),new Map([['k',1],[2,3],4]),Object(3),Array(2),/[/]x/g]",
         [[1, 2], {"k": 1}, 3, [], None]),
        ("Object.create(null,{k:{writable:true,value:3}})", {"k": 3}),
        ("(function(a,b){return {x:a,y:[b,a]}}('p',2))", {"x": "p", "y": [2, "p"]}),
        ("(function(a,b){return {x:a,y:[b,a]}})('p',2)", {"x": "p", "y": [2, "p"]}),
        ("((a)=>({x:a}))(1)", {"x": 1}),
        ("((a)=>{a.b=2;return {x:a}})({})", {"x": {"b": 2}}),
        ("(function(a,b){a.b=b;a['c-d']=b;b[0]='i';b[1]=7;return a}({},Array(2)))",
         {"b": ["i", 7], "c-d": ["i", 7]}),
        ("(function(s,m){s.add(1).add(2);m.set('k',s).set('l',3);return m}(new Set,new Map))",
         {"k": [1, 2], "l": 3}),
        ("(function(a){return a})()", None),
        ("(function(){return {a:1}})()", {"a": 1}),
    ],
)  # fmt: skip
def test_a_literal(text, value):
    text, end = f"window.x={text}", 9 + len(text)
    assert read_literal(text + ";run(1)", 9) == (value, end)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "x",
            "{a:b}",
            "{a:f()}",
            "{a:1",
            "[1",
            "'a",
            "{a:`x${1}`}",
            "{a b}",
            "(1,2)",
            "new X",
        ),
        *("function(){}", "(function(a){f(a);return 1}(2))", "(function(a){return b}(2))"),
        *("(function({a}){return 1}(2))", "(function(a){while(1);}(2))", "[" * 99 + "]" * 99),
        *("-" * 9999, "!" * 9999, "void " * 9999, "(" * 9999, "\ud83d", "{a:1}" * 0 + "/*"),
    ],
)
def test_what_is_no_literal(text):
    assert read_literal(text, 0) == (None, 0)


def test_a_value_may_hold_itself():
    value, _ = read_literal("(function(a){a.a=a;return {b:a}}({}))", 0)
    assert value["b"]["a"] is value["b"]
    value = unflatten([["Reactive", 1], {"a": 1, "b": 2}, [2, 0]])
    assert value["a"] is value
    assert value["b"][0] is value["b"] and value["b"][1] is value


@pytest.mark.parametrize(
    ("flat", "value"),
    [
        ([["ShallowReactive", 1], {"a": 2}, "x"], {"a": "x"}),
        ([{"a": 1, "b": 2, "c": -1, "d": -3}, "x", [1, 1, -2]],
         {"a": "x", "b": ["x", "x", None], "c": None, "d": None}),
        ([["Reactive", 1], ["Ref", 2], ["Mine", 3], {"a": 4}, 7], {"a": 7}),
        ([["Reactive", 1], [2, 3, 4, 5, 6, 7], ["Date", "2026-04-18T09:30:00.000Z"],
          ["Set", 8, 8], ["Map", 8, 9, 9, 8], ["null", "k", 9], ["BigInt", "12"],
          ["EmptyRef", 8], "x", 1],
         ["2026-04-18T09:30:00.000Z", ["x", "x"], {"x": 1}, {"k": 1}, "12", None]),
        ([["Reactive", 9], {"a": 2}], None),
        ([["Reactive", 1], ["Ref", 0]], None),  # wrappers in a circle
        ([["Reactive", 1], {"a": "b", "c": None, "d": [1], "e": True, "f": 1.5}],
         dict.fromkeys("acdef")),
        ([["Reactive", 1], {"a": 2}, ["Uint8Array", "AAEC"]], {"a": "AAEC"}),
    ],
)  # fmt: skip
def test_a_flat_list(flat, value):
    assert is_flat(flat)
    if value == {"a": "AAEC"}:  # a wrapper that holds no place gives nothing
        value = {"a": None}
    assert unflatten(flat) == value


@pytest.mark.parametrize(
    "value", [{}, [], [1], [[1, 2], 3], [["a", "b"], 1], [{"a": "b"}, 1], [{}, 1], "x", [True, 1]]
)
def test_what_is_no_flat_list(value):
    assert not is_flat(value)


ATTACKS = {
    "open": "{a:[",
    "names": "(function(a",
    "parameters": "a,",
    "strings": "['a',",
    "unclosed": "{a:'",
    "states": "window.__NUXT__={a:'",
    "states that close": "window.__NUXT__=[[],'x',",
    "digits": "1",
    "escapes": "'\\u003c",
    "patterns": "/[",
    "calls": "(function(a){a.b=1;",
    "spaces": " ",
    "dashes": "-",
    "letters": "a",
    "parsed": "JSON.parse('{x",
    "json": '={"a":x',
}


@pytest.mark.parametrize("name", ATTACKS)
def test_linear(name):
    piece = ATTACKS[name]
    for head in (
        "",
        "window.__NUXT__=",
        "window.__NUXT__=(function(",
        "window.__NUXT__=((",
        "window.__NUXT__=[0,",
    ):
        assert_linear(
            lambda text: list(values([text])),
            lambda n, head=head: head + piece * (n // len(piece)),
            size=100_000,
        )


def test_a_flat_list_is_linear():
    assert_linear(
        unflatten, lambda n: [["Reactive", 1], *([[number, 1] for number in range(n // 9)])]
    )
    assert_linear(unflatten, lambda n: [["Reactive", number + 1] for number in range(n // 9)])
