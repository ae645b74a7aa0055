"""Broken and unusual HTML gives the article that a browser shows."""

import pytest

from newsclean import read_article
from tests.extraction.body.test_body import FIVE, FOUR, LINKS, ONE, SIX, THREE, TWO

STORY = [ONE, TWO, THREE, FOUR, FIVE, SIX]
P = "".join(f"<p>{text}</p>" for text in STORY)
TEXT = "\n\n".join(STORY)
HEAD = "<title>The flood</title>"
MENU = f"<ul>{LINKS}</ul>"
H1 = "<h1>The flood</h1>"
ROW = "<tr><td>{}</td></tr>"

PAGES = {
    # tags that are not closed, or not opened
    "paragraphs": f"<div>{'<p>'.join(['', *STORY])}",
    "menu": f"<div class='menu'>{MENU}<main>{H1}{P}</main>",
    "nav": f"<nav>{MENU}<main>{H1}{P}</main>",
    "button": f"<main>{H1}<button>{P}</main>",
    "bold": f"<main>{H1}<p><b>{ONE}</p>{P.removeprefix(f'<p>{ONE}</p>')}</main>",
    "link": f"<main>{H1}<p><a href='/x'>{ONE}</p>{P.removeprefix(f'<p>{ONE}</p>')}</main>",
    "list items": f"<main>{H1}<ul><li>{MENU}</ul><div>{P}</div></main>",
    "table": f"<table><tr><td>{MENU}<td>{H1}{P}",
    "closers of nothing": f"</div></p><main>{H1}</span>{P}</td></main></div>",
    "crossed": f"<main><b><div>{H1}</b>{P}</main></div>",
    "two bodies": f"<body>{MENU}</body><body><main>{H1}{P}</main></body>",
    "end of the page in its middle": f"<body>{H1}</body></html>{P}",
    # no frame of a page, or another one
    "no body": f"{H1}{P}",
    "article in the head": f"<head><div>{H1}{P}</div></head>",
    "frames": f"<frameset><frame src='m.html'><noframes>{P}</noframes></frameset>",
    # forms and tables in each other
    "forms": f"<form>{MENU}<div>{H1}<form><input></form>{P}</div></form>",
    "tables": f"<table>{ROW.format(f'<table>{ROW.format(MENU)}{ROW.format(H1 + P)}</table>')}",
    "a row for each paragraph": f"<table>{''.join(map(ROW.format, STORY))}</table>",
    # elements of components, and their declared shadow trees
    "custom elements": f"<a-app>{MENU}<a-body>{H1}{P}</a-body></a-app>",
    "custom paragraphs": f"<a-body>{P.replace('p>', 'a-p>')}</a-body>",
    "shadow tree": f"<a-view><template shadowrootmode='open'>{P}</template></a-view>",
    "slot": f"<a-view><template shadowrootmode='open'>Menu<slot></slot></template>{P}</a-view>",
    "template that is not shown": f"<main>{P}</main><template><p>{ONE[::-1]}</p></template>",
    # content for browsers without scripts, or that scripts insert
    "noscript": f"<div id='root'></div><noscript><article>{P}</article></noscript>",
    "picture in noscript": f"<main>{P}<noscript><img src='/a.jpg'></noscript></main>",
    "script": f"<main><div id='a'></div><script type='text/html'>{P}</script></main>",
    "textarea": f"<main><textarea hidden>{P.replace('<', '&lt;')}</textarea></main>",
    # what is there twice
    "hidden copy": f"<main><div hidden>{P}</div><div>{P}</div></main>",
    "hidden rest": f"<main><p>{ONE}</p><div style='display:none'>{P[len(ONE) + 7 :]}</div></main>",
}


@pytest.mark.parametrize("name", PAGES)
def test_the_article_is_read(name):
    article = read_article(HEAD + PAGES[name], "https://bay.example/flood")
    assert article is not None
    assert article.articleBody == TEXT
