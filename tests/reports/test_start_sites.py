"""Start sites without articles: the reasons, and the health checks that fail."""

import pytest

from newsclean.reports import Crawl, check_health, render_summary, run_to_json, summarise
from newsclean.reports.start_site import LinkCount, StartSite, why_nothing

SITE = "news.example"
FINE = {"front": "ok", "newExported": 3}


def run_of(starts, records=(), **known):
    return summarise(records, crawl=Crawl(start_sites=starts, **known))


def findings(run, earlier=()):
    return {
        (one.check, one.site, one.verdict)
        for one in check_health(run, earlier)
        if one.verdict not in {"ok", "unknown"}
    }


@pytest.mark.parametrize(
    ("start", "says"),
    [
        (
            StartSite(
                front="ok",
                links={
                    "/news/#.html": LinkCount("undecided", 48),
                    "/x": LinkCount("listing", 6),
                },
                samples={"other": 3},
            ),
            "54 links: 48 like /news/#.html undecided, 6 like /x listing; 3 samples read: 3 other;"
            " hint: write a site rule with article_links",
        ),
        (
            StartSite(front="ok"),
            "no link to a page of the site; hint: the page may need JavaScript: see"
            " NEWSCLEAN_RENDER",
        ),
        (
            StartSite(front="http-404"),
            "front page: http-404; hint: check the URL of the front page",
        ),
        (
            StartSite(front="ok", newLost={"no-body": 7, "http-404": 1}),
            "no link to a page of the site; 8 pages: 7 no-body, 1 http-404; hint: write a site rule"
            " with articleBody, or see NEWSCLEAN_RENDER",
        ),
        (
            StartSite(front="unchanged", newLost={"too-old": 7}),
            "7 pages: 7 too-old; hint: every article is older than since",
        ),
        (
            StartSite(
                front="ok",
                links={"/news/#.html": LinkCount("undecided", 48)},
                samples={"failed": 4},
                newLost={"http-503": 4},
            ),
            "48 links: 48 like /news/#.html undecided; 4 samples read: 4 failed; 4 pages: 4"
            " http-503; hint: each sample failed; the next run tries other pages",
        ),
        (StartSite(dropped={"links": 9}), "left out by limits: 9 links"),
        (StartSite(), "nothing was fetched"),
    ],
)
def test_why_a_site_gave_nothing(start, says):
    assert why_nothing(start) == says


@pytest.mark.parametrize("front", ["http-404", "empty-page", "login", "dns"])
def test_a_front_page_that_cannot_be_used_is_an_alarm_whatever_is_known(front):
    run = run_of({SITE: StartSite(front=front, known=True)})
    assert findings(run) == {("front_page_lost", SITE, "failed")}


@pytest.mark.parametrize("front", ["ok", "unchanged", None])
def test_a_quiet_site_is_no_alarm(front):
    assert findings(run_of({SITE: StartSite(front=front, known=True)})) == set()


def test_new_pages_that_are_all_lost_are_an_alarm_whatever_is_known():
    redesigned = StartSite(front="ok", known=True, newLost={"no-body": 5})
    run = run_of({SITE: redesigned}, unchanged={SITE: 40})
    assert findings(run) == {("new_pages_lost", SITE, "failed")}
    one_of_them = StartSite(front="ok", known=True, newLost={"no-body": 5}, newExported=1)
    assert findings(run_of({SITE: one_of_them}, unchanged={SITE: 40})) == set()


def test_lost_pages_add_up_over_runs_until_one_gives_an_article():
    lost = run_to_json(run_of({SITE: StartSite(newLost={"no-body": 1})}, unchanged={SITE: 1}))
    fine = run_to_json(run_of({SITE: StartSite(**FINE)}, unchanged={SITE: 1}))
    run = run_of({SITE: StartSite(newLost={"timeout": 1})}, unchanged={SITE: 1})
    assert findings(run, [lost]) == set()
    assert findings(run, [lost, lost]) == {("new_pages_lost", SITE, "failed")}
    assert findings(run, [lost, lost, fine, lost]) == set()


def test_pages_that_are_elsewhere_or_not_wanted_are_not_lost():
    harmless = {"duplicate": 9, "further-page": 9, "too-old": 9, "not-article": 9}
    start = StartSite(known=True, newLost=harmless)
    assert findings(run_of({SITE: start}, unchanged={SITE: 1})) == set()
    start.stopped = ["/news/#.html"]
    assert findings(run_of({SITE: start}, unchanged={SITE: 1})) == {
        ("new_pages_lost", SITE, "failed"),
        ("template_stopped", SITE, "warning"),
    }


def test_many_sites_say_how_many_and_which_gave_nothing(article):
    starts = {f"{n}.example": StartSite(**FINE) for n in range(20)}
    starts |= {f"quiet{n}.example": StartSite(front="unchanged", known=True) for n in range(3)}
    starts |= {f"no{n}.example": StartSite(front="ok", why="48 links") for n in range(5)}
    run = run_of(starts, [article(n, host=f"{n}.example") for n in range(20)])
    run.health = check_health(run)
    lines = render_summary(run)
    assert "starts    28 sites: 20 gave new articles, 3 nothing new, 5 gave nothing" in lines
    assert "  nothing from no0.example: 48 links" in lines
    assert "  and nothing from no3.example, no4.example" in lines
    assert lines[-6] == "health    5 failed, 0 warnings"
    assert {
        (name, f"no{n}.example", grade)
        for n in range(5)
        for name, grade in [("site_yields_nothing", "failed")]
    } == findings(run)


def test_failures_are_summed_up_by_reason():
    run = run_of({}, failures={"timeout": 1, "dns": 2})
    assert "failed 3: dns 2, timeout 1" in render_summary(run)
