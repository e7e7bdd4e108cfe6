"""The phrasebook's machinery on small books made for the purpose."""

from __future__ import annotations

import json
import shutil
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.translation.phrasebook.book import Phrasebook
from companion.translation.phrasebook.compile import compile_book, fingerprint, load_or_compile
from companion.translation.phrasebook.cut import as_calm, clauses, parts
from companion.translation.phrasebook.near import is_slip
from companion.translation.phrasebook.tokens import key_of, loose, plain, squash, tokenise
from companion.translation.phrasebook.values import fill

from .stands import PHRASES

#: key, by, then the sentences of zh, en, th and vi; the first of several is what is written.
SMALL = [
    (
        "in-stock-ask",
        "buyer",
        ["请问有货吗？"],
        ["Is it in stock?", "it is in stock?"],
        ["มีของไหมคะ"],
        ["còn hàng không"],
    ),
    ("in-stock", "seller", ["有货的。", "有货"], ["It is in stock."], ["มีของค่ะ"], ["còn hàng ạ"]),
    (
        "colour",
        "buyer",
        ["有{colour}吗？"],
        ["Do you have it in {colour}?"],
        ["มีสี{colour}ไหม"],
        ["có màu {colour} không"],
    ),
    (
        "days",
        "seller",
        ["{number}到{number2}天到。"],
        ["It takes {number} to {number2} days."],
        ["{number}-{number2} วันค่ะ"],
        ["{number} đến {number2} ngày"],
    ),
    (
        "seven",
        "buyer",
        ["支持7天退货吗？"],
        ["Do you offer 7 day returns?"],
        ["คืนภายใน 7 วันได้ไหม"],
        ["đổi trả 7 ngày không"],
    ),
    (
        "hours",
        "seller",
        ["{number}:00到{number2}:00在线。"],
        ["We are online {number}:00 to {number2}:00."],
        ["{number}:00-{number2}:00 น."],
        ["{number}:00 đến {number2}:00"],
    ),
    ("price", "buyer", ["{price}卖吗？"], ["Can you do {price}?"], ["{price} ได้ไหม"], ["{price} được không"]),
    ("item", "buyer", ["{item}有货吗？"], ["Is the {item} in stock?"], ["{item} มีของไหม"], ["{item} còn hàng không"]),
    (
        "place",
        "buyer",
        ["能发到{place}吗？"],
        ["Do you ship to {place}?"],
        ["ส่งไป {place} ไหม"],
        ["có gửi tới {place} không"],
    ),
    ("until", "seller", ["放假到{date}。"], ["We are closed until {date}."], ["หยุดถึง {date}"], ["nghỉ đến {date}"]),
    ("return-ok", "seller", ["能退。"], ["You can return it."], ["คืนได้ค่ะ"], ["trả được ạ"]),
    ("return-no", "seller", ["不能退。"], ["You can not return it."], ["คืนไม่ได้ค่ะ"], ["không trả được ạ"]),
    ("thanks", "both", ["谢谢！"], ["Thank you!", "thanks"], ["ขอบคุณค่ะ"], ["cảm ơn"]),
]


def _yaml(topic: str, rows: Sequence[Sequence[object]], languages: Sequence[str]) -> str:
    """A topic file; JSON is YAML."""
    names = ("key", "by", *languages)
    return json.dumps({"topic": topic, "entries": [dict(zip(names, row, strict=True)) for row in rows]})


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("phrases")
    (place / "small.yml").write_text(_yaml("small", SMALL, ("zh", "en", "th", "vi")), "utf-8")
    shutil.copytree(PHRASES / "slots", place / "slots")
    return place


@pytest.fixture(scope="module")
def book(folder: Path) -> Phrasebook:
    return Phrasebook(folder)


