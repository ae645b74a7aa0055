"""Repeated calls of an extension in the background of a crawl.

No caller waits for their result, so an exception would stop them silently. `tell_error` reports the
exception to `newsclean.extensions.error_net`.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from newsclean.signals import error_caught

if TYPE_CHECKING:
    from collections.abc import Callable

    from scrapy.crawler import Crawler


async def repeat(crawler: Crawler, seconds: float, call: Callable[[], bool]) -> None:
    """Call *call* every *seconds* until it returns False.

    If it raises an exception, report it to the error net and continue: the error may concern only
    one page, and other pages must still be written.
    """
    going_on = True
    while going_on:
        await asyncio.sleep(seconds)
        try:
            going_on = call()
        except Exception as error:
            tell_error(crawler, error)


def tell_error(crawler: Crawler, error: Exception) -> None:
    """Report *error*, which belongs to no page. It is counted and sets the exit code."""
    crawler.signals.send_catch_log(error_caught, error=error)
