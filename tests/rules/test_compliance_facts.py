"""Every known fact is a rule or rejected with a reason, and none is used twice."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from pathlib import Path

import yaml

from companion.compliance import loader

from .compliance_pack import shipped

HERE = Path(__file__).parent
REJECTED = loader.shipped() / "rejected.yml"
SHORTEST_REASON = 40


def test_every_fact_is_a_rule_or_rejected() -> None:
    assert known() - {_whole(one) for one in placed()} == set()


def test_no_fact_is_made_up() -> None:
    assert {_whole(one) for one in placed()} - known() == set()


def test_no_fact_is_used_twice() -> None:
    assert [one for one, count in Counter(placed()).items() if count > 1] == []


def test_a_fact_is_used_whole_or_in_several_parts() -> None:
    parts: dict[str, list[str]] = {}
    for one in placed():
        parts.setdefault(_whole(one), []).append(one)
    assert [each for whole, each in parts.items() if (len(each) > 1) != all("/" in one for one in each)] == []


def test_every_rejection_says_why() -> None:
    for entry in yaml.safe_load(REJECTED.read_text("utf-8")):
        assert set(entry) == {"facts", "reason"}
        assert len(entry["reason"]) >= SHORTEST_REASON, entry["facts"]


def test_every_shipped_rule_names_its_facts() -> None:
    assert [rule.id for rule in shipped()[0].rules if not rule.facts] == []


def known() -> set[str]:
    counts = yaml.safe_load((HERE / "compliance_facts.yml").read_text("utf-8"))
    return {
        f"{letters}{at:02}" for kind in counts.values() for letters, most in kind.items() for at in range(1, most + 1)
    }


@lru_cache(1)
def placed() -> list[str]:
    rejected = yaml.safe_load(REJECTED.read_text("utf-8"))
    return [
        *(one for rule in shipped()[0].rules for one in rule.facts),
        *(one for entry in rejected for one in entry["facts"]),
    ]


def _whole(fact: str) -> str:
    return fact.partition("/")[0]
