"""The sites whose pages need a browser."""

from sqlalchemy import select

from newsclean.ledger.database import Database
from newsclean.ledger.schema import rendered


class Rendered:
    """The sites of a ledger that need rendering."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def sites(self) -> set[str]:
        """Return the sites that need rendering."""
        with self._database.read() as connection:
            return set(connection.execute(select(rendered.c.site)).scalars())

    def note(self, site: str, now: str) -> None:
        """Record at *now* (UTC) that *site* needs rendering."""
        with self._database.write() as connection:
            statement = self._database.insert(rendered).values(site=site, since=now)
            connection.execute(statement.on_conflict_do_nothing())
