"""Look up an article in the ledger: its page, and another page with the same article."""

from typing import Any, NamedTuple

from sqlalchemy import (
    BindParameter,
    Select,
    and_,
    bindparam,
    literal_column,
    or_,
    select,
    union_all,
)

from newsclean.identity import Identity
from newsclean.ledger.database import Database
from newsclean.ledger.outcomes import Outcomes
from newsclean.ledger.page import Page, key_of
from newsclean.ledger.pages import as_page
from newsclean.ledger.schema import identity, page


class Known(NamedTuple):
    """The result for an article: its ``page``, None if it is unknown, and ``same``, the URL of
    another page of the site from which the same article was exported."""

    page: Page | None
    same: str | None


class Identities:
    """The identities of the pages of a ledger whose articles were exported."""

    def __init__(self, database: Database, outcomes: Outcomes) -> None:
        self._database = database
        self._outcomes = outcomes

    def look_up(self, article: Identity) -> Known:
        """Look up *article* (`newsclean.identity.Identity`) in one query."""
        self._outcomes.flush()
        own = key_of(article.key)
        asked = {
            "own": own,
            "site": article.site,
            "words": article.content_hash or None,  # None is equal to nothing
            "title": article.title,
            "claims": key_of(article.claims),
        }
        with self._database.read() as connection:
            rows = connection.execute(_LOOK_UP, asked).all()
        pages = {row.canonical_url: row for row in sorted(rows, key=lambda row: row.rank)}
        known = pages.pop(own, None)
        same = next((str(row.url) for row in pages.values()), None)
        return Known(as_page(known) if known is not None else None, same)


def _look_up() -> Any:
    """Return the query for `Identities.look_up`. It is built once, because building it takes
    SQLAlchemy four times as long as running it."""
    own: BindParameter[str] = bindparam("own")
    claims: BindParameter[str] = bindparam("claims")
    others = and_(page.c.site == bindparam("site"), page.c.version > 0, page.c.canonical_url != own)

    def ranked(rank: int, query: Select[Any]) -> Select[Any]:
        """Return the first row of *query* with a *rank* that identifies the query."""
        row = query.limit(1).subquery()
        return select(literal_column(str(rank)).label("rank"), row)

    named = or_(
        identity.c.canonical_url == claims, identity.c.claims == claims, identity.c.claims == own
    )
    return union_all(
        ranked(0, select(page).where(page.c.canonical_url == own)),
        ranked(1, select(page).where(others, page.c.content_hash == bindparam("words"))),
        ranked(
            2,
            select(page)
            .join(identity, identity.c.canonical_url == page.c.canonical_url)
            .where(others, named, identity.c.title == bindparam("title")),
        ),
    )


_LOOK_UP = _look_up()
