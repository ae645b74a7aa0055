"""Compressed answers, whole or not at all.

Scrapy's own middleware gives what it could decompress of a damaged body, so that a page cut
off half way becomes half an article with nothing said.
"""

from __future__ import annotations

from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.exceptions import IgnoreRequest

from newsclean.archives.payload import TooLargeError, decode_payload

_DEFAULT_LIMIT = 1 << 30


class DamagedBodyError(IgnoreRequest):
    """The body of an answer is no page; ``reason`` is the word that it is counted under."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class WholeBodyMiddleware(HttpCompressionMiddleware):
    """Decompress gzip, deflate and brotli as Scrapy does, but refuse what is cut off."""

    # Scrapy's method is private; the alternative is to copy its process_response, which also
    # chooses the class of the response.
    @staticmethod
    def _decode(body: bytes, encoding: bytes, max_size: int) -> bytes:
        name = encoding.decode("ascii", "replace")
        if name == "zstd" or not body:
            return HttpCompressionMiddleware._decode(body, encoding, max_size) if body else body
        try:
            return decode_payload(body, None, name, max_size or _DEFAULT_LIMIT)
        except TooLargeError:
            raise DamagedBodyError("too-large", f"more than {max_size:,} bytes") from None
        except ValueError as error:
            raise DamagedBodyError("damaged", str(error)) from None
