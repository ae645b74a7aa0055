"""Measure how well the learner finds the URL templates of articles, on labelled pages.

``python -m bench.templates FOLDER [--sets aeb,gne] [--show]``

FOLDER holds ``SET.jsonl.xz`` files, each line ``{"url", "html"}`` of an article's page. Pages are
grouped by site. A template is of articles if a labelled page has it. It is of other pages if a
link whose path or query has a word such as ``tag`` or ``login`` has it, and no labelled page has
it. The learner gets the links of the pages of a site, and classifies these pages like samples. A
template that it leaves undecided counts as one of other pages.
"""

from __future__ import annotations

import argparse
import json
import lzma
import re
from collections import defaultdict
from pathlib import Path

from newsclean import read_article
from newsclean.cleaning.tree import parse_html
from newsclean.discovery.learner import SiteLearner
from newsclean.discovery.links import read_outline
from newsclean.discovery.templates import template_of
from newsclean.spiders.site_pages import facts_of
from newsclean.urls import site_of

# A folder or parameter of a URL that no site gives to articles.
OTHER = re.compile(
    r"""
    [/?&]
    (?:tags?|topic|author|authors|autor|category|categories|search   # lists of articles
      |login|signin|register|account|subscribe|newsletter            # for registered readers
      |about|contact|kontakt|imprint|impressum                       # about the site
      |privacy|datenschutz|terms|agb                                 # legal texts
    )
    (?:[/=?&.]|\Z)
    """,
    re.IGNORECASE | re.VERBOSE,
)


def read_sites(folder: Path, sets: list[str]) -> dict[str, dict[str, str]]:
    """Return the HTML of each labelled page by site and URL."""
    sites: dict[str, dict[str, str]] = defaultdict(dict)
    for file in sorted(folder.glob("*.jsonl.xz")):
        if sets and file.name.partition(".")[0] not in sets:
            continue
        with lzma.open(file, "rt", encoding="utf-8") as lines:
            for line in lines:
                page = json.loads(line)
                if site_of(page["url"]):
                    sites[site_of(page["url"])][page["url"]] = page["html"]
    return sites


def judge_site(site: str, pages: dict[str, str]) -> dict[str, tuple[bool, bool]]:
    """Return, for each template of known kind, whether it is of articles and whether the learner
    says so."""
    learner = SiteLearner(site)
    outlines = {url: read_outline(parse_html(html), url, site) for url, html in pages.items()}
    for outline in outlines.values():
        learner.add_page(outline)
    for url, html in pages.items():
        facts = facts_of(html.encode("utf-8", "replace"), read_article(html, url))
        learner.add_outcome(url, learner.judge_page(url, outlines[url], facts))
    learner.decide("2026-01-01T00:00:00Z")
    examples: dict[str, tuple[str, bool]] = {}
    for outline in outlines.values():
        for url in outline.links:
            template = template_of(url, site)
            if template is not None and OTHER.search(url.partition(site)[2]):
                examples[template.key] = url, False
    for url in pages:
        template = template_of(url, site)
        if template is not None:
            examples[template.key] = url, True
    return {key: (truth, _is_article(learner, url)) for key, (url, truth) in examples.items()}


def _is_article(learner: SiteLearner, url: str) -> bool:
    """Return True if *url* is taken for an article after the samples that were read."""
    if learner.kind_of(url) is not None or learner.is_navigation(url):
        return learner.kind_of(url) == "article" and not learner.is_navigation(url)
    template = template_of(url, learner.site)
    found = learner.evidence.get(template.key) if template is not None else None
    return found is not None and found.articles > found.listings + found.others


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sets", default="", help="names of sets, all without")
    parser.add_argument("--show", action="store_true", help="show what is judged wrongly")
    options = parser.parse_args()
    sites = read_sites(options.folder, options.sets.split(",") if options.sets else [])
    right = wrong = missed = others = 0
    for site, pages in sorted(sites.items()):
        for key, (truth, said) in judge_site(site, pages).items():
            right += truth and said
            wrong += said and not truth
            missed += truth and not said
            others += not truth and not said
            if options.show and truth != said:
                print("missed" if truth else "wrong ", site, key)
    precision, recall = right / max(1, right + wrong), right / max(1, right + missed)
    score = 2 * precision * recall / max(1e-9, precision + recall)
    print(
        f"{len(sites)} sites, {right + missed} templates of articles, {wrong + others} of others:"
        f" precision {precision:.3f}, recall {recall:.3f}, F1 {score:.3f}"
    )


if __name__ == "__main__":
    main()
