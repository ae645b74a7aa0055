"""Authors are people and news agencies; no newsrooms, e-mail addresses or organizations."""

import pytest

from newsclean.extraction.authors.read import read_authors
from newsclean.extraction.dom.page import Page
from newsclean.extraction.reader import read_page
from tests.linear import assert_linear

# what a source says → names
BYLINES = [
    ("By Maud Tressick", ["Maud Tressick"]),
    ("By Maud Tressick and Orrin Falke", ["Maud Tressick", "Orrin Falke"]),
    ("Von Hanne Birkmoor, dpa", ["Hanne Birkmoor", "dpa"]),
    ("Text und Interview: Hanne Birkmoor", ["Hanne Birkmoor"]),
    ("Pressemitteilung von Hanne Birkmoor", ["Hanne Birkmoor"]),
    ("Zeige alle Beiträge von Hanne Birkmoor", ["Hanne Birkmoor"]),
    ("View all posts by Maud Tressick", ["Maud Tressick"]),
    ("Maud Tressick Thursday, November", ["Maud Tressick"]),
    ("Maud Tressick December", ["Maud Tressick"]),
    ("Orrin May", ["Orrin May"]),
    ("Orrin Falke Jr.", ["Orrin Falke Jr"]),
    ("Hanne Birkmoor am Samstag", ["Hanne Birkmoor"]),
    ("Maud Tressick Founder at Pier & Sons", ["Maud Tressick"]),
    ("Maud Tressick, CEO of Pier", ["Maud Tressick"]),
    ("Maud Tressick, Head of Harbours and Community Development", ["Maud Tressick"]),
    ("Authors: Maud Tressick and Orrin Falke, Harbour educators", ["Maud Tressick", "Orrin Falke"]),
    ("Maud Tressick, editor, and Orrin Falke, AFP", ["Maud Tressick", "Orrin Falke", "AFP"]),
    ("This post was written by Maud Tressick", ["Maud Tressick"]),
    ("Authored by: Maud Tressick. Reviewed by Orrin Falke", ["Maud Tressick"]),
    ("Von Hanne Birkmoor, Hafenstadt", ["Hanne Birkmoor"]),
    ("Hanne Birkmoor und Tressick", ["Hanne Birkmoor", "Tressick"]),
    ("Orrin, Tamsel", ["Orrin", "Tamsel"]),
    # A title after a name takes the words after it along.
    ("Maud Tressick Senior Hafenstadt Correspondent", ["Maud Tressick"]),
    (
        "Par MAUD TRESSICK, ANNA BIRKMOOR Envoyées spéciales à Hafenstadt",
        ["Maud Tressick", "Anna Birkmoor"],
    ),
    ("MT Maud Tressick", ["Maud Tressick"]),  # initials instead of a portrait
    ("Maud Tressick PUBLISHED: 17 December 2026", ["Maud Tressick"]),
    ("Hanne Birkmoor zuletzt aktualisiert 17.12.2026", ["Hanne Birkmoor"]),
    ("Maud Tressick Last updated on 17 December 2026", ["Maud Tressick"]),
    ("Md Orrin Falke", ["Md Orrin Falke"]),
    ("Text & Fotos: Hanne Birkmoor", ["Hanne Birkmoor"]),
    ("Words and pictures by Maud Tressick", ["Maud Tressick"]),
    ("Harbour's Editorial Writers", []),
    ("vor 5 Stunden", []),
    ("Eine Kolumne von Hanne Birkmoor", ["Hanne Birkmoor"]),
    ("Karl Theodor von Tressick", ["Karl Theodor von Tressick"]),
    ("By Maud Tressick, photos by Orrin Falke", ["Maud Tressick"]),
    ("Maud Tressick Illustration by Anna Olfen", ["Maud Tressick"]),
    ("Reviewed by Maud Tressick", []),
    ("Maud Tressick Photographs by Orrin Falke", ["Maud Tressick"]),
    ("Maud Tressick, Harbour Today", ["Maud Tressick", "Harbour Today"]),  # a newspaper
    ("June 06, 2013 12:00 AM", []),
    ("Hanne Birkmoor 18. Dezember", ["Hanne Birkmoor"]),
    ("Hanne Birkmoor décembre", ["Hanne Birkmoor"]),
    ("Redaktion: Hanne Birkmoor", ["Hanne Birkmoor"]),
    ("Maud Tressick, FACP, DABOM and Orrin Falke, AFP", ["Maud Tressick", "Orrin Falke", "AFP"]),
    ("Maud Tressick, ANNA OLFEN", ["Maud Tressick", "Anna Olfen"]),
    ("राहुल शर्मा द्वारा", ["राहुल शर्मा"]),
    ("홍길동(gildong@news.example)", ["홍길동"]),
    ("[田中宏昌、海港新聞]", ["田中宏昌", "海港新聞"]),
    ("Hanne Birkmoor, Reuters", ["Hanne Birkmoor", "Reuters"]),
    ("Maud Tressick, PhD, and Orrin Falke, DVM", ["Maud Tressick", "Orrin Falke"]),
    ("By Maud Tressick @tress Orrin Falke 01 October 2026", ["Maud Tressick", "Orrin Falke"]),
    ("Dec 17, 2026 Maud Tressick", ["Maud Tressick"]),
    ("Mehr Artikel von Hanne Birkmoor", ["Hanne Birkmoor"]),
    ("Maud Tressick, postmaster@news.example", ["Maud Tressick"]),
    ("name, mail@news.example", []),
    ("MAUD TRESSICK", ["Maud Tressick"]),
    ("記者林芷安／渚東報導", ["林芷安"]),
    ("林芷安记者", ["林芷安"]),
    ("한서율 기자", ["한서율"]),
    ("AFP", ["AFP"]),
    ("Harbour News Staff", []),
    ("Staff, news services", []),
    ("For the Harbour Post", []),
    ("Google+", []),
    ("wordpressadmin", []),
    ("Harbour Sons Ltd.", []),
    ("AWR Pier Sp. z o.o.", []),
    # An agency after a name without a comma
    ("Article by: HANNAH TRESSICK ASSOCIATED PRESS", ["Hannah Tressick"]),
    ("HANNAH TRESSICK AP Sports Writer", ["Hannah Tressick"]),
    ("Anna Ben Sid", ["Anna Ben Sid"]),
    ("The Harbour Team", []),
    ("m.tressick@news.example", []),
    ("Harbour House (www.news.example)", []),
    ("www.news.example,海港日报集团", []),
    ("Admin", []),
    ("The Author", []),
    ("Twitter Facebook", []),
    ("https://news.example/author/maud-tressick/", ["Maud Tressick"]),
    ("https://news.example/editors/maud-tressick", ["Maud Tressick"]),
]


