import pytest

from newsclean.archives.html import find_url, is_page_url, looks_like_html
from tests.linear import assert_linear

ADDRESS = "https://paper.example/2026/04/18/harbour.html"


@pytest.mark.parametrize(
    "page",
    [
        f"<!-- saved from url=(0045){ADDRESS} -->\n<html><p>x",
        f"<!DOCTYPE html>\n<!-- saved from url=(0045){ADDRESS} --><html><head>",
        f"<html><!--\n Page saved with SingleFile \n url: {ADDRESS} \n saved date: Sat -->",
        "<html><!-- Mirrored from paper.example/a by HTTrack Website Copier/3.x -->",
        f"<html><head><link rel='canonical' href='{ADDRESS}'>",
        f"<html><head><base href='https://paper.example/'><link href={ADDRESS} rel=canonical>",
        f"<html><head><base href='{ADDRESS}'>",
        f"<p>a page without a head<link rel=canonical href={ADDRESS}>",
    ],
)
def test_a_page_tells_its_address(page):
    assert find_url(page.encode()) in {ADDRESS, "http://paper.example/a"}


@pytest.mark.parametrize(
    "page",
    [
        "",
        "<!-- nothing else -->",
        "<html><p>no address",
        "<html><base href='https://paper.example/'>",
        "<html><base href='https://paper.example'>",
        "<html><base href='https://[bad/x'>",
        "<html><link rel=canonical href='/relative'>",
        "<html><link rel=canonical href='javascript:alert(1)'>",
        "<html><link rel=canonical href='file:///etc/passwd'>",
        f"<html><link rel=stylesheet href='{ADDRESS}'>",
        f"<html><link rel=canonical href='{ADDRESS}{'x' * 9000}'>",
    ],
)
def test_without_one_nothing_is_guessed(page):
    assert find_url(page.encode()) is None


def test_the_note_of_the_program_that_saved_it_comes_first():
    page = (
        f"<!-- saved from url=(0045){ADDRESS} --><link rel=canonical href='https://other.example/'>"
    )
    assert find_url(page.encode()) == ADDRESS


@pytest.mark.parametrize(
    "body",
    [
        b"<!DOCTYPE html><p>x",
        b"\xef\xbb\xbf \n<HTML>",
        b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'>",
        "\ufeff<html>".encode("utf-16-le"),
        b"<!-- saved --><body>",
    ],
)
def test_html_is_known_by_its_start(body):
    assert looks_like_html(body)


@pytest.mark.parametrize(
    "body",
    [b"", b'{"html": "<html>"}', b"<rss><channel>", b"<svg>", b"%PDF <html>", b"A <html>"],
)
def test_other_things_are_not_html(body):
    assert not looks_like_html(body)


@pytest.mark.parametrize("url", ["http://", "https://[x", "ftp://a.example/", "dns:a.example", ""])
def test_what_is_no_address(url):
    assert not is_page_url(url)


@pytest.mark.parametrize("unit", [b"<!--", b"<link ", b"<base href=", b"saved from url=(", b"<p>"])
def test_hostile_heads_are_read_in_linear_time(unit):
    assert_linear(find_url, lambda size: b"<html>" + unit * size, 250_000, 0.2)
