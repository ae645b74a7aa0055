"""FETCH: explain why a page could not be fetched, as a reason (a fixed word) and one line of text.

Reasons for which `newsclean.items.is_failure` is true may be temporary, so the page is requested
again. The reason ``error`` means that newsclean itself, or a component of the project, raised an
exception.
"""

from __future__ import annotations

import errno
import socket
import traceback
from typing import TYPE_CHECKING

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    NotSupported,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.internet import error as network
from twisted.web.client import ResponseFailed, ResponseNeverReceived

from newsclean.error_place import place_of
from newsclean.workers import WorkerError

if TYPE_CHECKING:
    from collections.abc import Iterator

ERROR = "error"
_BAD_HEADER = ("bad-header", "the response violates HTTP")
_DNS = ("dns", "the host name has no IP address")
_REFUSED = ("refused", "the host refuses the connection")
_RESET = ("reset", "the host closed the connection before it sent a response")
_SCHEME = ("scheme", "the URL is neither http nor https")
_TIMEOUT = ("timeout", "no response within DOWNLOAD_TIMEOUT seconds")
_TLS = ("tls", "the TLS connection failed, for example because of an invalid certificate")
_TRUNCATED = ("truncated", "the response ended before it was complete")
_UNREACHABLE = ("unreachable", "no connection to the host")
# Exception class → reason, detail. The first matching class is used, so subclasses come first.
_FAILURES: tuple[tuple[type[BaseException], tuple[str, str]], ...] = (
    (CannotResolveHostError, _DNS),
    (network.DNSLookupError, _DNS),
    (socket.gaierror, _DNS),
    (DownloadConnectionRefusedError, _REFUSED),
    (network.ConnectionRefusedError, _REFUSED),
    (ConnectionRefusedError, _REFUSED),
    (DownloadTimeoutError, _TIMEOUT),
    (network.TimeoutError, _TIMEOUT),
    (network.TCPTimedOutError, _TIMEOUT),
    (TimeoutError, _TIMEOUT),
    (ResponseDataLossError, _TRUNCATED),
    (DownloadCancelledError, ("too-large", "more than DOWNLOAD_MAXSIZE bytes")),
    (UnsupportedURLSchemeError, _SCHEME),
    (NotSupported, _SCHEME),
    (network.SSLError, _TLS),
    (network.ConnectError, _UNREACHABLE),
    (network.ConnectionClosed, _RESET),
    (ConnectionError, _RESET),
)
_NO_ROUTE = frozenset({errno.ENETUNREACH, errno.EHOSTUNREACH, errno.EADDRNOTAVAIL})
# All exceptions of these libraries mean that TLS failed.
_TLS_PACKAGES = ("OpenSSL.", "service_identity.", "ssl.")
_MAX_CAUSES = 10  # exceptions that are examined for one failure
_MAX_DETAIL_LENGTH = 200  # characters


def explain_error(error: BaseException) -> tuple[str, str, int | None]:
    """Return (reason, detail, HTTP status or None) for a request that failed with *error*.

    The detail never contains the message of an unknown exception, because it may quote the page.

    >>> explain_error(ConnectionResetError())
    ('reset', 'the host closed the connection before it sent a response', None)
    >>> explain_error(KeyError("title"))
    ('error', 'KeyError', None)
    """
    if isinstance(error, HttpError):
        status = error.response.status
        return f"http-{status}", f"the server answered {status}", status
    if isinstance(error, IgnoreRequest):
        return *_explain_refusal(error), None
    if isinstance(error, WorkerError):
        return error.reason, error.detail, None
    causes = list(_causes(error))
    for cause in reversed(causes):  # the inner exception is more precise than its wrapper
        found = _explain_cause(cause)
        if found == _RESET and any(map(_is_half_an_answer, causes)):
            found = _TRUNCATED
        if found is not None:
            return *found, None
    if isinstance(error, DownloadFailedError):
        # It was not the network: Twisted's parser raised an exception for the response.
        return *_BAD_HEADER, None
    if isinstance(error, ValueError) and _is_of_handler(error):
        return "bad-url", "the URL cannot be requested", None
    return ERROR, place_of(error), None


def _explain_refusal(error: IgnoreRequest) -> tuple[str, str]:
    """Return (reason, detail) of a request that a middleware refused.

    The middlewares of newsclean raise subclasses of IgnoreRequest with a ``reason``. Scrapy's
    middlewares give only a message, which may change in each version, so it is not interpreted.
    """
    reason, text = getattr(error, "reason", None), str(error)
    if isinstance(reason, str):
        return reason, text
    return "ignored", text[:_MAX_DETAIL_LENGTH] or "a middleware refused the request"


def _explain_cause(cause: BaseException) -> tuple[str, str] | None:
    for kind, found in _FAILURES:
        if isinstance(cause, kind):
            return found
    module = f"{type(cause).__module__}."
    if module.startswith(_TLS_PACKAGES):
        return _TLS
    # Twisted has the exception for malformed responses in a private module (read in 26.10).
    if module.startswith("twisted.web.") and "ParseError" in {
        one.__name__ for one in type(cause).__mro__
    }:
        return _BAD_HEADER
    if isinstance(cause, OSError) and cause.errno in _NO_ROUTE:
        return _UNREACHABLE
    return None


def _is_half_an_answer(cause: BaseException) -> bool:
    """Return True if *cause* means that a response began and was not completed."""
    return isinstance(cause, ResponseFailed) and not isinstance(cause, ResponseNeverReceived)


def _is_of_handler(error: BaseException) -> bool:
    """Return True if a download handler raised *error* before it sent the request."""
    frames = (frame for frame, _ in traceback.walk_tb(error.__traceback__))
    return any(
        frame.f_globals.get("__name__", "").startswith("scrapy.core.downloader.handlers.")
        for frame in frames
    )


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield *error* and the exceptions that it wraps, at most `_MAX_CAUSES`: ``__cause__``, and the
    ``reasons`` of Twisted's ResponseFailed."""
    waiting: list[BaseException] = [error]
    for _ in range(_MAX_CAUSES):
        if not waiting:
            return
        cause = waiting.pop(0)
        yield cause
        if cause.__cause__ is not None:
            waiting.append(cause.__cause__)
        for failure in getattr(cause, "reasons", None) or []:
            value = getattr(failure, "value", None)
            if isinstance(value, BaseException):
                waiting.append(value)
