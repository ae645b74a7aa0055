"""Small archives for the tests."""

import gzip

from tests.server import article_page


def record(url, body, date="2026-04-18T09:30:00Z"):
    """A gzipped WARC record of the page *body*."""
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body
    head = (
        "WARC/1.1\r\nWARC-Type: response\r\n"
        f"WARC-Target-URI: {url}\r\nWARC-Date: {date}\r\n"
        "WARC-Record-ID: <urn:uuid:8b4f4dd4-2bd2-4d3a-9a2c-000000000000>\r\n"
        "Content-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(http)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + http + b"\r\n\r\n")


def url_of(number):
    return f"https://site{number % 3}.example/2026/04/report-{number}"


def write_archive(path, numbers, *more):
    """Write the pages of the articles *numbers*, and the records *more*, to *path*."""
    pages = [record(url_of(number), article_page(number)) for number in numbers]
    path.write_bytes(b"".join([*pages, *more]))
