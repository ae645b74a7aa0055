"""The articles in the report as inert, compressed data in batches.

A batch holds the columns of the list (``rows``, plain JSON), and in compressed form the texts (for
the search) and all other data of its articles (to open one). The page unpacks a batch only when it
needs it. So neither the program nor the browser holds the whole feed in memory.
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

_MAX_ARTICLES = 100  # articles of a batch
_MAX_CHARACTERS = 2_000_000  # characters of the texts of a batch
# More of a body is not useful in a report, and slow to show.
MAX_BODY_LENGTH = 300_000  # characters
_MAX_LINE_LENGTH = 300  # characters of a headline, a reason or its detail
_MAX_URL_LENGTH = 2_000  # characters
_MAX_AUTHORS = 5  # authors of an article in the list
_MAX_NAME_LENGTH = 60  # characters of the name of an author
_MAX_WORD_LENGTH = 40  # characters of a date or a language
_MAX_SNIPPET_LENGTH = 160  # characters of the first line of a text
_LEVEL = 3  # zlib's level: twice as fast as the default level, 5 % more bytes

# Characters with a meaning in HTML. In JSON they are only in strings, where they can be escaped.
_INERT = (
    ("<", "\\u003c"),
    (">", "\\u003e"),
    ("&", "\\u0026"),
    ("\u2028", "\\u2028"),
    ("\u2029", "\\u2029"),
)


@dataclass(frozen=True, slots=True)
class Batch:
    """Some articles. ``rows`` is JSON; ``texts`` and ``details`` are JSON in zlib in base64."""

    rows: Markup
    texts: Markup
    details: Markup


def batches(articles: Iterable[Mapping[str, Any]]) -> Iterator[Batch]:
    """Yield *articles*, lines of a feed, in batches. Keeps one batch in memory."""
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
    """Yield *rejections* as JSON, some hundred at a time."""
    rows: list[list[Any]] = []
    for one in rejections:
        status = one.get("status")
        rows.append(
            [
                site_name(one.get("url")),
                _text(one.get("url"), _MAX_URL_LENGTH),
                _text(one.get("reason"), _MAX_LINE_LENGTH),
                _text(one.get("detail"), _MAX_LINE_LENGTH),
                status if isinstance(status, int) and abs(status) < 1000 else None,
                _text(one.get("dateDownloaded"), _MAX_WORD_LENGTH),
            ]
        )
        if len(rows) >= 5 * _MAX_ARTICLES:
            yield inert_json(rows)
            rows = []
    if rows:
        yield inert_json(rows)


def inert_json(value: object) -> Markup:
    """Return *value* as JSON for the text of a script element. It cannot end the element."""
    text = orjson.dumps(value).decode()
    for character, escape in _INERT:
        text = text.replace(character, escape)
    return Markup(text)  # noqa: S704 - what HTML could read is escaped above


def _batch(rows: list[list[Any]], texts: list[str], details: list[bytes]) -> Batch:
    return Batch(
        inert_json(rows), packed(orjson.dumps(texts)), packed(b"[" + b",".join(details) + b"]")
    )


def packed(data: bytes) -> Markup:
    """Return *data* as zlib in base64, which ``unpack`` of the scripts reads."""
    # No character of base64 has a meaning in HTML.
    return Markup(base64.b64encode(zlib.compress(data, _LEVEL)).decode())  # noqa: S704


def _row(article: Mapping[str, Any], text: str) -> list[Any]:
    metadata = article.get("metadata")
    words = article.get("wordCount")
    present = sum(1 << bit for bit, name in enumerate(FIELDS) if article.get(name) is not None)
    return [
        _text(article.get("headline"), _MAX_LINE_LENGTH),
        site_name(article.get("url")),
        _text(article.get("url"), _MAX_URL_LENGTH),
        _text(article.get("datePublished"), _MAX_WORD_LENGTH),
        words if isinstance(words, int) and 0 <= words < 10**9 else None,
        int(unit_of(text) == "characters"),
        present,
        _text(metadata.get("changeType"), _MAX_WORD_LENGTH) if isinstance(metadata, dict) else "",
        _names(article.get("authors")),
        " ".join(text[: 2 * _MAX_SNIPPET_LENGTH].split())[:_MAX_SNIPPET_LENGTH],
        _text(article.get("inLanguage"), _MAX_WORD_LENGTH),
    ]


def _detail(article: Mapping[str, Any]) -> bytes:
    """Return *article* without its text as JSON. Bodies are cut to the length that is shown."""
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
    except orjson.JSONEncodeError:  # nested too deeply, or not a JSON value
        return orjson.dumps({"url": _text(article.get("url"), _MAX_URL_LENGTH)})


def _names(authors: object) -> str:
    if not isinstance(authors, list):
        return ""
    shown = [one.get("name") for one in authors[:_MAX_AUTHORS] if isinstance(one, dict)]
    return ", ".join(filter(None, (_text(name, _MAX_NAME_LENGTH) for name in shown)))


def _text(value: object, longest: int) -> str:
    return value[:longest] if isinstance(value, str) else ""