@pytest.mark.parametrize(("raw", "wanted"), BYLINES)
def test_a_byline(raw, wanted):
    assert [author.name for author in read_authors([{"name": raw}])] == wanted


def test_a_surname_first():
    (found,) = read_authors([{"name": "Birkmoor, Hanne", "kind": "person"}])
    assert found.name == "Hanne Birkmoor"
    assert len(read_authors([{"name": "Birkmoor, dpa", "kind": "person"}])) == 2


# name, kind, namesake → stays
NAMESAKES = [
    ("Maud Tressick", "person", None, True),
    ("Maud Tressick", "", None, False),
    ("Maud Tressick", "", "pen name", True),
    ("tressick", "", "pen name", False),
    ("tressick", "person", None, False),
    ("tressick", "person", "pen name", True),
    ("Harbour News", "person", "pen name", False),
    ("Harbour News", "person", "any", True),
]


@pytest.mark.parametrize(
    "text", ["Edited by Maud Tressick", "编辑：Maud Tressick", "Maud Tressick"]
)
def test_a_text_about_an_editor(text):
    (found,) = read_authors([{"name": text, "kind": "editor"}])
    assert found.name == "Maud Tressick"


@pytest.mark.parametrize(("name", "kind", "namesake", "stays"), NAMESAKES)
def test_one_whom_the_site_is_called_after(name, kind, namesake, stays):
    site = ["maudtressick", "tressick", "harbournews"]
    found = read_authors([{"name": name, "kind": kind}], site=site, namesake=namesake)
    assert bool(found) is stays


