"""A clock that was a year ahead in one run keeps no page waiting until next year."""

from newsclean.discovery.entry import Entry
from newsclean.ledger import Batch, Export
from newsclean.ledger.clock import later

NOW = "2026-04-18T12:00:00Z"
AHEAD = later(NOW, 365 * 86_400)
SITE = "news.example"


def url_of(number):
    return f"https://news.example/{number}"


def run(ledger, now):
    run_id = ledger.runs.begin(SITE, now)
    entries = [Entry(url_of(number), "feed") for number in range(60)]
    ledger.pages.discover(SITE, entries, now)
    due = ledger.pages.due(SITE, now, 20, run=run_id)
    exports = [Export(page.canonical, SITE, page.url, "h", 1, now) for page in due]
    ledger.confirm(Batch([(export, None, None, True) for export in exports]))
    ledger.outcomes.failed(url_of(59), reason="timeout", now=now)
    ledger.runs.end(run_id, {}, now)
    return len(due)


def test_pages_that_wait_for_next_year_are_due(ledger):
    assert run(ledger, AHEAD) == 20
    assert ledger.pages.due(SITE, NOW, 99, run=2) == []
    assert ledger.check_clock(NOW) == 60
    assert len(ledger.pages.due(SITE, NOW, 99, run=2)) == 60
    assert ledger.pages.look_up(url_of(1)).first_seen == NOW
    assert ledger.check_clock(NOW) is None  # it is put right once


def test_a_clock_that_is_right_changes_nothing(ledger):
    assert run(ledger, NOW) == 20
    assert ledger.check_clock(later(NOW, 60)) is None
    assert ledger.check_clock(later(NOW, -60)) is None
