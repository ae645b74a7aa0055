"""The pages of an article are joined: repeated text is kept once, and no other text is lost."""

from newsclean.article import clean_article
from newsclean.cleaning import clean_body, join_bodies
from newsclean.items import Article, FurtherBody, RawBody

LEAD = "<h2>The bay</h2><p>A lead.</p><img src=https://bay.example/lead.jpg>"
FOOT = "<p>Write to us.</p>"


def joined(*pages):
    return join_bodies([clean_body(page) for page in pages])


def test_what_each_page_repeats_stands_once():
    body = joined(
        f"{LEAD}<p>One.</p>{FOOT}", f"{LEAD}<p>Two.</p>{FOOT}", f"{LEAD}<p>Three.</p>{FOOT}"
    )
    assert body.text == "The bay\n\nA lead.\n\nOne.\n\nWrite to us.\n\nTwo.\n\nThree."
    assert body.html.count("<img") == 1
    assert [image.url for image in body.images] == ["https://bay.example/lead.jpg"]


def test_what_an_author_repeats_stays():
    body = joined("<p>Row.</p><p>One.</p><p>Row.</p>", "<p>Two.</p><p>Row.</p><p>Three.</p>")
    assert body.text == "Row.\n\nOne.\n\nRow.\n\nTwo.\n\nRow.\n\nThree."


def test_a_page_that_says_nothing_new_adds_nothing():
    page = "<p>One.</p><p>Two.</p>"
    assert joined(page, page).text == "One.\n\nTwo."
    assert joined(page, "").text == "One.\n\nTwo."
    assert joined("", page).html == clean_body(page).html


def test_one_page_is_as_it_is():
    body = clean_body(f"{LEAD}<p>One.</p>")
    assert join_bodies([body]) is body


def test_lists_tables_and_code_come_out_as_they_would_alone():
    pages = [
        "<ul><li>a</li><li>b</li></ul><pre>x\n  y</pre>",
        "<table><tr><th>a</th><td>1 &lt; 2</td></tr></table><blockquote><p>q</p></blockquote>",
        "<p>It says <code>&lt;b&gt;</code> and \\u003cp\\u003e.</p>",
    ]
    alone = [clean_body(page) for page in pages]
    body = join_bodies(alone)
    assert body.text == "\n\n".join(one.text for one in alone)
    assert body.html == "".join(one.html for one in alone)


def test_media_in_order_with_captions_credits_and_players():
    first = (
        "<figure><img src=https://bay.example/1.jpg><figcaption>A boat. Photo: Ida Holt"
        "</figcaption></figure><iframe src=https://www.youtube.com/embed/a></iframe><p>One.</p>"
    )
    second = "<p>Two.</p><img src=https://bay.example/2.jpg><img src=https://bay.example/1.jpg>"
    body = joined(first, second)
    assert [(image.url[-5:], image.caption, image.credit) for image in body.images] == [
        ("1.jpg", "A boat.", "Ida Holt"),
        ("2.jpg", None, None),
    ]
    assert [video.url for video in body.videos] == ["https://www.youtube.com/embed/a"]


def test_changes_are_summed():
    body = joined("<p>One<!--NO_AD_0-->.</p>", "<p>Two<!--NO_AD_0-->.</p><style>p{}</style>")
    assert body.changes["drop_markers"] == {"NO_AD": 2}
    assert body.changes["drop_style_blocks"]


def test_an_article_of_several_pages_is_cleaned_as_one():
    article = Article("https://bay.example/7")
    slots = {"IMG_0": {"type": "image", "url": "https://bay.example/first.jpg"}}
    other = {"IMG_0": {"type": "image", "url": "https://bay.example/second.jpg"}}
    article.articleBodyRaw = RawBody("<p>One.</p><!--IMG_0-->", slots)
    article.articleBodyRaw.further.append(
        FurtherBody("https://bay.example/7/2", "<p>Two.</p><!--IMG_0--><img src=here.jpg>", other)
    )
    clean_article(article)
    assert article.articleBody == "One.\n\nTwo."
    assert article.wordCount == 2
    assert [image.url.removeprefix("https://bay.example/") for image in article.images] == [
        *("first.jpg", "second.jpg", "7/here.jpg")
    ]
    whole = Article("https://bay.example/7", articleBodyRaw=RawBody("<p>One.</p><p>Two.</p>"))
    assert article.metadata.contentHash == clean_article(whole).metadata.contentHash
