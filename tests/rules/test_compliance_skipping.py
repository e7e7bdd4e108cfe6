"""What is left untried for speed would have found nothing: patterns without anchors, detectors without signs."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.compliance.detect import DETECTORS, detected
from companion.compliance.folding import fold
from companion.compliance.rule import Case
from companion.compliance.scan import scan

from .compliance_pack import checker, shipped
from .test_compliance_clean import FILES, entries

DISHONEST = Path(__file__).parent / "dishonest.yml"
PACK = checker().pack


@lru_cache(1)
def texts() -> tuple[str, ...]:
    """All honest and dishonest texts, and the cases of all rules."""
    written = [entry for path in FILES for entry in entries(path)] + yaml.safe_load(DISHONEST.read_text("utf-8"))
    cases = [case for rule in shipped()[0].rules for case in (*rule.cases.hit, *rule.cases.miss)]
    return tuple(
        [text for entry in written for text in _strings(entry)]
        + [text for case in cases for text in ([case] if isinstance(case, str) else _of_case(case))]
    )


def test_every_pattern_that_fits_is_tried() -> None:
    for text in texts()[::4]:
        assert untried(text) == []


def test_every_detector_that_finds_something_is_asked() -> None:
    for text in texts():
        assert unasked(text) == []


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=4), st.text(" -.,@1２é\u200b", max_size=3))
def test_pieces_of_them_joined_are_no_exception(some: list[int], between: str) -> None:
    text = between.join(texts()[at % len(texts())][at % 7 : 60 + at % 50] for at in some)
    assert untried(text) == []
    assert unasked(text) == []


def untried(text: str) -> list[str]:
    """Patterns that fit somewhere in a text whose scan says that they need not be tried."""
    made = scan(PACK, text)
    return [
        pattern.regex.pattern
        for at, ready in enumerate(PACK.rules)
        for number, pattern in enumerate(ready.patterns)
        if pattern.anchors and (at, number) not in made.anchors and pattern.regex.search(made.text.exact)
    ]


def unasked(text: str) -> list[str]:
    """Detectors that find something else when they are asked than when their signs decide."""
    exact = fold(text).exact
    found = detected(DETECTORS, exact)
    return [name for name, find in DETECTORS.items() if find(exact) != found.get(name, [])]


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _strings(inner)


def _of_case(case: Case) -> Iterator[str]:
    yield from _strings([case.text, case.fields])
