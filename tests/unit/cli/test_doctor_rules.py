"""A faulty rules file is named with its place, and the doctor says what to do."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from companion import doctor, doctor_rules
from companion.locales import LOCALES
from companion.marketplaces import rules_dir
from companion.protocol.methods.desk import Check
from companion.runtime.paths import Paths
from companion.translation.phrasebook import book, faults

NONE = Paths(Path("nowhere"))


@pytest.fixture
def rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the shipped rules that a test may spoil, with a small phrasebook."""
    folder = tmp_path / "rules"
    shutil.copytree(rules_dir() / "chat", folder / "chat")
    (folder / "phrases" / "slots").mkdir(parents=True)
    (folder / "phrases" / "thanks.yml").write_text(
        "entries:\n  - {key: a, by: buyer, en: [thanks], zh: [谢谢]}\n", "utf-8"
    )
    (folder / "phrases" / "slots" / "words.yml").write_text("kind: words\nlanguages: {}\n", "utf-8")
    monkeypatch.setattr(doctor_rules, "rules_dir", lambda: folder)
    monkeypatch.setattr(book, "cache_folder", lambda: tmp_path / "cache")
    return folder


def told(check: Check) -> str:
    for locale in LOCALES:
        finding, mend = doctor.sentences(check, locale)
        assert finding
        assert "{" not in finding + mend
        assert bool(mend) is (check.state != "ok")
    return " ".join(doctor.sentences(check, "en"))


def test_sound_files_are_counted(rules: Path) -> None:
    chat = doctor_rules.chat(NONE)
    assert (chat.state, chat.data) == ("ok", {"count": "12"})
    phrases = doctor_rules.phrases(NONE)
    assert (phrases.state, phrases.data) == ("ok", {"count": "1"})
    told(phrases)
    assert faults.faults(rules / "phrases") == []


@pytest.mark.parametrize(
    ("spoil", "named"),
    [
        ("language: es\nwords: {x: [\n", "es.yml:"),
        ("language: es\nwords: {}\nsay: {laugh: ja}\n", "es.yml: language must be es"),
        ("language: es\nwords: {}\nsay: {laugh: ja, cry: T}\nfeelings: {laugh: ['a+++']}\n", "es.yml: multiple repeat"),
        ("", "es.yml:"),
        ("\x00", "es.yml:1"),
    ],
)
def test_a_faulty_chat_file_is_named(rules: Path, spoil: str, named: str) -> None:
    (rules / "chat" / "es.yml").write_text(spoil, "utf-8")
    check = doctor_rules.chat(NONE)
    assert check.state == "warn"
    assert named in told(check)
    assert str(rules / "chat") in told(check)


def test_many_faulty_files_are_counted(rules: Path) -> None:
    for path in (rules / "chat").glob("*.yml"):
        path.write_bytes(b"\xff\xfe")
    assert told(doctor_rules.chat(NONE)).count(".yml") == 3
    assert "(+9)" in told(doctor_rules.chat(NONE))


@pytest.mark.parametrize(
    ("file", "spoil", "named"),
    [
        ("thanks.yml", "entries:\n  - {key: a\n", "thanks.yml:3: "),
        ("thanks.yml", "entries:\n  - {key: a, by: buyer, en: thanks}\n", "thanks.yml: a: en: a list of sentences"),
        ("thanks.yml", "entries:\n  - {by: buyer, en: [thanks]}\n", "thanks.yml: entry 1: key or by"),
        ("thanks.yml", "[]", "thanks.yml: entries are missing"),
        ("thanks.yml", "entries:\n  - {key: a, by: buyer, en: ['...']}\n", "thanks.yml: a: en: nothing to match"),
        ("slots/words.yml", "languages: {}\n", "slots/words.yml: kind is missing"),
    ],
)
def test_a_faulty_phrase_file_is_named(rules: Path, file: str, spoil: str, named: str) -> None:
    assert (rules / "phrases" / file).exists()
    (rules / "phrases" / file).write_text(spoil, "utf-8")
    check = doctor_rules.phrases(NONE)
    assert check.state == "fail"
    assert named in told(check)


def test_a_page_description_of_the_sellers_own_is_named(tmp_path: Path) -> None:
    paths = Paths(tmp_path)
    assert doctor_rules.own_pages(paths).state == "off"
    folder = paths.marketplaces / "mine"
    folder.mkdir(parents=True)
    (folder / "marketplace.yml").write_text("name: mine\ntitle: [", "utf-8")
    check = doctor_rules.own_pages(paths)
    assert check.state == "warn"
    assert "marketplace.yml:3" in told(check)


def test_a_rule_of_the_sellers_own_is_named(tmp_path: Path) -> None:
    paths = Paths(tmp_path)
    assert doctor_rules.own_rules(paths).state == "off"
    folder = paths.rules / "made"
    folder.mkdir(parents=True)
    (folder / "bad.yml").write_text("id: made/bad\nversion: 1\nkind: existence\nlevle: error\n", "utf-8")
    check = doctor_rules.own_rules(paths)
    assert check.state == "warn"
    assert "made/bad.yml:4" in told(check)
