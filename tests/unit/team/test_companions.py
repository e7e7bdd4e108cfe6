"""Whole companions of one team: what one archives the other hears, and a server that is away stops neither."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import msgspec
import pytest

from companion import cli, doctor, doctor_team
from companion.app import App
from companion.commands import running
from companion.desk import Running
from companion.desk.call import Call, Session
from companion.desk.methods import HANDLERS
from companion.locales import LOCALES
from companion.protocol.errors import ErrorCode, SeabridgeError
from companion.protocol.methods.archive import (
    DraftInsertedParams,
    MessageSeenParams,
    ThreadListParams,
    ThreadMarkParams,
)
from companion.protocol.methods.desk import Check, SettingsSetParams
from companion.protocol.values import SeenMessage, ThreadRef
from companion.runtime import control
from companion.runtime.documents import Documents
from companion.runtime.paths import Paths
from companion.team import notices
from companion.team.seat import own_name
from companion.translation.memory.tmx import TmxPair
from tests.postgres import Server
from tests.unit.desk.fakes import FakeTranslator

from .conftest import eventually

Start = Callable[[str, str], App]


class Browser:
    """A paired extension, as far as the hub knows it."""

    origin, key_id = "chrome-extension://x", "k"

    def __init__(self) -> None:
        self.heard: list[str] = []

    def push(self, topic: str, data: msgspec.Struct) -> None:
        self.heard.append(topic)

    def forget(self) -> None: ...

    def close(self, code: int, reason: str) -> None: ...


@pytest.fixture
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    """Starts a companion by its seat's name and the address of the database; nothing is translated by itself."""
    monkeypatch.setenv("SEABRIDGE_SECRETS", "file")
    monkeypatch.setattr("companion.housekeeping.WARM_AFTER_S", 600)
    for name, seconds in (("_LOOK_S", 0.05), ("_FIRST_PAUSE_S", 0.05), ("_TOGETHER_S", 0.01), ("MOST_PAUSE_S", 0.1)):
        monkeypatch.setattr(notices, name, seconds)
    with ExitStack() as opened:

        def one(name: str, url: str) -> App:
            monkeypatch.setenv("SEABRIDGE_DATABASE_URL", url)
            paths = Paths(tmp_path / name)
            Documents(paths.ready().documents).put("seat", "self", {"name": name})
            app = App(paths, (0,))
            opened.callback(app.stop)
            room_of(app.start())._translator = FakeTranslator()
            return app

        yield one


def room_of(companion: App | Running) -> Any:
    return (companion.running if isinstance(companion, App) else companion).desk.room


def seen(text: str) -> MessageSeenParams:
    ref = ThreadRef(marketplace="ozon", shop="1", region="ru", thread="t", buyer="Ivan")
    return MessageSeenParams(thread=ref, messages=[SeenMessage(direction="buyer", text=text)], observed_at=1.0)


def check(app: App, id: str) -> Check:
    """A line of the companion's own report; "off" where it has none of that name."""
    told = {one["id"]: Check(**one) for one in control.call(app.paths, "status")["checks"]}
    return told.get(id, Check(id=id, state="off", data={}))


def reached(app: App) -> bool:
    assert app.rooms.team is not None
    return app.rooms.team.link.wait(0)


def test_what_one_seat_archives_and_decides_the_other_hears(start: Start, team_url: str) -> None:
    lin, mei = start("lin", team_url), start("mei", team_url)
    browsers = {app: Browser() for app in (lin, mei)}
    for app, browser in browsers.items():
        _ = room_of(app).archive
        app.running.desk.hub.subscribe(browser)
    assert check(mei, "team_here").data["seat"] == "mei"
    room_of(lin).archive.see(seen("Где мой заказ?"))
    eventually(lambda: "archive" in browsers[mei].heard)
    browsers[mei].heard.clear()
    room_of(lin).archive.mark(ThreadMarkParams(thread_id=1, star=True))
    eventually(lambda: "archive" in browsers[mei].heard)
    assert [one.buyer for one in room_of(mei).archive.threads(ThreadListParams(), "").threads] == ["Ivan"]
    assert control.call(mei.paths, "team.changes")["count"] >= 2, "its dashboard sees it"
    room_of(mei).settings.set(SettingsSetParams(tone="warm"))
    # a companion that has just begun to listen tells its browsers of settings too
    eventually(lambda: "settings" in browsers[lin].heard and room_of(lin).settings.get().tone == "warm")


