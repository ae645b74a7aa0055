"""Listings are asked conditionally, quiet ones less often; runs keep their numbers."""

from newsclean.ledger import Ledger, Policy
from newsclean.ledger.clock import as_utc, later, seconds_between, utc_now
from newsclean.ledger.runs import Run

NOW = "2026-04-18T12:00:00Z"
HOUR = 3600
SITE = "news.example"
URL = "https://news.example/sitemap.xml"


def fetched(ledger, now, changed=True, **said):
    ledger.listings.fetched(URL, site=SITE, kind="sitemap", changed=changed, now=now, **said)


def test_what_to_ask_a_listing_with(ledger):
    assert ledger.listings.look_up(URL) is None
    fetched(ledger, NOW, etag='"e1"', last_modified="Sat, 18 Apr 2026 09:00:00 GMT")
    fetched(ledger, later(NOW, HOUR), changed=False)
    known = ledger.listings.look_up(URL)
    assert (known.etag, known.last_modified) == ('"e1"', "Sat, 18 Apr 2026 09:00:00 GMT")
    assert (known.quiet_runs, known.last_changed) == (1, NOW)
    fetched(ledger, later(NOW, 2 * HOUR), content_hash="h2")
    known = ledger.listings.look_up(URL)
    assert (known.etag, known.last_modified, known.content_hash) == (None, None, "h2")
    assert (known.quiet_runs, known.last_changed) == (0, later(NOW, 2 * HOUR))
    assert ledger.listings.known(SITE) == [known]
    assert ledger.listings.known("other.example") == []


def test_a_listing_long_quiet_is_asked_less_often(where):
    with Ledger.open(where, Policy(listing_at_least_every=2 * HOUR)) as ledger:
        fetched(ledger, NOW)
        assert ledger.listings.quiet([URL], NOW) == set()
        now = later(NOW, 10 * HOUR)
        fetched(ledger, now, changed=False)
        assert ledger.listings.quiet([URL, URL + "2"], later(now, HOUR - 1)) == {URL}
        assert ledger.listings.quiet([URL], later(now, HOUR)) == set()
        now = later(NOW, 1000 * HOUR)
        fetched(ledger, now, changed=False)
        assert ledger.listings.quiet([URL], later(now, 2 * HOUR - 1)) == {URL}
        assert ledger.listings.quiet([URL], later(now, 2 * HOUR)) == set()
        fetched(ledger, later(now, 2 * HOUR))
        assert ledger.listings.quiet([URL], later(now, 2 * HOUR)) == set()


def test_runs_keep_their_numbers(ledger):
    first = ledger.runs.begin(SITE, NOW)
    ledger.runs.end(first, {"exported": 7, "fields": {"headline": 7}}, later(NOW, HOUR))
    second = ledger.runs.begin(SITE, later(NOW, 2 * HOUR))
    ledger.runs.begin("other.example", NOW)
    assert ledger.runs.last(SITE, 5) == [
        Run(second, SITE, later(NOW, 2 * HOUR), None, {}),
        Run(first, SITE, NOW, later(NOW, HOUR), {"exported": 7, "fields": {"headline": 7}}),
    ]
    assert [run.id for run in ledger.runs.last(SITE, 1)] == [second]


def test_times_are_utc_to_the_second_and_sort_as_text():
    assert seconds_between(NOW, later(NOW, 90)) == 90
    assert seconds_between(later(NOW, -90), NOW) == 90
    assert len(utc_now()) == len(NOW)
    assert as_utc("2026-04-18T09:30:00+08:00") == "2026-04-18T01:30:00Z"
    assert as_utc("2026-04-18") == "2026-04-18T00:00:00Z"
    assert as_utc("2026-04-18T09:30:00") == "2026-04-18T09:30:00Z"
    assert [
        as_utc(date) for date in ("soon", "", None, "0001-01-01", "9999-12-31T23:59:59-12:00")
    ] == [None] * 5
