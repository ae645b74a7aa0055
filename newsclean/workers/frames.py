"""The messages between a crawl and its workers: pickles, each with its length before it."""

from __future__ import annotations

import pickle
import struct
from typing import Any, NamedTuple

HEAD = struct.Struct("!Q")  # the length of a frame in bytes


class Job(NamedTuple):
    """A call. ``function`` is a module-level function or, with an ``owner``, the name of its
    method. ``owner`` is the number of an object; ``pickled_owner`` is sent with the first job that
    uses it."""

    owner: int | None
    pickled_owner: bytes | None
    function: Any
    args: tuple[Any, ...]


class Answer(NamedTuple):
    """The result of a job: its ``result``, or the ``error`` that it raised with the ``place`` in
    the code (`newsclean.error_place`) and the traceback ``trace``. ``seconds`` is the CPU time. The
    worker ends after the ``last`` answer."""

    result: Any = None
    error: BaseException | None = None
    place: str = ""
    trace: str = ""
    seconds: float = 0.0
    last: bool = False


def pack(message: tuple[Any, ...]) -> bytes:
    """Return *message* as a frame. Raise the exceptions of `pickle`."""
    data = pickle.dumps(tuple(message), pickle.HIGHEST_PROTOCOL)
    return HEAD.pack(len(data)) + data
