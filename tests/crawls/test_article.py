"""The article spider with a real server: the exported articles, and the reasons of the others."""

import gzip
import json
import time

import pytest

from tests.crawls.run import crawl, lines, scrapy, stats
from tests.server import article_page, free_port, serve

LONG = {"Content-Type": "text/html; charset=utf-8"}


def bad_pages(site):
    page = article_page(3)
    squeezed = gzip.compress(page)
    bomb = gzip.compress(b"<p>" + b"a" * (30 << 20))
    site.pages = {
        "/robots.txt": (200, {"Content-Type": "text/plain"}, b"User-agent: *\nDisallow: /secret"),
        "/good": article_page(1),
        "/other": article_page(2),
        "/gone": (404, LONG, b"<h1>Not found</h1>"),
        "/error": (503, LONG, b"busy"),
        "/pdf": (200, {"Content-Type": "application/pdf"}, b"%PDF-1.7 nothing to read"),
        "/lying-pdf": (200, LONG, b"%PDF-1.7 nothing to read"),
        "/empty": (200, LONG, b"  \n "),
        "/cut": (200, LONG | {"Content-Encoding": "gzip"}, squeezed[: len(squeezed) // 2]),
        "/whole": (200, LONG | {"Content-Encoding": "gzip"}, squeezed),
        "/bomb": (200, LONG | {"Content-Encoding": "gzip"}, bomb),
        "/short": (200, LONG, b"<html><body><h1>Hello</h1><p>Too short.</p></body></html>"),
        "/moved": (302, {"Location": "/good"}, b""),
        "/file": (302, {"Location": "file:///etc/passwd"}, b""),
        "/loop": (302, {"Location": "/loop"}, b""),
        "/secret": article_page(9),
        "/broken-off": (200, LONG | {"Content-Length": "99999"}, page),
    }


REASONS = {
    "/gone": "http-404",
    "/error": "http-503",
    "/pdf": "not-html",
    "/lying-pdf": "not-html",
    "/empty": "empty-page",
    "/cut": "damaged",
    "/bomb": "too-large",
    "/short": "no-body",
    "/moved": "duplicate",
    "/secret": "robots",
}


@pytest.fixture(scope="module")
def bad_run(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bad")
    with serve() as site:
        bad_pages(site)

        def hang_up(handler):
            handler.send_response(200)
            handler.send_header("Content-Type", "text/html")
            handler.send_header("Content-Length", "99999")
            handler.end_headers()
            handler.wfile.write(article_page(3))
            handler.close_connection = True

        site.pages["/broken-off"] = hang_up
        urls = [site.url(path) for path in site.pages if path != "/robots.txt"]
        urls.append(f"http://127.0.0.1:{free_port()}/nobody")
        urls.append("http://no-such-host.invalid/")
        (folder / "urls.txt").write_text("# pages\n\n" + "\n".join(urls))
        run = crawl("article", "-a", "urls=urls.txt", "-O", "out.jsonl", folder=folder)
        yield site, folder, run


def test_bad_pages_harm_nothing_beside_them(bad_run):
    site, folder, run = bad_run
    assert run.returncode == 0
    headlines = {line["headline"] for line in lines(folder / "out.jsonl")}
    assert headlines == {f"Report number {n} from the harbour" for n in (1, 2, 3)}


def test_every_page_without_an_article_is_named_with_its_reason(bad_run):
    site, folder, run = bad_run
    rejected = lines(folder / "out.rejected.jsonl")
    reasons = {line["url"].removeprefix(site.url("")): line["reason"] for line in rejected}
    assert {path: reasons.get(path) for path in REASONS} == REASONS
    assert reasons["http://no-such-host.invalid/"] in {"dns", "timeout"}
    assert "refused" in reasons.values()
    assert reasons["/broken-off"] in {"truncated", "failed"}
    asked = {path for path in site.pages if path != "/robots.txt"}
    exported = {line["url"] for line in lines(folder / "out.jsonl")}
    for path in asked:
        assert path in reasons or site.url(path) in exported, f"{path} left no trace"


def test_what_was_counted_is_what_was_written(bad_run):
    site, folder, run = bad_run
    counted = stats(run)
    assert counted["exported"] == len(lines(folder / "out.jsonl"))
    rejected = sum(value for name, value in counted.items() if name.startswith("rejected/"))
    assert rejected == len(lines(folder / "out.rejected.jsonl"))


def test_no_traceback_for_what_is_no_fault_of_ours(bad_run):
    assert b"Traceback" not in bad_run[2].stderr


def test_file_is_never_fetched(bad_run):
    site, folder, run = bad_run
    assert b"root:" not in (folder / "out.jsonl").read_bytes()


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["article"], "url=https"),
        (["article", "-a", "url=ftp://x.example/"], "ftp://x.example/"),
        (["article", "-a", "url=nonsense"], "nonsense"),
        (["article", "-a", "uri=http://x.example/"], "uri"),
        (["article", "-a", "urls=no-such-file.txt"], "no-such-file.txt"),
        (["archive", "-a", "path=no-such-folder"], "no-such-folder"),
        (["archive"], "path"),
        (["artcle", "-a", "url=http://x.example/"], "artcle"),
        (["article", "-a", "url=http://x.example/", "-O", "folder:jsonlines"], "folder"),
    ],
)
def test_a_mistake_gets_one_line_and_an_exit_code(arguments, named, tmp_path):
    (tmp_path / "folder").mkdir()
    run = crawl(*arguments, folder=tmp_path)
    assert run.returncode == 2
    message = run.stderr.decode()
    assert message.count("\n") == 1
    assert named in message


