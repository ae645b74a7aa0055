"""The tokens of JavaScript literals."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from newsclean.cleaning.layers import decode_js
from newsclean.cleaning.tree import join_surrogates

_MAX_NUMBER_LENGTH = 100  # characters
# Each token matches one alternative, without backtracking.
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


class NoLiteralError(Exception):
    """The text at this position is not a literal."""


@dataclass
class Tokens:
    """The tokens of *text* from *at* on. Raises NoLiteralError for an unexpected token."""

    text: str
    at: int

    def next(self) -> tuple[str, str]:
        """Return the kind and the text of the next token, and advance."""
        match = _TOKEN.match(self.text, self.at)
        if match is None or match.lastgroup is None:
            raise NoLiteralError
        self.at = match.end()
        return match.lastgroup, match[match.lastgroup]

    def peek(self) -> str:
        """Return the text of the next token, or ``""`` at the end."""
        match = _TOKEN.match(self.text, self.at)
        return match[match.lastgroup] if match is not None and match.lastgroup else ""

    def take(self, token: str) -> None:
        """Advance over *token*, which must be the next one."""
        if self.next()[1] != token:
            raise NoLiteralError

    def skip(self, token: str) -> bool:
        """Advance over *token* and return True if it is the next one."""
        if self.peek() != token:
            return False
        self.next()
        return True


def string_of(token: str) -> str:
    """Return the value of the string *token* with its escapes decoded.

    >>> string_of(r"'it\x27s'")
    "it's"
    """
    text = token[1:-1]
    return join_surrogates(decode_js(text)) if "\\" in text else text


def number_of(token: str) -> float | int:
    """Return the value of the number *token*.

    >>> number_of("12"), number_of("1.5")
    (12, 1.5)
    """
    # Python takes quadratic time for long numbers, and no real number is longer.
    try:
        return (
            int(token) if token.isdigit() and len(token) < 20 else float(token[:_MAX_NUMBER_LENGTH])
        )
    except ValueError:
        return 0


def date_of(milliseconds: float) -> str | None:
    """Return the date *milliseconds* after 1970 in ISO 8601, or None if it is out of range."""
    try:
        return datetime.fromtimestamp(milliseconds / 1000, UTC).isoformat()
    except (ValueError, OverflowError, OSError):
        return None
