"""Patterns of URL paths: regular expressions whose cost is known before they are used.

A backtracking engine takes exponential time where repeats nest, and another power of the
path's length for each repeat that can end at several places. The first are refused, the second
counted, and no path of more than 300 characters is looked at.
"""

from __future__ import annotations

import re
import warnings

MAX_PATH_LENGTH = 300
_MAX_PATTERN_LENGTH = 200
# Two repeats that can end anywhere, and two choices beside them.
_BUDGET = 4 * (MAX_PATH_LENGTH + 1) ** 2
_TOKEN = re.compile(
    r"(?P<atom>\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[^\\\[\](){}|*+?^$])|(?P<edge>[\^$])"
    r"|(?P<open>\((?:\?:)?(?!\?))|(?P<close>\)\??)|(?P<choice>\|)"
)
_REPEAT = re.compile(r"(?P<sign>[*+?]|\{(?P<low>\d{1,3})(?P<high>,\d{0,3})?\})\??(?![*+?{])")
_SAMPLE = "".join(map(chr, range(32, 127))) + "éßяあ年한"


def compile_pattern(text: str) -> re.Pattern[str]:
    """Return *text* compiled; it is meant to be matched from the beginning of a path. Raise
    ValueError, in one line, where it is no pattern or could take long."""
    if len(text) > _MAX_PATTERN_LENGTH:
        raise ValueError(f"longer than {_MAX_PATTERN_LENGTH} characters")
    try:
        with warnings.catch_warnings():
            # A future Python may read ``[[a]`` in another way.
            warnings.simplefilter("error", FutureWarning)
            pattern = re.compile(text)
            cost = _cost(text)
    except (re.error, FutureWarning) as error:
        raise ValueError(f"not a regular expression: {error}") from None
    if not text.removeprefix("^").startswith(("/", "(", "[", ".", "\\/")):
        raise ValueError("expected a pattern of a URL's path, as ^/news/\\d+")
    if cost > _BUDGET:
        raise ValueError(
            "could take long: too many repeats that can end at several places;"
            " write what cannot hold the character behind it, as [^/]+/ for .*/"
        )
    return pattern


def matches(pattern: re.Pattern[str], path: str) -> bool:
    """Return True if *path* begins with *pattern*; one longer than 300 characters never does."""
    return len(path) <= MAX_PATH_LENGTH and pattern.match(path) is not None


def _cost(text: str) -> int:
    """Return how often the engine may come back to one place, at most."""
    tokens = list(_tokens(text))
    cost = 1
    for index, (kind, atom, low, high) in enumerate(tokens):
        if kind == "choice" or atom == ")?":
            cost *= 2
        if kind == "atom" and low != high:
            following = tokens[index + 1] if index + 1 < len(tokens) else None
            if following is not None and not _ends_before(atom, following):
                cost *= high - low + 1
    return cost


def _ends_before(atom: str, following: tuple[str, str, int, int]) -> bool:
    """Return True if a repeat of *atom* can end at one place only: before *following*."""
    kind, other, low, _ = following
    if kind == "edge":
        return other == "$"
    if kind != "atom" or low == 0:
        return False
    one, two = re.compile(atom), re.compile(other)
    return not any(one.fullmatch(char) and two.fullmatch(char) for char in _SAMPLE)


def _tokens(text: str) -> list[tuple[str, str, int, int]]:
    """Return the parts of *text*: kind, text, and how often at least and at most."""
    found = []
    at = 0
    while at < len(text):
        token = _TOKEN.match(text, at)
        if token is None or re.match(r"\\[1-9]", token[0]):
            raise ValueError(f"{text[at : at + 10]!r} is not understood in a pattern")
        at = token.end()
        low, high = 1, 1
        repeat = _REPEAT.match(text, at)
        if repeat is not None:
            if token.lastgroup != "atom":
                raise ValueError(f"{repeat[0]} behind a group: repeats cannot nest")
            at = repeat.end()
            low, high = _times(repeat)
        found.append((str(token.lastgroup), token[0], low, high))
    return found


def _times(repeat: re.Match[str]) -> tuple[int, int]:
    if repeat["sign"] in {"*", "+"}:
        return (0 if repeat["sign"] == "*" else 1), MAX_PATH_LENGTH
    if repeat["sign"] == "?":
        return 0, 1
    low, high = int(repeat["low"]), repeat["high"]
    return low, low if high is None else int(high[1:] or MAX_PATH_LENGTH)
