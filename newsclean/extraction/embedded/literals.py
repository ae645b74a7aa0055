"""Values that a script writes as JavaScript rather than JSON, read without running anything.

Nuxt 2 writes ``window.__NUXT__=(function(a,b){a.x=b;return {data:[{title:b,body:a}]}}({},"…"))``:
what occurs more than once is a parameter. Literals, such a function around them, and the few
calls that serialisers write (``new Date(…)``, ``void 0``) are understood; anything else ends it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from newsclean.cleaning.layers import decode_js
from newsclean.cleaning.tree import join_surrogates

_DEEPEST = 60
_LONGEST_NAME = 100
# Of one alternative each: what is read is read once.
_TOKEN = re.compile(
    r"""\s*+(?:
      (?P<number>(?:\d++(?:\.\d*+)?+|\.\d++)(?:[eE][+-]?+\d++)?+)
    | (?P<mark>=>|[{}\[\](),:;=.!-])
    | (?P<string>"(?:[^"\\]|\\.)*+"|'(?:[^'\\]|\\.)*+'|`(?:[^`\\$]|\\.|\$(?!\{))*+`)
    | (?P<name>[^\W\d][\w$]*+|\$[\w$]*+)
    | (?P<pattern>/(?:[^/\\\n\[]|\\.|\[(?:[^\]\\\n]|\\.)*+\])++/[a-z]*+)
    )""",
    re.DOTALL | re.VERBOSE,
)
_CONSTANTS: dict[str, Any] = {
    **{"true": True, "false": False, "null": None, "undefined": None},
    **{"NaN": None, "Infinity": None},
}


class _NoLiteralError(Exception):
    """The script goes on with something else."""


@dataclass(frozen=True, slots=True)
class _Name:
    """A parameter, whose value comes behind the function."""

    name: str


@dataclass
class _Reader:
    """Reads from *at* on. ``places`` are where parameters stand: container, key, name."""

    text: str
    at: int
    depth: int = 0
    names: frozenset[str] = frozenset()
    places: list[tuple[Any, Any, str]] = field(default_factory=list)

    def next(self) -> tuple[str, str]:
        """Return the kind and the text of the next token and go past it."""
        match = _TOKEN.match(self.text, self.at)
        if match is None or match.lastgroup is None:
            raise _NoLiteralError
        self.at = match.end()
        return match.lastgroup, match[match.lastgroup]

    def peek(self) -> str:
        """Return the text of the next token, ``""`` where there is none."""
        match = _TOKEN.match(self.text, self.at)
        return match[match.lastgroup] if match is not None and match.lastgroup else ""

    def take(self, *wanted: str) -> None:
        """Go past the tokens *wanted*, in this order."""
        for one in wanted:
            if self.next()[1] != one:
                raise _NoLiteralError

    def skip(self, token: str) -> bool:
        """Go past *token* if it is the next; tell whether it was."""
        if self.peek() != token:
            return False
        self.next()
        return True

    def value(self) -> Any:
        """Read one value."""
        self.depth += 1
        if self.depth > _DEEPEST:
            raise _NoLiteralError
        kind, said = self.next()
        value = self._value(kind, said)
        self.depth -= 1
        return value

    def _value(self, kind: str, said: str) -> Any:
        if kind == "string":
            return _string(said)
        if kind == "number":
            return _number(said)
        if kind == "pattern":
            return None
        if kind == "name":
            return self._named(said)
        if said == "{":
            return self._object()
        if said == "[":
            return self._list("]")
        if said == "(":
            value = self.value()
            self.take(")")
            return value
        if said == "-":
            value = self.value()
            return -value if isinstance(value, int | float) else None
        if said == "!":
            return not self.value()
        raise _NoLiteralError

    def _named(self, name: str) -> Any:
        if name in self.names:
            return _Name(name)
        if name in _CONSTANTS:
            return _CONSTANTS[name]
        if name == "void":
            self.value()
            return None
        if name in {"new", "Object", "Array"}:
            return self._made(self.next()[1] if name == "new" else name)
        raise _NoLiteralError

    def _made(self, kind: str) -> Any:
        """Read what ``new Date(…)``, ``Array(3)``, ``Object.create(null)`` and the like make."""
        create = kind == "Object" and self.skip(".")
        if create:
            self.take("create")
        given = self._list(")") if self.skip("(") else []
        first = given[0] if given else None
        if kind == "Date" and isinstance(first, int | float):
            return _date(first)
        if kind == "Array" and isinstance(first, int) and len(given) == 1:
            return []
        if kind == "Set":
            return first if isinstance(first, list) else []
        if kind == "Map":
            pairs = [one for one in first or [] if isinstance(one, list) and len(one) == 2]
            return {key: value for key, value in pairs if isinstance(key, str)}
        if create:
            fields = given[1] if len(given) > 1 and isinstance(given[1], dict) else {}
            return {
                key: one.get("value") if isinstance(one, dict) else None
                for key, one in fields.items()
            }
        if kind in {"Date", "Object", "RegExp", "URL"}:
            return first
        raise _NoLiteralError

    def _object(self) -> dict[str, Any]:
        made: dict[str, Any] = {}
        while not self.skip("}"):
            kind, token = self.next()
            if kind not in {"string", "number", "name"}:
                raise _NoLiteralError
            key = _string(token) if kind == "string" else token
            self.take(":")
            self._put(made, key, self.value())
            if not self.skip(","):
                self.take("}")
                break
        return made

    def _list(self, closing: str) -> list[Any]:
        made: list[Any] = []
        while not self.skip(closing):
            if self.skip(","):  # a hole
                made.append(None)
                continue
            made.append(None)
            self._put(made, len(made) - 1, self.value())
            if not self.skip(","):
                self.take(closing)
                break
        return made

    def _put(self, holder: Any, key: Any, value: Any) -> None:
        if isinstance(value, _Name):
            self.places.append((holder, key, value.name))
            value = None
        holder[key] = value

    def called(self) -> Any:
        """Read a function that returns a literal and is called at once."""
        inner = self.skip("(")
        arrow = self.peek() == "("
        if not arrow:
            self.take("function")
        self.take("(")
        names: list[str] = []
        while not self.skip(")"):
            kind, token = self.next()
            if kind != "name":
                raise _NoLiteralError
            names.append(token)
            self.skip(",")
        if arrow:
            self.take("=>")
        self.names = frozenset(names)
        statements, returned = self._body(arrow)
        self.names = frozenset()
        closed = self.skip(")") if inner else False
        self.take("(")
        given = self._list(")")
        if inner and not closed:
            self.take(")")
        values: dict[str, Any] = dict(zip(names, given, strict=False))
        for holder, key, name in self.places:
            holder[key] = values.get(name)
        for name, path, statement in statements:
            _assign(values.get(name), path, statement[-1])
        return returned[0]

    def _body(self, arrow: bool) -> tuple[list[tuple[str, Any, list[Any]]], list[Any]]:
        """Read the function's statements and what it returns, each value the last of a list, in
        which a parameter finds its place."""
        statements: list[tuple[str, Any, list[Any]]] = []
        returned: list[Any] = [None]
        if arrow and not self.skip("{"):
            self._put(returned, 0, self.value())
            return statements, returned
        if not arrow:
            self.take("{")
        while not self.skip("return"):
            statements += self._statement()
            self.skip(";")
        self._put(returned, 0, self.value())
        self.skip(";")
        self.take("}")
        return statements, returned

    def _statement(self) -> list[tuple[str, Any, list[Any]]]:
        """Read ``a.b=…``, ``a[0]=…``, ``a.add(…).add(…)`` or ``a.set(…, …)``."""
        kind, name = self.next()
        if kind != "name" or name not in self.names:
            raise _NoLiteralError
        found: list[tuple[str, Any, list[Any]]] = []
        while self.peek() in {".", "["}:
            if self.next()[1] == "[":
                path = self.value()
                self.take("]")
            else:
                path = self.next()[1]
            if self.skip("="):
                value: list[Any] = [None]
                self._put(value, 0, self.value())
                return [(name, path, value)]
            self.take("(")
            given = self._list(")")
            if path == "add" and len(given) == 1:
                found.append((name, None, given))
            elif path == "set" and len(given) == 2:
                found.append((name, given[0], given))
        return found


def _assign(target: Any, path: Any, value: Any) -> None:
    if isinstance(target, list):
        target.append(value)
    elif isinstance(target, dict) and isinstance(path, str):
        target[path] = value


def _string(token: str) -> str:
    text = token[1:-1]
    return join_surrogates(decode_js(text)) if "\\" in text else text


def _number(token: str) -> float | int:
    # Longer ones are no number of anything, and Python takes quadratic time for them.
    try:
        return int(token) if token.isdigit() and len(token) < 20 else float(token[:_LONGEST_NAME])
    except ValueError:
        return 0


def _date(milliseconds: float) -> str | None:
    try:
        return datetime.fromtimestamp(milliseconds / 1000, UTC).isoformat()
    except (ValueError, OverflowError, OSError):
        return None


def read_literal(text: str, at: int) -> tuple[Any, int]:
    """Return the value of the literal in *text* that begins at *at*, and where it ends; (None,
    *at*) where there is none. Containers may hold themselves. Linear; raises nothing.

    >>> read_literal("x = (function(a){return {id:1,b:[a,a]}}('c'))", 3)[0]
    {'id': 1, 'b': ['c', 'c']}
    """
    reader = _Reader(text, at)
    try:
        match = _CALLED.match(text, at)
        value = reader.called() if match else reader.value()
    except (_NoLiteralError, RecursionError):
        return None, at
    return value, reader.at


_CALLED = re.compile(
    r"\s{0,20}(?:!|\(\s{0,20})?(?:function\b|\((?:[\w$]{0,9},?){0,500}\)\s{0,9}=>)"
)