def _exact(book: Phrasebook, text: str, source: str = "en", target: str = "zh", purpose: str = "") -> str | None:
    found = book.exact(text, source, target, purpose)
    return found.text if found else None


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("IS IT IN STOCK??", "请问有货吗？"),
        ("is it in stock", "请问有货吗？"),
        ("it is in stock.", "有货的。"),
        ("it is in stock", "有货的。"),
        ("it is in stock?", "请问有货吗？"),
        ("Do you have it in sky blue?", "有浅蓝色吗？"),
        ("do you have it in GRAY", "有灰色吗？"),
        ("It takes 3 to 5 days.", "3到5天到。"),
        ("Do you offer 7 day returns?", "支持7天退货吗？"),
        ("Do you offer 30 day returns?", None),
        ("We are online 9:00 to 18:00.", "9:00到18:00在线。"),
        ("We are online 9:30 to 18:00.", None),
        ("Can you do $1,299.00?", "$1,299.00卖吗？"),
        ("can you do 20?", "20卖吗？"),
        ("can you do friday?", None),
        ("Is the iPhone 15 Pro case in stock?", "iPhone 15 Pro case有货吗？"),
        ("Is the one I ordered in stock?", None),
        ("Is the not broken one in stock?", None),
        ("Do you ship to Brazil?", "能发到巴西吗？"),
        ("do you ship to São Paulo?", "能发到São Paulo吗？"),
        ("Do you ship to me, or not?", None),
        ("We are closed until March 5th.", "放假到3月5日。"),
        ("We are closed until 2026-03-05", "放假到2026-03-05。"),
        ("We are closed until Friday", "放假到周五。"),
        ("You can return it", "能退。"),
        ("You can not return it", "不能退。"),
        ("Is it in stock? Thanks! 🙏\nDo you ship to Peru?", "请问有货吗？谢谢！ 🙏\n能发到秘鲁吗？"),
        ("Is it in stock, do you ship to Peru", "请问有货吗？能发到秘鲁吗？"),
        ("is it in stock? and what about the other", None),
        ("is it in stock https://a.example.com/1", "请问有货吗？ https://a.example.com/1"),
        ("thank youuuuu", "谢谢！"),
        ("🙏", None),
    ],
)
def test_matching(book: Phrasebook, text: str, answer: str | None) -> None:
    assert _exact(book, text) == answer


@pytest.mark.parametrize(
    ("text", "source", "target", "answer"),
    [
        ("有红色吗", "zh", "th", "มีสีแดงไหม"),
        ("มีสีแดงไหม", "th", "vi", "có màu đỏ không"),
        ("có màu đỏ không", "vi", "en", "Do you have it in red?"),
        ("有青色吗", "zh", "en", None),
        ("放假到3月5日", "zh", "en", "We are closed until March 5."),
        ("放假到周五", "zh", "th", "หยุดถึง วันศุกร์"),
        ("红色连衣裙有货吗", "zh", "en", None),
        ("AB-1234-X有货吗", "zh", "en", "Is the AB-1234-X in stock?"),
        ("能发到乌鲁木齐吗", "zh", "en", None),
        ("100元卖吗", "zh", "en", None),
        ("con hang khong", "vi", "zh", "请问有货吗？"),
        ("còn hang không", "vi", "zh", "请问有货吗？"),
        ("cồn hàng không", "vi", "zh", None),
    ],
)
def test_other_languages(book: Phrasebook, text: str, source: str, target: str, answer: str | None) -> None:
    assert _exact(book, text, source, target) == answer


def test_who_speaks_decides_between_a_statement_and_a_question(book: Phrasebook) -> None:
    assert _exact(book, "有货", "zh", "en", "write") == "It is in stock."
    assert _exact(book, "有货？", "zh", "en", "write") is None


def test_japanese_yen_and_other_money_keep_their_amount(tmp_path: Path) -> None:
    row = ("a", "by", ["{price}可以吗？"], ["{price}になりますか"], ["{price}에 되나요"])
    (tmp_path / "p.yml").write_text(_yaml("p", [row], ("zh", "ja", "ko")), "utf-8")
    shutil.copytree(PHRASES / "slots", tmp_path / "slots")
    made = Phrasebook(tmp_path)
    assert _exact(made, "1,500円になりますか", "ja", "zh") == "1,500円可以吗？"
    assert _exact(made, "1,500円になりますか", "ja", "ko") == "1,500 JPY에 되나요"
    assert _exact(made, "5000원에 되나요", "ko", "zh") == "5000 KRW可以吗？"