# body → authors
PAGES = [
    ("<p>Posted by Maud @ 12:00 am</p>", ["Maud"]),
    ("<p>Text: Hanne Birkmoor</p>", ["Hanne Birkmoor"]),
    ("<p><b>Autor:</b> <i>Hanne Birkmoor</i></p>", ["Hanne Birkmoor"]),
    ("<p>Autoren Hanne Birkmoor und Jan Olfen</p>", ["Hanne Birkmoor", "Jan Olfen"]),
    ("<p>Blog Beitrag von Hanne Birkmoor</p>", ["Hanne Birkmoor"]),
    ("<p>Gespeichert von <span class=username>olfen</span> am 4. Mai</p>", ["olfen"]),
    ("<td><a href='user.php?lookuserid=12'>duri</a></td>", ["duri"]),
    ("<p>海港新桥昨日开通。（记者 林芷安）</p>", ["林芷安"]),
    ("<p>海港日报记者 林芷安 陈默</p>", ["林芷安", "陈默"]),
    ("<p>□ 本报记者 林芷安</p>", ["林芷安"]),
    ("<p>（林芷安）</p>", ["林芷安"]),
    ("<p>Written by</p><p>Orrin Tressick</p>", ["Orrin Tressick"]),
    ("<h4>Author</h4><p>Orrin Tressick</p>", ["Orrin Tressick"]),
    ("<h4>Author</h4><p>is not known.</p>", []),
    ("<p align=right><em>Hannah Tressick</em></p>", ["Hannah Tressick"]),
    ("<p style='text-align: right'>Harbour Views</p>", []),
    ("<p style='text-align:right;'><strong>Lê Thu Phương</strong></p>", ["Lê Thu Phương"]),
    ("<footer>© 2026 Hannah Tressick</footer>", ["Hannah Tressick"]),
    ("<footer>(c) Hannah Tressick • Impressum</footer>", ["Hannah Tressick"]),
    ("<footer>© 2026 Harbour Views. All rights reserved</footer>", []),
    ("<p>Author<!-- who --> <!-- x --></p><p>Orrin Tressick</p>", ["Orrin Tressick"]),
    ("<p><span>3 条评论</span>| 作者<span>林芷安</span></p>", ["林芷安"]),
    (f"<td>海港新桥<br><br>林芷安、上官默<br>{'新桥昨日开通。' * 80}</td>", ["林芷安", "上官默"]),
    (f"<td>海港新桥<br><br>新桥<br>{'新桥昨日开通。' * 80}</td>", []),
    ("<p>The bridge was built by hand and by night.</p>", []),
    ("<p>sold by weight</p>", []),
    ("<p>Words and pictures by Hanne Birkmoor</p>", ["Hanne Birkmoor"]),
    ("<p>Eine Kolumne von Hanne Birkmoor</p>", ["Hanne Birkmoor"]),
    ("<p>Photo by Hanne Birkmoor</p>", []),
    ("<p>Medically reviewed by Hanne Birkmoor</p>", []),
    ("<p>Powered by Harbour Engine</p>", []),
    ("<p>By Orvin Tressick, Contributing Writer, Pier Today</p>", ["Orvin Tressick"]),
    ("<p>By Orvin Tressick, in the Pier Today</p>", []),
    ("<p>Gestern geschrieben von den anderen</p>", []),
    ("<figure><figcaption>© 2026 Hannah Tressick</figcaption></figure>", []),
    ("<p>Text Me Harbour News</p>", []),
    ("<p>Author Archive</p>", []),
    ("<p>Authors: Orvin Tressick, Maud Olfen</p>", ["Orvin Tressick", "Maud Olfen"]),
    ("<h4>Autor(in)</h4><p>Orrin Tressick</p>", ["Orrin Tressick"]),
    ("<p>Hannah Birkmoor (hannah@news.example)</p>", ["Hannah Birkmoor"]),
    ("<p>Harbour Office (office@news.example)</p>", []),
    ("<div><p><b>By</b></p><p>Hanne Birkmoor</p></div>", ["Hanne Birkmoor"]),
    ("<a href='https://shop.example.com/?u=914'>Anna Linen</a>", []),
    ("<div>लेखक: राहुल शर्मा</div>", ["राहुल शर्मा"]),
    ("<p>بقلم محمد سالم</p>", ["محمد سالم"]),
    ("<p>홍길동 gildong@news.example</p>", ["홍길동"]),
    ("<p>홍길동 기자 gildong@news.example</p>", ["홍길동"]),
    ("<p>시장은 기자 회견에서 말했다.</p>", []),
    ("<p>Sort by: Size</p><p>Browse by Topic</p>", []),
    ("<a href='/members/allies/'>Allies</a>", []),
    ("<a href='/members/tressick/'>Maud Tressick</a>", ["Maud Tressick"]),
    ("<footer><p>Text: Hanne Birkmoor</p></footer>", []),
    ("<div class=comments><p>Posted by Maud</p></div>", []),
    ("<p>记者从海港市获悉，新桥已开通。</p>", []),
]


@pytest.mark.parametrize(("body", "wanted"), PAGES)
def test_a_page_that_marks_none(body, wanted):
    html = f"<html><body><h1>A bridge</h1>{'<p>Long enough. </p>' * 30}{body}</body></html>"
    article = read_page(Page(html, "https://news.example/a"))
    assert [author.name for author in article.authors or []] == wanted


