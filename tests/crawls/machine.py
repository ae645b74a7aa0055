"""A crawl that believes that it runs on a machine of its own: ``python -m tests.crawls.machine
NAME``, then what follows ``scrapy crawl site``."""

import socket
import sys

from scrapy.cmdline import execute

if __name__ == "__main__":
    name, *arguments = sys.argv[1:]
    socket.gethostname = lambda: name
    execute(["scrapy", "crawl", "site", *arguments])
