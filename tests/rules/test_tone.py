"""``rules/tone``: every file keeps its schema and does what its cases say; polite sentences raise no doubt."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from companion.marketplaces.lines import parse
from companion.translation.phrasebook.compile import read_yaml
from companion.translation.protect import NOTHING_KNOWN
from companion.translation.tone.frame import Framed, framed_as, unframed
from companion.translation.tone.manner import Manner, speak
from companion.translation.tone.rules import ToneRules, load

REPO = Path(__file__).resolve().parents[2]
FILES = sorted((REPO / "rules" / "tone").glob("*.yml"))
LANGUAGES = ["de", "en", "es", "fr", "id", "ja", "ko", "pt", "ru", "th", "vi", "zh"]
LEVELLED = ["de", "fr", "ja", "ko", "th"]
RULES: dict[str, ToneRules] = {path.stem: load(path) for path in FILES}
CASES = [(code, case) for code, rules in RULES.items() for case in rules.cases]


def test_every_language_has_its_file() -> None:
    assert [path.stem for path in FILES] == LANGUAGES
    assert [code for code in LANGUAGES if RULES[code].levels is not None] == LEVELLED


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_file_keeps_its_schema(path: Path) -> None:
    schema = json.loads((REPO / "rules" / "schemas" / "tone.schema.json").read_text("utf-8"))
    content, _lines = parse(path.read_text("utf-8"))
    jsonschema.Draft202012Validator(schema).validate(content)


@pytest.mark.parametrize(("code", "case"), CASES, ids=[f"{code}-{case['text'][:20]}" for code, case in CASES])
def test_cases(code: str, case: dict[str, Any]) -> None:
    told = speak(case["text"], Manner(case["tone"], case.get("particle", "")), RULES[code], NOTHING_KNOWN)
    assert told.text == case["becomes"]
    assert told.level == case.get("level", "")
    assert told.doubt == ([case["doubt"]] if "doubt" in case else [])


@pytest.mark.parametrize("code", LANGUAGES)
def test_speaking_twice_changes_nothing_more(code: str) -> None:
    for case in RULES[code].cases:
        manner = Manner(case["tone"], case.get("particle", ""))
        once = speak(case["text"], manner, RULES[code], NOTHING_KNOWN).text
        assert speak(once, manner, RULES[code], NOTHING_KNOWN).text == once


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("tone", ["warm", "formal"])
def test_a_frame_is_known_again_in_every_language(code: str, tone: str) -> None:
    frame = Framed("X 1.", tone, tone)
    for particle in ("", "khrap", "kha"):
        assert unframed(framed_as("X 1.", frame, RULES[code], particle), RULES[code]) == frame
    assert unframed("X 1.", RULES[code]) == Framed("X 1.")


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_frame_itself_greets_and_closes(code: str) -> None:
    """Else a text that has it would get it once more."""
    for tone, ends in RULES[code].frame.items():
        whole = f"{ends.opening} {ends.closing}"
        told = speak(whole, Manner(tone, "kha" if code == "th" else ""), RULES[code], NOTHING_KNOWN)  # type: ignore[arg-type]
        assert told.text == whole


@lru_cache(maxsize=1)
def _entries() -> list[dict[str, Any]]:
    return [
        entry for path in sorted((REPO / "rules" / "phrases").glob("*.yml")) for entry in read_yaml(path)["entries"]
    ]


def _answers(code: str) -> list[str]:
    """What the phrasebook answers a seller's words with."""
    return sorted({entry[code][0] for entry in _entries() if entry["by"] != "buyer"})


@pytest.mark.parametrize("code", LEVELLED)
def test_answers_of_the_phrasebook_are_polite_as_they_are(code: str) -> None:
    """They raise no doubt, and nothing in them is taken for familiar and rewritten."""
    manner = Manner("plain")
    answers = _answers(code)
    told = {text: speak(text, manner, RULES[code], NOTHING_KNOWN) for text in answers}
    assert len(answers) > 350
    assert [text for text, spoken in told.items() if spoken.doubt or spoken.text != text] == []


def test_few_answers_of_the_phrasebook_fall_short_of_a_warm_or_formal_tone() -> None:
    told = [
        speak(text, Manner(tone, "kha"), RULES[code], NOTHING_KNOWN).doubt
        for code in LEVELLED
        for tone in ("warm", "formal")
        for text in _answers(code)
    ]
    assert ["familiar"] not in told
    assert sum(map(bool, told)) <= 0.05 * len(told)
