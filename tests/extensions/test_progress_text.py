"""What the progress says, without a crawl: text of a known state."""

import io
import logging
import sys
import time
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from rich.console import Console
from rich.text import Text
from scrapy import Request
from scrapy.core.downloader import Slot

from newsclean.extensions.counts import KINDS
from newsclean.extensions.progress_table import progress_table
from newsclean.extensions.progress_text import Snapshot, progress_line
from newsclean.extensions.terminal import Terminal
from newsclean.extensions.waits import Wait, queue_length, waits_of

COUNTS = dict(zip(KINDS, (1300, 200, 150, 7, 12, 3), strict=True))
NOW = Snapshot(
    spider="site",
    seconds=75,
    totals=COUNTS,
    rate=2.66,
    queue=1100,
    retries=4,
    sites={"news.example": COUNTS, "bay.example": dict.fromkeys(KINDS, 0)},
    more_sites=1200,
    waits={"news.example": Wait("rest", 41.92), "bay.example": Wait("robots.txt", retry=True)},
    latest="The ferry runs again",
)


def shown(now, width=80):
    console = Console(record=True, width=width, file=io.StringIO(), color_system=None)
    console.print(progress_table(now))
    return console.export_text().splitlines()


def test_the_table():
    assert [line.rstrip() for line in shown(NOW, 90)] == [
        "site  1 min 15 s  2.7 pages a second  queue 1,100  retries 4",
        "found 1,300  fetched 200  exported 150  unchanged 7  rejected 12  failed 3",
        "site          fetched  exported  unchanged  rejected  failed  waits for",
        "news.example      200       150          7        12       3  rest 41.9 s",
        "bay.example         0         0          0         0       0  robots.txt, retry",
        "and 1,200 more sites",
        "waits for rest 1, robots.txt 1",
        "latest    The ferry runs again",
    ]


def test_a_line_for_the_log():
    assert progress_line(NOW) == (
        "found 1300, fetched 200, exported 150, unchanged 7, rejected 12, failed 3,"
        " 2.7 pages a second, queue 1100, retries 4;"
        " waits for news.example rest 41.9 s; bay.example robots.txt, retry"
    )
    many = Snapshot("site", waits={f"{n}.example": Wait("answer") for n in range(40)})
    assert progress_line(many).endswith("2.example answer and 37 more")


@pytest.mark.parametrize("width", [1, 10, 40, 80, 200])
def test_it_fits_any_terminal(width):
    long = Snapshot(
        "site" * 99,
        totals=dict.fromkeys(KINDS, 10**12),
        sites={f"{n}{'x' * 300}.example": COUNTS for n in range(6)},
        more_sites=9,
        waits={f"{n}{'x' * 300}.example": Wait("crawl delay", 59.9, True) for n in range(6)},
        latest="wide 汉字 " * 999,
    )
    lines = shown(long, width)
    assert len(lines) <= 12
    assert all(len(line) <= width for line in lines)


def test_names_and_headlines_are_text():
    hostile = "a\x1b]0;evil\x07b\x1b[2J[red]c[/red]\n\u202ed\x9b31m"
    now = Snapshot(hostile, sites={hostile: COUNTS}, waits={hostile: Wait("answer")})
    now.latest = hostile
    text = "\n".join(shown(now, 200)) + progress_line(now)
    assert not set("\x1b\x07\x9b\u202e") & set(text)
    assert text.count("[red]c[/red]") == 4


