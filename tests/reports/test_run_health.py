import pytest

from newsclean.reports import THRESHOLDS, Crawl, check_health, run_to_json, summarise, worst
from newsclean.reports.tally import OTHER


@pytest.fixture
def good(article):
    """A run of ten good articles, as its run.json."""
    records = [
        article(
            n,
            wordCount=400,
            datePublished="2026-04-18",
            metadata={"cleaning": {"unescape": {"json": 1}}},
        )
        for n in range(10)
    ]
    return run_to_json(summarise(records))


def findings(run, earlier, **thresholds):
    return [
        (one.check, one.site, one.verdict, one.value)
        for one in check_health(run, earlier, thresholds)
        if one.verdict not in {"ok", "unknown"}
    ]


def articles(article, count=10, **fields):
    fields = {"wordCount": 400, "datePublished": "2026-04-18", **fields}
    return [article(n, **fields) for n in range(count)]


def test_a_run_like_those_before_is_well(article, good):
    verdicts = check_health(summarise(articles(article)), [good, good])
    assert {one.check for one in verdicts} == set(THRESHOLDS) - {"enough_pages", "earlier_runs"}
    assert {one.verdict for one in verdicts} == {"ok"}
    assert worst(verdicts) == "ok"


def test_a_first_run_has_nothing_to_compare_with(article):
    verdicts = check_health(summarise(articles(article)))
    assert [one.verdict for one in verdicts] == ["unknown"] * 4 + ["ok"] * 5
    assert worst(verdicts) == "ok"
    assert worst([]) == "unknown"


def test_a_site_that_yields_nothing_any_more(article, rejection, good):
    silent = summarise([], [rejection()])
    assert findings(silent, [good]) == [("site_yields_nothing", "news.example", "failed", 0)]
    gone = summarise(articles(article, host="other.example"))
    assert findings(gone, [good]) == [("site_yields_nothing", "news.example", "failed", 0)]
    assert findings(summarise([], crawl=Crawl(unchanged={"news.example": 9})), [good]) == []
    seen_once = run_to_json(summarise(articles(article, host="guest.example")))
    assert ("site_yields_nothing", "guest.example", "failed", 0) not in findings(
        summarise(articles(article)), [good, good, seen_once]
    )


def test_a_site_that_never_yields_is_told_without_earlier_runs(rejection):
    many = summarise([], [rejection(n) for n in range(4)], Crawl(failed={"news.example": 1}))
    assert findings(many, []) == [("site_yields_nothing", "news.example", "failed", 0)]
    assert findings(summarise([], [rejection(n) for n in range(4)]), []) == []


def test_an_exception_of_the_program(article, good):
    run = summarise(articles(article), crawl=Crawl(errors={"news.example": 2, OTHER: 1}))
    assert findings(run, [good]) == [
        ("program_errors", "news.example", "failed", 2),
        ("program_errors", OTHER, "failed", 1),
    ]
    assert findings(run, [good], program_errors=2) == []


def test_a_field_that_vanished(article, good):
    run = summarise(articles(article, datePublished=None))
    assert findings(run, [good]) == [("field_vanished", "news.example", "failed", 0)]
    few = summarise(articles(article, 3, datePublished=None))
    assert findings(few, [good]) == []
    one_in_ten = [
        article(99, datePublished="2026-04-18"),
        *articles(article, 9, datePublished=None),
    ]
    assert findings(summarise(one_in_ten), [good]) == [
        ("field_vanished", "news.example", "failed", 0.1)
    ]
    assert findings(summarise(one_in_ten), [good], field_vanished=0.05) == []


def test_bodies_that_shrank(article, good):
    assert findings(summarise(articles(article, wordCount=190)), [good]) == [
        ("bodies_shrank", "news.example", "failed", 0.475)
    ]
    assert findings(summarise(articles(article, wordCount=210)), [good]) == []


def test_a_rise_in_rejections(article, rejection, good):
    run = summarise(articles(article), [rejection(n) for n in range(10)])
    assert findings(run, [good]) == [("rejections_rose", "news.example", "warning", 0.5)]
    assert findings(run, [run_to_json(run)]) == []
    assert findings(run, [good], rejections_rose=0.5) == []


def test_escape_layers_never_seen_before(article, good):
    layers = {"cleaning": {"unescape": {"json": 1, "percent": 2}}}
    run = summarise(articles(article, metadata=layers))
    assert findings(run, [good]) == [("new_escape_layers", None, "warning", 1)]
    assert "percent" in check_health(run, [good])[0].message
    assert findings(run, [good], new_escape_layers=1) == []


def test_only_the_latest_runs_count(article, good):
    run = summarise(articles(article, wordCount=100))
    low = run_to_json(run)
    assert findings(run, [good] * 10 + [low] * 3, earlier_runs=3) == []
    assert findings(run, [good] * 10 + [low] * 3) != []


def test_runs_of_another_schema_are_left_out(article):
    verdicts = check_health(summarise(articles(article)), [{"sites": "none"}])
    assert {one.verdict for one in verdicts} == {"ok", "unknown"}


def test_a_misspelt_threshold_is_told():
    with pytest.raises(ValueError, match="bodies_shrunk"):
        check_health(summarise([]), thresholds={"bodies_shrunk": 1})
