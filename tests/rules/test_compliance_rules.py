"""``rules/compliance``: every file keeps its schema, and every rule does what its own cases say."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from companion.compliance import loader
from companion.compliance.cases import failures
from companion.compliance.loader import plain
from companion.marketplaces.lines import parse

from .compliance_pack import TODAY, shipped

REPO = Path(__file__).resolve().parents[2]
FILES = sorted(loader.shipped().glob("*/*.yml"))
FOUND, PROBLEMS = shipped()
SCHEMA = jsonschema.Draft202012Validator(
    json.loads((REPO / "rules" / "schemas" / "compliance.schema.json").read_text("utf-8"))
)
#: What buyers read in, and what a rule should know where the thing has a name there.
LANGUAGES = {"en", "zh", "es", "de", "fr", "pt", "ja", "th", "vi", "id"}


def test_no_file_has_a_fault() -> None:
    assert [str(problem) for problem in PROBLEMS] == []
    assert len(FOUND.rules) == len(FILES)


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_the_file_keeps_its_schema(path: Path) -> None:
    content, _lines = parse(path.read_text("utf-8"))
    SCHEMA.validate(plain(content))


@pytest.mark.parametrize("rule", FOUND.rules, ids=lambda rule: rule.id)
def test_the_cases_of_the_rule(rule: loader.Rule) -> None:
    assert list(failures(rule, FOUND.cues, FOUND.places, TODAY)) == []


def test_the_rules_know_all_ten_languages() -> None:
    spoken = {language for rule in FOUND.rules for language in rule.terms}
    assert spoken >= LANGUAGES


def test_terms_translated_by_us_never_block() -> None:
    for rule in FOUND.rules:
        foreign = set(rule.terms) - {"en", "any"} - set(rule.own_translations)
        assert rule.level == "suggestion" or foreign <= {"zh"}, rule.id
