"""Forms of practice pages that are saved: what was sent stands in the page from then on, as in a real back-end.

A page has no script, so a form sends itself as a browser sends one: its named fields as the query of its own address.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

from ..described import DescribedPage

_MOST_FIELDS = 50


def sent(page: DescribedPage, query: str) -> dict[str, str]:
    """What a form of the page sent, by the names of its fields; {} when the query is no sent form."""
    given = dict(parse_qsl(query, keep_blank_values=True, max_num_fields=_MOST_FIELDS)) if query.count("&") else {}
    for form in _tree(page.source).iter("form") if given else ():
        names = {str(field.get("name")) for field in _fields(form)}
        if names and names <= set(given) and _has_button(form):
            return {name: given[name] for name in names}
    return {}


def filled(source: str, values: dict[str, str]) -> str:
    """The page with these values in its fields."""
    from lxml import etree

    tree = _tree(source)
    for form in tree.iter("form"):
        for field in _fields(form):
            value = values.get(str(field.get("name")))
            if value is None:
                continue
            if field.tag == "textarea":
                field.text = value.replace("\r\n", "\n")
            else:
                field.set("value", value)
    return "<!doctype html>\n" + str(etree.tostring(tree, encoding="unicode", method="html"))


def _tree(source: str) -> Any:
    from lxml import html

    return html.document_fromstring(source)


def _fields(form: Any) -> list[Any]:
    """Those with words in them; choices and pictures stay as they are."""
    words = (None, "text", "search")
    return [
        each
        for each in form.iter("input", "textarea")
        if each.get("name") and (each.tag == "textarea" or each.get("type") in words)
    ]


def _has_button(form: Any) -> bool:
    return any(each.get("type", "submit") == "submit" for each in form.iter("button"))
