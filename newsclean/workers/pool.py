"""The side of the crawl: a pool of worker processes for its event loop.

Measured before it was written: with pebble 5.2 the kill of one idle worker ends the pool, and
with loky 3.7 that of any worker ends every job. Both, and `concurrent.futures`, import the main
module again in each worker, so that a script that starts a crawl without ``if __name__ == …``
would start it again. Here a worker has a socket of its own and shares nothing with the others.
"""

from __future__ import annotations

import asyncio
import inspect
import json
import logging
import os
import pickle
import signal
import socket
import subprocess
import sys
from collections import deque
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from newsclean.error_place import RemoteError
from newsclean.workers.frames import HEAD, Answer, Job, pack

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_P = ParamSpec("_P")
_T = TypeVar("_T")

logger = logging.getLogger(__name__)

# The child is told where its parent finds modules: in an egg, in a project's folder.
_START = (
    "import json, sys; given = json.loads(sys.argv[1]); sys.path[:] = given.pop('path');"
    " from newsclean.workers.child import main; main(**given)"
)
_START_SECONDS = 60.0  # imports take one second; on a machine with much to do, more
_MAX_FAILED_STARTS = 3  # in a row
# Signals that a terminal or systemd sends to all processes of a crawl: only the main process acts.
_FOR_MAIN_PROCESS = {signal.SIGINT, signal.SIGTERM}


