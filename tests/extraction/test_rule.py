"""A site rule's values go before every other, as the rule has them."""

from datetime import datetime

import pytest

from newsclean import read_article
from newsclean.sites import FIELDS, SiteRules
from tests.discovery.test_discovery_linear import assert_linear

URL = "https://bay.example/news/1"
TEXT = "The harbour of Kestrel Bay was calm, and nobody was surprised by that at all. "
PAGE = f"""<!DOCTYPE html><html lang=en><head><title>A long title for machines | Bay News</title>
<meta property="og:title" content="A long title for machines">
<meta property="article:published_time" content="2026-04-01T08:00:00Z">
<meta name=author content="Una Marsh"><meta name=tags content="ferry; wind">
<script type="application/ld+json">{{"@type": "NewsArticle",
"headline": "A long title for machines",
"datePublished": "2026-04-02T08:00:00Z", "dateModified": "2026-04-02T19:00:00"}}</script>
</head><body>
<h1>A long title for machines</h1><h2 class=real>No</h2><h2 class=sub>It was calm</h2>
<p class=lead>A summary.</p><div class=by><a href=/people/1>By Tom Reed</a> <a>Newsroom</a></div>
<p class=ed>Edited by Ida Holt</p><p class=src>Bay Agency</p><span class=sec>Sea</span>
<time datetime="2026-04-18T09:30">18 April</time><p class=mod>19.04.2026, 10:00</p>
<div class=pic><img data-src=/a.jpg src=data:x><img src=/b.jpg></div>
<article><p>{TEXT * 4}</p><p>{TEXT * 3}</p></article>
<div id=other>Short<div class=ad>Buy!</div>second<p class="ad inner">No <b class=ad>no</b></p>
<ul><li class=ad>Gone<li>Kept</ul> end.</div><div class=two><p>One.</p></div>
<div class=two>Two.</div>
</body></html>"""


def read(folder, version, head="", page=PAGE, **options):
    (folder / "bay.toml").write_text(
        f"hosts = 'bay.example'\n{head}\n[[versions]]\n{version}", "utf8"
    )
    return read_article(page, URL, rules=SiteRules.load([folder]), **options)


@pytest.mark.parametrize(
    ("field", "selectors", "value"),
    [
        ("headline", "'.real'", "No"),
        ("headline", "['.missing', '//h2[@class=\"real\"]', 'h1']", "No"),
        ("headline", "'meta[name=author]'", "Una Marsh"),
        ("headline", "'meta[name=author]::attr(content)'", "Una Marsh"),
        ("headline", "'(//h2)[2]/text()'", "It was calm"),
        ("alternativeHeadline", "'.sub'", "It was calm"),
        ("description", "'.lead'", "A summary."),
        ("source", "'.src'", "Bay Agency"),
        ("articleSection", "'.sec'", "Sea"),
        ("keywords", "'meta[name=tags]::attr(content)'", ["ferry", "wind"]),
        ("keywords", "'h2'", ["No", "It was calm"]),
        ("datePublished", "'time'", "2026-04-18T09:30:00"),
        ("datePublished", "'time::text'", None),
        ("dateModified", "'.mod'", "2026-04-19T10:00:00"),
    ],
)
def test_a_field(tmp_path, field, selectors, value):
    article = read(tmp_path, f"{field} = {selectors}")
    if value is not None:
        assert getattr(article, field) == value
    given = article.metadata.fieldSources.get(field) == "rule:bay.example"
    assert given is (value is not None)


def test_what_a_rule_leaves_out_is_read_as_ever(tmp_path):
    plain = read_article(PAGE, URL)
    article = read(tmp_path, "headline = '.missing'")
    assert article == plain
    assert plain.headline == "A long title for machines"


def test_people_are_read_from_their_byline_and_taken_as_they_are_where_there_is_none(tmp_path):
    article = read(tmp_path, "authors = '.by a'\neditors = '.ed'")
    tom, newsroom = article.authors
    assert (tom.name, tom.nameRaw, tom.url) == (
        "Tom Reed",
        "By Tom Reed",
        "https://bay.example/people/1",
    )
    assert newsroom.name == "Newsroom"
    assert [one.name for one in article.editors] == ["Ida Holt"]


def test_the_main_image_is_where_lazy_pages_keep_it(tmp_path):
    assert read(tmp_path, "mainImage = '.pic'").mainImage.url == "https://bay.example/a.jpg"
    assert read(tmp_path, "mainImage = '.pic img:last-child'").mainImage.url[-5:] == "b.jpg"


