"""A worker process: it runs the jobs that come over its socket, one after the other.

It imports what its jobs need and no Scrapy: about 70 MB.
"""

from __future__ import annotations

import ctypes
import gc
import os
import pickle
import signal
import socket
import sys
import time
import traceback
from contextlib import suppress
from importlib import import_module
from typing import Any

from newsclean.error_place import place_of
from newsclean.workers.frames import HEAD, Answer, Job, pack

# A worker that holds more than this after a job makes room for a new one, which has 70 MB. The
# largest page takes up to 300 MB while it is read, and the allocator keeps a part of it.
MAX_RESIDENT_BYTES = 200_000_000
# A worker that never grows makes room as well, after minutes of work.
MAX_JOBS = 20_000
_PR_SET_PDEATHSIG = 1  # of Linux's prctl: the signal that a process gets when its parent ends


def main(fd: int, memory: int, parent: int, modules: list[str]) -> None:
    """Run the jobs that come over the socket *fd*, until that is closed.

    The process may have *memory* bytes of data (0: no limit) and ends with the process *parent*.
    The *modules* are imported before the first job.
    """
    _end_with(parent)
    if memory:
        _limit_memory(memory)
    with socket.socket(fileno=fd) as connection:
        for name in modules:
            import_module(name)
        gc.collect()
        gc.freeze()  # what is imported stays: the collector need not look at it again
        with suppress(ConnectionError):
            _send(connection, Answer())
            _run_jobs(connection)


def _run_jobs(connection: socket.socket) -> None:
    stream = connection.makefile("rb")
    owners: dict[int, Any] = {}
    for count in range(1, MAX_JOBS + 1):
        head = stream.read(HEAD.size)
        if len(head) < HEAD.size:
            return
        start = time.process_time()
        answer = _run(stream.read(*HEAD.unpack(head)), owners)
        seconds = time.process_time() - start
        grown = isinstance(answer.error, MemoryError) or _resident() > MAX_RESIDENT_BYTES
        answer = answer._replace(seconds=seconds, last=grown or count == MAX_JOBS)
        _send(connection, answer)
        if answer.last:
            return


def _run(data: bytes, owners: dict[int, Any]) -> Answer:
    """Return what becomes of the job in *data*."""
    try:
        job = Job(*pickle.loads(data))  # noqa: S301 - from the process that started this one
        call = job.function
        if job.owner is not None:
            if job.pickled_owner is not None:
                owners[job.owner] = pickle.loads(job.pickled_owner)  # noqa: S301
            call = getattr(owners[job.owner], call)
        return Answer(call(*job.args))
    except Exception as error:
        return _failed(error)


def _failed(error: Exception) -> Answer:
    """Return the answer that says that a job raised *error*."""
    place, trace = place_of(error), "".join(traceback.format_exception(error))
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301
    except Exception:
        error = RuntimeError(type(error).__name__)
    return Answer(None, error, place, trace)


def _send(connection: socket.socket, answer: Answer) -> None:
    try:
        frame = pack(answer)
    except Exception as error:  # a result that cannot be pickled
        failed = _failed(error)
        frame = pack(failed._replace(seconds=answer.seconds, last=answer.last))
    connection.sendall(frame)


def _end_with(parent: int) -> None:
    """Have this process killed when *parent* ends, whatever it is doing then. Where the system
    cannot do that, it ends when its job is done, because its socket is closed."""
    if sys.platform != "linux":
        return
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it has ended meanwhile
        sys.exit()


def _limit_memory(size: int) -> None:
    import resource  # noqa: PLC0415 - not on Windows

    with suppress(ValueError, OSError):  # a lower limit holds already
        resource.setrlimit(resource.RLIMIT_DATA, (size, size))


def _resident() -> int:
    """Return how many bytes of memory this process holds, 0 where the system does not say."""
    try:
        with open("/proc/self/statm", "rb") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0
