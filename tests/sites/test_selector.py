"""Selectors match like CSS and XPath in linear time; unsupported ones are refused."""

import pytest
from lxml import etree
from parsel import Selector as Parsel

from newsclean.cleaning.tree import parse_html
from newsclean.sites.selector import read_selector
from tests.discovery.test_discovery_linear import assert_linear

PAGE = """
<html lang=en><body class="page news"><div id=top class=box><h1>One <b>bold</b> title</h1>
<!-- x --><p class="lead first">Lead</p><p>Two</p><p data-id=7 class=lead>Three</p></div>
<div class="box wide"><div class=box><p>Four</p><a href="/a/1">A</a><a href="/b/2">B</a></div>
<ul><li>1<li>2<li>3</ul><p>Five</p></div></body></html>
"""
CSS = """
p | * | .box | #top | p.lead | .box p | .box > p | .box .box p | h1 + p | h1 ~ p | p ~ p | p + p ~ p
| .lead:not(.first) | p:not(:first-child) | li:first-child | li:last-child | li:nth-child(2)
| p:nth-child(3) | [data-id] | [data-id='7'] | a[href^='/a'] | a[href*='2'] | a[href$='1']
| h1, a | a, h1 | a::attr(href) | h1::text | .box .box a::attr(href) | html | html > body
| :nth-child(2n+1) | p:nth-child(odd) | p:nth-child(even) | li:nth-child(-n+2) | li:nth-child(n+2)
| p:first-of-type | p:last-of-type | div:has(b) | div:has(> h1) | div:has(.lead) p | :is(h1, a)
| p:is(.lead, .first) | :where(h1, ul) | div:not(:has(b)) | b:only-child | p:not(:is(.lead))
| html::attr(lang) | body[class~=news] | P | .box div > *:nth-child(2)
""".replace("\n", " ")
XPATH = """
//p | //div//p | //div//div//p | //div/p | //div[@id='top']/p | //a/@href | //h1//text() | (//p)[1]
| (//p)[last()] | (//div//p)[3] | //li[2] | //div//li[2] | //p[contains(@class, 'lead')]
| //p[not(@class)] | /html/body/div | //div[p]//a | //div[p and h1] | //*[@data-id=7] | /html/@lang
| //div[count(p) > 2] | //body//div[p]//p[1] | //a[starts-with(@href, "/a/")] | //p[.="Four"]
| //li/.. | //li/parent::ul | //b/ancestor::div | //b/ancestor::*[1] | //p/../a | //p/..//b
| //b/ancestor-or-self::h1 | //div/descendant::p | //div[descendant::b] | //div[.//b]/p | //p[../a]
| //p[parent::div] | //p[ancestor::div[@id='top']] | //a[../p]/@href | //li/../../p | //b/../text()
| //body/div/p | //div/p/.. | //p/ancestor::div[@id]/p[2] | (//b/..)[1]
| //div[@class='box']//p//text() | (//div)[1]/p | (//div)[2]//p/text() | (//li)[last()]/text()
""".replace("\n", " ")


def named(found):
    return [one if isinstance(one, str) else etree.tostring(one) for one in found]


@pytest.mark.parametrize("text", [part.strip() for part in CSS.split("|")])
def test_css_finds_what_libxml2_finds(text):
    root = parse_html(PAGE)
    expected = [one.root for one in Parsel(root=root).css(text)]
    if text == "h1::text":
        expected = ["".join(expected)]
    assert named(read_selector(text).find(root)) == named(expected) != []


@pytest.mark.parametrize("text", [part.strip() for part in XPATH.split(" |")])
def test_xpath_finds_what_libxml2_finds(text):
    root = parse_html(PAGE)
    expected = [one.root for one in Parsel(root=root).xpath(text.removeprefix("| "))]
    assert named(read_selector(text.removeprefix("| ")).find(root)) == named(expected) != []