def test_who_answers_a_conversation_is_seen_by_the_others(start: Start, team_url: str) -> None:
    lin, mei = start("lin", team_url), start("mei", team_url)
    shown = seen("Где мой заказ?")
    room_of(lin).archive.see(shown)
    reply = DraftInsertedParams(
        thread=shown.thread, written="今天发货", written_language="zh", text="Сегодня", language="ru", engine="",
        match="machine", inserted_at=2.0,
    )  # fmt: skip

    def answering(app: App) -> list[Any]:
        told: list[Any] = control.call(app.paths, "thread.list", {"limit": 5})["answering"]
        return told

    def inserts(app: App) -> None:
        HANDLERS["draft.inserted"].handle(Call(app.running.desk, Session("k")), reply)

    assert answering(mei) == []
    browser = Browser()
    mei.running.desk.hub.subscribe(browser)
    eventually(lambda: reached(mei))
    inserts(lin)
    eventually(lambda: "archive" in browser.heard)
    assert answering(mei) == [{"thread": 1, "seat": "lin"}]
    assert answering(lin) == [], "who answers knows it"
    inserts(mei)
    assert answering(lin) == [], "the first has it"


def test_a_message_is_translated_by_one_seat(start: Start, team_url: str) -> None:
    lin, mei = start("lin", team_url), start("mei", team_url)
    for app in (lin, mei):
        _ = room_of(app).archive
        app.running.desk.backlog._pause_s = 0.0
        eventually(app.running.desk.backlog.idle)
    room_of(lin).archive.see(seen("谢谢"))
    room_of(lin).archive.see(seen("Спасибо"))
    for app in (lin, mei):
        app.running.desk.backlog.look_again()
    for app in (lin, mei):
        eventually(app.running.desk.backlog.idle)
    told = [asked["texts"] for app in (lin, mei) for asked in room_of(app).translator.asked]
    assert sorted(text for texts in told for text in texts) == ["Спасибо", "谢谢"]


def test_a_seat_whose_seller_reads_another_language_has_its_own_translation(start: Start, team_url: str) -> None:
    lin, mei, ana = start("lin", team_url), start("mei", team_url), start("ana", team_url)
    room_of(ana).settings.set(SettingsSetParams(seller_language="en"))
    for app in (lin, mei, ana):
        _ = room_of(app).archive
        app.running.desk.backlog._pause_s = 0.0
        eventually(app.running.desk.backlog.idle)
    told = room_of(lin).archive.see(seen("Спасибо"))
    lin.running.desk.backlog.add(seen("Спасибо").thread, list(told.buyer_texts))

    def translations() -> list[tuple[str, str]]:
        [line] = room_of(mei).archive.transcript(told.thread_id).lines
        return sorted((each.target, each.text) for each in line.renderings)

    eventually(lambda: len(translations()) == 2)
    assert translations() == [("en", "[en] Спасибо"), ("zh", "[zh] Спасибо")]
    for app in (lin, mei, ana):
        eventually(app.running.desk.backlog.idle)
    asked = [(each["target"], each["texts"]) for app in (lin, mei, ana) for each in room_of(app).translator.asked]
    assert sorted(asked) == [("en", ["Спасибо"]), ("zh", ["Спасибо"])], "nobody translates for the others again"


def test_what_is_confirmed_and_what_is_erased_reaches_the_other_seat(start: Start, team_url: str) -> None:
    lin, mei = start("lin", team_url), start("mei", team_url)
    for app in (lin, mei):
        app.running.desk.backlog.close()
        room_of(app)._translator = None  # the real one, which has a cache
    memories = {app: room_of(app).translator.memory for app in (lin, mei)}
    memories[lin].add([TmxPair("zh", "en", "林小姐的地址", "Ms Lin's address", 1.0)], "ozon/1", 1.0)
    eventually(lambda: memories[mei].best("林小姐的地址", "zh", "en", "ozon/1"))
    caches = {app: room_of(app).translator._cache for app in (lin, mei)}
    for cache in caches.values():
        cache.put("key", "text of a buyer", [])
    shown = room_of(lin).archive.see(seen("Где мой заказ?"))
    assert control.call(lin.paths, "keeping.erase", {"threads": [shown.thread_id]}) == {"count": 1}
    eventually(lambda: caches[mei].get("key") is None)
    assert caches[lin].get("key") is None
    cache = caches[lin]
    cache.put("key", "text of another buyer", [])
    assert lin.rooms.team is not None
    lin.rooms.team.forget_erased(lambda: pytest.fail("what we erased ourselves is forgotten already"))


