"""Refuse compressed responses that are incomplete or damaged.

Scrapy's middleware returns the part of a damaged body that it could decompress. So an incomplete
page would become half an article without any message.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.exceptions import IgnoreRequest

from newsclean.archives.payload import TooLargeError, decode_payload
from newsclean.rejections import meaning_of

if TYPE_CHECKING:
    from scrapy import Request, Spider
    from scrapy.http import Response

_DEFAULT_LIMIT = 1 << 30  # bytes, if DOWNLOAD_MAXSIZE is 0


class DamagedBodyError(IgnoreRequest):
    """The body of a response cannot be used. ``reason`` is its name in the statistics."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class WholeBodyMiddleware(HttpCompressionMiddleware):
    """Decompresses gzip, deflate and brotli like Scrapy, but refuses incomplete bodies."""

    def process_response(
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Request | Response:
        """Decompress like Scrapy. Raise DamagedBodyError, also for a ``Content-Encoding`` that is
        not ASCII."""
        try:
            return super().process_response(request, response)
        except DamagedBodyError:
            raise
        except IgnoreRequest:  # Scrapy 2.19 only refuses a body that is too large
            raise DamagedBodyError("too-large", meaning_of("too-large")) from None
        except UnicodeDecodeError:
            raise DamagedBodyError("damaged", "unknown Content-Encoding") from None

    # The method is private in Scrapy 2.19. The alternative is to copy its process_response, which
    # also chooses the class of the response.
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
    """Return *body* unpacked by Scrapy. Convert the exceptions of its zstd library."""
    try:
        return HttpCompressionMiddleware._decode(body, encoding, max_size)
    except ValueError:  # too large; Scrapy raises IgnoreRequest for it
        raise
    except Exception:
        raise DamagedBodyError("damaged", "the compressed body is damaged") from None
