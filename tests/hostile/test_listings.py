"""Every attack by a listing in one crawl of many sites: each site's honest articles come out."""

from collections import Counter
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest

from tests.crawls.run import NOTHING_PRIVATE, crawl, lines, stats
from tests.hostile.http_attacks import MAX_SIZE, Cut
from tests.hostile.listing_attacks import (
    ATTACKS,
    FEED,
    FRONT,
    INNER,
    NONE,
    ROBOTS,
    ROBOTS_ATTACKS,
    Made,
    front,
    rss,
    text,
    xml,
)
from tests.hostile.server import http, misbehave
from tests.server import article_page

pytestmark = pytest.mark.slow

NAMES = list(ATTACKS)
HONEST_SITES = 5  # beside those that attack
REQUESTS, LISTINGS = 200, 60  # the budget of a site
TIMEOUT = 30  # seconds; a loaded machine takes its time, and a site that is silent forbids itself
PATH = "/news/2026/04/report-{}-from-the-harbour"


def site_number(host):
    """The number of the site *host*: 127.0.1.7 is 7."""
    third, fourth = host.partition(":")[0].split(".")[2:]
    return (int(third) - 1) * 200 + int(fourth)


def address(number):
    return f"127.0.{1 + number // 200}.{number % 200}"


def honest_answer(number, path, base):
    """What an honest site answers: two articles that its feed names."""
    if path == FRONT:
        link = "<link rel=alternate type=application/rss+xml href=/second.xml>"
        return front(link)
    if path == FEED:
        today = datetime.now(UTC).strftime("%Y-%m-%d")
        urls = [base + PATH.format(number * 10 + n) for n in (1, 2)]
        items = "".join(
            f"<item><link>{url}</link><pubDate>{today}</pubDate></item>" for url in urls
        )
        return xml(rss(items))
    if path == ROBOTS:
        return text("User-agent: *\nDisallow: /private\n")
    for n in (1, 2):
        if path == PATH.format(number * 10 + n):
            return http(article_page(number * 10 + n))
    return http(b"", status="404 Not Found")


def answer(wire):
    number = site_number(wire.host)
    base = f"http://{wire.host}"
    sent = hostile_answer(number, wire.path)
    if isinstance(sent, Made):
        return sent.make(base, wire.path)
    if isinstance(sent, Cut):
        wire.send(sent)
        return None
    if callable(sent):
        sent(wire)
        return None
    return honest_answer(number, wire.path, base) if sent is None else sent


def hostile_answer(number, path):
    """What the attack of the site *number* answers, None where the site is honest."""
    if number > len(NAMES):
        return None
    answers = ATTACKS[NAMES[number - 1]][0]
    begins = (made for key, made in answers.items() if key[-1] == "*" and path.startswith(key[:-1]))
    return answers.get(path) or next(begins, None)


def attack(folder):
    """Crawl; return the result and the number of articles of each site."""
    with misbehave(answer, host="") as port:
        sites = range(1, len(NAMES) + HONEST_SITES + 1)
        urls = [f"http://{address(number)}:{port}/" for number in sites]
        (folder / "sites.txt").write_text("\n".join(urls))
        run = crawl(
            *("site", "-a", "urls=sites.txt", "-o", "a.jsonl", *NOTHING_PRIVATE),
            *("-s", f"DOWNLOAD_MAXSIZE={MAX_SIZE}", "-s", f"DOWNLOAD_TIMEOUT={TIMEOUT}"),
            *("-s", "CONCURRENT_REQUESTS=24", "-s", "NEWSCLEAN_MAX_DELAY=0.1"),
            *("-s", f'NEWSCLEAN_SITE_BUDGET={{"requests": {REQUESTS}, "listings": {LISTINGS}}}'),
            folder=folder,
            timeout=900,
        )
    found = Counter(site_number(urlsplit(line["url"]).netloc) for line in lines(folder / "a.jsonl"))
    return run, found


# One test, for one crawl: the processes of pytest-xdist do not share fixtures.
def test_every_site_gives_its_honest_articles(tmp_path):
    assert len(ATTACKS) >= 40
    run, found = attack(tmp_path)
    log = run.stderr.decode()
    wrong = {
        name: (found[number], expected)
        for number, (name, (_, expected)) in enumerate(ATTACKS.items(), 1)
        if found[number] not in expected
    }
    assert not wrong, f"{wrong}\n{log[-5000:]}"
    honest = [found[len(NAMES) + number] for number in range(1, HONEST_SITES + 1)]
    assert honest == [2] * HONEST_SITES
    assert "Traceback" not in log, log[-5000:]
    feed = (tmp_path / "a.jsonl").read_text("utf8")
    assert "root:" not in feed
    assert INNER not in feed
    # What was cut, refused or used up is counted, and named in the log and in the summary.
    without_rules = [
        name
        for name, (_, expected) in ROBOTS_ATTACKS.items()
        if expected == NONE and "forbids" not in name
    ]
    counted = stats(run)
    assert counted["robots_unavailable"] == len(without_rules)
    assert counted["robots_cut"] >= 3
    assert counted["budgets/requests"] >= 1
    assert log.count(f"more than {REQUESTS} requests") >= 2
