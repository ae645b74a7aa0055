"""Work on a large input beside the event loop, so that other sites go on meanwhile."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

_P = ParamSpec("_P")
_T = TypeVar("_T")

# Reading and cleaning take about 2 ms a kilobyte: a page of this size holds the loop for a fifth
# of a second, which is less than a server takes to answer. The largest page takes half a minute.
MIN_BYTES = 100_000


class SideThread:
    """Runs calls on large inputs in a thread, one at a time: each may need 300 MB."""

    def __init__(self) -> None:
        self._turn = asyncio.Lock()

    async def run(
        self, size: int, call: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs
    ) -> _T:
        """Return what *call* returns, or raise what it raises. It runs in a thread if *size*, that
        of its input in bytes, is at least `MIN_BYTES`, else here at once."""
        if size < MIN_BYTES:
            return call(*args, **kwargs)
        async with self._turn:
            return await asyncio.to_thread(call, *args, **kwargs)