def test_a_bad_line_in_a_file_of_urls_is_named(tmp_path):
    (tmp_path / "urls.txt").write_text("http://a.example/\nhtp://b.example/\n")
    run = crawl("article", "-a", "urls=urls.txt", folder=tmp_path)
    assert run.returncode == 2
    assert "urls.txt, line 2" in run.stderr.decode()


def test_other_formats_of_scrapy_work(tmp_path):
    with serve() as site:
        site.pages["/a"] = article_page(1)
        run = crawl("article", "-a", f"url={site.url('/a')}", "-O", "a.csv", folder=tmp_path)
        assert run.returncode == 0, run.stderr.decode()
        crawl("article", "-a", f"url={site.url('/a')}", "-O", "a.json", folder=tmp_path)
    header, row = (tmp_path / "a.csv").read_text("utf8").split("\n", 1)
    assert header.startswith("url,canonicalUrl,headline") and "Una Marsh" in row
    (article,) = json.loads((tmp_path / "a.json").read_text("utf8"))
    assert article["authors"] == [{"name": "Una Marsh", "nameRaw": "By Una Marsh"}]
    assert "description" not in article


def test_raw_bodies_are_kept_when_asked_for(tmp_path):
    with serve() as site:
        site.pages["/a"] = article_page(1)
        for keep in (0, 1):
            crawl(
                *("article", "-a", f"url={site.url('/a')}", "-O", f"{keep}.jsonl"),
                *("-s", f"NEWSCLEAN_KEEP_RAW={keep}"),
                folder=tmp_path,
            )
    assert "articleBodyRaw" not in lines(tmp_path / "0.jsonl")[0]
    assert "<p>" in lines(tmp_path / "1.jsonl")[0]["articleBodyRaw"]["html"]


def test_a_full_disk_ends_the_crawl_with_its_own_code(tmp_path):
    with serve() as site:
        site.pages = {f"/{n}": article_page(n) for n in range(20)}
        urls = ",".join(site.url(path) for path in site.pages)
        run = crawl("article", "-a", f"url={urls}", "-o", "/dev/full:jsonlines", folder=tmp_path)
    assert run.returncode == 6, run.stderr.decode()
    assert b"cannot be written" in run.stderr


def test_nothing_found_has_a_code_of_its_own(tmp_path):
    with serve() as site:
        run = crawl("article", "-a", f"url={site.url('/gone')}", "-O", "a.jsonl", folder=tmp_path)
    assert run.returncode == 3
    assert (tmp_path / "a.jsonl").read_bytes() == b""


def test_a_line_is_on_disk_before_the_next_page_is_done(tmp_path):
    seen = []

    def slow(handler):
        feed, deadline = tmp_path / "a.jsonl", time.monotonic() + 60
        while not feed.read_bytes() and time.monotonic() < deadline:
            time.sleep(0.02)
        seen.append(feed.read_bytes())
        return article_page(2)

    with serve() as site:
        site.pages = {"/1": article_page(1), "/2": slow}
        urls = f"{site.url('/1')},{site.url('/2')}"
        crawl("article", "-a", f"url={urls}", "-O", "a.jsonl", folder=tmp_path)
    assert seen[0].count(b"\n") == 1


def test_two_pages_with_one_article_give_one_line(tmp_path):
    with serve() as site:
        site.pages = {"/1": article_page(1), "/copy": article_page(1)}
        urls = f"{site.url('/1')},{site.url('/copy')}"
        run = crawl("article", "-a", f"url={urls}", "-O", "a.jsonl", folder=tmp_path)
    assert run.returncode == 0
    assert len(lines(tmp_path / "a.jsonl")) == 1
    assert lines(tmp_path / "a.rejected.jsonl")[0]["reason"] == "duplicate"


def test_it_is_polite_by_default(tmp_path):
    asked = []

    def noted(handler):
        asked.append((time.monotonic(), handler.headers["User-Agent"]))
        return article_page(len(asked))

    from tests.crawls.run import scrapy

    with serve() as site:
        site.pages = {"/1": noted, "/2": noted, "/3": noted}
        urls = ",".join(map(site.url, site.pages))
        scrapy("crawl", "article", "-a", f"url={urls}", "-O", "a.jsonl", folder=tmp_path)
        assert site.paths[0] == "/robots.txt"
    assert len(asked) == 3
    assert asked[2][0] - asked[0][0] > 0.9
    assert all(agent.startswith("newsclean/") for _, agent in asked)


def test_scrapy_parse_shows_the_article_of_a_page(tmp_path):
    with serve() as site:
        site.pages = {"/good": article_page(1)}
        url = site.url("/good")
        run = scrapy("parse", "--spider", "article", "-a", f"url={url}", url, folder=tmp_path)
    assert "'headline': " in run.stdout.decode() and f"'url': '{url}'" in run.stdout.decode()
    assert b"newsclean/rejected" not in run.stderr


def test_the_files_of_a_run_have_the_same_time_in_their_names(tmp_path):
    def late(handler):
        time.sleep(1.2)  # into the next second
        return 404, LONG, b"<h1>Not found</h1>"

    with serve() as site:
        site.pages = {"/good": article_page(1), "/gone": late}
        urls = f"{site.url('/good')},{site.url('/gone')}"
        feed = "%(site)s-%(time)s.jsonl"
        rotate = ("-s", "NEWSCLEAN_FEED_ROTATE=run")
        run = crawl("article", "-a", f"url={urls}", "-o", feed, *rotate, folder=tmp_path)
    rejected = list(tmp_path.glob("*.rejected.jsonl"))
    assert len(rejected) == 1, run.stderr.decode()
    article = rejected[0].with_name(rejected[0].name.replace(".rejected", ""))
    assert len(lines(article)) == len(lines(rejected[0])) == 1
