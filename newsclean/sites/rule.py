"""What a rule says of one page: the site's part and the version of its layout."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote

from newsclean.urls import split_url

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from newsclean.sites.pattern import PathPattern
    from newsclean.sites.selector import Selector


@dataclass(frozen=True, slots=True)
class SiteRule:
    """``site`` is the first of the rule's hosts; ``fields`` maps each field that the rule speaks
    of to its selectors, of which the first that finds something counts; ``next_page`` finds the
    link to the next page of an article that stands on several."""

    site: str
    zone: ZoneInfo | None = None
    article_links: tuple[PathPattern, ...] = ()
    section_links: tuple[PathPattern, ...] = ()
    remove: tuple[Selector, ...] = ()
    fields: Mapping[str, tuple[Selector, ...]] = field(default_factory=dict)
    next_page: tuple[Selector, ...] = ()

    def kind_of(self, url: str) -> str | None:
        """Return what *url* leads to by its path: ``article``, ``section``, ``other`` if the rule
        has patterns for articles and it is neither; None if the rule has none."""
        parts = split_url(url)
        if parts is None:
            return "other"
        path = unquote(parts.path) or "/"
        if any(pattern.matches(path) for pattern in self.article_links):
            return "article"
        if any(pattern.matches(path) for pattern in self.section_links):
            return "section"
        return "other" if self.article_links else None

    def local(self, moment: datetime | None) -> datetime | None:
        """Return *moment* in the site's time zone, so that "today" is the site's today."""
        return moment.astimezone(self.zone) if moment and self.zone else moment
