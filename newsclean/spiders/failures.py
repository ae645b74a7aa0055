"""FETCH: why a page could not be had, as a reason that can be counted and one plain line.

A reason that `newsclean.items.is_failure` knows may pass, so the page is asked for again. The
reason ``error`` means that newsclean itself, or a component of the project, raised an exception.
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
_BAD_HEADER = ("bad-header", "the answer does not follow HTTP")
_DNS = ("dns", "the host has no address")
_REFUSED = ("refused", "the host refuses the connection")
_RESET = ("reset", "the host closed the connection before it had answered")
_SCHEME = ("scheme", "the address is neither http nor https")
_TIMEOUT = ("timeout", "no answer in DOWNLOAD_TIMEOUT seconds")
_TLS = ("tls", "the TLS connection failed, for example because of an invalid certificate")
_TRUNCATED = ("truncated", "the answer broke off")
_UNREACHABLE = ("unreachable", "no connection to the host")
# Exception class → reason, detail. The first class that fits counts, so subclasses come first.
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
# Libraries below Scrapy whose every exception means the same.
_TLS_PACKAGES = ("OpenSSL.", "service_identity.", "ssl.")
_MAX_CAUSES = 10  # exceptions that are looked at for one failure
_MAX_DETAIL_LENGTH = 200  # characters


def explain_error(error: BaseException) -> tuple[str, str, int | None]:
    """Return (reason, detail, HTTP status or None) for a request that *error* ended.

    The detail never holds the text of an unknown exception, because that may quote the page.

    >>> explain_error(ConnectionResetError())
    ('reset', 'the host closed the connection before it had answered', None)
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
    for cause in reversed(causes):  # what was wrapped says more than its wrapper
        found = _explain_cause(cause)
        if found == _RESET and any(map(_is_half_an_answer, causes)):
            found = _TRUNCATED
        if found is not None:
            return *found, None
    if isinstance(error, DownloadFailedError):
        # Not the network, then: Twisted's parser raised on what it was sent.
        return *_BAD_HEADER, None
    if isinstance(error, ValueError) and _is_of_handler(error):
        return "bad-url", "nothing can be asked for at this address", None
    return ERROR, place_of(error), None


def _explain_refusal(error: IgnoreRequest) -> tuple[str, str]:
    """Return (reason, detail) of a request that a middleware refused.

    The middlewares of newsclean raise subclasses of IgnoreRequest with a ``reason``. Scrapy's own
    middlewares give only a text, which may change with its version, so it decides nothing.
    """
    reason, text = getattr(error, "reason", None), str(error)
    if isinstance(reason, str):
        return reason, text
    return "ignored", text[:_MAX_DETAIL_LENGTH] or "a middleware refused it"


def _explain_cause(cause: BaseException) -> tuple[str, str] | None:
    for kind, found in _FAILURES:
        if isinstance(cause, kind):
            return found
    module = f"{type(cause).__module__}."
    if module.startswith(_TLS_PACKAGES):
        return _TLS
    # Twisted keeps the class of a malformed answer in a private module (read in 26.10).
    if module.startswith("twisted.web.") and "ParseError" in {
        one.__name__ for one in type(cause).__mro__
    }:
        return _BAD_HEADER
    if isinstance(cause, OSError) and cause.errno in _NO_ROUTE:
        return _UNREACHABLE
    return None


def _is_half_an_answer(cause: BaseException) -> bool:
    """Return True if *cause* says that an answer began and did not end."""
    return isinstance(cause, ResponseFailed) and not isinstance(cause, ResponseNeverReceived)


def _is_of_handler(error: BaseException) -> bool:
    """Return True if a download handler raised *error*, before it had sent anything."""
    frames = (frame for frame, _ in traceback.walk_tb(error.__traceback__))
    return any(
        frame.f_globals.get("__name__", "").startswith("scrapy.core.downloader.handlers.")
        for frame in frames
    )


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield *error* and what it wraps, at most `_MAX_CAUSES`: ``__cause__``, and the ``reasons``
    of Twisted's ResponseFailed."""
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
