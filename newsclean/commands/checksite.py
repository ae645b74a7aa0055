"""``scrapy checksite``: the command of `newsclean.cli.checksite`."""

from newsclean.cli.adapter import Adapter


class Command(Adapter):
    """The command for Scrapy."""
