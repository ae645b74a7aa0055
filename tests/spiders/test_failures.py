"""Every failure of a server has a plain reason, and none counts as an error of newsclean."""

import re
import socket
import struct

import pytest
from scrapy.exceptions import DownloadFailedError, IgnoreRequest
from twisted.internet.error import ConnectionLost
from twisted.python.failure import Failure
from twisted.web.client import ResponseFailed, ResponseNeverReceived

from newsclean.error_place import place_of
from newsclean.middlewares.redirects import RedirectLoopError
from newsclean.rejections import is_failure
from newsclean.spiders.failures import explain_error
from tests.crawls.run import crawl, lines
from tests.server import article_page, free_port, serve

HTML = {"Content-Type": "text/html; charset=utf-8"}


def raw(answer):
    def send(handler):
        handler.wfile.write(answer)
        handler.close_connection = True

    return send


def reset(handler):
    linger = struct.pack("ii", 1, 0)
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    handler.connection.close()
    handler.close_connection = True


def to(location):
    return (302, {"Location": location}, b"")


def ok(headers, body=b"hello"):
    return raw(b"HTTP/1.1 200 OK\r\n" + headers + b"\r\n\r\n" + body)


ANSWERS = {
    "/reset": (reset, "reset"),
    "/no-answer": (raw(b""), "reset"),
    "/half": (ok(b"Content-Type: text/html\r\nContent-Length: 9999"), "truncated"),
    "/half-chunk": (ok(b"Transfer-Encoding: chunked", b"5\r\nhel"), "truncated"),
    "/rubbish": (raw(b"rubbish\r\n\r\n"), "bad-header"),
    "/status": (raw(b"HTTP/1.1 abc OK\r\n\r\n"), "bad-header"),
    "/length": (ok(b"Content-Length: abc"), "bad-header"),
    "/negative": (ok(b"Content-Length: -5"), "bad-header"),
    "/two-lengths": (ok(b"Content-Length: 5\r\nContent-Length: 6"), "bad-header"),
    "/no-name": (ok(b": x\r\nContent-Length: 5"), "bad-header"),
    "/coding": (ok(b"Transfer-Encoding: bogus"), "bad-header"),
    "/encoding": ((200, HTML | {"Content-Encoding": "\xff"}, b"x"), "damaged"),
    "/zstd": ((200, HTML | {"Content-Encoding": "zstd"}, b"x"), "damaged"),
    "/to-bracket": (to("http://[::1"), "bad-redirect"),
    "/to-port": (to("http://news.example:99999999/"), "bad-redirect"),
    "/to-mail": (to("mailto:una@news.example"), "bad-redirect"),
    "/to-space": (to("http://a b/"), "bad-url"),
    "/to-null": (to("http://%00/"), "bad-url"),
    "/loop-0": (to("/loop-1"), "redirect-loop"),
}
# Pages that only look as if they failed.
PAGES = {
    "/base": article_page(1, extra="").replace(b"<head>", b'<head><base href="http://[::1">'),
    "/refresh": article_page(2).replace(
        b"<head>", b'<head><meta http-equiv=refresh content="0;url=http://[::1">'
    ),
    "/rot13": (200, {"Content-Type": "text/html; charset=rot13"}, article_page(3) + b"\xc3\xa9"),
    "/idna": (200, {"Content-Type": "text/html; charset=idna"}, article_page(4) + b"\xc3\xa9"),
}


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    folder = tmp_path_factory.mktemp("failures")
    with serve() as site:
        site.pages = {path: answer for path, (answer, _) in ANSWERS.items()} | PAGES
        asked = [site.url(path) for path in site.pages]
        site.pages |= {f"/loop-{n}": to(f"/loop-{n + 1}") for n in range(1, 9)}
        nobody = f"http://127.0.0.1:{free_port()}/"
        asked += [nobody, "http://no-such-host.invalid/", site.url("/").replace("http:", "https:")]
        (folder / "urls.txt").write_text("\n".join(asked))
        options = ("-s", "CONCURRENT_REQUESTS_PER_DOMAIN=16", "-s", "DOWNLOAD_TIMEOUT=10")
        done = crawl("article", "-a", "urls=urls.txt", "-O", "a.jsonl", *options, folder=folder)
        found = lines(folder / "a.rejected.jsonl")
        reasons = {line["url"].removeprefix(site.url("")): line["reason"] for line in found}
        reasons["nobody"] = reasons.pop(nobody)
        reasons["https"] = reasons.pop(asked[-1])
        yield done, found, reasons, {line["url"] for line in lines(folder / "a.jsonl")}, site


@pytest.mark.parametrize("path", ANSWERS)
def test_the_reason(run, path):
    assert run[2].get(path) == ANSWERS[path][1]


def test_hosts_that_cannot_be_reached(run):
    assert run[2]["nobody"] == "refused"
    assert run[2]["http://no-such-host.invalid/"] in {"dns", "timeout"}
    assert run[2]["https"] == "tls"


def test_a_broken_base_refresh_or_charset_costs_no_article(run):
    assert run[3] == {run[4].url(path) for path in PAGES}


def test_no_object_of_a_library_is_in_the_feed(run):
    for line in run[1]:
        assert not re.search(r"<[\w.]+|Failure|Traceback|object at", line["detail"]), line


def test_none_of_it_is_an_error_of_ours(run):
    assert "error" not in run[2].values()
    assert run[0].returncode == 4  # most of these pages failed


def test_a_wrapped_failure_is_explained_by_what_it_wraps():
    lost = Failure(ConnectionLost())
    for wrapper, reason in ((ResponseFailed, "truncated"), (ResponseNeverReceived, "reset")):
        error = DownloadFailedError("[<twisted.python.failure.Failure>]")
        error.__cause__ = wrapper([lost])
        assert explain_error(error)[0] == reason
    assert explain_error(DownloadFailedError("?"))[0] == "bad-header"


def test_a_chain_without_end_is_followed_so_far():
    error = DownloadFailedError()
    error.__cause__ = error
    assert explain_error(error)[0] == "bad-header"


def test_an_error_of_ours_is_told_by_its_place():
    def read():
        raise KeyError("what the page says")

    try:
        read()
    except KeyError as error:
        assert explain_error(error) == ("error", place_of(error), None)
        assert re.fullmatch(r"KeyError at (\w+/)*test_failures.py:\d+ in read", place_of(error))


def test_the_place_is_the_innermost_of_newsclean():
    from newsclean.extraction import Page

    try:
        Page(None, "https://news.example/", None)
    except Exception as error:
        assert re.search(r" at newsclean/[\w/]+\.py:\d+ in \w+$", place_of(error)), place_of(error)


def test_what_may_pass_is_asked_for_again():
    may_pass = "dns refused reset unreachable timeout truncated bad-header redirect-loop error"
    assert all(map(is_failure, may_pass.split()))
    assert not any(map(is_failure, ["bad-url", "scheme", "robots", "no-body"]))
    assert explain_error(RedirectLoopError("in a circle"))[0] == "redirect-loop"


def test_the_text_of_a_middleware_decides_nothing():
    """Scrapy's own texts, too, may change with its version."""
    refused = explain_error(IgnoreRequest("Forbidden by robots.txt"))
    assert refused == ("ignored", "Forbidden by robots.txt", None)
