"""The headline: of all that a page calls its title, what the most speaks for.

The ``<h1>`` may be the site's name, ``og:title`` written for clicks, ``<title>`` carries the
site behind a dash. Each is taken whole and in parts (`titles`), marked with where it stands and
what it agrees with (`marks`), and the marks are weighed (``newsclean/models/headline``).
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
    """Return the headline of *page* and its source, None where it has none.

    *named* are (text, source) as structured data, meta tags and listings give it, the most
    trusted first; *news*: the structured data describes news. The source is the most trusted
    that says just that. Linear in the page.
    """
    titles = read_titles(page, named, site_names(page), news=news)
    if not titles:
        return None
    best = max(titles, key=worth)
    return best.text, min((source for _, source in best.forms), key=rank)


def worth(title: Title) -> float:
    """Return what the marks of *title* are worth."""
    weights = _weights()
    return sum(weights.get(name, 0.0) * value for name, value in title.marks.items())


@cache
def _weights() -> dict[str, float]:
    weights: dict[str, float] = read_model("headline/weights.json")
    return weights


def site_names(page: Page) -> list[str]:
    """Return what the site may be called, as `key_of` compares it: its name, its host."""
    names = [name for name in page.metas.get("og:site_name", []) if name]
    names += page.metas.get("application-name", [])
    host = page.host.removeprefix("www.")
    parts = host.split(".")
    names += [host, parts[0]]
    if len(parts) > 1:
        names.append(parts[-2])
    return [key for key in map(key_of, names) if len(key) > 2]
