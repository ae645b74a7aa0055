"""The bundled samples are correct, checked without the reader of newsclean.

Each body is unpacked here with the simplest means for that page, so that the expected text does not
come from the reader.
"""

import html
import json
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from lxml.html import HtmlElement, document_fromstring
from w3lib.encoding import html_to_unicode

from newsclean.items import Article

SAMPLES = Path(__file__).parents[2] / "samples"
NAMES = sorted(folder.name for folder in SAMPLES.iterdir() if folder.is_dir())

# What a sample's bytes are in, where that is not UTF-8, and the codec that a careless reader of the
# name that the page gives them takes: with it, some characters come out wrong.
CODECS = {
    "plain-de": ("cp1252", "iso8859-1"),
    "plain-ru": ("cp1251", "iso8859-5"),
    "plain-ja": ("cp932", "shift_jis"),
    "plain-ko": ("cp949", "euc_kr"),
    "plain-tw": ("cp950", "big5"),
    "plain-cn-gb": ("gb18030", "gbk"),
}
# Samples whose header or <meta> says something else than their bytes.
MISLABELLED = {"mislabelled"}
# Elements that a sample's style sheet makes invisible.
WATERMARKS = {"mirror-json": "copy-note"}
# Articles whose text is about markup and shows it.
ABOUT_MARKUP = {"about-html"}

NOT_TEXT = re.compile(
    r"<!--|-->|</?(?:p|div|span|br|style|img|section)\b|SECURE_LINK|NO_AD|EOP_\d|PARAGRAPH_\d|IMG[_#]\d"
    r"|\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}|\\[/\"]|&#?\w+;|%3[CcEe]|%20|\{loop|\{\$|【大中小】|\ufffd"
)
DATE = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)?)?")


def load(name, file):
    return json.loads((SAMPLES / name / f"{file}.json").read_text("utf8"))


def page_bytes(name):
    suffix = {"html": "html", "text": "txt"}[load(name, "meta")["kind"]]
    return (SAMPLES / name / f"page.{suffix}").read_bytes()


def page_text(name):
    return page_bytes(name).decode(CODECS.get(name, ("utf-8", ""))[0])


# --- the body of each page, unpacked ------------------------------------------------------


def json_string(text):
    return json.loads(f'"{text}"')


def js_string(text):
    return re.sub(r"\\x([0-9a-f]{2})", lambda match: chr(int(match[1], 16)), text)


def json_after(start, page):
    """The JSON value behind *start*, wherever it ends."""
    return json.JSONDecoder().raw_decode(page, page.index(start) + len(start))[0]


def quoted_after(start, page):
    """The text between the single quotes behind *start*."""
    return page.split(start + "'", 1)[1].split("'", 1)[0]


def longest_text(page):
    """The one long text node of a republisher's page."""
    return max(document_fromstring(page).body.itertext(), key=len)


UNPACK = {
    "mirror-json": lambda page: json_string(longest_text(page)),
    "mirror-dump": lambda page: json_string(page.split("\n")[2]),
    "mirror-entity": longest_text,
    "mirror-double": lambda page: json.loads(html.unescape(longest_text(page))),
    "mirror-js": lambda page: js_string(longest_text(page)),
    "mirror-percent": lambda page: unquote(longest_text(page), errors="strict"),
    "mirror-upper": lambda page: json_string(longest_text(page)),
    "tencent": lambda page: json_after("window.DATA = ", page)["originContent"]["text"],
    "netease": lambda page: next(iter(json_after("artiContent(", page).values()))["body"],
    "toutiao": lambda page: json.loads(html.unescape(quoted_after("content: ", page))),
    "nuxt2": lambda page: json_string(
        max(re.findall(r'"((?:[^"\\]|\\.)*+)"', page.split("<script>", 1)[1]), key=len)
    ),
    "nuxt3": lambda page: max(
        filter(lambda one: isinstance(one, str), json_after('id="__NUXT_DATA__">', page)), key=len
    ),
    "wechat": lambda page: js_string(quoted_after("content_noencode: JsDecode(", page)),
}


def unpacked(name):
    page = page_text(name)
    return UNPACK[name](page) if name in UNPACK else page


def visible_text(markup, watermark=None):
    """The text of *markup* without any white space; comments, styles and scripts left out."""
    root = document_fromstring(markup)
    for node in list(root.iter()):
        if not isinstance(node, HtmlElement):
            node.drop_tag()
        elif node.tag in {"style", "script"} or (watermark and node.get("class") == watermark):
            node.drop_tree()
    return squeeze(root.text_content())


def squeeze(text):
    return "".join(text.split())


