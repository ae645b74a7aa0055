"""Generated sites, crawled in memory: what is found, what is ignored, and the second run.

``python -m tests.generated_sites`` does the same with real crawls and all schemes.
"""

import pytest

from newsclean.discovery.listing_request import Limits
from tests.generated_sites.dry import DryCrawl, dry_measure
from tests.generated_sites.layouts import LAYOUTS
from tests.generated_sites.schemes import HELD_OUT, SCHEMES
from tests.generated_sites.site import GeneratedSite

BY_NAME = {scheme.name: scheme for scheme in SCHEMES}
CASES = [
    ("dedecms", "cards", "en"),
    ("phpcms dynamic", "rows with dates", "zh"),
    ("drupal nodes", "tables", "de"),
    ("wordpress plain", "short texts", "es"),
    ("visualsitebuilder", "undated", "zh"),
    ("arc", "read more", "ko"),
    ("typo3", "portal", "ja"),
    ("few words", "portal", "ja"),
    ("blox", "tables", "ar"),
    ("counted", "blog", "zh"),
    ("z-blog dynamic", "sections of sections", "ko"),
    ("slug and code", "versions", "fr"),
]


def site_of(name, layout, language, **options):
    chosen = next(one for one in LAYOUTS if one.name == layout)
    options = {"count": 36, "sections": 3, "per_page": 5} | options
    site = GeneratedSite(BY_NAME[name], chosen, language, 1, **options)
    site.root = "http://127.8.0.1"
    return site


def test_enough_schemes():
    assert len(SCHEMES) >= 30 and len(HELD_OUT) >= len(SCHEMES) // 3


@pytest.mark.parametrize(("name", "layout", "language"), CASES)
def test_every_article_and_nothing_else(name, layout, language):
    found, _ = dry_measure(site_of(name, layout, language), 1)
    assert found.recall >= 0.97, found.missed
    assert found.precision == 1, found.wrong
    assert found.doubles == 0 and found.second_lines == 0 and found.third_right, found


@pytest.mark.parametrize(
    ("name", "layout", "options"),
    [
        ("typo3", "big portal", {}),
        ("content id", "big portal", {}),
        ("story.php", "blocks", {"lists": ("feed",)}),
        ("id with letters", "sections of sections", {}),
    ],
)
def test_a_small_site_whose_first_sections_name_what_is_known(name, layout, options):
    site = site_of(name, layout, "en", count=64, sections=8, per_page=4, **options)
    found, _ = dry_measure(site, 1)
    assert (found.recall, found.precision) == (1, 1), (found.missed, found.wrong)


def test_what_a_feed_names_is_an_article_and_counting_goes_on():
    site = site_of("counted", "rows with dates", "zh", lists=("feed",))
    site.publish()
    crawl = DryCrawl(site)
    crawl.run()
    # Whatever their number of digits.
    for number in (999, 1_000, 1_000_000):
        one = site.add()
        one.id, one.path = number, f"/news/{number}.html"
    site.publish()
    assert sorted(crawl.run()) == sorted(site.url(f"/news/{n}.html") for n in (999, 1000, 1000000))


def test_a_crawl_that_was_cut_off_goes_on_with_the_pages_of_a_section():
    site = site_of("phpcms", "rows with dates", "zh", count=80)
    site.publish()
    crawl = DryCrawl(site)
    fetch, left = crawl.fetch, iter(range(30))

    def broken(url):
        next(left)  # the thirty-first request never comes back
        return fetch(url)

    crawl.fetch = broken
    with pytest.raises(StopIteration):
        crawl.run()
    first = list(crawl.exported)
    crawl.fetch = fetch
    second = crawl.run()
    assert not set(first) & set(second)
    assert {*first, *second} == {site.url(one.path) for one in site.ones}


def test_a_walk_stops_at_since_and_goes_on_when_more_is_wanted():
    site = site_of("phpcms", "rows with dates", "en", count=60)
    site.publish()
    crawl = DryCrawl(site)
    since = site.ones[-6].date
    crawl.run(since=since)
    deep = {site.section_path(number, 4) for number in range(3)}
    assert not deep & set(site.asked)
    assert {site.url(one.path) for one in site.ones[-6:]} <= set(crawl.exported)
    first = list(crawl.exported)
    second = crawl.run()
    assert deep <= set(site.asked)
    assert {*first, *second} == {site.url(one.path) for one in site.ones}


