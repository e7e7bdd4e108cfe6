"""What was seen when: looks in any order tell the same, and nothing seen is lost by a page that shows less."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.conversations import Archive
from companion.conversations.looks import MOST_SPANS, Look
from companion.conversations.observed import Span, current, noted


def after(looks: list[tuple[float, str]]) -> list[Span]:
    """The spans after looks at a field."""
    spans: list[Span] = []
    for number, (at, value) in enumerate(looks, 1):
        made = noted(spans, value, at)
        if made is None:
            continue
        spans = [span for span in spans if span.id != made.id or not made.id]
        spans.append(made if made.id else Span(number, made.value, made.since, made.seen_at))
        spans.sort(key=lambda span: (span.since, span.id))
    return spans


def test_a_value_lasts_from_its_first_look_to_its_last() -> None:
    spans = after([(1, "open"), (2, "open"), (5, "shipped"), (9, "shipped")])
    assert [(span.value, span.since, span.seen_at) for span in spans] == [("open", 1, 2), ("shipped", 5, 9)]
    found = current(spans)
    assert found is not None
    assert found.value == "shipped"


def test_an_older_look_that_comes_later_changes_nothing_that_is_newer() -> None:
    spans = after([(5, "shipped"), (1, "open"), (3, "open"), (4, "shipped")])
    assert [(span.value, span.since, span.seen_at) for span in spans] == [("open", 1, 3), ("shipped", 4, 5)]


@given(st.lists(st.tuples(st.integers(1, 9).map(float), st.sampled_from("ab")), min_size=1, max_size=5))
def test_every_look_is_told_by_some_span_and_the_latest_is_current(looks: list[tuple[float, str]]) -> None:
    by_time = dict(looks)  # one value a moment
    for order in list(permutations(by_time.items()))[:24]:
        spans = after(list(order))
        for at, value in by_time.items():
            assert any(span.value == value and span.since <= at <= span.seen_at for span in spans)
        last = current(spans)
        assert last is not None
        assert last.value == by_time[max(by_time)]


def look(ref: str = "113-1", shop: str = "", **values: str) -> Look:
    return Look(marketplace="amazon", region="US", shop=shop, ref=ref, values=values, page="amazon/order")


def test_what_a_page_does_not_show_takes_nothing_away(archive: Archive) -> None:
    archive.facts.note("order", [look(status="open", tracking="")], 1.0)
    archive.facts.note("order", [look(status="", tracking="T1")], 2.0)
    [found] = archive.facts.named("order", "113-1")
    assert {field: spans[-1].value for field, spans in found.fields.items()} == {"status": "open", "tracking": "T1"}
    assert (found.first_seen_at, found.seen_at) == (1.0, 2.0)
    archive.facts.note("order", [look(status="", tracking="T1")], 2.0)
    assert archive.facts.named("order", "113-1") == [found]


def test_a_page_without_a_shop_means_the_one_shop_that_has_the_order(archive: Archive) -> None:
    archive.facts.note("order", [look(status="open")], 1.0)
    archive.facts.note("order", [look(shop="A1", status="shipped")], 2.0)
    archive.facts.note("order", [look(status="delivered")], 3.0)
    [found] = archive.facts.named("order", "113-1")
    assert (found.shop, [span.value for span in found.fields["status"]]) == ("A1", ["open", "shipped", "delivered"])
    archive.facts.note("order", [look(shop="B2", status="x")], 4.0)
    assert [one.shop for one in archive.facts.named("order", "113-1")] == ["A1", "B2"], (
        "another shop's order of that number"
    )
    archive.facts.note("listing", [look(title="t")], 4.0)
    assert len(archive.facts.newest("order", 100)) == 2


def test_a_page_that_shows_another_value_at_each_look_is_bounded(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert MOST_SPANS == 500
    monkeypatch.setattr("companion.conversations.looks.MOST_SPANS", 3)
    for at in range(6):
        archive.facts.note("order", [look(status=f"v{at}")], float(at))
    assert len(archive.facts.newest("order", 100)[0].fields["status"]) == 3
