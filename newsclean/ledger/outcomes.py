"""The outcomes of fetched pages, written in batches.

An outcome is buffered until there are a hundred, or until the ledger is read or flushed. If the
process dies before that, nothing is lost: the page is fetched again. Articles come in batches
(`newsclean.ledger.batch`), each in one transaction with the lengths of the feed files.
"""

from collections.abc import Callable
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Update,
    bindparam,
    case,
    func,
    insert,
    literal,
    null,
    update,
)

from newsclean.ledger.batch import Export
from newsclean.ledger.clock import as_utc, later
from newsclean.ledger.database import Database
from newsclean.ledger.page import key_of, sanitize_text
from newsclean.ledger.policy import Policy
from newsclean.ledger.schema import event, identity, page

_MAX_WAITING = 100  # buffered outcomes
_MAX_REASON_LENGTH = 300  # characters
_MAX_HEADER_LENGTH = 1000  # characters
# An outcome: its kind, the parameters of its UPDATE, and its event in the history of the page.
Waiting = tuple[str, dict[str, Any], tuple[str, str | None] | None]


class Outcomes:
    """Records the outcome of each fetch. *now* is always UTC, *canonical* a canonical URL."""

    def __init__(self, database: Database, policy: Policy) -> None:
        self._database = database
        self._policy = policy
        self._updates = _updates(policy)
        # Each dictionary has one outcome per page. The next outcome of a page goes into another.
        self._waiting: list[dict[str, Waiting]] = [{}]
        self._pages: list[dict[str, Any]] = []
        self._identities: dict[str, dict[str, Any]] = {}  # by key: rows of ``identity``
        known = database.insert(identity)
        self._identify = known.on_conflict_do_update(
            index_elements=[identity.c.canonical_url],
            set_={name: known.excluded[name] for name in ("claims", "title")},
        )

    def exported(
        self,
        export: Export,
        *,
        feed: str | None = None,
        feed_end: int | None = None,
        stored: bool = True,
    ) -> None:
        """Record an article whose line is in the file *feed*. *feed_end* is the length of the file
        after the line, in bytes. *stored* is true if the file is published.

        The further pages of the article are no longer scheduled separately. Recording a line twice
        changes nothing. Call this through `Ledger.confirm`, which writes a batch in one
        transaction.
        """
        key = key_of(export.canonical)
        self._take(
            "exported",
            key,
            (f"version {export.version}", export.content_hash),
            now=export.at,
            state="exported" if stored else "written",
            etag=_header(export.etag),
            last_modified=_header(export.last_modified),
            content_hash=export.content_hash,
            version=export.version,
            published=as_utc(export.published),
            feed=feed,
            feed_end=feed_end,
            fetched_at=as_utc(export.fetched) or export.at,
        )
        self._know(key, export.site, export.url, export.at)
        if export.claims is not None:
            claims = key_of(export.claims)
            row = {"canonical_url": key, "claims": claims, "title": export.title}
            self._identities[key] = row
        if export.asked is not None:
            self._lead_to(key, export.asked, export.at)
        self._claim_further(key, export)

    def further(self, export: Export) -> None:
        """Record the further pages of an article, so that they are not scheduled separately."""
        self._claim_further(key_of(export.canonical), export)
        self._flush_if_many()

    def _claim_further(self, key: str, export: Export) -> None:
        for one in export.further:
            if key_of(one) != key:
                self._know(key_of(one), export.site, one, export.at)
                self._lead_to(key, one, export.at)

    def _lead_to(self, key: str, other: str, now: str) -> None:
        """Buffer that the page *other* led to the article of the page *key*."""
        if key_of(other) != key:
            self._take("duplicate", key_of(other), ("duplicate", key), now=now, reason=key)

    def _know(self, key: str, site: str, url: str, now: str) -> None:
        """Buffer a row for a page that may not be in any listing."""
        row = {"canonical_url": key, "site": site, "url": sanitize_text(url), "state": "discovered"}
        self._pages.append(row | {"first_seen": now, "last_seen": now})

    def unchanged(
        self,
        canonical: str,
        *,
        now: str,
        etag: str | None = None,
        last_modified: str | None = None,
        fetched: str | None = None,
    ) -> None:
        """Record that an exported page has not changed: status 304, or the same content.
        *fetched* is the time of its download, if it was not *now*."""
        headers = {"etag": _header(etag), "last_modified": _header(last_modified)}
        fetched = as_utc(fetched) or now
        self._take("unchanged", key_of(canonical), None, now=now, fetched_at=fetched, **headers)
        self._flush_if_many()

    def duplicate(self, canonical: str, *, of: str, now: str, look_again: bool = False) -> None:
        """Record that the page led to the article of the page *of*. It is not fetched again.

        With *look_again*, it is fetched again while it is young: two pages with the same text, such
        as "more soon", may be two articles later. Then an exported page stays exported.
        """
        kind = "alike" if look_again else "duplicate"
        self._take(kind, key_of(canonical), ("duplicate", of), now=now, reason=key_of(of))
        self._flush_if_many()

    def rejected(self, canonical: str, *, reason: str, now: str) -> None:
        """Record that the page gave no article, and why. An exported page stays exported."""
        self._take("rejected", key_of(canonical), ("rejected", reason), now=now, reason=reason)
        self._flush_if_many()

    def failed(self, canonical: str, *, reason: str, now: str) -> None:
        """Record that the page could not be fetched. It is tried again later. After the last
        attempt of the policy its state is ``gone``; an exported page stays exported."""
        self._take("failed", key_of(canonical), ("failed", reason), now=now, reason=reason)
        self._flush_if_many()

    def missing(self, canonical: str, *, reason: str, now: str, final: bool = False) -> None:
        """Record that the page does not exist (status 404), or if *final* no longer (status 410).

        The page is tried again. After ``Policy.believe_missing_after`` times, or at once if
        *final*, its state is ``gone``, even if it was exported.
        """
        kind = "removed" if final else "missing"
        self._take(kind, key_of(canonical), (kind, reason), now=now, reason=reason)
        self._flush_if_many()

    def flush(self, more: Callable[[Connection], None] | None = None) -> None:
        """Write the buffered outcomes, and call *more* to write more, in one transaction. If it
        fails, the outcomes stay buffered."""
        if not self._waiting[0] and more is None:
            return
        with self._database.write() as connection:
            self._write(connection)
            if more is not None:
                more(connection)
        self.discard()

    def discard(self) -> None:
        """Drop the buffered outcomes. Their pages are fetched again."""
        self._waiting = [{}]
        self._pages.clear()
        self._identities.clear()

    def _take(
        self, kind: str, key: str, noted: tuple[str, str | None] | None, now: str, **values: Any
    ) -> None:
        if values.get("reason") is not None:
            values["reason"] = sanitize_text(values["reason"])[:_MAX_REASON_LENGTH]
        parameters = {f"new_{name}": value for name, value in values.items()}
        policy = self._policy
        parameters |= {
            "key": key,
            "now": now,
            "look_again_at": later(now, policy.look_again_every),
            "young_since": later(now, -policy.look_again_within),
        }
        if kind in ("failed", "missing"):
            for number, seconds in enumerate(policy.back_off):
                parameters[f"retry_{number}"] = later(now, seconds)
        if key in self._waiting[-1]:  # two outcomes of one page keep their order
            self._waiting.append({})
        self._waiting[-1][key] = (kind, parameters, noted)

    def _flush_if_many(self) -> None:
        if len(self._waiting) > 1 or len(self._waiting[0]) >= _MAX_WAITING:
            self.flush()

    def _write(self, connection: Connection) -> None:
        if self._pages:
            connection.execute(self._database.insert(page).on_conflict_do_nothing(), self._pages)
        if self._identities:
            connection.execute(self._identify, list(self._identities.values()))
        for outcomes in self._waiting:
            self._write_outcomes(connection, outcomes)

    def _write_outcomes(self, connection: Connection, outcomes: dict[str, Waiting]) -> None:
        by_kind: dict[str, list[dict[str, Any]]] = {}
        events = []
        for key, (kind, parameters, noted) in outcomes.items():
            by_kind.setdefault(kind, []).append(parameters)
            if noted is not None:
                what, detail = noted
                events.append(
                    {
                        "canonical_url": key,
                        "at": parameters["now"],
                        "what": what,
                        "detail": sanitize_text(detail or "")[:_MAX_REASON_LENGTH] or None,
                    }
                )
        for kind, rows in by_kind.items():
            connection.execute(self._updates[kind], rows)
        if events:
            connection.execute(insert(event), events)