def test_a_sentence_with_its_own_day_goes_before_one_for_any_day(tmp_path: Path) -> None:
    rows = [
        ("any-day", "seller", ["我们{date}给您发货。"], ["We ship it on {date}.", "it ships {date}"]),
        ("today", "seller", ["我们今天就发货。"], ["We ship it right today.", "it ships today"]),
    ]
    (tmp_path / "p.yml").write_text(_yaml("p", rows, ("zh", "en")), "utf-8")
    shutil.copytree(PHRASES / "slots", tmp_path / "slots")
    made = Phrasebook(tmp_path)
    assert _exact(made, "It ships today.") == "我们今天就发货。"
    assert _exact(made, "It ships 12/25.") == "我们12/25给您发货。"
    near = made.near("so it ships today", "en", "zh")
    assert near is not None
    assert (near.match, near.keys) == ("near", ("today",))


@pytest.mark.parametrize(
    ("language", "text", "match"),
    [
        ("en", "the Galaxy Buds is missing from the box", "exact"),
        ("en", "Charger is missing from the box", "near"),
        ("en", "iPhone case is missing from the box", "exact"),
        ("de", "ich tausche gegen Aufpreis", "near"),
        ("de", "ich tausche gegen USB-C Kabel", "exact"),
    ],
)
def test_a_capital_shows_a_name_only_where_it_must(tmp_path: Path, language: str, text: str, match: str) -> None:
    """Every German noun has a capital, and so has the first word of every sentence."""
    english = ["The {item} is missing from the box.", "{item} is missing from the box"]
    row = ("a", "buyer", ["盒子里少了{item}。"], english, ["ich tausche gegen {item}"])
    (tmp_path / "p.yml").write_text(_yaml("p", [row], ("zh", "en", "de")), "utf-8")
    shutil.copytree(PHRASES / "slots", tmp_path / "slots")
    found = Phrasebook(tmp_path).near(text, language, "zh")
    assert found is not None
    assert found.match == match


def test_near_matches_are_said_to_be_near(book: Phrasebook) -> None:
    assert book.exact("so is it in the stock please", "en", "zh") is None
    found = book.near("so is it in the stock please", "en", "zh")
    assert found
    assert (found.match, found.keys) == ("near", ("in-stock-ask",))
    assert book.near("do you have any in stock", "en", "zh") is None
    slip = book.near("You can retrun it", "en", "zh")
    assert slip
    assert (slip.match, slip.text) == ("near", "能退。")
    for opposite in ("You can never return it", "You can't return it", "you cannot return it"):
        found = book.near(opposite, "en", "zh")
        assert found is None or found.text == "不能退。"
    assert book.near("不能退", "zh", "en").text == "You can not return it."  # type: ignore[union-attr]
    assert book.near("能不退", "zh", "en") is None


@pytest.mark.parametrize(
    ("typed", "word", "slip"),
    [
        ("pacakge", "package", True),
        ("recieve", "receive", True),
        ("retrun", "return", True),
        ("oder", "order", True),
        ("packkage", "package", True),
        ("delibery", "delivery", True),
        ("larger", "large", False),
        ("packages", "package", False),
        ("unable", "able", False),
        ("skipped", "shipped", False),
        ("chip", "ship", False),
        ("not", "now", False),
        ("same", "same", False),
    ],
)
def test_slips(typed: str, word: str, slip: bool) -> None:
    assert is_slip(typed, word) is slip


# -- tokens: pure ------------------------------------------------------------------------------------------------


def _key(text: str, language: str) -> str:
    return loose(key_of(tokenise(text, language, lambda _t, _l: []).words, language), language)


DECORATION = st.sampled_from(["", " ", "!", "??", "...", "  ", "～", "，", "?!"])


@given(
    st.lists(st.sampled_from(["dónde", "está", "mi", "Größe", "où", "ça", "ещё"]), min_size=1),
    DECORATION,
)
def test_keys_do_not_see_case_accents_and_punctuation(words: list[str], decoration: str) -> None:
    text = " ".join(words)
    wanted = _key(text, "es")
    assert _key(text.upper(), "es") == wanted
    assert _key(plain(text), "es") == wanted
    assert _key(decoration + text + decoration, "es") == wanted
    assert _key(unicodedata.normalize("NFD", text), "es") == wanted


@given(st.text(max_size=40), st.sampled_from(["en", "zh", "th", "ko", "vi"]))
def test_keys_are_stable(text: str, language: str) -> None:
    once = _key(text, language)
    assert loose(once, language) == once
    assert squash(plain(once), language) == once


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [("ไม่", "ไม", "th"), ("가", "까", "ko"), ("か", "が", "ja"), ("有", "没有", "zh")],
)
def test_marks_that_are_letters_stay(one: str, other: str, language: str) -> None:
    assert _key(one, language) != _key(other, language)


