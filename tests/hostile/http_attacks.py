"""Attacks over HTTP, one page each: what the server sends, what must come of the page.

``ATTACKS`` maps a name to (what is sent, expectation). What is sent is bytes (the whole answer,
after which the connection stays open), ``Cut(bytes)`` (after which it is closed), a function of
a `tests.hostile.server.Wire`, or a `str`: the target of a redirect. The expectation is
``article``, a reason of the rejected feed, or several of these with ``|`` where both are right.
"""

import gzip
import random
import struct
import time
import zlib
from functools import cache

import brotli

from tests.hostile.server import chunked, http
from tests.server import article_page

MEGABYTE = 1 << 20
# The crawls have this DOWNLOAD_MAXSIZE and DOWNLOAD_TIMEOUT. A loaded machine takes its time.
MAX_SIZE = 2 * MEGABYTE
TIMEOUT = 10.0  # seconds


class Cut(bytes):
    """An answer after which the server closes the connection."""


BODY = article_page(7, title="The page of an attack")
HALF = len(BODY) // 2
PLAIN = http(BODY)
CHUNKED = "Transfer-Encoding: chunked"


def packed(data, window=31):
    packer = zlib.compressobj(9, zlib.DEFLATED, window)
    return packer.compress(data) + packer.flush()


@cache
def bomb(size=64 * MEGABYTE, window=31):
    packer = zlib.compressobj(1, zlib.DEFLATED, window)
    zeros = b"<p>a" + b"a" * (MEGABYTE - 4)
    return b"".join(packer.compress(zeros) for _ in range(size // MEGABYTE)) + packer.flush()


def encoded(body, *names):
    return http(body, f"Content-Encoding: {', '.join(names)}")


def redirect(target, status="302 Found"):
    location = target if isinstance(target, bytes) else target.encode("latin-1", "replace")
    return http(b"", b"Location: " + location, status=status)


def refresh(content):
    return http(f'<html><head><meta http-equiv="refresh" content="{content}"></head>'.encode())


def slowly(data, seconds):
    return lambda wire: wire.trickle(data, seconds)


def endlessly(head, piece, pause=0.0):
    def send(wire):
        wire.send(head)
        while True:
            wire.send(piece)
            time.sleep(pause)

    return send


def silence(wire):
    wire.connection.recv(1)  # until the client goes


def reset(wire):
    wire.reset()


def reset_within(data):
    def send(wire):
        wire.send(data)
        wire.reset()

    return send


STATUS_LINES = {
    "no-reason-phrase": (http(BODY, status="200"), "article"),
    "empty-reason-phrase": (http(BODY, status="200 "), "article"),
    "odd-reason-phrase": (http(BODY, status="200 \xe9\x01\x7f"), "article"),
    "long-reason-phrase": (http(BODY, status="200 " + "x" * 10_000), "article"),
    "huge-reason-phrase": (
        http(BODY, status="200 " + "x" * MEGABYTE),
        "bad-header|reset|truncated",
    ),
    "http-1.0": (Cut(http(BODY, version="HTTP/1.0")), "article"),
    "http-0.9": (Cut(BODY), "bad-header|reset|truncated"),
    "http-9.9": (http(BODY, version="HTTP/9.9"), "article|bad-header"),
    "http-2-preface": (Cut(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), "bad-header"),
    "lower-case-http": (http(BODY, version="http/1.1"), "article|bad-header"),
    "icy": (http(BODY, version="ICY"), "bad-header"),
    "ssh": (Cut(b"SSH-2.0-OpenSSH_9.7\r\n"), "bad-header"),
    "smtp": (Cut(b"220 mail.example ESMTP\r\n"), "bad-header"),
    "tls-alert": (Cut(b"\x15\x03\x01\x00\x02\x02\x46"), "bad-header|reset|truncated"),
    "status-999": (http(BODY, status="999 No"), "http-999"),
    "status-600": (http(BODY, status="600 No"), "http-600"),
    "status-000": (http(BODY, status="000 No"), "http-0|bad-header"),
    "status-negative": (http(BODY, status="-1 No"), "http--1|bad-header"),
    "status-letters": (http(BODY, status="abc No"), "bad-header"),
    "status-20": (http(BODY, status="20 OK"), "http-20|bad-header"),
    "status-2000": (http(BODY, status="2000 OK"), "http-2000|bad-header"),
    "status-huge": (http(BODY, status="9" * 5_000 + " OK"), "bad-header"),
    "status-in-other-digits": (http(BODY, status="\xb2\xb9\xb2 OK"), "bad-header"),
    "tabs-in-status-line": (PLAIN.replace(b" 200 OK", b"\t200\tOK", 1), "article|bad-header"),
    "only-line-feeds": (PLAIN.replace(b"\r\n", b"\n"), "article|bad-header"),
    "only-carriage-returns": (Cut(PLAIN.replace(b"\r\n", b"\r")), "bad-header|reset|truncated"),
    "blank-lines-first": (b"\r\n\r\n" + PLAIN, "article|bad-header"),
    "blanks-first": (b"   " + PLAIN, "article|bad-header"),
    "null-first": (b"\0" + PLAIN, "article|bad-header"),
    "closed-at-once": (Cut(b""), "reset"),
    "reset-at-once": (reset, "reset"),
    "reset-in-head": (reset_within(PLAIN[:20]), "reset|truncated|timeout"),
    "reset-in-body": (reset_within(PLAIN[:400]), "truncated|reset"),
    "silence": (silence, "timeout"),
    "half-a-status-line": (Cut(b"HTTP/1.1 2"), "reset|truncated|bad-header"),
    "half-a-head": (Cut(b"HTTP/1.1 200 OK\r\nContent-Ty"), "reset|truncated|bad-header"),
    "continue-once": (b"HTTP/1.1 100 Continue\r\n\r\n" + PLAIN, "article"),
    "early-hints": (b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" + PLAIN, "article"),
    "continue-1000-times": (b"HTTP/1.1 100 Continue\r\n\r\n" * 1_000 + PLAIN, "article"),
    "continue-for-ever": (endlessly(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 9, 0.01), "timeout"),
    "switching-protocols": (
        Cut(b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n"),
        "reset|truncated|http-101",
    ),
    "no-content": (http(b"", status="204 No Content", length=False), "empty-page"),
    "no-content-with-body": (Cut(http(BODY, status="204 No Content")), "empty-page|article"),
    "reset-content": (Cut(http(b"", status="205 Reset")), "empty-page"),
    "partial-unasked": (http(BODY, status="206 Partial"), "article"),
    "not-modified-unasked": (http(b"", status="304 Not Modified", length=False), "http-304"),
    "teapot": (http(BODY, status="418 I'm a teapot"), "http-418"),
    "gone": (http(BODY, status="410 Gone"), "http-410"),
    "legal": (http(BODY, status="451 Unavailable"), "http-451"),
    "too-many": (http(b"", "Retry-After: 99999999999", status="429 No"), "http-429"),
    "busy-for-a-century": (
        http(b"", "Retry-After: Fri, 31 Dec 2199 23:59:59 GMT", status="503 No"),
        "http-503",
    ),
    "busy-since-ever": (http(b"", "Retry-After: -5", status="503 No"), "http-503"),
    "busy-nonsense": (http(b"", "Retry-After: NaN", status="503 No"), "http-503"),
    "cloud-error": (http(b"", status="520 Unknown"), "http-520"),
}


def with_lines(*lines, **more):
    return http(BODY, *lines, **more)


HEADERS = {
    "no-headers": (Cut(http(BODY, kind=None, length=False)), "article"),
    "no-content-type": (with_lines(kind=None), "article"),
    "empty-content-type": (with_lines(kind=""), "article"),
    "plain-text-type": (with_lines(kind="text/plain"), "article"),
    "octet-stream-type": (with_lines(kind="application/octet-stream"), "not-html"),
    "image-type": (with_lines(kind="image/png"), "not-html"),
    "json-type": (with_lines(kind="application/json"), "not-html"),
    "xhtml-type": (with_lines(kind="application/xhtml+xml"), "article"),
    "two-types": (with_lines("Content-Type: image/png"), "article|not-html"),
    "type-with-null": (with_lines(kind="text/html\0; charset=utf-8"), "article|bad-header"),
    "type-100k": (with_lines(kind="text/html; x=" + "y" * 10_000), "article"),
    "type-case": (with_lines(kind="TEXT/HTML ;CHARSET=UTF-8"), "article"),
    "mixed-replace": (
        endlessly(http(kind="multipart/x-mixed-replace", length=False), b"--x\r\n", 0.05),
        "timeout|not-html",
    ),
    "event-stream": (
        endlessly(http(kind="text/event-stream", length=False), b"data: x\n\n", 0.05),
        "timeout|not-html",
    ),
    **{
        f"charset-{charset}": (with_lines(kind=f"text/html; charset={charset}"), "article")
        for charset in (
            "rot13 hex base64 zip bz2 idna punycode unicode_escape raw_unicode_escape undefined"
            " utf-7 utf-16 utf-32 cp037 x-user-defined evil %00 mbcs oem"
        ).split()
    },
    "charset-long": (with_lines(kind="text/html; charset=" + "a" * 5_000), "article"),
    "header-without-colon": (with_lines("nonsense"), "article"),
    "header-without-name": (with_lines(": value"), "article|bad-header"),
    "header-with-null": (with_lines("X-A: a\0b"), "article|bad-header"),
    "header-with-controls": (with_lines("X-A: a\x01\x1b[31mb\x7f"), "article|bad-header"),
    "header-beyond-latin": (with_lines("X-é-\xff: \xff\xfe"), "article|bad-header"),
    "header-folded": (with_lines("X-A: a\r\n b\r\n\tc"), "article"),
    "header-folded-first": (
        http(BODY, version="HTTP/1.1 200 OK\r\n X: y\r\nA:"),
        "article|bad-header",
    ),
    "header-blank-before-colon": (with_lines("X-A : b"), "article|bad-header"),
    "headers-500": (with_lines(*(f"X-{n}: {n}" for n in range(500))), "article"),
    "headers-20000": (
        with_lines(*(f"X-{n}: {n}" for n in range(20_000))),
        "article|bad-header|timeout",
    ),
    "header-15k": (with_lines("X-A: " + "a" * 15_000), "article"),
    "header-1m": (with_lines("X-A: " + "a" * MEGABYTE), "bad-header|reset|truncated"),
    "header-endless": (
        endlessly(b"HTTP/1.1 200 OK\r\nX: ", b"a" * 60_000),
        "bad-header|reset|truncated|timeout",
    ),
    "headers-endless": (
        endlessly(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n" * 500, 0.01),
        "timeout|bad-header",
    ),
    "cookies-2000": (with_lines(*(f"Set-Cookie: c{n}={n}" for n in range(2_000))), "article"),
    "cookie-15k": (with_lines("Set-Cookie: c=" + "a" * 15_000), "article"),
    "cookie-of-another": (with_lines("Set-Cookie: a=b; Domain=.example; Path=/../"), "article"),
    "length-twice-same": (with_lines(f"Content-Length: {len(BODY)}"), "article|bad-header"),
    "length-twice-other": (with_lines(f"Content-Length: {len(BODY) - 9}"), "bad-header"),
    "length-negative": (with_lines("Content-Length: -5", length=False), "bad-header"),
    "length-letters": (with_lines("Content-Length: many", length=False), "bad-header"),
    "length-empty": (with_lines("Content-Length:", length=False), "bad-header"),
    "length-plus": (
        with_lines(f"Content-Length: +{len(BODY)}", length=False),
        "article|bad-header",
    ),
    "length-underscore": (
        with_lines("Content-Length: 1_0", length=False),
        "bad-header|article|no-body",
    ),
    "length-in-other-digits": (with_lines("Content-Length: \xb2", length=False), "bad-header"),
    "length-10-to-the-30": (with_lines("Content-Length: 1" + "0" * 30, length=False), "too-large"),
    "length-5000-digits": (
        with_lines("Content-Length: " + "9" * 5_000, length=False),
        "bad-header|too-large",
    ),
    "length-100-gb": (with_lines("Content-Length: 107374182400", length=False), "too-large"),
    "length-too-long": (
        Cut(with_lines(f"Content-Length: {len(BODY) + 99}", length=False)),
        "truncated",
    ),
    "length-too-short": (Cut(with_lines("Content-Length: 700", length=False)), "article|no-body"),
    "length-zero": (Cut(with_lines("Content-Length: 0", length=False)), "empty-page"),
    "length-and-chunked": (
        http(chunked(BODY), "Transfer-Encoding: chunked"),
        "article|bad-header",
    ),
    "two-answers": (http(BODY) + http(article_page(8, title="Poison")), "article"),
    "answer-before-question": (
        http(BODY) + b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nno",
        "article",
    ),
    "robots-header-100k": (with_lines("X-Robots-Tag: " + "noai, " * 2_000), "article"),
    "robots-headers-2000": (with_lines(*(["X-Robots-Tag: all"] * 2_000)), "article"),
    "link-header": (with_lines('Link: <http://127.0.0.2/>; rel="canonical"'), "article"),
    "refresh-header": (with_lines("Refresh: 0; url=http://127.0.0.2/"), "article"),
    "location-on-200": (with_lines("Location: http://127.0.0.2/"), "article"),
    "disposition": (with_lines('Content-Disposition: attachment; filename="../../x"'), "article"),
    "upgrade": (with_lines("Connection: Upgrade", "Upgrade: h2c"), "article"),
    "connection-nonsense": (with_lines("Connection: \xff, close, keep-alive"), "article"),
    "etag-100k": (with_lines("ETag: " + "e" * 15_000), "article"),
    "date-nonsense": (with_lines("Last-Modified: yesterday", "Date: 99 Foo"), "article"),
    "hsts": (with_lines("Strict-Transport-Security: max-age=1"), "article"),
}


def as_chunks(data):
    return http(b"", CHUNKED, length=False) + data


BODIES = {
    "chunked": (as_chunks(chunked(BODY[:HALF], BODY[HALF:])), "article"),
    "chunked-by-bytes": (as_chunks(chunked(*(bytes([b]) for b in BODY))), "article"),
    "chunk-extension": (
        as_chunks(b"%x;a=b;c\r\n%s\r\n0\r\n\r\n" % (len(BODY), BODY)),
        "article",
    ),
    "chunk-extension-1m": (
        as_chunks(b"%x;%s\r\n%s\r\n0\r\n\r\n" % (len(BODY), b"a" * MEGABYTE, BODY)),
        "truncated|bad-header",
    ),
    "chunk-size-letters": (as_chunks(b"xyz\r\n" + BODY), "truncated|bad-header"),
    "chunk-size-negative": (as_chunks(b"-5\r\n" + BODY), "truncated|bad-header"),
    "chunk-size-0x": (as_chunks(b"0x10\r\n" + BODY), "truncated|bad-header"),
    "chunk-size-huge": (Cut(as_chunks(b"f" * 16 + b"\r\n" + BODY)), "truncated|too-large"),
    "chunk-size-endless": (
        endlessly(http(b"", CHUNKED, length=False), b"1" * 9_000),
        "truncated|bad-header|timeout",
    ),
    "chunk-too-short": (
        as_chunks(b"5\r\n" + BODY + b"\r\n0\r\n\r\n"),
        "truncated|bad-header",
    ),
    "chunk-last-missing": (Cut(as_chunks(chunked(BODY, end=b""))), "truncated"),
    "chunk-trailers": (as_chunks(chunked(BODY, end=b"0\r\nX: y\r\n\r\n")), "article"),
    "chunk-trailers-1m": (
        as_chunks(chunked(BODY, end=b"0\r\n" + b"X: y\r\n" * 200_000 + b"\r\n")),
        "article|truncated|bad-header",
    ),
    "chunks-endless": (
        endlessly(http(b"", CHUNKED, length=False), chunked(b"<p>no end", end=b""), 0.001),
        "timeout|too-large",
    ),
    "chunks-fast-endless": (
        endlessly(http(b"", CHUNKED, length=False), chunked(b"a" * 60_000, end=b"")),
        "too-large|timeout",
    ),
    "chunked-twice": (
        http(chunked(BODY), "Transfer-Encoding: chunked, chunked", length=False),
        "article|bad-header|truncated|no-body",
    ),
    "transfer-encoding-unknown": (
        Cut(http(BODY, "Transfer-Encoding: evil", length=False)),
        "article|bad-header",
    ),
    "transfer-encoding-gzip": (
        Cut(http(gzip.compress(BODY), "Transfer-Encoding: gzip", length=False)),
        "not-html|bad-header",
    ),
    "gzip": (encoded(gzip.compress(BODY), "gzip"), "article"),
    "gzip-unasked-case": (encoded(gzip.compress(BODY), "GZip"), "article"),
    "x-gzip": (encoded(gzip.compress(BODY), "x-gzip"), "article"),
    "deflate": (encoded(zlib.compress(BODY), "deflate"), "article"),
    "deflate-raw": (encoded(packed(BODY, -15), "deflate"), "article"),
    "brotli": (encoded(brotli.compress(BODY), "br"), "article"),
    "gzip-not-gzip": (encoded(BODY, "gzip"), "article"),
    "gzip-twice": (encoded(gzip.compress(gzip.compress(BODY)), "gzip", "gzip"), "article"),
    "gzip-twice-said-once": (encoded(gzip.compress(gzip.compress(BODY)), "gzip"), "not-html"),
    "gzip-unsaid": (http(gzip.compress(BODY)), "not-html"),
    "gzip-cut": (encoded(gzip.compress(BODY)[:-200], "gzip"), "damaged"),
    "gzip-cut-at-end": (encoded(gzip.compress(BODY)[:-8], "gzip"), "damaged|article"),
    "gzip-wrong-sum": (encoded(gzip.compress(BODY)[:-8] + bytes(8), "gzip"), "damaged"),
    "gzip-then-garbage": (encoded(gzip.compress(BODY) + b"garbage", "gzip"), "article"),
    "gzip-long-name": (
        encoded(
            b"\x1f\x8b\x08\x08"
            + bytes(6)
            + b"n" * 500_000
            + b"\0"
            + packed(BODY, -15)
            + struct.pack("<II", zlib.crc32(BODY), len(BODY)),
            "gzip",
        ),
        "article",
    ),
    "gzip-empty": (encoded(b"", "gzip"), "empty-page"),
    "gzip-of-nothing": (encoded(gzip.compress(b""), "gzip"), "empty-page"),
    "gzip-random": (encoded(random.Random(1).randbytes(3_000), "gzip"), "damaged"),
    "gzip-bomb": (encoded(bomb(), "gzip"), "too-large"),
    "deflate-bomb": (encoded(bomb(window=15), "deflate"), "too-large"),
    "gzip-bomb-twice": (encoded(gzip.compress(bomb()), "gzip", "gzip"), "too-large"),
    "brotli-bomb": (
        encoded(brotli.compress(b"<p>" + b"a" * 30_000_000, quality=3), "br"),
        "too-large",
    ),
    "brotli-cut": (encoded(brotli.compress(BODY)[:-50], "br"), "damaged"),
    "encoding-unknown": (encoded(BODY, "evil"), "article|damaged"),
    "encodings-100": (encoded(BODY, *["gzip"] * 100), "article|damaged"),
    "encoding-5000": (encoded(BODY, "g" * 5_000), "article|damaged"),
    "endless": (
        endlessly(http(kind="text/html", length=False), b"<p>" + b"a" * 60_000),
        "too-large|timeout",
    ),
    "endless-slow": (endlessly(http(kind="text/html", length=False), b"<p>a", 0.05), "timeout"),
    "slow-head": (slowly(http(BODY)[:100], 0.5), "timeout"),
    "slow-body": (lambda wire: (wire.send(http(BODY)[:300]), wire.trickle(BODY, 0.5)), "timeout"),
    "stalls-within": (lambda wire: (wire.send(http(BODY)[:-50]), silence(wire)), "timeout"),
    "without-length": (Cut(http(BODY, length=False)), "article"),
    "empty": (http(b""), "empty-page"),
    "blank": (http(b" \r\n\t" * 1_000), "empty-page"),
}


def with_head(head):
    return http(BODY.replace(b"<head>", b"<head>" + head, 1))


def with_body(extra):
    return http(BODY.replace(b"</article>", b"</article>" + extra, 1))


def with_text(text):
    return http(BODY.replace(b"<p class=byline>", text + b"<p class=byline>", 1))


# Pages whose content is the attack.
CONTENTS = {
    "null-bytes": (http(BODY.replace(b"<p>", b"<p>\0")), "article"),
    "controls": (http(BODY.replace(b"Paragraph", b"\x01Para\x0bgraph")), "article"),
    "utf-16": (http(BODY.decode().encode("utf-16"), kind="text/html"), "article"),
    "utf-16-be-said": (
        http(BODY.decode().encode("utf-16-be"), kind="text/html; charset=utf-16be"),
        "article",
    ),
    "utf-8-bom-says-16": (
        http(b"\xef\xbb\xbf" + BODY, kind="text/html; charset=utf-16"),
        "article",
    ),
    "overlong-utf-8": (with_text(b"<p>\xc0\xbcscript\xc0\xbe\xe0\x80\xaf"), "article"),
    "lone-surrogates": (with_text(b"<p>\xed\xa0\x80\xed\xb0\x80 &#xD800; &#xDFFF;"), "article"),
    "references-out-of-range": (with_text(b"<p>&#x110000; &#99999999999; &#0; &#-1;"), "article"),
    "reference-5000-digits": (with_text(b"<p>&#" + b"9" * 5_000 + b";"), "article"),
    "escape-sequences": (with_text(b"<p>\x1b]0;owned\x07 \x1b[2J"), "article"),
    "unclosed-comment": (with_body(b"<!-- no end " + b"-" * 1_000), "article"),
    "unclosed-style": (with_body(b"<style>p{display:none}" * 100), "article"),
    "unclosed-script": (with_body(b"<script>var a = '"), "article"),
    "plaintext": (with_body(b"<plaintext>" + b"<p>" * 1_000), "article"),
    "deep": (with_body(b"<div>" * 20_000), "article"),
    "deep-first": (http(BODY.replace(b"<body>", b"<body>" + b"<div>" * 400, 1)), "article|no-body"),
    "attributes-10000": (
        with_body(b"<a " + b" ".join(b"a%d=b" % n for n in range(10_000)) + b">"),
        "article",
    ),
    "attribute-1m": (with_body(b'<a title="' + b"a" * MEGABYTE + b'">'), "article"),
    "paragraphs-50000": (with_body(b"<p>a" * 50_000), "article|no-body"),
    "json-ld-deep": (
        with_head(b'<script type="application/ld+json">' + b"[" * 50_000 + b"</script>"),
        "article",
    ),
    "json-ld-many": (
        with_head(b'<script type="application/ld+json">{"@type":"NewsArticle"}</script>' * 3_000),
        "article",
    ),
    "json-ld-number": (
        with_head(
            b'<script type="application/ld+json">{"@type":"NewsArticle","datePublished":'
            + b"9" * 5_000
            + b"}</script>"
        ),
        "article",
    ),
    "json-ld-loop": (
        with_head(
            b'<script type="application/ld+json">'
            b'{"@type":"NewsArticle","@id":"#a","author":{"@id":"#a"}}</script>'
        ),
        "article",
    ),
    "metas-10000": (with_head(b'<meta property="og:title" content="x">' * 10_000), "article"),
    "base-broken": (with_head(b'<base href="http://[::1">'), "article"),
    "base-javascript": (with_head(b'<base href="javascript:alert(1)//">'), "article"),
    "canonical-file": (with_head(b'<link rel=canonical href="file:///etc/passwd">'), "article"),
    "canonical-broken": (with_head(b'<link rel=canonical href="http://[::1">'), "article"),
    "canonical-1m": (with_head(b'<link rel=canonical href="/' + b"a" * 100_000 + b'">'), "article"),
    "refresh-of-a-live-page": (with_head(b'<meta http-equiv=refresh content="3">'), "article"),
    "refresh-later": (with_head(b'<meta http-equiv=refresh content="30; url=/no">'), "article"),
    "refresh-script": (
        with_head(b'<meta http-equiv=refresh content="0; url=javascript:x()">'),
        "article",
    ),
    "refresh-far": (with_head(b'<meta http-equiv=refresh content="9999; url=/no">'), "article"),
    "next-endless": (with_body(b'<a rel=next href="?page=2">next page</a>'), "article"),
    "next-elsewhere": (
        with_body(b'<a rel=next href="http://127.0.0.2/2">next page</a>'),
        "article",
    ),
    "next-broken": (with_body(b'<a rel=next href="http://[::1/2">next page</a>'), "article"),
    "entity-bomb": (
        http(b'<!DOCTYPE html [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + BODY[15:]),
        "article",
    ),
    "external-entity": (
        http(
            b'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
            + BODY[15:].replace(b"<p>", b"<p>&x;")
        ),
        "article",
    ),
    "xml-stylesheet": (http(b'<?xml-stylesheet href="http://127.0.0.2/"?>' + BODY), "article"),
    "markers-50000": (with_body(b"<!--NO_AD_0-->" * 50_000), "article"),
    "escaped-deep": (with_text(b"<p>" + b"&amp;" * 20_000), "article"),
    "dates-10000": (with_body(b"<time datetime=2026-01-01>x</time>" * 5_000), "article"),
    "images-10000": (with_body(b"<img srcset='" + b"a.jpg 1x, " * 10_000 + b"'>"), "article"),
    "comments-only": (http(b"<!-- a -->" * 10_000), "no-body|empty-page"),
    "frameset": (http(b"<frameset><frame src=/x></frameset>"), "no-body"),
    "svg": (http(b"<svg xmlns='http://www.w3.org/2000/svg'><text>a</text></svg>"), "no-body"),
    "json": (http(b'{"title": "a"}' * 100), "not-html"),
    "javascript": (http(b"function a() { return 1 < 2 }\n" * 300), "no-body|not-html"),
    "style-sheet": (http(b"p { color: red; }\n" * 500), "not-html"),
    "brackets": (http(b"<" * 500_000), "no-body"),
    "one-word": (http(b"<p>" + b"a" * 500_000), "article|no-body"),
    "png": (http(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + BODY), "not-html"),
    "jpeg": (http(b"\xff\xd8\xff\xe0\0\x10JFIF\0" + BODY), "not-html"),
    "zip": (http(b"PK\3\4\x14\0\0\0\x08\0" + BODY), "not-html"),
    "font": (http(b"wOF2\0\1\0\0\0\0" + BODY), "not-html"),
    "program": (http(b"\x7fELF\2\1\1\0" + bytes(8) + BODY), "not-html"),
    "pdf": (http(b"%PDF-1.7\n" + BODY), "not-html"),
    "random": (http(random.Random(2).randbytes(50_000)), "not-html"),
}


REDIRECTS = {
    "to-itself": ("/to-itself", "redirect-loop"),
    "to-and-fro": ("/fro-and-to", "redirect-loop"),
    "chain-of-5": ("/chain/3", "article"),
    "chain-of-50": ("/chain/49", "redirect-loop"),
    "growing": ("/growing/a", "redirect-loop"),
    **{
        f"to-{name}": (target, "http-302|http-404|bad-redirect")
        for name, target in {
            "file": "file:///etc/passwd",
            "ftp": "ftp://127.0.0.1/",
            "data": "data:text/html,<p>hello",
            "javascript": "javascript:alert(1)",
            "gopher": "gopher://127.0.0.1:70/",
            "mailto": "mailto:a@b.example",
            "s3": "s3://bucket/key",
            "about": "about:blank",
            "no-host": "http:///path",
            "broken-ipv6": "http://[::1",
            "port-99999": "http://127.0.0.1:99999/",
            "port-letters": "http://127.0.0.1:abc/",
            "long": "/" + "a" * 15_000,
        }.items()
    },
    "to-port-0": ("http://127.0.0.1:0/", "private-address|bad-url|http-302"),
    "to-nothing": ("", "http-302|redirect-loop"),
    "to-blank": (" ", "http-302|redirect-loop"),
    "to-private": ("http://127.0.0.2/", "private-address"),
    "to-metadata": ("http://169.254.169.254/latest/meta-data/", "private-address"),
    "to-private-10": ("http://10.0.0.1/", "private-address"),
    "to-mapped": ("http://[::ffff:127.0.0.2]/", "private-address|dns"),
    "to-decimal": ("http://2130706434/", "private-address"),
    "to-octal": ("http://017700000002/", "private-address"),
    "to-0": ("http://0/", "private-address"),
    "to-other-port": ("http://127.0.0.1:1/", "private-address"),
    "to-credentials": ("http://user:secret@{host}/honest/900", "bad-url|article"),
    "to-injected-line": ("/honest/901\\r\\nX: y", "article"),
    "to-null-byte": ("/honest/902%00", "article"),
    "to-fragment": ("/honest/903#" + "a" * 500, "article"),
    "to-backslash": ("\\\\127.0.0.2\\x", "private-address|http-302|http-404"),
    "to-unicode-host": ("http://b\xfccher.invalid/", "dns|bad-url|http-302|timeout"),
    "to-bad-idna": ("http://xn--zz/", "dns|bad-url|http-302|timeout"),
    "to-long-label": (f"http://{'a' * 70}.invalid/", "dns|bad-url|timeout|http-302"),
    "to-long-host": (f"http://{'a.' * 300}invalid/", "dns|bad-url|timeout|http-302"),
    "to-dots": ("/../../../../honest/904", "article"),
    "permanent": (redirect("/honest/905", "301 Moved"), "article"),
    "see-other": (redirect("/honest/906", "303 See Other"), "article"),
    "temporary": (redirect("/honest/907", "307 Temporary"), "article"),
    "permanent-308": (redirect("/honest/908", "308 Permanent"), "article"),
    "multiple-choices": (redirect("/honest/909", "300 Multiple"), "http-300"),
    "created": (redirect("/honest/910", "201 Created"), "empty-page"),
    "without-location": (http(b"moved", status="301 Moved"), "http-301"),
    "two-locations": (
        http(b"", "Location: /honest/911", "Location: http://127.0.0.2/two", status="302 Found"),
        "article|private-address",
    ),
    "with-bomb": (
        http(bomb(), "Content-Encoding: gzip", "Location: /honest/912", status="302 Found"),
        "article|too-large",
    ),
    "refresh-itself": (refresh("0; url=/refresh-itself"), "no-body"),
    "refresh-file": (refresh("0; url=file:///etc/passwd"), "no-body"),
    "refresh-javascript": (refresh("0; url=javascript:alert(1)"), "no-body"),
    "refresh-private": (refresh("0; url=http://127.0.0.2/refresh"), "private-address"),
    "refresh-honest": (refresh("0; url=/honest/913"), "article"),
    "refresh-broken": (refresh("0; url=http://[::1"), "no-body"),
    "refresh-nonsense": (refresh("x; y; url"), "no-body"),
    "refresh-1m-digits": (refresh("0" * 5_000 + "; url=/honest/914"), "article|no-body"),
}


ATTACKS = STATUS_LINES | HEADERS | BODIES | CONTENTS | REDIRECTS
