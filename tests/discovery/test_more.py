"""The URL from which a script loads the next part of a list is found, and counted on."""

import pytest
from lxml.html import fromstring

from newsclean.discovery.more import more_in_attributes, more_in_scripts, next_part
from tests.linear import assert_linear


@pytest.mark.parametrize(
    ("html", "url"),
    [
        ("<button class=load-more data-url='/list?cid=7&amp;page=2'>More</button>",
         "/list?cid=7&page=2"),
        ("<div data-ajax-url='/more.php?cat=7' data-page=1>", "/more.php?cat=7&page=2"),
        ("<div data-endpoint='/more' data-next-page=3>", "/more?page=3"),
        ("<div id=scroll data-source='/api/list?page='>", "/api/list?page=2"),
        ("<div data-url='/api/list?page=1'>", "/api/list?page=2"),
        ("<div data-feed-url='/feed.json?offset=20'>", "/feed.json?offset=20"),
        ("<a class=more data-next-url='/sport/page/2'>", "/sport/page/2"),
        # The URLs of share buttons, images and widgets.
        ("<div class=share data-url='/n/7.html'>", None),
        ("<img data-src='/i/page/2.jpg'>", None),
        ("<div data-url='javascript:more()' data-page=1>", None),
        ("<div data-page=1>", None),
    ],
)  # fmt: skip
def test_in_attributes(html, url):
    assert more_in_attributes(fromstring(f"<html><body>{html}")) == url


@pytest.mark.parametrize(
    ("script", "url"),
    [
        ("var page = 1; load('/api/list?cid=7&page=' + page)", "/api/list?cid=7&page=2"),
        ("let p = 0; fetch(`/api/list?p=${p}&size=20`)", "/api/list?p=1&size=20"),
        ("var cid = 11, page = 1;\n$.get('/l.php?c=' + cid + '&page=' + (page + 1))",
         "/l.php?c=11&page=2"),
        ("get('/l?page=' + (++page) + '&cid=' + cid)", None),
        ("get('/l?page=' + ++page + '&cid=7')", "/l?page=2&cid=7"),
        ("var cid = '11';\n$.get('/l.php?c=' + cid + '&page=' + page + '&n=9')",
         "/l.php?c=11&page=2&n=9"),
        ("$.ajax({url: '/api/list', type: 'GET', data: {cid: 7, page: page}})",
         "/api/list?cid=7&page=2"),
        ("$.getJSON('/api/list', {page: this.page}, show)", "/api/list?page=2"),
        ("get('/sport/page/' + nextPage)", "/sport/page/2"),
        ("axios.get('https://news.example/api?page=' + n)", "https://news.example/api?page=2"),
        ("$.post('/api/list?page=' + page)", None),
        ("$.ajax({url: '/api/list?page=' + page, type: 'POST'})", None),
        ("fetch('/search?q=' + q + '&page=' + page)", None),
        ("location.href = '/news/' + id", None),
        ("var a = '/list?page=2';", None),
        # How many titles a part has is unknown.
        ("var offset = 0; get('/list?offset=' + offset)", None),
        ("var offset = 20; get('/list?offset=' + offset)", "/list?offset=20"),
    ],
)  # fmt: skip
def test_in_scripts(script, url):
    assert more_in_scripts([script], has_titles=True) == url


def test_a_page_without_titles_begins_with_the_first_part():
    script = "var page = 1; load('/api/list?page=' + page)"
    assert more_in_scripts([script], has_titles=False) == "/api/list?page=1"


@pytest.mark.parametrize(
    ("url", "count", "after"),
    [
        ("/l?page=2&cid=7", 9, "/l?page=3&cid=7"),
        ("/l/page/2/", 9, "/l/page/3/"),
        ("/l?offset=20&limit=10", 9, "/l?offset=30&limit=10"),
        ("/l?start=20", 9, "/l?start=29"),
        ("/l?start=20", 0, None),
        ("/l?cid=7", 9, None),
        ("/l?page=", 9, None),
    ],
)
def test_the_part_after_a_part(url, count, after):
    assert next_part(url, count) == after


@pytest.mark.parametrize(
    "piece",
    [
        "'/a?page='+p+",
        "`/a?page=${p}",
        "'/a?page='+",
        "'/a',{a:1,",
        "'/a?x='+x+'&page='+p;",
        "data:{",
        "p=1;",
        "'/a',data:",
        "'",
    ],
)
def test_scripts_are_read_in_linear_time(piece):
    def work(script):
        more_in_scripts([script], has_titles=True)

    assert_linear(work, lambda size: piece * (size // len(piece)), 40_000, 0.5)


def test_attributes_are_read_in_linear_time():
    piece = "<p class=more data-url='/a?x=1' data-page=x>"
    assert_linear(
        more_in_attributes, lambda size: fromstring(piece * (size // len(piece))), 200_000, 0.9
    )
