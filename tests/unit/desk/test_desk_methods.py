"""What the methods do with the rooms behind them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from companion.desk.backlog import Backlog
from companion.desk.methods import HANDLERS
from companion.desk.methods.translate import directions
from companion.marketplaces import Problem, load_own
from companion.protocol import METHODS
from companion.protocol.errors import ErrorCode, SeabridgeError
from companion.protocol.methods import archive as a
from companion.protocol.methods import engines as e
from companion.protocol.methods.desk import SettingsSetParams
from companion.protocol.methods.pages import (
    PagesExportParams,
    PagesForgetParams,
    PagesGetParams,
    PagesImportParams,
    PagesTeachParams,
)
from companion.protocol.methods.translate import TranslateItem, TranslateOthersParams, TranslateParams
from companion.protocol.values import ThreadState

from .fakes import REF, Office, open_office, seen, until


def read(*texts: str, **more: Any) -> TranslateParams:
    items = [TranslateItem(ref=str(n), text=text) for n, text in enumerate(texts)]
    return TranslateParams(**{"items": items, "purpose": "read", "thread": REF, **more})


def test_every_method_has_a_handler_and_a_file_of_its_own() -> None:
    assert set(HANDLERS) == set(METHODS)
    folder = Path(__file__).parents[3] / "companion" / "desk" / "methods"
    files = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    assert files == {name.replace(".", "_") for name in METHODS}
    for name, handler in HANDLERS.items():
        assert handler.handle.__module__.endswith(name.replace(".", "_"))


def state(language: str) -> ThreadState:
    return ThreadState(id=1, language=language, language_source="detected")


@pytest.mark.parametrize(
    ("params", "thread", "expected"),
    [
        (read("x"), None, ("", "zh", "")),
        (read("x"), state("es"), ("", "zh", "es")),
        (read("x", source="de", target="en"), state("es"), ("de", "en", "es")),
        (read("x", purpose="write"), state("es"), ("zh", "es", "zh")),
        (read("x", purpose="write", target="th"), None, ("zh", "th", "zh")),
        (read("x", purpose="back"), state("es"), ("es", "zh", "es")),
        (read("x", purpose="back", source="th"), state("es"), ("th", "zh", "es")),
    ],
)
def test_which_way_to_translate(params: TranslateParams, thread: ThreadState | None, expected: Any) -> None:
    assert directions(params, thread, "zh") == expected


@pytest.mark.parametrize("thread", [None, state("")])
def test_writing_into_an_unknown_language_is_refused(thread: ThreadState | None) -> None:
    with pytest.raises(SeabridgeError) as caught:
        directions(read("x", purpose="write"), thread, "zh")
    assert caught.value.code is ErrorCode.LANGUAGE_UNKNOWN


def test_other_answers_are_asked_for_the_shop_of_the_conversation(office: Office) -> None:
    item = TranslateItem(ref="0", text="你好")
    with office.proven() as client:
        found = client.call("translate.others", TranslateOthersParams(item=item, thread=REF, source="zh", target="es"))
    assert {one.text for one in found.items} == {"[es] 你好"}
    (asked,), (place,) = office.translator.asked, office.translator.places
    assert (asked["source"], asked["purpose"]) == ("zh", "write")
    assert (place.shop.marketplace, place.shop.shop) == (REF.marketplace, REF.shop)


def test_what_is_written_sounds_as_chosen_for_it_for_the_thread_or_for_all(office: Office) -> None:
    office.archive.see(seen(("k1", "buyer", "hola"), ("k2", "seller", "¡Hola!"), ("k3", "buyer", "¿precio?")))
    office.archive.set_language(REF, "es", "detected")
    item = TranslateItem(ref="0", text="你好")
    others = TranslateOthersParams(item=item, thread=REF, source="zh", target="es", tone="plain")
    with office.proven() as client:
        client.call("settings.set", SettingsSetParams(tone="formal", thai_particle="khrap"))
        client.call("translate", read("你好", purpose="write"))
        assert client.call("thread.set_tone", a.ThreadSetToneParams(thread=REF, tone="warm")).tone == "warm"
        client.call("translate", read("你好", purpose="write"))
        client.call("translate.others", others)
        client.call("translate", read("hola"))
        client.call("translate", read("hola", purpose="back"))
        assert client.call("thread.set_tone", a.ThreadSetToneParams(thread=REF, tone="")).tone == ""
        client.call("translate", read("你好", purpose="write"))
    manners = office.translator.manners
    assert [one.tone for one in manners] == ["formal", "warm", "plain", "", "", "formal"]
    assert (manners[0].particle, manners[0].turns) == ("khrap", ("¡Hola!",))


def test_reading_notes_the_threads_language(office: Office) -> None:
    with office.proven() as client:
        client.call("message.seen", seen(("k1", "buyer", "¿Cuándo llega?")))
        assert client.call("translate", read("¿Cuándo llega?")).items[0].text == "[zh] ¿Cuándo llega?"
        found = client.call("thread.get", a.ThreadGetParams(thread=REF))
        assert (found.language, found.language_source) == ("es", "detected")
        wrote = client.call("translate", read("你好", purpose="write"))
        assert (wrote.items[0].source, wrote.items[0].target) == ("zh", "es")


def test_the_sellers_choice_stands(office: Office) -> None:
    with office.proven() as client:
        client.call("message.seen", seen(("k1", "buyer", "¿Cuándo llega?")))
        client.call("thread.set_language", a.ThreadSetLanguageParams(thread=REF, language="pt"))
        client.call("translate", read("¿Cuándo llega?"))
        found = client.call("thread.get", a.ThreadGetParams(thread=REF))
        assert (found.language, found.language_source) == ("pt", "seller")
        back = client.call("thread.set_language", a.ThreadSetLanguageParams(thread=REF, language=""))
        assert back.language_source == "unknown"


def test_a_line_in_the_sellers_own_language_does_not_turn_the_thread(office: Office) -> None:
    office.archive.see(seen(("k1", "buyer", "x")))
    office.archive.set_language(REF, "es", "detected")
    with office.proven() as client:
        client.call("translate", read("你好", source=""))
        office.archive.state.language = "es"
        client.call("settings.set", SettingsSetParams(seller_language="en"))
        client.call("translate", read("ok thanks"))
        assert client.call("thread.get", a.ThreadGetParams(thread=REF)).language == "es"


def test_a_translation_is_given_even_when_the_language_cannot_be_noted(office: Office) -> None:
    office.archive.see(seen(("k1", "buyer", "x")))

    def broken(*_: Any) -> Any:
        raise SeabridgeError(ErrorCode.STORAGE_LOCKED)

    office.archive.recent_texts = broken  # type: ignore[method-assign]
    with office.proven() as client:
        assert client.call("translate", read("hola")).items[0].match == "machine"


def test_an_engine_is_named_and_gets_the_thread_around_the_line(office: Office) -> None:
    office.archive.see(seen(("k1", "buyer", "is it waterproof?"), ("k2", "seller", "yes"), ("k3", "system", "joined")))
    with office.proven() as client:
        client.call("translate", read("and the blue one?", engine="deepseek"))
    engine, around, ask_remote = office.translator.ways[-1]
    assert (engine, ask_remote) == ("deepseek", True)
    assert [(turn.by, turn.text) for turn in around.turns] == [("buyer", "is it waterproof?"), ("seller", "yes")]
    assert around.names == (REF.buyer,)


def test_what_another_engine_made_of_a_line_is_told_to_the_archive(office: Office) -> None:
    with office.proven() as client:
        client.call("translate", read("¿es azul?"))
        client.call("translate", read("¿es azul?", engine="nobody"))
        assert office.archive.translations.retaken == [], "what it did not make is not in its name"
        client.call("translate", read("¿es azul?", engine="fake"))
        assert office.archive.translations.retaken == [("¿es azul?", "zh", "[zh] ¿es azul?", "fake", "machine", [])]
        office.archive.fail = SeabridgeError(ErrorCode.STORAGE_FULL)
        assert client.call("translate", read("¿es rojo?", engine="fake")).items[0].text == "[zh] ¿es rojo?"
        params = TranslateParams(items=[TranslateItem(ref="1", text="azul")], purpose="write", thread=REF,
                                 source="zh", target="es", engine="fake")  # fmt: skip
        client.call("translate", params)
        assert len(office.archive.translations.retaken) == 2, "what the seller writes is no message yet"


def test_people_of_the_order_and_what_the_buyer_signed_are_hidden(office: Office) -> None:
    names = office.desk.order_names
    names.note(REF.marketplace, REF.shop, "114-77", ["Ana Prado", "Rua das Flores 12"])
    names.note(REF.marketplace, "", "577123456789", ["Zoe Quinn"])
    names.note(REF.marketplace, REF.shop, "114-99", ["Max Mustermann"])
    names.note("elsewhere", REF.shop, "114-77", ["Nobody Here"])
    with office.proven() as client:
        shown = seen(("1", "buyer", "which one?"), ("2", "buyer", "It is broken. Thanks,\nCarla"))
        shown.messages[0].order = "114-77"
        client.call("message.seen", shown)
        client.call("translate", read("and where is 577123456789?", engine="deepseek"))
    around = office.translator.ways[-1][1]
    assert set(around.names) == {REF.buyer, "Ana Prado", "Rua das Flores 12", "Zoe Quinn", "Carla"}
    assert around.elsewhere == ("Max Mustermann",)


def test_what_nobody_waits_for_is_sent_nowhere(office: Office) -> None:
    office.desk.backlog._pause_s = 0.01
    with office.proven() as client:
        client.call("message.seen", seen(("k1", "buyer", "¿hola?")))
        until(lambda: office.translator.ways)
    assert office.translator.ways[-1][2] is False


def test_engines_are_set_up_over_the_wire_and_the_key_does_not_come_back(office: Office) -> None:
    with office.proven() as client:
        saved = client.call("engines.save", e.EnginesSaveParams(name="deepseek", key="sk-secret-5", daily_characters=9))
        (engine,) = [one for one in saved.engines if one.name == "deepseek"]
        assert (engine.has_key, engine.destination, engine.today.limit) == (True, "api.deepseek.com", 9)
        ordered = client.call("engines.order", e.EnginesOrderParams(order=["argos"], pairs={"ja-zh": ["deepseek"]}))
        assert ordered.pairs == {"ja-zh": ["deepseek"]}
        assert b"sk-secret" not in msgspec.json.encode(client.call("engines.list", e.EnginesListParams()))
        with pytest.raises(SeabridgeError) as caught:
            client.call("engines.test", e.EnginesTestParams(name="nobody"))
        assert caught.value.code is ErrorCode.NOT_FOUND
        left = client.call("engines.remove", e.EnginesRemoveParams(name="deepseek"))
        assert all(one.name != "deepseek" for one in left.engines)
        assert left.pairs == {}


def test_seen_answers_at_once_and_translates_afterwards(office: Office) -> None:
    office.desk.backlog._pause_s = 0.01
    office.translator.hold.clear()
    with office.proven() as client:
        answer = client.call(
            "message.seen",
            seen(("k1", "buyer", "¿hola?"), ("k2", "seller", "hi"), images=["https://p16.example/1.png"]),
        )
        assert [row.status for row in answer.rows] == ["new", "new"]
        assert answer.thread.id == 1
        assert len(answer.images) == 2
        assert office.archive.translations.kept == {}
        office.translator.hold.set()
        until(lambda: 1 in office.archive.translations.kept)
        assert office.archive.translations.kept[1][1:6] == ("zh", "[zh] ¿hola?", "fake", "machine", [])
        until(office.desk.backlog.idle)
        assert list(office.archive.translations.kept) == [1], "only what the buyer wrote"
        assert office.archive.state.language == "es"
        known = client.call("message.seen", seen(("k1", "buyer", "¿hola?")))
        assert known.rows[0].status == "known"


def test_what_was_left_untranslated_is_taken_up_at_the_start(tmp_path: Path) -> None:
    office = open_office(tmp_path)
    office.running.stop()
    office.archive.see(seen(("k1", "buyer", "hola"), ("k2", "buyer", " ")))
    backlog = Backlog(office.room, pause_s=0.01)
    backlog.look_again()
    until(lambda: 1 in office.archive.translations.kept)
    until(backlog.idle)
    backlog.close()
    assert 2 not in office.archive.translations.kept


def test_an_installation_takes_up_what_was_left(office: Office) -> None:
    office.desk.backlog._pause_s = 0.01
    until(office.desk.backlog.idle)
    office.archive.see(seen(("k1", "buyer", "hola")))
    office.desk.installs.run("es", "zh")
    until(lambda: 1 in office.archive.translations.kept)


def test_the_backlog_is_bounded_and_survives_trouble(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from companion.desk import backlog as module

    office = open_office(tmp_path)
    office.running.stop()
    monkeypatch.setattr(module, "RETRY_S", 0.01)
    office.translator.fail = SeabridgeError(ErrorCode.ENGINE_FAILED)
    backlog = Backlog(office.room, pause_s=0.01)
    backlog.add(REF, [(n, f"text {n}") for n in range(5000)])
    assert len(backlog._jobs) <= 1000
    until(lambda: office.translator.asked)
    office.translator.fail = None
    backlog.add(REF, [(9999, "last")])
    until(lambda: len(office.archive.translations.kept) > 100)
    backlog.close()


def test_settings_reach_the_page_and_back(office: Office) -> None:
    with office.proven() as client:
        assert client.call("settings.set", SettingsSetParams(guard_sending=False)).guard_sending is False
        assert client.call("settings.get").translate_incoming is True
        with pytest.raises(SeabridgeError) as caught:
            client.call("settings.set", {"locale": "fr"})
        assert caught.value.code is ErrorCode.BAD_PARAMS


def test_pages_come_once_per_version(office: Office) -> None:
    from companion.protocol.pages import Marketplace

    office.rules.marketplaces = [Marketplace(name="tiktok", title="TikTok Shop", hosts=[], pages=[])]
    with office.proven() as client:
        first = client.call("pages.get", PagesGetParams())
        assert [market.name for market in first.marketplaces] == ["tiktok"]
        assert client.call("pages.get", PagesGetParams(version=first.version)).marketplaces == []
        office.rules.version = "r2"
        assert client.call("pages.get", PagesGetParams(version=first.version)).version == "r2"


def test_threads_messages_and_search(office: Office) -> None:
    with office.proven() as client:
        assert client.call("thread.list", a.ThreadListParams()).threads == []
        client.call("message.seen", seen(("k1", "buyer", "退款吗"), ("k2", "buyer", "hola")))
        assert client.call("thread.list", a.ThreadListParams()).threads[0].messages == 2
        assert len(client.call("thread.messages", a.ThreadMessagesParams(thread_id=1)).messages) == 2
        assert client.call("search", a.SearchParams(query="退款")).hits[0].message_id == 1
        with pytest.raises(SeabridgeError) as caught:
            client.call("thread.messages", a.ThreadMessagesParams(thread_id=7))
        assert caught.value.code is ErrorCode.NOT_FOUND


def test_the_extension_can_open_the_dashboard(office: Office) -> None:
    with office.proven() as client:
        url = client.call("dashboard.ticket").url
    assert url.startswith(f"http://127.0.0.1:{office.port}/dashboard#ticket=")
    office.desk.dashboard_tickets.take(url.split("=")[1])


def test_status_comes_from_the_house(office: Office) -> None:
    with office.proven() as client:
        assert client.call("status.get").checks[0].id == "archive"


def test_the_archive_is_opened_at_first_use_and_tried_again_after_a_failure(tmp_path: Path) -> None:
    office = open_office(tmp_path)
    office.running.stop()
    tries: list[int] = []

    def opening() -> Any:
        tries.append(1)
        if len(tries) == 1:
            raise SeabridgeError(ErrorCode.STORAGE_LOCKED)
        return office.archive

    office.room.open_archive, office.room._archive = opening, None
    with pytest.raises(SeabridgeError):
        _ = office.room.archive
    assert office.room.archive is office.archive
    assert office.room.archive is office.archive
    assert len(tries) == 2


def a_taught_page() -> PagesTeachParams:
    golden = Path(__file__).parents[2] / "contract" / "golden" / "pages.teach.json"
    return msgspec.convert(json.loads(golden.read_text("utf-8"))["params"], PagesTeachParams)


def test_a_taught_page_is_kept_and_every_extension_hears_of_it(office: Office) -> None:
    client, other = office.proven(), office.proven()
    answer = client.call("pages.teach", a_taught_page())
    assert (answer.marketplace, answer.page) == ("seller-example-com", "taught-chat")
    folder = office.room.paths.marketplaces / "seller-example-com"
    assert answer.folder == str(folder)
    [own], faults = load_own(office.room.paths.marketplaces)
    assert faults == []
    assert own.pages[0].source.startswith("taught by the seller on seller.example.com, 20")
    assert own.pages[0].state == "provisional"
    other.beat(1)
    assert other.pushes.get_nowait()[0] == "pages"
    forgotten = client.call("pages.forget", PagesForgetParams(marketplace="seller-example-com", page="taught-chat"))
    assert forgotten.forgotten
    assert not folder.exists()


def test_a_page_that_cannot_work_is_not_kept(office: Office) -> None:
    params = a_taught_page()
    params.page.messages.row = []  # type: ignore[union-attr]
    with pytest.raises(SeabridgeError) as refused:
        office.proven().call("pages.teach", params)
    assert refused.value.code == ErrorCode.BAD_PARAMS
    assert not office.room.paths.marketplaces.exists()


def test_pages_are_exported_imported_and_listed(office: Office) -> None:
    client, other = office.proven(), office.proven()
    client.call("pages.teach", a_taught_page())
    market = "seller-example-com"
    packed = client.call("pages.export", PagesExportParams(marketplace=market))
    assert packed.file == f"seabridge-{market}.zip"
    with pytest.raises(SeabridgeError) as refused:
        client.call("pages.export", PagesExportParams(marketplace="shopee"))
    assert refused.value.code == ErrorCode.NOT_FOUND
    [mine] = client.call("pages.own").pages
    assert (mine.marketplace, mine.page, mine.kind) == (market, "taught-chat", "chat")
    assert mine.folder == str(office.room.paths.marketplaces / market)
    client.call("pages.forget", PagesForgetParams(marketplace=market, page="taught-chat"))
    assert client.call("pages.own").pages == []

    looked = client.call("pages.import", PagesImportParams(zip=packed.zip))
    host = "https://seller.example.com/*"
    assert [(each.host, each.known) for each in looked.hosts] == [(host, False)]
    assert [(page.page, page.takes) for page in looked.pages] == [("taught-chat", "")]
    unseen = client.call("pages.import", PagesImportParams(zip=packed.zip, take=True))
    assert not looked.taken
    assert not unseen.taken
    assert client.call("pages.own").pages == [], "hosts the seller was not shown are not kept"
    other.beat(1)
    while not other.pushes.empty():
        other.pushes.get_nowait()
    taken = client.call("pages.import", PagesImportParams(zip=packed.zip, take=True, hosts=[host]))
    assert taken.taken
    assert taken.folder == mine.folder
    assert client.call("pages.own").pages == [mine]
    other.beat(2)
    assert other.pushes.get_nowait()[0] == "pages"
    again = client.call("pages.import", PagesImportParams(zip=packed.zip, take=True, hosts=[host]))
    assert (again.taken, again.pages[0].takes) == (False, "own"), "nothing of the seller's is replaced unasked"
    agreed = PagesImportParams(zip=packed.zip, take=True, hosts=[host], replace=["taught-chat"])
    assert client.call("pages.import", agreed).taken


def test_a_shared_file_is_checked_before_anything_is_kept(office: Office) -> None:
    client = office.proven()
    client.call("pages.teach", a_taught_page())
    packed = client.call("pages.export", PagesExportParams(marketplace="seller-example-com"))
    client.call("pages.forget", PagesForgetParams(marketplace="seller-example-com", page="taught-chat"))
    office.room.check_rules = lambda folder: [Problem(f"{folder.name}/pages/taught-chat.yml", 7, "bad")]
    for sent, code in (
        (packed.zip, ErrorCode.SHARED_FAULTY),
        ("AAAA", ErrorCode.SHARED_UNREADABLE),
        ("A", ErrorCode.SHARED_UNREADABLE),
    ):
        with pytest.raises(SeabridgeError) as refused:
            client.call("pages.import", PagesImportParams(zip=sent, take=True, hosts=["https://seller.example.com/*"]))
        assert refused.value.code == code
    assert not list(office.room.paths.marketplaces.glob("*"))
