"""The tokens of a script, as far as literals are made of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from newsclean.cleaning.layers import decode_js
from newsclean.cleaning.tree import join_surrogates

_MAX_NUMBER_LENGTH = 100
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


class NoLiteralError(Exception):
    """The script goes on with something else."""


@dataclass
class Tokens:
    """The tokens of *text* from *at* on. Whoever wants one that is not there gets
    NoLiteralError."""

    text: str
    at: int

    def next(self) -> tuple[str, str]:
        """Return the kind and the text of the next token and go past it."""
        match = _TOKEN.match(self.text, self.at)
        if match is None or match.lastgroup is None:
            raise NoLiteralError
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
                raise NoLiteralError

    def skip(self, token: str) -> bool:
        """Go past *token* if it is the next; tell whether it was."""
        if self.peek() != token:
            return False
        self.next()
        return True


def string_of(token: str) -> str:
    """Return what the string *token* says, escapes decoded."""
    text = token[1:-1]
    return join_surrogates(decode_js(text)) if "\\" in text else text


def number_of(token: str) -> float | int:
    """Return the number *token*."""
    # Longer ones are no number of anything, and Python takes quadratic time for them.
    try:
        return (
            int(token) if token.isdigit() and len(token) < 20 else float(token[:_MAX_NUMBER_LENGTH])
        )
    except ValueError:
        return 0


def date_of(milliseconds: float) -> str | None:
    """Return the date that lies so many *milliseconds* behind 1970, None where none does."""
    try:
        return datetime.fromtimestamp(milliseconds / 1000, UTC).isoformat()
    except (ValueError, OverflowError, OSError):
        return None
