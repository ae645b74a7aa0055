"""Choose the headline: the title candidate with the highest score.

The ``<h1>`` may be the name of the site, ``og:title`` may be written for clicks, and ``<title>``
often has the site after a dash. Each is a candidate as a whole and in parts (`titles`). Its
features are its place and its agreement with others (`features`). The score is their weighted sum
(``newsclean/models/headline``).
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from newsclean.extraction.candidates import rank
from newsclean.extraction.headline.text import key_of
from newsclean.extraction.headline.titles import read_titles
from newsclean.models import read_model

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsclean.extraction.dom.page import Page
    from newsclean.extraction.headline.text import Title


def choose_headline(
    page: Page, named: Sequence[tuple[str, str]], *, news: bool = False
) -> tuple[str, str] | None:
    """Return the headline of *page* and its source, or None.

    *named* are (text, source) from structured data, meta tags and listings, the most trusted first.
    *news* is True if structured data describe a news article. The result has the most trusted
    source with exactly that text. Linear time.
    """
    titles = read_titles(page, named, site_names(page), news=news)
    if not titles:
        return None
    best = max(titles, key=score)
    return best.text, min((source for _, source in best.forms), key=rank)


def score(title: Title) -> float:
    """Return the score of *title*, the weighted sum of its features."""
    weights = _weights()
    return sum(weights.get(name, 0.0) * value for name, value in title.features.items())


@cache
def _weights() -> dict[str, float]:
    weights: dict[str, float] = read_model("headline/weights.json")
    return weights


def site_names(page: Page) -> list[str]:
    """Return the possible names of the site as keys of `key_of`: its name, its host."""
    names = [name for name in page.metas.get("og:site_name", []) if name]
    names += page.metas.get("application-name", [])
    host = page.host.removeprefix("www.")
    parts = host.split(".")
    names += [host, parts[0]]
    if len(parts) > 1:
        names.append(parts[-2])
    return [key for key in map(key_of, names) if len(key) > 2]
