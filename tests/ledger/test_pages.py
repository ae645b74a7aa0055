"""What is new, what is due, and what became of it."""

import pytest

from newsclean.discovery.entry import Entry
from newsclean.ledger import Batch, Export, Ledger, Policy
from newsclean.ledger.clock import later

NOW = "2026-04-18T12:00:00Z"
HOUR = 3600
DAY = 24 * HOUR
SITE = "news.example"


def url_of(number):
    return f"https://news.example/{number}"


def discover(ledger, *numbers, now=NOW, **said):
    return ledger.pages.discover(SITE, (Entry(url_of(n), "sitemap", **said) for n in numbers), now)


def due(ledger, now=NOW, run=1, limit=100):
    return [page.url for page in ledger.pages.due(SITE, now, limit, run=run)]


def export(ledger, number, now=NOW, version=1, content_hash="h1", **said):
    export = Export(url_of(number), SITE, url_of(number), content_hash, version, now, **said)
    ledger.confirm(Batch([(export, None, None, True)]))


def state(ledger, number):
    return ledger.pages.look_up(url_of(number)).state


def test_only_what_is_new_is_counted(ledger):
    assert discover(ledger, 1, 2, 3) == 3
    assert discover(ledger, 3, 4) == 1
    again = [Entry("https://News.example/4?utm_source=x#top", "feed")] * 2
    assert ledger.pages.discover(SITE, again, NOW) == 0
    assert ledger.inspection.counts() == {SITE: {"discovered": 4}}


def test_a_run_gets_a_page_once_and_the_next_run_what_was_left(ledger):
    discover(ledger, 1, 2, 3)
    first = due(ledger, limit=2)
    assert len(first) == 2
    export(ledger, first[0][-1])
    assert set(due(ledger)) == {url_of(1), url_of(2), url_of(3)} - set(first)
    assert due(ledger) == []
    # That run is killed here: what it had in hand and what it never had.
    assert len(due(ledger, run=2)) == 2


def test_what_a_killed_run_rejected_is_judged_again(ledger):
    ended, killed, run = (ledger.runs.begin(SITE, NOW) for _ in range(3))
    for number, one in enumerate([ended, killed, killed, run]):
        discover(ledger, number)
        assert due(ledger, run=one) == [url_of(number)]
        reason = "too-old" if number == 2 else "not-article"
        ledger.outcomes.rejected(url_of(number), reason=reason, now=NOW)
    ledger.runs.end(ended, {}, NOW)
    ledger.pages.judge_again("other.example", "not-article", NOW, run=run)
    assert due(ledger, run=run) == []
    ledger.pages.judge_again(SITE, "not-article", NOW, run=run)
    assert due(ledger, run=run) == [url_of(1)]
    assert due(ledger, run=run) == []


def test_a_run_that_ends_early_leaves_pages_to_the_next(ledger):
    discover(ledger, 1, 2, 3)
    due(ledger)
    for number, reason in ((1, "not-article"), (2, "too-old"), (3, "not-article")):
        ledger.outcomes.rejected(url_of(number), reason=reason, now=NOW)
    ledger.pages.judge_pages_again([url_of(1), url_of(2)], "not-article", NOW)
    assert due(ledger) == []
    assert due(ledger, run=2) == [url_of(1)]


def test_new_pages_come_before_failed_ones(ledger):
    discover(ledger, 1)
    due(ledger)
    ledger.outcomes.failed(url_of(1), reason="timeout", now=NOW)
    discover(ledger, 2, now=later(NOW, 2 * HOUR))
    assert due(ledger, later(NOW, 2 * HOUR), run=2) == [url_of(2), url_of(1)]


def test_pages_of_another_site_are_not_due(ledger):
    discover(ledger, 1)
    assert ledger.pages.due("other.example", NOW, 10, run=1) == []


def test_what_the_listing_said_comes_back(ledger):
    entry = Entry(
        url_of(1),
        "feed",
        headline="Regen \ud800\0und “Wind”, 风",
        date_published="2026-04-18T09:00:00+02:00",
        date_modified="2026-04-18",
        language="de",
    )
    ledger.pages.discover(SITE, [entry], NOW)
    (page,) = ledger.pages.due(SITE, NOW, 1, run=1)
    assert page.hints == entry
    assert (page.attempt, page.version, page.content_hash, page.etag) == (1, 0, None, None)


