"""Find the article in a page that nobody wrote a rule for.

One walk reads the page as blocks of text (`blocks`); `choose` picks those that are the
article; `write` gives their HTML back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsclean.extraction.body.blocks import read_blocks
from newsclean.extraction.body.choose import choose_blocks
from newsclean.extraction.body.hints import page_summary, page_title
from newsclean.extraction.body.write import write_body
from newsclean.items import RawBody

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["find_body"]


def find_body(root: _Element, *, headline: str | None = None) -> RawBody | None:
    """Return the raw HTML of the article in *root*, a page parsed by `parse_html`.

    *headline* helps to find where the article begins; without it the title of the page does.
    The body is the markup of the article's blocks, without what stands between them but is
    not the article's. What was escaped in the page's source and is decoded in *root* is kept
    with the text around it. Leaves
    *root* alone. Returns None where no text looks like an article. Linear; raises nothing.

    >>> from newsclean.cleaning.tree import parse_html
    >>> page = "<div><p>%s</p></div><ul><li><a>More</a></ul>" % ("It rained again today. " * 9)
    >>> "More" in find_body(parse_html(page)).html
    False
    """
    page = read_blocks(root)
    kept = choose_blocks(page, headline or page_title(root), page_summary(root))
    html = write_body(page, kept)
    return RawBody(html) if html else None
