"""Find the body of the article in a page without a site rule.

One walk reads the page as blocks of text (`blocks`). `choose` chooses the blocks of the article.
`write` returns their HTML.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsclean.extraction.body.blocks import read_blocks
from newsclean.extraction.body.choose import choose_blocks
from newsclean.extraction.body.page_head import page_summary, page_title
from newsclean.extraction.body.write import write_body
from newsclean.items import RawBody

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element

__all__ = ["find_body"]


def find_body(
    root: _Element, *, headline: str | None = None, metas: Sequence[_Element] | None = None
) -> RawBody | None:
    """Return the raw HTML of the article in *root*, a page parsed by `parse_html`.

    *headline*, or without it the title of the page, helps to find the start of the article, and so
    does the description in *metas*, the ``<meta>`` elements of *root*, which are searched for if
    None. The body is the markup of the blocks of the article, without other blocks between them. A
    region that was escaped in the source, and is decoded in *root*, is kept with the text around
    it. Does not change *root*. Returns None if no text looks like an article. Linear time; raises
    no exception.

    >>> from newsclean.cleaning.tree import parse_html
    >>> page = "<div><p>%s</p></div><ul><li><a>More</a></ul>" % ("It rained again today. " * 9)
    >>> "More" in find_body(parse_html(page)).html
    False
    """
    page = read_blocks(root)
    metas = list(root.iter("meta")) if metas is None else metas
    kept = choose_blocks(page, headline or page_title(root, metas), page_summary(metas))
    html = write_body(page, kept)
    return RawBody(html) if html else None
