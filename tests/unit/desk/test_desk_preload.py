"""Models are loaded when a conversation is opened, beside the requests and never in their way."""

from __future__ import annotations

from companion.desk.preload import Preload
from companion.protocol.errors import ErrorCode, SeabridgeError
from companion.protocol.methods.archive import ThreadGetParams
from companion.protocol.methods.desk import SettingsSetParams

from .fakes import REF, Office, until

OPEN = ThreadGetParams(thread=REF)


def test_an_opened_conversation_loads_reading_first_then_writing(office: Office) -> None:
    office.archive.state.language = "es"
    with office.proven() as client:
        client.call("thread.get", OPEN)
        until(lambda: office.translator.preloaded == [("es", "zh"), ("zh", "es")])
        client.call("settings.set", SettingsSetParams(seller_language="en"))
        until(lambda: office.translator.preloaded[2:] == [("es", "en"), ("en", "es")])


def test_nothing_is_loaded_for_a_language_nobody_knows_or_the_sellers_own(office: Office) -> None:
    with office.proven() as client:
        client.call("thread.get", OPEN)
        office.archive.state.language = "zh"
        client.call("thread.get", OPEN)
    until(office.desk.preload.idle)
    assert office.translator.preloaded == []


def test_a_request_does_not_wait_for_a_load_and_only_the_last_conversation_counts(office: Office) -> None:
    office.translator.hold.clear()
    with office.proven() as client:
        for language in ("es", "pt", "de"):
            office.archive.state.language = language
            assert client.call("thread.get", OPEN).language == language
            until(lambda: len(office.translator.preloaded) == 1)
        office.translator.hold.set()
    until(office.desk.preload.idle)
    assert office.translator.preloaded == [("es", "zh"), ("de", "zh"), ("zh", "de")]


def test_a_model_that_does_not_load_is_the_first_messages_trouble(office: Office) -> None:
    preload = Preload(office.room)
    office.translator.fail = SeabridgeError(ErrorCode.PACKAGE_DAMAGED)
    preload.wanted("es")
    until(preload.idle)
    office.translator.fail = None
    preload.wanted("pt")
    until(lambda: office.translator.preloaded[-1:] == [("zh", "pt")])
    preload.close()
    preload.wanted("de")
    assert preload.idle(), "one that is closed begins nothing"
