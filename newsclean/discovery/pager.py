"""The further pages of a listing: which links of a page lead there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsclean.discovery.templates import template_of

if TYPE_CHECKING:
    from newsclean.discovery.links import Link, Outline

_MAX_NEXT = 2  # URLs of "next" links on a page with one pager; more of them are "read on" links


def pager_links(outline: Outline) -> dict[str, Link]:
    """Return those links of the listing *outline* that lead to pages of a listing, by URL: they
    are labelled with a number or with "next" or "previous"."""
    numbered = {url: link for url, link in outline.links.items() if isinstance(link.label, int)}
    words = {url: link for url, link in outline.links.items() if link.label == "next"}
    if len(words) > _MAX_NEXT:
        words = {}
    before = {url: link for url, link in outline.links.items() if link.label == "previous"}
    return numbered | words | before


def next_page(outline: Outline, number: int) -> str | None:
    """Return the URL of the page after *outline*, which is page *number* of a listing (from 1);
    None if nothing on it leads there.

    A link labelled with the next number is preferred, then ``rel=next``, then "next".
    """
    links = pager_links(outline)
    templates = {
        url: template_of(url) for url, link in links.items() if isinstance(link.label, int)
    }
    for url, link in links.items():
        # A single number may be anything; two of one template are a pager.
        siblings = [
            other for other in templates if other != url and templates[other] == templates.get(url)
        ]
        if link.label == number + 1 and (siblings or number > 1 or _shares_path(url, outline.url)):
            return url
    if outline.next_url is not None:
        return outline.next_url
    return next((url for url, link in links.items() if link.label == "next"), None)


def _shares_path(url: str, other: str) -> bool:
    """Return True if *url* continues the path of *other* or differs from it in its last segment."""
    return url.startswith(other.partition("?")[0].rpartition("/")[0])
