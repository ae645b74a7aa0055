"""``scrapy ledger``: the command of `newsclean.cli.ledger`."""

from newsclean.cli.adapter import Adapter


class Command(Adapter):
    """The command for Scrapy."""
