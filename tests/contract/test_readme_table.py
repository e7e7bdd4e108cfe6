"""The READMEs' table of marketplaces says what the rules say, and the rules keep the words of quality."""

from __future__ import annotations

from companion.marketplaces import load, rules_dir
from companion.marketplaces.quality import READMES, quality, stale


def test_the_tables_are_generated() -> None:
    found = [path.name for path, _ in stale(rules_dir().parent)]
    assert found == [], "run python -m companion.marketplaces.quality --write"


def test_every_marketplace_stands_in_every_table() -> None:
    titles = [marketplace.title for marketplace in load().marketplaces]
    for name in READMES:
        readme = (rules_dir().parent / name).read_text("utf-8")
        assert [title for title in titles if f"| {title} |" not in readme] == []


def test_what_is_done_rests_on_a_source_and_names_its_day() -> None:
    for marketplace in load().marketplaces:
        for one in quality(marketplace):
            if one.state == "done":
                assert len(one.source) >= 10, f"{marketplace.name}: {one.kind}"
                assert one.trust in ("high", "medium"), f"{marketplace.name}: {one.kind}"
            if one.pages:
                assert one.checked, f"{marketplace.name}: {one.kind}"
