"""Documents among captured pages: the one a description fits, and never the conversation beside it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from companion.marketplaces import load, rules_dir
from companion.pages.documents import KINDS, read_documents
from companion.pages.reading import KEYS
from companion.protocol.pages import Marketplace


@cache
def rules() -> list[Marketplace]:
    return load().marketplaces


PAGES = sorted((rules_dir() / "marketplaces").glob("*/pages/*.yml"))
CASES = [
    (path, name)
    for path in PAGES
    if (page := yaml.load(path.read_text("utf-8"), yaml.CSafeLoader))["page"] in KINDS
    for name in page["cases"]
    if not page["cases"][name].get("inside")
]


@pytest.mark.parametrize(("path", "name"), CASES, ids=lambda value: value if isinstance(value, str) else value.stem)
def test_a_case_is_the_document_its_description_says(path: Path, name: str) -> None:
    page: dict[str, Any] = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
    case = page["cases"][name]
    data = (path.parents[1] / "cases" / f"{name}.html").read_bytes()
    found = read_documents(data, rules(), case["url"])
    if case["reads"] is None:
        assert all(read.page.id != page["id"] or read.missing for read in found)
        return
    assert found
    assert (found[0].marketplace.name, found[0].page.id) == (path.parts[-3], page["id"])
    assert found[0].missing == []
    if page["page"] != "kpi":
        assert len(found[0].content) == len(case["reads"][KEYS[page["page"]]])


def test_a_conversation_is_no_document_even_where_one_stands_beside_it() -> None:
    case = (rules_dir() / "marketplaces/ebay/cases/thread.html").read_bytes()
    assert read_documents(case, rules(), "https://www.ebay.com/cnt/ViewMessage") == []
