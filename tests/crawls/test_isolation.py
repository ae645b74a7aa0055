"""No site can suppress the articles of another one with canonical links, copies or redirects."""

import pytest

from tests.crawls.run import crawl, lines
from tests.server import article_page, serve

COUNT = 10


def path(number):
    return f"/2026/04/18/report-{number}-from-the-harbour"


@pytest.fixture
def honest():
    with serve() as site:
        links = "".join(f'<li><a href="{path(n)}">Report {n}</a>' for n in range(COUNT))
        site.pages["/"] = f"<html><body><ul>{links}</ul></body></html>".encode()
        for number in range(COUNT):
            site.pages[path(number)] = article_page(number)
        yield site


@pytest.fixture
def hostile():
    with serve("127.0.0.2") as site:
        links = "".join(f'<li><a href="{path(n)}">Report {n}</a>' for n in range(COUNT))
        site.pages["/"] = f"<html><body><ul>{links}</ul></body></html>".encode()
        yield site


def claim(number, honest, page):
    """The page names the honest one as its canonical URL."""
    link = f'<link rel=canonical href="{honest.url(path(number))}">'
    title = f"Report number {number} from the harbour"
    return article_page(number + 500, title=title).replace(b"<head>", f"<head>{link}".encode())


def copy(number, honest, page):
    """The page has the honest one's words, and claims to be it."""
    link = f'<link rel=canonical href="{honest.url(path(number))}">'
    return article_page(number).replace(b"<head>", f"<head>{link}".encode())


def redirect(number, honest, page):
    """The page leads to the honest one."""
    return 302, {"Location": honest.url(path(number))}, b""


@pytest.mark.parametrize(
    ("attack", "order"),
    [
        (claim, "hostile first"),
        (copy, "hostile first"),
        (redirect, "hostile first"),
        (copy, "together"),
    ],
)
def test_honest_articles_come_out_whatever_another_site_does(
    honest, hostile, attack, order, tmp_path
):
    for number in range(COUNT):
        hostile.pages[path(number)] = attack(number, honest, hostile)
    sites = [hostile.url("/"), honest.url("/")]
    for urls in [sites[:1], sites[1:]] if order == "hostile first" else [sites]:
        crawl("site", "-a", f"url={','.join(urls)}", "-o", "a.jsonl", folder=tmp_path)
    found = [line["url"] for line in lines(tmp_path / "a.jsonl")]
    assert sorted(url for url in found if url.startswith(honest.url("/"))) == sorted(
        honest.url(path(number)) for number in range(COUNT)
    )
    assert len(found) == len(set(found))
    if attack is redirect:
        reasons = {line["reason"] for line in lines(tmp_path / "a.rejected.jsonl")}
        assert reasons == {"other-site"}
