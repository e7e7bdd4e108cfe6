"""Texts of sellers who try to get round the rules: the whole pack together finds every one of them.

Known to stay unseen, because what finds them would find honest texts too: a number whose parts other words stand
between ("138 老板 0013 发 8000" is built as "150元 2000张 3000次" is); digits in words and figures that only fall or
rise, as sizes do ("onze nove 8 7 seis 5"). Letters drawn out or doubled ("whaaatsapp", "wwhhaatts") are not undone.
"""

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
