"""Use the owner of a personal site as the author. This is the last resort."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from newsclean.extraction.authors.first_names import plain_letters
from newsclean.extraction.authors.names import is_person
from newsclean.extraction.candidates import Candidate
from newsclean.extraction.dom.text import squeeze

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from newsclean.extraction.dom.page import Page

_SEPARATOR = re.compile(r"\s[|–—·»:-]\s|\s?\|\s?")
_BLOG = re.compile(
    r"(?:'|’)s?\s+(?:personal\s)?(?:blog|site|website|weblog|homepage)$", re.IGNORECASE
)
_COPYRIGHT = re.compile(
    r"""
    (?:©|\([cC]\)|[Cc]opyright)\s?(?:[Cc]opyright\s)?
    (?:(?:19|20)\d\d\s?(?:[-–]\s?(?:19|20)\d\d)?)?\s?(?:by\s)?        # the years
    (?P<name>[^\W\d_][\w.'’\-]{0,24}(?:\s[^\W\d_][\w.'’\-]{0,24}){1,2})
    (?=\s?(?:$|[|•·.,–—-]|(?:19|20)\d\d))
    """,
    re.VERBOSE,
)
_MAX_LINE_LENGTH = 160  # characters of a copyright notice
_MAX_HOLDERS = 5  # elements around a notice that are searched for a caption


def read_site_owner(page: Page) -> Iterator[Candidate]:
    """Yield the person in the name and the host of the site of *page*, then the person in the
    copyright notice. Linear time."""
    address = plain_letters(page.url.partition("://")[2])
    for name in _site_names(page):
        words = [plain_letters(word) for word in name.split()]
        if is_person(name) and any(len(word) > 3 and word in address for word in words):
            yield Candidate("authors", [{"name": name, "kind": "person"}], "generic")
            return
    for name in _holders(page):
        yield Candidate("authors", [{"name": name, "kind": "person"}], "generic")
        return


def _site_names(page: Page) -> Iterator[str]:
    titles = [*page.metas.get("og:site_name", ()), *page.metas.get("application-name", ())]
    titles += [squeeze(node.text) for node in page.elements["title"][:1]]
    for title in titles:
        for part in (_SEPARATOR.split(title)[-1], _SEPARATOR.split(title)[0]):
            yield _BLOG.sub("", part).strip()


def _holders(page: Page) -> Iterator[str]:
    for text, node, _ in page.dom_index.texts:
        if len(text) < 4 * _MAX_LINE_LENGTH and (
            "©" in text or "(c)" in text or "opyright" in text
        ):
            line = squeeze(text)
            match = _COPYRIGHT.search(line) if len(line) <= _MAX_LINE_LENGTH else None
            if match and is_person(match["name"]) and not _is_caption(node):
                yield match["name"]


def _is_caption(node: _Element) -> bool:
    """Return True if *node* is in the caption of a picture, whose notice is about the picture."""
    around = islice(node.iterancestors(), _MAX_HOLDERS)
    return any(one.tag == "figcaption" for one in (node, *around))
