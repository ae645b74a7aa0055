"""Texts about markup, code, templates and markers do not change."""

from newsclean import read_article
from newsclean.cleaning import clean_body
from tests.mangled.lessons import LESSONS, PAGES

MAX_CHANGED = 0  # pages


def tidy(text):
    lines = (" ".join(line.split()) for line in (text or "").splitlines())
    return [line for line in lines if line]


def changed(text_of):
    return [page.name for page in PAGES if tidy(text_of(page)) != page.lines]


def test_clean_body_leaves_them_alone():
    found = changed(lambda page: clean_body(page.body).text)
    assert len(found) <= MAX_CHANGED, found


def test_read_article_leaves_them_alone():
    found = changed(lambda page: read_article(page.html, "https://blog.example/1").articleBody)
    assert len(found) <= MAX_CHANGED, found


def test_there_are_enough_of_them():
    assert len(PAGES) >= 200
    assert len(LESSONS) >= 60
    assert len({lesson.language for lesson in LESSONS}) >= 10
