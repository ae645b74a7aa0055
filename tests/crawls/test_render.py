"""Pages that JavaScript builds: rendered by a real Chromium against a site on loopback."""

import importlib.util
import os
import shutil

import pytest

from newsclean.ledger import Ledger
from tests.crawls.run import crawl, lines, stats
from tests.server import article_page, serve

pytestmark = pytest.mark.slow

HAS_BROWSER = importlib.util.find_spec("playwright") is not None and shutil.which("chromium")
needs_browser = pytest.mark.skipif(
    not HAS_BROWSER and not os.environ.get("NEWSCLEAN_REQUIRE_BROWSER"),
    reason="needs newsclean[render] and chromium",
)
COUNT = 3
# The browser asks for the data and builds the page: a front page or an article.
SCRIPT = b"""
const app = document.getElementById("app");
fetch("/api" + location.pathname).then(answer => answer.json()).then(data => {
  document.title = data.title;
  app.innerHTML = data.html;
});
const picture = new Image();
picture.src = "/tracker.gif";
document.body.append(picture);
"""
SHELL = (
    b"<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>Bay News</title></head><body>"
    b"<div id=app>Loading ...</div><script src=/app.js></script></body></html>"
)
JSON = {"Content-Type": "application/json"}


def path(number):
    return f"/2026/04/18/report-{number}-from-the-harbour"


def data(title, html):
    import json

    return 200, JSON, json.dumps({"title": title, "html": html}).encode()


@pytest.fixture
def site():
    with serve() as site:
        site.pages["/app.js"] = 200, {"Content-Type": "text/javascript"}, SCRIPT
        site.pages["/"] = SHELL
        links = "".join(
            f'<li><a href="{path(n)}">Report number {n} from the harbour</a>' for n in range(COUNT)
        )
        site.pages["/api/"] = data("Bay News", f"<ul>{links * 5}</ul>")
        for number in range(COUNT):
            site.pages[path(number)] = SHELL
            body = article_page(number).decode()
            article = body[body.index("<article>") : body.index("</article>") + 10]
            title = f"Report number {number} from the harbour"
            site.pages[f"/api{path(number)}"] = data(title, article)
        yield site


def run(site, folder, *options, spider="site", at="/", feed="a.jsonl"):
    return crawl(
        *(spider, "-a", f"url={site.url(at)}", "-o", feed, *options), folder=folder, timeout=300
    )


AUTO = ("-s", "NEWSCLEAN_RENDER=auto")


@needs_browser
def test_a_site_that_is_built_in_the_browser(site, tmp_path):
    done = run(site, tmp_path, *AUTO)
    assert done.returncode == 0, done.stderr.decode()
    found = {line["url"]: line for line in lines(tmp_path / "a.jsonl")}
    assert sorted(found) == sorted(site.url(path(number)) for number in range(COUNT))
    article = found[site.url(path(1))]
    assert article["headline"] == "Report number 1 from the harbour"
    assert "boat 9 came in at dawn" in article["articleBody"]
    assert stats(done)["rendered"] == COUNT + 1
    # Each page was fetched once, scripts are kept, and pictures were not asked for.
    assert {site.paths.count(path(number)) for number in range(COUNT)} == {1}
    assert site.paths.count("/app.js") == 1
    assert "/tracker.gif" not in site.paths
    with Ledger.open(tmp_path / "ledger.sqlite") as ledger:
        assert ledger.rendered.sites() == {"127.0.0.1"}


@needs_browser
def test_a_page_cannot_lead_the_browser_to_a_private_place(tmp_path, site):
    with serve("127.0.0.2") as inner:
        inner.pages["/secret"] = data("Secret", "<p>The secret of the inner network.</p>")
        inner.pages["/secret.js"] = 200, {"Content-Type": "text/javascript"}, b"1"
        leak = f"""
        for (const url of ["{inner.url("/secret")}", "{inner.url("/secret?2")}"]) {{
          fetch(url, {{mode: "no-cors"}}).catch(() => 0);
        }}
        new WebSocket("{inner.url("/socket").replace("http", "ws")}");
        const script = document.createElement("script");
        script.src = "{inner.url("/secret.js")}";
        document.head.append(script);
        const frame = document.createElement("iframe");
        frame.src = "{inner.url("/frame")}";
        document.body.append(frame);
        const warm = document.createElement("link");
        warm.rel = "preconnect"; warm.href = "{inner.url("/")}";
        document.head.append(warm);
        """
        site.pages["/app.js"] = 200, {"Content-Type": "text/javascript"}, leak.encode() + SCRIPT
        guarded = ("-s", "NEWSCLEAN_ALLOW_NETWORKS=")  # the user named the outer site alone
        done = run(site, tmp_path, *AUTO, *guarded, spider="article", at=path(1))
        assert done.returncode == 0, done.stderr.decode()
        assert len(lines(tmp_path / "a.jsonl")) == 1
        assert inner.paths == []


@needs_browser
def test_a_page_that_never_rests_costs_its_time_and_no_more(site, tmp_path):
    site.pages["/app.js"] = (
        200,
        {"Content-Type": "text/javascript"},
        b"setInterval(() => fetch('/api/'), 50);" + SCRIPT,
    )
    options = ("-s", "NEWSCLEAN_RENDER_TIMEOUT=8")
    done = run(site, tmp_path, *AUTO, *options, spider="article", at=path(1))
    assert done.returncode == 0, done.stderr.decode()
    assert len(lines(tmp_path / "a.jsonl")) == 1
    assert site.paths.count("/api/") <= 100


def test_without_rendering_the_reason_says_how_to_switch_it_on(site, tmp_path):
    done = run(site, tmp_path, spider="article", at=path(1))
    assert done.returncode == 3
    (rejected,) = lines(tmp_path / "a.rejected.jsonl")
    assert rejected["reason"] == "needs-javascript"
    assert "NEWSCLEAN_RENDER=auto" in rejected["detail"]
    assert "newsclean[render]" in rejected["detail"]


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("-s", "NEWSCLEAN_RENDER=always"), "expected True, False or 'auto'"),
        ((*AUTO, "-s", "NEWSCLEAN_CHROMIUM=/no/such/browser"), "/no/such/browser: no such program"),
    ],
)
def test_a_mistake_is_told_in_one_line(site, tmp_path, options, says):
    if "auto" in options[1] and importlib.util.find_spec("playwright") is None:
        says = "newsclean[render]"
    done = run(site, tmp_path, *options, spider="article", at=path(1))
    assert done.returncode == 2
    (line,) = done.stderr.decode().strip().splitlines()
    assert says in line
    assert site.paths == []