@pytest.mark.parametrize(
    "text",
    ["//p | //a", "//a|//p|//a", "(//li | //h1)[1]", "//a[.='|'] | //b", "(//p | //a)[last()]"],
)
def test_a_union_finds_what_libxml2_finds(text):
    root = parse_html(PAGE)
    expected = [one.root for one in Parsel(root=root).xpath(text)]
    assert named(read_selector(text).find(root)) == named(expected) != []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "expected a CSS selector or an XPath"),
        ("a" * 501, "expected a CSS selector or an XPath"),
        ("a[", "not a CSS selector"),
        ("a::first-line", "unknown ::first-line"),
        ("a::attr(1 2)", "expected ::attr(name)"),
        ("a::text, b", "in each selector"),
        ("p:hover", "'hover' is not supported"),
        ("p:nth-child(x)", "expected a number, odd, even or an+b"),
        (".a:first-of-type", "expected a tag"),
        ("p:has(+ a)", "not supported in :has"),
        ("p:has(a b)", "in :has"),
        ("p:nth-last-child(2)", "'nth-last-child' is not supported"),
        ("p:not(:nth-child(2))", "'nth-child' is not supported"),
        ("p:nth-child(2):nth-child(3)", "'nth-child' is not supported"),
        ("svg|a", "namespaces"),
        (r"a\:b", "not a CSS selector"),
        ("//a[", "not an XPath"),
        ("(//a", "begins with /"),
        ("(//a)[0]", "counted from 1"),
        ("(a)[1]", "begins with /"),
        ("//a = 3", "expected a path"),
        ("//p/following-sibling::p", "following-sibling::"),
        ("//p/preceding::div", "preceding::"),
        ("//p//..", "expected one / before .."),
        ("//div/descendant::p[1]", "a position after descendant::"),
        ("//p[//a]", "cannot begin at the page's root"),
        ("//p[/html/a]", "cannot begin at the page's root"),
        ("//p[a and /html/a]", "cannot begin at the page's root"),
        ("//p[count(/html/a) > 1]", "cannot begin at the page's root"),
        ("//p[a | b]", "between complete paths"),
        ("//p | a", "begins with /"),
        ("//p[last()]", "last() is not supported"),
        ("//p[id('x')]", "id() is not supported"),
        ("//p[re:test(., 'x')]", "re:test() is not supported"),
        ("//p[$x]", "$variables"),
        ("//x:p", "not an XPath"),
    ],
)
def test_what_is_refused(text, told):
    with pytest.raises(ValueError) as error:
        read_selector(text)
    assert told in str(error.value)
    assert "\n" not in str(error.value)


def test_a_quoted_slash_or_axis_is_text():
    root = parse_html(PAGE)
    (found,) = read_selector("//a[contains(@href, '/a//')  or @href='/a/1']").find(root)
    assert found.text == "A"
    assert read_selector("//a[@href='following::x']").find(root) == []


HOSTILE = {
    "flat": lambda n: "<div class=a><div class=a>" + "<p class=a>x</p>" * (n // 16),
    "each": lambda n: "<div class=a><p class=a>x</p></div>" * (n // 35),
    "nest": lambda n: ("<div class=a>" * 300 + "<p>" + "</div>" * 300) * (n // 5700),
    "deep": lambda n: "<div class=a>" * (n // 13),
    "comments": lambda n: "<p>" + "<!--x-->" * (n // 10) + "<p>",
    "attributes": lambda n: "<p" + " class=a" * (n // 8) + ">",
    "classes": lambda n: "<p class='" + "b " * (n // 2) + "'>",
}


@pytest.mark.parametrize("page", HOSTILE)
@pytest.mark.parametrize(
    "text",
    [
        *(
            "p:first-of-type",
            "div:has(p)",
            "p:nth-child(2n+1)",
            "p ~ p",
            ".a .a p",
            "div > p + p",
            "p:nth-child(3), p:last-child",
            "* *",
        ),
        *("//div//div//p", "//*[contains(., 'y')]", "//p[2]", "(//div//p//text())[last()]"),
        "//div[p][2]//@class",
        *(
            "//p/..",
            "//p/ancestor::div",
            "//div[.//p]/p",
            "//p[ancestor::div]/..//p",
            "//p | //div",
        ),
    ],
)
def test_linear_in_the_page(page, text):
    selector = read_selector(text)
    assert_linear(selector.find, lambda n: parse_html(HOSTILE[page](n)))
