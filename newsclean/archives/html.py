"""Detect HTML files, and find the URL of a saved page."""

import re
from collections.abc import Iterator

from lxml import etree

from newsclean.urls import MAX_URL, is_front_page, is_web_url

# Bytes in which the URL is searched. Browsers, wget and archivers write it at the top, but a head
# with inline styles can be long. Parsing more of a large page a second time would cost too much.
_HEAD = 1 << 18
_SNIFF = 1 << 12  # bytes that show whether a file is HTML; characters of a comment
_PAGE_MARKS = (b"<!doctype html", b"<html", b"<head", b"<body", b"<article", b"<title")
_SURROGATE = re.compile("[\ud800-\udfff]")
# What browsers ("saved from url=(0031)https://…"), SingleFile ("url: https://…") and
# HTTrack ("Mirrored from host/path by HTTrack") write into the pages they save.
_SAVED_FROM = re.compile(
    r"""
    saved\ from\ url=\(\d{1,6}\)(?P<browser>\S+)                 # the length, then the URL
  | saved\ with\ SingleFile\s+url:\s(?P<singlefile>\S+)
  | Mirrored\ from\ (?P<httrack>\S+)\ by\ HTTrack                # without a scheme
    """,
    re.VERBOSE,
)


def looks_like_html(body: bytes) -> bool:
    """Return True if *body* begins like an HTML page. The name of its file does not matter."""
    start = body[:_SNIFF].removeprefix(b"\xef\xbb\xbf")
    if start[:2] in (b"\xff\xfe", b"\xfe\xff"):  # UTF-16 with its mark
        start = start[2:].replace(b"\0", b"")
    start = start.lstrip().lower()
    return start.startswith(b"<") and any(mark in start for mark in _PAGE_MARKS)


def is_page_url(url: str) -> bool:
    """Return True if *url* can be the URL of a page on the web. A lone surrogate, as JSON may have
    one, cannot be stored."""
    return len(url) <= MAX_URL and is_web_url(url) and not _SURROGATE.search(url)


def find_url(body: bytes) -> str | None:
    """Return the URL that a saved page gives for itself, None if it gives none.

    The first of these that is a web URL: the comment of the program that saved the page, the
    canonical link, ``<base>``. A ``<base>`` counts only if it names a page and not a folder: many
    sites have ``<base href="/">`` on every page.
    """
    return next((url for url in _candidates(body[:_HEAD]) if is_page_url(url)), None)


def _candidates(head: bytes) -> Iterator[str]:
    try:
        root = etree.fromstring(head, etree.HTMLParser())
    except etree.LxmlError:
        return
    if root is None:  # nothing but comments
        return
    comments = [*root.itersiblings(etree.Comment, preceding=True), *root.iter(etree.Comment)]
    for comment in comments:
        if found := _SAVED_FROM.search((comment.text or "")[:_SNIFF]):
            url = found[found.lastgroup or 0]
            yield url if found.lastgroup != "httrack" else f"http://{url}"
    for link in root.iter("link"):
        if "canonical" in link.get("rel", "").lower().split():
            yield link.get("href", "").strip()
    for base in root.iter("base"):
        url = base.get("href", "").strip()
        if is_page_url(url) and not is_front_page(url) and not url.endswith("/"):
            yield url
