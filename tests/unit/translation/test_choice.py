"""Which engine is asked, what happens when it fails, and what the seller is told of where the text went."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from companion.protocol import ErrorCode, SeabridgeError
from companion.protocol.methods.engines import EnginesOrderParams, EnginesSaveParams, EnginesTestParams
from companion.protocol.methods.glossary import ShopRef
from companion.protocol.methods.translate import Translated, TranslateItem
from companion.runtime.documents import Documents
from companion.translation.breaker import FAILURES, LONGEST_REST_S, REST_S, Breaker
from companion.translation.chain import WORKERS, Chain
from companion.translation.choice import DEFAULT, Order, candidates, read_order
from companion.translation.engines.base import Capabilities, Engine
from companion.translation.phrasebook.book import Phrasebook
from companion.translation.remote.context import Context, Turn
from companion.translation.service import Translator
from companion.translation.setup import EngineSetup
from companion.translation.wording import Place

from .remote.stand_in import StandIn, serving


class Toy:
    """An engine that answers with its name, fails or waits as told."""

    destination = ""
    capabilities = Capabilities()

    def __init__(self, name: str, has: bool = True) -> None:
        self.name = name
        self.has = has
        self.fail: Exception | None = None
        self.hold: threading.Event | None = None
        self.asked = 0

    def available(self) -> bool:
        return True

    def pairs(self) -> frozenset[tuple[str, str]]:
        return frozenset({("en", "zh")} if self.has else set())

    def missing(self, source: str, target: str) -> list[tuple[str, str]]:
        return [] if self.has else [(source, target)]

    def version(self, source: str, target: str) -> str:
        return "1"

    def translate_batch(self, texts: Sequence[str], source: str, target: str) -> list[str]:
        self.asked += 1
        if self.hold:
            self.hold.wait(20)
        if self.fail:
            raise self.fail
        return [f"{self.name}的译文一二三四" for _ in texts]

    def unload(self, source: str = "", target: str = "") -> None: ...

    def unload_idle(self, seconds: float) -> int:
        return 0

    def loaded(self) -> list[str]:
        return []


class Memory:
    """Secrets in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def get(self, name: str) -> bytes | None:
        return self.kept.get(name)

    def set(self, name: str, value: bytes) -> None:
        self.kept[name] = value

    def delete(self, name: str) -> None:
        self.kept.pop(name, None)


# -- the order --------------------------------------------------------------------------------------------------------


def test_a_pair_may_have_its_own_order() -> None:
    order = read_order({"default": ["argos"], "pairs": {"ja-zh": ["bergamot", "argos"]}})
    assert order.names("ja", "zh-CN") == ("bergamot", "argos")
    assert order.names("es", "zh") == ("argos",)
    assert read_order(order.document()) == order


@pytest.mark.parametrize(
    "stored",
    [{}, {"default": []}, {"default": "argos"}, {"default": [1, None, "../x", "UPPER"]}, {"pairs": []},
     {"pairs": {"ja-zh": "argos", "x": ["argos"], "ja-zh-x": ["argos"]}}],
)  # fmt: skip
def test_a_document_nobody_understands_means_our_own_order(stored: dict[str, Any]) -> None:
    assert read_order(stored) == Order()
    assert Order().default == DEFAULT == ("argos", "bergamot")


def test_a_named_engine_stands_alone_and_unusable_ones_are_passed_over() -> None:
    order = Order(("a", "b", "c"))
    assert candidates(order, "en", "zh", "", {"c", "b"}) == ["b", "c"]
    assert candidates(order, "en", "zh", "c", {"b", "c"}) == ["c"]
    assert candidates(order, "en", "zh", "d", {"b"}) == []


# -- the breaker ------------------------------------------------------------------------------------------------------


def test_an_engine_that_keeps_failing_rests_and_is_tried_once_after() -> None:
    now = [0.0]
    breaker = Breaker(clock=lambda: now[0])
    for _ in range(FAILURES):
        assert breaker.allows("x")
        breaker.failed("x", ErrorCode.ENGINE_FAILED)
    assert not breaker.allows("x")
    assert breaker.resting("x") == "engine_failed"
    now[0] += REST_S
    assert breaker.allows("x")
    assert not breaker.allows("x"), "one question only"
    breaker.failed("x", ErrorCode.ENGINE_FAILED)
    now[0] += REST_S * 1.5
    assert not breaker.allows("x"), "it rests longer each time"
    now[0] += LONGEST_REST_S
    assert breaker.allows("x")
    breaker.succeeded("x")
    assert breaker.allows("x")
    assert breaker.resting("x") == ""


