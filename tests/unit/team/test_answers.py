"""Two seats that see the same message pay for it once; trouble with what they share stops no translation."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from companion.protocol.errors import ErrorCode, SeabridgeError
from companion.protocol.methods.translate import TranslateItem
from companion.team import answers as rows
from companion.team.team import Team
from companion.translation import paid
from companion.translation.asking import Asking
from companion.translation.cache import TranslationCache
from companion.translation.chain import Chain
from companion.translation.choice import Order
from companion.translation.jobs import Job, job_of
from companion.translation.paid import Answers, PaidOnce
from companion.translation.remote.build import build
from companion.translation.remote.config import configured
from companion.translation.remote.context import NOTHING
from companion.translation.remote.usage import Usage
from tests.unit.translation.remote.stand_in import StandIn, serving

from .conftest import Seats


@pytest.fixture
def service() -> Iterator[StandIn]:
    with serving(StandIn()) as stand:
        yield stand


def asking(service: StandIn, answers: Answers) -> Asking:
    engine = build(configured("paid", {"kind": "libretranslate", "base_url": service.url}), str, Usage())
    chain = Chain(lambda: {"paid": engine}, lambda: Order(default=("paid",)))
    return Asking(chain, TranslationCache(None), paid=PaidOnce(answers, wait_s=5))


def ask(seat: Asking, *texts: str) -> list[str]:
    jobs: list[Job] = [job_of(TranslateItem(ref=text, text=text), "en", "zh", "") for text in texts]
    seat.ask(jobs, "", lambda: NOTHING, True)
    return [job.done.text if job.done else "" for job in jobs]


def both(service: StandIn, seats: Seats) -> tuple[Asking, Asking, Team]:
    lin, mei = seats("lin"), seats("mei")
    return asking(service, lin.paid_answers), asking(service, mei.paid_answers), lin


def test_what_a_colleague_asked_is_not_asked_again(service: StandIn, seats: Seats) -> None:
    lin, mei, team = both(service, seats)
    assert ask(lin, "Where is it?", "Hello\0", "Where is it?") == ["<Where is it?>", "<Hello\0>", "<Where is it?>"]
    assert ask(mei, "Where is it?", "Is it red?") == ["<Where is it?>", "<Is it red?>"]
    assert ask(mei, "Hello\0") == ["<Hello�>"]
    assert service.texts() == ["Where is it?", "Hello\0", "Is it red?"]
    team.paid_answers.clear()
    again = asking(service, team.paid_answers)
    assert ask(again, "Where is it?") == ["<Where is it?>"]
    assert service.texts()[-1] == "Where is it?", "what was forgotten is asked anew"


def test_what_a_colleague_asks_at_this_moment_is_waited_for(
    service: StandIn, seats: Seats, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paid, "_LOOK_S", 0.01)
    lin, mei, _ = both(service, seats)
    begun, go_on = threading.Event(), threading.Event()

    def slowly(text: str) -> str:
        begun.set()
        assert go_on.wait(10)
        return f"<{text}>"

    service.translate = slowly
    waited = threading.Event()
    wait = mei.paid.wait if mei.paid else None
    assert wait is not None

    class Watched(PaidOnce):
        def wait(self, keys: Collection[str]) -> dict[str, tuple[str, list[str]]]:
            waited.set()
            return wait(keys)

    mei.paid = Watched(mei.paid.answers) if mei.paid else None
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(ask, lin, "Where is it?")
        assert begun.wait(10)
        second = pool.submit(ask, mei, "Where is it?")
        assert waited.wait(10)
        go_on.set()
        assert first.result(10) == second.result(10) == ["<Where is it?>"]
    assert service.texts() == ["Where is it?"]


def test_a_colleague_who_gets_no_answer_leaves_it_to_the_others(service: StandIn, seats: Seats) -> None:
    lin, mei, team = both(service, seats)
    service.wrong = [401]
    assert ask(lin, "Where is it?") == [""]
    service.wrong = []
    assert ask(mei, "Where is it?") == ["<Where is it?>"]
    known, ours = team.paid_answers.take(["a", "b"])
    assert (known, ours) == ({}, {"a", "b"})
    assert team.paid_answers.take(["a"]) == ({}, frozenset()), "another window of the same seat waits too"


def test_a_seat_that_dies_while_it_asks_is_not_waited_for_for_ever(
    service: StandIn, seats: Seats, monkeypatch: pytest.MonkeyPatch
) -> None:
    lin, mei = seats("lin"), seats("mei")
    monkeypatch.setattr(rows, "_ASKING_S", -1.0)
    assert lin.paid_answers.take(["k"]) == ({}, {"k"})
    assert mei.paid_answers.take(["k"]) == ({}, {"k"})
    lin.paid_answers.give_back(["k"])
    mei.paid_answers.put({"k": ("text", ["doubt"])})
    assert lin.paid_answers.take(["k"]) == ({"k": ("text", ["doubt"])}, frozenset())


def test_without_the_database_every_seat_asks_for_itself(service: StandIn) -> None:
    class Away:
        def take(self, keys: Collection[str]) -> None:
            raise SeabridgeError(ErrorCode.DATABASE_AWAY, where="x")

        known = put = give_back = take

    assert ask(asking(service, Away()), "Where is it?") == ["<Where is it?>"]  # type: ignore[arg-type]
    service.wrong = [401]
    assert ask(asking(service, Away()), "Hello") == [""]  # type: ignore[arg-type]
