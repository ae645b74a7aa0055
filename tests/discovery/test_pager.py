"""The next page of a listing is found; similar links are not taken for it."""

import pytest
from parsel import Selector

from newsclean.discovery.links import read_outline
from newsclean.discovery.pager import next_page, pager_links, unlabelled_next_page

URL = "https://news.example/list/3.html"


def outline(page, url=URL):
    return read_outline(Selector(page).root, url, "news.example")


@pytest.mark.parametrize(
    ("page", "number", "wanted"),
    [
        ("<b>1</b> <a href=3_2.html>2</a> <a href=3_3.html>3</a>", 1, "3_2.html"),
        ("<a href=3.html>1</a> <b>2</b> <a href=3_3.html>3</a>", 2, "3_3.html"),
        ("<a href=3_2.html>下一页</a>", 1, "3_2.html"),
        ("<a href=3_2.html>次へ</a>", 1, "3_2.html"),
        ("<a href=3_2.html>다음</a>", 1, "3_2.html"),
        ("<a href=3_2.html>Older posts</a>", 1, "3_2.html"),
        ("<link rel=next href=3_2.html>", 1, "3_2.html"),
        ("<a href=9.htm>1</a><a href=8.htm>2</a><a href=7.htm>3</a>", 1, "8.htm"),
    ],
)
def test_the_next_page(page, number, wanted):
    assert next_page(outline(page), number) == f"https://news.example/list/{wanted}"


@pytest.mark.parametrize(
    ("here", "links", "number", "wanted"),
    [
        ("/sport/", ["/sport/?page=2", "/sport/?page=3", "/culture/"], 1, "/sport/?page=2"),
        ("/sport", ["/sport?page=1"], 1, "/sport?page=1"),
        ("/sport?start=8", ["/sport", "/sport?start=16"], 2, "/sport?start=16"),
        ("/list/3.html", ["/list/4.html", "/list/3_2.html"], 1, "/list/3_2.html"),
        ("/list-3-1.html", ["/list-4-1.html", "/list-3-2.html"], 1, "/list-3-2.html"),
        ("/sport/page/2/", ["/sport/", "/sport/page/3/"], 2, "/sport/page/3/"),
        ("/sport/8.htm", ["/sport/9.htm", "/sport/7.htm"], 3, "/sport/9.htm"),
        ("/sport/", ["/sport/team/", "/news/2.html", "/culture/?page=2"], 1, None),
    ],
)
def test_the_next_page_by_its_url(here, links, number, wanted):
    page = "".join(f"<a href='{link}'>...</a>" for link in links)
    found = outline(page, "https://news.example" + here)
    url = unlabelled_next_page(found, number, lambda url: False)
    assert url == (wanted and "https://news.example" + wanted)


def test_pages_of_the_rows_of_a_forum_are_no_pages_of_the_forum():
    rows = "".join(f"<a href='/t?tid={n}'>Rain</a><a href='/t?tid={n}&page=2'>2</a>" for n in "789")
    page = outline(rows + "<b>1</b><a href='/f?fid=3&page=2'>2</a>", "https://news.example/f?fid=3")
    assert next_page(page, 1) == "https://news.example/f?fid=3&page=2"


def test_a_pager_of_a_path_that_is_not_ascii():
    page = outline(
        "<a href='/спорт?стр=2'>2</a>", "https://news.example/%D1%81%D0%BF%D0%BE%D1%80%D1%82"
    )
    assert next_page(page, 1).startswith("https://news.example/%D1%81%D0%BF%D0%BE%D1%80%D1%82?")


def test_the_last_page_has_none():
    assert next_page(outline("<a href=3.html>1</a><a href=3_2.html>2</a>"), 3) is None


def test_read_on_links_are_no_pager():
    page = "".join(f"<p><a href=/a/{n}>Continue reading</a>" for n in range(5))
    assert next_page(outline(page), 1) is None
    assert not pager_links(outline(page))


def test_the_number_of_comments_is_no_page():
    page = "<h2><a href=/a/7>Rain over the whole harbour</a></h2><a href=/a/7#talk>2</a>"
    assert next_page(outline(page), 1) is None