def slot(
    delay=0.0, *, last, queued=0, active=0, url="http://a.example/1", retry=False, later=False
):
    made = Slot(1, delay, 0.0)
    made.lastseen = last
    made.latercall = object() if later else None
    meta = {"retry_times": 1} if retry else {}
    for number in range(queued + active):
        request = Request(url, meta=dict(meta))
        made.active.add(request)
        if number < active:
            made.transferring.add(request)
        else:
            made.queue.append((request, None))
    return made


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (slot(last=0, active=1), "answer"),
        (slot(last=0, active=1, retry=True), "answer, retry"),
        (slot(1.0, last=99.5, queued=2), "delay 0.5 s"),
        (slot(1.0, last=98.9, queued=2, later=True), "delay 0.0 s"),
        (slot(1.0, last=99.5, queued=2, active=1), "answer"),
        (slot(5.0, last=98.0, queued=1), "crawl delay 3.0 s"),
        (slot(1.0, last=130.0, queued=1, retry=True), "rest 30.0 s, retry"),
        (slot(5.0, last=99.0, queued=1, url="http://a.example/robots.txt"), "robots.txt"),
    ],
)
def test_what_a_host_waits_for(made, said):
    slots = {"a.example": made, "idle.example": slot(5.0, last=99.0)}
    downloader = SimpleNamespace(slots=slots)
    waits = waits_of(downloader, our_delay=1.0, now=100.0)
    assert {host: str(wait) for host, wait in waits.items()} == {"a.example": said}
    assert queue_length(downloader, [1, 2, 3]) == 3 + len(made.queue)
    assert queue_length(downloader, None) == len(made.queue)


@contextmanager
def displayed(monkeypatch):
    """A display, what it writes to in place of a terminal of forty columns, and a log there.
    No fixture: pytest puts a standard error of its own in place before each test."""
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "40")
    written = io.StringIO()
    monkeypatch.setattr(sys, "stderr", written)
    handler = logging.StreamHandler(written)
    handler.setFormatter(logging.Formatter("%(levelname)s: %(message)s"))
    logging.root.addHandler(handler)
    terminal = Terminal(force=True)
    terminal.open(Text("at the foot"))
    try:
        yield terminal, written, logging.getLogger("newsclean.test")
    finally:
        terminal.close()
        logging.root.removeHandler(handler)


def test_log_lines_are_whole_and_their_controls_dead(monkeypatch):
    with displayed(monkeypatch) as (terminal, written, log):
        log.error("a long line, %s, [bold]:smile: \x1b]0;evil\x07", "word " * 20)
        log.error("a number too long for a colour: \x1b[%sm", "1" * 5000)
        log.error("two\nlines")
        said = written.getvalue()
        long = f"ERROR: a long line, {'word ' * 20}, [bold]:smile: \ufffd]0;evil\ufffd\n"
        assert long in said
        assert f"colour: \ufffd[{'1' * 5000}m\n" in said
        assert "ERROR: two\nlines\nat the foot" in said


def test_it_gives_everything_back(monkeypatch):
    with displayed(monkeypatch) as (terminal, written, log):
        terminal.show(Text("in the middle"))
        assert "in the middle" in written.getvalue()
        terminal.close()
        terminal.close()
        written.seek(0)
        written.truncate()
        terminal.show(Text("too late"))
        log.error("\x1b[1mas it was")
        print("and this", file=sys.stderr)
        assert written.getvalue() == "ERROR: \x1b[1mas it was\nand this\n"
        assert sys.stderr is written


def test_the_log_of_a_file_stays_there(monkeypatch, tmp_path):
    with displayed(monkeypatch) as (terminal, written, log):
        handler = logging.FileHandler(tmp_path / "crawl.log")
        logging.root.addHandler(handler)
        try:
            again = Terminal(force=True)
            terminal.close()
            again.open(Text("at the foot"))
            log.error("\x1b[1min the file")
            again.close()
        finally:
            logging.root.removeHandler(handler)
            handler.close()
        assert (tmp_path / "crawl.log").read_text() == "\x1b[1min the file\n"


def test_long_log_lines_are_linear(monkeypatch):
    with displayed(monkeypatch) as (terminal, written, log):
        times = []
        for size in (100_000, 1_000_000):
            start = time.process_time()
            log.error("\x1b]\x1b[1;" * (size // 6))
            times.append(time.process_time() - start)
        assert times[1] < 30 * max(times[0], 0.02), times
