import base64
import json
import re
import tracemalloc
import zlib
from html.parser import HTMLParser

import pytest

from newsclean.cleaning.body import STEPS
from newsclean.reports import Crawl, check_health, render_report, summarise
from newsclean.reports.chart import HEIGHT, WIDTH, draw_timeline
from newsclean.reports.html import STEP_NOTES
from newsclean.reports.payload import MAX_BODY_LENGTH, inert_json
from newsclean.reports.tally import FIELDS
from newsclean.reports.timeline import TimeStep

HOSTILE = [
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "]]><img src=x onerror=alert(1)>",
    "\"'><svg onload=alert(1)>",
    "{{ 7 * 7 }}{% raw %}",
    "\u2028\u2029&lt;b&gt;",
]


class Reader(HTMLParser):
    """Reads a page as a browser would: elements with their attributes, scripts by class."""

    def __init__(self, page):
        super().__init__()
        self.elements = []
        self.scripts = {}
        self._script = None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag == "script":
            attrs = dict(attrs)
            name = attrs.get("class") or attrs.get("id") or attrs.get("type")
            self._script = self.scripts.setdefault(name, [])
            self._script.append("")

    def handle_endtag(self, tag):
        if tag == "script":
            self._script = None

    def handle_data(self, data):
        if self._script is not None:
            self._script[-1] += data


def unpacked(script):
    return json.loads(zlib.decompress(base64.b64decode(script)))


def report(records, rejections=(), **crawl):
    run = summarise(records, rejections, Crawl(**crawl))
    run.health = check_health(run)
    return "".join(render_report(run, records, rejections))


def test_the_articles_travel_as_they_are(article, rejection):
    records = [
        article(n, articleBodyRaw={"html": f"<p>{n}</p>", "slots": {"IMG_0": {"url": "x"}}})
        for n in range(250)
    ]
    page = Reader(report(records, [rejection()]))
    rows = [row for script in page.scripts["rows"] for row in json.loads(script)]
    assert [row[0] for row in rows] == [record["headline"] for record in records]
    assert rows[0][6] == sum(
        1 << FIELDS.index(name) for name in ("headline", "articleBody", "wordCount")
    )
    texts = [text for script in page.scripts["texts"] for text in unpacked(script)]
    assert texts == [record["articleBody"] for record in records]
    details = [one for script in page.scripts["details"] for one in unpacked(script)]
    assert [one["articleBodyRaw"]["html"] for one in details] == [f"<p>{n}</p>" for n in range(250)]
    assert [one["metadata"] for one in details] == [record["metadata"] for record in records]
    (rejected,) = json.loads(page.scripts["rejections"][0])
    assert rejected[1:3] == ["https://news.example/rejected/0", "no-body"]


@pytest.mark.parametrize("evil", HOSTILE)
def test_nothing_of_a_page_becomes_markup(article, rejection, evil):
    plain = Reader(report([article(0)], [rejection(0, reason="no-body")], spider="site"))
    records = [
        article(
            0,
            headline=evil,
            articleBody=evil,
            articleBodyHtml=evil,
            articleBodyRaw={"html": evil},
            authors=[{"name": evil}],
            metadata={
                "fieldSources": {"headline": evil},
                "cleaning": {evil: {evil: 1}},
                "changeType": evil,
            },
        )
        | {"url": f"https://news.example/{evil}", "datePublished": evil}
    ]
    rejections = [rejection(0, reason=evil, detail=evil)]
    page = Reader(report(records, rejections, spider=evil, finish_reason=evil))
    known = {tag for tag, _ in plain.elements} | {"code", "h3", "span", "table"}
    assert {tag for tag, _ in page.elements} <= known
    assert not [name for _, attrs in page.elements for name in attrs if name.startswith("on")]
    assert len([one for one in page.elements if one[0] == "script"]) == len(
        [one for one in plain.elements if one[0] == "script"]
    )
    assert json.loads(page.scripts["rows"][0])[0][0] == evil


def test_a_host_cannot_leave_its_attribute(article):
    page = Reader(report([article(0) | {"url": "https://a\"><img src=x onerror='1'>.example/"}]))
    assert "img" not in {tag for tag, _ in page.elements}


def test_the_page_allows_nothing_but_its_own_script_and_style(article):
    text = report([article()])
    page = Reader(text)
    (policy,) = [
        attrs["content"]
        for tag, attrs in page.elements
        if tag == "meta" and attrs.get("http-equiv") == "Content-Security-Policy"
    ]
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules["default-src"] == "'none'"
    assert re.fullmatch(r"'sha256-[\w+/]{43}='", rules["script-src"])
    assert re.fullmatch(r"'sha256-[\w+/]{43}='", rules["style-src"])
    assert not [attrs for _, attrs in page.elements if "style" in attrs]
    links = [attrs for tag, attrs in page.elements if tag in {"link", "img", "iframe", "script"}]
    assert {attrs.get("src") for attrs in links} == {None}
    assert "eval(" not in text and "innerHTML" not in text


