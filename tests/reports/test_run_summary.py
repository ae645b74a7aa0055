from newsclean.reports import Crawl, check_health, fold, render_summary, summarise
from newsclean.reports.start_site import LinkCount, StartSite, why_nothing
from newsclean.reports.summary import MAX_LINES, duration


def test_the_numbers_are_there(article, rejection):
    records = [article(n, wordCount=1234) for n in range(3)]
    records.append(
        article(3, metadata={"changeType": "updated", "cleaning": {"unescape": {"json": 7}}})
    )
    crawl = Crawl(
        spider="site",
        started="2026-04-18T09:00:00Z",
        finished="2026-04-18T10:12:00Z",
        finish_reason="finished",
        found=1200,
        fetched=6,
        unchanged={"news.example": 5},
        failed={"news.example": 2},
    )
    run = summarise(records, [rejection()], crawl)
    run.health = check_health(run)
    assert render_summary(run) == [
        "newsclean · site · finished · 2026-04-18T09:00:00Z · 1 h 12 min",
        "pages     found 1,200 · fetched 6 · exported 4 (1 updated) · unchanged 5 · rejected 1"
        " · failed 2",
        "site                         exported unchanged  rejected    failed       length",
        "news.example                        4         5         1         2  1,230 words",
        "rejected  no-body 1",
        "cleaned   unescape 7",
        "  layers  json 7",
        "health    ok; 4 checks need an earlier run to compare with",
    ]


def test_it_stays_short_and_narrow_however_much_there_is(article, rejection):
    records = [
        article(
            n, host=f"{n}.{'long' * 30}.example", metadata={"cleaning": {f"step-{n}": {"a": n}}}
        )
        for n in range(300)
    ]
    rejections = [rejection(n, host=f"{n}.example", reason=f"reason {n % 50}") for n in range(3000)]
    run = summarise(records, rejections, Crawl(failed={f"{n}.example": 9 for n in range(9)}))
    run.health = check_health(run)
    lines = render_summary(run)
    assert 15 <= len(lines) <= MAX_LINES
    assert max(map(len, lines)) <= 130
    assert any(line.startswith("  failed  site_yields_nothing") for line in lines)


def test_what_a_page_names_cannot_move_the_cursor(article, rejection):
    evil = "\x1b[2J\x1b]0;owned\x07\r\n\x9b31m\u202e\u2028\u200b"
    run = summarise(
        [article(metadata={"cleaning": {evil: {evil: 1}, "unescape": {evil: 1}}})],
        [rejection(reason=evil)],
        Crawl(spider=evil, finish_reason=evil, failed={evil: 9}),
    )
    run.health = check_health(run)
    text = "".join(render_summary(run))
    assert "owned" in text
    assert all(character.isprintable() for character in text)


def test_durations():
    assert [duration(s) for s in (0.4, 59, 60, 3599, 3600, 90061)] == [
        "0 s",
        "59 s",
        "1 min 0 s",
        "59 min 59 s",
        "1 h 0 min",
        "25 h 1 min",
    ]


def test_a_narrow_terminal_gets_every_word(article):
    starts = {"quiet.example": StartSite(front="ok", links={"/x": LinkCount("undecided", 9)})}
    for start in starts.values():
        start.why = why_nothing(start)
    run = summarise([article()], [], Crawl(start_sites=starts, failures={"a reason": 1}))
    run.health = check_health(run)
    lines = render_summary(run)
    assert "    hint: write a site rule with article_links" in lines
    assert "  failed  site_yields_nothing  quiet.example: 0 articles" in lines
    folded = fold(lines, 40)
    assert max(map(len, folded)) <= 40
    assert " ".join(folded).split() == " ".join(lines).split()
    assert fold(lines, 130) == lines


def test_crawls_of_named_pages_are_not_told_that_there_is_nothing_to_compare(article):
    def told(spider, earlier=()):
        run = summarise([article()], [], Crawl(spider=spider))
        run.health = check_health(run, earlier)
        return [line for line in render_summary(run) if line.startswith("health")]

    assert told("site") == ["health    ok; 4 checks need an earlier run to compare with"]
    assert told("article") == told("archive") == []
    assert told("archive", [summarise([article()])]) == ["health    ok"]


def test_why_a_crawl_failed_is_said_whole():
    path = f"/srv/{'a' * 60}/ledger.sqlite"
    why = f"cannot open the ledger {path}: file is not a database. Delete {path} and {path}-wal"
    run = summarise([], [], Crawl())
    run.why = why
    lines = render_summary(run)
    at = next(number for number, line in enumerate(lines) if line.startswith("why"))
    assert " ".join(line.strip() for line in lines[at : at + 3]).startswith(f"why       {why}")
    assert max(map(len, lines)) <= 130
