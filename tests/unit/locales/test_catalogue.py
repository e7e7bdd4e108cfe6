"""The catalogue is complete: every text in every locale, with the same placeholders."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from companion.locales import LOCALES, catalogue, resolve, text
from companion.protocol.errors import ErrorCode

SLOT = re.compile(r"\{[a-z_]+\}")


@pytest.mark.parametrize("key", sorted(catalogue()))
def test_every_text_stands_in_every_locale_with_the_same_placeholders(key: str) -> None:
    entry = catalogue()[key]
    assert sorted(entry) == sorted(LOCALES), "one text for each locale, no others"
    assert all(isinstance(value, str) and value.strip() for value in entry.values())
    slots = [sorted(set(SLOT.findall(value))) for value in entry.values()]
    assert slots[0] == slots[1]
    assert re.fullmatch(r"[a-z0-9_]+", key), "extension message names allow no other characters"


def test_chinese_is_chinese_and_english_is_not() -> None:
    han = re.compile(r"[\u4e00-\u9fff]")
    for key, entry in catalogue().items():
        if key.startswith("error_"):
            assert han.search(entry["zh_CN"]), key
            assert not han.search(entry["en"]), key


@pytest.mark.parametrize("code", list(ErrorCode))
def test_every_error_code_has_a_sentence_that_ends(code: ErrorCode) -> None:
    entry = catalogue()[f"error_{code}"]
    assert entry["zh_CN"].endswith("。")
    assert entry["en"].endswith(".")


#: One word for one thing, so that a seller recognises it. What is rejected, and what is said instead.
REJECTED = {
    "本地程序": "海桥程序",
    "助手": "海桥程序",
    "短语": "常用句",
    "手册": "常用句",
    "导览": "演示",
    "市场": "平台",
    "对话": "会话",
    "插入": "填入",
    "输入条": "海桥栏",
    "移除": "删除",
    "结束配对": "解除配对",
    "载入": "加载",
    "打开设置": "打开选项",
    "(?<!迷)你(?!们)": "您",
}


@pytest.mark.parametrize("word", REJECTED)
def test_chinese_has_one_word_for_one_thing(word: str) -> None:
    said = {key: entry["zh_CN"] for key, entry in catalogue().items()}
    readme = (Path(__file__).parents[3] / "README.zh-CN.md").read_text("utf-8")
    said["README"] = readme.replace("临时载入附加组件", "")  # the words of Firefox
    found = [key for key, sentence in said.items() if re.search(word, sentence)]
    assert not found, f"say {REJECTED[word]} instead of {word}"


def test_placeholders_are_filled_and_missing_ones_stay_visible() -> None:
    assert "29" in text("error_too_large", "en", size=29, limit=10)
    assert "{limit}" in text("error_too_large", "en", size=29)


def test_an_unknown_key_is_an_error() -> None:
    with pytest.raises(KeyError):
        text("no_such_key", "en")


@pytest.mark.parametrize(
    ("choice", "lang", "expected"),
    [("zh_CN", "C", "zh_CN"), ("auto", "zh_CN.UTF-8", "zh_CN"), ("auto", "en_GB.UTF-8", "en"), ("fr", "C", "en")],
)
def test_locale_choice(monkeypatch: pytest.MonkeyPatch, choice: str, lang: str, expected: str) -> None:
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", lang)
    assert resolve(choice) == expected


def test_every_key_that_the_python_code_names_exists() -> None:
    named = set()
    for path in (Path(__file__).parents[3] / "companion").rglob("*.py"):
        named |= set(re.findall(r"""\btext\(\s*["']([a-z0-9_]+)["']""", path.read_text("utf-8")))
    assert named <= set(catalogue())


def test_no_key_is_written_twice() -> None:
    # YAML keeps the last one without a word, and a browser's catalogue is not built from such a file at all
    keys = [
        key
        for path in (Path(__file__).parents[3] / "companion" / "locales").glob("*.yml")
        for key in re.findall(r"^([a-z0-9_]+):", path.read_text("utf-8"), re.M)
    ]
    assert sorted({key for key in keys if keys.count(key) > 1}) == []
