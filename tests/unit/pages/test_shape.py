"""The shape of what was taught: read like the live page reads it, and doubting what selectors find."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import msgspec
import pytest

from companion.pages.document import Saved
from companion.pages.select import match
from companion.pages.shape import above, fits, kind_of, parts, still_fits
from companion.protocol.pages import Shape
from tests.rules import mutations

VECTORS = json.loads((Path(__file__).parents[2] / "contract" / "vectors" / "shapes.json").read_text("utf-8"))


def page(html: str) -> Saved:
    return Saved(html.encode())


def named(saved: Saved, name: str) -> Any:
    return match(saved.top, f"[data-as={name}]", saved)


@pytest.mark.parametrize("name", VECTORS["read"])
def test_kinds_surroundings_and_parts_as_in_the_live_page(name: str) -> None:
    saved = page(VECTORS["html"])
    element = named(saved, name)
    wanted = VECTORS["read"][name]
    read = {"kind": kind_of(element), "above": above(element, saved), "parts": sorted(parts(element, saved))}
    assert read == wanted


@pytest.mark.parametrize("case", VECTORS["fits"], ids=lambda case: f"{case['as']}-{case['fits']}")
def test_fits_as_in_the_live_page(case: dict[str, Any]) -> None:
    saved = page(VECTORS["html"])
    shape = msgspec.convert(case["shape"], Shape)
    assert fits(shape, named(saved, case["as"]), saved) is case["fits"]


@pytest.mark.parametrize("name", ["hashes", "classes", "wrap", "siblings"])
@pytest.mark.parametrize("seed", range(5))
def test_what_changes_overnight_does_not_change_the_shape(name: str, seed: int) -> None:
    before = page(VECTORS["html"])
    changed = page(getattr(mutations, name)(VECTORS["html"], random.Random(seed), frozenset()))
    for known in VECTORS["read"]:
        element = named(before, known)
        shape = Shape(
            field="messages.row",
            kind=kind_of(element),
            above=above(element, before),
            parts=sorted(parts(element, before)),
        )
        assert fits(shape, named(changed, known), changed), known


def test_shadow_roots_are_part_of_the_way_up() -> None:
    saved = page(
        "<main><x-composer><template shadowrootmode=open><div><textarea data-as=area></textarea></div></template>"
        "</x-composer></main>"
    )
    host = match(saved.top, "x-composer", saved)
    area = match(saved.inside[host], "textarea", saved)
    assert above(area, saved) == ["x-composer", "main"]
    assert parts(host, saved) == {"textarea"}


def test_nothing_found_is_no_misfit() -> None:
    saved = page(VECTORS["html"])
    row = Shape(field="messages.row", kind="li", above=["ul"], parts=["img"], count=2)
    assert still_fits(row, [], saved)
    assert still_fits(row, [named(saved, "row"), named(saved, "notice")], saved)
    assert not still_fits(row, [named(saved, "notice"), named(saved, "name"), named(saved, "row")], saved)
