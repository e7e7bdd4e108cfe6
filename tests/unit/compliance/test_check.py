"""Whole checks: no text breaks the matcher or stalls it, and places always point at the reported text."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.compliance.check import Text, listing_texts
from companion.compliance.rule import Rule

from .making import checker, findings, place, rule, terms

#: One rule of every kind, with everything a rule can have.
EVERY: list[Rule] = [
    rule(id="a/claim", kind="claim",
         terms={"en": ["cure", "heal*"], "zh": ["治疗"], "th": ["รักษา"], "any": ["ﬁx", "½ off"]},
         patterns={"any": ["cures? .{0,20}acne", "[0-9]{1,3}% (of|off)"]}, exceptions={"en": ["cure time"]},
         context={"unless_near": [{"words": {"any": ["resin", "光"]}}]}),
    rule(id="a/contact", terms={"any": ["whatsapp", "微信", "line id"]}, evasion=True),
    rule(id="a/mark", kind="substitution", substitutions={"any": {"velcro": "tape"}}, brands=["own", "compatible"]),
    rule(id="a/length", kind="length", limit={"max": 10, "unit": "bytes"}),
    rule(id="a/words", kind="length", limit={"max": 3, "unit": "words"}),
    rule(id="a/capitals", kind="capitalisation"),
    rule(id="a/repeated", kind="repetition", limit={"max": 1}),
    rule(id="a/row", kind="repetition", limit={"max": 2, "unit": "characters"}),
    rule(id="a/often", kind="occurrence", terms={"any": ["a", "中"]}, limit={"max": 1}),
    rule(id="a/needs", kind="requires", terms={"any": ["battery"]}, needs={"any": ["tested"]}),
    rule(id="a/always", kind="requires", needs={"any": ["made by"]}),
    rule(id="a/signs", signs="™½²❤️"),
    rule(id="a/numbers", kind="numeric",
         detect=["phone", "email", "link", "handle", "percent", "price", "asin", "year", "emoji", "html"]),
]  # fmt: skip
CHECKER = checker(*EVERY)
PIECES = [
    "cure", "healing", "Cures acne", "not ", "治疗", "รักษา", "ﬁx", "½ off", "whatsapp",
    "w h a t s a p p", "微❤️信", "+86 138 0013 8000", "a@b.com", "http://x.com/a", "@shop",
    "50% off", "$5", "B08N5WRWNW", "2025", "<b>", "\n", "e\u0301", "\u200b", "\ufe0f", "ｶﾞ", "İ",
    "ß", "\u0000", "\ud800", "...", "™", "²", "a a a", "made by", "battery", "¨", "한", "VELCRO",
    "  ", "👍🏽",
]  # fmt: skip
TEXTS = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=12)), max_size=12).map("".join)


@settings(max_examples=60, deadline=None)
@given(title=TEXTS, bullets=st.lists(TEXTS, max_size=3), brand=st.sampled_from(["", "Velcro", "é", "*"]))
def test_places_point_at_the_reported_text(title: str, bullets: list[str], brand: str) -> None:
    texts = listing_texts({"title": title, "bullets": bullets})
    by_place = {(each.field, each.index): each.text for each in texts}
    for one in CHECKER.check(texts, place(brand=brand)).findings:
        text = by_place[one.field, one.index]
        assert 0 <= one.start <= one.end <= len(text)
        assert text[one.start : one.end] == one.text
        assert one.text or one.rule == "a/always"


@settings(max_examples=30, deadline=None)
@given(text=TEXTS)
def test_what_stands_behind_a_full_stop_changes_nothing_before_it(text: str) -> None:
    """A seller who types on sees the findings of what is already there stay where they are."""
    claim = [rule(kind="claim", terms={"en": ["cure"]}, id="a/claim"), terms("velcro", id="a/mark")]
    before = findings(claim, f"Cures all. Velcro. {text}")[:2]
    assert [(one.start, one.text) for one in before] == [(0, "Cures"), (11, "Velcro")]


def test_a_check_takes_time_in_proportion_to_the_text() -> None:
    def seconds(times: int) -> float:
        texts = [Text("description", None, "".join(PIECES) * times)]
        at = time.thread_time()
        checker(*EVERY).check(texts, place())
        return time.thread_time() - at

    seconds(2)
    short, long = min(seconds(10) for _ in range(3)), min(seconds(80) for _ in range(2))
    assert long < 24 * short, "eight times the text, and a margin for busy neighbours"


@pytest.mark.parametrize(
    "word", ["cure ", "cure resin ", "cure time ", "w h a t s a p p ", "a", "not cure, ", "1 ", "a@", "微"]
)
def test_a_text_of_one_word_again_and_again_stalls_nothing(word: str) -> None:
    """Quadratic work on 40,000 characters would take a minute."""
    at = time.thread_time()
    CHECKER.check([Text("description", None, (word * 40_000)[:40_000])], place())
    assert time.thread_time() - at < 8


def test_a_keystroke_scans_one_field() -> None:
    scanned: list[str] = []
    made = checker(terms("bad"))
    inner = made._scan.__wrapped__  # type: ignore[attr-defined]

    from functools import lru_cache

    made._scan = lru_cache(8)(lambda text: scanned.append(text) or inner(text))  # type: ignore[func-returns-value]
    fields: dict[str, Any] = {"title": "a bad title", "bullets": ["bad", "good"], "description": "so bad"}
    assert len(made.check(listing_texts(fields), place()).findings) == 3
    fields["title"] += "!"
    assert len(made.check(listing_texts(fields), place()).findings) == 3
    assert scanned == ["a bad title", "bad", "good", "so bad", "a bad title!"]


def test_the_same_thing_is_not_said_a_thousand_times() -> None:
    assert len(findings(terms("bad"), "bad " * 1_000)) == 50


def test_a_finding_carries_its_rule_version_source_and_day() -> None:
    made = rule(
        terms={"en": ["bad"]},
        version=3,
        alternatives={"en": ["good"]},
        references=[
            {"source": "https://example.org/list", "basis": "C", "seen": "2026-11-25"},
            {"source": "https://example.org/old", "basis": "O", "seen": "2026-11-01"},
            {"source": "https://example.org/policy", "basis": "O", "seen": "2026-11-20"},
        ],
    )
    (one,) = findings(made, "so bad")
    assert (one.rule, one.version, one.source, one.as_of) == (
        "made/rule",
        3,
        "https://example.org/policy",
        "2026-11-20",
    )
    assert (one.level, one.field, one.index, one.start, one.end, one.alternatives) == (
        "error",
        "title",
        None,
        3,
        6,
        ["good"],
    )


@pytest.mark.parametrize(
    ("given", "language", "alternatives"),
    [
        ({"substitutions": {"any": {"bad": "good"}}}, "", ["good"]),
        ({"substitutions": {"any": {"bad": "good"}}}, "en", ["good"]),
        ({"substitutions": {"any": {"bad": "good"}}}, "de", []),
        ({"substitutions": {"any": {"bad": "good"}}, "id": "own/w1"}, "de", ["good"]),
        ({"substitutions": {"de": {"bad": "gut"}}}, "de", ["gut"]),
        ({"terms": {"any": ["bad"]}, "alternatives": {"en": ["good"], "de": ["gut"]}}, "de", ["gut"]),
        ({"terms": {"any": ["bad"]}, "alternatives": {"en": ["good"]}}, "zh", []),
        ({"terms": {"zh": ["坏"]}, "alternatives": {"en": ["good"]}}, "", []),
    ],
)
def test_what_one_click_puts_in_is_of_the_texts_own_language(
    given: dict[str, Any], language: str, alternatives: list[str]
) -> None:
    """English words do not belong into a German listing."""
    (one,) = findings(rule(**given), "so bad 坏" if "坏" in str(given) else "so bad", language=language)
    assert one.alternatives == alternatives


def test_the_pack_is_another_when_a_rule_is() -> None:
    assert checker(terms("bad")).pack.version == checker(terms("bad")).pack.version
    assert checker(terms("bad")).pack.version != checker(terms("worse")).pack.version
    assert checker(terms("bad")).pack.version.startswith("2026-11-01.")


def test_the_language_told_is_believed_before_the_one_detected() -> None:
    from companion.compliance.check import Checker

    made = Checker(checker(terms("rat", language="en")).pack, lambda text: "de")
    texts = listing_texts({"title": "Rat"})
    assert made.check(texts, place()).findings == []
    assert len(made.check(texts, place(language="en")).findings) == 1
