"""Describe where an exception was raised, without any text of a page."""

from __future__ import annotations

import traceback
from pathlib import PurePath

_MAX_LENGTH = 200  # characters


class RemoteError(Exception):
    """The ``__cause__`` of an exception that was raised in a worker process: the *place* and the
    traceback *trace* for the log."""

    def __init__(self, place: str, trace: str) -> None:
        super().__init__(place, trace)
        self.place = place
        self.trace = trace

    def __str__(self) -> str:
        return f"\n{self.trace}"


def place_of(error: BaseException) -> str:
    """Return the class of *error* and the place where it was raised, without its text.

    The place is the innermost frame in newsclean, or the innermost of all if there is none:
    ``TypeError at newsclean/cleaning/tree.py:41 in tail_of``.

    >>> place_of(ValueError("text of a page"))
    'ValueError'
    """
    if isinstance(error.__cause__, RemoteError):
        return error.__cause__.place
    name = type(error).__name__
    frames = list(traceback.walk_tb(error.__traceback__))
    if not frames:
        return name
    ours = [one for one in frames if one[0].f_globals.get("__name__", "").startswith("newsclean.")]
    frame, line = (ours or frames)[-1]
    module: str = frame.f_globals.get("__name__", "")
    path = PurePath(frame.f_code.co_filename)
    depth = module.count(".") + (path.name == "__init__.py")
    parts = path.parts[-1 - depth :]  # from the top package on, without folders of this machine
    return f"{name} at {'/'.join(parts)}:{line} in {frame.f_code.co_name}"[:_MAX_LENGTH]
