"""Trained models and lists of names, as data. The MODEL.md of each folder describes their sources.

``body`` (the probability that a block of a page is part of the article) and ``headline`` (the
weights of title candidates) are written by the scripts of ``training/``. ``first_names`` are lists.
A file is read only when it is needed.
"""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any


def read_model(path: str) -> Any:
    """Return the content of the JSON file *path* of this folder.

    Each call reads the file again, so the caller should keep the result.

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
