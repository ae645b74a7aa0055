"""Compressed answers, whole or not at all.

Scrapy's own middleware gives what it could decompress of a damaged body, so that a page cut
off half way becomes half an article with nothing said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.exceptions import IgnoreRequest

from newsclean.archives.payload import TooLargeError, decode_payload

if TYPE_CHECKING:
    from scrapy import Request, Spider
    from scrapy.http import Response

_DEFAULT_LIMIT = 1 << 30


class DamagedBodyError(IgnoreRequest):
    """The body of an answer is no page; ``reason`` is the word that it is counted under."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class WholeBodyMiddleware(HttpCompressionMiddleware):
    """Decompress gzip, deflate and brotli as Scrapy does, but refuse what is cut off."""

    def process_response(
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Request | Response:
        """As Scrapy's, which raises for a ``Content-Encoding`` that is not ASCII."""
        try:
            return super().process_response(request, response)
        except DamagedBodyError:
            raise
        except IgnoreRequest:  # Scrapy 2.19 refuses nothing but a body that is too large
            raise DamagedBodyError("too-large", "more than DOWNLOAD_MAXSIZE bytes") from None
        except UnicodeDecodeError:
            raise DamagedBodyError("damaged", "an unknown Content-Encoding") from None

    # Scrapy's method is private; the alternative is to copy its process_response, which also
    # chooses the class of the response.
    @staticmethod
    def _decode(body: bytes, encoding: bytes, max_size: int) -> bytes:
        name = encoding.decode("ascii", "replace")
        if not body:
            return body
        if name == "zstd":
            return _unpack_zstd(body, encoding, max_size)
        try:
            return decode_payload(body, None, name, max_size or _DEFAULT_LIMIT)
        except TooLargeError:
            raise DamagedBodyError("too-large", f"more than {max_size:,} bytes") from None
        except ValueError as error:
            raise DamagedBodyError("damaged", str(error)) from None


def _unpack_zstd(body: bytes, encoding: bytes, max_size: int) -> bytes:
    """Return *body* as Scrapy unpacks it, whose library for this has errors of its own."""
    try:
        return HttpCompressionMiddleware._decode(body, encoding, max_size)
    except ValueError:  # too large, of which Scrapy makes an IgnoreRequest
        raise
    except Exception:
        raise DamagedBodyError("damaged", "the compressed body is damaged") from None
