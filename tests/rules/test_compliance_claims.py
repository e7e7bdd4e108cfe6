"""Claims as sellers of ten languages write them, and honest sentences that look like them, on the marketplaces of each.

The rules that speak of what a product does to a body, of approvals, other brands and buyers' words find every claim and
advise nothing about an honest sentence.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from companion.compliance.check import Text
from companion.compliance.place import Place

from .compliance_pack import TODAY, checker

CLAIMS: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "claims.yml").read_text("utf-8"))
TOPICS = (
    "diseases/",
    "medical/",
    "claims/",
    "approvals/",
    "compatibility/",
    "counterfeit/",
    "reviews/",
    "trademark/",
    "substances/",
)
#: Fewer of a kind would say little about a language.
FEWEST = 20


@pytest.mark.parametrize("spoken", CLAIMS, ids=lambda spoken: spoken["language"])
def test_every_claim_is_found(spoken: dict[str, Any]) -> None:
    assert len(spoken["claims"]) >= FEWEST
    assert [text for text in spoken["claims"] if not _found(spoken, text)] == []


@pytest.mark.parametrize("spoken", CLAIMS, ids=lambda spoken: spoken["language"])
def test_nothing_is_said_about_an_honest_sentence(spoken: dict[str, Any]) -> None:
    assert len(spoken["honest"]) >= FEWEST
    assert {text: found for text in spoken["honest"] if (found := _found(spoken, text))} == {}


def _found(spoken: dict[str, Any], text: str) -> list[str]:
    place = Place("listing", TODAY, spoken["marketplace"], region=spoken["region"], language=spoken["language"])
    found = checker().check([Text("description", None, text)], place).findings
    return [one.rule for one in found if one.rule.startswith(TOPICS)]
