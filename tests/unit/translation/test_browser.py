"""The browser's own translator, asked over a connection: what it may say, when, and what happens when it goes away."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import msgspec
import pytest

from companion.protocol import ErrorCode, SeabridgeError
from companion.protocol.methods.browser import (
    MOST_TEXTS,
    BrowserAnswerParams,
    BrowserAsked,
    BrowserOfferParams,
    BrowserPair,
    BrowserProblem,
    PairState,
)
from companion.protocol.methods.engines import EnginesOrderParams, EnginesTestParams
from companion.protocol.methods.translate import Translated, TranslateItem
from companion.protocol.version import MAX_FRAME
from companion.runtime.documents import Documents
from companion.translation.browsers import MOST_OPEN, Browsers
from companion.translation.engines.browser import LONGEST_TEXT, MOST_BYTES, BrowserEngine
from companion.translation.phrasebook.book import Phrasebook
from companion.translation.service import Translator
from companion.translation.setup import EngineSetup
from companion.translation.wording import Place

from .test_choice import Memory, Toy


class Connection:
    """A browser at the other end. ``says`` makes the answer to a question; None = it stays silent."""

    def __init__(self, browsers: Browsers, name: str = "Chrome/156") -> None:
        self.browsers = browsers
        self.name = name
        self.asked: list[BrowserAsked] = []
        self.heard = threading.Event()
        self.says: Callable[[BrowserAsked], BrowserAnswerParams | None] = self.translated
        self.taken: list[bool] = []

    @staticmethod
    def translated(asked: BrowserAsked) -> BrowserAnswerParams:
        return BrowserAnswerParams(id=asked.id, texts=[f"译：{text}" for text in asked.texts])

    def offer(self, has: bool = True, **states: PairState) -> Connection:
        pairs = [BrowserPair(source=key[:2], target=key[2:], state=state) for key, state in states.items()]
        self.browsers.offer(self, BrowserOfferParams(has=has, browser=self.name, pairs=pairs), self.push)
        return self

    def push(self, topic: str, data: msgspec.Struct) -> None:
        assert topic == "browser.translate"
        asked = cast(BrowserAsked, data)
        msgspec.json.decode(msgspec.json.encode(asked), type=BrowserAsked)  # as the other side would read it
        self.asked.append(asked)
        told = self.says(asked)
        if told is not None:
            self.taken.append(self.browsers.answer(self, told))
        self.heard.set()


def silent(_asked: BrowserAsked) -> None:
    return None


def refuses(problem: BrowserProblem) -> Callable[[BrowserAsked], BrowserAnswerParams]:
    return lambda asked: BrowserAnswerParams(id=asked.id, problem=problem)


@pytest.fixture
def browsers() -> Browsers:
    return Browsers()


def asking(browsers: Browsers, **more: Any) -> Callable[[], list[str] | SeabridgeError]:
    """Ask in another thread; what is returned waits for the outcome."""
    outcome: list[list[str] | SeabridgeError] = []

    def work() -> None:
        try:
            outcome.append(browsers.ask(["hola"], "es", "zh", 10, **more))
        except SeabridgeError as exc:
            outcome.append(exc)

    thread = threading.Thread(target=work)
    thread.start()

    def wait() -> list[str] | SeabridgeError:
        thread.join(10)
        return outcome[0]

    return wait


def code_of(ask: Callable[[], object]) -> ErrorCode:
    with pytest.raises(SeabridgeError) as caught:
        ask()
    return caught.value.code


# -- questions and answers --------------------------------------------------------------------------------------------


def test_a_question_is_answered_in_order(browsers: Browsers) -> None:
    one = Connection(browsers).offer(eszh="available")
    assert browsers.ask(["hola", "adiós"], "es", "zh", 10) == ["译：hola", "译：adiós"]
    assert (one.asked[0].source, one.asked[0].target, one.asked[0].within_ms) == ("es", "zh", 10_000)
    assert one.taken == [True]


def test_without_a_browser_there_is_nothing_to_wait_for(browsers: Browsers) -> None:
    assert code_of(lambda: browsers.ask(["hola"], "es", "zh", 10)) is ErrorCode.BROWSER_AWAY
    Connection(browsers).offer(has=False, eszh="available")
    assert not browsers.connected(), "one without a translator is none"
    assert code_of(lambda: browsers.ask(["hola"], "es", "zh", 10)) is ErrorCode.BROWSER_AWAY


def test_a_late_answer_is_nobodys(browsers: Browsers) -> None:
    one = Connection(browsers).offer()
    one.says = silent
    assert code_of(lambda: browsers.ask(["hola"], "es", "zh", 0.01)) is ErrorCode.TIMEOUT
    assert browsers.answer(one, one.translated(one.asked[0])) is False
    one.says = one.translated
    assert browsers.ask(["adiós"], "es", "zh", 10) == ["译：adiós"], "and spoils no later question"


def test_wrong_ids_and_second_answers_are_not_taken(browsers: Browsers) -> None:
    one = Connection(browsers).offer()

    def says(asked: BrowserAsked) -> BrowserAnswerParams:
        assert browsers.answer(one, BrowserAnswerParams(id=asked.id + "0", texts=["wrong"])) is False
        assert browsers.answer(one, BrowserAnswerParams(id=asked.id, texts=["first"])) is True
        return BrowserAnswerParams(id=asked.id, texts=["second"])

    one.says = says
    assert browsers.ask(["hola"], "es", "zh", 10) == ["first"]
    assert one.taken == [False]


def test_only_the_browser_that_was_asked_may_answer(browsers: Browsers) -> None:
    one, other = Connection(browsers).offer(), Connection(browsers)

    def says(asked: BrowserAsked) -> BrowserAnswerParams:
        assert browsers.answer(other, BrowserAnswerParams(id=asked.id, texts=["forged"])) is False
        return BrowserAnswerParams(id=asked.id, texts=["honest"])

    one.says = says
    assert browsers.ask(["hola"], "es", "zh", 10) == ["honest"]


@pytest.mark.parametrize("texts", [[], ["one", "too many"]])
def test_an_answer_with_another_number_of_texts_is_a_failure(browsers: Browsers, texts: list[str]) -> None:
    one = Connection(browsers).offer()
    one.says = lambda asked: BrowserAnswerParams(id=asked.id, texts=texts)
    assert code_of(lambda: browsers.ask(["hola"], "es", "zh", 10)) is ErrorCode.ENGINE_FAILED


@pytest.mark.parametrize("problem", ["browser_model", "busy", "timeout", "too_large", "engine_failed"])
def test_the_browsers_own_reason_is_passed_on(browsers: Browsers, problem: BrowserProblem) -> None:
    Connection(browsers).offer().says = refuses(problem)
    assert code_of(lambda: browsers.ask(["hola"], "es", "zh", 10)) == problem


@pytest.mark.parametrize(
    "fields",
    [
        {"id": "1", "texts": ["x" * 20_001]},
        {"id": "1", "texts": ["x"] * 33},
        {"id": "1", "texts": [1]},
        {"id": "1", "problem": "browser_away"},
        {"id": "a b"},
    ],
)
def test_an_answer_beyond_all_bounds_never_gets_in(fields: dict[str, Any]) -> None:
    with pytest.raises(msgspec.DecodeError):
        msgspec.json.decode(msgspec.json.encode(fields), type=BrowserAnswerParams)


def test_a_closed_connection_is_heard_of_at_once(browsers: Browsers) -> None:
    one, other = Connection(browsers).offer(), Connection(browsers).offer()
    one.says = other.says = silent
    first, second = asking(browsers, prefer=one), asking(browsers, prefer=other)
    assert one.heard.wait(20)
    assert other.heard.wait(20)
    browsers.gone(one)
    failed = first()
    assert isinstance(failed, SeabridgeError)
    assert failed.code is ErrorCode.BROWSER_AWAY
    assert browsers.answer(one, one.translated(one.asked[0])) is False
    assert browsers.answer(other, other.translated(other.asked[0])) is True, "the other browser's question stands"
    assert second() == ["译：hola"]


def test_a_browser_is_not_buried_under_questions(browsers: Browsers) -> None:
    one = Connection(browsers).offer()
    one.says = silent
    waiting = [asking(browsers) for _ in range(MOST_OPEN)]
    while len(one.asked) < MOST_OPEN:
        one.heard.wait(0.01)
    assert code_of(lambda: browsers.ask(["hola"], "es", "zh", 10)) is ErrorCode.BUSY
    browsers.gone(one)
    assert all(isinstance(wait(), SeabridgeError) for wait in waiting)


# -- which browser ----------------------------------------------------------------------------------------------------


def test_the_browser_whose_seller_waits_is_asked_first(browsers: Browsers) -> None:
    one, other = (Connection(browsers, name).offer(eszh="available") for name in ("Chrome/156", "Edge/150"))
    browsers.ask(["hola"], "es", "zh", 10, prefer=other)
    assert (len(one.asked), len(other.asked)) == (0, 1)
    assert browsers.maker("es", "zh", other) == "Edge/150"
    other.offer(eszh="downloadable")
    browsers.ask(["hola"], "es", "zh", 10, prefer=other)
    assert (len(one.asked), len(other.asked)) == (1, 1), "unless it does not have the languages"
    assert browsers.maker("es", "zh", other) == "Chrome/156"


def test_one_that_has_the_languages_comes_before_one_that_was_never_asked(browsers: Browsers) -> None:
    unknown, knows = Connection(browsers).offer(), Connection(browsers).offer(eszh="available")
    browsers.ask(["hola"], "es", "zh", 10)
    assert (len(unknown.asked), len(knows.asked)) == (0, 1)


def test_what_is_not_downloaded_is_not_asked_for(browsers: Browsers) -> None:
    one = Connection(browsers).offer(vizh="downloadable", eszh="available", thzh="unavailable", ruzh="downloading")
    engine = BrowserEngine(browsers)
    assert engine.pairs() == {("es", "zh")}
    assert [engine.missing(code, "zh") for code in ("vi", "th", "ru")] == [
        [("vi", "zh")],
        [("th", "zh")],
        [("ru", "zh")],
    ]
    assert engine.missing("es", "zh-CN") == []
    assert engine.missing("ja", "zh") == [], "what the browser was not asked about yet is worth a try"
    assert code_of(lambda: browsers.ask(["xin chào"], "vi", "zh", 10)) is ErrorCode.BROWSER_MODEL
    assert one.asked == []


# -- batches ----------------------------------------------------------------------------------------------------------


def test_batches_fit_a_frame_and_stay_in_order(browsers: Browsers) -> None:
    one = Connection(browsers).offer()
    texts = ["买" * 6_000] * 7 + [f"line {n}" for n in range(70)]
    assert BrowserEngine(browsers).translate_batch(texts, "zh", "en") == [f"译：{text}" for text in texts]
    assert sum(len(asked.texts) for asked in one.asked) == len(texts)
    for asked in one.asked:
        assert len(asked.texts) <= MOST_TEXTS
        assert sum(len(text.encode()) for text in asked.texts) <= MOST_BYTES
        assert len(msgspec.json.encode(asked)) < MAX_FRAME


def test_hostile_texts_come_through_as_text(browsers: Browsers) -> None:
    Connection(browsers).offer()
    hostile = ["<img src=x onerror=alert(1)>", "\u0000\u202e\ud7ff", "{{id}}", "\\", '"', "", "a" * LONGEST_TEXT]
    one = BrowserEngine(browsers)
    assert one.translate_batch(hostile, "en", "zh")[0] == "译：<img src=x onerror=alert(1)>"
    assert code_of(lambda: one.translate_batch(["a" * (LONGEST_TEXT + 1)], "en", "zh")) is ErrorCode.TOO_LARGE


def test_a_batch_has_one_time_for_all_its_questions(browsers: Browsers) -> None:
    one = Connection(browsers).offer()
    now = [0.0]

    def slow(asked: BrowserAsked) -> BrowserAnswerParams:
        now[0] += 10
        return one.translated(asked)

    one.says = slow
    engine = BrowserEngine(browsers, timeout_s=15, clock=lambda: now[0])
    assert code_of(lambda: engine.translate_batch(["x"] * 3 * MOST_TEXTS, "es", "zh")) is ErrorCode.TIMEOUT
    assert [asked.within_ms for asked in one.asked] == [15_000, 5_000]


# -- through the service ----------------------------------------------------------------------------------------------


@pytest.fixture
def made(tmp_path: Path, browsers: Browsers) -> Iterator[Translator]:
    (tmp_path / "phrases").mkdir()
    setup = EngineSetup(Documents(tmp_path / "documents.json"), Memory())
    book = Phrasebook(tmp_path / "phrases", tmp_path)
    translator = Translator(tmp_path / "packages", tmp_path / "c.db", book, setup=setup, browsers=browsers)
    translator.argos.engine = Toy("argos")  # type: ignore[assignment]
    translator.board.order(EnginesOrderParams(order=["browser", "argos"]))
    yield translator
    translator.close()


def ask(translator: Translator, text: str, **more: Any) -> Translated:
    (answer,) = translator.translate([TranslateItem(ref="r", text=text)], source="en", target="zh", **more)
    return answer


def test_it_translates_like_any_engine_with_everything_protected(made: Translator, browsers: Browsers) -> None:
    one = Connection(browsers).offer(enzh="available")
    answer = ask(made, "Where is order 113-4567890-1234567?")
    assert (answer.engine, answer.match, answer.destination) == ("browser", "machine", "")
    assert "113-4567890-1234567" in answer.text
    assert "113-4567890-1234567" not in one.asked[0].texts[0], "a mark stood for it"
    ask(made, "Where is order 113-4567890-1234567?")
    assert len(one.asked) == 1, "the second time it comes from the cache"


def test_a_mark_the_browser_loses_costs_a_second_question_and_no_order(made: Translator, browsers: Browsers) -> None:
    one = Connection(browsers).offer(enzh="available")
    one.says = lambda asked: BrowserAnswerParams(
        id=asked.id, texts=[text.replace("[[0]]", "").upper() for text in asked.texts]
    )
    answer = ask(made, "please check order 113-4567890-1234567 again")
    assert "113-4567890-1234567" in answer.text
    assert "pieced_together" in answer.doubt
    assert len(one.asked) == 2


@pytest.mark.parametrize("problem", ["browser_model", "busy", "timeout", "too_large", "engine_failed"])
def test_whatever_is_wrong_the_next_engine_answers(
    made: Translator, browsers: Browsers, problem: BrowserProblem
) -> None:
    assert ask(made, "is the blue one waterproof").engine == "argos", "no browser"
    Connection(browsers).offer(enzh="available").says = refuses(problem)
    assert ask(made, "is the red one waterproof").engine == "argos"


def test_a_browser_that_comes_and_goes_is_not_made_to_rest(made: Translator, browsers: Browsers) -> None:
    one = Connection(browsers).offer(enzh="available")
    one.says = refuses("browser_model")
    for number in range(5):
        assert ask(made, f"is number {number} waterproof").engine == "argos"
    one.says = one.translated
    assert ask(made, "is the red one waterproof").engine == "browser"


def test_a_pair_that_turns_out_to_be_missing_is_not_called_a_failure(made: Translator, browsers: Browsers) -> None:
    made.board.order(EnginesOrderParams(order=["browser"]))
    Connection(browsers).offer().says = refuses("browser_model")
    assert ask(made, "is the red one waterproof").doubt == []


def test_the_asking_browser_is_preferred_through_the_whole_pipeline(made: Translator, browsers: Browsers) -> None:
    one, other = (Connection(browsers).offer(enzh="available") for _ in range(2))
    ask(made, "is the red one waterproof", place=Place(asker=other))
    assert (len(one.asked), len(other.asked)) == (0, 1)
    made.board.test(EnginesTestParams(name="browser"), other)
    assert (len(one.asked), len(other.asked)) == (0, 2)


def test_the_board_says_how_it_stands(made: Translator, browsers: Browsers) -> None:
    def stands() -> tuple[bool, str, int]:
        info = next(each for each in made.board.all("en", "zh").engines if each.name == "browser")
        assert info.destination == ""
        return info.ready, info.problem, len(info.missing)

    assert stands() == (False, "browser_away", 0)
    assert made.board.test(EnginesTestParams(name="browser")).problem == "browser_away"
    one = Connection(browsers).offer(enzh="downloadable")
    assert stands() == (False, "", 1)
    one.offer(enzh="available")
    assert stands() == (True, "", 0)
    assert made.board.test(EnginesTestParams(name="browser")).text.startswith("译：")
    browsers.gone(one)
    assert stands() == (False, "browser_away", 0)
