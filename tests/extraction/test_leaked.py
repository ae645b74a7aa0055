"""A page that is for the most part one escaped body is known by a look at its source."""

import pytest

from newsclean.extraction.leaked import leaked_body
from newsclean.extraction.page import Page

LEAK = "".join(
    rf"\u003cp\u003eLine {n} of the harbour's report, as dull as ever.\u003c/p\u003e"
    for n in range(12)
)
PROSE = "<p>It rained on the harbour all day, and nobody minded.</p>" * 20


@pytest.mark.parametrize(
    "html",
    [
        f"<html><body><div>{LEAK}</div></body></html>",
        LEAK,  # no tag before it
        f"<div><!-- a note -->\n<p>{LEAK}</p></div><script>a='<b>'</script>",
        "<div>" + LEAK.replace(r"\u003c", "&lt;").replace(r"\u003e", "&gt;") + "</div>",
        "<div>" + LEAK.replace(r"\u003c", "%3C").replace(r"\u003e", "%3E").replace(" ", "%20"),
    ],
    ids=["json", "bare", "script", "entity", "percent"],
)
def test_an_escaped_body_is_found(html):
    assert leaked_body(Page(html, "http://bay.example/1")) is not None


@pytest.mark.parametrize(
    "html",
    [
        f"{PROSE}<script>{LEAK}</script>",
        f"{PROSE}<SCRIPT>{LEAK}</SCRIPT>",
        f"<style>a{{background:url('{'%3Csvg%3E' * 60}')}}</style>{PROSE}",
        f"{PROSE * 4}<p>{LEAK}</p>",  # less than half of the page
        f"<pre>{LEAK}</pre>",
        "",
    ],
    ids=["script", "upper", "style", "small", "code", "empty"],
)
def test_what_is_not_shown_or_not_the_page_is_none(html):
    assert leaked_body(Page(html, "http://bay.example/1")) is None
