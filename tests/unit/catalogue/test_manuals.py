"""Manuals in the archive: kept once, replaced, found by what is asked, and gone when they are removed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from companion.catalogue.manuals.ranking import terms
from companion.catalogue.passages import passages
from companion.catalogue.shelf import Added, add
from companion.conversations import Archive
from companion.conversations.files import path_of
from companion.protocol.errors import ErrorCode, SeabridgeError

BASKET = b"# Care\nWipe the basket with a damp cloth.\n\n# Size\nFolds to 8 cm.\n\n# Warranty\nTwelve months."
LAMP = "# 电池\n电池可以用八小时，充电需要三个半小时。\n\n# 保养\n请用干布擦。".encode()


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    opened = Archive.open(tmp_path / "archive.db", tmp_path / "files")
    yield opened
    opened.close()


def put(
    archive: Archive, name: str, data: bytes, skus: Sequence[str] = (), language: str = "", now: float = 10.0
) -> Added:
    return add(archive, name, data, skus, language, now)


def files(archive: Archive, tmp_path: Path) -> int:
    return sum(1 for path in (tmp_path / "files").rglob("*") if path.is_file())


def test_a_manual_is_kept_with_its_file_and_what_it_is_about(archive: Archive, tmp_path: Path) -> None:
    made = put(archive, "C:\\Manuals\\basket.md", BASKET, ["LB-72", " ", "LB-72"], "en")
    assert made.replaced is None
    assert (made.manual.name, made.manual.language, made.manual.skus) == ("basket.md", "en", ["LB-72"])
    assert (made.manual.passages, made.manual.added_at, made.manual.size) == (3, 10.0, len(BASKET))
    [kept] = archive.manuals.all()
    assert path_of(tmp_path / "files", kept.sha256).read_bytes() == BASKET
    assert [one.heading for one in archive.manuals.text(kept.id)] == ["Care", "Size", "Warranty"]
    assert archive.check() == []


def test_a_new_edition_takes_the_place_of_the_old_one(archive: Archive, tmp_path: Path) -> None:
    first = put(archive, "basket.md", BASKET, ["LB-72"])
    again = put(archive, "Basket.MD", BASKET, ["LB-90"], now=20.0)
    assert (again.manual.id, again.replaced) == (first.manual.id, 10.0)
    assert again.manual.added_at == 10.0, "the same file was not added anew"
    assert again.manual.skus == ["LB-72", "LB-90"]
    newer = put(archive, "basket.md", b"Now it folds to 7 cm.", now=30.0)
    assert (newer.manual.id, newer.manual.added_at, newer.manual.passages) == (first.manual.id, 30.0, 1)
    assert files(archive, tmp_path) == 1, "the file of the old edition is gone"
    assert passages(archive, "warranty") == []
    other = put(archive, "basket.md", BASKET, language="es")
    assert other.manual.id != first.manual.id, "another language is another manual"


def test_a_removed_manual_is_gone_whole_but_a_file_somebody_else_has_stays(archive: Archive, tmp_path: Path) -> None:
    one = put(archive, "a.md", BASKET).manual.id
    two = put(archive, "b.md", BASKET).manual.id
    assert files(archive, tmp_path) == 1
    assert archive.manuals.remove(one)
    assert files(archive, tmp_path) == 1
    assert archive.manuals.remove(two)
    assert files(archive, tmp_path) == 0
    assert not archive.manuals.remove(two)
    assert passages(archive, "cloth") == []
    with pytest.raises(SeabridgeError) as caught:
        archive.manuals.set_skus(two, ["x"])
    assert caught.value.code is ErrorCode.NOT_FOUND


def test_a_missing_or_altered_file_is_found(archive: Archive, tmp_path: Path) -> None:
    put(archive, "basket.md", BASKET)
    [kept] = archive.manuals.all()
    path_of(tmp_path / "files", kept.sha256).write_bytes(b"something else")
    assert archive.check() == ["manual_missing basket.md"]


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("How do I wipe the basket?", ["Care"]),
        ("warranties", ["Warranty"]),
        ("WARRANTY", ["Warranty"]),
        ("电池能用多久", ["电池"]),
        ("怎么充电？", ["电池"]),
        ("保养", ["保养"]),
        ("能擦吗", ["保养"]),
        ("这个是什么的", []),
        ("does it fly", []),
        ("飞机", []),
        ("?!", []),
    ],
)
def test_a_question_finds_the_passages_that_hold_its_words(archive: Archive, question: str, found: list[str]) -> None:
    put(archive, "basket.md", BASKET)
    put(archive, "lamp.md", LAMP)
    assert [one.heading for one in passages(archive, question, limit=1)] == found


def test_only_manuals_of_the_listing_and_of_the_whole_shop_answer(archive: Archive) -> None:
    put(archive, "basket.md", BASKET, ["LB-72"])
    put(archive, "lamp.md", b"Wipe the lamp with a dry cloth.", ["HL-1"])
    put(archive, "shop.md", b"A cloth is in every parcel.")
    told = {one.name for one in passages(archive, "cloth", ["LB-72", "186512340987"])}
    assert told == {"basket.md", "shop.md"}
    assert len(passages(archive, "cloth")) == 3
    number = next(one.id for one in archive.manuals.all() if one.name == "shop.md")
    archive.manuals.set_skus(number, ["HL-1"])
    assert {one.name for one in passages(archive, "cloth", ["LB-72"])} == {"basket.md"}


def test_the_passage_with_the_rare_words_comes_first_and_says_where_it_is_from(archive: Archive) -> None:
    text = "\n\n".join([*(f"# Part {n}\nThe basket has part {n}." for n in range(8)), "# Lid\nThe basket has a lid."])
    put(archive, "basket.md", text.encode(), ["LB-72"], "en", now=77.0)
    best = passages(archive, "has the basket a lid")[0]
    assert (best.name, best.heading, best.added_at, best.skus, best.page) == ("basket.md", "Lid", 77.0, ["LB-72"], 0)
    assert best.weight > 0.9


def test_a_question_s_terms_are_few_and_plain() -> None:
    assert terms("Is it 5 V or 12V? batteries") == ["5", "12v", "batter"]
    assert terms("充电 a") == ["充 电", "充", "电"]
    assert terms("电") == ["电"]
    assert terms("") == []
    assert len(terms(" ".join(f"word{n}" for n in range(500)))) == 32
