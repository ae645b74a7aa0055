"""Compressed answers: whole or refused with a reason."""

import gzip
import zlib

import brotli
import pytest
from scrapy import Request
from scrapy.http import Response

from newsclean.middlewares.whole_body import DamagedBodyError, WholeBodyMiddleware
from tests.units import make

URL = "https://bay.example/1"
BODY = b"<html><p>The ferry runs again, the council said on Monday.</p></html>" * 50
CODED = {
    "gzip": gzip.compress(BODY),
    "x-gzip": gzip.compress(BODY),
    "deflate": zlib.compress(BODY),
    "br": brotli.compress(BODY),
}


def answer(encoding, body, **settings):
    middleware, _ = make(WholeBodyMiddleware, **settings)
    headers = {"Content-Encoding": encoding, "Content-Type": "text/html"}
    return middleware.process_response(Request(URL), Response(URL, headers=headers, body=body))


@pytest.mark.parametrize("encoding", CODED)
def test_a_whole_body_is_unpacked(encoding):
    response = answer(encoding, CODED[encoding])
    assert response.body == BODY
    assert b"Content-Encoding" not in response.headers


@pytest.mark.parametrize("encoding", CODED)
def test_a_body_that_was_cut_off_is_refused(encoding):
    with pytest.raises(DamagedBodyError) as error:
        answer(encoding, CODED[encoding][:-20])
    assert error.value.reason == "damaged"


@pytest.mark.parametrize("encoding", CODED)
def test_a_body_that_grows_too_large_is_refused(encoding):
    with pytest.raises(DamagedBodyError) as error:
        answer(encoding, CODED[encoding], DOWNLOAD_MAXSIZE=1000)
    assert error.value.reason == "too-large"


def test_an_encoding_that_is_no_ascii_is_refused():
    with pytest.raises(DamagedBodyError, match="unknown Content-Encoding"):
        answer(b"gzip\xff", b"x")


def test_an_empty_body_stays():
    assert answer("gzip", b"").body == b""
