"""Evaluate CSS selectors in time linear in the size of the page.

libxml2 takes quadratic time for ``p ~ p`` and, on nested pages, for ``div p``. So it only evaluates
the parts between combinators, each in one pass. The combinators are evaluated here, and the result
for each node is remembered.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from cssselect import HTMLTranslator, SelectorError, parse
from cssselect.parser import (
    Attrib,
    Class,
    CombinedSelector,
    Element,
    Function,
    FunctionalPseudoElement,
    Hash,
    Matching,
    Negation,
    Pseudo,
    Relation,
    SpecificityAdjustment,
    parse_series,
)
from lxml import etree

from newsclean.sites.climb import climbing, parent

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.etree import _Element

    # (combinator, part) of a selector from left to right. The first combinator is empty.
    Chain = list[tuple[str, Callable[[_Element], Any]]]

_TRANSLATOR: Any = HTMLTranslator()
_PLACES = {
    "first-child": "[not(preceding-sibling::*[1])]",
    "last-child": "[not(following-sibling::*[1])]",
    "only-child": "[not(preceding-sibling::*[1]) and not(following-sibling::*[1])]",
    "empty": "[not(node())]",
}
_TYPES = {
    "first-of-type": "[not(preceding-sibling::{}[1])]",
    "last-of-type": "[not(following-sibling::{}[1])]",
}
_SPACE = re.compile(r"\s+")
_KNOWN = (
    "tags, .classes, #ids, [attributes], :not(…), :is(…), :has(…), :first-child, :last-child,"
    " :only-child, :nth-child(2n+1), p:first-of-type, p:last-of-type, :empty"
)


class CssSelector:
    """A CSS selector, optionally with ``::text`` or ``::attr(name)`` at its end."""

    def __init__(self, text: str) -> None:
        """Raise ValueError with one line if *text* is not a supported selector."""
        try:
            parsed = parse(text)
        except SelectorError as error:
            raise ValueError(f"not a CSS selector: {_SPACE.sub(' ', str(error))}") from None
        ends = {_end_of(one.pseudo_element) for one in parsed}
        if len(ends) > 1:
            raise ValueError("expected the same ::text or ::attr(…) in each selector of the list")
        self._end = ends.pop()
        self._chains = [_chain_of(one.parsed_tree) for one in parsed]
        try:
            self.find(etree.Element("html"))
        except etree.XPathError as error:
            raise ValueError(f"not a CSS selector: {error}") from None

    def find(self, root: _Element) -> list[Any]:
        """Return the matching elements below *root* (or their texts or attributes) in document
        order."""
        found = [_find(root, chain) for chain in self._chains]
        nodes = found[0]
        if len(found) > 1:
            wanted = {node for nodes in found for node in nodes}
            nodes = [node for node in root.iter(etree.Element) if node in wanted]
        if self._end is None:
            return nodes
        if self._end == "":
            return ["".join(_own_texts(node)) for node in nodes]
        return [value for node in nodes if (value := node.get(self._end)) is not None]


def _own_texts(node: _Element) -> list[str]:
    return [node.text or "", *(child.tail or "" for child in node)]


def _end_of(pseudo: Any) -> str | None:
    """Return the name of the attribute to read, "" for the text, None for the element."""
    if pseudo is None:
        return None
    if pseudo == "text":
        return ""
    if isinstance(pseudo, FunctionalPseudoElement) and pseudo.name == "attr":
        if pseudo.argument_types() not in (["IDENT"], ["STRING"]):
            raise ValueError("expected ::attr(name)")
        return str(pseudo.arguments[0].value)
    raise ValueError(f"unknown ::{getattr(pseudo, 'name', pseudo)}; expected ::text or ::attr(…)")


def _chain_of(tree: Any) -> Chain:
    chain: Chain = []
    while isinstance(tree, CombinedSelector):
        chain.append((tree.combinator, _part(tree.subselector)))
        tree = tree.selector
    chain.append(("", _part(tree)))
    return chain[::-1]


def _part(tree: Any) -> Callable[[_Element], Any]:
    """Return a function that finds the elements that match *tree*, a selector without
    combinators."""
    place: list[str] = []
    conditions = "".join(_conditions(tree, place))
    return etree.XPath(f"//*{''.join(place)}{conditions}")


def _conditions(tree: Any, place: list[str] | None) -> list[str]:
    """Return *tree* as XPath predicates. A position among siblings must come before them, so it is
    added to *place*."""
    if isinstance(tree, Element):
        if tree.namespace:
            raise ValueError("namespaces are not supported")
        return [f"[self::{tree.element.lower()}]"] if tree.element else []
    before = _conditions(tree.selector, place)
    if isinstance(tree, Attrib) and tree.namespace:
        raise ValueError("namespaces are not supported")
    if isinstance(tree, Hash | Class | Attrib):
        condition = getattr(_TRANSLATOR, f"xpath_{type(tree).__name__.lower()}")
        return [*before, f"[{condition(type(tree)(Element(), *_arguments(tree))).condition}]"]
    if isinstance(tree, Negation):
        return [*before, f"[not(self::*{''.join(_conditions(tree.subselector, None))})]"]
    if isinstance(tree, Matching | SpecificityAdjustment):
        choices = (f"self::*{''.join(_conditions(one, None))}" for one in tree.selector_list)
        return [*before, f"[{' or '.join(choices)}]"]
    if isinstance(tree, Relation):
        return [*before, _has(tree)]
    if isinstance(tree, Pseudo) and tree.ident in _PLACES:
        return [*before, _PLACES[tree.ident]]
    if isinstance(tree, Pseudo) and tree.ident in _TYPES:
        return [*before, _TYPES[tree.ident].format(_tag(tree))]
    if isinstance(tree, Function) and tree.name == "nth-child" and place == []:
        place.append(_nth(tree))
        return before
    name = getattr(tree, "ident", getattr(tree, "name", type(tree).__name__))
    raise ValueError(f"{name!r} is not supported; expected {_KNOWN}")


def _has(tree: Any) -> str:
    """Return the predicate of ``:has(…)``: a descendant, or a child with ``>``."""
    choices = []
    for combinator, selector in tree.arguments:
        axis = {" ": "descendant", ">": "child"}.get(combinator.value)
        if axis is None:
            raise ValueError(f"{combinator.value} is not supported in :has(…)")
        if isinstance(selector.parsed_tree, CombinedSelector):
            raise ValueError("expected selectors without combinators in :has(…)")
        choices.append(f"{axis}::*{''.join(_conditions(selector.parsed_tree, None))}")
    return f"[{' or '.join(choices)}]"


def _tag(tree: Any) -> str:
    """Return the tag at the start of *tree*. Raise ValueError if it has none."""
    while not isinstance(tree, Element):
        tree = tree.selector
    if not tree.element:
        raise ValueError("expected a tag, as in p:first-of-type")
    return str(tree.element.lower())


def _nth(tree: Any) -> str:
    """Return the predicate of ``:nth-child(an+b)``."""
    try:
        step, start = parse_series(tree.arguments)
    except ValueError:
        raise ValueError("expected a number, odd, even or an+b in :nth-child(…)") from None
    if step == 0:
        return f"[{start}]"
    return f"[(position() - {start}) mod {step} = 0 and (position() - {start}) div {step} >= 0]"


def _arguments(tree: Any) -> tuple[Any, ...]:
    if isinstance(tree, Hash):
        return (tree.id,)
    if isinstance(tree, Class):
        return (tree.class_name,)
    return (tree.namespace, tree.attrib, tree.operator, tree.value)


def _find(root: _Element, chain: Chain) -> list[_Element]:
    nodes: list[_Element] = chain[0][1](root)
    for combinator, part in chain[1:]:
        if not nodes:
            return []
        before = set(nodes)
        related = _RELATED[combinator](before)
        nodes = [node for node in part(root) if related(node)]
    return nodes


def _sibling(node: _Element) -> _Element | None:
    return next(node.itersiblings(etree.Element, preceding=True), None)


_RELATED: dict[str, Callable[[set[_Element]], Callable[[_Element], bool]]] = {
    " ": lambda before: climbing(parent, before),
    "~": lambda before: climbing(_sibling, before),
    ">": lambda before: lambda node: node.getparent() in before,
    "+": lambda before: lambda node: _sibling(node) in before,
}
