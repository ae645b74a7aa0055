"""After a kill, the feed and the ledger are reconciled, whichever of them was ahead."""

import json
import random

import pytest

from newsclean.discovery.entry import Entry
from newsclean.export.parts import About
from newsclean.export.reconcile import Reconciled, reconcile
from newsclean.export.tail import before, feed_key, head_of
from newsclean.ledger import Batch, Export, FileMark, Ledger

NOW = "2026-04-18T12:00:00Z"
SITE = "news.example"


def url_of(number):
    return f"https://news.example/{number}"


def line_of(number, version=1):
    record = {"url": url_of(number), "metadata": {"contentHash": f"h{number}", "version": version}}
    return json.dumps(record).encode() + b"\n"


def discover(ledger, count):
    entries = [Entry(url_of(number), "sitemap") for number in range(count)]
    ledger.pages.discover(SITE, entries, NOW)


def export(ledger, feed, number, version=1):
    with feed.open("ab", buffering=0) as file:
        file.write(line_of(number, version))
        end = file.tell()
    key = feed_key(feed)
    export = Export(url_of(number), SITE, url_of(number), f"h{number}", version, NOW)
    mark = FileMark(key, end, head_of(feed), before(feed, end))
    ledger.confirm(Batch([(export, key, end, True)], [mark]))


def agree(ledger, feed, **options):
    return reconcile(ledger, feed, now=NOW, **options)


def unclosed(ledger):
    return [one.mark.feed for one in ledger.feeds.unclosed()]


@pytest.fixture
def feed(tmp_path):
    return tmp_path / "articles.jsonl"


def test_a_new_feed_and_a_new_ledger_agree(ledger, feed):
    assert agree(ledger, feed) == Reconciled()
    assert not feed.exists()
    assert unclosed(ledger) == [feed_key(feed)]


def test_flushed_lines_are_counted_and_a_torn_one_is_cut(ledger, feed):
    discover(ledger, 4)
    agree(ledger, feed)
    export(ledger, feed, 0)
    ledger.flush()
    with feed.open("ab") as file:
        file.write(line_of(1) + line_of(2) + line_of(3)[:20])
    assert agree(ledger, feed) == Reconciled(cut_bytes=20, counted=2)
    assert feed.read_bytes() == line_of(0) + line_of(1) + line_of(2)
    assert [page.url for page in ledger.pages.due(SITE, NOW, 9, run=2)] == [url_of(3)]
    page = ledger.pages.look_up(url_of(2))
    assert (page.state, page.content_hash, page.version) == ("exported", "h2", 1)
    assert agree(ledger, feed) == Reconciled()


def test_the_lines_of_a_part_are_counted_where_its_upload_looks(ledger, feed):
    """A part without lines is deleted instead of uploaded."""
    discover(ledger, 3)
    about = About("fake://a", "fake://a", "jsonl", "jsonlines", NOW)
    agree(ledger, feed, about=about)
    feed.write_bytes(line_of(0) + line_of(1))
    assert agree(ledger, feed, about=about) == Reconciled(counted=2)
    for _ in range(2):  # the first try to upload it fails
        part = ledger.feeds.look_up(feed_key(feed)).mark.part
        about = About.from_json(part)
        assert about.lines == 2
        assert agree(ledger, feed, about=about) == Reconciled()


def test_lines_that_the_file_lost_are_fetched_anew(ledger, feed):
    discover(ledger, 3)
    agree(ledger, feed)
    for number in (0, 1, 2):
        export(ledger, feed, number)
    ledger.flush()
    feed.write_bytes(line_of(0) + line_of(1)[:9])
    assert agree(ledger, feed) == Reconciled(cut_bytes=9, missed=2)
    assert {page.url for page in ledger.pages.due(SITE, NOW, 9, run=2)} == {url_of(1), url_of(2)}
    assert ledger.inspection.history(url_of(1))[1][-1].what == "lost"


def test_a_lost_update_leaves_the_page_exported_and_due(ledger, feed):
    discover(ledger, 1)
    agree(ledger, feed)
    export(ledger, feed, 0)
    export(ledger, feed, 0, version=2)
    ledger.flush()
    feed.write_bytes(line_of(0))
    assert agree(ledger, feed).missed == 1
    (page,) = ledger.pages.due(SITE, NOW, 9, run=2)
    assert (page.version, page.content_hash, page.etag) == (1, None, None)
    assert ledger.pages.look_up(url_of(0)).state == "exported"


