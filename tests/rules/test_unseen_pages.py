"""Pages nobody looked at while the descriptions were written: each is read rightly, or said not to be understood."""

from __future__ import annotations

from pathlib import Path

import pytest

from .unseen_pages import PAGES, UNSEEN, differences, expected, verdict


@pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_an_unseen_page_is_read_rightly_or_said_to_be_unknown(path: Path) -> None:
    wanted = "noticed" if "noticed" in expected(path) else "right"
    assert verdict(path) == (wanted, verdict(path)[1] if wanted == "noticed" else [])


def test_most_unseen_pages_are_read() -> None:
    assert sum(1 for path in PAGES if "noticed" not in expected(path)) >= len(PAGES) * 2 / 3
    assert {path.with_suffix("") for path in UNSEEN.glob("*/*.json")} == {path.with_suffix("") for path in PAGES}


def test_what_was_said_otherwise_is_found() -> None:
    said = {"a": [{"b": 1, "c": "x"}], "d": None}
    assert list(differences({"a": [{"b": 1}]}, said, "")) == []
    assert list(differences({"a": [{"b": 2}]}, said, "")) == ["a[0].b: 1, not 2"]
    assert list(differences({"a": []}, said, "")) != []
    assert list(differences({"d": {"e": 1}}, said, "")) != []
