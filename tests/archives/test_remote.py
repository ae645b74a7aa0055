"""Archives in S3."""

import gzip

import pytest

from newsclean.archives import SavedPage, read_saved
from newsclean.archives.files import list_files
from tests.archives.test_tables import RECORDS, URLS

boto3 = pytest.importorskip("boto3")
moto = pytest.importorskip("moto")


@pytest.fixture
def bucket(monkeypatch):
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    with moto.mock_aws():
        client = boto3.client("s3")
        client.create_bucket(Bucket="news")
        data = [*map(gzip.compress, RECORDS)]
        client.put_object(Bucket="news", Key="warcs/1.warc.gz", Body=b"".join(data[:10]))
        client.put_object(Bucket="news", Key="warcs/2.warc.gz", Body=b"".join(data[10:]))
        client.put_object(Bucket="news", Key="warcs-old/3.warc.gz", Body=data[0])
        yield


def test_a_folder_and_an_object(bucket):
    found = list(read_saved(["s3://news/warcs/"], limit=10**6))
    assert [one.url for one in found if isinstance(one, SavedPage)] == URLS
    found = list(read_saved(["s3://news/warcs/1.warc.gz"], limit=10**6))
    assert [one.url for one in found] == URLS[:10]
    assert [name for name, _ in list_files("s3://news/")] == [
        "s3://news/warcs-old/3.warc.gz",
        "s3://news/warcs/1.warc.gz",
        "s3://news/warcs/2.warc.gz",
    ]


@pytest.mark.parametrize("url", ["s3://news/none/", "s3://news/warcs/1", "s3://elsewhere/a"])
def test_what_is_not_there_is_said_in_one_line(bucket, url):
    (found,) = read_saved([url], limit=10**6)
    assert found.reason == "unreadable"
    assert found.detail.startswith(url)
    assert "\n" not in found.detail
