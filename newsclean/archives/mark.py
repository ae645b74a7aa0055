"""The note of a crawl on a page that it saves. With it, the archive gives the same article again.

The note is an extension field of the WARC header, ``Newsclean-Page``: a JSON object in ASCII. Other
programs ignore it.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, Self

MARK_HEADER = "Newsclean-Page"
# Readers accept 32 kB for all fields of a record. Longer hints are not saved.
MAX_MARK = 8_000  # characters
KINDS = ("page", "further", "listing", "robots")


@dataclass(frozen=True, slots=True)
class PageMark:
    """Why a saved page was fetched.

    ``kind`` is ``page`` for the page of an article, ``further`` for page ``number`` of a multi-page
    article, ``listing`` for a sitemap, feed or section page, ``robots`` for a robots.txt. ``asked``
    is the URL before redirects, if there were any. ``hints`` is the metadata that a listing gave
    for the page: field → (value, source).
    """

    kind: Literal["page", "further", "listing", "robots"]
    asked: str | None = None
    discovered_by: str | None = None
    number: int | None = None
    hints: dict[str, tuple[str, str]] = field(default_factory=dict)

    def to_header(self) -> str:
        """Return the mark as the value of its header.

        >>> PageMark("further", number=2).to_header()
        '{"kind": "further", "number": 2}'
        """
        known = {name: value for name, value in asdict(self).items() if value not in (None, {})}
        text = json.dumps(known)
        if len(text) > MAX_MARK:
            known.pop("hints", None)
            text = json.dumps(known)
        return text if len(text) <= MAX_MARK else json.dumps({"kind": self.kind})

    @classmethod
    def from_header(cls, text: str | None) -> Self | None:
        """Return the mark in the header *text*, None if there is no header or it is damaged.

        >>> PageMark.from_header('{"kind": "listing"}').kind
        'listing'
        """
        if not text or len(text) > MAX_MARK:
            return None
        try:
            found = json.loads(text)
        except (ValueError, RecursionError):
            return None
        if not isinstance(found, dict) or found.get("kind") not in KINDS:
            return None
        number = found.get("number")
        return cls(
            kind=found["kind"],
            asked=_text(found.get("asked")),
            discovered_by=_text(found.get("discovered_by")),
            number=number if type(number) is int and number > 0 else None,
            hints=_hints(found.get("hints")),
        )


def _text(value: Any) -> str | None:
    """Return *value* without lone surrogates, which cannot be stored, or None if it is no text."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) and value else None


def _hints(value: Any) -> dict[str, tuple[str, str]]:
    if not isinstance(value, dict):
        return {}
    return {
        name: (pair[0], pair[1])
        for name, pair in value.items()
        if isinstance(pair, list) and len(pair) == 2 and all(isinstance(one, str) for one in pair)
    }
