"""Read the opt-outs of a page from text mining and machine learning."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_OPT_OUTS = ("noai", "noimageai", "tdm-reservation")


def opt_outs(robots: Iterable[str], reserved: str) -> list[str]:
    """Return the opt-outs of a page: ``noai`` and ``noimageai`` (in *robots*, the values of
    X-Robots-Tag and robots meta tags), and ``tdm-reservation`` (W3C's TDM Reservation Protocol) if
    *reserved* is 1.

    >>> opt_outs(["noindex, noai"], "1")
    ['noai', 'tdm-reservation']
    """
    words = {word for text in robots for word in text.lower().replace(",", " ").split()}
    if reserved.strip() == "1":
        words.add("tdm-reservation")
    return [word for word in _OPT_OUTS if word in words]
