"""Articles and sections are told apart by what the site's articles look like."""

import pytest

from newsclean.discovery.shape import UrlShapes

SITE = "https://news.example"
ARTICLES = """
/2026/04/18/rain-and-wind-again
/2026/04/18/rain
/2026-04-18/a.htm
/20260418/12.html
/a/20260418/123456.html
/n1/2026/0418/c1001-40123456.html
/c/2026-04-18/doc-inhabcde1234567.shtml
/art/2026/4/18/art_1_2345.html
/newsDetail_forward_12345678
/a/123456789_100012
/news/articles/c4g7d2m0ypqo
/6f1e2d3c4b5a69788796a5b4c3d2e1f0
/story/rain-wind-and-more-1.23456
/news/jobs-that-nobody-wants-1234567
/authors/jane-public/rain-and-wind-again
/show.php?id=12345
/view?lang=en&newsid=12345
/%E6%96%B0%E9%97%BB%E6%A0%87%E9%A2%98/
/新闻标题/
""".split()
SECTIONS = """
/
/index.html
/world
/world/index.html
/world/asia/
/2026/
/2026/04/
/2026/04/18
/20260418/
/page/2
/world/page/3
/tag/rain-and-wind-in-spring
/author/jane-q-public-person
/channel_25950
/list_12345.html
/search?id=1234
/about-us
/about-us/social-1234567
/themen/regen-und-wind-im-fruehling
""".split()
UNCLEAR = ["/politics/rain-falls", "/video/12", "/show.php?id=1"]


@pytest.mark.parametrize(
    ("path", "expected"),
    [(path, True) for path in ARTICLES]
    + [(path, False) for path in SECTIONS]
    + [(path, None) for path in UNCLEAR],
)
def test_before_anything_is_learned_common_signs_decide(path, expected):
    assert UrlShapes().is_article(SITE + path) is expected


def test_short_titles_are_learned():
    shapes = UrlShapes()
    assert shapes.is_article(SITE + "/politics/rain-falls") is None
    shapes.learn(f"{SITE}/{section}/{word}-falls" for section in "abcde" for word in "vwxyz")
    assert shapes.is_article(SITE + "/politics/rain-falls") is True
    assert shapes.is_article(SITE + "/politics/rain-falls?utm_source=x") is True
    assert shapes.is_article(SITE + "/politics") is False
    assert shapes.is_article(SITE + "/tag/rain-falls") is False


def test_sections_among_the_learned_stay_unclear():
    shapes = UrlShapes()
    shapes.learn(f"{SITE}/2026/04/18/a-long-title-with-number-{number}" for number in range(90))
    shapes.learn(f"{SITE}/{section}" for section in "world politics sports arts".split())
    assert shapes.is_article(SITE + "/2026/05/01/another-long-title-again") is True
    assert shapes.is_article(SITE + "/opinion") is None
    assert shapes.is_article(SITE + "/opinion/editorials") is False


def test_a_stray_shape_with_the_signs_of_an_article_is_unclear():
    shapes = UrlShapes()
    shapes.learn(f"{SITE}/story/{number}" for number in range(100_000, 100_100))
    assert shapes.is_article(SITE + "/story/100200") is True
    assert shapes.is_article(SITE + "/game/a-long-title-of-a-game") is None


def test_learning_is_bounded_and_total():
    shapes = UrlShapes()
    shapes.learn(
        f"{SITE}/a_{'b' * (number % 20)}x{number % 997}y_{number}" for number in range(50_000)
    )
    shapes.learn(["", "http://[::1", "not a url", "/" * 5000, "\ud800"])
    assert shapes.is_article("http://[::1") is False
    assert len(shapes._known) <= 2_000


def test_a_word_of_sections_that_leads_to_all_articles():
    shapes = UrlShapes()
    assert shapes.is_article(SITE + "/archives/12345") is False
    shapes.learn(f"{SITE}/archives/{number}" for number in range(10_000, 10_050))
    shapes.learn(f"{SITE}/topic/{number}" for number in range(10_000, 10_020))
    assert shapes.is_article(SITE + "/archives/12345") is True
    assert shapes.is_article(SITE + "/topic/12345") is False
    assert shapes.is_article(SITE + "/archives/2") is False
