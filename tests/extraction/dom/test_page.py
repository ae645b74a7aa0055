"""The page: addresses made absolute, with and without its own."""

import pytest

from newsclean.extraction.dom.page import Page


@pytest.mark.parametrize(
    ("url", "base", "wanted"),
    [
        ("https://news.example/a/b", "", "https://news.example/a/pier.jpg"),
        ("https://news.example/a/b", "<base href=/c/>", "https://news.example/c/pier.jpg"),
        ("", "<base href=https://news.example/d/>", "https://news.example/d/pier.jpg"),
        ("", "<base href=/d/>", None),
        ("", "", None),
    ],
)
def test_an_address_is_relative_to_the_base(url, base, wanted):
    assert Page(f"<html><head>{base}</head>", url).absolute("pier.jpg") == wanted


@pytest.mark.parametrize("base", ["", "https://news.example/a"])
@pytest.mark.parametrize("url", ["http://[bad/p.jpg", "//[bad", "http://\u2100/", "javascript:x"])
def test_what_is_no_address_is_none(url, base):
    assert Page("", base).absolute(url) is None


def test_elements_are_found_by_kind():
    page = Page("<title>A</title><h2>1</h2><h1>2</h1><script>x</script><h3>3</h3>", "")
    assert [node.text for node in page.elements["heading"]] == ["1", "2", "3"]
    assert [node.text for node in page.elements["title"]] == ["A"]
    assert [len(page.elements[kind]) for kind in ("html", "script", "link")] == [1, 1, 0]
