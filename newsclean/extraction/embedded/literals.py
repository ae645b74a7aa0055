"""Read values that are JavaScript literals, not JSON, without executing a script.

Nuxt 2 writes ``window.__NUXT__=(function(a,b){a.x=b;return {data:[{title:b,body:a}]}}({},"…"))``.
A value that occurs more than once is a parameter. Supported are literals, such a function around
them, and the few calls of serialisers (``new Date(…)``, ``void 0``). Anything else ends the value.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from newsclean.extraction.embedded.tokens import (
    NoLiteralError,
    Tokens,
    date_of,
    number_of,
    string_of,
)

_MAX_DEPTH = 60  # levels of nested values, far below Python's limit of calls
# A function that is called at once, to distinguish it from a value in parentheses.
_CALLED = re.compile(r"\s{0,20}+(?:\(\s{0,20}+)?(?:function\b|\([\w$,\s]{0,5000}+\)\s{0,9}+=>)")
_CONSTANTS: dict[str, Any] = {
    **{"true": True, "false": False, "null": None, "undefined": None},
    **{"NaN": None, "Infinity": None},
}


@dataclass(frozen=True, slots=True)
class _Name:
    """A parameter. Its value is after the function."""

    name: str


@dataclass
class _Reader(Tokens):
    """Reads literals. ``places`` are the positions of parameters: container, key, name."""

    depth: int = 0
    names: frozenset[str] = frozenset()
    places: list[tuple[Any, Any, str]] = field(default_factory=list)

    def value(self) -> Any:
        """Read one value."""
        self.depth += 1
        if self.depth > _MAX_DEPTH:
            raise NoLiteralError
        kind, text = self.next()
        value = self._value(kind, text)
        self.depth -= 1
        return value

    def _value(self, kind: str, text: str) -> Any:
        if kind == "string":
            return string_of(text)
        if kind == "number":
            return number_of(text)
        if kind == "pattern":
            return None
        if kind == "name":
            return self._named(text)
        if text == "{":
            return self._object()
        if text == "[":
            return self._list("]")
        if text == "(":
            value = self.value()
            self.take(")")
            return value
        if text == "-":
            value = self.value()
            return -value if isinstance(value, int | float) else None
        if text == "!":
            return not self.value()
        raise NoLiteralError

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
        raise NoLiteralError

    def _made(self, kind: str) -> Any:
        """Read the value of ``new Date(…)``, ``Array(3)``, ``Object.create(null)`` and the like."""
        create = kind == "Object" and self.skip(".")
        if create:
            self.take("create")
        given = self._list(")") if self.skip("(") else []
        first = given[0] if given else None
        if kind == "Date" and isinstance(first, int | float):
            return date_of(first)
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
        raise NoLiteralError

    def _object(self) -> dict[str, Any]:
        made: dict[str, Any] = {}
        while not self.skip("}"):
            kind, token = self.next()
            if kind not in {"string", "number", "name"}:
                raise NoLiteralError
            key = string_of(token) if kind == "string" else token
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
                raise NoLiteralError
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
        """Read the statements of the function and its result. Each value is the last one of a list,
        so that a parameter can be replaced there."""
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
            raise NoLiteralError
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


def read_literal(text: str, at: int) -> tuple[Any, int]:
    """Return (value, end) of the literal at *at* in *text*, or (None, *at*) if there is none.
    Containers may have cycles. Linear time; raises no exception.

    >>> read_literal("x = (function(a){return {id:1,b:[a,a]}}('c'))", 3)[0]
    {'id': 1, 'b': ['c', 'c']}
    """
    reader = _Reader(text, at)
    try:
        match = _CALLED.match(text, at)
        value = reader.called() if match else reader.value()
    except (NoLiteralError, RecursionError):
        return None, at
    return value, reader.at