def test_the_body_without_what_is_removed(tmp_path):
    article = read(tmp_path, "articleBody = '#other'\nremove = ['.ad']")
    assert "Short" in article.articleBody and "Kept" in article.articleBody
    assert article.articleBody.endswith("end.")
    for gone in ("Buy", "No", "no", "Gone", "Shortsecond"):
        assert gone not in article.articleBody
    assert article.metadata.fieldSources["articleBody"] == "rule:bay.example"


def test_a_body_in_several_places_and_one_that_holds_nothing(tmp_path):
    assert read(tmp_path, "articleBody = '.two, .two p'").articleBody == "One.\n\nTwo."
    article = read(tmp_path, "articleBody = '#other'\nremove = '#other'")
    assert article.metadata.fieldSources["articleBody"] == "generic"


def test_a_body_in_an_attribute_is_unescaped(tmp_path):
    page = "<div data-body='\\u003cp\\u003eRain at last.\\u003c/p\\u003e'></div>"
    article = read(tmp_path, "articleBody = 'div::attr(data-body)'", page=page)
    assert article.articleBody == "Rain at last."


@pytest.mark.parametrize(
    ("zone", "written", "value"),
    [
        ("Europe/Berlin", "2026-04-18 09:30", "2026-04-18T09:30:00+02:00"),
        ("Europe/Berlin", "2026-01-18 09:30", "2026-01-18T09:30:00+01:00"),
        ("Asia/Shanghai", "2026-04-18", "2026-04-18"),
        ("Asia/Shanghai", "2026-04-18 09:30 GMT", "2026-04-18T09:30:00+00:00"),
        ("Asia/Shanghai", "今天 07:10", "2026-04-19T07:10:00+08:00"),
    ],
)
def test_dates_get_the_sites_offset(tmp_path, zone, written, value):
    page = PAGE.replace("2026-04-18T09:30", written)
    downloaded = datetime.fromisoformat("2026-04-18T23:30:00+00:00")
    article = read(
        tmp_path, "datePublished = 'time'", f"time_zone = '{zone}'", page, downloaded=downloaded
    )
    assert article.datePublished == value
    assert article.datePublishedRaw.strip() in written


def test_dates_that_no_selector_names_get_it_too(tmp_path):
    article = read(tmp_path, "", "time_zone = 'Asia/Tokyo'")
    assert article.datePublished == "2026-04-02T08:00:00+00:00"
    assert article.dateModified == "2026-04-02T19:00:00+09:00"


def test_a_date_of_change_before_the_rules_date_is_none(tmp_path):
    article = read(tmp_path, "datePublished = 'time'")
    assert (article.dateModified, article.dateModifiedRaw) == (None, None)
    assert "dateModified" not in article.metadata.fieldSources


def test_the_version_of_the_day_of_the_download(tmp_path):
    versions = "headline = 'h1'\n[[versions]]\nfrom = 2025-01-01\nheadline = '.real'"
    for day, headline in (("2024-12-31", "A long title for machines"), ("2025-01-01", "No")):
        downloaded = datetime.fromisoformat(f"{day}T12:00:00+00:00")
        assert read(tmp_path, versions, downloaded=downloaded).headline == headline


EVERY = "\n".join(f"{name} = ['.a .a', '//p//b', 'p', 'p::attr(x)']" for name in FIELDS)


@pytest.mark.parametrize(
    "page",
    [
        *("", " ", "<", "<p>", "\0", "\ud83d", "<p x='\x1b[31m'>\x1b[31m<b>", "<p>" * 3000),
        "<p class=a><b class=a href='http://[bad' datetime=now>\u202e",
    ],
)
def test_it_never_raises(tmp_path, page):
    article = read(tmp_path, EVERY + "\nremove = ['p', '//b']", page=page)
    assert "\x1b" not in f"{article.headline}{article.authors}"


@pytest.mark.parametrize("piece", ["<p class=a>x", "<i class=ad></i>x", "<div class=a><b>x</b>"])
def test_linear_in_the_page(tmp_path, piece):
    (tmp_path / "bay.toml").write_text(
        "hosts = 'bay.example'\n[[versions]]\narticleBody = ['.b', 'body', '.a']\n"
        "authors = '.a'\nremove = ['.ad', '//div//b']"
    )
    rules = SiteRules.load([tmp_path])
    from newsclean.extraction import Page
    from newsclean.extraction.rule import read_rule

    rule = rules.find(URL)
    assert_linear(
        lambda page: list(read_rule(Page(page, URL), rule)), lambda n: piece * (n // len(piece))
    )