@given(st.text(max_size=80))
def test_parts_are_the_message(text: str) -> None:
    assert "".join(part.text for part in parts(text)) == text


def test_clauses_do_not_cut_numbers() -> None:
    assert clauses("1,299.00 is ok, thanks") == ["1,299.00 is ok", "thanks"]


def test_fill_writes_the_word_for_colour_once() -> None:
    assert fill("มีสี{colour}ไหม", {"colour": "สีแดง"}, "th") == "มีสีแดงไหม"
    assert fill("Màu {colour} đẹp", {"colour": "màu đỏ"}, "vi") == "màu đỏ đẹp"
    assert fill("in {colour}", {"colour": "red"}, "en") == "in red"
    assert fill("{a}{number}", {"a": "{number}", "number": "1"}, "en") == "{number}1"


# -- the compiled book -------------------------------------------------------------------------------------------


def test_the_compiled_book_is_kept_and_renewed(folder: Path, tmp_path: Path) -> None:
    mine = tmp_path / "phrases"
    shutil.copytree(folder, mine)
    cache = tmp_path / "cache"
    assert Phrasebook(mine, cache).size() == 13
    (kept,) = list(cache.iterdir())
    stamp = (kept / "common").stat().st_mtime_ns
    assert Phrasebook(mine, cache).near("thanks", "en", "zh")
    assert (kept / "common").stat().st_mtime_ns == stamp, "not compiled again"
    before = fingerprint(mine)
    more = [*SMALL, ("more", "both", ["好的"], ["ok"], ["โอเค"], ["ok"])]
    (mine / "small.yml").write_text(_yaml("small", more, ("zh", "en", "th", "vi")), "utf-8")
    assert fingerprint(mine) != before
    assert Phrasebook(mine, cache).size() == 14
    assert len(list(cache.iterdir())) == 2, "another companion may still read the older one"
    for number in range(4):
        (mine / "small.yml").write_text(_yaml(f"small-{number}", more, ("zh", "en", "th", "vi")), "utf-8")
        assert Phrasebook(mine, cache).size() == 14
    left = {found.name for found in cache.iterdir()}
    assert len(left) == 3, "but not every one there ever was"
    assert f"phrasebook-{fingerprint(mine)}" in left


@pytest.mark.parametrize("damage", ["common", "en"])
def test_a_damaged_cache_is_compiled_again(folder: Path, tmp_path: Path, damage: str) -> None:
    Phrasebook(folder, tmp_path).size()
    (kept,) = list(tmp_path.iterdir())
    (kept / damage).write_bytes(b"\xc1 no")
    assert _exact(Phrasebook(folder, tmp_path), "thanks") == "谢谢！"


def test_a_cache_that_cannot_be_written_is_done_without(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    common, part = load_or_compile(folder, tmp_path / "file" / "cache")
    assert len(common.entries) == 13
    assert part("en").canonical[0] == "Is it in stock?"
    assert part("xx").canonical == []


def test_a_faulty_entry_is_named(tmp_path: Path) -> None:
    (tmp_path / "bad.yml").write_text(_yaml("bad", [("k1", "both", ["。。"], ["x"])], ("zh", "en")), "utf-8")
    with pytest.raises(ValueError, match=r"bad\.yml: k1: zh"):
        compile_book(tmp_path)


def test_memory_can_be_given_back(book: Phrasebook) -> None:
    assert _exact(book, "thanks") == "谢谢！"
    book.unload()
    assert book._languages == {}
    assert _exact(book, "thanks") == "谢谢！"


@pytest.mark.parametrize(
    ("answer", "said", "wanted"),
    [
        ("Olá!", "Hello.", "Olá."),
        ("谢谢！", "Thank you.", "谢谢。"),
        ("Bonjour !", "Hello.", "Bonjour."),
        ("Gracias. ¡Hola!", "谢谢。你好。", "Gracias. Hola."),
        ("Olá!", "Hello!", "Olá!"),
        ("Olá!", "hello", "Olá!"),
        ("Onde está?", "Where.", "Onde está?"),
    ],
)
def test_a_full_stop_is_answered_without_exclamation(answer: str, said: str, wanted: str) -> None:
    assert as_calm(answer, said) == wanted
