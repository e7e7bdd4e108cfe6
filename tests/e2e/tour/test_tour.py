"""The guided tour is true: it ends with 0 when everything happened, and says so when something did not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partialmethod
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from companion.locales import text
from companion.practice.tour import run
from companion.practice.tour.hands import Hands
from companion.practice.tour.scenes import SCENES

from ..companion_process import CompanionProcess
from ..conftest import free_port

if TYPE_CHECKING:
    from playwright.sync_api import Playwright

pytestmark = pytest.mark.e2e


@pytest.fixture
def companion(tmp_path: Path) -> Iterator[CompanionProcess]:
    process = CompanionProcess(tmp_path, free_port())
    process.start()
    yield process
    process.stop()


Play = Callable[..., tuple[int, list[str]]]


@pytest.fixture
def play(playwright: Playwright, extension: Path, tmp_path: Path) -> Play:
    """Plays the tour; gives its outcome and what it said."""

    def playing(companion: Any, locale: str = "both") -> tuple[int, list[str]]:
        said: list[str] = []
        done = run(
            companion,
            extension=extension,
            profile=tmp_path / "profile",
            out=tmp_path / "out",
            say=said.append,
            locale=locale,
            playwright=playwright,
        )
        return done, said

    return playing


def test_everything_happens_in_five_languages(companion: CompanionProcess, play: Play, tmp_path: Path) -> None:
    done, said = play(companion)
    assert done == 0, "\n".join(said)
    assert not any("✗" in line for line in said)
    threads = companion.call("thread.list", {"limit": 100})["threads"]
    assert {thread["language"] for thread in threads} == {"en", "es", "pt", "ja", "th"}
    assert not any(message["ambiguous"] for message in messages(companion, threads))
    for locale in ("zh_CN", "en"):
        for number, scene in enumerate(SCENES, 1):
            assert (tmp_path / "out" / f"{locale}-{number}-{scene.buyer}.png").stat().st_size > 20_000


def messages(companion: CompanionProcess, threads: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        message
        for thread in threads
        for message in companion.call("thread.messages", {"thread_id": thread["id"], "limit": 200})["messages"]
    ]


def test_a_step_that_does_not_happen_ends_the_tour(
    companion: CompanionProcess, play: Play, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Hands.translation_of

    def briefly(hands: Hands, text: str) -> str:
        """As ever, but patient for 3 s; the steps before it keep all their time."""
        with monkeypatch.context() as patch:
            patch.setattr(Hands, "until", partialmethod(Hands.until, patience_s=3.0))
            return real(hands, text)

    monkeypatch.setattr(Hands, "translation_of", briefly)
    companion.call("settings.set", {"translate_incoming": False})
    done, said = play(companion, "zh_CN")
    assert done == 1
    reads = text("tour_step_reads", "zh_CN")
    assert f"  ✗ {reads}" in said
    assert any(reads in line and "failed.png" in line for line in said[-1:])
    assert (tmp_path / "out" / "failed.png").exists()


class OtherDigits:
    """A companion whose window shows other digits than the extension: somebody is in between."""

    def __init__(self, real: CompanionProcess) -> None:
        self.real = real
        self.port = real.port
        self.refused = 0

    def call(self, method: str, params: dict[str, Any] | None = None) -> Any:
        answer = self.real.call(method, params)
        if method == "pairing.pending" and answer:
            answer = {**answer, "digits": "000000" if answer["digits"] != "000000" else "000001"}
        self.refused += method == "pairing.refuse"
        assert method != "pairing.confirm"
        return answer


def test_other_digits_are_refused_not_confirmed(companion: CompanionProcess, play: Play) -> None:
    between = OtherDigits(companion)
    done, said = play(between, "en")
    assert done == 1
    assert between.refused == 1
    assert companion.call("pairing.list")["keys"] == []
    assert f"  ✗ {text('tour_step_pair', 'en')}" in said
