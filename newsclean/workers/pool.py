"""A pool of worker processes for the event loop of the crawl.

Existing libraries were measured first. With pebble 5.2, the kill of one idle worker ends the pool;
with loky 3.7, the kill of any worker ends every job. Both, and `concurrent.futures`, import the
main module again in each worker, so a script that starts a crawl without ``if __name__ == …`` would
start it again. Here each worker has a separate socket and shares nothing with other workers.
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

# The child gets the module search path of its parent, which may include an egg or a project folder.
_START = (
    "import json, sys; given = json.loads(sys.argv[1]); sys.path[:] = given.pop('path');"
    " from newsclean.workers.child import main; main(**given)"
)
_START_SECONDS = 60.0  # imports take one second; on a machine with much to do, more
_MAX_FAILED_STARTS = 3  # in a row
# Signals that a terminal or systemd sends to all processes of a crawl: only the main process acts.
_FOR_MAIN_PROCESS = {signal.SIGINT, signal.SIGTERM}


class WorkerError(Exception):
    """A worker returned no answer. ``reason`` and ``detail`` are those of a `Rejection`."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail


class PoolError(Exception):
    """No worker can be started."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one job: *seconds* of time, and *memory* in bytes (0: no limit). The workers
    import *modules* when they start."""

    seconds: float
    memory: int
    modules: tuple[str, ...] = ()


class WorkerPool:
    """A pool of at most *most* worker processes. One is started when a job finds no idle worker.

    A function and its arguments must be picklable. The object of a bound method is sent to a
    worker once, so it must not change. A worker that is killed, exceeds a limit or is cancelled
    is replaced, and only its job is lost.
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
        """Return the result of *function* for *args*, and the CPU seconds that it took. Raise its
        exception, WorkerError if the worker is lost, or PoolError if no worker can be started."""
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
        """Start a worker in the background, unless there are enough."""
        if self._is_closed or len(self._workers) + len(self._starting) >= self.most:
            return
        task = asyncio.get_running_loop().create_task(_Worker.start(self.limits))
        self._starting.add(task)
        task.add_done_callback(self._started)

    async def close(self) -> None:
        """End all workers and their current jobs."""
        self._is_closed = True
        starting = list(self._starting)
        for task in starting:
            task.cancel()
        for found in await asyncio.gather(*starting, return_exceptions=True):
            if isinstance(found, _Worker):  # it became ready at the same moment
                found.end()
        for worker in list(self._workers):
            self._end(worker)
        self._fail_waiting(PoolError("the workers are closed"))

    def _job(self, worker: _Worker, function: Any, args: tuple[Any, ...]) -> Job:
        if not inspect.ismethod(function):
            return Job(None, None, function, args)
        owner = function.__self__
        number = id(owner)  # unique, because ``_owners`` keeps the object alive
        if number not in self._owners:
            self._owners[number] = owner, pickle.dumps(owner, pickle.HIGHEST_PROTOCOL)
        pickled = self._owners[number][1] if number not in worker.owners else None
        worker.owners.add(number)
        return Job(number, pickled, function.__name__, args)

    async def _next(self) -> _Worker:
        """Wait for an idle worker, which may be a new one, and return it."""
        if self._is_closed:
            raise PoolError("the workers are closed")
        while self._idle:
            worker = self._idle.pop()
            if worker.is_alive:
                return worker
            self._end(worker)  # it was killed while it had no job, so no page is lost
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
        """Give the next job to *worker*, or mark it as idle."""
        while self._waiting:
            waiting = self._waiting.popleft()
            if not waiting.done():
                waiting.set_result(worker)
                return
        self._idle.append(worker)

    def _started(self, task: asyncio.Task[_Worker]) -> None:
        """Add the worker that *task* has started. If it failed, try again."""
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
        """End *worker*. If a job waits, start another."""
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
        """Start a worker and return it when it is ready for jobs. Raise OSError or WorkerError."""
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
                        stderr=subprocess.DEVNULL,  # messages may have text from pages
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
        """True unless the worker has closed its socket, as every ending process does."""
        return not self._channel.is_closed

    async def run(self, job: Job, seconds: float) -> Answer:
        """Return the answer to *job*. Raise WorkerError if there is none after *seconds*."""
        self._channel.send(pack(job))
        return await self._answer(seconds)

    async def _answer(self, seconds: float) -> Answer:
        try:
            data = await self._channel.receive(seconds)
        except TimeoutError:
            detail = f"reading it took more than {seconds:g} seconds"
            raise WorkerError("too-slow", detail) from None
        except ConnectionError:
            self.process.kill()  # it has closed its socket, but may not have ended yet
            detail = f"the process that read it ended: {_ending(self.process.wait())}"
            raise WorkerError("worker-killed", detail) from None
        return Answer(*pickle.loads(data))  # noqa: S301 - from a child process

    def end(self) -> None:
        """End the process at once."""
        self._channel.close()
        self.process.kill()
        self.process.wait()


class _Channel(asyncio.Protocol):
    """The socket to a worker. It sends one frame, then receives one frame. An asyncio stream takes
    five times as much CPU time for this, in the main process, which does all other work."""

    def __init__(self) -> None:
        self.is_closed = False
        self._received = bytearray()
        self._waiting: asyncio.Future[bytes] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport: Any = transport  # uvloop's transport is not an asyncio class

    def send(self, frame: bytes) -> None:
        """Send *frame*. If the worker has ended, `receive` raises an exception."""
        if not self.is_closed:
            self._transport.write(frame)

    async def receive(self, seconds: float) -> bytes:
        """Return the content of the next frame. Raise TimeoutError if it does not arrive within
        *seconds*, and ConnectionError if the worker has closed its socket."""
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
        """Pass a complete frame to `receive`."""
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
    """Return a description of how a process with the return code *code* ended.

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
    """Block *signals* for processes that are started in the block, which inherit the signal
    mask."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, signals)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