def _updates(policy: Policy) -> dict[str, Update]:
    """Return the UPDATE for each kind of outcome, with the parameter names of `_take`."""

    def changed(**values: Any) -> Update:
        return update(page).where(page.c.canonical_url == bindparam("key")).values(**values)

    def new(name: str) -> ColumnElement[Any]:
        return bindparam(f"new_{name}", type_=page.c[name].type)

    fetched: dict[str, Any] = {"fetched_at": bindparam("now"), "failures": 0}
    downloaded = {**fetched, "fetched_at": new("fetched_at")}
    was_exported = page.c.version > 0
    retry: ColumnElement[Any] = bindparam(f"retry_{len(policy.back_off) - 1}")
    for number in range(len(policy.back_off) - 2, -1, -1):
        retry = case((page.c.failures <= number, bindparam(f"retry_{number}")), else_=retry)
    given_up = page.c.failures + 1 >= policy.give_up_after
    believed = page.c.failures + 1 >= policy.believe_missing_after
    # A page with an article keeps its state: exported, or written and not exported yet.
    kept = case((page.c.state == "written", "written"), else_="exported")
    waiting = case((was_exported, kept), else_="failed")
    headers = {name: func.coalesce(new(name), page.c[name]) for name in ("etag", "last_modified")}
    return {
        "exported": changed(
            **downloaded,
            state=new("state"),
            reason=null(),
            next_fetch_at=_while_young(new("published")),
            published=func.coalesce(new("published"), page.c.published),
            **{
                name: new(name)
                for name in "etag last_modified content_hash version feed feed_end".split()
            },
        ),
        "unchanged": changed(
            **downloaded, **headers, reason=null(), next_fetch_at=_while_young(literal(None))
        ),
        "duplicate": changed(
            **fetched, state="duplicate", reason=new("reason"), next_fetch_at=null()
        ),
        "alike": changed(
            **fetched,
            state=case((was_exported, page.c.state), else_="duplicate"),
            reason=new("reason"),
            next_fetch_at=_while_young(literal(None)),
        ),
        "rejected": changed(
            **fetched,
            state=case((was_exported, kept), else_="rejected"),
            reason=new("reason"),
            next_fetch_at=case((was_exported, _while_young(literal(None))), else_=null()),
        ),
        "failed": changed(
            failures=page.c.failures + 1,
            state=case((was_exported, kept), (given_up, "gone"), else_="failed"),
            reason=new("reason"),
            next_fetch_at=case((given_up, null()), else_=retry),
        ),
        "missing": changed(
            failures=page.c.failures + 1,
            state=case((believed, "gone"), else_=waiting),
            reason=new("reason"),
            next_fetch_at=case((believed, null()), else_=retry),
        ),
        "removed": changed(
            failures=page.c.failures + 1,
            state="gone",
            reason=new("reason"),
            next_fetch_at=null(),
        ),
    }


def _while_young(published: ColumnElement[Any]) -> ColumnElement[Any]:
    """Return the time of the next fetch of an article, NULL if the article is old. Its age is
    counted from the date of publication or from the first discovery, whichever is earlier, because
    a date of publication in the future is wrong."""
    date = func.coalesce(published, page.c.published, page.c.first_seen)
    first_known = case((date < page.c.first_seen, date), else_=page.c.first_seen)
    return case((first_known > bindparam("young_since"), bindparam("look_again_at")), else_=null())


def _header(value: str | None) -> str | None:
    return sanitize_text(value) if value and len(value) <= _MAX_HEADER_LENGTH else None
