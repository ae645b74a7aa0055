"""Read a plain-text page: headline, byline, body.

Some corpora have only the text of pages, without the markup. The body may be a line of escaped
markup, or paragraphs of one line each.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsclean.cleaning.escaped_text import is_escaped
from newsclean.cleaning.layers import DECODERS
from newsclean.cleaning.tree import escape_text
from newsclean.extraction.bylines.labelled import Byline, read_byline
from newsclean.extraction.candidates import ArticleBuilder
from newsclean.extraction.headline.text import strip_name
from newsclean.items import Article, Author, RawBody

if TYPE_CHECKING:
    from datetime import datetime

_MAX_HEADLINE_LENGTH = 200  # characters
_MAX_BYLINE_LENGTH = 300  # characters
_MAX_DATE_LINE_LENGTH = 40  # characters of a line that is a date without labels
_MAX_BYLINES = 6  # lines after the headline that may be a byline
_BULLET = re.compile(r"^[-*•]\s+")


def read_plain_page(text: str, url: str, *, downloaded: datetime | None = None) -> Article:
    """Return the article in *text*, the text of one page, with a raw body.

    The first line is the headline. Lines with labels after it are the byline. The rest is the body,
    in which escaped markup stays escaped. *downloaded* resolves relative dates. Linear time; raises
    no exception.

    >>> page = "Rain at last\\nSource: Bay News  2026-04-18\\nIt rained in the valley."
    >>> read_plain_page(page, "https://a.example/7").headline
    'Rain at last'
    """
    lines = [line.strip() for line in text.replace("\r\n", "\n").split("\n")]
    lines = [line for line in lines if line]
    article = Article(url=url)
    sources = article.metadata.fieldSources
    if lines and len(lines[0]) <= _MAX_HEADLINE_LENGTH and not _is_escaped(lines[0]):
        article.headline = strip_name(lines.pop(0))
        sources["headline"] = "generic"
    byline = Byline()
    body: list[str] = []
    for number, line in enumerate(lines):
        if number < _MAX_BYLINES and not body and len(line) <= _MAX_BYLINE_LENGTH:
            read = read_byline(line, downloaded=downloaded)
            if read.is_byline() or (read.published and len(line) < _MAX_DATE_LINE_LENGTH):
                byline.fill(read)
                continue
        body.append(line)
    _set_byline(article, byline)
    if body:
        article.articleBodyRaw = RawBody(html="\n".join(map(_block, body)))
        sources["articleBody"] = "generic"
    return article


def _set_byline(article: Article, byline: Byline) -> None:
    chosen = ArticleBuilder(article)
    chosen.set("authors", ([Author(name) for name in byline.authors], "byline"))
    chosen.set("editors", ([Author(name) for name in byline.editors], "byline"))
    chosen.set("source", (byline.source, "byline"))
    for name, moment in (("datePublished", byline.published), ("dateModified", byline.modified)):
        if moment is not None:
            chosen.set(name, (moment.value, "byline"))
            setattr(article, f"{name}Raw", moment.raw)


def _is_escaped(line: str) -> bool:
    return any(is_escaped(layer, line) for layer in DECODERS)


def _block(line: str) -> str:
    """Return *line* as a paragraph with ``<`` escaped. A line of escaped markup stays as it is."""
    if _BULLET.match(line):
        return f"<ul><li>{escape_text(_BULLET.sub('', line))}</li></ul>"
    return f"<p>{escape_text(line)}</p>"
