"""What a crawl and its workers send each other: pickles, each after its length."""

from __future__ import annotations

import pickle
import struct
from typing import Any, NamedTuple

HEAD = struct.Struct("!Q")  # the length of a frame in bytes


class Job(NamedTuple):
    """A call. ``function`` is one of a module or, with an ``owner``, the name of its method. An
    owner has a number; ``pickled_owner`` comes with the first job that names it."""

    owner: int | None
    pickled_owner: bytes | None
    function: Any
    args: tuple[Any, ...]


class Answer(NamedTuple):
    """What became of a job: its ``result``, or the ``error`` that it raised, the ``place`` where
    (`newsclean.error_place`) and its traceback. ``seconds`` is the CPU time. After the ``last``
    answer the worker ends."""

    result: Any = None
    error: BaseException | None = None
    place: str = ""
    trace: str = ""
    seconds: float = 0.0
    last: bool = False


def pack(message: tuple[Any, ...]) -> bytes:
    """Return *message* as a frame; raise what `pickle` raises."""
    data = pickle.dumps(tuple(message), pickle.HIGHEST_PROTOCOL)
    return HEAD.pack(len(data)) + data
