"""What a buyer understands: is this Chinese, and does it answer the question? Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib import resources

_HAN = re.compile(r"[\u3400-\u9fff]")
_KANA = re.compile(r"[\u3040-\u30ff]")
# Function words and simplified forms that Japanese does not write: enough to tell an answer in Chinese.
_CHINESE_ONLY = re.compile(r"[的了吗呢们这那您请谢发货还给没么为会说时间单买卖运费]")
_DIGIT = re.compile(r"\d")


def looks_chinese(text: str, language: str) -> bool:
    """Whether a buyer who reads ``language`` would say: this is Chinese to me."""
    if not _HAN.search(text):
        return False
    if language == "ja":
        return not _KANA.search(text) and bool(_CHINESE_ONLY.search(text))
    return True


def plain(text: str) -> str:
    """Lower case, compatibility forms folded, Latin and Cyrillic accents dropped; other scripts keep their marks."""
    out = []
    base = ""
    for char in unicodedata.normalize("NFKD", text.casefold()):
        if unicodedata.combining(char) and base < "\u0530":
            continue
        if not unicodedata.combining(char):
            base = char
        out.append(char)
    return unicodedata.normalize("NFC", "".join(out))


@cache
def _known() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    import yaml

    raw = yaml.safe_load(resources.files(__package__).joinpath("topics.yml").read_text("utf-8"))
    return {
        topic: {language: tuple(plain(str(word)) for word in words) for language, words in by_language.items()}
        for topic, by_language in raw.items()
    }


def topics() -> list[str]:
    """The topics a question may have."""
    return sorted(_known())


def addresses(text: str, topic: str, language: str) -> bool:
    """Whether ``text`` answers a question about ``topic`` for a reader of ``language``.

    Words for the topic in the buyer's own language decide; "#" in the table stands for any digit. Latin and
    Cyrillic words match at the start of a word, so that stems cover inflections; other scripts match anywhere.
    """
    heard = plain(text)
    for word in _known()[topic].get(language, ()):
        if word == "#":
            if _DIGIT.search(heard):
                return True
        elif word[0] < "\u0530":
            if re.search(rf"(?<!\w){re.escape(word)}", heard):
                return True
        elif word in heard:
            return True
    return False
