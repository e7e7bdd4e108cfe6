"""What is different between two versions."""

from __future__ import annotations

from companion.catalogue.compare import compare, lines, pair
from companion.catalogue.versions import ListingVersion


def version(number: int, since: float, seen_at: float, **fields: str | list[str]) -> ListingVersion:
    return ListingVersion(number, since, seen_at, [], fields)


OLD = version(1, 10.0, 20.0, title="Basket", bullets=["Folds", "Grey"], description="One\nTwo\nThree", price="9")
NEW = version(2, 30.0, 40.0, title="Basket", bullets=["Folds", "Blue", "Light"], description="One\nThree", stock="4")


def test_only_what_changed_is_told_line_by_line_in_the_usual_order() -> None:
    found = compare(OLD, NEW)
    assert (found.older, found.newer, found.older_seen, found.newer_seen) == (1, 2, (10.0, 20.0), (30.0, 40.0))
    told = {each.field: [f"{line.sign}{line.text}" for line in each.lines] for each in found.changes}
    assert list(told) == ["bullets", "description", "price", "stock"]
    assert told["bullets"] == [" Folds", "-Grey", "+Blue", "+Light"]
    assert told["description"] == [" One", "-Two", " Three"]
    assert told["price"] == ["-9"]
    assert told["stock"] == ["+4"]


def test_the_latest_two_unless_others_are_named() -> None:
    third = version(3, 50.0, 60.0)
    versions = [third, NEW, OLD]
    assert pair(versions) == (NEW, third)
    assert pair(versions, older=1) == (OLD, third)
    assert pair(versions, newer=2) == (OLD, NEW)
    assert pair(versions, older=1, newer=2) == (OLD, NEW)
    assert pair(versions, older=7) is None
    assert pair([OLD]) is None
    assert pair([]) is None


def test_the_same_lines_are_no_change() -> None:
    assert [line.sign for line in lines(["a", "b"], ["a", "b"])] == [" ", " "]
    assert lines([], []) == []
