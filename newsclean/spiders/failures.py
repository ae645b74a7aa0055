"""FETCH: explain why a page could not be fetched, as a reason (a fixed word) and one line of text.

Reasons for which `newsclean.rejections.is_failure` is true may be temporary, so the page is
requested again. The reason ``error`` means that newsclean itself, or a component of the project,
raised an exception.
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
from newsclean.rejections import meaning_of
from newsclean.workers import WorkerError

if TYPE_CHECKING:
    from collections.abc import Iterator

ERROR = "error"
# Exception class → reason. The first matching class is used, so subclasses come first.
_FAILURES: tuple[tuple[type[BaseException], str], ...] = (
    (CannotResolveHostError, "dns"),
    (network.DNSLookupError, "dns"),
    (socket.gaierror, "dns"),
    (DownloadConnectionRefusedError, "refused"),
    (network.ConnectionRefusedError, "refused"),
    (ConnectionRefusedError, "refused"),
    (DownloadTimeoutError, "timeout"),
    (network.TimeoutError, "timeout"),
    (network.TCPTimedOutError, "timeout"),
    (TimeoutError, "timeout"),
    (ResponseDataLossError, "truncated"),
    (DownloadCancelledError, "too-large"),
    (UnsupportedURLSchemeError, "scheme"),
    (NotSupported, "scheme"),
    (network.SSLError, "tls"),
    (network.ConnectError, "unreachable"),
    (network.ConnectionClosed, "reset"),
    (ConnectionError, "reset"),
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
        return f"http-{status}", f"the server responded with status {status}", status
    if isinstance(error, IgnoreRequest):
        return *_explain_refusal(error), None
    if isinstance(error, WorkerError):
        return error.reason, error.detail, None
    causes = list(_causes(error))
    for cause in reversed(causes):  # the inner exception is more precise than its wrapper
        found = _explain_cause(cause)
        if found == "reset" and any(map(_is_partial_response, causes)):
            found = "truncated"
        if found is not None:
            return found, meaning_of(found), None
    if isinstance(error, DownloadFailedError):
        # It was not the network: Twisted's parser raised an exception for the response.
        return "bad-header", meaning_of("bad-header"), None
    if isinstance(error, ValueError) and _is_of_handler(error):
        return "bad-url", meaning_of("bad-url"), None
    return ERROR, place_of(error), None


def _explain_refusal(error: IgnoreRequest) -> tuple[str, str]:
    """Return (reason, detail) of a request that a middleware refused.

    The middlewares of newsclean raise subclasses of IgnoreRequest with a ``reason``. Scrapy's
    middlewares give only a message, which may change in each version, so it is not interpreted.
    """
    reason, text = getattr(error, "reason", None), str(error)
    if isinstance(reason, str):
        return reason, text
    return "ignored", text[:_MAX_DETAIL_LENGTH] or meaning_of("ignored")


def _explain_cause(cause: BaseException) -> str | None:
    """Return the reason of a request that failed with *cause*, or None for another exception."""
    for kind, reason in _FAILURES:
        if isinstance(cause, kind):
            return reason
    module = f"{type(cause).__module__}."
    if module.startswith(_TLS_PACKAGES):
        return "tls"
    # Twisted has the exception for malformed responses in a private module (read in 26.10).
    if module.startswith("twisted.web.") and "ParseError" in {
        one.__name__ for one in type(cause).__mro__
    }:
        return "bad-header"
    if isinstance(cause, OSError) and cause.errno in _NO_ROUTE:
        return "unreachable"
    return None


def _is_partial_response(cause: BaseException) -> bool:
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
