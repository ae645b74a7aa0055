"""Patterns of URL paths: regular expressions of RE2, which takes time linear in the path.

RE2 has no look-around and no backreferences; everything else is as in Python. A user's pattern may
nest repetitions, because RE2 does not backtrack.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import re2

MAX_PATTERN_LENGTH = 500  # characters
_MAX_MEMORY = 1 << 20  # bytes of a compiled pattern; 500 characters can need far more


@dataclass(frozen=True, slots=True)
class PathPattern:
    """A compiled pattern with its text."""

    text: str
    _compiled: Any

    def matches(self, path: str) -> bool:
        """Return True if *path* begins with the pattern."""
        return self._compiled.match(path.encode("utf-8", "replace").decode()) is not None


def read_pattern(text: str) -> PathPattern:
    r"""Return the pattern *text*. Raise ValueError with one line if it is not a pattern of RE2, or
    not a pattern of a path.

    >>> read_pattern(r"/(?:[a-z]+/)+\d{4}/").matches("/news/sport/2026/boat")
    True
    """
    if len(text) > MAX_PATTERN_LENGTH:
        raise ValueError(f"longer than {MAX_PATTERN_LENGTH} characters")
    options = re2.Options()
    options.max_mem = _MAX_MEMORY
    options.log_errors = False
    try:
        compiled = re2.compile(text, options)
    except (re2.error, UnicodeEncodeError) as error:
        message = error.args[0] if error.args else ""
        shown = message.decode("utf-8", "replace") if isinstance(message, bytes) else str(error)
        raise ValueError(f"not a regular expression of RE2: {shown}") from None
    if not text.removeprefix("^").startswith(("/", "(", "[", ".", "\\/")):
        raise ValueError("expected a pattern of a URL's path, as ^/news/\\d+")
    return PathPattern(text, compiled)
