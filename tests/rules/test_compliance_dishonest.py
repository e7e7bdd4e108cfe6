"""Texts of sellers who try to get round the rules: the whole pack together finds every one of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from companion.compliance.check import Text
from companion.compliance.place import Place

from .compliance_pack import TODAY, checker

TEXTS: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "dishonest.yml").read_text("utf-8"))


@pytest.mark.parametrize("entry", TEXTS, ids=lambda entry: entry["text"][:40])
def test_a_disguise_is_seen_through(entry: dict[str, Any]) -> None:
    field = "text" if entry["target"] == "message" else "description"
    region = entry.get("region", "")
    place = Place(entry["target"], TODAY, entry["marketplace"], region=region, language=entry["language"])
    found = checker().check([Text(field, None, entry["text"])], place).findings
    assert (entry["rule"], entry["level"]) in {(one.rule, one.level) for one in found}
