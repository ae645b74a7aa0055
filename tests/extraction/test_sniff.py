"""What is no text is told from what is, whatever the server calls it."""

import bz2
import gzip
import io
import lzma
import random
import sqlite3
import struct
import sys
import wave
import zipfile
import zlib
from pathlib import Path

import pytest

from newsclean.extraction.sniff import sniff_binary
from tests.server import article_page

PAGE = article_page(1).decode()


def png():
    def chunk(kind, data):
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    size = struct.pack(">IIBBBBB", 4, 4, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0" + bytes(range(12)) * 4)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size) + chunk(b"IDAT", pixels)


def wav():
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(bytes(1000))
    return file.getvalue()


def zipped():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("page.html", PAGE)  # stored: the page's text is in it
    return file.getvalue()


def database():
    with sqlite3.connect(":memory:") as connection:
        connection.execute("create table page (url)")
        return connection.serialize()


BINARY = {
    "png": png(),
    "gif": b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00!",
    "jpeg": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01",
    "bmp": b"BM\x9a\x00\x00\x00\x00\x00\x00\x006\x00",
    "webp": b"RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00",
    "icon": b"\x00\x00\x01\x00\x01\x00\x10\x10",
    "tiff": b"II*\x00\x08\x00\x00\x00",
    "avif": b"\x00\x00\x00\x1cftypavif\x00\x00\x00\x00",
    "mp4": b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom",
    "webm": b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01",
    "ogg": b"OggS\x00\x02\x00\x00\x00\x00",
    "mp3": b"ID3\x04\x00\x00\x00\x00\x00\x00",
    "mp3-frames": b"\xff\xfb\x90d\x00\x0f\xf0\x00",
    "wav": wav(),
    "midi": b"MThd\x00\x00\x00\x06\x00\x01",
    "woff": b"wOFF\x00\x01\x00\x00\x00\x00",
    "woff2": b"wOF2\x00\x01\x00\x00\x00\x00",
    "truetype": b"\x00\x01\x00\x00\x00\x0f\x00\x80",
    "opentype": b"OTTO\x00\x0b\x00\x80",
    "gzip": gzip.compress(PAGE.encode()),
    "zip": zipped(),
    "bzip2": bz2.compress(PAGE.encode()),
    "xz": lzma.compress(PAGE.encode()),
    "pdf": b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj",
    "pdf-after-blanks": b"\r\n %PDF-1.4\nplain enough",
    "postscript": b"%!PS-Adobe-3.0\n/Helvetica findfont",
    "program": Path(sys.executable).read_bytes()[:4000],
    "windows": b"MZ\x90\x00\x03\x00\x00\x00\x04\x00",
    "class": b"\xca\xfe\xba\xbe\x00\x00\x00\x34",
    "wasm": b"\x00asm\x01\x00\x00\x00",
    "word": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100),
    "sqlite": database(),
    "random": random.Random(13).randbytes(5000),
    "zeros": bytes(4000),
    "zlib": zlib.compress(random.Random(14).randbytes(3000)),
    "page-within": b"\x05\x06\x00\x01\x02\x00" * 100 + PAGE.encode(),
}

TEXT = {
    "utf-8": PAGE.encode(),
    "bom": b"\xef\xbb\xbf" + PAGE.encode(),
    "utf-16": PAGE.encode("utf-16"),
    "utf-16-le": PAGE.encode("utf-16-le"),
    "utf-16-be": PAGE.encode("utf-16-be"),
    "utf-32": PAGE.encode("utf-32"),
    "chinese-utf-16": ("<p>" + "今天港口很平静。" * 200).encode("utf-16"),
    "iso-2022-jp": ("<p>" + "港の記録" * 200).encode("iso-2022-jp"),
    "gb18030": ("<p>" + "今天港口很平静。" * 200).encode("gb18030"),
    "a-null": PAGE.replace("<p>", "<p>\0", 1).encode(),
    "a-few-controls": PAGE.replace("Paragraph", "Para\x0b\x01graph").encode(),
    "short-with-controls": b"<p>\x01\x02 a line",
    "begins-like-a-bitmap": b"BMW and others: <p>Rain at last.",
    "begins-like-a-program": b"MZ is a town. <p>Rain at last.",
    "begins-like-a-song": b"ID3 tags explained <p>Rain at last.",
    "mentions-pdf": b"<p>%PDF-1.7 begins every PDF.",
    "empty": b"",
}


@pytest.mark.parametrize("name", BINARY)
def test_binary(name):
    assert sniff_binary(BINARY[name]) is not None


@pytest.mark.parametrize("name", TEXT)
def test_text(name):
    assert sniff_binary(TEXT[name]) is None


def test_all_samples_of_the_project_are_text(request):
    pages = list((request.config.rootpath / "samples").rglob("*.html"))
    assert pages
    for page in pages:
        assert sniff_binary(page.read_bytes()) is None, page
