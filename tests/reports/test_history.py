"""Runs over time: the numbers, and the page as a reader sees it."""

import base64
import json
import tracemalloc
import zlib

import pytest

from newsclean.reports import Crawl, Ended, check_health, read_history, render_history, summarise
from newsclean.reports.chart import HEIGHT, WIDTH, draw_runs
from newsclean.reports.history import MAX_SITES
from tests.reports.test_report_html import HOSTILE, Reader


def ended(day, records, rejections=(), earlier=(), **crawl):
    crawl.setdefault("started", f"2026-04-{day:02}T08:00:00Z")
    run = summarise(records, rejections, Crawl(finished=f"2026-04-{day:02}T08:10:00Z", **crawl))
    run.health = check_health(run, earlier)
    run.exitCode = 0
    return Ended(run.started, run)


@pytest.fixture
def runs(article, rejection):
    """Twelve runs on two sites; from the tenth on, one gives nothing and headlines are away."""
    past = []
    for day in range(1, 13):
        records = [article(n) for n in range(6)]
        if day < 10:
            records += [article(n, host="other.example") for n in range(day)]
        else:
            records = [{**one, "headline": None} for one in records]
        earlier = [one.numbers for one in past]
        failed = {"other.example": 7} if day >= 10 else {}
        past.append(ended(day, records, [rejection(day)], earlier, failed=failed, unchanged={}))
    return past


def test_sites_and_fields_have_a_number_for_each_run(runs):
    history = read_history(runs)
    assert [run.totals.exported for run in history.runs] == [*range(7, 16), 6, 6, 6]
    news, other = history.sites
    assert (news.name, other.name) == ("news.example", "other.example")
    assert [point.exported for point in other.points] == [*range(1, 10), 0, 0, 0]
    assert other.last_with_article == 8
    assert other.usual == 4.5  # of the ten runs before the last: 2 to 9 articles, 0 and 0
    assert [point.coverage.get("headline", 0) for point in news.points] == [6] * 9 + [0] * 3
    assert news.points[0].length == 8
    assert history.checks[:2] == ["site_yields_nothing", "field_vanished"]
    assert history.runs[9].checks["field_vanished"] == "failed"
    assert history.runs[0].checks["field_vanished"] == "unknown"


def test_a_run_that_did_not_end_is_in_its_place(runs):
    runs.insert(3, Ended("2026-04-03T23:00:00Z", None))
    history = read_history(runs)
    assert history.runs[3].totals is None
    assert [point.run for point in history.sites[0].points] == [0, 1, 2, *range(4, 13)]
    page = "".join(render_history(history))
    assert "2026-04-03 23:00" in page and "the run has not ended, or was killed" in page


def test_a_start_site_without_any_page_has_its_points(article):
    start = {"silent.example": {"urls": ["https://silent.example/"], "front": "dns"}}
    numbers = summarise([article()])
    numbers.startSites = start
    history = read_history([Ended("2026-04-01T08:00:00Z", numbers)])
    assert [site.name for site in history.sites] == ["news.example", "silent.example"]
    assert history.sites[1].points[0].exported == 0


def test_the_chart_stays_in_its_box(runs):
    chart = draw_runs(read_history(runs).runs)
    assert len(chart.bars) == 12 and chart.top == 16
    assert chart.series == ["exported", "rejected", "failed"]
    for bar in chart.bars:
        assert bar.x >= 0 and bar.x + bar.width <= WIDTH
        assert all(part.y >= -0.1 and part.y + part.height <= HEIGHT + 0.1 for part in bar.parts)
    assert chart.ticks == ["2026-04-01 08:00", "2026-04-07 08:00", "2026-04-12 08:00"]
    assert draw_runs([]).bars == []


def test_each_tick_of_the_chart_is_another_run(article):
    days = [(18, "08:00"), (18, "09:00")]
    runs = [ended(day, [article(1)], started=f"2026-04-{day}T{minute}:00Z") for day, minute in days]
    history = read_history(runs)
    assert draw_runs(history.runs).ticks == ["2026-04-18 08:00", "2026-04-18 09:00"]
    page = "".join(render_history(history))
    assert "<span>18 April 2026</span>" in page  # both runs are of one day


@pytest.mark.parametrize("evil", HOSTILE)
def test_nothing_of_a_run_becomes_markup(article, rejection, evil):
    def page(text):
        one = ended(1, [article()], [rejection(reason=text)], spider=text, finish_reason=text)
        one.numbers.why = text
        one.numbers.startSites = {}
        one.numbers.sites[text] = one.numbers.sites["news.example"]
        one.numbers.health[0].check = text
        one.numbers.started = text
        return Reader("".join(render_history(read_history([one, one]), text)))

    plain, hostile = page("calm"), page(evil)
    assert [tag for tag, _ in hostile.elements] == [tag for tag, _ in plain.elements]
    names = [name for _, attributes in hostile.elements for name in attributes]
    assert not [name for name in names if name.startswith("on")]


def test_the_points_travel_in_batches(article):
    records = [article(n, host=f"{n}.example") for n in range(120)]
    page = Reader("".join(render_history(read_history([ended(1, records), ended(2, records)]))))
    batches = [
        json.loads(zlib.decompress(base64.b64decode(one))) for one in page.scripts["site-points"]
    ]
    assert [len(batch) for batch in batches] == [50, 50, 20]
    unit, points = batches[0][0]
    assert unit == "words"
    fields = json.loads(page.scripts["field-names"][0])
    assert points[1] == [1, 1, 0, 0, 0, 8, [1] * len(fields)]


def test_an_empty_history_has_a_page():
    assert "0 runs" in "".join(render_history(read_history([])))


def test_many_runs_on_many_sites_take_bounded_memory(article):
    class Runs:
        def __init__(self, count):
            self.count = count

        def __iter__(self):
            for day in range(self.count):
                records = [article(n, host=f"{n}.example") for n in range(MAX_SITES + 100)]
                yield ended(1 + day % 28, records)

    history = read_history(Runs(2))
    assert (len(history.sites), history.other_sites) == (MAX_SITES, 100)

    def peak(count):
        tracemalloc.start()
        for _ in render_history(read_history(Runs(count))):
            pass
        top = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return top

    few, many = peak(2), peak(8)
    assert many < few + 6 * 2_000_000  # a run of 500 sites is kept in less than 2 MB
