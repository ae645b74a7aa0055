"""Convert an article to plain text for a terminal."""

from __future__ import annotations

import re
from typing import Any

# Characters that control a terminal: control characters except tab and line feed, and
# bidirectional control characters.
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def as_text(record: dict[str, Any]) -> str:
    r"""Return an article as text: headline, date with authors and URL, body.

    >>> as_text({"url": "https://a.example/7", "headline": "Rain", "articleBody": "At last."})
    'Rain\nhttps://a.example/7\n\nAt last.\n'
    """
    authors = ", ".join(one["name"] for one in record.get("authors") or () if one.get("name"))
    about = [record.get("datePublished"), authors, record.get("url")]
    head = [record.get("headline"), " · ".join(str(one) for one in about if one)]
    lines = [" ".join(str(one).split()) for one in head if one]
    return "\n".join([*lines, "", str(record.get("articleBody") or ""), ""])


def without_controls(text: str) -> str:
    """Return *text* with characters that control a terminal replaced by U+FFFD."""
    return _CONTROLS.sub("\ufffd", text)