def test_a_refused_key_rests_at_once_and_a_missing_pair_never() -> None:
    breaker = Breaker(clock=lambda: 0.0)
    breaker.failed("x", ErrorCode.ENGINE_REFUSED)
    assert not breaker.allows("x")
    for _ in range(9):
        breaker.failed("y", ErrorCode.ENGINE_MISSING)
        breaker.failed("y", ErrorCode.ENGINE_BUDGET)
    assert breaker.allows("y")


# -- the chain --------------------------------------------------------------------------------------------------------


def chain(*engines: Toy, timeout_s: float = 20.0) -> Chain:
    named: dict[str, Engine] = {engine.name: engine for engine in engines}
    return Chain(lambda: named, lambda: Order(tuple(named)), Breaker(clock=lambda: 0.0), timeout_s)


def test_an_engine_that_hangs_is_left_behind() -> None:
    slow = Toy("slow")
    slow.hold = threading.Event()
    made = chain(slow, timeout_s=0.05)
    with pytest.raises(SeabridgeError) as caught:
        made.ask(slow, lambda: slow.translate_batch(["x"], "en", "zh"))
    assert caught.value.code is ErrorCode.TIMEOUT
    slow.hold.set()
    made.close()


def test_an_engine_that_hangs_holds_up_no_other() -> None:
    slow, quick = Toy("slow"), Toy("quick")
    slow.hold = threading.Event()
    made = chain(slow, quick, timeout_s=0.05)
    for _ in range(WORKERS + 1):
        with pytest.raises(SeabridgeError):
            made.ask(slow, lambda: slow.translate_batch(["x"], "en", "zh"), named=True)
    made.timeout_s = 20
    assert made.ask(quick, lambda: quick.translate_batch(["x"], "en", "zh"))
    slow.hold.set()
    made.close()


def test_a_bug_of_an_engine_is_a_failure_like_any_other() -> None:
    broken = Toy("broken")
    broken.fail = ZeroDivisionError("oops")
    made = chain(broken)
    for code in [ErrorCode.ENGINE_FAILED] * FAILURES + [ErrorCode.BUSY]:
        with pytest.raises(SeabridgeError) as caught:
            made.ask(broken, lambda: broken.translate_batch(["x"], "en", "zh"))
        assert caught.value.code is code
    assert broken.asked == FAILURES, "then it rests"
    made.close()


# -- through the service ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Phrasebook:
    empty = tmp_path_factory.mktemp("phrases")
    return Phrasebook(empty, tmp_path_factory.mktemp("book"))


@pytest.fixture
def made(tmp_path: Path, book: Phrasebook) -> Translator:
    setup = EngineSetup(Documents(tmp_path / "documents.json"), Memory())
    translator = Translator(tmp_path / "packages", tmp_path / "c.db", book, setup=setup)
    translator.argos.engine = Toy("argos")  # type: ignore[assignment]
    translator.bergamot.engine = Toy("bergamot")  # type: ignore[assignment]
    return translator


def ask(translator: Translator, text: str = "is the blue one waterproof", **more: Any) -> Translated:
    (answer,) = translator.translate([TranslateItem(ref="r", text=text)], source="en", target="zh", **more)
    return answer


def toy(engine: object) -> Toy:
    assert isinstance(engine, Toy)
    return engine


def test_the_next_engine_takes_over_and_says_so(made: Translator) -> None:
    assert ask(made).engine == "argos"
    toy(made.argos.engine).fail = SeabridgeError(ErrorCode.ENGINE_FAILED)
    answer = ask(made, "is the red one waterproof")
    assert (answer.engine, answer.match, answer.destination) == ("bergamot", "machine", "")
    toy(made.bergamot.engine).fail = RuntimeError("no")
    answer = ask(made, "is the green one waterproof")
    assert (answer.text, answer.match, answer.doubt) == ("", "none", ["engine_failed"])


def test_an_engine_without_the_pair_is_not_asked(made: Translator) -> None:
    toy(made.argos.engine).has = False
    assert ask(made).engine == "bergamot"
    assert toy(made.argos.engine).asked == 0


