"""The exceptions of the ledger. The message of each is one line for users."""


class LedgerError(Exception):
    """The ledger cannot be opened, read or written. The message gives the reason in one line."""


class LockedError(LedgerError):
    """Another process holds the requested lock. The message names that process."""
