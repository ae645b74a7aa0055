"""Site rules in a crawl: the user's go first, a broken one stops it, link patterns decide."""

import pytest

from tests.crawls.run import crawl, lines
from tests.news_site import News
from tests.server import article_page, serve


def write(folder, text):
    sites = folder / "sites"
    sites.mkdir(exist_ok=True)
    (sites / "bay.toml").write_text(f"hosts = '127.0.0.1'\n{text}")
    return ("-s", "NEWSCLEAN_SITES=sites")


def test_a_rule_reads_the_pages(tmp_path):
    rule = write(tmp_path, "[[versions]]\nheadline = 'nav'\narticleBody = '//article/p'")
    with serve() as site:
        site.pages["/a"] = article_page(1)
        url = f"url={site.url('/a')}"
        done = crawl("article", "-a", url, "-O", "a.jsonl", *rule, folder=tmp_path)
    assert done.returncode == 0, done.stderr.decode()
    (line,) = lines(tmp_path / "a.jsonl")
    assert line["headline"] == "Home"
    assert line["metadata"]["fieldSources"]["headline"] == "rule:127.0.0.1"


@pytest.mark.parametrize("spider", ["article", "site"])
def test_a_broken_rule_ends_the_crawl_before_it_begins(tmp_path, spider):
    rule = write(tmp_path, "time_zone = 'Mars'")
    done = crawl(spider, "-a", "url=http://127.0.0.1:1/", *rule, folder=tmp_path)
    assert done.returncode == 2
    assert done.stderr.count(b"\n") == 1
    assert b"bay.toml: time_zone = 'Mars': expected a time zone" in done.stderr
    done = crawl(
        spider, "-a", "url=http://127.0.0.1:1/", "-s", "NEWSCLEAN_SITES=none", folder=tmp_path
    )
    assert (done.returncode, done.stderr.count(b"\n")) == (2, 1)
    assert b"none: no such folder" in done.stderr


def test_a_rule_of_the_package_is_used_and_a_users_goes_before_it(tmp_path):
    from tests.crawls.run import ROOT

    (tmp_path / "page.html").write_bytes((ROOT / "samples" / "plain-de" / "page.html").read_bytes())
    archive = ("archive", "-a", "path=page.html")
    crawl(*archive, "-O", "a.jsonl", folder=tmp_path)
    (line,) = lines(tmp_path / "a.jsonl")
    assert line["metadata"]["fieldSources"]["headline"] == "rule:kuestenblatt.example"
    assert line["dateModified"] == "2026-04-18T09:30:00+02:00"
    (tmp_path / "sites").mkdir()
    (tmp_path / "sites" / "mine.toml").write_text(
        "hosts = 'www.kuestenblatt.example'\n[[versions]]\nheadline = '.vorspann b'"
    )
    crawl(*archive, "-O", "b.jsonl", "-s", "NEWSCLEAN_SITES=sites", folder=tmp_path)
    (line,) = lines(tmp_path / "b.jsonl")
    assert line["headline"].startswith("Das Freibad in")
    assert line["metadata"]["fieldSources"]["headline"] == "rule:kuestenblatt.example"
    assert line["dateModified"] == "2026-04-18T09:30:00"


def test_link_patterns_decide_what_the_site_spider_follows(tmp_path):
    rule = write(
        tmp_path,
        "article_links = '/news/2026/04/report-1[^/]*-harbour$'\nsection_links = '/sport$'",
    )
    with serve() as site:
        news = News(site, 30)
        done = crawl(
            *("site", "-a", f"url={site.url('/')}", "-o", "a.jsonl", *rule), folder=tmp_path
        )
        asked = set(site.paths)
    assert done.returncode == 0, done.stderr.decode()
    # Of those that start with 1, number 12 and 18 are named by /politics only, 15 by /sport.
    numbers = [n for n in news.texts if str(n).startswith("1")]
    assert "/sport" in asked
    found = {line["url"] for line in lines(tmp_path / "a.jsonl")}
    assert found == {news.url(n) for n in numbers if n not in {12, 18} or "/politics" in asked}
    assert news.path(3) not in asked and news.path(2) not in asked
