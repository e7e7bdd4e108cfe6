"""Each remote engine against a stand-in that answers as the service does, and against its bad days."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from companion.protocol import ErrorCode, SeabridgeError
from companion.translation.remote.base import RemoteEngine
from companion.translation.remote.build import build, screened
from companion.translation.remote.config import configured
from companion.translation.remote.context import Context
from companion.translation.remote.usage import Usage

from .stand_in import StandIn

KEY = "sk-very-secret-0123456789"


@dataclass
class Made:
    engine: RemoteEngine
    slept: list[float]


def make(service: StandIn, kind: str, **more: Any) -> Made:
    document = {"kind": kind, "base_url": service.url, "timeout_s": 5.0} | ({"model": "m-1"} if kind == "chat" else {})
    engine = build(configured("mine", document | more), lambda: KEY, Usage())
    slept: list[float] = []
    engine.client.sleep = slept.append
    return Made(engine, slept)


KINDS = ["libretranslate", "mtranserver", "deepl", "chat"]


@pytest.fixture(params=KINDS)
def made(service: StandIn, request: pytest.FixtureRequest) -> Made:
    return make(service, request.param)


def test_it_translates_in_order_and_sends_no_empty_text(service: StandIn, made: Made) -> None:
    assert made.engine.translate_batch(["one", "  ", "two"], "en", "zh") == ["<one>", "  ", "<two>"]
    assert service.texts() == ["one", "two"]
    assert made.engine.usage.spent(made.engine.config).characters == 6


def test_many_texts_go_in_several_requests(service: StandIn, made: Made) -> None:
    texts = [f"text {number}" for number in range(120)]
    assert made.engine.translate_batch(texts, "en", "zh") == [f"<{text}>" for text in texts]
    assert len(service.asked) > 1
    assert service.texts() == texts


@pytest.mark.parametrize(
    ("status", "code", "tries"),
    [
        (400, ErrorCode.ENGINE_MISSING, 1),
        (401, ErrorCode.ENGINE_REFUSED, 1),
        (403, ErrorCode.ENGINE_REFUSED, 1),
        (402, ErrorCode.ENGINE_QUOTA, 1),
        (456, ErrorCode.ENGINE_QUOTA, 1),
        (429, ErrorCode.ENGINE_QUOTA, 3),
        (500, ErrorCode.ENGINE_FAILED, 3),
        (503, ErrorCode.ENGINE_FAILED, 3),
        (302, ErrorCode.ENGINE_FAILED, 1),
    ],
)
def test_a_status_is_told_as_what_it_means(
    service: StandIn, made: Made, status: int, code: ErrorCode, tries: int
) -> None:
    service.wrong = [status] * 9
    service.headers = {"Location": "https://elsewhere.example/translate"} if status == 302 else {}
    with pytest.raises(SeabridgeError) as caught:
        made.engine.translate_batch(["hello"], "en", "zh")
    assert caught.value.code is code
    assert caught.value.data["engine"] == "mine"
    assert len(service.asked) == tries
    assert KEY not in str(caught.value) + repr(caught.value.data), "the service had repeated the key"


def test_it_recovers_after_a_busy_moment(service: StandIn, made: Made) -> None:
    service.wrong = [429, 500]
    service.headers = {"Retry-After": "1"}
    assert made.engine.translate_batch(["hello"], "en", "zh") == ["<hello>"]
    assert made.slept == [1.0, 1.0]


def test_it_does_not_wait_longer_than_its_time(service: StandIn, made: Made) -> None:
    service.wrong = [429] * 9
    service.headers = {"Retry-After": "3600"}
    with pytest.raises(SeabridgeError):
        made.engine.translate_batch(["hello"], "en", "zh")
    assert made.slept == []


@pytest.mark.parametrize("wrong", ["text", "list", "numbers", "few", "huge", "hang up"])
def test_a_wrong_answer_is_no_translation(service: StandIn, made: Made, wrong: str) -> None:
    service.wrong = [wrong] * 9
    with pytest.raises(SeabridgeError) as caught:
        made.engine.translate_batch(["hello"], "en", "zh")
    assert caught.value.code in (ErrorCode.ENGINE_FAILED, ErrorCode.TOO_LARGE)


@pytest.mark.parametrize("wrong", ["slow", "drip"])
def test_an_answer_that_does_not_come_is_given_up(service: StandIn, wrong: str) -> None:
    made = make(service, "libretranslate", timeout_s=0.4)
    service.wrong = [wrong] * 9
    with pytest.raises(SeabridgeError) as caught:
        made.engine.translate_batch(["hello"], "en", "zh")
    assert caught.value.code is ErrorCode.TIMEOUT


def test_an_answer_far_too_long_is_refused(service: StandIn, made: Made) -> None:
    service.translate = lambda text: text * 500
    with pytest.raises(SeabridgeError) as caught:
        made.engine.translate_batch(["hello"], "en", "zh")
    assert caught.value.code is ErrorCode.ENGINE_FAILED


def test_nobody_there(made: Made, service: StandIn) -> None:
    made.engine = make(StandIn(url="http://127.0.0.1:9"), made.engine.config.kind).engine
    made.engine.client.sleep = lambda _s: None
    with pytest.raises(SeabridgeError) as caught:
        made.engine.translate_batch(["hello"], "en", "zh")
    assert caught.value.code is ErrorCode.OFFLINE


def test_each_interface_gets_its_key_and_its_codes(service: StandIn) -> None:
    for kind in KINDS:
        make(service, kind).engine.translate_batch(["hello"], "en", "zh")
        make(service, kind).engine.translate_batch(["你好"], "zh-TW", "pt-BR")
    libre, libre_back, mtran, mtran_back, deepl, deepl_back, chat, chat_back = service.asked
    assert libre.body == {"q": ["hello"], "source": "en", "target": "zh-Hans", "format": "text", "api_key": KEY}
    assert (libre_back.body["source"], libre_back.body["target"]) == ("zh-Hant", "pt")
    assert mtran.headers["authorization"] == f"Bearer {KEY}"
    assert (mtran.body["from"], mtran.body["to"], mtran.body["html"]) == ("en", "zh-Hans", False)
    assert mtran_back.body["from"] == "zh-Hant"
    assert deepl.headers["authorization"] == f"DeepL-Auth-Key {KEY}"
    assert (deepl.body["source_lang"], deepl.body["target_lang"]) == ("EN", "ZH-HANS")
    assert (deepl_back.body["source_lang"], deepl_back.body["target_lang"]) == ("ZH", "PT-BR")
    assert chat.path == "/chat/completions"
    assert chat.headers["authorization"] == f"Bearer {KEY}"
    assert chat.body["model"] == "m-1"
    assert '"target": "Brazilian Portuguese"' in chat_back.body["messages"][1]["content"]


def test_deepl_speaks_politely_and_formally_where_it_can(service: StandIn) -> None:
    deepl = make(service, "deepl").engine
    asked = [("warm", "de"), ("plain", "ja"), ("formal", "es"), ("warm", "es"), ("", "de")]
    for tone, target in asked:
        screened(deepl, Context(tone=tone)).translate_batch(["你好"], "zh", target)
    assert [one.body.get("formality", "") for one in service.asked] == ["prefer_more"] * 3 + ["", ""]


def test_pairs_a_service_is_known_not_to_have_are_named(service: StandIn) -> None:
    deepl = make(service, "deepl").engine
    assert deepl.missing("vi", "zh") == [("vi", "zh")]
    assert deepl.missing("ja", "zh") == []
    assert make(service, "libretranslate").engine.missing("vi", "zh") == [], "only the server knows"


def test_without_its_key_it_is_not_available(service: StandIn) -> None:
    config = configured("mine", {"kind": "deepl", "base_url": service.url})
    assert not build(config, lambda: "", Usage()).available()
    assert build(config, lambda: KEY, Usage()).available()
    free = configured("mine", {"kind": "libretranslate", "base_url": service.url})
    assert build(free, lambda: "", Usage()).available()
