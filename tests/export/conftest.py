"""The ledgers of the ledger's own tests."""

from tests.ledger.conftest import ledger, where  # noqa: F401
