"""Listings are asked conditionally, quiet ones less often; runs keep their numbers."""

import pytest

from newsclean.ledger import Ledger, Policy
from newsclean.ledger.clock import as_utc, later, seconds_between, utc_now
from newsclean.ledger.runs import RunRecord

NOW = "2026-04-18T12:00:00Z"
HOUR = 3600
SITE = "news.example"
URL = "https://news.example/sitemap.xml"


def fetched(ledger, now, changed=True, **said):
    ledger.listings.fetched(URL, site=SITE, kind="sitemap", changed=changed, now=now, **said)


def test_what_to_ask_a_listing_with(ledger):
    assert ledger.listings.look_up(SITE, URL) is None
    fetched(ledger, NOW, etag='"e1"', last_modified="Sat, 18 Apr 2026 09:00:00 GMT")
    fetched(ledger, later(NOW, HOUR), changed=False)
    known = ledger.listings.look_up(SITE, URL)
    assert (known.etag, known.last_modified) == ('"e1"', "Sat, 18 Apr 2026 09:00:00 GMT")
    assert (known.quiet_runs, known.last_changed) == (1, NOW)
    fetched(ledger, later(NOW, 2 * HOUR), content_hash="h2")
    known = ledger.listings.look_up(SITE, URL)
    assert (known.etag, known.last_modified, known.content_hash) == (None, None, "h2")
    assert (known.quiet_runs, known.last_changed) == (0, later(NOW, 2 * HOUR))
    assert ledger.listings.known(SITE) == [known]
    assert ledger.listings.known("other.example") == []


def due_after(ledger, now):
    """Seconds after *now* at which the listing is asked again."""
    return seconds_between(now, ledger.listings.look_up(SITE, URL).next_fetch_at)


def look_every(ledger, seconds, times, changes_every):
    """Look at the listing on a timer and say how often it was asked for each change."""
    now, asked, changes, seen = NOW, 0, 0, -1
    for number in range(times):
        now = later(NOW, number * seconds)
        if ledger.listings.quiet(SITE, [URL], now):
            continue
        version = number * seconds // changes_every
        fetched(ledger, now, changed=version != seen)
        changes += version != seen
        asked, seen = asked + 1, version
    return asked / changes


def test_nothing_is_learnt_from_a_few_seconds(ledger):
    fetched(ledger, NOW)
    assert due_after(ledger, NOW) == 0
    for seconds in (5, 10, 200):
        fetched(ledger, later(NOW, seconds), changed=False)
        assert due_after(ledger, later(NOW, seconds)) == 0


@pytest.mark.parametrize("changes_every", [12 * HOUR, 48 * HOUR])
def test_a_listing_is_asked_a_few_times_for_each_change(ledger, changes_every):
    asked = look_every(ledger, HOUR / 2, 1_500, changes_every)
    assert 1.5 < asked < 5


def test_a_listing_that_changes_all_the_time_is_asked_in_every_run(ledger):
    for number in range(50):
        fetched(ledger, later(NOW, number * 300))
        assert due_after(ledger, later(NOW, number * 300)) == 0


def test_the_bounds_are_the_users(where):
    policy = Policy(listing_min_interval=HOUR, listing_max_interval=5 * HOUR)
    with Ledger.open(where, policy) as ledger:
        fetched(ledger, NOW)
        fetched(ledger, later(NOW, HOUR / 2), changed=False)
        assert due_after(ledger, later(NOW, HOUR / 2)) == 0
        for hours in (10, 100, 1_000, 10_000):
            fetched(ledger, later(NOW, hours * HOUR), changed=False)
        assert due_after(ledger, later(NOW, 10_000 * HOUR)) == 5 * HOUR


def test_each_site_has_its_own_rows_of_a_listing(ledger):
    fetched(ledger, NOW, etag='"e1"')
    fetched(ledger, later(NOW, 100 * HOUR), changed=False)
    other = "other.example"
    assert ledger.listings.look_up(other, URL) is None
    assert ledger.listings.quiet(other, [URL], later(NOW, 100 * HOUR)) == set()
    ledger.listings.fetched(URL, site=other, kind="feed", changed=True, now=NOW)
    assert ledger.listings.look_up(SITE, URL).etag == '"e1"'
    assert [one.site for one in ledger.listings.next(5)] == [other, SITE]
    assert [one.site for one in ledger.listings.next(5, SITE)] == [SITE]


def test_runs_keep_their_numbers(ledger):
    first = ledger.runs.begin(SITE, NOW)
    ledger.runs.end(first, {"exported": 7, "fields": {"headline": 7}}, later(NOW, HOUR))
    second = ledger.runs.begin(SITE, later(NOW, 2 * HOUR))
    ledger.runs.begin("other.example", NOW)
    assert ledger.runs.last(SITE, 5) == [
        RunRecord(second, SITE, later(NOW, 2 * HOUR), None, {}),
        RunRecord(first, SITE, NOW, later(NOW, HOUR), {"exported": 7, "fields": {"headline": 7}}),
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
