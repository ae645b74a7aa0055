"""``scrapy clean``: the command of `newsclean.cli.clean`."""

from newsclean.cli.adapter import Adapter


class Command(Adapter):
    """The command for Scrapy."""
