"""A crawl appends to a feed after its ledger was deleted."""

from newsclean.export.formats.csv import CsvExporter
from newsclean.items import Article
from tests.crawls.run import crawl, stats
from tests.export.read_back import urls_in
from tests.news_site import News
from tests.server import serve


def test_a_deleted_ledger_is_rebuilt_from_the_feed(tmp_path):
    feed = tmp_path / "articles.csv"
    with serve() as site:
        news = News(site, 6)
        before = [news.url(number) for number in (1, 4, 2)]
        with feed.open("ab") as file:
            exporter = CsvExporter(file)
            exporter.start_exporting()
            for url in before:
                exporter.export_item(Article(url=url, headline="Rain"))
        run = crawl("site", "-a", f"url={site.url('/')}", "-o", feed.name, folder=tmp_path)
    assert run.returncode == 0, run.stderr.decode()[-2000:]
    urls = urls_in(feed)
    assert urls[:3] == before
    assert sorted(urls) == sorted(map(news.url, range(6))), "exported twice, or lost"
    assert stats(run)["exported"] == 3
