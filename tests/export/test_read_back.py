"""A deleted ledger is rebuilt from the feed in any format."""

import io
import json

import pytest
from scrapy.utils.misc import load_object

from newsclean.discovery.entry import Entry
from newsclean.export.formats import FORMATS
from newsclean.export.read_back import can_read_back, read_back, read_records
from newsclean.export.reconcile import Reconciled, reconcile
from newsclean.export.repair import repair
from newsclean.ledger import utc_now
from tests.export.killed import article_of, url_of

GROWING = [name for name, one in FORMATS.items() if one.appendable and not one.folder]
OTHERS = [name for name in GROWING if can_read_back(name)]
COUNT = 520  # more than one transaction takes


def write(path, format_name, numbers):
    """Write a feed in two runs, as a crawl does."""
    for some in (numbers[:7], numbers[7:]):
        repair(path, format_name)
        with path.open("ab+") as file:
            exporter = load_object(FORMATS[format_name].exporter)(file)
            exporter.start_exporting()
            for number in some:
                exporter.export_item(article_of(number))
                if number % 100 == 0:
                    exporter.checkpoint()
            exporter.finish_exporting()


def take_over(ledger, path, format_name):
    return reconcile(ledger, path, now=utc_now(), format_name=format_name)


@pytest.mark.parametrize("format_name", GROWING)
def test_a_new_ledger_takes_the_articles_of_an_old_feed(ledger, tmp_path, format_name):
    path = tmp_path / f"articles.{format_name}"
    write(path, format_name, list(range(COUNT)))
    done = take_over(ledger, path, format_name)
    assert done == Reconciled(counted=COUNT)
    for number in (0, 6, 7, COUNT - 1):
        page = ledger.pages.look_up(url_of(number))
        assert (page.state, page.version, page.content_hash) == ("exported", 1, f"h{number}")
        assert page.url == url_of(number)
    ledger.pages.discover("news.example", [Entry(url_of(0), "feed")], utc_now())
    ledger.pages.discover("news.example", [Entry(url_of(COUNT), "feed")], utc_now())
    assert [page.url for page in ledger.pages.due("news.example", utc_now(), 9, run=2)] == [
        url_of(COUNT)
    ]
    assert take_over(ledger, path, format_name) == Reconciled()


@pytest.mark.parametrize("format_name", OTHERS)
def test_a_damaged_feed_gives_what_can_be_read(tmp_path, format_name):
    path = tmp_path / f"articles.{format_name}"
    assert list(read_back(path, format_name)) == []
    path.touch()
    assert [one for one in read_back(path, format_name) if one] == []
    write(path, format_name, list(range(40)))
    whole = path.read_bytes()
    for at in range(0, len(whole), len(whole) // 9):
        path.write_bytes(whole[:at] + b"\0\xff<&" + whole[at + 4 :])
        records = list(read_back(path, format_name))
        assert None in records or len(records) == 40


@pytest.mark.parametrize("indent", [None, 1, 4])
def test_an_array_of_another_program_is_read(indent):
    records = [{"url": url_of(number), "authors": [{"name": "Una"}]} for number in range(3)]
    data = json.dumps([*records, 5], indent=indent).encode()
    assert list(read_records(io.BytesIO(data))) == [*records, None]


def test_a_damaged_array_gives_what_can_be_read():
    data = b'[\n{"url": "tor\n{"url": "a"},\n{"url": "b"}\n]\n'
    assert list(read_records(io.BytesIO(data))) == [None, {"url": "a"}, {"url": "b"}]
