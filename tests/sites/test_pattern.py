"""Patterns of paths: those that people write work, those that could take long are refused."""

import time

import pytest

from newsclean.sites.pattern import MAX_PATH_LENGTH, compile_pattern, matches


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
        (r"/.*", "/" + "a" * 400, False),
    ],
)
def test_a_pattern(text, path, expected):
    assert matches(compile_pattern(text), path) is expected


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("/(", "not a regular expression"),
        ("news", "expected a pattern of a URL's path"),
        ("/(a+)+b", "repeats cannot nest"),
        ("/(a|a)*b", "repeats cannot nest"),
        ("/(?:ab){2}", "repeats cannot nest"),
        ("/(?=a)", "is not understood"),
        ("/(?P<x>a)", "is not understood"),
        (r"/(a)\1", "is not understood"),
        ("/.*.*.*x", "could take long"),
        ("/.*a.*a.*a", "could take long"),
        ("/" + "a?" * 40 + "a" * 40, "could take long"),
        ("/" + "(a|a)" * 30 + "b", "could take long"),
        ("/a{1,90}a{1,90}a{1,90}ab", "could take long"),
        ("/" + "a" * 200, "longer than 200"),
    ],
)
def test_what_is_refused(text, told):
    with pytest.raises(ValueError, match=r".") as error:
        compile_pattern(text)
    assert told in str(error.value)


@pytest.mark.parametrize(
    "text",
    ["/.*.*x", r"/\w*\d*x", "/[^/]*[^x]*/y", "/(a|a)(a|a).*.*x", "/a?a?a*a*x", r"/.+-\d+-\d+x"],
)
@pytest.mark.parametrize("piece", ["a", "1", "-1", "/a", "-"])
def test_what_is_taken_is_quick(text, piece):
    pattern = compile_pattern(text)
    path = "/" + (piece * MAX_PATH_LENGTH)[: MAX_PATH_LENGTH - 1]
    start = time.perf_counter()
    assert not matches(pattern, path)
    assert time.perf_counter() - start < 0.5
