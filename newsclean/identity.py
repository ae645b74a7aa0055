"""By what an article is known, whatever the URL under which it is met."""

import hashlib
from dataclasses import dataclass

from newsclean.urls import believed_canonical, page_key, site_of


@dataclass(frozen=True, slots=True)
class Identity:
    """By what the article of a page is known. ``site`` is a registrable domain, ``key`` the page's
    key, ``claims`` the key of the canonical URL that the page names (its own key if it names none),
    ``title`` a digest of the headline (None without one), ``content_hash`` that of the body.

    Two pages of one site show the same article if their words are the same, or if their headlines
    are and they name one canonical URL. A canonical URL alone proves nothing: careless templates
    give one to many articles.
    """

    site: str
    key: str
    claims: str
    title: str | None
    content_hash: str | None


def identity_of(
    url: str, canonical: str | None, headline: str | None, content_hash: str | None
) -> Identity:
    """Return the identity of the article on the page *url*, which names *canonical* as its
    canonical URL. That is believed only on the page's own registrable domain.

    >>> identity_of("https://m.news.example/7", "https://other.example/1", "Rain", None).claims
    'https://news.example/7'
    """
    key = page_key(url)
    believed = believed_canonical(canonical, url)
    words = "".join(filter(str.isalnum, (headline or "").casefold()))
    title = hashlib.sha256(words.encode("utf-8", "ignore")).hexdigest()[:32] if words else None
    claims = page_key(believed) if believed else key
    return Identity(site_of(url), key, claims, title, content_hash)
