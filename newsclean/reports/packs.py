"""Articles as data inside the report: inert, small, and in batches.

A batch holds what the list needs of its articles (``rows``, plain JSON) and, compressed, their
texts (to search in) and everything else of them (to open one). The page unpacks a batch only
when it needs it, so that neither side ever holds the whole feed.
"""

from __future__ import annotations

import base64
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson
from markupsafe import Markup

from newsclean.reports.tally import FIELDS, site_name, unit_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_MAX_ARTICLES = 100
_MAX_CHARACTERS = 2_000_000
# More of one body than this is of no use to a reader, and slow to show.
MAX_BODY_LENGTH = 300_000
_MAX_LINE_LENGTH = 300
_MAX_SNIPPET_LENGTH = 160
_LEVEL = 3  # of zlib: twice as fast as the default level for a twentieth more bytes

# JSON has no need of these outside of strings, and HTML cannot read them as anything then.
_INERT = (
    ("<", "\\u003c"),
    (">", "\\u003e"),
    ("&", "\\u0026"),
    ("\u2028", "\\u2028"),
    ("\u2029", "\\u2029"),
)


@dataclass(frozen=True, slots=True)
class Batch:
    """Some articles: ``rows`` is JSON, ``texts`` and ``details`` are JSON in zlib in base64."""

    rows: Markup
    texts: Markup
    details: Markup


def batches(articles: Iterable[Mapping[str, Any]]) -> Iterator[Batch]:
    """Give *articles*, lines of a feed, in batches. Keeps one batch in memory."""
    rows: list[list[Any]] = []
    texts: list[str] = []
    details: list[bytes] = []
    size = 0
    for article in articles:
        text = _text(article.get("articleBody"), MAX_BODY_LENGTH)
        detail = _detail(article)
        rows.append(_row(article, text))
        texts.append(text)
        details.append(detail)
        size += len(text) + len(detail)
        if len(rows) >= _MAX_ARTICLES or size >= _MAX_CHARACTERS:
            yield _batch(rows, texts, details)
            rows, texts, details, size = [], [], [], 0
    if rows:
        yield _batch(rows, texts, details)


def rejection_rows(rejections: Iterable[Mapping[str, Any]]) -> Iterator[Markup]:
    """Give *rejections* as JSON, some hundred at a time."""
    rows: list[list[Any]] = []
    for one in rejections:
        status = one.get("status")
        rows.append(
            [
                site_name(one.get("url")),
                _text(one.get("url"), 2000),
                _text(one.get("reason"), _MAX_LINE_LENGTH),
                _text(one.get("detail"), _MAX_LINE_LENGTH),
                status if isinstance(status, int) and abs(status) < 1000 else None,
                _text(one.get("dateDownloaded"), 40),
            ]
        )
        if len(rows) >= 5 * _MAX_ARTICLES:
            yield inert_json(rows)
            rows = []
    if rows:
        yield inert_json(rows)


def inert_json(value: object) -> Markup:
    """Return *value* as JSON that nothing in it can leave: a script element's text at rest."""
    text = orjson.dumps(value).decode()
    for character, escape in _INERT:
        text = text.replace(character, escape)
    return Markup(text)  # noqa: S704 - what HTML could read is escaped above


def _batch(rows: list[list[Any]], texts: list[str], details: list[bytes]) -> Batch:
    return Batch(
        inert_json(rows), packed(orjson.dumps(texts)), packed(b"[" + b",".join(details) + b"]")
    )


def packed(data: bytes) -> Markup:
    """Return *data* compressed, as zlib in base64: what ``unpack`` of the scripts reads."""
    # The base64 alphabet has nothing that HTML reads.
    return Markup(base64.b64encode(zlib.compress(data, _LEVEL)).decode())  # noqa: S704


def _row(article: Mapping[str, Any], text: str) -> list[Any]:
    metadata = article.get("metadata")
    words = article.get("wordCount")
    present = sum(1 << bit for bit, name in enumerate(FIELDS) if article.get(name) is not None)
    return [
        _text(article.get("headline"), _MAX_LINE_LENGTH),
        site_name(article.get("url")),
        _text(article.get("url"), 2000),
        _text(article.get("datePublished"), 40),
        words if isinstance(words, int) and 0 <= words < 10**9 else None,
        int(unit_of(text) == "characters"),
        present,
        _text(metadata.get("changeType"), 20) if isinstance(metadata, dict) else "",
        _names(article.get("authors")),
        " ".join(text[: 2 * _MAX_SNIPPET_LENGTH].split())[:_MAX_SNIPPET_LENGTH],
        _text(article.get("inLanguage"), 20),
    ]


def _detail(article: Mapping[str, Any]) -> bytes:
    """Return all of *article* but its text as JSON, bodies cut to what can be shown."""
    detail = {name: value for name, value in article.items() if name != "articleBody"}
    detail["articleBodyHtml"] = _text(article.get("articleBodyHtml"), MAX_BODY_LENGTH)
    raw = article.get("articleBodyRaw")
    html = raw.get("html") if isinstance(raw, dict) else None
    if isinstance(html, str):
        detail["articleBodyRaw"] = {"html": html[:MAX_BODY_LENGTH], "length": len(html)}
    else:
        detail.pop("articleBodyRaw", None)
    try:
        return orjson.dumps(detail)
    except orjson.JSONEncodeError:  # nested too deeply, or no JSON at all
        return orjson.dumps({"url": _text(article.get("url"), 2000)})


def _names(authors: object) -> str:
    if not isinstance(authors, list):
        return ""
    names = [_text(one.get("name"), 60) for one in authors[:5] if isinstance(one, dict)]
    return ", ".join(name for name in names if name)


def _text(value: object, longest: int) -> str:
    return value[:longest] if isinstance(value, str) else ""