@pytest.mark.parametrize(
    "url", [url_of("a" * 3000), url_of("%E9%A3%8E" * 400), "http://[::1", url_of("a\0b\ud800")]
)
def test_an_odd_or_long_url_is_one_page(ledger, url):
    other = url + "b"
    assert ledger.pages.discover(SITE, [Entry(url, "feed"), Entry(other, "feed")], NOW) == 2
    assert ledger.pages.discover(SITE, [Entry(url, "feed")], NOW) == 0
    canonical = ledger.pages.due(SITE, NOW, 1, run=1)[0].canonical
    ledger.outcomes.rejected(canonical, reason="no-body", now=NOW)
    assert ledger.pages.look_up(canonical).state == "rejected"
    assert ledger.inspection.history(url) or ledger.inspection.history(other)


def test_decide_tells_new_due_and_known_apart(ledger):
    discover(ledger, *range(1200))
    export(ledger, 7)
    decision = ledger.pages.decide([url_of(n) for n in (5, 7, 5000, 1199)], NOW)
    assert decision.new == [url_of(5000)]
    assert sorted(decision.due) == [url_of(1199), url_of(5)]
    assert decision.known == 1


def test_an_exported_page_is_looked_at_again_while_it_is_young(where):
    policy = Policy(look_again_within=2 * DAY, look_again_every=6 * HOUR)
    with Ledger.open(where, policy) as ledger:
        discover(ledger, 1)
        due(ledger)
        export(ledger, 1, etag='"e1"', last_modified="Sat, 18 Apr 2026 09:00:00 GMT")
        assert due(ledger, later(NOW, 5 * HOUR), run=2) == []
        now = later(NOW, 6 * HOUR)
        (page,) = ledger.pages.due(SITE, now, 10, run=2)
        assert (page.etag, page.last_modified) == ('"e1"', "Sat, 18 Apr 2026 09:00:00 GMT")
        assert (page.content_hash, page.version, page.attempt) == ("h1", 1, 1)
        ledger.outcomes.unchanged(url_of(1), now=now)
        assert due(ledger, later(now, 5 * HOUR), run=3) == []
        assert due(ledger, later(now, 6 * HOUR), run=3) == [url_of(1)]
        now = later(NOW, 2 * DAY)
        export(ledger, 1, now, version=2, content_hash="h2")
        page = ledger.pages.look_up(url_of(1))
        assert (page.version, page.content_hash, page.next_fetch_at) == (2, "h2", None)


@pytest.mark.parametrize(
    ("published", "looked_at_again"),
    [
        ("2026-04-18", True),
        ("2026-04-17T09:00:00+08:00", True),
        ("2026-04-10", False),
        ("0001-01-01", True),
        ("2126-04-18", True),
        ("soon", True),
        (None, True),
    ],
)
def test_an_old_article_is_not_young_for_being_found_late(ledger, published, looked_at_again):
    export(ledger, 1, published=published)
    discover(ledger, 2, date_published=published)
    export(ledger, 2)
    for number in (1, 2):
        page = ledger.pages.look_up(url_of(number))
        assert (page.next_fetch_at is not None) is looked_at_again


def test_a_failed_page_comes_back_later_and_later_and_is_given_up(where):
    policy = Policy(back_off=(HOUR, 4 * HOUR), give_up_after=4)
    now = NOW
    with Ledger.open(where, policy) as ledger:
        discover(ledger, 1)
        for run, wait in enumerate((HOUR, 4 * HOUR, 4 * HOUR, None), 1):
            (page,) = ledger.pages.due(SITE, now, 10, run=run)
            assert page.attempt == run
            ledger.outcomes.failed(page.canonical, reason="timeout", now=now)
            if wait is None:
                break
            assert state(ledger, 1) == "failed"
            assert due(ledger, later(now, wait - 1), run=99) == []
            now = later(now, wait)
        assert state(ledger, 1) == "gone"
        assert due(ledger, later(now, 1000 * DAY), run=99) == []
        events = ledger.inspection.history(url_of(1))[1]
        assert [(event.what, event.detail) for event in events] == [("failed", "timeout")] * 4


def test_success_ends_the_count_of_failures(ledger):
    discover(ledger, 1)
    for _ in range(3):
        ledger.outcomes.failed(url_of(1), reason="timeout", now=NOW)
    export(ledger, 1)
    page = ledger.pages.look_up(url_of(1))
    assert (page.failures, page.reason, page.state) == (0, None, "exported")


