"""The identity of an article, which does not depend on the URL of its page."""

import hashlib
from dataclasses import dataclass

from newsclean.urls import believed_canonical, page_key, site_of


@dataclass(frozen=True, slots=True)
class Identity:
    """The identity of the article of a page. ``site`` is a registrable domain, ``key`` the page
    key, ``claims`` the key of the canonical URL (or the page key without one), ``title`` a digest
    of the headline (None without one), ``content_hash`` that of the body.

    Two pages of one site have the same article if their words are the same, or if their headlines
    and canonical URLs are the same. A canonical URL alone proves nothing, because some templates
    have one for many articles.
    """

    site: str
    key: str
    claims: str
    title: str | None
    content_hash: str | None


def identity_of(
    url: str, canonical: str | None, headline: str | None, content_hash: str | None
) -> Identity:
    """Return the identity of the article on the page *url* with the canonical URL *canonical*.
    *canonical* counts only if it has the registrable domain of the page.

    >>> identity_of("https://m.news.example/7", "https://other.example/1", "Rain", None).claims
    'https://news.example/7'
    """
    key = page_key(url)
    believed = believed_canonical(canonical, url)
    words = "".join(filter(str.isalnum, (headline or "").casefold()))
    title = hashlib.sha256(words.encode("utf-8", "ignore")).hexdigest()[:32] if words else None
    claims = page_key(believed) if believed else key
    return Identity(site_of(url), key, claims, title, content_hash)
