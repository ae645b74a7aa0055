"""``scrapy report``: the command of `newsclean.cli.report`."""

from newsclean.commands.adapter import Adapter


class Command(Adapter):
    """The command for Scrapy."""