# --- tests --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_folder_is_complete(name):
    meta = load(name, "meta")
    page = {"html": "page.html", "text": "page.txt"}[meta["kind"]]
    files = {path.name for path in (SAMPLES / name).iterdir()}
    assert files == {page, "meta.json", "article.json"}
    assert list(meta) == ["url", "content_type", "comment", "kind"]
    assert urlsplit(meta["url"]).scheme in {"http", "https"}
    assert (urlsplit(meta["url"]).hostname or "").endswith(".example")
    assert meta["comment"].endswith(".")


@pytest.mark.parametrize("name", NAMES)
def test_article_has_the_keys_of_the_record(name):
    article = load(name, "article")
    if article is None:
        return
    assert article["url"] == load(name, "meta")["url"]
    assert {"headline", "articleBody"} <= article.keys()
    known = [*Article.__dataclass_fields__, "missingImages"]
    assert [key for key in known if key in article] == list(article)
    assert all(value not in (None, "", [], {}, 0) for value in article.values())
    for key in ("datePublished", "dateModified"):
        assert DATE.fullmatch(article.get(key, "2026-01-01"))
    for image in article.get("images", []):
        assert (urlsplit(image["url"]).hostname or "").endswith(".example")


@pytest.mark.parametrize("name", NAMES)
def test_body_is_clean_text(name):
    article = load(name, "article")
    if article is None:
        return
    paragraphs = article["articleBody"].split("\n\n")
    assert len(paragraphs) >= 5
    assert all(paragraph and paragraph == paragraph.strip() for paragraph in paragraphs)
    if name not in ABOUT_MARKUP:
        assert not NOT_TEXT.search(article["articleBody"])


@pytest.mark.parametrize("name", NAMES)
def test_page_says_what_the_article_says(name):
    article = load(name, "article")
    if article is None:
        return
    text = visible_text(unpacked(name), WATERMARKS.get(name))
    position = 0
    for paragraph in article["articleBody"].split("\n\n"):
        found = text.find(squeeze(paragraph), position)
        assert found >= 0, paragraph
        position = found + len(squeeze(paragraph))


@pytest.mark.parametrize("name", NAMES)
def test_page_holds_the_other_fields(name):
    article = load(name, "article") or {}
    page = html.unescape(page_text(name))
    fields = [article.get("headline", ""), article.get("source", "")]
    fields += [author["name"] for author in article.get("authors", [])]
    fields += [editor["name"] for editor in article.get("editors", [])]
    fields += [article.get("publisher", {}).get("name", ""), article.get("articleSection", "")]
    fields += article.get("keywords", [])
    for image in article.get("images", []):
        fields += [urlsplit(image["url"]).path.rsplit("/", 1)[1], image.get("caption", "")]
        fields.append(image.get("creditText", ""))
    assert [field for field in fields if field not in page] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_slot_is_accounted_for(name):
    article = load(name, "article") or {}
    slots = len(re.findall(r"<!--IMG[_#]\d+-->", unpacked(name)))
    if slots:
        assert slots == len(article.get("images", [])) + article.get("missingImages", 0)
    else:
        assert "missingImages" not in article


@pytest.mark.parametrize("name", NAMES)
def test_charset_is_the_one_that_the_page_names(name):
    body, codec = page_bytes(name), CODECS.get(name, ("utf-8", ""))[0]
    _, text = html_to_unicode(load(name, "meta")["content_type"], body)
    assert (text == body.decode(codec)) is (name not in MISLABELLED)


@pytest.mark.parametrize("name", CODECS)
def test_legacy_page_needs_its_charset(name):
    body, (right, careless) = page_bytes(name), CODECS[name]
    with pytest.raises(UnicodeDecodeError):
        body.decode("utf-8")
    assert body.decode(careless, errors="replace") != body.decode(right)


@pytest.mark.parametrize("name", WATERMARKS)
def test_watermark_is_in_the_page_only(name):
    span = document_fromstring(unpacked(name)).find_class(WATERMARKS[name])[0]
    assert span.text
    assert span.text not in load(name, "article")["articleBody"]


@pytest.mark.parametrize("name", NAMES)
def test_readme_lists_the_sample(name):
    assert f"| [{name}]({name}) |" in (SAMPLES / "README.md").read_text("utf8")


def test_no_two_samples_are_alike():
    bodies = [load(name, "article")["articleBody"] for name in NAMES if load(name, "article")]
    assert len(set(bodies)) == len(bodies)
    urls = [load(name, "meta")["url"] for name in NAMES]
    assert len(set(urls)) == len(urls)
