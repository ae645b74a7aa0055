"""Feeds on S3, against moto's server: an article counts when its upload has succeeded."""

import json
import signal
import socket
import threading
import uuid
from contextlib import contextmanager

import pytest

from tests import fork_server
from tests.crawls.run import FAST, crawl, our_environment, scrapy
from tests.news_site import News
from tests.server import serve

boto3 = pytest.importorskip("boto3")
moto_server = pytest.importorskip("moto.server")

pytestmark = pytest.mark.slow


class Bucket:
    """A bucket on moto's server, which is reached through a proxy that can stall uploads."""

    def __init__(self, server_port):
        self.server = f"http://127.0.0.1:{server_port}"
        self.client = boto3.client(
            "s3",
            endpoint_url=self.server,
            aws_access_key_id="test",
            aws_secret_access_key="test",
            region_name="us-east-1",
        )
        self.name = f"news-{uuid.uuid4().hex}"
        self.stalls = False
        self.stalled = threading.Event()

    def make(self):
        self.client.create_bucket(Bucket=self.name)

    def objects(self):
        found = self.client.list_objects_v2(Bucket=self.name).get("Contents", [])
        return {one["Key"]: one for one in found}

    def records(self):
        """The objects of every line in the bucket that is an article's."""
        return [
            json.loads(line)
            for key in self.objects()
            if ".rejected." not in key
            for line in self.client.get_object(Bucket=self.name, Key=key)["Body"].iter_lines()
        ]

    def options(self, endpoint):
        return (
            *("-s", f"AWS_ENDPOINT_URL={endpoint}", "-s", "AWS_REGION_NAME=us-east-1"),
            *("-s", "AWS_ACCESS_KEY_ID=test", "-s", "AWS_SECRET_ACCESS_KEY=test"),
        )


@contextmanager
def proxy(bucket):
    """The address of a server that passes on what it gets, but lets an upload stall half way."""
    listener = socket.create_server(("127.0.0.1", 0))
    target = int(bucket.server.rpartition(":")[2])

    def pass_on(source, sink, watches):
        while data := source.recv(1 << 14):
            if watches and bucket.stalls and data.startswith(b"PUT"):
                sink.sendall(data[: len(data) // 2])
                bucket.stalled.set()
                return  # and the connection stays open
            sink.sendall(data)

    def accept():
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            server = socket.create_connection(("127.0.0.1", target))
            for pair in ((client, server, True), (server, client, False)):
                threading.Thread(target=pass_on, args=pair, daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        listener.close()


@contextmanager
def serve_s3():
    """A `Bucket` that is not made yet, on a server of its own."""
    server = moto_server.ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    try:
        one = Bucket(server.get_host_and_port()[1])
        one.client.meta.config.retries = {"max_attempts": 0}
        yield one
    finally:
        server.stop()


@pytest.fixture
def bucket():
    with serve_s3() as one:
        yield one


def test_what_is_uploaded_counts_and_nothing_else(tmp_path, bucket):
    with serve() as site:
        news = News(site, 12)
        arguments = (
            "site",
            "-a",
            f"url={site.url('/')}",
            "-O",
            f"s3://{bucket.name}/%(time)s.jsonl",
        )
        arguments += ("-s", "NEWSCLEAN_LOOK_AGAIN_EVERY=0", *bucket.options(bucket.server))
        failed = crawl(*arguments, folder=tmp_path)  # there is no such bucket
        assert failed.returncode == 9, failed.stderr.decode()[-3000:]
        assert b"NoSuchBucket" in failed.stderr
        bucket.make()
        for _ in range(2):
            stored = crawl(*arguments, folder=tmp_path)
            assert stored.returncode == 0, stored.stderr.decode()[-3000:]
            urls = [record["url"] for record in bucket.records()]
            assert sorted(urls) == sorted(news.url(number) for number in news.texts)


def test_a_crawl_that_is_killed_during_its_upload(tmp_path, bucket):
    bucket.make()
    with serve() as site, proxy(bucket) as endpoint:
        news = News(site, 12)
        arguments = (
            "site",
            "-a",
            f"url={site.url('/')}",
            "-O",
            f"s3://{bucket.name}/%(time)s.jsonl",
        )
        arguments += bucket.options(endpoint)
        bucket.stalls = True
        with (tmp_path / "log").open("wb") as log:
            process = fork_server.Process(
                ["scrapy", "crawl", *FAST, *arguments],
                cwd=tmp_path,
                env=our_environment(),
                stderr=log,
            )
        assert bucket.stalled.wait(120), (tmp_path / "log").read_text()[-3000:]
        process.send_signal(signal.SIGKILL)
        process.wait()
        bucket.stalls = False
        assert bucket.records() == []
        run = crawl(*arguments, folder=tmp_path)
        assert run.returncode == 0, run.stderr.decode()[-3000:]
    urls = [record["url"] for record in bucket.records()]
    assert sorted(urls) == sorted(news.url(number) for number in news.texts)


LARGE = """
import scrapy


class Large(scrapy.Spider):
    name = "large"

    async def start(self):
        for number in range(20):
            yield {"number": number, "filling": "x" * 1_000_000}
"""


def test_a_large_feed_is_uploaded_in_parts(tmp_path, bucket):
    bucket.make()
    project = tmp_path / "theirs"
    project.mkdir()
    (project / "__init__.py").write_text("")
    (project / "spiders.py").write_text(LARGE)
    (project / "settings.py").write_text(
        'SPIDER_MODULES = ["theirs.spiders"]\n'
        'ADDONS = {"newsclean.addon.NewscleanAddon": 300}\n'
        'LOG_LEVEL = "INFO"\n'
    )
    (tmp_path / "scrapy.cfg").write_text("[settings]\ndefault = theirs.settings\n")
    run = scrapy(
        *(
            "crawl",
            "large",
            "-O",
            f"s3://{bucket.name}/large.jsonl",
            *bucket.options(bucket.server),
        ),
        folder=tmp_path,
        SCRAPY_SETTINGS_MODULE="theirs.settings",
    )
    assert run.returncode == 0, run.stderr.decode()[-3000:]
    (found,) = bucket.objects().values()
    assert found["ETag"].strip('"').endswith("-3")  # of a multipart upload in three parts
    assert [record["number"] for record in bucket.records()] == list(range(20))
