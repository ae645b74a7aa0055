"""REMEMBER: the state of every URL, so that a crawl can be killed and run again.

Scrapy-free: `Ledger.open` gives a ledger to any program.
"""

from newsclean.ledger.clock import utc_now
from newsclean.ledger.errors import LedgerError, LockedError
from newsclean.ledger.ledger import Ledger
from newsclean.ledger.policy import Policy
from newsclean.ledger.reconcile import reconcile

__all__ = ["Ledger", "LedgerError", "LockedError", "Policy", "reconcile", "utc_now"]