# what stands behind the headline → authors
HEADS = [
    ("<p>Hannah Tressick | Senior Writer | July 2, 2026</p>", ["Hannah Tressick"]),
    ("<p><strong>Hannah Tressick and Peter Falke</strong></p>", ["Hannah Tressick", "Peter Falke"]),
    ("<p>Tamsel Tressick/Orrin Falke</p>", ["Tamsel Tressick", "Orrin Falke"]),
    ("<p>ORRIN TRESSICK</p>", ["Orrin Tressick"]),  # as the description begins
    ("<p>Tamsel Falke</p>", []),
    ("<p>Hannah Tressick</p><h2>Anna Olfen</h2>", ["Hannah Tressick"]),
    ("<h2>Mac Reparaturen</h2>", []),
    ("<div>Tamsel Falke<br><a>The Grey Pier</a><br>Thu, 14 May 2026</div>", []),
    ("<div>Hannah Falke<br><a>The Grey Pier</a><br>Thu, 14 May 2026</div>", ["Hannah Falke"]),
    (
        "<p class=author>By <a href=/author/h>Hannah Falke</a>. Reviewed by "
        "<a href=/author/o>Anna Olfen</a></p>",
        ["Hannah Falke"],
    ),
    ("<div class=leftmost><p class=author>Tamsel Falke</p></div>", ["Tamsel Falke"]),
    ("<p class=firma><em>Tamsel Falke</em> | Madrid</p>", ["Tamsel Falke"]),
    ("<div class=clipboard-copyline><a>Copier</a></div>", []),
    # A row of equal elements
    (
        "<div class=byline><b>Anna Giulia Olfen</b> <b>Tamsel Falke</b> <b>Jan Per Birk</b></div>",
        ["Anna Giulia Olfen", "Tamsel Falke", "Jan Per Birk"],
    ),
    ("<h6>Author(s)</h6><ul><li>Tamsel Falke</li></ul>", ["Tamsel Falke"]),
    ("<ul><li><b>Autorin/Autor</b> Tamsel Falke</li></ul>", ["Tamsel Falke"]),
    ("<p>林芷安/海港日报</p>", ["林芷安"]),
    ("<p>今日/海港日报</p>", []),
    ("<p>Hannah Tressick, Peter Falke, Anna Olfen</p>", []),
    ("<p>Real Estate</p>", []),
    ("<p>नीलम वर्मा</p>", ["नीलम वर्मा"]),
    ("<div><p>Hannah Tressick</p><p>Harbour master</p></div>", ["Hannah Tressick"]),
    ("<div>by <a>Hannah Tressick</a><h5>1h ago</h5><p>33 Shares</p></div>", ["Hannah Tressick"]),
    ("<p>Hannah Tressick in harbours</p>", []),
    ("<p>Hannah Tressick Senior Reporter Published: 2 July 2026</p>", ["Hannah Tressick"]),
    ("<p>Hannah Tressick/Staff Photographer</p>", []),
    (
        "<p><a rel=author href=/h>Hannah Falke</a> <a rel=author href=/p>Profile</a></p>",
        ["Hannah Falke"],
    ),
    # Links after a paragraph are to the authors of other articles.
    (
        "<p>By <a rel=author href=/h>Hannah Falke</a> and <a rel=author href=/a>Anna Olfen</a></p>"
        f"<p>{'It was long enough. ' * 20}</p><p><a rel=author href=/o>Orrin Birk</a></p>",
        ["Hannah Falke", "Anna Olfen"],
    ),
    ("<div class=posted-by>Tamsel Falke</div>", ["Tamsel Falke"]),
    ("<aside class=post-author>Maud Tressick</aside>", ["Maud Tressick"]),
    ("<div class=sidebar><p class=author>By Maud Tressick</p></div>", ["Maud Tressick"]),
    ("<article class=with-sidebar><p class=author>Maud Tressick</p></article>", ["Maud Tressick"]),
    ("<div class=latest><p>Hannah Olfen</p></div>", []),
    ("<div class=related><p class=author>Maud Tressick</p></div>", []),
    ("<a href='https://other.example.org/authors/x/'>Tamsel Falke</a>", []),
    ("<a rel=author href='https://other.example.org/x'>Orrin Tressick</a>", ["Orrin Tressick"]),
]


