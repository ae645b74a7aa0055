"""Work on a page that is not writing: pictures, translation, checks, the design of the site.

Who does such work is not the author. The same words mark a whole credit (``Photos: Una Marsh``),
the end of a byline (``… Reviewed by Una Marsh``) and the text before a link.
"""

from __future__ import annotations

import re

_WORDS = r"""
    (?:photo\w*|fotos?|fotograf\w*|images?|pictures?|bild\w*|grafik|graphics?|illustra\w+
      |video\w*                                                       # pictures
      |reviewed|checked|geprüft|edited|translat\w+|übersetz\w+|traduit|traducido    # the text
      |powered|hosted|designed|design|developed|theme|template|management
      |sponsored|copyright)                                           # the site
    """
_BY = r"(?:by|von|par|por|door|di|av|af)\s"
_CREDIT = re.compile(rf"(?:\w+\s)?{_WORDS}\s(?:and\s\w+\s)?{_BY}", re.IGNORECASE | re.VERBOSE)
_LATER = re.compile(rf"\s(?:(?:medically|fact)[\s-])?{_WORDS}\s{_BY}", re.IGNORECASE | re.VERBOSE)
_END = re.compile(rf"\b{_WORDS}\b[^\n]{{0,20}}$", re.IGNORECASE | re.VERBOSE)


def is_credit(text: str) -> bool:
    """Return True if *text* begins as a credit for other work.

    >>> is_credit("Photos by Una Marsh"), is_credit("By Una Marsh")
    (True, False)
    """
    return _CREDIT.match(text) is not None


def before_credit(byline: str) -> str:
    """Return *byline* without the credit for other work after its names.

    >>> before_credit("Una Marsh, fact checked by Peter Falke")
    'Una Marsh,'
    """
    match = _LATER.search(byline)
    return byline[: match.start()] if match else byline


def ends_as_credit(text: str) -> bool:
    """Return True if the last words of *text* are about other work, so that the name before or
    after them belongs to it. The caller bounds *text*.

    >>> ends_as_credit("Reviewed on Monday by"), ends_as_credit("Una Marsh/Staff Photographer")
    (True, True)
    """
    return _END.search(text) is not None