def test_json_that_html_could_read_is_escaped():
    text = inert_json(["</script>&\u2028\u2029<!--"])
    assert not set(text) & set("<>&\u2028\u2029")
    assert json.loads(text) == ["</script>&\u2028\u2029<!--"]


def test_bodies_that_are_too_long_to_read_are_cut_and_told(article):
    body = "x" * (MAX_BODY_LENGTH + 5)
    page = Reader(report([article(articleBodyRaw={"html": body}, articleBody=body)]))
    (detail,) = unpacked(page.scripts["details"][0])
    assert detail["articleBodyRaw"] == {"html": "x" * MAX_BODY_LENGTH, "length": len(body)}


@pytest.mark.parametrize("value", [None, 7, -1, 1.5, True, "", "x", [], {}, [None], {"html": 7}])
def test_no_line_can_break_the_report(article, rejection, value):
    records = [{**article(), name: value} for name in (*article(), "authors", "articleBodyRaw")]
    records += [article(metadata={name: value}) for name in ("changeType", "cleaning")]
    rejections = [{**rejection(), name: value} for name in (*rejection(), "status", "detail")]
    page = Reader(report(records, rejections))
    assert sum(len(json.loads(script)) for script in page.scripts["rows"]) == len(records)


def test_a_line_nested_too_deeply_is_shown_by_its_url(article):
    deep = []
    for _ in range(300):
        deep = [deep]
    page = Reader(report([article(breadcrumbs=deep)]))
    assert unpacked(page.scripts["details"][0]) == [{"url": "https://news.example/0"}]


def test_lengths_are_in_what_the_script_counts(article):
    records = [article(1), article(2, articleBody="渡口的老船工说，水位今早又涨了一尺。")]
    page = Reader(report(records))
    assert [row[5] for row in json.loads(page.scripts["rows"][0])] == [0, 1]


def test_only_checks_that_compared_find_nothing_to_worry_about(article):
    run = summarise([article()])
    run.health = check_health(run)
    page = "".join(render_report(run, []))
    assert "No problem found; 4 of 9 checks need an earlier run" in page
    assert "All checks passed" not in page
    run.health = check_health(run, [summarise([article()])])
    page = "".join(render_report(run, []))
    assert "All checks passed" in page


def test_an_empty_feed_has_a_report():
    assert "A feed without dates" in report([])


def test_the_report_is_written_in_bounded_memory(article):
    def peak(lines):
        body = "".join(chr(0x4E00 + n * 7919 % 20000) for n in range(3000))
        records = (article(n, articleBodyRaw={"html": body}) for n in range(lines))
        tracemalloc.start()
        for _ in render_report(summarise([]), records):
            pass
        top = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return top

    assert peak(3000) < 1.5 * peak(600)


def test_steps_that_are_explained_exist():
    assert set(STEP_NOTES) <= {"unescape", *(step.__name__ for step in STEPS)}


def test_the_chart_adds_up_and_stays_in_its_box():
    moments = [
        TimeStep(n * 10, 10, fetched=5, exported=n % 3, rejected=1, failed=n % 2)
        for n in range(600)
    ]
    chart = draw_timeline(moments)
    assert len(chart.bars) <= 125
    assert chart.top == 25
    assert chart.series == ["exported", "rejected", "failed"]
    for bar in chart.bars:
        assert bar.x >= 0 and bar.x + bar.width <= WIDTH
        assert all(part.y >= 0 and part.y + part.height <= HEIGHT + 0.1 for part in bar.parts)
    exported = sum(
        part.height for bar in chart.bars for part in bar.parts if part.series == "exported"
    )
    assert exported * chart.top / HEIGHT == pytest.approx(600, rel=0.01)
    assert chart.ticks == ["0 s", "25 min", "50 min", "1 h 15 min", "1 h 40 min"]


@pytest.mark.parametrize(
    ("first", "count", "ticks"),
    [
        (1, 2, ["1 s", "2 s", "3 s"]),
        (0, 8, ["0 s", "2 s", "4 s", "6 s", "8 s"]),
        (0, 7, ["0 s", "7 s"]),
        (2, 61, ["2 s", "17 s", "32 s", "48 s", "1 min 3 s"]),
    ],
)
def test_the_axis_begins_at_the_first_bar_and_has_each_second_once(first, count, ticks):
    moments = [TimeStep(second, 1, exported=1) for second in range(first, first + count)]
    assert draw_timeline(moments).ticks == ticks


def test_no_chart_of_one_moment():
    assert draw_timeline([TimeStep(0, 1)]).bars == []
    assert draw_timeline([]).bars == []