class WorkerError(Exception):
    """A worker gave no answer. ``reason`` and ``detail`` are those of a `Rejection`."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail


class PoolError(Exception):
    """No worker can be started."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one job may take: *seconds*, and *memory* in bytes (0: no limit). The workers import
    *modules* when they start."""

    seconds: float
    memory: int
    modules: tuple[str, ...] = ()


class WorkerPool:
    """At most *most* worker processes, each started when a job finds none idle.

    A function and its arguments must be picklable. The object of a bound method is sent to a
    worker once, so it must not change. A worker that is killed, exceeds a limit or is cancelled
    is replaced; only its job is lost.
    """

    def __init__(self, most: int, limits: Limits) -> None:
        self.most = most
        self.limits = limits
        self.started = 0  # since the beginning
        self.lost = 0  # of these, before their time
        self.is_ready = False  # a worker has started
        self._idle: list[_Worker] = []
        self._workers: set[_Worker] = set()
        self._starting: set[asyncio.Task[_Worker]] = set()
        self._waiting: deque[asyncio.Future[_Worker]] = deque()
        self._failed_starts = 0
        self._owners: dict[int, tuple[object, bytes]] = {}
        self._is_closed = False

    async def run(
        self, function: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs
    ) -> tuple[_T, float]:
        """Return what *function* returns for *args* and the CPU seconds that it took; raise what
        it raises, WorkerError if the worker is lost, PoolError if none can be started."""
        assert not kwargs, "arguments of a job are positional"
        worker = await self._next()
        try:
            answer = await worker.run(self._job(worker, function, args), self.limits.seconds)
        except BaseException as error:
            self.lost += isinstance(error, WorkerError)
            self._end(worker)
            raise
        if answer.last:
            self._end(worker)
        else:
            self._give(worker)
        if isinstance(answer.error, MemoryError):
            detail = f"reading it took more than {self.limits.memory // 10**6:,} MB of memory"
            raise WorkerError("too-much-memory", detail) from None
        if answer.error is not None:
            raise answer.error from RemoteError(answer.place, answer.trace)
        return answer.result, answer.seconds

    def start_one(self) -> None:
        """Begin to start a worker, unless there are enough."""
        if self._is_closed or len(self._workers) + len(self._starting) >= self.most:
            return
        task = asyncio.get_running_loop().create_task(_Worker.start(self.limits))
        self._starting.add(task)
        task.add_done_callback(self._started)

    async def close(self) -> None:
        """End all workers and the jobs that they have in hand."""
        self._is_closed = True
        starting = list(self._starting)
        for task in starting:
            task.cancel()
        for found in await asyncio.gather(*starting, return_exceptions=True):
            if isinstance(found, _Worker):  # it was ready in the same moment
                found.end()
        for worker in list(self._workers):
            self._end(worker)
        self._fail_waiting(PoolError("the workers are closed"))

    def _job(self, worker: _Worker, function: Any, args: tuple[Any, ...]) -> Job:
        if not inspect.ismethod(function):
            return Job(None, None, function, args)
        owner = function.__self__
        number = id(owner)  # which no other object gets: ``_owners`` keeps it
        if number not in self._owners:
            self._owners[number] = owner, pickle.dumps(owner, pickle.HIGHEST_PROTOCOL)
        pickled = self._owners[number][1] if number not in worker.owners else None
        worker.owners.add(number)
        return Job(number, pickled, function.__name__, args)

    async def _next(self) -> _Worker:
        """Return the next worker that is free, perhaps a new one."""
        if self._is_closed:
            raise PoolError("the workers are closed")
        while self._idle:
            worker = self._idle.pop()
            if worker.is_alive:
                return worker
            self._end(worker)  # it was killed while it had no job: nothing is lost
        waiting: asyncio.Future[_Worker] = asyncio.get_running_loop().create_future()
        self._waiting.append(waiting)
        self.start_one()
        try:
            return await waiting
        except asyncio.CancelledError:
            if waiting.done() and not waiting.cancelled() and waiting.exception() is None:
                self._give(waiting.result())
            raise

    def _give(self, worker: _Worker) -> None:
        """Let *worker* do the next job."""
        while self._waiting:
            waiting = self._waiting.popleft()
            if not waiting.done():
                waiting.set_result(worker)
                return
        self._idle.append(worker)

    def _started(self, task: asyncio.Task[_Worker]) -> None:
        """Take in the worker that *task* has started; try again if it failed."""
        self._starting.discard(task)
        if task.cancelled() or self._is_closed:
            return
        error = task.exception()
        if error is None:
            self._failed_starts = 0
            self.started += 1
            self.is_ready = True
            self._workers.add(task.result())
            self._give(task.result())
            return
        self._failed_starts += 1
        logger.warning("A worker process could not be started: %s", error)
        if self._failed_starts >= _MAX_FAILED_STARTS and not self._workers:
            self._fail_waiting(PoolError(str(error)))
        elif self._waiting and self._failed_starts < _MAX_FAILED_STARTS:
            self.start_one()

    def _end(self, worker: _Worker) -> None:
        """End *worker*; start another if a job waits."""
        worker.end()
        self._workers.discard(worker)
        with suppress(ValueError):
            self._idle.remove(worker)
        if self._waiting:
            self.start_one()

    def _fail_waiting(self, error: PoolError) -> None:
        while self._waiting:
            waiting = self._waiting.popleft()
            if not waiting.done():
                waiting.set_exception(error)


class _Worker:
    """One worker process and the channel to it."""

    def __init__(self, process: subprocess.Popen[bytes], channel: _Channel) -> None:
        self.process = process
        self.owners: set[int] = set()  # those that were sent
        self._channel = channel

    @classmethod
    async def start(cls, limits: Limits) -> _Worker:
        """Return a worker that is ready for jobs; raise OSError or WorkerError."""
        ours, theirs = socket.socketpair()
        with theirs:
            given = {
                "path": sys.path,
                "fd": theirs.fileno(),
                "memory": limits.memory,
                "parent": os.getpid(),
                "modules": limits.modules,
            }
            try:
                with _kept_from(_FOR_MAIN_PROCESS):
                    process = subprocess.Popen(  # noqa: S603 - takes milliseconds
                        [sys.executable, "-c", _START, json.dumps(given)],
                        stdin=subprocess.DEVNULL,
                        stdout=subprocess.DEVNULL,
                        stderr=subprocess.DEVNULL,  # what it says of a page goes to no terminal
                        pass_fds=[theirs.fileno()],
                    )
            except BaseException:
                ours.close()
                raise
        _, channel = await asyncio.get_running_loop().create_connection(_Channel, sock=ours)
        worker = cls(process, channel)
        try:
            await worker._answer(_START_SECONDS)
        except BaseException:
            worker.end()
            raise
        return worker

    @property
    def is_alive(self) -> bool:
        """True unless the worker has closed its socket, as a process does that ends."""
        return not self._channel.is_closed

    async def run(self, job: Job, seconds: float) -> Answer:
        """Return the answer to *job*; raise WorkerError if there is none after *seconds*."""
        self._channel.send(pack(job))
        return await self._answer(seconds)

    async def _answer(self, seconds: float) -> Answer:
        try:
            data = await self._channel.receive(seconds)
        except TimeoutError:
            detail = f"reading it took more than {seconds:g} seconds"
            raise WorkerError("too-slow", detail) from None
        except ConnectionError:
            self.process.kill()  # it has closed its socket, and may still be ending
            detail = f"the process that read it ended: {_ending(self.process.wait())}"
            raise WorkerError("worker-killed", detail) from None
        return Answer(*pickle.loads(data))  # noqa: S301 - from a process of our own

    def end(self) -> None:
        """End the process at once."""
        self._channel.close()
        self.process.kill()
        self.process.wait()


class _Channel(asyncio.Protocol):
    """The socket to a worker: a frame goes out, then one comes in. A stream of asyncio does the
    same for five times the CPU, which counts in the process that does everything else."""

    def __init__(self) -> None:
        self.is_closed = False
        self._received = bytearray()
        self._waiting: asyncio.Future[bytes] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport: Any = transport  # uvloop's is none of asyncio's classes

    def send(self, frame: bytes) -> None:
        """Send *frame*. If the worker has ended, `receive` says so."""
        if not self.is_closed:
            self._transport.write(frame)

    async def receive(self, seconds: float) -> bytes:
        """Return what the next frame holds; raise TimeoutError if it is not there after *seconds*,
        ConnectionError if the worker has closed its socket."""
        if self.is_closed:
            raise ConnectionResetError
        loop = asyncio.get_running_loop()
        self._waiting = loop.create_future()
        timer = loop.call_later(seconds, self._fail, TimeoutError())
        self._look()
        try:
            return await self._waiting
        finally:
            timer.cancel()
            self._waiting = None

    def data_received(self, data: bytes) -> None:
        self._received += data
        self._look()

    def eof_received(self) -> None:
        self.connection_lost(None)

    def connection_lost(self, error: Exception | None) -> None:
        self.is_closed = True
        self._fail(ConnectionResetError())

    def close(self) -> None:
        """Close the socket at once."""
        self.is_closed = True
        self._transport.abort()

    def _look(self) -> None:
        """Hand on a frame that is complete."""
        received, waiting = self._received, self._waiting
        if waiting is None or waiting.done() or len(received) < HEAD.size:
            return
        (size,) = HEAD.unpack_from(received)
        if len(received) >= HEAD.size + size:
            waiting.set_result(bytes(memoryview(received)[HEAD.size :]))
            received.clear()

    def _fail(self, error: Exception) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_exception(error)


def _ending(code: int) -> str:
    """Return in words how a process ended whose return code is *code*.

    >>> _ending(-9), _ending(1)
    ('signal SIGKILL', 'exit code 1')
    """
    if code >= 0:
        return f"exit code {code}"
    with suppress(ValueError):
        return f"signal {signal.Signals(-code).name}"
    return f"signal {-code}"


@contextmanager
def _kept_from(signals: set[signal.Signals]) -> Iterator[None]:
    """Keep a process that is started in the block from ever getting *signals*: it inherits that
    they are blocked."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, signals)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
