"""What the ledger raises: one clear line each, for people."""


class LedgerError(Exception):
    """The ledger cannot be opened, read or written. Its text says why in one line."""


class LockedError(LedgerError):
    """Another process holds what was asked for. Its text names that process."""
