"""Which page of an article a page is and where the others are, told by link and address."""

import pytest

from newsclean.extraction import Page
from newsclean.extraction.pagination.address import read_address
from newsclean.extraction.pagination.find import Pagination, find_pages
from newsclean.sites import SiteRules
from tests.discovery.test_discovery_linear import assert_linear

SITE = "https://bay.example"


def found(path, html, **options):
    """(number, {number: path}) of the page at *path* with the links *html*."""
    page = Page(f"<html><head></head><body><p>Text</p>{html}</body></html>", SITE + path)
    place = find_pages(page, **options)
    return place.number, {one: url.removeprefix(SITE) for one, url in place.pages.items()}


def pager(*links, current=1):
    """A pager as sites write it: numbers, the current one without a link."""
    parts = [f"<b>{current}</b>"]
    parts += [f"<a href='{href}'>{label}</a>" for label, href in links]
    return f"<div class=pager>{' '.join(parts)}</div>"


TWO = {2: "/a/7_2.html"}
FIRST_PAGES = [
    # path, links, what they lead to
    ("/a/7.html", pager(("2", "7_2.html"), ("3", "7_3.html")), TWO | {3: "/a/7_3.html"}),
    ("/a/7.html", pager(("下一页", "7_2.html")), TWO),
    ("/a/7.html", pager(("下一頁 >", "7_2.html")), TWO),
    ("/a/7.html", pager(("[2]", "7_2.html")), TWO),
    ("/a/7.html", pager(("第2页", "7_2.html")), TWO),
    ("/a/7.html", pager(("Next page »", "7_2.html")), TWO),
    ("/a/7.html", pager(("Weiter", "7_2.html")), TWO),
    ("/a/7.html", pager(("Page suivante", "7_2.html")), TWO),
    ("/a/7.html", pager(("Siguiente", "7_2.html")), TWO),
    ("/a/7.html", pager(("Próxima página", "7_2.html")), TWO),
    ("/a/7.html", pager(("Далее", "7_2.html")), TWO),
    ("/a/7.html", pager(("次へ", "7_2.html")), TWO),
    ("/a/7.html", pager(("다음 페이지", "7_2.html")), TWO),
    ("/a/7.html", "<a href=7_2.html aria-label='Next page'><svg></svg></a>", TWO),
    ("/a/7.html", "<a href=7_2.html rel=next><i></i></a>", TWO),
    ("/a/7.html", "<a href=7_2.html>»</a>", TWO),
    ("/a/7.html", "<a rel=next href=7_2.html>2</a><a rel=next href=7_3.html>3</a>",
     TWO | {3: "/a/7_3.html"}),
    ("/a/7.html", pager(("2", "7-2.html")), {2: "/a/7-2.html"}),
    ("/a/7.shtml", pager(("2", "7_1.shtml"), ("3", "7_2.shtml")),
     {2: "/a/7_1.shtml", 3: "/a/7_2.shtml"}),
    ("/a/7.html", pager(("2", "7/2.html")), {2: "/a/7/2.html"}),
    ("/a/7/", pager(("2", "2/")), {2: "/a/7/2/"}),
    ("/a/7/index.html", pager(("2", "index_2.html")), {2: "/a/7/index_2.html"}),
    ("/a/rain", pager(("2", "/a/rain/page/2/")), {2: "/a/rain/page/2/"}),
    ("/a/rain", pager(("2", "/a/rain/seite-2")), {2: "/a/rain/seite-2"}),
    ("/a/rain", pager(("2", "?page=2")), {2: "/a/rain?page=2"}),
    ("/a?id=7", pager(("2", "/a?id=7&p=2")), {2: "/a?id=7&p=2"}),
    ("/a/rain?utm_source=x", pager(("2", "/a/rain?page=2")), {2: "/a/rain?page=2"}),
    ("/a/rain?page=1", pager(("2", "?page=2")), {2: "/a/rain?page=2"}),
    ("/a/%C3%A9t%C3%A9", pager(("2", "/a/été?page=2")), {2: "/a/été?page=2"}),
    ("/été/7", pager(("2", "/%C3%A9t%C3%A9/7?page=2")), {2: "/%C3%A9t%C3%A9/7?page=2"}),
    ("/a?id=7&c=r%C3%A9", pager(("2", "/a?c=r%C3%A9&amp;id=7&p=2")), {2: "/a?c=r%C3%A9&id=7&p=2"}),
    ("/a/rain?page=0", pager(("2", "?page=1")), {2: "/a/rain?page=1"}),
    ("/a/7_1.html", pager(("2", "7_2.html")), TWO),
    ("/a/rain", "<link rel=next href=/a/rain/2><a href='/a/rain/9'>»</a>", {2: "/a/rain/2"}),
    ("/a/rain", "<a href='https://www.bay.example/a/rain/2'>2</a>",
     {2: "https://www.bay.example/a/rain/2"}),
]  # fmt: skip


