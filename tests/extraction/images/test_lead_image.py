"""The lead picture: named by the page, and in the cut that it shows below its headline."""

import pytest

from newsclean import read_article
from newsclean.extraction.dom.page import Page
from newsclean.extraction.images.shown import is_picture
from newsclean.extraction.reader import read_page
from tests.linear import assert_linear

URL = "https://news.example/pier"
OG = '<meta property="og:image" content="https://img.example/{}">'
HEAD = "<title>The pier reopens</title>{}</head><body>{}"
HEADLINE = "<h1>The pier reopens</h1>"
LONG = "<p>" + "The pier reopened on Sunday after a long winter of repairs. " * 4 + "</p>"
PAGES = [
    # head, body → the file's name, the source
    (OG.format("pier-9f.jpg"), HEADLINE + LONG, "pier-9f.jpg", "meta"),
    (
        "<link rel=image_src href='https://img.example/pier-9f.jpg'>",
        HEADLINE,
        "pier-9f.jpg",
        "meta",
    ),
    (OG.format("site-logo.png"), HEADLINE + LONG, None, None),
    (OG.format("default-share.png") + OG.format("pier-9f.jpg"), HEADLINE, "pier-9f.jpg", "meta"),
    # Of several, the one that is shown below the headline.
    (
        OG.format("card-pier.jpg") + OG.format("harbour-2.jpg"),
        HEADLINE + "<img width=800 src=https://img.example/harbour-2-800x450.jpg>" + LONG,
        "harbour-2.jpg",
        "meta",
    ),
    # The cut that is shown, the largest of its renditions.
    (
        OG.format("a81bc81bdead4e5d_1.91.jpg"),
        HEADLINE
        + "<picture><source srcset='https://img.example/a81bc81bdead4e5d_r16.jpg?w=400 400w,"
        " https://img.example/a81bc81bdead4e5d_r16.jpg?w=900 900w'><img src=/blank.gif></picture>",
        "a81bc81bdead4e5d_r16.jpg?w=900",
        "generic",
    ),
    (
        OG.format("csm_pier-north_a395f41217.jpg"),
        HEADLINE + "<img width=900 src=https://img.example/csm_pier-north_93268333ee.jpg>",
        "csm_pier-north_93268333ee.jpg",
        "generic",
    ),
    # Small, of a person, in a teaser, above the headline, too far below it.
    ("", HEADLINE + "<img width=90 src=https://img.example/pier-9f.jpg>", None, None),
    (
        "",
        HEADLINE + "<div class=author-box><img width=900 src=https://img.example/kim.jpg></div>",
        None,
        None,
    ),
    (
        "",
        HEADLINE
        + "<a href=/other-story><img width=900 src=https://img.example/other.jpg></a>"
        + "<figure><img src=https://img.example/pier-9f.jpg></figure>",
        "pier-9f.jpg",
        "generic",
    ),
    ("", "<img width=900 src=https://img.example/top.jpg>" + HEADLINE, None, None),
    (
        "",
        HEADLINE + LONG * 4 + "<img width=900 src=https://img.example/late.jpg>",
        None,
        None,
    ),
    (
        "",
        HEADLINE + "<img class=lazy src=data:image/gif;base64,R0 data-src=/img/pier-1200.jpg>",
        "pier-1200.jpg",
        "generic",
    ),
    # A wide figure between the headline and the text, but not one within the text.
    (
        OG.format("card-for-sharing.jpg"),
        HEADLINE + "<h2>After a long winter</h2><figure><img width=900 src=/img/pier-9f.jpg>"
        "</figure>" + LONG,
        "pier-9f.jpg",
        "generic",
    ),
    (
        OG.format("card-of-the-pier.jpg"),
        HEADLINE + LONG + "<figure><img width=900 src=/img/pier-9f.jpg></figure>",
        "card-of-the-pier.jpg",
        "meta",
    ),
    # A link to another version of the image, and a button that opens it.
    (
        "",
        HEADLINE + "<a href=https://img.example/hwjrfw1hPrVNOAk6LFPem1EcB3BKIAJJ-HaD6v7DD=s1200>"
        "<img width=800 src=https://img.example/hwjrfw1hPrVNOAk6LFPem1EcB3BKIAJJ-HaD6v7DD=s750></a>",
        "hwjrfw1hPrVNOAk6LFPem1EcB3BKIAJJ-HaD6v7DD=s750",
        "generic",
    ),
    (
        OG.format("card-for-sharing.jpg"),
        HEADLINE + "<button class=zoom-button><figure><img width=900 src=/img/pier-9f.jpg></figure>"
        "</button>",
        "pier-9f.jpg",
        "generic",
    ),
    # What a lazy loader shows first.
    ("", HEADLINE + "<img width=900 src=/img/preload.gif>", None, None),
]