def test_what_an_engine_lacks_for_a_pair_is_named(made: Translator) -> None:
    toy(made.argos.engine).has = False
    shown = {engine.name: engine for engine in made.board.all("vi", "zh").engines}
    assert [(pair.source, pair.target) for pair in shown["argos"].missing] == [("vi", "zh")]
    assert shown["bergamot"].missing == []
    assert not any(engine.missing for engine in made.board.all().engines)


def test_another_engine_can_be_asked_for_by_name(made: Translator) -> None:
    assert ask(made, engine="bergamot").engine == "bergamot"
    toy(made.bergamot.engine).fail = SeabridgeError(ErrorCode.ENGINE_FAILED)
    answer = ask(made, "is the red one waterproof", engine="bergamot")
    assert answer.match == "none", "and no other answers in its name"
    assert ask(made, engine="nobody").match == "none"


def test_what_another_engine_made_of_a_line_is_shown_from_then_on(made: Translator, tmp_path: Path) -> None:
    assert ask(made, purpose="read").engine == "argos"
    taken = ask(made, purpose="read", engine="bergamot")
    again = ask(made, purpose="read")
    assert (again.engine, again.text) == ("bergamot", taken.text)
    assert toy(made.bergamot.engine).asked == 1, "it is not asked for it again"
    assert ask(made, purpose="back").engine == "argos"
    shop = Place(ShopRef(marketplace="temu", shop="2"))
    assert ask(made, purpose="read", place=shop).engine == "argos", "another shop chose nothing"
    assert ask(made, purpose="read", engine="argos").engine == "argos"
    assert ask(made, purpose="read").engine == "argos", "and the first one can be had back"
    assert ask(made, "another line", purpose="write", engine="bergamot").engine == "bergamot"
    assert ask(made, "another line", purpose="read").engine == "argos"


def test_a_choice_whose_engine_is_gone_is_none(made: Translator) -> None:
    toy(made.bergamot.engine).fail = SeabridgeError(ErrorCode.ENGINE_FAILED)
    assert ask(made, purpose="read", engine="bergamot").match == "none"
    assert ask(made, purpose="read").engine == "argos", "what failed was not taken"
    toy(made.bergamot.engine).fail = None
    ask(made, purpose="read", engine="bergamot")
    made.bergamot.engine.version = lambda source, target: "2"  # type: ignore[method-assign]
    assert ask(made, purpose="read").engine == "argos", "nor is what another model said"


def test_the_sellers_order_counts_at_once(made: Translator) -> None:
    made.board.order(EnginesOrderParams(order=["argos"], pairs={"en-zh": ["bergamot"]}))
    assert ask(made).engine == "bergamot"
    with pytest.raises(SeabridgeError) as caught:
        made.board.order(EnginesOrderParams(order=["nobody"]))
    assert caught.value.code is ErrorCode.NOT_FOUND
    made.board.order(EnginesOrderParams(order=["browser", "argos"]))
    assert ask(made, "is the red one waterproof").engine == "argos", "no browser is connected"


