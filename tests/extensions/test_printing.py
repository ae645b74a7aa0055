"""Articles on standard output: articles and rejections in, text out."""

import json
from types import SimpleNamespace

import pytest
from scrapy import Request
from scrapy.exceptions import NotConfigured

from newsclean.extensions.printing import Printing
from newsclean.items import Article
from newsclean.rejections import Rejection
from tests.units import make

URLS = [f"https://bay.example/{number}" for number in range(3)]


def printed(form, items, capsysbinary, **settings):
    printing, _ = make(Printing, NEWSCLEAN_PRINT=form, **settings)
    arguments = SimpleNamespace(all_urls=lambda: URLS)
    printing.spider_opened(SimpleNamespace(arguments=arguments))
    for item in items:
        printing.line_written(item, None, Request(item.url))
    printing.spider_closed()
    return capsysbinary.readouterr()


def article(number):
    return Article(url=URLS[number], headline=f"Report {number}", articleBody="Calm.\x1b[2J\n")


def test_without_its_setting_there_is_no_extension():
    with pytest.raises(NotConfigured):
        make(Printing)


def test_articles_come_in_the_order_of_their_urls(capsysbinary):
    items = [article(2), Rejection(URLS[0], "no-body", "a\x1bb"), article(1)]
    out, err = printed("jsonl", items, capsysbinary, NEWSCLEAN_SUMMARY=False)
    assert [json.loads(line)["url"] for line in out.splitlines()] == URLS[1:]
    assert err.startswith(f"{URLS[0]}: no article: no-body (a".encode())
    assert b"\x1b" not in err


def test_what_waits_for_a_page_without_an_outcome_is_printed_in_the_end(capsysbinary):
    out, err = printed("jsonl", [article(2), article(1)], capsysbinary, NEWSCLEAN_SUMMARY=True)
    assert [json.loads(line)["url"] for line in out.splitlines()] == URLS[1:]
    assert err == b""


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_a_form_for_people_holds_no_controls(form, capsysbinary):
    out, _ = printed(form, [article(0), article(1)], capsysbinary)
    assert out.index(b"Report 0") < out.index(b"\n---\n") < out.rindex(b"Report 1")
    assert b"\x1b" not in out
