"""``scrapy report``: the command of `newsclean.cli.report`."""

from newsclean.cli.adapter import Adapter


class Command(Adapter):
    """The command for Scrapy."""
