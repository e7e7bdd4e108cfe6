"""The team's documents on a real server: no change is lost, colleagues see it soon, and nothing private leaves."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest

from companion.compliance.feed.choice import Choice, Source, choose, chosen
from companion.protocol.errors import ErrorCode, SeabridgeError
from companion.protocol.methods.desk import Settings, SettingsSetParams
from companion.protocol.methods.glossary import GlossaryTerm, ShopRef
from companion.runtime.documents import Documents
from companion.runtime.settings import SettingsStore
from companion.team.last_seen import LastSeen
from companion.translation.choice import Order
from companion.translation.glossary.store import GlossaryStore
from companion.translation.remote.config import configured
from companion.translation.remote.usage import Usage
from companion.translation.setup import EngineSetup
from tests.postgres import Server

from .conftest import Seats, eventually

SHOP = ShopRef(marketplace="shopee", shop="sg-1")


class NoKeys:
    """A keyring with nothing in it."""

    def get(self, name: str) -> None:
        return None

    def set(self, name: str, value: bytes) -> None:
        raise AssertionError(name)

    def delete(self, name: str) -> None:
        pass


def test_what_a_colleague_changes_is_seen_by_glossary_engines_and_settings(seats: Seats) -> None:
    lin, mei = seats("lin", listens=True), seats("mei", listens=True)
    his, hers = GlossaryStore(lin.documents), GlossaryStore(mei.documents)
    engines = EngineSetup(mei.documents, NoKeys())
    assert (his.own(SHOP), hers.own(SHOP), engines.order()) == ([], [], Order())
    his.put(SHOP, GlossaryTerm(text="Sea Breeze", keep=True))
    eventually(lambda: [term.text for term in hers.own(SHOP)] == ["Sea Breeze"])
    hers.put(SHOP, GlossaryTerm(text="Tideline", keep=True))
    eventually(lambda: [term.text for term in his.own(SHOP)] == ["Sea Breeze", "Tideline"])
    EngineSetup(lin.documents, NoKeys()).save("deepl", {})
    EngineSetup(lin.documents, NoKeys()).set_order(Order(default=("deepl",)))
    eventually(lambda: engines.order().default == ("deepl",))
    assert not engines.remotes()["deepl"].available(), "the key is each seat's own"
    SettingsStore(lin.documents).set(SettingsSetParams(tone="warm", locale="en"))
    eventually(lambda: SettingsStore(mei.documents).get() == Settings(tone="warm"))
    accepted = Choice("own", Source("https://feed.example/rules.zip", "0" * 64))
    choose(lin.documents, accepted)
    eventually(lambda: chosen(mei.documents) == accepted)


def test_changes_at_the_same_moment_are_all_kept(seats: Seats) -> None:
    lin, mei = seats("lin"), seats("mei")
    config = configured("deepl", {})

    def work(team: object, name: str) -> None:
        documents = team.documents  # type: ignore[attr-defined]
        glossary, usage = GlossaryStore(documents), Usage(documents)
        for number in range(8):
            glossary.put(SHOP, GlossaryTerm(text=f"{name} {number}", keep=True))
            usage.add("deepl", 10)

    threads = [threading.Thread(target=work, args=(team, team.seat.name)) for team in (lin, mei)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    later = seats("later").documents
    assert len({term.text for term in GlossaryStore(later).own(SHOP)}) == 16
    spent = Usage(later).spent(config)
    assert (spent.characters, spent.requests) == (160, 16), "what both used counts against the day's limit"


def test_only_what_is_the_teams_lies_in_the_database(seats: Seats, postgres: Server) -> None:
    lin = seats("lin")
    SettingsStore(lin.documents).set(SettingsSetParams(locale="en", tone="formal"))
    lin.documents.put("pairings", "k", {"name": "Chrome"})
    lin.documents.put("keeping", "plan", {"folder": "/backups", "months": 12})
    lin.documents.put("glossary", "*", {"terms": [], "odd": "a\0b\ud800", "deep": [{"x": "\0"}]})
    with postgres.connect("team") as connection:
        rows = dict(connection.execute("SELECT collection || '/' || key, value FROM team_documents").fetchall())
    assert rows == {
        "settings/seller": {"tone": "formal"},
        "keeping/plan": {"months": 12},
        "glossary/*": {"terms": [], "odd": "a�b�", "deep": [{"x": "�"}]},
    }
    mei = seats("mei").documents
    assert mei.get("keeping", "plan") == {"months": 12}
    assert mei.all("settings") == {"seller": {"tone": "formal"}}
    assert mei.delete("settings", "seller")
    assert seats("later").documents.get("settings", "seller") is None
    assert seats("lin").documents.get("settings", "seller") == {"locale": "en"}


def test_a_document_that_never_stands_still_is_given_up_with_a_word(seats: Seats) -> None:
    lin, mei = seats("lin").documents, seats("mei").documents
    lin.put("engine_order", "order", {"n": 0})
    asked = []

    def always_late(stored: dict[str, object] | None) -> dict[str, object]:
        asked.append(stored)
        mei.put("engine_order", "order", {"n": len(asked)})
        return {"mine": True}

    with pytest.raises(SeabridgeError) as caught:
        lin.change("engine_order", "order", always_late)
    assert caught.value.code is ErrorCode.BUSY
    assert asked[:3] == [{"n": 0}, {"n": 1}, {"n": 2}], "every try sees what the other made of it"

    def refuses(_: object) -> None:
        raise SeabridgeError(ErrorCode.IMPORT_FULL, limit=1)

    with pytest.raises(SeabridgeError) as refused:
        lin.change("engine_order", "order", refuses)
    assert refused.value.code is ErrorCode.IMPORT_FULL
    assert lin.delete("engine_order", "order")
    assert not lin.delete("engine_order", "order")


def test_the_first_seat_brings_what_it_has_and_the_second_does_not(seats: Seats, tmp_path: Path) -> None:
    for name, text in (("lin", "Sea Breeze"), ("mei", "Other")):
        own = Documents(tmp_path / name / "documents.json")
        GlossaryStore(own).put(SHOP, GlossaryTerm(text=text, keep=True))
        own.put("settings", "seller", {"locale": "en", "tone": "warm" if name == "lin" else "formal"})
        own.put("pairings", "k", {"name": name})
    lin, mei = seats("lin").documents, seats("mei").documents
    for documents in (lin, mei):
        assert [term.text for term in GlossaryStore(documents).own(SHOP)] == ["Sea Breeze"]
        assert documents.get("settings", "seller") == {"locale": "en", "tone": "warm"}
    assert mei.get("pairings", "k") == {"name": "mei"}


def test_without_the_server_what_was_last_seen_holds_and_changes_are_refused(seats: Seats, tmp_path: Path) -> None:
    lin = seats("lin")
    SettingsStore(lin.documents).set(SettingsSetParams(tone="warm"))
    assert SettingsStore(lin.documents).get().tone == "warm"
    GlossaryStore(lin.documents).put(SHOP, GlossaryTerm(text="Sea Breeze", keep=True))
    assert GlossaryStore(lin.documents).own(SHOP)
    lin.close()
    gone = f"postgresql://seabridge@/team?host={tmp_path}"
    fresh = seats("mei", url=gone)
    assert SettingsStore(fresh.documents).get() == Settings(), "the careful defaults"
    SettingsStore(fresh.documents).set(SettingsSetParams(locale="en"))
    assert SettingsStore(fresh.documents).get().locale == "en", "what is this seat's own needs no server"
    with pytest.raises(SeabridgeError) as caught:
        GlossaryStore(fresh.documents).own(SHOP)
    assert caught.value.code is ErrorCode.DATABASE_AWAY
    kept = tmp_path / "lin" / "team.json"
    kept.write_text(kept.read_text("utf-8").replace(lin.link.address.shown, fresh.link.address.shown), "utf-8")
    again = seats("lin", url=gone)
    assert SettingsStore(again.documents).get().tone == "warm"
    assert [term.text for term in GlossaryStore(again.documents).own(SHOP)] == ["Sea Breeze"]
    with pytest.raises(SeabridgeError) as refused:
        SettingsStore(again.documents).set(SettingsSetParams(tone="formal"))
    assert refused.value.code is ErrorCode.DATABASE_AWAY
    assert SettingsStore(again.documents).get().tone == "warm"


def test_a_listening_seat_knows_everything_before_anybody_asked_for_it(seats: Seats, tmp_path: Path) -> None:
    GlossaryStore(seats("lin").documents).put(SHOP, GlossaryTerm(text="Sea Breeze", keep=True))
    mei = seats("mei", listens=True)
    eventually(lambda: LastSeen(tmp_path / "mei" / "team.json", mei.link.address.shown).get("glossary"))
    mei.stop()
    gone = seats("mei", url=f"postgresql://seabridge@/team?host={tmp_path}")
    kept = tmp_path / "mei" / "team.json"
    kept.write_text(kept.read_text("utf-8").replace(mei.link.address.shown, gone.link.address.shown), "utf-8")
    assert [term.text for term in GlossaryStore(gone.documents).own(SHOP)] == ["Sea Breeze"]


@pytest.mark.parametrize("damage", ["{", "[]", '{"team": "t"}', '{"team": "t", "documents": {"a": [1]}}'])
def test_a_damaged_memory_of_the_team_is_no_memory(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "team.json"
    path.write_text(damage, "utf-8")
    seen = LastSeen(path, "t")
    assert seen.get("glossary") is None
    seen.keep("glossary", {"*": {"terms": []}})
    seen.keep("engine_usage", {"deepl 2026-01-01": {"characters": 1}})
    assert LastSeen(path, "t").get("glossary") == {"*": {"terms": []}}
    assert LastSeen(path, "t").get("engine_usage") is None
    assert LastSeen(path, "another").get("glossary") is None
    assert json.loads(path.read_text("utf-8"))["team"] == "t"
