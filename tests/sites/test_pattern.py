"""Patterns of paths: usual patterns work, and none takes long."""

import pytest

from newsclean.sites.pattern import read_pattern
from tests.linear import assert_linear


@pytest.mark.parametrize(
    ("text", "path", "expected"),
    [
        (r"^/[a-z]+/[a-z-]+-\d+\.html$", "/lokales/freibad-moellersiel-100.html", True),
        (r"/[a-z]+/[^/]+-\d+\.html", "/lokales/molkerei-120.html", True),
        (r"/[a-z]+/[^/]+-\d+\.html", "/lokales/", False),
        (r"/\d{4}/\d{2}/\d{2}/[^/]+", "/2026/04/18/the-ferry", True),
        (r"/news/", "/a/news/", False),
        (r"/(politics|sport)/.+", "/sport/x", True),
        (r"/(?:de|en)?/?artikel/\d+", "/de/artikel/7", True),
        (r"^/[^/]+/?$", "/sport", True),
        (r"/a/.*-\d{5,}", "/a/b-123456", True),
        (r"/.*", "/" + "a" * 4000, True),
        (r"(?i)/news/", "/News/7", True),
        (r"/(?:[a-z]+/)+\d+", "/news/sport/7", True),
        (r"/(?P<year>\d{4})/", "/2026/04/", True),
        (r"/新闻/\d+", "/新闻/7", True),
        (r"/x", "/x\udcff", True),
    ],
)
def test_a_pattern(text, path, expected):
    assert read_pattern(text).matches(path) is expected


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("/(", "not a regular expression of RE2: missing )"),
        ("news", "expected a pattern of a URL's path"),
        ("/(?=a)", "invalid perl operator: (?="),
        (r"/(a)\1", "invalid escape sequence"),
        ("/a{1000}{1000}", "bad repetition operator"),
        ("/((a{100}){100}){100}", "invalid repetition size"),
        ("/" + r"\pL{900}" * 50, "too large"),
        ("/" + "a" * 500, "longer than 500"),
        ("/\udcff", "not a regular expression of RE2"),
    ],
)
def test_what_is_refused(text, told):
    with pytest.raises(ValueError, match=r".") as error:
        read_pattern(text)
    assert told in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("text", ["/(a+)+b", "/(a|a)*b", "/.*.*.*x", r"/(?:\w*\d*)*x"])
@pytest.mark.parametrize("piece", ["a", "1", "-1", "/a", "-"])
def test_it_is_linear(text, piece):
    pattern = read_pattern(text)
    assert_linear(
        pattern.matches,
        lambda size: "/" + piece * (size // len(piece)),
        size=50_000,
        noise=0.1,
    )
