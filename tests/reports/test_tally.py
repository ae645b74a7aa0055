import tracemalloc

import pytest

from newsclean.reports import Crawl, Tally, TimeStep, run_to_json, summarise
from newsclean.reports.tally import MAX_KINDS, MAX_SITES, OTHER


def test_a_feed_is_counted_by_site_field_and_source(article, rejection):
    records = [
        article(0, wordCount=100, metadata={"cleaning": {"unescape": {"json": 2}}}),
        article(1, wordCount=300, metadata={"changeType": "updated"}),
        article(2, wordCount=200, headline=None, metadata={"cleaning": {"unescape": {"json": 1}}}),
        article(90, host="other.example"),
    ]
    rejections = [rejection(0), rejection(1), rejection(2, reason="http-404")]
    run = run_to_json(summarise(records, rejections))
    assert run == {
        "schemaVersion": 1,
        "spider": None,
        "started": "2026-04-18T09:00:00Z",
        "finished": "2026-04-18T09:01:30Z",
        "seconds": 90.0,
        "finish_reason": None,
        "budgets": {},
        "totals": {
            "read": None,
            "found": None,
            "fetched": None,
            "exported": 4,
            "updated": 1,
            "otherItems": None,
            "unchanged": None,
            "rejected": 3,
            "failed": None,
        },
        "sites": {
            "news.example": {
                "exported": 3,
                "updated": 1,
                "unchanged": 0,
                "rejected": 3,
                "failed": 0,
                "errors": 0,
                "medianWords": 200,
                "unit": "words",
                "fields": {
                    "headline": {"count": 2, "sources": {"json-ld": 2}},
                    "articleBody": {"count": 3, "sources": {"generic": 3}},
                    "wordCount": {"count": 3, "sources": {}},
                },
            },
            "other.example": {
                "exported": 1,
                "updated": 0,
                "unchanged": 0,
                "rejected": 0,
                "failed": 0,
                "errors": 0,
                "medianWords": 8,
                "unit": "words",
                "fields": {
                    "headline": {"count": 1, "sources": {"json-ld": 1}},
                    "articleBody": {"count": 1, "sources": {"generic": 1}},
                    "wordCount": {"count": 1, "sources": {}},
                },
            },
        },
        "rejected": {"no-body": 2, "http-404": 1},
        "failed": {},
        "startSites": {},
        "version": None,
        "arguments": {},
        "exitCode": None,
        "why": None,
        "cleaning": {"unescape": {"json": 3}},
        "timeline": run["timeline"],
        "health": [],
    }
    assert len(run["timeline"]) == 91
    assert run["timeline"][30] == {
        "second": 30,
        "seconds": 1,
        "fetched": None,
        "exported": 0,
        "unchanged": 0,
        "rejected": 3,
        "failed": 0,
    }


def test_the_crawl_adds_what_only_it_knows(article):
    moments = [TimeStep(0, 60, fetched=7, exported=1)]
    crawl = Crawl(
        spider="site",
        started="2026-04-18T08:00:00Z",
        finished="2026-04-18T10:00:30Z",
        finish_reason="finished",
        found=9,
        fetched=7,
        unchanged={"news.example": 4},
        failed={"down.example": 2},
        timeline=moments,
    )
    run = summarise([article()], crawl=crawl)
    assert (run.spider, run.finish_reason, run.seconds) == ("site", "finished", 7230)
    assert (run.totals.found, run.totals.fetched, run.totals.unchanged, run.totals.failed) == (
        9,
        7,
        4,
        2,
    )
    assert run.sites["news.example"].unchanged == 4
    assert run.sites["down.example"].failed == 2
    assert run.timeline == moments


def test_counting_line_by_line_gives_the_same(article, rejection):
    tally = Tally()
    tally.add_rejection(rejection())
    tally.add_article(article())
    assert tally.run() == summarise([article()], [rejection()])


@pytest.mark.parametrize("value", [None, 1, 1.5, "", "x", [], {}, ["x"], {"x": "y"}, True, -1])
def test_no_line_can_break_the_count(article, value):
    record = article()
    for name in (*record, "datePublished"):
        run = summarise([{**record, name: value}], [{"url": value, "reason": value}, {}])
        assert (run.totals.exported, run.totals.rejected) == (1, 2)
    for name in ("fieldSources", "cleaning", "dateDownloaded", "changeType"):
        run = summarise([article(metadata={name: value})])
        assert run.totals.exported == 1
    run = summarise([article(metadata={"cleaning": {"unescape": value, "x": {"y": value}}})])
    assert run.totals.exported == 1


@pytest.mark.parametrize("url", ["https://[bad", "no url", "//", "https://", "\x00"])
def test_pages_without_a_host_are_counted_together(url):
    assert list(summarise([{"url": url}]).sites) == [OTHER]


@pytest.mark.parametrize("date", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59Z", "tomorrow"])
def test_no_date_can_break_the_timeline(article, date):
    run = summarise([article(), article(metadata={"dateDownloaded": date})])
    assert run.totals.exported == 2
    assert len(run.timeline) <= 601


def test_memory_does_not_grow_with_what_a_feed_names(article):
    def hostile(lines):
        for number in range(lines):
            name = f"{number}" * 50
            metadata = {
                "cleaning": {name: {name: 1}},
                "fieldSources": {"headline": name},
            }
            yield article(number, host=f"{number}.example", wordCount=number, metadata=metadata)

    run = summarise(hostile(MAX_SITES + 500))
    assert len(run.sites) == MAX_SITES + 1
    assert run.sites[OTHER].exported == 500
    assert len(run.cleaning) == MAX_KINDS + 1
    assert max(map(len, run.cleaning)) <= 100


def test_memory_does_not_grow_with_the_feed(article):
    def peak(lines):
        tracemalloc.start()
        summarise(article(number, articleBody="x" * 10_000) for number in range(lines))
        top = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return top

    assert peak(20_000) < 3 * peak(2_000)
