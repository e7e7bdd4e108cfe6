"""Stars: a value that is the number of what a person sees in a row."""

from __future__ import annotations

import pytest

from companion.marketplaces.checks import faults
from companion.marketplaces.loader import load
from companion.pages.document import Saved
from companion.pages.read import read_row
from companion.pages.select import match
from companion.protocol.pages import Read, ReviewsPage

STARS = [Read(css="i.on", count=True), Read(css=".score")]


@pytest.mark.parametrize(
    ("row", "rating"),
    [
        ("<i class=on></i><i class=on></i><i></i>", "2"),
        ("<i class=on></i><i class=on hidden></i><b class=score>5</b>", "1"),
        ("<i></i><b class=score>4,5</b>", "4,5"),
        ("<i></i>", ""),
    ],
)
def test_what_is_seen_is_counted_and_nothing_is_no_number(row: str, rating: str) -> None:
    saved = Saved(f"<html><body><p>{row}</p><p><i class=on></i></p></body></html>".encode())
    assert read_row(match(saved.top, "p", saved), saved.top, STARS) == rating


@pytest.mark.parametrize("more", [{"attr": "alt"}, {"pattern": "x"}], ids=str)
def test_a_count_is_nothing_else(more: dict[str, str]) -> None:
    import msgspec

    rakuten = next(one for one in load().marketplaces if one.name == "rakuten")
    page = next(one for one in rakuten.pages if isinstance(one, ReviewsPage))
    rows = msgspec.structs.replace(page.rows, rating=[Read(css="img", count=True, **more)])
    found = list(faults(msgspec.structs.replace(page, rows=rows)))
    assert [place for place, _ in found] == [("rows", "rating", 0, "count")]
