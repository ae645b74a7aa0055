"""``scrapy checksite``: the command of `newsclean.cli.checksite`."""

from newsclean.commands.adapter import Adapter


class Command(Adapter):
    """The command for Scrapy."""
