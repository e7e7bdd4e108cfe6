"""Glossary and memory through the desk: over the wire, by the page's translate, and from inserted drafts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from companion.protocol import METHODS
from companion.protocol.errors import ErrorCode, SeabridgeError
from companion.protocol.methods import archive as a
from companion.protocol.methods import glossary as g
from companion.protocol.methods import memory as m
from companion.protocol.methods.translate import TranslateItem, TranslateParams
from companion.protocol.version import MAX_FRAME, MAX_IMPORT
from companion.runtime import control
from companion.translation.memory.tmx import TmxPair

from .fakes import REF, Office, open_office, seen, until
from .test_desk_page_read import announced, post

SHOP = g.ShopRef(marketplace=REF.marketplace, shop=REF.shop)
DRAFT = a.DraftInsertedParams(
    thread=REF, written="你好", written_language="zh", text="hola", language="es", engine="fake", match="machine",
    inserted_at=1.0,
)  # fmt: skip


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    opened = open_office(tmp_path)
    yield opened
    opened.running.stop()


def test_a_glossary_is_made_changed_and_exported(office: Office) -> None:
    with office.proven() as client:
        content = "text,keep,en,zh\r\nSea Breeze,1,,\r\ncream,,off-white,奶白色\r\n"
        done = client.call("glossary.import", g.GlossaryImportParams(shop=SHOP, format="csv", content=content))
        assert (done.added, done.replaced) == (2, 0)
        term = g.GlossaryTerm(text="navy", renderings={"zh": "藏青色"})
        kept = client.call("glossary.put", g.GlossaryPutParams(shop=SHOP, term=term)).term
        listed = client.call("glossary.list", g.GlossaryListParams(shop=SHOP))
        assert [t.text for t in listed.terms] == ["Sea Breeze", "cream", "navy"]
        assert client.call("glossary.remove", g.GlossaryRemoveParams(shop=SHOP, ids=[kept.id])).removed == 1
        out = client.call("glossary.export", g.GlossaryExportParams(shop=SHOP, format="tbx"))
        assert out.next == 0
        assert "off-white" in out.content
        with pytest.raises(SeabridgeError) as caught:
            client.call("glossary.import", g.GlossaryImportParams(shop=SHOP, format="tbx", content="<tbx>"))
        assert (caught.value.code, caught.value.data) == (ErrorCode.IMPORT_UNREADABLE, {"line": 1})


def test_a_memory_is_searched_exported_by_piece_and_forgotten(office: Office) -> None:
    office.translator.memory.add(
        [TmxPair("zh", "en", f"第{'一' * n}句话<&>", "told " * 60, 0) for n in range(1, 300)], "tiktok/7490001", 1.0
    )
    with office.proven() as client:
        found = client.call("memory.search", m.MemorySearchParams(shop=SHOP, limit=100))
        assert found.count == 299
        assert found.more > 0
        pieces, offset = "", 0
        while True:
            piece = client.call("memory.export", m.MemoryExportParams(shop=SHOP, offset=offset))
            pieces, offset = pieces + piece.content, piece.next
            if not offset:
                break
        assert pieces.count("<tu ") == 299
        assert pieces.endswith("</tmx>\n")
        other = g.ShopRef(marketplace="ebay", shop="me")
        small = pieces[: pieces.index("</tu>")] + "</tu></body></tmx>"
        assert client.call("memory.import", m.MemoryImportParams(shop=other, content=small)).added == 1
        assert client.call("memory.remove", m.MemoryRemoveParams(said="第一句话<&>")).removed == 2, "in every shop"


def test_the_widest_pieces_fit_a_frame(office: Office) -> None:
    wide = "\u0001\x7f界" + '"\\' * 90
    terms = [g.GlossaryTerm(text=f"{n}{wide}"[:190], keep=True) for n in range(2_000)]
    office.translator.glossary.merge(SHOP, terms)
    from companion.translation.files import export_glossary

    for kind in ("csv", "tbx"):
        asked = g.GlossaryExportParams(shop=SHOP, format=kind)  # type: ignore[arg-type]
        assert len(msgspec.json.encode(export_glossary(office.translator.glossary, asked))) < MAX_FRAME
    with office.proven() as client:
        page = client.call("glossary.list", g.GlossaryListParams(shop=SHOP, limit=200))
        assert page.more


def test_translating_knows_the_shop_and_the_buyers_name(office: Office) -> None:
    with office.proven() as client:
        items = [TranslateItem(ref="1", text="hola")]
        client.call("translate", TranslateParams(items=items, purpose="read", thread=REF))
        client.call("translate", TranslateParams(items=items, purpose="read", target="zh"))
        client.call("message.seen", seen(("k1", "buyer", "¿hola?")))
        until(lambda: len(office.translator.places) == 3)
    page, nobody, backlog = office.translator.places
    assert (page.shop, page.names) == (SHOP, ("Maria",))
    assert (nobody.shop, nobody.names) == (g.ShopRef(), ())
    assert backlog == page, "or the archive's line would miss the page's cache"


def test_a_listing_has_its_shops_terms_no_thread_and_the_languages_that_were_asked_for(office: Office) -> None:
    with office.proven() as client:
        items = [TranslateItem(ref="1", text="<p>hola</p>")]
        client.call("translate", TranslateParams(items=items, purpose="listing", shop=SHOP, target="de"))
        client.call("translate", TranslateParams(items=items, purpose="listing"))
    one, other = office.translator.asked
    assert (one["source"], one["target"], one["prior"], one["purpose"]) == ("", "de", "", "listing")
    assert other["target"] == "zh", "without a language it is the seller's, to read"
    assert [(place.shop, place.names) for place in office.translator.places] == [(SHOP, ()), (g.ShopRef(), ())]


def test_an_inserted_draft_is_remembered_and_a_broken_memory_stops_nothing(office: Office) -> None:
    with office.proven() as client:
        assert client.call("draft.inserted", DRAFT).id == 1
        assert office.translator.drafts == [DRAFT]
        office.translator.fail = SeabridgeError(ErrorCode.STORAGE_CORRUPT, path="m")
        assert client.call("draft.inserted", msgspec.structs.replace(DRAFT, text="adiós")).id == 2


def test_a_file_larger_than_a_frame_is_uploaded_and_named_by_its_hash(office: Office) -> None:
    units = "".join(
        f'<tu><tuv xml:lang="zh"><seg>第{n}句，{"字" * 80}</seg></tuv>'
        f'<tuv xml:lang="en"><seg>Sentence {n}</seg></tuv></tu>'
        for n in range(2_000)
    )
    tmx = f'<tmx version="1.4"><header srclang="zh"/><body>{units}</body></tmx>'.encode()
    assert len(tmx) > MAX_FRAME
    broken = b"text,keep\nAnker,1\n" + b"\xff\xfe"
    with office.proven() as client:
        for data in (tmx, broken):
            begin = announced(data, purpose="import", type="text/plain")
            assert post(office, client.call("blob.begin", begin).ticket, data) == ""
        asked = m.MemoryImportParams(shop=SHOP, sha256=announced(tmx).sha256)
        assert client.call("memory.import", asked).added == 2_000
        with pytest.raises(SeabridgeError) as gone:
            client.call("memory.import", asked)
        assert gone.value.code is ErrorCode.NOT_FOUND, "an upload is read once"
        with pytest.raises(SeabridgeError) as caught:
            client.call(
                "glossary.import", g.GlossaryImportParams(shop=SHOP, format="csv", sha256=announced(broken).sha256)
            )
        assert (caught.value.code, caught.value.data) == (ErrorCode.IMPORT_UNREADABLE, {"line": 3})
        with pytest.raises(SeabridgeError) as large:
            client.call("blob.begin", announced(b"x", purpose="import", size=MAX_IMPORT + 1))
        assert large.value.code is ErrorCode.TOO_LARGE


def test_files_of_any_size_go_by_their_path(office: Office, tmp_path: Path) -> None:
    paths, shop = office.room.paths, {"marketplace": "ebay", "shop": "me"}
    big = tmp_path / "big.csv"
    big.write_text("text,keep\n" + "".join(f"Brand {n} {'x' * 60},1\n" for n in range(1_500)), "utf-8")
    assert control.call(paths, "glossary.import_file", {"path": str(big), "shop": shop})["added"] == 1_500
    out = {"path": str(tmp_path / "out.tbx"), "shop": shop}
    assert control.call(paths, "glossary.export_file", out)["written"] == 1_500
    with pytest.raises(SeabridgeError) as caught:
        control.call(paths, "memory.import_file", {"path": str(tmp_path / "none.tmx"), "shop": shop})
    assert caught.value.code in ErrorCode
    with office.proven() as client, pytest.raises(SeabridgeError):
        client.call("glossary.import_file", METHODS["glossary.list"].params(shop=SHOP))
