"""The rule for one page: the patterns of the site and the selectors of one layout."""

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
    """``site`` is the first host of the rule. ``fields`` maps a field to its selectors; the first
    selector with a match is used. ``next_page`` selects the link to the next page of a multi-page
    article."""

    site: str
    zone: ZoneInfo | None = None
    article_links: tuple[PathPattern, ...] = ()
    section_links: tuple[PathPattern, ...] = ()
    remove: tuple[Selector, ...] = ()
    fields: Mapping[str, tuple[Selector, ...]] = field(default_factory=dict)
    next_page: tuple[Selector, ...] = ()

    def kind_of(self, url: str) -> str | None:
        """Return the kind of page of *url* by its path: ``article``, ``section``, or ``other`` if
        it is neither and the rule has patterns for articles; None if the rule has none."""
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
        """Return *moment* in the time zone of the site, where "today" has to be resolved."""
        return moment.astimezone(self.zone) if moment and self.zone else moment
