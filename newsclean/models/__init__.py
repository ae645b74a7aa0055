"""Trained tables and lists of names, as data. The MODEL.md of each folder says where they are from.

``body`` (how likely a block of a page is the article's) and ``headline`` (what speaks for a title)
are written by the scripts of ``training/``; ``first_names`` is a list. Nothing is read before it is
asked for.
"""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any


def read_model(path: str) -> Any:
    """Return the content of the JSON file *path* of this folder.

    Each call reads the file; a caller keeps what it needs.

    >>> read_model("headline/weights.json")["h1"] > 0
    True
    """
    return json.loads(files(__name__).joinpath(path).read_text("utf-8"))


def read_list(path: str) -> list[str]:
    """Return the words of the text file *path* of this folder, without lines that begin with ``#``.

    >>> "anna" in read_list("first_names/names.txt")
    True
    """
    lines = files(__name__).joinpath(path).read_text("utf-8").splitlines()
    return [word for line in lines if not line.startswith("#") for word in line.split()]
