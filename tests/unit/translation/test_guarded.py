"""Which texts an engine is asked, and in which order, until what must not change has not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from companion.translation.engines.base import Capabilities
from companion.translation.guarded import Checked, translate_guarded


@dataclass
class Listening:
    """Notes what it is asked, and answers by a function."""

    answer: Callable[[str], str]
    asked: list[str] = field(default_factory=list)
    name: str = "listening"
    destination: str = ""
    capabilities: Capabilities = field(default_factory=Capabilities)

    def translate_batch(self, texts: Sequence[str], source: str, target: str) -> list[str]:
        self.asked += texts
        return [self.answer(text) for text in texts]


def told(engine: Listening, text: str) -> Checked:
    (answer,) = translate_guarded(engine, [text], "pt", "en")  # type: ignore[arg-type]
    return answer


def test_a_time_is_shown_to_the_engine() -> None:
    """Behind a mark it could not know whether to write "at" or "on"."""
    engine = Listening(lambda text: text.replace("chega às", "arrives at").replace("pedido", "order"))
    assert told(engine, "pedido #1023 chega às 20:33").text == "order #1023 arrives at 20:33"
    assert engine.asked == ["pedido [[0]] chega às 20:33"]


def test_a_time_the_engine_changed_is_put_behind_a_mark() -> None:
    engine = Listening(lambda text: text.replace("chega às", "arrives at").replace("20:33", "8:33 pm"))
    answer = told(engine, "chega às 20:33")
    assert answer == Checked("arrives at 20:33", [])
    assert engine.asked == ["chega às 20:33", "chega às [[0]]"]


def test_a_date_grown_longer_or_said_twice_is_a_changed_one() -> None:
    for spoilt in ("12/25/2026", "112/25", "12/25 12/25"):
        engine = Listening(lambda text, spoilt=spoilt: text.replace("12/25", spoilt))  # type: ignore[misc]
        assert told(engine, "entrega 12/25 certo").text == "entrega 12/25 certo"


def test_what_even_a_mark_does_not_save_is_cut_around() -> None:
    engine = Listening(lambda text: text.replace("20:33", "8:33 pm").replace("[[0]]", "").strip())
    answer = told(engine, "chega às 20:33")
    assert answer.text == "chega às 20:33"
    assert "pieced_together" in answer.doubt
    assert engine.asked[-1] == "chega às"


def test_what_is_nothing_but_items_is_not_asked() -> None:
    engine = Listening(lambda text: "")
    assert told(engine, "R$ 50,00\nUSB_C_2, 12.5 kg") == Checked("R$ 50,00\nUSB_C_2, 12.5 kg", [])
    assert engine.asked == []
