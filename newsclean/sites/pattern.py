"""Patterns of URL paths: regular expressions of RE2, whose time is linear in the path.

RE2 has no look-around and no references back; everything else is as in Python. A user's pattern
can nest its repeats as it likes: the engine does not backtrack.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import re2

MAX_PATTERN_LENGTH = 500  # characters
_MAX_MEMORY = 1 << 20  # bytes of a compiled pattern; one of 500 characters can ask for far more


@dataclass(frozen=True, slots=True)
class PathPattern:
    """A pattern as it is written, ready to be asked."""

    text: str
    _compiled: Any

    def matches(self, path: str) -> bool:
        """Return True if *path* begins with the pattern."""
        return self._compiled.match(path.encode("utf-8", "replace").decode()) is not None


def read_pattern(text: str) -> PathPattern:
    r"""Return the pattern *text*; raise ValueError, in one line, if it is no pattern of RE2 or
    no pattern of a path.

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
        said = error.args[0] if error.args else ""
        shown = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(error)
        raise ValueError(f"not a regular expression of RE2: {shown}") from None
    if not text.removeprefix("^").startswith(("/", "(", "[", ".", "\\/")):
        raise ValueError("expected a pattern of a URL's path, as ^/news/\\d+")
    return PathPattern(text, compiled)
