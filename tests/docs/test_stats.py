"""The documentation names every stat that the code counts, and no other."""

import ast
import re

from tests.docs.blocks import ROOT

PAGE = ROOT / "docs" / "reference" / "stats.md"
PREFIX = "newsclean/"
# Counted by their name alone: methods that put the prefix before it.
SHORT = {"count": ("spiders",), "_count": ("middlewares",)}


def counted():
    """The stats in the code; a part that varies is ``*``."""
    for path in (ROOT / "newsclean").rglob("*.py"):
        room = path.relative_to(ROOT / "newsclean").parts[0]
        for node in ast.walk(ast.parse(path.read_text("utf8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            called = getattr(node.func, "attr", "")
            name = pattern(node.args[0])
            if called in {"inc_value", "set_value", "max_value"} and name.startswith(PREFIX):
                yield name.removeprefix(PREFIX)
            elif room in SHORT.get(called, ()) and ast.unparse(node.func).startswith("self."):
                yield name


def pattern(node):
    """The text of *node*, with ``*`` for what is put in; empty if it is no text."""
    if isinstance(node, ast.JoinedStr):
        return "".join(one.value if isinstance(one, ast.Constant) else "*" for one in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def test_every_stat_is_explained():
    found = set(filter(None, counted())) - {"*"}  # the methods in SHORT themselves
    explained = re.findall(rf"`{PREFIX}([^`]+)`", PAGE.read_text("utf8"))
    explained = {re.sub(r"[A-Z]+", "*", name) for name in explained}
    assert len(found) > 30
    assert explained - {"clean/*/*"} == found - {"clean/*/*", "rejected/error"}