def endless(site, path, body):
    """Have *site* answer every path that begins with *path* by what *body* makes of it."""
    answer = site.answer

    def answers(asked, headers):
        if asked.startswith(path):
            site.asked.append(asked)
            return 200, {}, site.page("x", body(asked)) if isinstance(body(asked), str) else body
        return answer(asked, headers)

    site.answer = answers


def test_a_site_whose_every_page_is_new_is_bounded():
    site = site_of("counted", "rows with dates", "zh", count=20)
    site.publish()

    def body(asked):
        number = int(asked.rpartition("/")[2] or 0)
        items = "".join(
            f"<li>2026-11-01 <a href='/flood/x{number}y{n}'>{site.ones[n].title}{number}</a></li>"
            for n in range(20)
        )
        return f"<ul>{items}</ul><a href='/pages/{number + 1}'>{site.labels[5]}</a>"

    site.foot.append(("/pages/1", "滚动"))
    site.publish()
    endless(site, "/pages/", body)
    endless(site, "/flood/", lambda asked: f"<h1>{asked}</h1>{site.body(site.ones[3])}")
    crawl = DryCrawl(site, limits=Limits(listing_pages=10, listings=60))
    crawl.run()
    assert len([path for path in site.asked if path.startswith("/pages/")]) <= 10
    assert crawl.frontier.links.dropped["listing pages"] == 1
    assert {site.url(one.path) for one in site.ones} <= set(crawl.exported)


def test_a_page_of_a_hundred_thousand_links_is_bounded_and_counted():
    site = site_of("phpcms", "rows with dates", "zh", count=20)
    site.foot.append(("/all/0", "存档"))
    site.publish()
    links = "".join(f"<a href='/all/{n}'>{n} x</a>" for n in range(1, 100_001))
    endless(site, "/all/", lambda asked: links if asked == "/all/0" else "<p>nothing</p>")
    crawl = DryCrawl(site)
    crawl.run()
    assert set(crawl.exported) == {site.url(one.path) for one in site.ones}
    assert crawl.frontier.knowledge().dropped["links on a page"] == 1
    assert len(site.asked) < 150, len(site.asked)


@pytest.mark.parametrize(
    ("path", "body"),
    [
        pytest.param(
            "/calendar/",
            lambda asked: (
                "".join(
                    f"<a href='/calendar/{int(asked.rpartition('/')[2]) + 1}/{day}'>{day}</a>"
                    for day in range(1, 30)
                )
                + f"<a href='/calendar/{int(asked.rpartition('/')[2]) + 1}'>»</a>"
            ),
            id="a calendar without an end",
        ),
        pytest.param(
            "/calendar/",
            lambda asked: f"<a href='/calendar/{int(asked.rpartition('/')[2]) + 1}'>again</a>",
            id="a page that links to itself with a counter",
        ),
        pytest.param(
            "/calendar/",
            lambda asked: "".join(f"<a href='/calendar/{n}'>x{n}</a>" for n in range(6_000)),
            id="many links on a page",
        ),
        pytest.param(
            "/calendar/",
            lambda asked: "".join(
                f"<a href='/calendar/s{hash((asked, n)) & 0xFFFFFFFFFFFF:012x}/{n}'>{n}x</a>"
                for n in range(40)
            ),
            id="session ids in paths",
        ),
        pytest.param(
            "/calendar/",
            lambda asked: "<a href='/calendar/{0}'>{0}</a><a href='/calendar/{1}'>{1}</a>".format(
                int(asked.rpartition("/")[2]) + 1, int(asked.rpartition("/")[2]) + 2
            ),
            id="pages without an end",
        ),
    ],
)
def test_hostile_listings_are_bounded(path, body):
    site = site_of("phpcms", "rows with dates", "zh", count=20)
    site.foot.append(("/calendar/1", "日历"))
    site.publish()
    endless(site, path, body)
    crawl = DryCrawl(site)
    crawl.run()
    assert set(crawl.exported) == {site.url(one.path) for one in site.ones}
    assert len(site.asked) < 150, len(site.asked)
