"""CSS to XPath with cssselect, held to what means the same in a browser. Imported when a selector is first used."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cssselect import HTMLTranslator, SelectorError, parse

#: Pseudo-classes of structure. All others are states of a living page (``:hover``), inventions (``:contains``), or need
#: to know what is asked (``:scope``).
_STRUCTURE = (
    "first-child last-child only-child first-of-type last-of-type only-of-type empty root"
    " nth-child nth-last-child nth-of-type nth-last-of-type"
)
_PSEUDO = frozenset(_STRUCTURE.split())
#: Attributes whose values HTML compares without regard to case.
_CASELESS_NAMES = (
    "accept accept-charset align alink axis bgcolor charset checked clear codetype color compact declare defer dir"
    " direction disabled enctype face frame hreflang http-equiv lang language link media method multiple nohref"
    " noresize noshade nowrap readonly rel rev rules scope scrolling selected shape target text type valign valuetype"
    " vlink"
)
_CASELESS = frozenset(_CASELESS_NAMES.split())


_TRANSLATOR: Any = HTMLTranslator()
# The same conditions without counting all siblings, of which a page can have any number.
_TRANSLATOR.xpath_first_child_pseudo = lambda xpath: xpath.add_condition("not(preceding-sibling::*[1])")
_TRANSLATOR.xpath_last_child_pseudo = lambda xpath: xpath.add_condition("not(following-sibling::*[1])")


def to_xpath(css: str, prefix: str) -> str:
    """The XPath of a group of selectors; raises SelectorError with what is not supported."""
    found = []
    for selector in parse(css):
        if selector.pseudo_element:
            raise SelectorError("a ::pseudo-element is not in a saved page")
        _check(selector.parsed_tree, False)
        found.append(_TRANSLATOR.selector_to_xpath(selector, prefix))
    return " | ".join(found)


def _check(tree: Any, in_has: bool) -> None:
    kind = type(tree).__name__
    name = getattr(tree, "ident", None) or (tree.name if kind == "Function" else "")
    if name == "scope":
        raise SelectorError(":scope is not supported; name the row by its own selector")
    if name and name not in _PSEUDO:
        raise SelectorError(f":{name} is not supported on a saved page")
    if kind in ("Element", "Attrib") and tree.namespace not in (None, "*"):
        raise SelectorError("namespaces are not supported")
    if kind == "Attrib":
        if tree.operator == "!=":
            raise SelectorError("!= is not CSS; use :not([name=value])")
        if tree.operator != "exists" and tree.flag is None and tree.attrib.lower() in _CASELESS:
            tree.flag = "i"
    if kind == "Relation" and in_has:
        raise SelectorError(":has() in :has() is not CSS")
    for inner, inside in _inner(tree):
        _check(inner, in_has or inside)


def _inner(tree: Any) -> Iterator[tuple[Any, bool]]:
    """The parts of a selector, and whether each is what a ``:has()`` asks for."""
    for name in ("selector", "subselector"):
        if (inner := getattr(tree, name, None)) is not None:
            yield inner, False
    yield from ((inner, False) for inner in getattr(tree, "selector_list", ()))
    if type(tree).__name__ == "Relation":
        for _, selector in tree.arguments:
            if selector.pseudo_element:
                raise SelectorError("a ::pseudo-element is not in a saved page")
            yield selector.parsed_tree, True
