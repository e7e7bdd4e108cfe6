"""``rules/compliance``: every file keeps its schema, and every rule does what its own cases say."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from companion.compliance import loader
from companion.compliance.cases import failures, tried
from companion.compliance.check import Checker
from companion.compliance.loader import plain
from companion.compliance.pack import Pack
from companion.compliance.rule import Case
from companion.marketplaces.lines import parse

from .compliance_pack import TODAY, shipped

REPO = Path(__file__).resolve().parents[2]
FILES = sorted(loader.shipped().glob("*/*.yml"))
FOUND, PROBLEMS = shipped()
SCHEMA = jsonschema.Draft202012Validator(
    json.loads((REPO / "rules" / "schemas" / "compliance.schema.json").read_text("utf-8"))
)
#: Terms tried in one text, fewer than the findings of one rule that are told; what stands between them parts thoughts.
FEW = 40
BETWEEN = ". \n"
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


@pytest.mark.parametrize(
    "rule", [one for one in FOUND.rules if one.terms and not one.context.only_near], ids=lambda rule: rule.id
)
def test_every_term_is_found_where_it_stands(rule: loader.Rule) -> None:
    checker = Checker(Pack([rule], FOUND.cues, FOUND.places))
    for language, terms in rule.terms.items():
        for first in range(0, len(terms), FEW):
            some = terms[first : first + FEW]
            written = [f"« {term.strip('*')} »{BETWEEN}" for term in some]
            spoken = "" if language == "any" else language
            case = Case(text="".join(written), language=spoken, marketplace=_market(rule))
            starts = {one.start for one in tried(checker, rule, case, FOUND.places, TODAY)}
            at = 0
            for term, shown in zip(some, written, strict=True):
                assert any(at <= start < at + len(shown) for start in starts), f"{language}: {term}"
                at += len(shown)


@pytest.mark.parametrize("rule", [one for one in FOUND.rules if one.substitutions], ids=lambda rule: rule.id)
def test_what_a_rule_would_write_instead_breaks_it_no_more(rule: loader.Rule) -> None:
    checker = Checker(Pack([rule], FOUND.cues, FOUND.places))
    for language, pairs in rule.substitutions.items():
        for old, new in pairs.items():
            about = {"language": "" if language == "any" else language, "marketplace": _market(rule)}
            assert tried(checker, rule, Case(text=f"Set: {old}", **about), FOUND.places, TODAY), old
            assert tried(checker, rule, Case(text=f"Set: {new}", **about), FOUND.places, TODAY) == [], new


def _market(rule: loader.Rule) -> str:
    """A rule for some marketplaces by its validity only is tried on one of them."""
    return (
        next((name for one in rule.validity for name in one.marketplaces), "") if rule.marketplaces == ["all"] else ""
    )