@pytest.mark.parametrize(("path", "links", "pages"), FIRST_PAGES)
def test_the_first_page(path, links, pages):
    assert found(path, links) == (1, pages)


NO_PAGES = [
    # The next article, whatever its link says.
    ("/news/rain", "<a rel=next href=/news/wind>Next</a>"),
    ("/news/12", "<a href=/news/11>Previous</a> <a rel=next href=/news/13>Next</a>"),
    ("/news/1", "<a rel=next href=/news/2>Next</a>"),
    ("/?p=12", "<a rel=next href='/?p=13'>Next</a><a href=/>1</a>"),
    ("/news/rain", "<a rel=next href=/news/rain-2>Next</a>"),  # another article, same title
    ("/news/rain-1.html", "<a href=rain-2.html>下一页</a>"),
    ("/a/100.html", "<a href=101.html>下一页</a>"),
    ("/2026/04/17.html", pager(("1", "1.html"), ("18", "18.html"))),  # a calendar
    # A list and its next page.
    ("/", pager(("2", "/page/2"), ("Next", "/page/2"))),
    ("/tag/sea", pager(("2", "/tag/sea/page/2"))),
    ("/tag/sea/page/3", pager(("1", "/tag/sea"), ("4", "/tag/sea/page/4"))),
    ("/blog/", pager(("2", "/blog/page/2"))),
    ("/news/rain", pager(("2", "/news?page=2"), ("3", "/news?page=3"))),
    ("/news/12", pager(("1", "/news?page=1"), ("2", "/news?page=2"))),
    # Comments.
    ("/a/rain", pager(("2", "/a/rain/comment-page-2"))),
    ("/a/rain", pager(("2", "?cpage=2"))),
    ("/a/rain", pager(("2", "?page=2#comments"))),
    ("/a/rain", f"<section id=comments><ul>{pager(('2', '?page=2'))}</ul></section>"),
    ("/a/rain", f"<div class='user-replies'>{pager(('2', '?page=2'))}</div>"),
    # Somewhere else, or nowhere.
    ("/a/rain", pager(("2", "https://other.example/a/rain/2"))),
    ("/a/rain", pager(("2", "https://m.bay.example/a/rain/2"))),
    ("/a/rain", pager(("2", "javascript:go(2)"), ("3", "#3"), ("4", "http://[bad/2"))),
    ("/a/rain", "<a href=/a/rain/2>Two more boats</a><a href=/a/rain/3></a>"),
    ("/a/rain", pager(("2", "?page=7"))),
    ("/a/rain", pager(("2", "/a/rain"))),
]


@pytest.mark.parametrize(("path", "links"), NO_PAGES)
def test_what_is_no_page_of_the_article(path, links):
    assert found(path, links) == (1, {})


@pytest.mark.parametrize(
    ("path", "links", "number", "pages"),
    [
        ("/a/7_2.html", pager(("1", "7.html"), ("3", "7_3.html"), current=2), 2,
         {1: "/a/7.html", 3: "/a/7_3.html"}),
        ("/a/7_2.html", pager(("上一页", "7.html"), current=2), 2, {1: "/a/7.html"}),
        ("/a/7_1.shtml", pager(("1", "7.shtml"), ("3", "7_2.shtml"), current=2), 2,
         {1: "/a/7.shtml", 3: "/a/7_2.shtml"}),
        ("/a/rain/3", pager(("1", "/a/rain"), ("2", "2"), ("Weiter", "4"), current=3), 3,
         {1: "/a/rain", 2: "/a/rain/2", 4: "/a/rain/4"}),
        ("/a/rain?page=2", pager(("1", "?page=1"), current=2), 2, {1: "/a/rain?page=1"}),
        # Nobody says where page 1 is.
        ("/a/rain/3", pager(("zurück", "2"), ("Weiter", "4"), current=3), 1, {}),
    ],
)  # fmt: skip
def test_a_further_page(path, links, number, pages):
    assert found(path, links) == (number, pages)


