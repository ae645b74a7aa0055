"""What a crawl finds on generated sites, per site: recall, precision, doubles, three runs."""

import json
import random
from dataclasses import dataclass
from pathlib import Path

from newsclean.urls import page_key
from tests.crawls.run import crawl
from tests.generated_sites.layouts import HELD_OUT_LAYOUTS, LAYOUTS
from tests.generated_sites.schemes import HELD_OUT, SCHEMES
from tests.generated_sites.serve import serve_sites
from tests.generated_sites.site import GeneratedSite
from tests.generated_sites.words import HELD_OUT_LANGUAGES, LABELS

LISTS = ((), (), (), ("feed",), ("sitemap",), ("feed", "sitemap"))


@dataclass
class Measured:
    name: str
    held_out: bool
    recall: float
    precision: float
    doubles: int
    excess: float  # first run's requests / (articles + listings)
    second: float  # second run's requests / first run's
    second_lines: int
    third_right: bool
    wrong: list[str]
    missed: list[str]

    @property
    def good(self):
        return (
            (self.recall >= 0.97 and self.precision >= 0.99 and not self.doubles)
            and (self.excess <= 1.3 and self.second <= 0.1 and not self.second_lines)
            and self.third_right
        )


def make_sites(*, seed=0, only=None, count=90):
    """A site of each scheme, of *only* these if given. Layouts, languages, sizes and declared
    listings are drawn by *seed*."""
    chance = random.Random(seed)
    sites = []
    for scheme in SCHEMES:
        layout, language = chance.choice(LAYOUTS), chance.choice(list(LABELS))
        lists, sections = chance.choice(LISTS), chance.randint(3, 8)
        size = count + chance.randrange(60)
        if not only or scheme.name in only:
            options = {"sections": sections, "per_page": max(4, size // sections // 4)}
            sites.append(
                GeneratedSite(scheme, layout, language, seed, count=size, lists=lists, **options)
            )
    return sites


def run_three(sites, folder: Path, *options):
    """Crawl *sites* three times, with a new and a changed article before the third; return what
    was measured and the seconds of CPU are left to the caller."""
    (folder / "sites.txt").write_text("".join(f"{site.root}{site.start}\n" for site in sites))
    arguments = ("site", "-a", "urls=sites.txt", "-L", "INFO", *options)
    # Listings are due in every run, however long the runs take.
    arguments += ("-s", "NEWSCLEAN_LISTING_MIN_MINUTES=600")
    arguments += ("-s", "NEWSCLEAN_LOOK_AGAIN_EVERY=0", "-s", "CONCURRENT_REQUESTS=64")
    runs = []
    for number in range(3):
        changes = []
        for site in sites:
            site.asked.clear()
            if number == 2:
                changed, new = site.ones[-3], site.add()
                changed.revision += 1
                site.publish()
                changes += [site.url(changed.path), site.url(new.path)]
        feed = folder / f"{number}.jsonl"
        done = crawl(*arguments, "-o", feed.name, folder=folder, timeout=3_600)
        (folder / f"{number}.log").write_bytes(done.stderr)
        urls = (
            [json.loads(line)["url"] for line in feed.read_text().splitlines()]
            if feed.exists()
            else []
        )
        runs.append((urls, [list(site.asked) for site in sites], changes, done))
    return runs


def measure(sites, folder, *options):
    """Return what is `Measured` of each of *sites*."""
    with serve_sites(sites):
        linked = [{site.url(one.path) for one in site.ones} for site in sites]
        listed = [len(site.listings()) for site in sites]
        runs = run_three(sites, folder, *options)
        return [
            measured(site, linked[at], listed[at], [_of_site(run, site, at) for run in runs])
            for at, site in enumerate(sites)
        ]


def _of_site(run, site, at):
    urls, asked, changes, _ = run
    within = f"{site.root}/"
    return (
        [url for url in urls if url.startswith(within)], asked[at],
        {url for url in changes if url.startswith(within)},
    )  # fmt: skip


def measured(site, wanted, listed, runs):
    (first, asked, _), (second, asked_again, _), (third, _, changes) = runs
    # Any of an article's URLs will do.
    plain = {page_key(url): url for url in wanted | changes}
    first, third = ([plain.get(page_key(url), url) for url in urls] for urls in (first, third))
    found = set(first)
    lists = "+".join(sorted(site.lists))
    # Articles are due again, by our setting; some were found by a URL with a tracking parameter.
    looks = [path for path in asked_again if page_key(site.url(path)) in plain]
    return Measured(
        name=site.name
        or f"{site.scheme.name} / {site.layout.name} / {site.language} / {lists or '-'}",
        held_out=site.scheme.name in HELD_OUT
        or site.layout.name in HELD_OUT_LAYOUTS
        or site.language in HELD_OUT_LANGUAGES,
        recall=len(found & wanted) / len(wanted),
        precision=len(found & wanted) / len(found) if found else 0.0,
        doubles=len(first) - len(found),
        excess=len(asked) / (len(wanted) + listed),
        second=(len(asked_again) - len(looks)) / max(1, len(asked)),
        second_lines=len(second),
        third_right=sorted(third) == sorted(changes),
        wrong=sorted(found - wanted),
        missed=sorted(wanted - found),
    )
