"""Honest listings and messages in ten languages: the whole pack together blocks none of them.

It warns of none either whose language is known: a French "sale" is dirty.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from companion.compliance.check import Text, listing_texts
from companion.compliance.place import Place

from .compliance_pack import TODAY, checker

CLEAN = Path(__file__).parent / "clean"
FILES = sorted(CLEAN.glob("*.yml"))
LANGUAGES = ("de", "en", "es", "fr", "id", "ja", "pt", "th", "vi", "zh")
FEWEST = 300
FIELDS = ("title", "bullets", "description")


def test_there_are_listings_and_messages_in_every_language() -> None:
    assert [path.stem for path in FILES] == [
        f"{kind}-{code}" for kind in ("listings", "messages") for code in LANGUAGES
    ]
    assert sum(len(entries(path)) for path in FILES) >= FEWEST


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
@pytest.mark.parametrize("told", [True, False], ids=["language told", "language not known"])
def test_honest_texts_get_no_error(path: Path, told: bool) -> None:
    kind, language = path.stem.split("-")
    grave = ("error", "warning") if told else ("error",)
    wrong = []
    for entry in entries(path):
        place = Place(
            target="listing" if kind == "listings" else "message",
            day=TODAY,
            marketplace=entry["marketplace"],
            region=entry["region"],
            category=entry.get("category", ""),
            brand=entry.get("brand", ""),
            language=language if told else "",
        )
        found = checker().check(_texts(entry), place).findings
        wrong += [(one.rule, one.text, place.marketplace) for one in found if one.level in grave]
    assert wrong == []


def test_no_text_stands_there_twice() -> None:
    texts = [
        each.text
        for path in FILES
        for entry in entries(path)
        for each in _texts(entry)
        if each.field in ("title", "text")
    ]
    assert len(texts) == len(set(texts))


@lru_cache(32)
def entries(path: Path) -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = yaml.safe_load(path.read_text("utf-8"))
    return loaded


def _texts(entry: dict[str, Any]) -> list[Text]:
    if "text" in entry:
        return [Text("text", None, entry["text"])]
    return listing_texts({name: entry[name] for name in FIELDS if name in entry})
