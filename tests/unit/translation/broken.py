"""Pairs known to be right, and outputs broken from them the way engines break: made anew each time, always the same."""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import yaml

from .stands import PHRASES, REPO

LANGUAGES = ("zh", "en", "es", "pt", "de", "fr", "ja", "ko", "th", "vi", "id", "ru")
UNSPACED = ("zh", "ja", "th")
SLOTS = {"{price}": "$25.99", "{number}": "15", "{order}": "LX123456789CN", "{size}": "3XL"}


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence and its translation."""

    source: str
    target: str
    said: str
    told: str


def phrasebook() -> list[Pair]:
    """Every sentence of the book from and into Chinese and English; numbers, prices and ids filled in."""
    pairs = []
    for path in sorted(PHRASES.glob("*.yml")):
        for entry in yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)["entries"]:
            texts = {language: _filled(entry[language][0]) for language in LANGUAGES}
            if any("{" in text for text in texts.values()):
                continue
            pairs += [
                Pair(one, other, texts[one], texts[other])
                for one in LANGUAGES
                for other in LANGUAGES
                if one != other and {one, other} & {"zh", "en"}
            ]
    return pairs


def _filled(text: str) -> str:
    for slot, value in SLOTS.items():
        text = text.replace(slot, value)
    return text


def support_chat() -> list[Pair]:
    """The WMT24 chat set, customer and agent; empty where the file is not."""
    for path in sorted(REPO.parent.glob("*/data/wmt24chat_valid_en-pt.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            return [
                Pair(row["source_language"][:2], row["target_language"][:2], row["source"], row["reference"])
                for row in csv.DictReader(file)
            ]
    return []


#: Ways to take a denial out of a sentence, and to put one in; the first that changes something is used.
DENY_LESS = {
    "zh": [(r"没有", "有"), (r"无法", "可以"), (r"[不没未]", "")],
    "en": [
        (r"\b(do|does|did|is|are|was|ca|could|would|have|has)(?:n['’]t| not)\b", r"\1"),
        (r"\bcannot\b", "can"),
        (r"\bno\b", "a"),
    ],
    "es": [(r"\bno ", "")],
    "pt": [(r"\bnão ", "")],
    "de": [(r" nicht\b", ""), (r"\bkein", "ein")],
    "fr": [(r"\b(?:ne |n['’])(\w+) pas\b", r"\1")],
    "ja": [(r"ませんでした", "ました"), (r"ません", "ます"), (r"ない", "ある")],
    "ko": [(r"없", "있"), (r"안 ", ""), (r"못 ", "")],
    "th": [(r"ไม่", "")],
    "vi": [(r"không ", ""), (r"chưa", "đã")],
    "id": [(r"\b(?:tidak|belum|bukan|jangan) ", "")],
    "ru": [(r"\bне ", ""), (r"\bнет\b", "есть")],
}
DENY_MORE = {
    "zh": [(r"可以|能|会", r"不\g<0>"), (r"有", "没有"), (r"已", "没")],
    "en": [(r"\b(?:is|are|will|can|was|has|have)\b", r"\g<0> not"), (r"\b(?:we|I) ", r"\g<0>do not ")],
    "es": [(r"\b(?:es|está|son|se|hemos|ha|puede|tenemos|tiene)\b", r"no \g<0>")],
    "pt": [(r"\b(?:é|está|são|vamos|temos|foi|pode|tem|enviamos)\b", r"não \g<0>")],
    "de": [(r"\b(?:ist|sind|wird|haben|können|kann|hat)\b", r"\g<0> nicht")],
    "fr": [(r"\b(?:est|sont|avons|pouvons|peut|sera|avez)\b", r"ne \g<0> pas")],
    "ja": [(r"ます(?=。|$)", "ません"), (r"です(?=。|$)", "ではありません"), (r"ました", "ませんでした")],
    "ko": [(r"있", "없"), (r"됩니다", "되지 않습니다"), (r"합니다", "하지 않습니다"), (r"했", "안 했")],
    "th": [(r"ได้|มี|จะ", r"ไม่\g<0>")],
    "vi": [(r"\b(?:có|được|sẽ|đã)\b", r"không \g<0>")],
    "id": [(r"\b(?:bisa|akan|ada|dapat)\b", r"tidak \g<0>"), (r"\bsudah\b", "belum")],
    "ru": [(r"\b(?:будет|можно|могу|отправим|отправили|есть|мы)\b", r"\g<0> не")],
}
#: What makes a question of a sentence besides its mark.
ASKING = {
    "zh": r"[吗呢]$", "ja": r"か$", "ko": r"(?:나요|까|가요)$", "th": r"ไหม|หรือเปล่า|หรือยัง|หรือ",
    "vi": r"\b(?:không|chưa)\b(?=(?: ạ| shop)?$)",
}  # fmt: skip


#: Words that keep a sentence a question whatever else is taken away.
WHICH = {
    "zh": "什么|怎么|哪|几|多|谁|能不能|可不可以|有没有|是不是|可以",
    "ja": "いくら|いつ|どこ|どう|どの|どれ|何|なぜ|だれ",
    "ko": "언제|어디|얼마|어떻|무엇|뭐|왜|누구|몇|어느|어떤",
    "th": "เท่าไหร่|เมื่อไหร่|อะไร|ไหน|อย่างไร|ยังไง|ใคร|ทำไม|กี่",
    "vi": "gì|nào|sao|bao|mấy|đâu|ai",
}


def echo(pair: Pair, _draw: random.Random) -> str:
    """The source comes back."""
    return pair.said


def part_echo(pair: Pair, _draw: random.Random) -> str:
    """The second half comes back untranslated."""
    words = pair.said.split()
    if pair.source in UNSPACED or pair.target in UNSPACED or len(words) < 8:
        return ""
    return f"{' '.join(pair.told.split()[:3])} {' '.join(words[len(words) // 2 :])}"


def loop(pair: Pair, draw: random.Random) -> str:
    """A piece is said over and over."""
    size = draw.randint(2, 4)
    if pair.target in UNSPACED:
        return pair.told[: size + 2] * 6
    return " ".join(pair.told.split()[:size] * 6)


def number_lost(pair: Pair, _draw: random.Random) -> str:
    """A number is gone."""
    return re.sub(r"[$€¥]?\d+(?:[.,]\d+)?", "", pair.told) if re.search(r"\d", pair.said + pair.told) else ""


def number_other(pair: Pair, draw: random.Random) -> str:
    """A number is another one."""
    return re.sub(r"\d+", lambda m: str(int(m[0]) * 10 + draw.randint(1, 9)), pair.told, count=1)


def denied(pair: Pair, _draw: random.Random) -> str:
    """A statement says the opposite. Questions are left out: "can you" and "can't you" ask the same."""
    if re.search(r"[?？]", pair.said + pair.told) or re.search(
        ASKING.get(pair.target, r"\?"), pair.told.rstrip("。.!！")
    ):
        return ""
    for rules in (DENY_LESS, DENY_MORE):
        for find, say in rules[pair.target]:
            changed = re.sub(find, say, pair.told, count=1, flags=re.IGNORECASE)
            if changed != pair.told:
                return changed
    return ""


def unasked(pair: Pair, _draw: random.Random) -> str:
    """A question became a statement: its mark is gone and, where a language asks by one, its particle."""
    if not re.search(r"[?？]$", pair.said):
        return ""
    bare = re.sub(r"\s*[?？]", "", pair.told)
    if pair.target not in ASKING:
        return bare + "."
    plain = re.sub(ASKING[pair.target], "", bare)
    return "" if plain == bare or re.search(WHICH[pair.target], plain) else plain


def asked(pair: Pair, _draw: random.Random) -> str:
    """A statement became a question."""
    return "" if re.search(r"[?？]", pair.said + pair.told) else pair.told.rstrip("。.!！ ") + "?"


def truncated(pair: Pair, _draw: random.Random) -> str:
    """Most of it is missing."""
    if len(pair.told) < (18 if pair.target in UNSPACED else 60):
        return ""
    if pair.target in UNSPACED:
        return pair.told[: len(pair.told) * 3 // 10]
    words = pair.told.split()
    return " ".join(words[: max(1, len(words) * 3 // 10)])


WAYS: dict[str, tuple[Callable[[Pair, random.Random], str], str]] = {
    "echo": (echo, "echo"),
    "part_echo": (part_echo, "echo"),
    "loop": (loop, "loop"),
    "number_lost": (number_lost, "number_changed"),
    "number_other": (number_other, "number_changed"),
    "denied": (denied, "negation_changed"),
    "unasked": (unasked, "question_changed"),
    "asked": (asked, "question_changed"),
    "truncated": (truncated, "too_short"),
}


def broken(pairs: list[Pair], each: int, seed: int = 4) -> Iterator[tuple[str, Pair, str, str]]:
    """``each`` outputs a way: (way, the right pair, the broken output, the doubt it must raise)."""
    draw = random.Random(seed)
    for way, (spoil, code) in WAYS.items():
        made = 0
        for pair in draw.sample(pairs, len(pairs)):
            output = spoil(pair, draw)
            if output.strip() and output != pair.told:
                yield way, pair, output, code
                made += 1
                if made == each:
                    break