@pytest.mark.parametrize(("head", "body", "name", "source"), PAGES)
def test_a_page(head, body, name, source):
    article = read_page(Page(f"<html><head>{HEAD.format(head, body)}", URL))
    image = article.mainImage
    assert (image and image.url.rpartition("/")[2]) == name
    assert article.metadata.fieldSources.get("mainImage") == source


@pytest.mark.parametrize("name", ["staff/headshots/75x75/kim.jpg", "100px-book.svg.png"])
def test_without_a_picture_at_its_head_the_first_of_the_body_that_may_be_one(name):
    body = HEADLINE + LONG * 4 + f"<p><img src=https://img.example/{name}></p>" + LONG
    body += "<p><img src=https://img.example/pier-9f.jpg></p>" + LONG
    article = read_article(f"<html><head>{HEAD.format('', body)}", URL)
    assert article.mainImage.url == "https://img.example/pier-9f.jpg"


def test_the_caption_below_the_picture_goes_with_it():
    body = (
        f"{HEADLINE}<figure><img src=https://img.example/pier-9f.jpg>"
        "<figcaption>The pier at dawn.</figcaption></figure>"
    )
    page = Page(f"<html><head>{HEAD.format(OG.format('pier-9f.jpg'), body)}", URL)
    assert read_page(page).mainImage.caption == "The pier at dawn."


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("https://img.example/2026/pier.jpg", True),
        ("https://img.example/2026/catalogue-pier.jpg", True),
        ("https://img.example/logo.png", False),
        ("https://img.example/news_logo-600.png", False),
        ("https://img.example/placeholder.jpg", False),
        ("https://img.example/default-image.png", False),
        ("https://img.example/mark.svg", False),
    ],
)
def test_what_is_a_picture(url, wanted):
    assert is_picture(url) is wanted


@pytest.mark.parametrize(
    "make",
    [
        lambda size: "<img srcset='" + "a 1w," * (4 * size) + "'>",
        lambda size: "<img src='" + "a1" * (10 * size) + "'>",
        lambda size: f"<picture><img src=/p.jpg srcset='{'a' * 7_990} ;'>" * (size // 800),
        lambda size: "<img src=/p.jpg>" * size,
        lambda size: "<picture>" + "<source srcset='/p.jpg 900w'>" * size + "<img src=/p.jpg>",
    ],
)
def test_hostile_pages_are_read_in_linear_time(make):
    def hostile(size):
        return f"<html><head>{HEAD.format(OG.format('p1.jpg'), HEADLINE + make(size))}"

    assert_linear(lambda html: read_page(Page(html, URL)), hostile, 12_500, 0.5)


@pytest.mark.parametrize("named", ["http://[bad/pier-9f.jpg", "https://img.example/pier-9f.jpg"])
@pytest.mark.parametrize("shown", ["http://[bad", "//[bad", "http://\u2100/pier.jpg"])
@pytest.mark.parametrize("url", [URL, ""])
def test_addresses_that_are_none_are_passed_over(named, shown, url):
    picture = f"<img data-src='{shown}' src='https://img.example/pier-9f.jpg?w=9' width=900>"
    head = f'<meta property="og:image" content="{named}">'
    page = Page(f"<html><head>{HEAD.format(head, HEADLINE + picture)}", url)
    assert read_page(page).mainImage.url.startswith("https://img.example/pier-9f.jpg")
