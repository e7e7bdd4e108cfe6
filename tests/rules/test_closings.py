"""``rules/inbox/closings.yml`` keeps its schema and names sentences that are there, in every language."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import yaml

REPO = Path(__file__).resolve().parents[2]
RULES = REPO / "rules"
LANGUAGES = {"zh", "en", "es", "pt", "de", "fr", "ja", "ko", "th", "vi", "id", "ru"}


def closings() -> dict[str, dict[str, list[str]]]:
    loaded: dict[str, dict[str, list[str]]] = yaml.safe_load((RULES / "inbox" / "closings.yml").read_text("utf-8"))
    return loaded


def test_the_file_keeps_its_schema() -> None:
    schema = json.loads((RULES / "schemas" / "closings.schema.json").read_text("utf-8"))
    jsonschema.validate(closings(), schema)
    assert set(closings()["beside"]) == LANGUAGES


def test_every_sentence_is_one_a_buyer_says() -> None:
    for file, keys in closings()["phrases"].items():
        entries = yaml.load((RULES / "phrases" / f"{file}.yml").read_text("utf-8"), yaml.BaseLoader)["entries"]
        known = {entry["key"]: entry for entry in entries}
        for key in keys:
            assert known[key]["by"] in ("buyer", "both"), key
            assert known[key].keys() >= LANGUAGES, key


def test_marketplaces_are_ours() -> None:
    assert set(closings()["counted"]) <= {path.name for path in (RULES / "marketplaces").iterdir()}