def test_a_server_that_is_away_at_start_and_later(
    start: Start, own_server: Server, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    own_server.stop()
    lin = start("lin", own_server.url("shop"))
    room = room_of(lin)
    failing = check(lin, "team")
    assert (failing.state, failing.data["error"]) == ("fail", "database_away")
    running._tell_of_team(lin.team_check(), "en")
    assert str(own_server.folder) in capsys.readouterr().out, "who starts it in a terminal reads it there"
    assert room.settings.get().guard_sending, "the careful default"
    with pytest.raises(SeabridgeError) as refused:
        room.archive.see(seen("1"))
    assert refused.value.code is ErrorCode.DATABASE_AWAY
    assert refused.value.retryable, "the extension keeps it"
    own_server.start()
    eventually(lambda: reached(lin))
    room.archive.see(seen("1"))
    own_server.stop()
    eventually(lambda: not reached(lin))
    with pytest.raises(SeabridgeError):
        room.archive.see(seen("2"))
    monkeypatch.setenv("SEABRIDGE_HOME", str(lin.paths.root))
    monkeypatch.setenv("LC_ALL", "en")
    assert cli.main(["status"]) == 0
    shown = capsys.readouterr().out
    assert str(own_server.folder) in shown, "a companion without its database is there, and says so"
    assert "Archive:" not in shown, "how much is in it, nobody knows"
    asked = {"items": [{"ref": "1", "text": "Hola"}], "thread": msgspec.to_builtins(seen("1").thread)}
    for purpose, more in (("read", {}), ("write", {"target": "es"})):
        told = control.call(lin.paths, "translate", {**asked, "purpose": purpose, **more})
        assert told["items"][0]["text"].endswith("Hola"), "lines are translated all the same"
    own_server.start()
    eventually(lambda: reached(lin))
    room.archive.see(seen("2"))
    assert control.call(lin.paths, "status")["messages"] == 2
    lines = {one.id: one for one in doctor.examine(lin.paths, (doctor_team.team, doctor_team.seats))}
    assert lines["team"].state == lines["team_seats"].state == "ok"
    assert lines["team"].data["seat"] == lines["team_seats"].data["here"] == "lin"
    own_server.stop()
    lines["away"] = doctor.examine(lin.paths, (doctor_team.team,))[0]
    eventually(lambda: not reached(lin))
    lines["here"] = check(lin, "team")
    for one in (lines["team"], lines["team_seats"], lines["away"], lines["here"]):
        for locale in LOCALES:
            finding, mend = doctor.sentences(one, locale)
            assert "{" not in finding + mend
            assert bool(mend) is (one.state == "fail")


@pytest.mark.parametrize(
    ("url", "code"), [("mysql://x/y", ErrorCode.DATABASE_ADDRESS), ("postgresql://h/db", ErrorCode.DATABASE_DRIVER)]
)
def test_what_only_a_person_can_mend_stops_the_start(
    start: Start, monkeypatch: pytest.MonkeyPatch, url: str, code: ErrorCode
) -> None:
    monkeypatch.setattr("companion.opening.find_spec", lambda _: None)
    with pytest.raises(SeabridgeError) as caught:
        start("lin", url)
    assert caught.value.code is code


def test_the_command_shows_the_team_and_renames_the_seat(
    start: Start, team_url: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    lin = start("lin", team_url)
    eventually(lambda: reached(lin))
    monkeypatch.setenv("SEABRIDGE_HOME", str(lin.paths.root))
    monkeypatch.setenv("LC_ALL", "en")
    assert cli.main(["team", "--name", "仓库"]) == 0
    shown = capsys.readouterr().out
    assert "仓库" in shown
    assert "runs now" in shown
    lin.stop()
    assert cli.main(["team", "--name", "", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["seat"] == own_name()
    assert [(seat["name"], seat["here"]) for seat in told["seats"]] == [("仓库", False)], "others hear of it later"
    monkeypatch.delenv("SEABRIDGE_DATABASE_URL")
    assert cli.main(["team"]) == 1
    assert "SEABRIDGE_DATABASE_URL" in capsys.readouterr().err
