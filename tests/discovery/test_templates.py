"""URL templates: variable parts are replaced, and the length of a number does not matter."""

import pytest

from newsclean.discovery.templates import template_of
from newsclean.urls import MAX_LISTED_URL

SAME = [
    ("/news/7.html", "/news/12345.html"),
    ("/show-12-345-1.html", "/show-1-99999-1.html"),
    ("/info/1012/3456.htm", "/info/7/1.htm"),
    ("/plus/view.php?aid=88", "/plus/view.php?aid=100000"),
    ("/index.php?m=content&a=show&id=12", "/index.php?a=show&id=999&m=content"),
    ("/?p=9", "/?p=10&utm_source=front"),
    ("/2026/04/18/rain-hits-harbour/", "/2025/1/2/sun-shines-on-the-town/"),
    ("/202604/t20260418_7.html", "/202511/t20251101_123456.html"),
    ("/sport/rain-hits-town-65f2c0ab9d12", "/sport/sun-over-the-bay-0a1b2c3d4e5f"),
    ("/article/65f2c0ab9d1265f2", "/article/00ff00ff00ff00fa"),
    ("/a/article_1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed.html", "/a/article_2.html"),
    ("/2026/11/%E6%B8%AF%E5%8F%A3%E6%B8%A1%E8%88%B9%E6%B8%85%E6%99%A8/", "/2026/4/a-b-c/"),
]
DIFFERENT = [
    ("/show-1-2.html", "/list-1-2.html"),
    ("/index.php?m=content&a=show&id=1", "/index.php?m=content&a=lists&id=1"),
    ("/?p=1", "/?cat=1"),
    ("/sport/rain", "/tag/rain"),
    ("/node/1", "/node/1/edit"),
    ("/news/7", "/news/7/"),
]


def key(path):
    return template_of(f"https://www.news.example{path}", "news.example").key


@pytest.mark.parametrize(("one", "other"), SAME)
def test_one_kind_of_page(one, other):
    assert key(one) == key(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_two_kinds_of_pages(one, other):
    assert key(one) != key(other)


def test_a_family_forgets_the_words_of_folders_and_values():
    def family(path):
        return template_of(f"https://news.example{path}", "news.example").family

    assert family("/sport/rain") == family("/politics/wind") == "/*/*"
    assert family("/tag.php?t=rain") == family("/tag.php?t=wind-7")
    assert family("/tags.php?/rain-1/") == family("/tags.php?/wind/")


@pytest.mark.parametrize("path", ["", "/", "/index.html", "/index.php", "/default.aspx"])
def test_a_front_page_has_none(path):
    assert template_of(f"https://news.example{path}", "news.example") is None


def test_another_host_is_another_template():
    assert template_of("https://m.news.example/7", "news.example").key == "//m.news.example/#"
    assert template_of("https://news.example/" + "a" * MAX_LISTED_URL) is None