@pytest.mark.parametrize(("head", "wanted"), HEADS)
def test_a_name_near_the_headline(head, wanted):
    html = (
        "<html><head><title>A bridge by the harbour</title>"
        "<meta name=description content='ORRIN TRESSICK A bridge was built.'></head>"
        f"<body><h1>Harbour</h1><h2>A bridge by the harbour</h2>{head}"
        f"{'<p>Long enough. </p>' * 30}</body></html>"
    )
    article = read_page(Page(html, "https://news.example/a"))
    assert [author.name for author in article.authors or []] == wanted


# the site's name, its address → author
OWNERS = [
    ("Hannah Tressick", "https://hannahtressick.example/a", ["Hannah Tressick"]),
    ("Hannah Tressick's blog", "https://files.example/~htressick/a", ["Hannah Tressick"]),
    ("Hannah Tressick", "https://news.example/a", []),
    ("Harbour Views", "https://harbourviews.example/a", []),
]


@pytest.mark.parametrize(("name", "url", "wanted"), OWNERS)
def test_a_person_whom_the_site_is_called_after(name, url, wanted):
    html = f"<head><title>A bridge | {name}</title></head><body><p>It is long.</p></body>"
    article = read_page(Page(html, url))
    assert [author.name for author in article.authors or []] == wanted


def test_what_the_headline_stands_in_is_the_article():
    html = (
        "<body><div class=latest-news><h1>A bridge</h1><p class=author>Maud Tressick</p></div>"
        "<div class=latest-news><p class=author>Orrin Falke</p></div></body>"
    )
    article = read_page(Page(html, "https://news.example/a"))
    assert [author.name for author in article.authors] == ["Maud Tressick"]


def test_authors_of_a_list_of_articles_are_not_this_ones():
    cards = "".join(f"<b itemprop=author>Writer {letter}x</b>" for letter in "ABCDE")
    html = f"<head><meta name=author content='Maud Tressick'></head><body>{cards}</body>"
    article = read_page(Page(html, "https://news.example/a"))
    assert [author.name for author in article.authors] == ["Maud Tressick"]


@pytest.mark.parametrize(
    "part",
    [
        "<p>by A b c</p>",
        "Posted ",
        "（记者 ",
        "<a href='/user/x'>",
        "<div>Author",
        "<b>作者</b>",
        "© 2026 Hannah ",
        "<br>林芷安",
    ],
)
def test_hostile_pages_are_read_in_linear_time(part):
    def hostile(size):
        return f"<html><body><h1>Pier</h1>{part * size}</body></html>"

    work = lambda html: read_page(Page(html, "https://news.example/"))  # noqa: E731
    assert_linear(work, hostile, 4_000, 0.5)


@pytest.mark.parametrize(
    ("link", "wanted"),
    [
        ("https://www.other.co.uk/author/una-marsh", []),
        ("https://m.paper.co.uk/author/una-marsh", ["Una Marsh"]),
    ],
)
def test_an_author_of_another_paper_under_the_same_suffix_is_none_of_this_one(link, wanted):
    html = f"<h1>The pier reopens</h1><p>Read also: <a href={link}>Una Marsh</a></p>"
    article = read_page(Page(html, "https://www.paper.co.uk/pier"))
    assert [author.name for author in article.authors or []] == wanted


def test_the_person_in_the_headline_is_not_its_author():
    html = (
        "<html><body><h1>Hannah Tressick opens the bridge</h1>"
        f"<p>Hannah Tressick</p>{'<p>Long enough. </p>' * 30}</body></html>"
    )
    assert read_page(Page(html, "https://news.example/a")).authors is None


@pytest.mark.parametrize(
    ("creator", "wanted"), [("Tamsel Falke", ["Tamsel Falke"]), ("@tamsel", []), ("@a b", [])]
)
def test_a_name_instead_of_an_account(creator, wanted):
    html = (
        f"<html><head><meta name='twitter:creator' content='{creator}'></head>"
        f"<body><h1>A bridge</h1>{'<p>Long enough. </p>' * 30}</body></html>"
    )
    article = read_page(Page(html, "https://news.example/a"))
    assert [author.name for author in article.authors or []] == wanted


def test_a_name_above_the_headline():
    html = (
        "<html><body><div><small>04.02.2026 | 13:10 Uhr | Hanne Birkmoor</small><h1>Die Brücke</h1>"
        f"</div><p>{'Long enough. ' * 30}</p></body></html>"
    )
    article = read_page(Page(html, "https://news.example/a"))
    assert [author.name for author in article.authors or []] == ["Hanne Birkmoor"]
