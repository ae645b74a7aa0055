"""scrapy checksite: whether a rule is valid, and the values that it reads from a page."""

import pytest

from tests.crawls.run import scrapy
from tests.server import article_page, serve

RULE = """hosts = ["127.0.0.1", "bay.example"]
article_links = '/news/\\d+'
[[versions]]
headline = ["h2.none", "h1"]
authors = "footer > b"
datePublished = "nav"
remove = ".advert"
"""


@pytest.fixture
def rule(tmp_path):
    (tmp_path / "bay.toml").write_text(RULE)
    return tmp_path


def test_a_rule_alone(rule):
    run = scrapy("checksite", "bay.toml", folder=rule)
    assert (run.returncode, run.stderr) == (0, b"")
    assert run.stdout == b"bay.toml: a rule for 127.0.0.1, bay.example\n"


def fields(run):
    return {line.split()[0]: line.split(None, 2)[1:] for line in run.stdout.decode().splitlines()}


def test_the_record_of_a_saved_page(rule):
    (rule / "page.html").write_bytes(article_page(1))
    run = scrapy("checksite", "bay.toml", "page.html", folder=rule)
    assert run.returncode == 0, run.stderr.decode()
    found = fields(run)
    assert found["headline"] == ["rule:127.0.0.1", "Report number 1 from the harbour"]
    assert found["authors"][1] == "Una Marsh" and not found["authors"][0].startswith("rule")
    told = run.stdout.decode().splitlines()
    assert "headline: h2.none matches nothing" in told
    assert "authors: footer > b matches nothing" in told
    assert "datePublished: nav matches, but the match has no value" in told
    assert "remove: .advert matches nothing" in told
    assert "headline: h1 matches nothing" not in told


def test_a_page_from_its_address(rule):
    with serve() as site:
        site.pages["/news/7"] = article_page(7)
        run = scrapy("checksite", "bay.toml", site.url("/news/7"), folder=rule)
        gone = scrapy("checksite", "bay.toml", site.url("/gone"), folder=rule)
    assert fields(run)["headline"][1] == "Report number 7 from the harbour"
    assert "kind of page, by its URL: article" in run.stdout.decode()
    assert gone.returncode == 2
    assert (
        b"the server responded with status 404 (http-404)" in gone.stderr
        and gone.stderr.count(b"\n") == 1
    )


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/moved", "(private-address)"),
        ("/photo", "the response is an image (not-html)"),
    ],
)
def test_a_page_that_a_crawl_would_not_take(rule, path, told):
    with serve() as site, serve() as inner:
        inner.pages["/"] = article_page(1)
        site.pages |= {
            "/moved": (302, {"Location": inner.url("/")}, b""),
            "/photo": (200, {"Content-Type": "text/html"}, b"\x89PNG\r\n\x1a\n" + bytes(99)),
        }
        run = scrapy("checksite", "bay.toml", site.url(path), folder=rule)
        assert not inner.asked
    assert run.returncode == 2, run.stderr.decode()
    assert told in run.stderr.decode() and run.stderr.count(b"\n") == 1


def test_a_page_of_another_site(rule):
    (rule / "page.html").write_bytes(article_page(1))
    run = scrapy("checksite", "bay.toml", "page.html", "--url", "http://a.example/", folder=rule)
    assert "http://a.example/ is not on 127.0.0.1, bay.example" in run.stdout.decode()


def test_a_page_cannot_write_to_the_terminal(rule):
    page = article_page(1, title="Red \x1b[31m\u202e alert from the harbour")
    (rule / "page.html").write_bytes(page)
    run = scrapy("checksite", "bay.toml", "page.html", folder=rule)
    assert run.returncode == 0
    assert b"\x1b" not in run.stdout and "\u202e" not in run.stdout.decode()
    assert "alert from the harbour" in run.stdout.decode()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "expected FILE [PAGE]"),
        (["a", "b", "c"], "expected FILE [PAGE]"),
        (["none.toml"], "none.toml: No such file"),
        (["wrong.toml"], "wrong.toml: versions[0].headline[0] = 'h1[': not a CSS selector"),
        (["bay.toml", "none.html"], "none.html: No such file"),
        (["bay.toml", "http://127.0.0.1:1/"], "refuses the connection (refused)"),
        (["bay.toml", "http://[bad"], "http://[bad"),
    ],
)
def test_a_mistake_gets_one_line(rule, arguments, told):
    (rule / "wrong.toml").write_text("hosts = 'a.example'\n[[versions]]\nheadline = 'h1['")
    run = scrapy("checksite", *arguments, folder=rule)
    assert run.returncode == 2
    assert told in run.stderr.decode() and run.stderr.count(b"\n") == 1


def test_where_the_article_goes_on(rule):
    text = (rule / "bay.toml").read_text() + "\n"
    (rule / "bay.toml").write_text(text + "nextPage = ['.none', '.on']\n")
    for link, told in (("<a class=on href=/1/2>On</a>", "http://127.0.0.1/1/2"), ("", "none")):
        (rule / "page.html").write_bytes(article_page(1, extra=link))
        run = scrapy(
            *("checksite", "bay.toml", "page.html", "--url", "http://127.0.0.1/1"), folder=rule
        )
        assert f"next page: {told}" in run.stdout.decode().splitlines(), run.stderr.decode()
