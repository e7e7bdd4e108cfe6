"""Rules from files: what cannot be used is refused with its file and line, and the others are still there."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, get_args, get_type_hints

import msgspec
import pytest

from companion.compliance import loader, store
from companion.compliance.rule import Kind, Rule
from companion.marketplaces import RulesError

ABOUT = """\
id: made/sound
version: 1
kind: existence
level: error
applies_to: [listing]
terms: { en: [bad word] }
message: { zh_CN: "不要这样写。", en: "Do not say so." }
fix: { zh_CN: "删掉它。", en: "Remove it." }
"""
ELSEWHERE = "elsewhere: { source: general knowledge, basis: %s, seen: 2026-11-20 }"
REFERENCES = """\
references:
  - { source: "https://example.org/policy", basis: O, seen: 2026-11-20 }
"""
CASES = """\
cases:
  hit: ["a bad word", "Bad words"]
  miss: ["a badword", "a good word"]
"""
SOUND = ABOUT + REFERENCES + CASES


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    (tmp_path / "made").mkdir()
    (tmp_path / "places.yml").write_text("regions: { EU: [DE] }\ncategories: { pet: [pet] }\n", "utf-8")
    write(tmp_path, SOUND)
    return tmp_path


def write(folder: Path, content: str, name: str = "sound") -> None:
    (folder / "made" / f"{name}.yml").write_text(content, "utf-8")


def test_a_sound_rule_is_read(rules: Path) -> None:
    found = loader.load(rules)
    assert [rule.id for rule in found.rules] == ["made/sound"]
    assert found.rules[0].references[0].seen == "2026-11-20", "a day of YAML is a text again"


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("kind: existence", "kind: existense", 3, "kind"),
        ("level: error", "levl: error", 4, "is no key"),
        ("id: made/sound", "id: made/other", 1, "is not the file's, made/sound"),
        ("basis: O", "basis: G", 4, "never above suggestion"),
        (", seen: 2026-11-20", "", 10, "seen"),
        ("seen: 2026-11-20", "seen: yesterday", 10, "is no day"),
        (REFERENCES, "", 1, "references"),
        (CASES, "", 1, "cases"),
        ('miss: ["a badword", "a good word"]', 'miss: ["a badword"]', 13, "needs at least 2"),
        ("terms: { en: [bad word] }", "", 1, "needs terms"),
        ("terms: { en: [bad word] }", 'terms: { en: ["*"] }', 6, "no text that could be found"),
        ("terms: { en: [bad word] }", "terms: { english: [bad word] }", 6, "no code of a language"),
        ("terms: { en: [bad word] }", "patterns: { en: ['a+b'] }", 6, "has no end"),
        ("terms: { en: [bad word] }", "patterns: { en: ['Bad'] }", 6, "has capitals"),
        ("terms: { en: [bad word] }", "detect: [phone]", 6, "goes with kind numeric"),
        ("applies_to: [listing]", "applies_to: [listing]\nmarketplaces: [amazn]", 6, "`amazn` is no folder"),
        ("applies_to: [listing]", "applies_to: [listing]\nregions: [Germany]", 6, "no country code"),
        ("applies_to: [listing]", "applies_to: [listing]\ncategories: [cars]", 6, "no category"),
        ("version: 1", "version: 1\nvalidity: [{ from: 2026-12-01, until: 2026-11-01 }]", 3, "is before from"),
        ("applies_to: [listing]", f"applies_to: [listing]\nmarketplaces: [amazon]\n{ELSEWHERE % 'O'}", 7, "is G"),
        ("applies_to: [listing]", f"applies_to: [listing]\n{ELSEWHERE % 'G'}", 6, "names marketplaces or regions"),
        ("applies_to: [listing]", "applies_to: []", 5, "must name"),
        ('en: "Remove it."', 'en: ""', 8, "says nothing"),
        ("version: 1", "version: 1\nversion: 2", 3, "stands twice"),
        ("level: error", "level: [error", 5, ""),
        ('hit: ["a bad word"', 'hit: [{ text: x, expekt: [y] }', 12, "is no key"),
    ],
)  # fmt: skip
def test_faults_are_said_with_file_and_line(rules: Path, old: str, new: str, line: int, said: str) -> None:
    assert old in SOUND
    write(rules, SOUND.replace(old, new))
    with pytest.raises(RulesError) as caught:
        loader.load(rules)
    problems = [(problem.file, problem.line) for problem in caught.value.problems if said in problem.message]
    assert ("made/sound.yml", line) in problems, caught.value.problems


def test_a_short_chinese_sentence_says_enough(rules: Path) -> None:
    sentence = re.search(r"fix: \{ zh_CN: \"([^\"]+)\"", SOUND)
    assert sentence is not None
    write(rules, SOUND.replace(sentence[1], "删掉"))
    assert loader.load(rules).rules[0].fix.zh_CN == "删掉"


def test_a_faulty_file_takes_no_other_with_it(rules: Path) -> None:
    write(rules, SOUND.replace("made/sound", "made/broken").replace("level: error", "level: fatal"), "broken")
    found, problems = loader.read(rules)
    assert [rule.id for rule in found.rules] == ["made/sound"]
    assert {problem.file for problem in problems} == {"made/broken.yml"}


def test_own_rules_need_no_sources_and_take_the_place_of_shipped_ones(rules: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    (own / "made").mkdir(parents=True)
    short = SOUND[: SOUND.index("references")] + "validity: [{ marketplaces: [my-own, amazon] }]\n"
    (own / "made" / "sound.yml").write_text(short.replace("bad word", "worse word"), "utf-8")
    (own / "made" / "boss.yml").write_text(short.replace("made/sound", "made/boss"), "utf-8")
    found = store.rule_set(own, folder=rules)
    assert [(rule.id, rule.terms["en"]) for rule in found.rules] == [
        ("made/boss", ["bad word"]),
        ("made/sound", ["worse word"]),
    ]


def test_what_was_read_is_kept_until_a_file_changes(
    rules: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "kept.bin"
    first = store.rule_set(cache=kept, folder=rules)
    monkeypatch.setattr(loader, "read", lambda folder: pytest.fail("read again"))
    assert store.rule_set(cache=kept, folder=rules) == first
    monkeypatch.undo()
    write(rules, SOUND.replace("bad word]", "bad word, other]"))
    assert store.rule_set(cache=kept, folder=rules).rules[0].terms == {"en": ["bad word", "other"]}
    kept.write_bytes(b"\x00damaged")
    assert store.rule_set(cache=kept, folder=rules).rules[0].terms == {"en": ["bad word", "other"]}


def test_the_schema_knows_what_the_rule_knows() -> None:
    """The schema is for editors and readers, the types are what counts: they must say the same."""
    schema = json.loads((loader.shipped().parent / "schemas" / "compliance.schema.json").read_text("utf-8"))
    fields = {field.encode_name: field for field in msgspec.structs.fields(Rule)}
    assert set(schema["properties"]) == set(fields)
    assert schema["properties"]["kind"]["enum"] == list(get_args(Kind))
    assert {name for name, field in fields.items() if field.required} <= set(schema["required"])

    def enums(value: Any) -> set[str]:
        if isinstance(value, dict):
            return set(value.get("enum", [])) | {one for inner in value.values() for one in enums(inner)}
        return {one for inner in value for one in enums(inner)} if isinstance(value, list) else set()

    hints = get_type_hints(Rule)
    for name in ("status", "level", "detect", "brands", "applies_to", "directions", "negation", "needs_in"):
        inner = get_args(hints[name])
        known = set(get_args(inner[0])) if len(inner) == 1 else set(inner)
        assert enums(schema["properties"][name]) == known - {""}, name