def test_an_exported_page_that_fails_stays_exported(ledger):
    export(ledger, 1)
    for _ in range(9):
        ledger.outcomes.failed(url_of(1), reason="timeout", now=NOW)
    page = ledger.pages.look_up(url_of(1))
    assert (page.state, page.reason, page.next_fetch_at) == ("exported", "timeout", None)
    ledger.outcomes.rejected(url_of(1), reason="no-body", now=NOW)
    assert state(ledger, 1) == "exported"


def test_a_missing_page_is_believed_the_second_time(ledger):
    discover(ledger, 1)
    export(ledger, 2)
    for number, first in ((1, "failed"), (2, "exported")):
        ledger.outcomes.missing(url_of(number), reason="http-404", now=NOW)
        assert state(ledger, number) == first
        assert ledger.pages.look_up(url_of(number)).next_fetch_at == later(NOW, HOUR)
        ledger.outcomes.missing(url_of(number), reason="http-404", now=NOW)
        assert state(ledger, number) == "gone"


def test_a_page_gone_for_ever_is_believed_at_once(ledger):
    discover(ledger, 1)
    ledger.outcomes.missing(url_of(1), reason="http-410", now=NOW, final=True)
    assert state(ledger, 1) == "gone"


def test_rejected_and_duplicate_pages_are_not_asked_for_again(ledger):
    discover(ledger, 1, 2)
    ledger.outcomes.rejected(url_of(1), reason="no-body", now=NOW)
    ledger.outcomes.duplicate(url_of(2), of=url_of(3), now=NOW)
    assert [state(ledger, number) for number in (1, 2)] == ["rejected", "duplicate"]
    assert due(ledger, later(NOW, 100 * DAY)) == []


def test_an_unlisted_page_can_be_exported(ledger):
    export(ledger, 1)
    assert ledger.inspection.counts(SITE) == {SITE: {"exported": 1}}


def test_outcomes_that_wait_are_lost_by_a_kill_and_then_the_page_is_due(where):
    killed = Ledger.open(where)
    discover(killed, *range(150))
    assert len(due(killed, limit=150)) == 150
    for number in range(120):
        killed.outcomes.rejected(url_of(number), reason="no-body", now=NOW)
    killed._database.close()
    with Ledger.open(where) as ledger:
        assert ledger.inspection.counts() == {SITE: {"discovered": 50, "rejected": 100}}
        assert len(due(ledger, run=2)) == 50


def test_last_seen_is_right_to_the_day(ledger):
    discover(ledger, 1)
    discover(ledger, 1, now=later(NOW, HOUR))
    assert ledger.pages.look_up(url_of(1)).last_seen == NOW
    discover(ledger, 1, now=later(NOW, 2 * DAY))
    assert ledger.pages.look_up(url_of(1)).last_seen == later(NOW, 2 * DAY)


def test_forgetting(ledger):
    discover(ledger, 1, 2)
    export(ledger, 1)
    ledger.pages.discover("other.example", [Entry("https://other.example/", "feed")], NOW)
    assert ledger.inspection.forget_url("https://NEWS.example/1?utm_medium=x")
    assert not ledger.inspection.forget_url(url_of(1))
    assert ledger.inspection.history(url_of(1)) is None
    assert discover(ledger, 1) == 1
    assert ledger.inspection.history(url_of(1))[1] == []
    assert ledger.inspection.forget_site(SITE) == 2
    assert ledger.inspection.counts() == {"other.example": {"discovered": 1}}


def test_the_further_pages_of_an_article_are_never_due_whether_listed_before_or_after(ledger):
    discover(ledger, 1, 2)
    export(ledger, 1, further=[url_of(2), url_of(3), url_of(1)])
    assert discover(ledger, 2, 3) == 0
    assert [state(ledger, number) for number in (1, 2, 3)] == ["exported", "duplicate", "duplicate"]
    assert due(ledger, run=2) == []
    assert ledger.pages.look_up(url_of(3)).reason == url_of(1)
    # Exported again, it is as it was, however many wait to be written.
    for number in range(10, 130):
        export(ledger, number, further=[url_of(1000 + number), url_of(2)])
    assert state(ledger, 1129) == "duplicate" and state(ledger, 129) == "exported"
