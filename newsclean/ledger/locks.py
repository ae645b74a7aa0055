"""Locks on sites, shards and feeds, which a crawl holds and loses when it dies.

With SQLite, all crawls are on one machine, so the locks of a dead process are free at once. With
PostgreSQL, crawls may be on several machines, so a lock is a *lease*: it expires if its holder
sends no heartbeat for ``Policy.lease_seconds``. Times come from the database, because the clocks
of machines differ.
"""

import os
import socket
import uuid
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, delete, select, update

from newsclean.ledger.clock import later
from newsclean.ledger.database import BATCH, Database
from newsclean.ledger.errors import LockedError
from newsclean.ledger.policy import Policy
from newsclean.ledger.schema import lock, visit


class Locks:
    """The locks of processes in a ledger. The key is a site, a shard, or the path of a feed.

    ``held`` are the keys that this object has acquired and not released.
    """

    def __init__(self, database: Database, policy: Policy) -> None:
        self._database = database
        self._policy = policy
        self._token = uuid.uuid4().hex
        self.held: set[str] = set()

    def acquire(self, keys: Iterable[str], *, holder: str, now: str) -> None:
        """Acquire all of *keys* or none, at *now* (UTC). Keys that this process already holds stay
        held.

        *holder* describes the process in a few words. Locks of a dead process of this machine, and
        expired leases, are taken over. Raise LockedError, which names the holder, if another
        process holds one of them.
        """
        wanted = sorted(set(keys))
        with self._database.write() as connection:
            for key in wanted:
                self._acquire(connection, key, holder, now)
        self.held.update(wanted)

    def take(self, key: str, *, holder: str, now: str) -> bool:
        """Acquire *key* and return True. Return False if another process holds it."""
        try:
            self.acquire([key], holder=holder, now=now)
        except LockedError:
            return False
        return True

    def _acquire(self, connection: Connection, key: str, holder: str, now: str) -> None:
        values = {
            "token": self._token,
            "holder": holder[:200],
            "host": socket.gethostname(),
            "machine": _machine(),
            "pid": os.getpid(),
            "process_started": _process_started(os.getpid()),
            "acquired": now,
            "heartbeat": now,
        }
        held = None
        while held is None:  # try again if the holder releases the lock between the statements
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
                f"since {held.acquired}, last heartbeat {held.heartbeat})"
            )
        connection.execute(update(lock).where(lock.c.key == key).values(values))

    def _is_stale(self, held: Any, now: str) -> bool:
        here = held.host == socket.gethostname()
        if self._database.is_shared:  # another container may have the same name
            here = here and held.machine == _machine()
        if here:
            return not _is_running(held.pid, held.process_started)
        stale = self._policy.lease_seconds
        # A heartbeat far in the future comes from a clock that was ahead.
        return not later(now, -stale) <= held.heartbeat <= later(now, stale)

    def busy(self, keys: Iterable[str], now: str) -> set[str]:
        """Return the *keys* that other processes hold at *now* (UTC)."""
        wanted = list(set(keys))
        found: set[str] = set()
        with self._database.read() as connection:
            for start in range(0, len(wanted), BATCH):
                query = select(lock).where(lock.c.key.in_(wanted[start : start + BATCH]))
                found.update(
                    row.key
                    for row in connection.execute(query)
                    if row.token != self._token and not self._is_stale(row, now)
                )
        return found

    def check(self, connection: Connection, keys: Iterable[str]) -> None:
        """Raise LockedError if another process has taken over one of *keys* from this process.

        No key can be taken over until the transaction of *connection* ends. With SQLite, locks of a
        living process are never taken over.
        """
        wanted = sorted(self.held.intersection(keys))
        if not self._database.is_shared or not wanted:
            return
        query = select(lock.c.key).where(lock.c.key.in_(wanted), lock.c.token == self._token)
        found = set(connection.execute(query.with_for_update(read=True)).scalars())
        lost = [key for key in wanted if key not in found]
        if lost:
            raise LockedError(f"{lost[0]} was taken over by another crawl")

    def heartbeat(self, now: str) -> int:
        """Renew the leases at *now* (UTC) and return the number of keys that this process holds.

        If it is less than the number of `held` keys, another machine has taken over, and the crawl
        must stop.
        """
        with self._database.write() as connection:
            return connection.execute(
                update(lock).where(lock.c.token == self._token).values(heartbeat=now)
            ).rowcount

    def finish(self, sites: Iterable[str], keys: Iterable[str], now: str) -> None:
        """Record that *sites* were finished at *now* (UTC), and release *keys*."""
        rows = [{"site": site, "finished": now} for site in sites]
        given_back = list(keys)
        with self._database.write() as connection:
            if rows:
                statement = self._database.insert(visit)
                connection.execute(
                    statement.on_conflict_do_update(
                        index_elements=[visit.c.site],
                        set_={"finished": statement.excluded.finished},
                    ),
                    rows,
                )
            for start in range(0, len(given_back), BATCH):
                some = lock.c.key.in_(given_back[start : start + BATCH])
                connection.execute(delete(lock).where(lock.c.token == self._token, some))
        self.held.difference_update(given_back)

    def unfinished(self, sites: Iterable[str], since: str) -> list[str]:
        """Return the *sites* that were not finished after the time *since* (UTC)."""
        wanted = list(sites)
        finished: set[str] = set()
        with self._database.read() as connection:
            for start in range(0, len(wanted), BATCH):
                query = select(visit.c.site).where(
                    visit.c.site.in_(wanted[start : start + BATCH]), visit.c.finished >= since
                )
                finished.update(connection.execute(query).scalars())
        return [site for site in wanted if site not in finished]

    def release(self) -> None:
        """Release all locks of this object. Without a lock, nothing is written."""
        if not self.held:
            return
        with self._database.write() as connection:
            connection.execute(delete(lock).where(lock.c.token == self._token))
        self.held.clear()


def _machine() -> str | None:
    """Return an identifier of this machine: the boot ID and the namespace of its process IDs. It
    distinguishes machines with the same host name. None if the system does not provide it."""
    try:
        namespace = os.readlink("/proc/self/ns/pid")
    except OSError:
        return None
    return f"{_boot()} {namespace}"


def _boot() -> str:
    return Path("/proc/sys/kernel/random/boot_id").read_text("utf8").strip()


def _is_running(pid: int, started: str | None) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass  # the process runs, as another user
    except OverflowError:
        return False
    if _stat(pid)[:1] in (["Z"], ["X"]):
        return False  # a zombie: it has ended, and its parent has not waited for it
    # The process ID may belong to another process now, for example after a restart.
    return started is None or _process_started(pid) in (None, started)


def _process_started(pid: int) -> str | None:
    """Return the boot ID and the start time of the process *pid*, in clock ticks. It distinguishes
    processes that had the same ID. None if the system does not provide it."""
    try:
        return f"{_boot()}:{_stat(pid)[19]}"
    except (OSError, IndexError):
        return None


def _stat(pid: int) -> list[str]:
    """Return the fields of ``/proc/PID/stat`` from the state on (proc_pid_stat(5)). An empty list
    if it cannot be read."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf8").rpartition(")")[2].split()
    except OSError:
        return []