def remote(made: Translator, service: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    """A service as if it were elsewhere, first in the order."""
    made.board.save(
        EnginesSaveParams(name="far", kind="libretranslate", base_url=service.url, key="sk-12345", timeout_s=5)
    )
    made.board.order(EnginesOrderParams(order=["far", "argos"]))
    monkeypatch.setattr("companion.translation.remote.config.RemoteConfig.host", "translate.example.com")
    service.translate = lambda text: f"译文 {text}"


def test_where_a_text_went_is_told_also_when_it_failed_there(
    made: Translator, service: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    remote(made, service, monkeypatch)
    assert (ask(made).engine, ask(made).destination) == ("far", "translate.example.com")
    assert len(service.asked) == 1, "the second time it was known"
    service.wrong = [403]
    answer = ask(made, "is the red one waterproof")
    assert (answer.engine, answer.destination) == ("argos", "translate.example.com"), "it saw the text all the same"
    answer = ask(made, "is the green one waterproof")
    assert (answer.engine, answer.destination) == ("argos", ""), "the refused key rests; nothing was sent"


def test_no_remote_engine_is_asked_unless_the_seller_ordered_it(made: Translator, service: StandIn) -> None:
    made.board.save(EnginesSaveParams(name="far", kind="libretranslate", base_url=service.url))
    toy(made.argos.engine).fail = toy(made.bergamot.engine).fail = SeabridgeError(ErrorCode.ENGINE_FAILED)
    assert ask(made).match == "none"
    assert service.asked == []


def test_the_archive_uses_what_was_said_and_sends_nothing(
    made: Translator, service: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    made.board.save(EnginesSaveParams(name="far", preset="deepseek", base_url=service.url, key="k"))
    made.board.order(EnginesOrderParams(order=["far", "argos"]))
    service.translate = lambda text: f"译文 {text}"
    around = Context(turns=(Turn("buyer", "about the bottle"),))
    assert ask(made, around=lambda: around).engine == "far"
    assert ask(made, ask_remote=False).engine == "far", "known, although its context is not at hand now"
    assert len(service.asked) == 1
    assert ask(made, "is the red one waterproof", ask_remote=False).engine == "argos"
    assert len(service.asked) == 1


def test_the_key_is_nowhere_but_with_the_secrets(
    made: Translator, service: StandIn, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    shown = made.board.save(
        EnginesSaveParams(name="far", kind="libretranslate", base_url=service.url, key=" sk-secret-1 ")
    )
    service.wrong = [403]
    result = made.board.test(EnginesTestParams(name="far"))
    assert result.problem == "engine_refused"
    assert service.asked[0].body["api_key"] == "sk-secret-1"
    assert made.setup is not None
    told = repr(shown) + repr(result) + caplog.text + (tmp_path / "documents.json").read_text("utf-8")
    assert "sk-secret" not in told
    assert made.setup.key("far") == "sk-secret-1"
    made.board.save(EnginesSaveParams(name="far", timeout_s=3))
    assert made.setup.key("far") == "sk-secret-1", "kept when not named"
    made.board.save(EnginesSaveParams(name="far", key=""))
    assert made.setup.key("far") == ""


@pytest.mark.parametrize("name", ["argos", "phrasebook", "browser"])
def test_our_own_names_cannot_be_taken(made: Translator, name: str) -> None:
    with pytest.raises(SeabridgeError) as caught:
        made.board.save(EnginesSaveParams(name=name, preset="deepseek"))
    assert caught.value.code is ErrorCode.ENGINE_SETUP


@pytest.mark.parametrize("key", ["line\nbreak", "键", "x" * 501])
def test_a_key_that_is_none_is_refused_before_anything_is_stored(made: Translator, key: str) -> None:
    with pytest.raises(SeabridgeError) as caught:
        made.board.save(EnginesSaveParams(name="far", preset="deepseek", key=key))
    assert caught.value.data["problem"] == "key"
    assert all(engine.name != "far" for engine in made.board.all().engines)


def test_a_removed_engine_leaves_order_and_key_behind(made: Translator, service: StandIn) -> None:
    made.board.save(EnginesSaveParams(name="far", kind="libretranslate", base_url=service.url, key="k"))
    made.board.order(EnginesOrderParams(order=["far", "argos"], pairs={"ja-zh": ["far", "bergamot"], "ko-zh": ["far"]}))
    left = made.board.remove("far")
    assert (left.order, left.pairs) == (["argos"], {"ja-zh": ["bergamot"]})
    assert made.setup is not None
    assert made.setup.key("far") == ""
    with pytest.raises(SeabridgeError):
        made.board.remove("far")


def test_an_engine_is_tried_on_the_spot(made: Translator) -> None:
    with serving(StandIn(translate=lambda text: text.upper())) as stand:
        made.board.save(EnginesSaveParams(name="far", kind="mtranserver", base_url=stand.url))
        assert made.board.test(EnginesTestParams(name="far", text="hello")).text == "HELLO"
    gone = made.board.test(EnginesTestParams(name="far", text="hello"))
    assert gone.problem == "offline"
    with pytest.raises(SeabridgeError):
        made.board.test(EnginesTestParams(name="nobody"))


def test_the_list_shows_a_spoilt_set_up_instead_of_failing(made: Translator, tmp_path: Path) -> None:
    Documents(tmp_path / "documents.json").put("engines", "spoilt", {"kind": "chat", "base_url": "http://far.example"})
    made.setup = EngineSetup(Documents(tmp_path / "documents.json"), Memory())
    (spoilt,) = [engine for engine in made.board.all().engines if engine.name == "spoilt"]
    assert (spoilt.ready, spoilt.problem) == (False, "engine_setup")
    assert ask(made).engine == "argos"
    assert {preset.name for preset in made.board.all().presets} >= {"deepseek", "qwen", "kimi", "openai", "ollama"}
