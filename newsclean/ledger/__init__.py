"""REMEMBER: the state of every URL, so that a crawl can be killed and run again.

This package needs no Scrapy: any program can open a ledger with `Ledger.open`.
"""

from typing import TYPE_CHECKING

from newsclean.ledger.batch import Batch, Export, FileMark
from newsclean.ledger.clock import utc_now
from newsclean.ledger.errors import LedgerError, LockedError
from newsclean.ledger.policy import Policy

if TYPE_CHECKING:
    from newsclean.ledger.ledger import Ledger

__all__ = [
    "Batch",
    "Export",
    "FileMark",
    "Ledger",
    "LedgerError",
    "LockedError",
    "Policy",
    "utc_now",
]


def __getattr__(name: str) -> object:
    """Import `Ledger` on first use. Importing SQLAlchemy takes half a second, and a crawl without a
    ledger does not need it."""
    if name == "Ledger":
        from newsclean.ledger.ledger import Ledger  # noqa: PLC0415

        return Ledger
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
