"""Why a saved page gave no article in the crawl that saved it.

A crawl has data that the page does not show: the other pages of the site, the earlier exports, the
URLs that the user named. Without these data, the same page could be taken for an article. A verdict
is a WARC record of the type ``metadata``, with one line for each field
(``application/warc-fields``). It is written after the page and refers to the page's record.
"""

from __future__ import annotations

from dataclasses import dataclass

CONTENT_TYPE = "application/warc-fields"
MAX_VERDICT = 8_000  # bytes; a URL has 2,000 characters at most
# The reasons that the page alone does not show. A page with another reason is read again: it may
# give an article today.
REASONS = frozenset(
    {
        "listing-page",
        "not-article",
        "too-old",
        "duplicate",
        "incomplete",
        "redirect",
        "other-site",
    }
)
# The reasons that hold for all fetches of the page: it never gave an article.
FINAL = frozenset({"listing-page", "not-article", "too-old"})
_REASON, _DUPLICATE_OF = "newsclean-no-article", "newsclean-duplicate-of"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why the page *url* gave no article. ``record`` is the ID of the page's WARC record,
    ``duplicate_of`` the URL of the article that the page repeats."""

    record: str
    url: str
    reason: str
    duplicate_of: str | None = None

    def to_block(self) -> bytes:
        """Return the block of its record.

        >>> Verdict("<urn:uuid:1>", "https://news.example/", "listing-page").to_block()
        b'newsclean-no-article: listing-page\\r\\n'
        """
        lines = [f"{_REASON}: {self.reason}\r\n"]
        if self.duplicate_of is not None:
            url = self.duplicate_of.replace("\r", " ").replace("\n", " ")
            lines.append(f"{_DUPLICATE_OF}: {url}\r\n")
        return "".join(lines).encode("utf-8", "replace")

    @classmethod
    def from_block(cls, record: str, url: str, block: bytes) -> Verdict | None:
        """Return the verdict on the page *url* in *record* from the *block* of a metadata record,
        None if the block has none.

        >>> block = b"newsclean-no-article: listing-page\\r\\n"
        >>> Verdict.from_block("<urn:uuid:1>", "https://news.example/", block).reason
        'listing-page'
        """
        fields = {}
        for line in block.decode("utf-8", "replace").splitlines():
            name, _, value = line.partition(":")
            fields[name.strip().lower()] = value.strip()
        reason = fields.get(_REASON)
        if reason not in REASONS:
            return None
        return cls(record, url, reason, fields.get(_DUPLICATE_OF) or None)
