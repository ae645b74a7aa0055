"""What a crawl notes on a page that it saves, so that the archive gives the same article again.

It is one extension field of the WARC header, ``Newsclean-Page``: a JSON object in ASCII. Other
programs pass over it.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, Self

MARK_HEADER = "Newsclean-Page"
# Readers take 32 kB for all fields of a record: one with longer hints is saved without them.
MAX_MARK = 8_000  # characters
KINDS = ("page", "further", "listing", "robots")


@dataclass(frozen=True, slots=True)
class PageMark:
    """What a saved page was asked for.

    ``kind`` is ``page`` for the page of an article, ``further`` for one that was fetched as page
    ``number`` of an article that begins elsewhere, ``listing`` for a sitemap, feed or section
    page, ``robots`` for a robots.txt. ``asked`` is the URL before redirects, where there were
    any. ``hints`` are what a listing said of the page: field → (value, source).
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
        """Return the mark that the header says, None for no header or one that is damaged.

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
    return value if isinstance(value, str) and value else None


def _hints(value: Any) -> dict[str, tuple[str, str]]:
    if not isinstance(value, dict):
        return {}
    return {
        name: (said[0], said[1])
        for name, said in value.items()
        if isinstance(said, list) and len(said) == 2 and all(isinstance(one, str) for one in said)
    }
