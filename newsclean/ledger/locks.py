"""One crawl a site at a time: locks that a killed process does not leave behind."""

import os
import socket
import uuid
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, delete, select, update

from newsclean.ledger.clock import later
from newsclean.ledger.database import Database
from newsclean.ledger.errors import LockedError
from newsclean.ledger.policy import Policy
from newsclean.ledger.schema import lock


class Locks:
    """The locks of a ledger, each with a key: a site, or a feed's path."""

    def __init__(self, database: Database, policy: Policy) -> None:
        self._database = database
        self._policy = policy
        self._token = uuid.uuid4().hex

    def acquire(self, keys: Iterable[str], *, holder: str, now: str) -> None:
        """Take the locks *keys*, all or none, at *now* (UTC). What is held already stays so.

        *holder* says in a few words what holds them. A lock whose process is dead is
        taken over; one of another machine when its heartbeat is older than the policy
        allows. Raise LockedError, which names the holder, if another process has one.
        """
        with self._database.write() as connection:
            for key in sorted(set(keys)):
                self._acquire(connection, key, holder, now)

    def _acquire(self, connection: Connection, key: str, holder: str, now: str) -> None:
        values = {
            "token": self._token,
            "holder": holder[:200],
            "host": socket.gethostname(),
            "pid": os.getpid(),
            "process_started": _process_started(os.getpid()),
            "acquired": now,
            "heartbeat": now,
        }
        held = None
        while held is None:  # until it is ours or somebody's: who has it may give it back now
            taken = connection.execute(
                self._database.insert(lock).values(key=key, **values).on_conflict_do_nothing()
            )
            if taken.rowcount == 1:
                return
            held = connection.execute(
                select(lock).where(lock.c.key == key).with_for_update()
            ).one_or_none()
        if held.token == self._token:
            return
        if not self._is_stale(held, now):
            raise LockedError(
                f"{key} is held by {held.holder} (process {held.pid} on {held.host}, "
                f"since {held.acquired}, last heard of {held.heartbeat})"
            )
        connection.execute(update(lock).where(lock.c.key == key).values(values))

    def _is_stale(self, held: Any, now: str) -> bool:
        if held.host == socket.gethostname():
            return not _is_running(held.pid, held.process_started)
        stale = self._policy.lock_stale_after
        # One far in the future is of a clock that was ahead.
        return not later(now, -stale) <= held.heartbeat <= later(now, stale)

    def heartbeat(self, now: str) -> int:
        """Give a sign of life at *now* (UTC); return how many locks this process holds.

        Fewer than it took means that another machine took over: stop.
        """
        with self._database.write() as connection:
            return connection.execute(
                update(lock).where(lock.c.token == self._token).values(heartbeat=now)
            ).rowcount

    def release(self) -> None:
        """Give back every lock that this process took here."""
        with self._database.write() as connection:
            connection.execute(delete(lock).where(lock.c.token == self._token))


def _is_running(pid: int, started: str | None) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass  # it runs, as another user
    except OverflowError:
        return False
    if _stat(pid)[:1] in (["Z"], ["X"]):
        return False  # it has ended, and its parent has not asked how
    # The number may have been given to another process since, after a restart for one.
    return started is None or _process_started(pid) in (None, started)


def _process_started(pid: int) -> str | None:
    """Return what tells apart processes that had the same number, None if the system
    does not say: the boot and the clock tick in which the process began."""
    try:
        ticks = _stat(pid)[19]
        boot = Path("/proc/sys/kernel/random/boot_id").read_text("utf8").strip()
    except (OSError, IndexError):
        return None
    return f"{boot}:{ticks}"


def _stat(pid: int) -> list[str]:
    """Return what Linux says of a process, from its state on (proc_pid_stat(5)); else nothing."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf8").rpartition(")")[2].split()
    except OSError:
        return []
