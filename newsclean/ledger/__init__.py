"""REMEMBER: the state of every URL, so that a crawl can be killed and run again.

Scrapy-free: `Ledger.open` gives a ledger to any program.
"""

from newsclean.ledger.batch import Batch, Export, FileMark
from newsclean.ledger.clock import utc_now
from newsclean.ledger.errors import LedgerError, LockedError
from newsclean.ledger.ledger import Ledger
from newsclean.ledger.policy import Policy

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
