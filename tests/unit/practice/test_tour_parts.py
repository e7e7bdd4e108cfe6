"""What the tour accepts as having happened, without a browser."""

from __future__ import annotations

from typing import Any

import pytest

from companion.locales import catalogue
from companion.practice.cast import buyers
from companion.practice.tour.hands import covered, judge, touches
from companion.practice.tour.play import locales_of
from companion.practice.tour.scenes import SCENES
from companion.practice.tour.transcript import StepFailed, Transcript


def box(x: float, y: float, width: float, height: float) -> dict[str, float]:
    return {"x": x, "y": y, "width": width, "height": height}


def seen(**changes: Any) -> dict[str, Any]:
    usual = {
        "text": "订单 576461890213347221 什么时候发货？",
        "row": box(0, 100, 600, 40),
        "words": box(20, 105, 200, 20),
        "beside": box(240, 102, 220, 22),
    }
    return {**usual, **changes}


SAID = "When will order 576461890213347221 ship?"


def test_a_good_translation_is_good() -> None:
    assert judge(SAID, seen()) == ("", "订单 576461890213347221 什么时候发货？")
    assert judge(SAID, seen(beside=box(20, 126, 200, 20)))[0] == "", "below its bubble"
    assert judge(SAID, seen(beside=box(20, 143, 200, 20)))[0] == "", "right under the row"


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"text": "When will it ship?"}, "not Chinese"),
        ({"text": "订单什么时候发货？"}, "lost ['576461890213347221']"),
        ({"beside": box(20, 300, 200, 20)}, "not beside its bubble"),
        ({"beside": box(20, 126, 0, 0)}, "not beside its bubble"),
        ({"beside": box(20, 104, 200, 20)}, "lies on top of the original"),
    ],
)
def test_what_is_wrong_is_said(changes: dict[str, Any], why: str) -> None:
    assert judge(SAID, seen(**changes))[0] == why


def test_nothing_there_is_nothing() -> None:
    assert judge(SAID, None) == ("no translation", "")


def test_boxes() -> None:
    assert touches(box(0, 0, 10, 10), box(0, 21, 20, 10))
    assert not touches(box(0, 0, 10, 10), box(0, 23, 20, 10))
    assert covered(box(0, 0, 10, 10), box(5, 0, 10, 10)) == 0.5
    assert covered(box(0, 0, 10, 10), box(10, 0, 10, 10)) == 0.0
    assert covered(box(0, 0, 0, 0), box(0, 0, 10, 10)) == 0.0


def test_a_step_counts_only_when_it_ends_well() -> None:
    said: list[str] = []
    log = Transcript("en", said.append)
    with log.step("sends"):
        pass
    assert log.steps == 1
    with pytest.raises(StepFailed, match="nobody home"), log.step("reacts"):
        raise ValueError("nobody home\nsecond line")
    assert log.steps == 1
    assert said[0].startswith("  ✓ The page's own Send")
    assert said[1] == "  ✗ The buyer reacts"


def test_every_text_of_the_tour_exists_in_both_locales() -> None:
    keys = {f"tour_language_{buyers()[scene.buyer].language}" for scene in SCENES}
    keys |= {f"tour_place_{scene.place}" for scene in SCENES}
    assert keys <= set(catalogue())
    for key, entry in catalogue().items():
        if key.startswith(("tour_", "practice_")):
            assert entry["zh_CN"], key
            assert entry["en"], key


def test_the_tour_speaks_five_languages_on_three_kinds_of_page() -> None:
    assert len({buyers()[scene.buyer].language for scene in SCENES}) == 5
    assert {scene.place for scene in SCENES} == {"tiktok", "webchat", "mini", "portal"}
    assert sum(bool(scene.careless) for scene in SCENES) == 1


def test_pictures_in_both_locales_unless_one_is_chosen() -> None:
    assert locales_of("both") == ("zh_CN", "en")
    assert locales_of("en") == ("en",)
