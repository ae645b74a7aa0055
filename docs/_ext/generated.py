"""Generate parts of the reference from the code: ``{generated} NAME`` in a page.

Each function of `PARTS` returns Markdown. Facts are written once, in the code that uses them: in
a table, or as the docstring of a setting or a field.
"""

from __future__ import annotations

import ast
import inspect
import pkgutil
import re
import types
import typing
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.pycode import ModuleAnalyzer
from sphinx.util.docutils import SphinxDirective

import newsclean
import newsclean.lexicon
from newsclean import exit_codes, items
from newsclean.cleaning import STEPS, unescape
from newsclean.cli.init import config_text
from newsclean.discovery.budget import DEFAULT_LIMITS
from newsclean.ledger.page import STATES
from newsclean.own_settings import OwnSettings
from newsclean.pipelines.item_fields import ROLES
from newsclean.rejections import FAILURES, NO_ARTICLE
from newsclean.reports import THRESHOLDS, run_schema
from newsclean.schema import load_schema
from newsclean.sites.file import FIELDS
from newsclean.spiders.archive import ArchiveSpider
from newsclean.spiders.article import ArticleSpider
from newsclean.spiders.site import SiteSpider

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from docutils.nodes import Node
    from sphinx.application import Sphinx


def table(head: tuple[str, ...], rows: Iterable[Iterable[str]]) -> str:
    """Return a Markdown table. A cell may contain any character."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(
        "| " + " | ".join(" ".join(cell.split()).replace("|", r"\|") for cell in line) + " |"
        for line in lines
    )


def markdown(docstring: str | None) -> str:
    """Return *docstring* as Markdown, with double and single backticks as code."""
    return re.sub(r"(?<!`)``(?!`)", "`", inspect.cleandoc(docstring or ""))


def settings() -> str:
    """Return every setting: type, range, default, meaning."""
    said = attribute_texts("newsclean.own_settings")
    parts = []
    for name, field in OwnSettings.model_fields.items():
        lines = [
            f"::::{{confval}} {name}",
            f":type: {type_name(field.annotation)}{_range(field.metadata)}",
            f":default: `{field.default!r}`",
            "",
            said["OwnSettings", name],
            "::::",
        ]
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def _range(metadata: Iterable[Any]) -> str:
    signs = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<"}
    bounds = [
        f"{sign} {getattr(one, name):g}"
        for one in metadata
        for name, sign in signs.items()
        if hasattr(one, name)
    ]
    return f", {', '.join(bounds)}" if bounds else ""


def type_name(kind: Any) -> str:
    """Return the name of the type *kind* for users."""
    origin, parts = typing.get_origin(kind), typing.get_args(kind)
    if origin is typing.Annotated:
        return type_name(parts[0])
    if origin is typing.Literal:
        return " or ".join(f"`{part!r}`" for part in parts)
    if origin in {typing.Union, types.UnionType}:
        return " or ".join(dict.fromkeys(map(type_name, parts)))
    names = {
        "str": "text", "Path": "text", "bool": "`True` or `False`", "int": "whole number",
        "float": "number", "list": "list", "dict": "mapping", "NoneType": "`None`",
    }  # fmt: skip
    return names[getattr(origin or kind, "__name__", "")]


@cache
def attribute_texts(module: str) -> dict[tuple[str, str], str]:
    """Return the attribute docstrings of *module* as Markdown, by (class, attribute)."""
    found = ModuleAnalyzer.for_module(module).find_attr_docs()
    return {key: markdown("\n".join(lines)) for key, lines in found.items()}


def record() -> str:
    """Return the fields of a feed line, from the JSON Schema."""
    return _schema_table(load_schema("article"))


def record_parts() -> str:
    """Return the objects in a feed line, from the JSON Schema, in the order of the code."""
    parts = load_schema("article")["$defs"]
    ordered = [name for name in vars(items) if name in parts]
    return "\n\n".join(
        f"### {name}\n\n{markdown(parts[name].get('description'))}\n\n{_schema_table(parts[name])}"
        for name in ordered
    )


def run_file() -> str:
    """Return the objects in ``run.json``, from its JSON Schema."""
    schema = run_schema()
    parts = {"Run": schema, **schema["$defs"]}
    return "\n\n".join(
        f"## {name}\n\n{markdown(part.get('description'))}\n\n{_schema_table(part)}"
        for name, part in parts.items()
    )


def rejection() -> str:
    """Return the fields of a line of the second feed, from the JSON Schema."""
    return _schema_table(load_schema("rejection"))


def _schema_table(schema: dict[str, Any]) -> str:
    required = schema.get("required", [])
    rows = []
    for name, one in schema["properties"].items():
        always = ", required" if name in required else ""
        rows.append(
            (f"`{name}`", f"*{_schema_type(one)}{always}.* {markdown(one.get('description'))}")
        )
    return table(("field", "type and meaning"), rows)


def _schema_type(one: dict[str, Any]) -> str:
    """Return the name for users of the type in the JSON Schema *one*."""
    if "anyOf" in one:
        return " or ".join(map(_schema_type, one["anyOf"]))
    if "enum" in one:
        return ", ".join(one["enum"])
    if "$ref" in one:
        name = one["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if one.get("type") == "array":
        return f"list of {_schema_type(one['items'])}"
    if one.get("type") == "object":
        inner = one.get("additionalProperties", {})
        return f"mapping to {_schema_type(inner)}" if isinstance(inner, dict) else "mapping"
    names = {"string": "text", "integer": "number", "boolean": "true, false"}
    return names.get(one["type"], one["type"])


def rejections() -> str:
    """Return every reason of the second feed."""
    rows = [(f"`{name}`", meaning, "yes") for name, meaning in FAILURES.items()]
    rows += [(f"`{name}`", meaning, "no") for name, meaning in NO_ARTICLE.items()]
    rows.append(("`http-…`", "any other HTTP status of the response, such as `http-404`", "no"))
    return table(("reason", "meaning", "fetched again"), rows)


def codes() -> str:
    """Return the exit codes."""
    rows = ((str(code), meaning) for code, meaning in exit_codes.MEANINGS.items())
    return table(("code", "meaning"), rows)


def steps() -> str:
    """Return the cleaning steps in their order, each with the docstrings of module and function."""
    parts = []
    for number, step in enumerate((unescape.unescape, *STEPS), 1):
        module = inspect.getmodule(step)
        assert module is not None
        why = re.sub(r"^Step \d+: ", "", markdown(module.__doc__))
        head, _, rest = why.partition("\n")
        parts.append(
            f"({step.__name__})=\n\n## {number}. `{step.__name__}`\n\n"
            f"{head[:1].upper()}{head[1:]}\n{rest}\n\n{markdown(step.__doc__)}"
        )
    return "\n\n".join(parts)


def health() -> str:
    """Return the thresholds of the health checks."""
    return _commented_table("newsclean.reports.health", "THRESHOLDS", THRESHOLDS)


def budgets() -> str:
    """Return the budgets of a site."""
    return _commented_table("newsclean.discovery.budget", "DEFAULT_LIMITS", DEFAULT_LIMITS)


def _commented_table(module: str, name: str, values: dict[str, float]) -> str:
    """Return a table of *values*. The comment above each value in the code is its meaning."""
    source = "\n".join(ModuleAnalyzer.for_module(module).code.splitlines())
    body = re.search(rf"^{name}\b.*?\n(.*?)^}}", source, re.MULTILINE | re.DOTALL)
    assert body is not None, name
    said: dict[str, str] = {}
    comment: list[str] = []
    for line in map(str.strip, body[1].splitlines()):
        if line.startswith("#"):
            comment.append(line.removeprefix("#").strip())
        else:
            said[line.split('"')[1]] = " ".join(comment)
            comment = []
    assert said.keys() == values.keys(), name
    rows = ((f"`{one}`", f"{value:,}", said[one]) for one, value in values.items())
    return table(("name", "default", "meaning"), rows)


def states() -> str:
    """Return the states of a page in the ledger."""
    return table(("state", "meaning"), ((f"`{one}`", said) for one, said in STATES.items()))


def roles() -> str:
    """Return the roles of ``NEWSCLEAN_FIELDS``."""
    return table(("role", "the field"), ((f"`{one}`", said) for one, said in ROLES.items()))


def config() -> str:
    """Return the file that ``newsclean init`` writes."""
    return f"```toml\n{config_text(['https://news.example/'])}```"


def spiders() -> str:
    """Return the spiders with their arguments."""
    kinds = (ArticleSpider, SiteSpider, ArchiveSpider)
    rows = (
        (f"`{kind.name}`", ", ".join(f"`{name}`" for name in kind.arguments_model.model_fields))
        for kind in kinds
    )
    return table(("spider", "arguments (`-a NAME=VALUE`)"), rows)


def packages() -> str:
    """Return the packages with their purposes, from their docstrings."""
    rows = []
    for module in pkgutil.iter_modules(newsclean.__path__):
        if module.ispkg:
            text = (Path(newsclean.__path__[0]) / module.name / "__init__.py").read_text("utf-8")
            said = markdown(ast.get_docstring(ast.parse(text))).partition("\n\n")[0]
            rows.append((f"`{module.name}`", said))
    return table(("folder", "purpose"), rows)


def rule_fields() -> str:
    """Return the fields that a site rule can have."""
    return f"The fields are {', '.join(f'`{name}`' for name in FIELDS)}."


def lexicon() -> str:
    """Return the keys of a language file, from the docstring of `newsclean.lexicon`."""
    said = markdown(newsclean.lexicon.__doc__)
    return re.sub(r"^(`\[\w+\]`)\n    ", r"\1\n: ", said[said.index("`[") :], flags=re.MULTILINE)


PARTS: dict[str, Callable[[], str]] = {
    one.__name__.replace("_", "-"): one
    for one in (
        *(settings, record, record_parts, rejection, rejections, codes, steps),
        *(
            health,
            budgets,
            states,
            roles,
            config,
            rule_fields,
            lexicon,
            spiders,
            run_file,
            packages,
        ),
    )
}


class Generated(SphinxDirective):
    """The directive ``{generated} NAME``, which inserts the part NAME."""

    required_arguments = 1

    def run(self) -> list[Node]:
        """Return the nodes of the part."""
        part = PARTS[self.arguments[0]]
        return self.parse_text_to_nodes(part(), allow_section_headings=True)


def examples_as_code(_app: Sphinx, _context: object, lines: list[str]) -> None:
    """Show the examples in the help of a command as code. sphinx-click has them as ``| line``."""
    examples = [line.removeprefix("| ").strip() for line in lines if line.startswith("|   ")]
    if examples:
        code = (f"   {line}" for line in examples)
        lines[:] = [".. rubric:: Examples", "", ".. code-block:: sh", "", *code, ""]


def setup(app: Sphinx) -> dict[str, Any]:
    """Add the directive and the help examples to Sphinx."""
    app.add_directive("generated", Generated)
    app.setup_extension("sphinx_click")
    app.connect("sphinx-click-process-epilog", examples_as_code)
    return {"parallel_read_safe": True}
