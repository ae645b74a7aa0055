"""Calls that an extension makes by itself, in the background of a crawl.

Nobody waits for their result, so an exception of theirs would end them unseen. `tell_error` tells
`newsclean.extensions.error_net` of it.
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

    If it raises, tell the error net, and go on with the next call: what failed once may concern
    one page only, and what waits must be written all the same.
    """
    going_on = True
    while going_on:
        await asyncio.sleep(seconds)
        try:
            going_on = call()
        except Exception as error:
            tell_error(crawler, error)


def tell_error(crawler: Crawler, error: Exception) -> None:
    """Have *error*, which no page can be blamed for, counted and shown in the exit code."""
    crawler.signals.send_catch_log(error_caught, error=error)
