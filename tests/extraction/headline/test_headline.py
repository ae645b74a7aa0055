"""The headline among all that a page calls its title."""

import json

import pytest

from newsclean import read_article
from tests.linear import assert_linear

TEXT = (
    "<p>" + "The mayor of the town said on Monday that the bridge would open again. " * 9 + "</p>"
)


def page(head="", body=""):
    return f"<html><head>{head}</head><body><main>{body}{TEXT}</main></body></html>"


def headline(html, url="https://www.daily.example/news/1"):
    article = read_article(html, url)
    return article.headline, article.metadata.fieldSources.get("headline")


def card(text):
    return f'<meta property="og:title" content="{text}">'


def data(headline, kind="NewsArticle"):
    article = {"@type": kind, "headline": headline, "datePublished": "2024-05-01"}
    return f'<script type="application/ld+json">{json.dumps(article)}</script>'


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        pytest.param(
            page("<title>渡船昨日首次开回海港小镇码头 海港网</title>", "<p>海港镇</p>"),
            "渡船昨日首次开回海港小镇码头",
            id="the site behind a space, where no spaces are written",
        ),
        pytest.param(
            page(
                "<title>Old bridge over the Elm opens again | The Daily</title>",
                "<h1>Old bridge over the Elm opens again</h1>",
            ),
            "Old bridge over the Elm opens again",
            id="heading and title agree",
        ),
        pytest.param(
            page(
                "<title>7 best bridges to visit this year | The Daily</title>"
                + card("7 best bridges to visit this year")
                + data("7 best bridges to visit this year", "Article"),
                '<h1 class="entry-title">Which bridges you should visit this summer</h1>',
            ),
            "Which bridges you should visit this summer",
            id="titles written for search engines do not make the heading wrong",
        ),
        pytest.param(
            page(
                "<title>Old bridge over the Elm opens again - The Daily</title>",
                '<h1 class="logo">The Daily</h1><h2>Old bridge over the Elm opens again</h2>',
            ),
            "Old bridge over the Elm opens again",
            id="a logo is no headline",
        ),
        pytest.param(
            page(
                "<title>Old bridge over the Elm opens again | The Daily</title>"
                + card("Old bridge over the Elm opens again"),
                "<h1><span>Traffic in Elmtown</span>Old bridge over the Elm opens again</h1>",
            ),
            "Old bridge over the Elm opens again",
            id="a kicker inside of the heading",
        ),
        pytest.param(
            page("<title>Old bridge over the Elm opens again | The Daily</title>"),
            "Old bridge over the Elm opens again",
            id="only a title with the name of the site",
        ),
        pytest.param(
            page("<title>青木桥今日重新开放通车_青木新闻网</title>"),
            "青木桥今日重新开放通车",
            id="only a Chinese title with the name of the site",
        ),
        pytest.param(
            page(
                "<title>How the bridge was rebuilt</title>",
                "<h1>How the b<span>ridge was rebuilt</span></h1>",
            ),
            "How the bridge was rebuilt",
            id="markup that splits a word",
        ),
        pytest.param(
            page(
                "<title>HOW THE BRIDGE WAS REBUILT</title>" + card("How the bridge was rebuilt"),
                "<h1>HOW THE BRIDGE WAS REBUILT</h1>",
            ),
            "How the bridge was rebuilt",
            id="capitals yield",
        ),
        pytest.param(
            page(
                "<title>青木橋が再開 | 青木ニュース</title>",
                "<h1><ruby>青木橋<rt>あおきばし</rt></ruby>が<ruby>再開<rt>さいかい</rt></ruby></h1>",
            ),
            "青木橋が再開",
            id="the readings over Japanese letters",
        ),
        pytest.param(
            page(
                "<title>Letters from the Elm » Archive » Old bridge</title>",
                "<h1><a href='/'>Letters from the Elm</a></h1>"
                "<h2><a href='/news/1'>Old bridge</a></h2>",
            ),
            "Old bridge",
            id="the name of a blog that links to its front page",
        ),
        pytest.param(
            page(
                "<title>Fried fish from the quay</title>"
                + card("Fried fish from the quay")
                + data("Fried fish from the quay", "Article"),
                "<h1 class='post-title'>Fried fish from the quay <small>Where the ferrymen of"
                " Elmtown have their lunch on Mondays</small></h1>",
            ),
            "Fried fish from the quay",
            id="a subtitle inside of the heading",
        ),
        pytest.param(
            page("<title>다리 개통 ·배 운항 중단 결정 | 엘름일보</title>"),
            "다리 개통 ·배 운항 중단 결정",
            id="a middle dot between words",
        ),
        pytest.param(
            page(
                "<title>新しい橋を描ける「木の図」:青木日誌</title>"
                + card("新しい橋を描ける「木の図」:青木日誌"),
                "<h3>新しい橋を描ける「木の図」</h3>",
            ),
            "新しい橋を描ける「木の図」",
            id="the site behind a colon, where no spaces are written",
        ),
        pytest.param(page(card("Old bridge opens again")), "Old bridge opens again", id="a card"),
        pytest.param(page("<title>Untitled</title>"), None, id="nothing but a placeholder"),
        pytest.param(page(), None, id="nothing"),
    ],
)
def test_headline(html, wanted):
    assert headline(html)[0] == wanted


@pytest.mark.parametrize(
    ("head", "source"),
    [
        (data("Old bridge opens again"), "json-ld"),
        (card("Old bridge opens again"), "meta"),
        (card("Old bridge opens again | The Daily"), "meta"),
        ("<title>Old bridge opens again | The Daily</title>", "generic"),
    ],
)
def test_source_is_the_most_trusted_that_says_the_same(head, source):
    html = page(head, "<h1>Old bridge opens again</h1>")
    assert headline(html) == ("Old bridge opens again", source)


def test_headline_of_news_that_only_structured_data_gives():
    html = page(data("Old bridge opens again") + "<title>Article | The Daily</title>")
    assert headline(html) == ("Old bridge opens again", "json-ld")


@pytest.mark.parametrize(
    "make",
    [
        lambda size: page(body="<h1>" * (size // 4) + "text"),
        lambda size: page(body="<h1>" + "<ruby>" * (size // 4) + "<rt>x</rt>"),
        lambda size: page(body="<h2>a b</h2>" * size),
        lambda size: page(f"<title>{'a | ' * size}</title>", f"<h1>{'- : ' * size}</h1>"),
        lambda size: page(body=f"<h1>{'<b>a</b>' * size}</h1>"),
    ],
    ids=["nested", "nested ruby", "many", "separators", "pieces"],
)
def test_hostile_headings_are_read_in_linear_time(make):
    from newsclean.extraction.dom.page import Page
    from newsclean.extraction.headline.choose import choose_headline

    def parsed(size):
        hostile = Page(make(size), "https://www.daily.example/")
        assert hostile.root is not None
        return hostile

    assert_linear(lambda hostile: choose_headline(hostile, []), parsed, 6_000, 0.2)
