"""What is fetched next, and when."""

from newsclean.discovery.entry import Entry
from newsclean.ledger import Ledger
from newsclean.ledger.clock import later
from tests.crawls.run import scrapy

NOW = "2026-04-18T12:00:00Z"
HOUR = 3600


def test_the_next_looks(tmp_path):
    with Ledger.open(tmp_path / "ledger.sqlite") as ledger:
        ledger.pages.discover("news.example", [Entry("https://news.example/1", "feed")], NOW)
        for now, changed in ((NOW, True), (later(NOW, 10 * HOUR), False)):
            for name in ("a", "b"):
                ledger.listings.fetched(
                    f"https://{name}.example/feed",
                    site=f"{name}.example",
                    kind="feed",
                    changed=changed,
                    now=now,
                )
        ledger.listings.fetched(
            "https://a.example/feed",
            site="a.example",
            kind="feed",
            changed=False,
            now=later(NOW, 1000 * HOUR),
        )
    counts = scrapy("ledger", folder=tmp_path).stdout.decode().splitlines()
    assert counts[0].split()[-2:] == ["next", "fetch"]
    assert counts[1].split()[0] == "news.example"
    assert counts[1].endswith(NOW[:16].replace("T", " "))
    assert max(map(len, counts)) <= 80
    every = scrapy("ledger", "--next", folder=tmp_path).stdout.decode().splitlines()
    assert [line.split()[-1] for line in every[1:]] == [
        "https://news.example/1",
        "https://b.example/feed",
        "https://a.example/feed",
    ]
    one = scrapy("ledger", "--next", "www.a.example", folder=tmp_path).stdout.decode().splitlines()
    assert len(one) == 2
    assert one[1].split()[1:] == ["feed", "11", "min", "https://a.example/feed"]
