"""Terms: whole words where there are words, endings, accents, languages, the longest first."""

from __future__ import annotations

import pytest

from .making import findings, found, rule, terms


@pytest.mark.parametrize(
    ("language", "term", "hit", "miss"),
    [
        ("en", "cure", "It cures colds", "A secure lock and a cured ham"),
        ("de", "antibakteriell*", "Die antibakterielle Matte", "Die bakterielle Matte"),
        ("es", "oferta", "Gran oferta hoy", "Sin ofertante"),
        ("fr", "promotion", "En promotion !", "Une autopromotion"),
        ("pt", "grátis", "Frete grátis hoje", "Gratisfeito nada"),
        ("zh", "抗菌", "日本进口抗菌袜子", "抗 击细菌"),
        ("ja", "抗菌", "抗菌加工の靴下", "抗酸化の菌"),
        ("th", "ต้านเชื้อแบคทีเรีย", "เสื่อต้านเชื้อแบคทีเรียอย่างดี", "เสื่อสะอาดอย่างดี"),
        ("vi", "kháng khuẩn", "Thảm kháng khuẩn tốt", "Thảm khang khuan tốt"),
        ("id", "gratis ongkir", "Gratis ongkir hari ini", "gratisongkirku"),
        ("ko", "무료배송", "전국무료배송은 가능", "무료로 배송"),
        ("ru", "скидка", "Большая скидка!", "скидками не торгуем"),
    ],
)
def test_words_end_where_the_script_ends_them(language: str, term: str, hit: str, miss: str) -> None:
    made = terms(term, language=language)
    assert len(found(made, hit)) == 1
    assert found(made, miss) == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Cures all", "Cures"),
        ("the cure's effect", "cure"),
        ("two boxes", "boxes"),
        ("CURE", "CURE"),
        ("cure.", "cure"),
        ("一cure二", "cure"),
        ("cure-all", "cure"),
    ],
)
def test_endings_of_several_and_of_owners_are_shown_with_the_word(text: str, shown: str) -> None:
    assert found(terms("cure", "box", language="en"), text) == [shown]


@pytest.mark.parametrize("text", ["cured", "procure", "cure2", "2cure", "curé"])
def test_parts_of_words_are_other_words(text: str) -> None:
    assert found(terms("cure", language="en"), text) == []


def test_open_ends_take_the_whole_word() -> None:
    made = terms("*rabatt", "desinfizier*", "*frei*", language="de")
    assert found(made, "Sommerrabatt, desinfizierend und schadstofffreie Ware") == [
        "Sommerrabatt", "desinfizierend", "schadstofffreie",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("term", "text", "hits"),
    [
        ("grátis", "frete gratis", 1),
        ("grátis", "frete grátis", 1),
        ("sale", "salé", 0),
        ("sale", "Sale", 1),
        ("eco-friendly", "eco friendly", 1),
        ("eco friendly", "Eco‑Friendly", 1),
        ("free shipping", "free\nshipping", 1),
        ("n/a", "N/A", 1),
        ("99.9%", "kills 99.9% of", 1),
        ("99.9%", "199.9%", 0),
    ],
)
def test_accents_hyphens_and_blanks(term: str, text: str, hits: int) -> None:
    assert len(found(terms(term), text)) == hits


def test_vietnamese_without_accents_is_another_word() -> None:
    assert found(terms("chữa", language="vi"), "hàng chưa về, chua ngọt, chữa bệnh") == ["chữa"]


@pytest.mark.parametrize(
    ("of", "term", "language", "hits"),
    [
        ("en", "rat", "de", 0),
        ("en", "rat", "en", 1),
        ("en", "rat", "", 1),
        ("en", "rat", "zh", 1),
        ("en", "rat poison", "de", 1),
        ("de", "rat", "en", 0),
        ("any", "rat", "de", 1),
        ("zh", "微信", "en", 1),
        ("zh", "微信", "ja", 0),
        ("ja", "微信", "de", 1),
        ("th", "微信", "ja", 1),
    ],
)
def test_words_of_one_language_are_not_looked_for_in_another(of: str, term: str, language: str, hits: int) -> None:
    assert len(found(terms(term, language=of), "Rat poison 微信", language=language)) == hits


def test_of_overlapping_terms_the_longest_counts() -> None:
    made = terms("mold", "anti-mold", "mold spray")
    assert found(made, "Anti-mold and mold spray") == ["Anti-mold", "mold spray"]


def test_a_shorter_finding_of_another_rule_says_nothing_new() -> None:
    short = terms("best", id="made/a", level="warning")
    long = terms("best seller", id="made/b")
    assert found([short, long], "Best seller, the best") == ["Best seller", "best"]
    graver = terms("best", id="made/a")
    milder = terms("best seller", id="made/b", level="suggestion")
    assert found([graver, milder], "Best seller") == ["Best", "Best seller"]


def test_our_own_translations_advise_only() -> None:
    made = rule(terms={"en": ["cure"], "de": ["heilt"]}, own_translations=["de"])
    assert [one.level for one in findings(made, "cure, heilt")] == ["error", "suggestion"]


def test_a_word_of_the_rules_own_language_is_no_plural_of_another() -> None:
    """A French "diabète" typed without its accent has the plural "diabetes"."""
    made = rule(terms={"en": ["diabetes"], "fr": ["diabète"]}, own_translations=["fr"])
    assert [one.level for one in findings(made, "Tea cures diabetes")] == ["error"]


@pytest.mark.parametrize(
    ("term", "text", "shown"),
    [
        ("防脱发", "洗髮精 防脫髮 400ml", "防脫髮"),
        ("私下转账", "私下轉帳便宜一成", "私下轉帳"),
        ("抗菌", "抗菌毛巾", "抗菌"),
        ("减肥", "减肥茶", "减肥"),
    ],
)
def test_chinese_terms_are_found_as_taiwan_and_hong_kong_write_them(term: str, text: str, shown: str) -> None:
    assert found(terms(term, language="zh"), text) == [shown]


def test_what_goes_with_a_chinese_term_is_read_in_both_spellings() -> None:
    made = rule(
        kind="claim",
        terms={"zh": ["治疗"]},
        exceptions={"zh": ["治疗师"]},
        context={"unless_near": [{"words": {"zh": ["书籍"]}, "within": 8}]},
    )
    assert found(made, "治療痘痘") == ["治療"]
    assert found(made, "本品無治療作用") == []
    assert found(made, "治療師手冊") == []
    assert found(made, "書籍：治療的歷史") == []


def test_a_term_in_both_spellings_is_found_once() -> None:
    assert found(terms("好评", "好評", language="zh"), "請給好評") == ["好評"]
