"""The program of a worker process: it runs the jobs from its socket, one after another.

It imports only the modules of its jobs, without Scrapy, and takes about 70 MB of memory.
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
from typing import Any, BinaryIO

from newsclean.error_place import place_of
from newsclean.garbage import collect_rarely
from newsclean.workers.frames import HEAD, Answer, Job, pack

# A worker that has more memory than this after a job is replaced by a new one, which has 70 MB. The
# largest page takes up to 270 MB while it is read, and the allocator does not return all of it.
MAX_RESIDENT_BYTES = 200_000_000
# A worker that does not grow is replaced after this number of jobs, which take minutes.
MAX_JOBS = 20_000
_PR_SET_PDEATHSIG = 1  # Linux prctl: the signal that the process gets when its parent ends


def main(fd: int, memory: int, parent: int, modules: list[str]) -> None:
    """Run the jobs from the socket *fd* until it is closed.

    *memory* limits the data of the process, in bytes (0: no limit). The process ends with the
    process *parent*. The *modules* are imported before the first job.
    """
    collect_rarely()
    _end_with(parent)
    if memory:
        _limit_memory(memory)
    with socket.socket(fileno=fd) as connection:
        for name in modules:
            import_module(name)
        gc.freeze()  # imported objects stay, so the garbage collector can skip them
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
        (size,) = HEAD.unpack(head)
        answer = _run(stream, size, owners)
        seconds = time.process_time() - start
        grown = isinstance(answer.error, MemoryError) or _resident() > MAX_RESIDENT_BYTES
        answer = answer._replace(seconds=seconds, last=grown or count == MAX_JOBS)
        _send(connection, answer)
        if answer.last:
            return


def _run(stream: BinaryIO, size: int, owners: dict[int, Any]) -> Answer:
    """Run the job in the next *size* bytes of *stream* and return its answer."""
    try:
        # The bytes hold a whole page. They have no name, so that they are freed before it is read.
        job = Job(*pickle.loads(stream.read(size)))  # noqa: S301 - from the parent process
        call = job.function
        if job.owner is not None:
            if job.pickled_owner is not None:
                owners[job.owner] = pickle.loads(job.pickled_owner)  # noqa: S301
            call = getattr(owners[job.owner], call)
        return Answer(call(*job.args))
    except Exception as error:
        return _failed(error)


def _failed(error: Exception) -> Answer:
    """Return the answer for a job that raised *error*."""
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
    """Make the system kill this process when *parent* ends. If the system does not support this,
    the process ends after its job, because its socket is closed."""
    if sys.platform != "linux":
        return
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # the parent has ended meanwhile
        sys.exit()


def _limit_memory(size: int) -> None:
    import resource  # noqa: PLC0415 - not on Windows

    with suppress(ValueError, OSError):  # there is already a lower limit
        resource.setrlimit(resource.RLIMIT_DATA, (size, size))


def _resident() -> int:
    """Return the resident memory of this process in bytes. 0 if the system does not provide it."""
    try:
        with open("/proc/self/statm", "rb") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0