@pytest.mark.parametrize("content", [None, b"", line_of(7), line_of(7) * 50])
@pytest.mark.parametrize("killed", [True, False])
def test_a_feed_that_was_moved_away_costs_no_page(ledger, feed, content, killed):
    discover(ledger, 2)
    agree(ledger, feed)
    for number in (0, 1):
        export(ledger, feed, number)
    ledger.flush()
    if not killed:
        ledger.confirm(Batch(closed=[feed_key(feed)]))
    if content is None:
        feed.unlink()
    else:
        feed.write_bytes(content)
    assert agree(ledger, feed).missed == 0
    assert ledger.pages.due(SITE, NOW, 9, run=2) == []
    assert ledger.feeds.look_up(feed_key(feed)).mark.counted == len(content or b"")
    known = ledger.pages.look_up(url_of(7))
    assert (known is not None) is bool(content)


def test_lines_of_others_are_left_and_counted_as_unreadable(ledger, feed):
    content = b'not json\n{"headline":"no url"}\n{"url":7}\n{"url":"https://news.example/1","metadata":[]}\n'
    feed.write_bytes(content)
    assert agree(ledger, feed) == Reconciled(counted=1, unreadable=3)
    assert feed.read_bytes() == content


def test_a_closed_feed_is_not_among_the_unclosed(ledger, feed):
    agree(ledger, feed)
    ledger.confirm(Batch(closed=[feed_key(feed)]))
    assert ledger.feeds.unclosed() == []


@pytest.mark.parametrize("seed", range(5))
def test_killed_at_any_moment_every_article_is_there_once(where, feed, seed):
    """Runs that die between any two steps, with a torn line or without, until all is done."""
    chance = random.Random(seed)
    runs = 0
    while True:
        runs += 1
        ledger = Ledger.open(where)
        agree(ledger, feed)
        discover(ledger, 60)
        due = ledger.pages.due(SITE, NOW, 60, run=runs)
        dies_at = chance.randrange(2, 25)
        for step, page in enumerate(due):
            if step == dies_at:
                torn = line_of(int(page.url.rpartition("/")[2]))
                with feed.open("ab") as file:
                    file.write(torn[: chance.randrange(len(torn) + 1)])
                break
            export(ledger, feed, int(page.url.rpartition("/")[2]))
            if chance.random() < 0.2:
                ledger.flush()
        else:
            ledger.close()
            break
        ledger._database.close()  # dead: what waited is lost
    assert runs > 2
    lines = feed.read_bytes().splitlines()
    assert sorted(json.loads(line)["url"] for line in lines) == sorted(map(url_of, range(60)))


def test_another_machine_may_have_a_file_of_that_path(ledger, feed, monkeypatch):
    discover(ledger, 3)
    agree(ledger, feed)
    for number in (0, 1, 2):
        export(ledger, feed, number)
    ledger.flush()
    feed.unlink()
    monkeypatch.setattr("socket.gethostname", lambda: "elsewhere.example")
    assert agree(ledger, feed) == Reconciled()
    assert [one.mark.feed for one in ledger.feeds.unclosed("elsewhere.")] == [feed_key(feed)]
    assert ledger.pages.due(SITE, NOW, 9, run=2) == []


def test_lines_that_another_machine_has_exported_since_are_taken_out(ledger, feed, monkeypatch):
    """A machine died after it had written articles 1 to 3, and before it counted them."""
    discover(ledger, 4)
    agree(ledger, feed)
    export(ledger, feed, 0)
    counted = feed.read_bytes()
    with feed.open("ab") as file:
        file.writelines(map(line_of, (1, 2, 3)))
    with monkeypatch.context() as patch:
        patch.setattr("socket.gethostname", lambda: "elsewhere.example")
        other = feed.with_name("other.jsonl")
        agree(ledger, other)
        export(ledger, other, 2)
    done = agree(ledger, feed)
    if not ledger.is_shared:  # no other machine can have exported it
        assert (done.cut_bytes, done.counted) == (0, 3)
        return
    assert feed.read_bytes() == counted + line_of(1) + line_of(3)
    assert (done.cut_bytes, done.counted, done.missed) == (len(line_of(2)), 2, 0)
    assert ledger.inspection.counts() == {SITE: {"exported": 4}}


@pytest.mark.parametrize(
    ("metadata", "claimed"),
    [
        ({"pages": [url_of(1), url_of(2)], "missingPages": [{"url": url_of(3)}]}, {2, 3}),
        ({"pages": url_of(2), "missingPages": {"url": url_of(3)}}, set()),
        ({"pages": [url_of(1), 2, None], "missingPages": [3, {"url": 3}, None]}, set()),
    ],
)
def test_a_counted_line_claims_the_further_pages_of_its_article(ledger, feed, metadata, claimed):
    discover(ledger, 4)
    feed.write_text(json.dumps({"url": url_of(1), "metadata": metadata}) + "\n")
    agree(ledger, feed)
    states = {number: ledger.pages.look_up(url_of(number)).state for number in (1, 2, 3)}
    assert states.pop(1) == "exported"
    assert {number for number, state in states.items() if state == "duplicate"} == claimed