@pytest.mark.parametrize(
    ("path", "link", "whole"),
    [
        ("/a/rain", "<a href='?page=all'>View all</a>", "/a/rain?page=all"),
        ("/a/rain", "<a href='?pagewanted=all'>Single page</a>", "/a/rain?pagewanted=all"),
        ("/a/rain", "<a href='/a/rain/komplettansicht'>Auf einer Seite lesen</a>",
         "/a/rain/komplettansicht"),
        ("/a/7.html", "<a href=7_all.html>单页阅读</a>", "/a/7_all.html"),
        ("/a/7.html", "<a href='7.html?full=1'>全文</a>", None),
        ("/a/7.html", "<a href='7.html?showall=1'>[全文]</a>", "/a/7.html?showall=1"),
        ("/a/rain", "<a href='/news/all'>View all</a>", None),
        ("/a/rain", "<a href='?page=all'>More boats</a>", None),
        ("/a/rain", "<a href='/a/wind?page=all'>View all</a>", None),
        ("/a/rain?page=all", "<a href='?page=all'>View all</a>", None),
        ("/a/rain", "<div id=comments><a href='?page=all'>View all</a></div>", None),
    ],
)  # fmt: skip
def test_a_single_page_for_the_whole(path, link, whole):
    html = f"<body><p>Text</p>{pager(('2', '?page=2'))}{link}</body>"
    found = find_pages(Page(html, SITE + path)).whole
    assert found == (SITE + whole if whole else None)


def test_where_an_article_begins():
    assert Pagination(2, {1: "a", 3: "c"}).first == "a"
    assert Pagination(1, {2: "b"}).first is None


def test_a_page_that_is_known_to_be_a_further_one():
    links = pager(("zurück", "2"), ("Weiter", "4"), current=3)
    assert found("/a/rain/3", links, number=3) == (3, {2: "/a/rain/2", 4: "/a/rain/4"})
    # The page that follows on another address says nothing of itself.
    assert found("/b/wind", pager(("2", "/b/wind/2")), number=3) == (3, {})


def test_a_rule_says_what_comes_next(tmp_path):
    (tmp_path / "bay.toml").write_text(
        "hosts = 'bay.example'\n[[versions]]\nnextPage = ['.none', '.more', '//a[@id=\"m\"]/@href']"
    )
    rule = SiteRules.load([tmp_path]).find(f"{SITE}/a/rain")
    generic = pager(("2", "?page=2"))
    more = "<a class=more href='/b/wind#top'>On</a>"
    assert found("/a/rain", generic + more, rule=rule) == (1, {2: "/b/wind"})
    assert found("/b/wind", more.replace("/b/wind", "/c"), rule=rule, number=2) == (2, {3: "/c"})
    assert found("/a/rain", "<a id=m href=/c>On</a>", rule=rule) == (1, {2: "/c"})
    for nothing in (
        generic,
        "<a class=more href=/a/rain>On</a>",
        "<a class=more href=//else.example/>On</a>",
        "<a class=more href='javascript:x'>On</a>",
        "<p class=more>On",
    ):
        assert found("/a/rain", nothing, rule=rule) == (1, {})


@pytest.mark.parametrize(
    "url", ["", "x", "http://[bad", "file:///a/2", "http://a.example:99999/2", "\ud83d"]
)
def test_an_address_that_is_none(url):
    assert read_address(url) == []
    assert find_pages(Page("<a href=2>2</a>", url)) == Pagination()


@pytest.mark.parametrize(
    "piece",
    [
        "<a href='?page=2'>2",
        "<div><a href=/a/rain/2 rel=next>",
        "<a href=/a/rain/2>1<b>2</b>",
        "<a title=2 href=/a/rain_2>",
    ],
)
def test_linear_in_the_page(piece):
    assert_linear(
        lambda page: find_pages(Page(page, SITE + "/a/rain")), lambda n: piece * (n // len(piece))
    )


def test_a_long_address_costs_little():
    assert_linear(lambda url: read_address(SITE + url), lambda n: "/a_1-1" * (n // 6))


def test_an_address_of_hundreds_of_parameters_numbers_no_page():
    query = "&".join(f"page={number}" for number in range(1, 250))
    assert [one.kind for one in read_address(f"{SITE}/a?{query}")] == ["plain"]
