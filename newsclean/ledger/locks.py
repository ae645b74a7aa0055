"""Who works on what: a crawl holds its sites and feeds, and loses them when it dies.

In a ledger on SQLite, all crawls are on one machine: what a dead process held is free at once. In
one on PostgreSQL, they may be on several, so what is held is a *lease*: it ends if its holder
gives no sign of life for ``Policy.lease_seconds``. Times are those of the database, because the
clocks of machines differ.
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
    """What processes hold in a ledger, each by a key: a site, a shard, or a feed's path.

    ``held`` are the keys that this process took here and has not given back.
    """

    def __init__(self, database: Database, policy: Policy) -> None:
        self._database = database
        self._policy = policy
        self._token = uuid.uuid4().hex
        self.held: set[str] = set()

    def acquire(self, keys: Iterable[str], *, holder: str, now: str) -> None:
        """Take *keys*, all or none, at *now* (UTC). What this process holds already stays so.

        *holder* says in a few words what takes them. What a dead process of this machine holds is
        taken over, and a lease that has ended. Raise LockedError, which names the holder, if
        another process holds one of them.
        """
        wanted = sorted(set(keys))
        with self._database.write() as connection:
            for key in wanted:
                self._acquire(connection, key, holder, now)
        self.held.update(wanted)

    def take(self, key: str, *, holder: str, now: str) -> bool:
        """As `acquire` for one *key*, but return False if another process holds it."""
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
        here = held.host == socket.gethostname()
        if self._database.is_shared:  # another container may have the same name
            here = here and held.machine == _machine()
        if here:
            return not _is_running(held.pid, held.process_started)
        stale = self._policy.lease_seconds
        # One far in the future is of a clock that was ahead.
        return not later(now, -stale) <= held.heartbeat <= later(now, stale)

    def busy(self, keys: Iterable[str], now: str) -> set[str]:
        """Return those of *keys* that other processes hold at *now* (UTC)."""
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
        """Raise LockedError if another process took over one of *keys* that this one took. Until
        the transaction of *connection* ends, none can be taken over. In a ledger that is on one
        machine, nothing can."""
        wanted = sorted(self.held.intersection(keys))
        if not self._database.is_shared or not wanted:
            return
        query = select(lock.c.key).where(lock.c.key.in_(wanted), lock.c.token == self._token)
        found = set(connection.execute(query.with_for_update(read=True)).scalars())
        lost = [key for key in wanted if key not in found]
        if lost:
            raise LockedError(f"{lost[0]} was taken over by another crawl")

    def heartbeat(self, now: str) -> int:
        """Give a sign of life at *now* (UTC); return how many keys this process holds.

        Fewer than `held` means that another machine took over: stop.
        """
        with self._database.write() as connection:
            return connection.execute(
                update(lock).where(lock.c.token == self._token).values(heartbeat=now)
            ).rowcount

    def finish(self, sites: Iterable[str], keys: Iterable[str], now: str) -> None:
        """Note that *sites* have been read to their end at *now* (UTC), and give back *keys*."""
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
        """Return those of *sites* that were not finished after the time *since* (UTC)."""
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
        """Give back all that this process took here."""
        with self._database.write() as connection:
            connection.execute(delete(lock).where(lock.c.token == self._token))
        self.held.clear()


def _machine() -> str | None:
    """Return what tells this machine from others of its name, None if the system does not say:
    which boot it is, and in which namespace its processes are numbered."""
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
        return f"{_boot()}:{_stat(pid)[19]}"
    except (OSError, IndexError):
        return None


def _stat(pid: int) -> list[str]:
    """Return what Linux says of a process, from its state on (proc_pid_stat(5)); else nothing."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf8").rpartition(")")[2].split()
    except OSError:
        return []
