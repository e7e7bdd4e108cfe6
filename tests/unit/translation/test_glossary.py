"""The shop's terms: kept by shop, used by protection, and exchanged as files that may be anything."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.protocol.errors import ErrorCode, SeabridgeError
from companion.protocol.methods.glossary import GlossaryListParams, GlossaryTerm, ShopRef
from companion.runtime.documents import Documents
from companion.translation.files import glossary_from, glossary_to
from companion.translation.glossary import csv_format, tbx
from companion.translation.glossary.store import MAX_TERMS, GlossaryStore
from companion.translation.glossary.terms import for_direction, within
from companion.translation.guarded import translate_guarded
from companion.translation.protect import Term
from companion.translation.wording import Place, Wording

from .hostile import HostileEngine

SHOP = ShopRef(marketplace="shopee", shop="sg-1")
OTHER = ShopRef(marketplace="shopee", shop="my-2")
ALL = ShopRef()
BRAND = GlossaryTerm(text="Sea Breeze", keep=True, kind="brand")
COLOUR = GlossaryTerm(
    text="奶白色", language="zh", kind="colour", renderings={"en": "off-white", "vi": "trắng sữa"}, note="not 白色"
)
CASED = GlossaryTerm(text="ACE", keep=True, cased=True)


@pytest.fixture
def store(tmp_path: Path) -> GlossaryStore:
    return GlossaryStore(Documents(tmp_path / "documents.json"))


def _code(caught: pytest.ExceptionInfo[SeabridgeError]) -> tuple[ErrorCode, object, object]:
    return caught.value.code, caught.value.data.get("line"), caught.value.data.get("column")


# -- keeping -----------------------------------------------------------------------------------------------------


def test_terms_belong_to_a_shop_or_to_all(store: GlossaryStore, tmp_path: Path) -> None:
    one, common = store.put(SHOP, BRAND), store.put(ALL, CASED)
    assert [term.id for term in store.terms(SHOP)] == [common.id, one.id]
    assert [term.id for term in store.terms(OTHER)] == [common.id]
    again = GlossaryStore(Documents(tmp_path / "documents.json"))
    assert again.terms(SHOP) == store.terms(SHOP), "kept on disk"


def test_what_two_people_change_at_the_same_time_is_kept_and_seen_by_both(tmp_path: Path) -> None:
    documents = Documents(tmp_path / "documents.json")
    mine, yours = GlossaryStore(documents), GlossaryStore(documents)
    assert (mine.own(SHOP), yours.own(SHOP)) == ([], [])
    first = mine.put(SHOP, BRAND)
    second = yours.put(SHOP, COLOUR)
    assert yours.merge(SHOP, [CASED]) == (1, 0)
    assert [term.text for term in mine.own(SHOP)] == ["Sea Breeze", "奶白色", "ACE"]
    assert yours.remove(SHOP, [first.id]) == 1
    assert mine.remove(SHOP, [first.id]) == 0
    with pytest.raises(SeabridgeError) as caught:
        mine.put(SHOP, first)
    assert caught.value.code is ErrorCode.NOT_FOUND
    assert mine.put(SHOP, msgspec.structs.replace(second, note="mine")) in yours.own(SHOP)


def test_a_term_is_changed_and_removed_by_its_id(store: GlossaryStore) -> None:
    kept = store.put(SHOP, BRAND)
    store.put(SHOP, msgspec.structs.replace(kept, text="Sea Breeze 2"))
    assert [term.text for term in store.own(SHOP)] == ["Sea Breeze 2"]
    before = store.revision
    assert store.remove(SHOP, [kept.id, "zz"]) == 1
    assert store.revision > before
    assert store.own(SHOP) == []
    with pytest.raises(SeabridgeError) as caught:
        store.put(SHOP, kept)
    assert caught.value.code is ErrorCode.NOT_FOUND


@pytest.mark.parametrize(
    "term", [GlossaryTerm(text="...", keep=True), GlossaryTerm(text="word"), GlossaryTerm(text="a\nb", keep=True)]
)
def test_a_term_of_no_use_is_refused(store: GlossaryStore, term: GlossaryTerm) -> None:
    with pytest.raises(SeabridgeError) as caught:
        store.put(SHOP, term)
    assert caught.value.code is ErrorCode.BAD_PARAMS


def test_pages_and_queries(store: GlossaryStore) -> None:
    store.merge(SHOP, [GlossaryTerm(text=f"Brand {n}", keep=True) for n in range(25)] + [COLOUR])
    seen, after = [], ""
    while True:
        page = store.page(GlossaryListParams(shop=SHOP, after=after, limit=10))
        seen += [term.text for term in page.terms]
        after = page.more
        if not after:
            break
    assert seen == [*(f"Brand {n}" for n in range(25)), "奶白色"]
    assert [t.text for t in store.page(GlossaryListParams(shop=SHOP, query="OFF-w")).terms] == ["奶白色"]


def test_too_many_change_nothing(store: GlossaryStore) -> None:
    store.put(SHOP, BRAND)
    with pytest.raises(SeabridgeError) as caught:
        store.merge(SHOP, [GlossaryTerm(text=f"B{n}", keep=True) for n in range(MAX_TERMS)])
    assert caught.value.code is ErrorCode.IMPORT_FULL
    assert len(store.own(SHOP)) == 1


def test_a_document_that_is_no_glossary_counts_as_empty(tmp_path: Path) -> None:
    documents = Documents(tmp_path / "d.json")
    documents.put("glossary", "*", {"terms": [{"text": 5}]})
    assert GlossaryStore(documents).terms(SHOP) == []


# -- using -------------------------------------------------------------------------------------------------------


def test_what_stands_for_what_in_a_direction() -> None:
    terms = [BRAND, COLOUR, GlossaryTerm(text="Cup", renderings={"zh": "静音杯"})]
    assert for_direction(terms, "zh-CN", "en") == (Term("Sea Breeze", "Sea Breeze"), Term("奶白色", "off-white"))
    assert for_direction(terms, "vi", "zh") == (
        Term("Sea Breeze", "Sea Breeze"), Term("trắng sữa", "奶白色"), Term("Cup", "静音杯"),
    )  # fmt: skip
    assert for_direction(terms, "th", "ru") == (Term("Sea Breeze", "Sea Breeze"),)
    assert within(for_direction(terms, "zh", "en"), "有奶白色吗") == (Term("奶白色", "off-white"),)
    assert within((Term("ACE", "ACE", cased=True),), "an ace of ACES") == ()


@pytest.mark.parametrize("seed", range(40))
def test_terms_come_out_as_the_shop_says_through_any_engine(store: GlossaryStore, seed: int) -> None:
    store.merge(SHOP, [BRAND, COLOUR])
    wording = Wording(glossary=store)
    text = "sea breeze 有奶白色的吗"
    way = wording.way("zh", "en", Place(SHOP), [text])
    (answer,) = translate_guarded(HostileEngine(seed), [text], "zh", "en", way)
    assert "off-white" in answer.text
    assert "Sea Breeze" in answer.text
    assert "protection_lost" not in answer.doubt


def test_the_cache_key_changes_with_the_terms_of_the_line_alone(store: GlossaryStore) -> None:
    wording = Wording(glossary=store)

    def key(text: str, *names: str) -> str:
        return wording.version("zh", "en", Place(SHOP, names), text)

    with_term, without = key("有奶白色吗"), key("有货吗")
    store.put(SHOP, COLOUR)
    assert key("有奶白色吗") != with_term
    assert key("有货吗") == without
    assert key("王小明要", "王小明") != key("王小明要")
    assert key("有货吗", "王小明") == without


def test_other_shops_do_not_see_it(store: GlossaryStore) -> None:
    store.put(SHOP, COLOUR)
    assert Wording(glossary=store).known("zh", "en", Place(OTHER), "奶白色").terms == ()


# -- files -------------------------------------------------------------------------------------------------------

TERMS = [
    BRAND,
    COLOUR,
    CASED,
    GlossaryTerm(text='a "b", c', keep=True, note="=1+1"),
    GlossaryTerm(text="-x", keep=True),
]


@pytest.mark.parametrize("form", [csv_format, tbx])
def test_a_file_reads_back_as_it_was(form: object) -> None:
    assert form.read(form.write(TERMS)) == TERMS  # type: ignore[attr-defined]


texts = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=30)


@given(st.lists(texts.filter(lambda t: any(c.isalnum() for c in t) and t == t.strip() and t[0] != "'"), max_size=6))
def test_any_terms_read_back(words: Sequence[str]) -> None:
    terms = [GlossaryTerm(text=word, keep=True) for word in words]
    assert csv_format.read(csv_format.write(terms)) == terms
    assert tbx.read(tbx.write(terms)) == terms


def test_a_spreadsheet_gets_no_formula() -> None:
    assert "\r\n'=1" not in csv_format.write([]) and ",=1" not in csv_format.write(TERMS)  # noqa: PT018


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_what_spreadsheets_write_is_read(mark: str) -> None:
    rows = [
        ["Text", "keep", "zh-CN", "EN"],
        ["Sea Breeze", "是", "", ""],
        ["cream", "", "奶白色", "off-white"],
        ["", "", "", ""],
    ]
    found = csv_format.read("\ufeff" + "\r\n".join(mark.join(row) for row in rows))
    assert [(term.text, term.keep, term.renderings) for term in found] == [
        ("Sea Breeze", True, {}),
        ("cream", False, {"zh": "奶白色", "en": "off-white"}),
    ]


@pytest.mark.parametrize(
    ("content", "code", "line", "column"),
    [
        ("text,colour\na,b\n", ErrorCode.IMPORT_COLUMN, 1, "colour"),
        ("zh,en\n杯,cup\n", ErrorCode.IMPORT_COLUMN, 1, "zh"),
        ("", ErrorCode.IMPORT_COLUMN, 1, ""),
        ("text,keep\na,1\nb,maybe\n", ErrorCode.IMPORT_VALUE, 3, "keep"),
        ("text,keep\n,1\n", ErrorCode.IMPORT_VALUE, 2, "text"),
        ("text,kind\na,brand\nb,thing\n", ErrorCode.IMPORT_VALUE, 3, "kind"),
        (f"text,en\na,{'x' * 300}\n", ErrorCode.IMPORT_VALUE, 2, "en"),
        ('text,en\na,"b\n', ErrorCode.IMPORT_UNREADABLE, 2, None),
    ],
)
def test_a_fault_in_a_csv_is_named_with_its_line(content: str, code: ErrorCode, line: int, column: str) -> None:
    with pytest.raises(SeabridgeError) as caught:
        csv_format.read(content)
    assert _code(caught) == (code, line, column)


def test_tbx_of_other_programs_is_read() -> None:
    old = """<?xml version="1.0"?><martif type="TBX-Basic" xml:lang="en"><text><body>
    <termEntry id="1"><langSet xml:lang="en-US"><tig><term>mug</term></tig><tig><term>cup</term></tig></langSet>
    <langSet xml:lang="zh-Hans"><ntig><termGrp><term>杯子</term></termGrp></ntig></langSet></termEntry>
    <termEntry id="2"><langSet xml:lang="de"><tig><term>Acme</term></tig></langSet></termEntry>
    </body></text></martif>"""
    assert [(t.text, t.language, t.keep, t.renderings) for t in tbx.read(old)] == [
        ("mug", "en", False, {"zh": "杯子"}),
        ("Acme", "de", True, {}),
    ]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("<tbx><text>", ErrorCode.IMPORT_UNREADABLE),
        ("no xml", ErrorCode.IMPORT_UNREADABLE),
        ("<html/>", ErrorCode.IMPORT_UNREADABLE),
        ('<!DOCTYPE t [<!ENTITY a "x">]><tbx><text>&a;</text></tbx>', ErrorCode.IMPORT_UNREADABLE),
        (
            '<!DOCTYPE t [<!ENTITY a SYSTEM "file:///etc/passwd">]><tbx><text>&a;</text></tbx>',
            ErrorCode.IMPORT_UNREADABLE,
        ),
        ("<tbx><text><body><conceptEntry/></body></text></tbx>", ErrorCode.IMPORT_VALUE),
    ],
)
def test_a_faulty_or_hostile_tbx_is_refused(content: str, code: ErrorCode) -> None:
    with pytest.raises(SeabridgeError) as caught:
        tbx.read(content)
    assert caught.value.code is code
    assert caught.value.data["line"] >= 1


def test_files_on_disk(store: GlossaryStore, tmp_path: Path) -> None:
    store.merge(SHOP, TERMS)
    for name in ("g.csv", "g.tbx"):
        assert glossary_to(store, tmp_path / name, SHOP) == len(TERMS)
        result = glossary_from(store, tmp_path / name, OTHER)
        assert result.added + result.replaced == len(TERMS)
    (tmp_path / "gbk.csv").write_bytes("text,keep\r\n杯,1\r\n".encode("gbk"))
    with pytest.raises(SeabridgeError) as caught:
        glossary_from(store, tmp_path / "gbk.csv", OTHER)
    assert _code(caught)[:2] == (ErrorCode.IMPORT_UNREADABLE, 2)
