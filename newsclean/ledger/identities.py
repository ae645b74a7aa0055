"""Which pages show the same article: found by its words, or by its canonical URL and headline."""

from sqlalchemy import and_, or_, select

from newsclean.identity import Identity
from newsclean.ledger.database import Database
from newsclean.ledger.outcomes import Outcomes
from newsclean.ledger.page import key_of
from newsclean.ledger.schema import identity, page


class Identities:
    """The identities of the pages of a ledger whose articles were exported."""

    def __init__(self, database: Database, outcomes: Outcomes) -> None:
        self._database = database
        self._outcomes = outcomes

    def find_same(self, article: Identity) -> str | None:
        """Return the URL of another page of the same site whose article was exported and is the
        same as *article* (`newsclean.identity.Identity`), None if there is none."""
        self._outcomes.flush()
        key, claims = key_of(article.key), key_of(article.claims)
        known = and_(page.c.site == article.site, page.c.version > 0, page.c.canonical_url != key)
        with self._database.read() as connection:
            if article.content_hash:
                query = select(page.c.url).where(known, page.c.content_hash == article.content_hash)
                found = connection.execute(query.limit(1)).scalar()
                if found is not None:
                    return str(found)
            if article.title is None:
                return None
            named = or_(
                identity.c.canonical_url == claims,
                identity.c.claims.in_([claims, key]),
            )
            query = (
                select(page.c.url)
                .join(identity, identity.c.canonical_url == page.c.canonical_url)
                .where(known, named, identity.c.title == article.title)
            )
            found = connection.execute(query.limit(1)).scalar()
        return str(found) if found is not None else None

    def note(self, article: Identity) -> None:
        """Remember *article*. Call it before its line is written: a page counts as exported only
        after that, so a crawl that is killed in between loses nothing."""
        row = {
            "canonical_url": key_of(article.key),
            "claims": key_of(article.claims),
            "title": article.title,
        }
        with self._database.write() as connection:
            statement = self._database.insert(identity).values(row)
            connection.execute(
                statement.on_conflict_do_update(index_elements=[identity.c.canonical_url], set_=row)
            )
