"""A robots.txt is limited: rules keep their meaning, and the worst file takes about a second."""

import pytest
from protego import Protego

from newsclean.discovery.robots_bounds import MAX_BYTES, MAX_RULES, MAX_WILDCARD_RULES, bound_robots
from tests.linear import seconds

AGENT = "newsclean/0.1 (Scrapy, reads news articles)"

ORDINARY = """\
\ufeff# Welcome
User-agent: GPTBot
User-agent: CCBot
Disallow: /

user agent *
Disalow: /private  # nothing there
Dissallow /drafts
allow: /private/open
Crawl-delay: 3
Disallow: /*?print=
Disallow: /end$
Disallow:
Noindex: /x
nonsense
Sitemap: https://a.example/sitemap.xml
site-map: https://a.example/news.xml
Request-rate: 1/10
"""


def test_rules_keep_their_meaning():
    bounded, is_cut = bound_robots(ORDINARY.encode())
    assert not is_cut
    before, after = Protego.parse(ORDINARY), Protego.parse(bounded.decode())
    for agent in (AGENT, "CCBot/2.0"):
        for path in "/ /private /private/open /drafts /a?print=1 /end /endless /x".split():
            url = f"https://a.example{path}"
            assert after.can_fetch(url, agent) == before.can_fetch(url, agent), (path, agent)
        assert after.crawl_delay(agent) == before.crawl_delay(agent)
        assert after.request_rate(agent) == before.request_rate(agent)
    assert list(after.sitemaps) == list(before.sitemaps)
    assert not after.can_fetch("https://a.example/private", AGENT)


def test_what_follows_500_kib_is_ignored():
    rules = "User-agent: *\nDisallow: /early\n" + "# nothing\n" * (MAX_BYTES // 10)
    bounded, is_cut = bound_robots((rules + "Disallow: /late\n").encode())
    assert is_cut
    parsed = Protego.parse(bounded.decode())
    assert not parsed.can_fetch("https://a.example/early", AGENT)
    assert parsed.can_fetch("https://a.example/late", AGENT)


def lines(*parts, repeat):
    return "".join(part.format(n) for n in range(repeat) for part in parts)


WORST = {
    "850,000 rules": "User-agent: *\n" + lines("Disallow: /p{0}\n", repeat=850_000),
    "short rules": "User-agent: *\n" + lines("allow /{0:x}\n", repeat=60_000),
    "wildcards": "User-agent: *\n" + lines("Disallow: /*{0}$\n", repeat=60_000),
    "dollars": "User-agent: *\n" + lines("Disallow: /" + "$" * 50 + "{0}\n", repeat=20_000),
    "quotes": "User-agent: *\n" + lines("Disallow: /%41%C3{0}é\n", repeat=30_000),
    "agents x rules": lines("useragent {0:x}\n", repeat=20_000)
    + lines("allow /{0}\n", repeat=20_000),
    "agents": lines("useragent {0:x}\n", repeat=3_000) * 10,
    "groups": lines("useragent {0:x}\nallow /\n", repeat=20_000),
    "lines within a line": "User-agent: *\nDisallow: "
    + lines("/*{0}\x0cDisallow:\x1c", repeat=20_000),
    "one line": "Disallow: /" + "*a" * 300_000,
    "colons": ":" * 600_000,
    "blanks": ("user agent" + " " * 1_000 + "\n") * 600,
    "sitemaps": lines("Sitemap: /{0}\n", repeat=60_000),
    "nothing": "\n" * 600_000,
}


PLAIN = "User-agent: *\n" + lines("Disallow: /p{0}\n", repeat=MAX_RULES)
URL = "https://a.example/" + "ab/" * 1_300


def ask(text):
    """Bound and parse a file, and ask it ten times."""
    parsed = Protego.parse(bound_robots(text.encode())[0].decode())
    for _ in range(10):
        parsed.can_fetch(URL, AGENT)


@pytest.mark.parametrize("name", WORST)
def test_the_worst_file_costs_little(name):
    # Measured: at most twice as much as a file of as many plain rules as are kept.
    assert min(seconds(ask, WORST[name]) for _ in range(2)) < 8 * seconds(ask, PLAIN)
    bounded, _ = bound_robots(WORST[name].encode())
    rules = bounded.count(b"llow: ")
    assert rules <= MAX_RULES
    assert (
        sum(b"*" in line for line in bounded.splitlines() if b"llow" in line) <= MAX_WILDCARD_RULES
    )
