"""Messages as buyers write them, full of what must survive translation: for engines that are hostile, and real ones."""

from __future__ import annotations

import random
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache

import yaml

from companion.translation.protect import Known, Term

from .stands import PHRASES

LANGUAGES = ("zh", "en", "es", "pt", "de", "fr", "ja", "ko", "th", "vi", "id", "ru")
SLANG = {
    "en": "pls asap thx",
    "pt": "qto vcs hj",
    "es": "xq porfa",
    "th": "555",
    "ko": "ㅋㅋ ㅠㅠ",
    "ru": "спс))",
    "id": "kak gan wkwk",
}
NAMES = ("Nguyễn Văn An", "João Pereira", "김민수", "王小明", "Анна Иванова", "O'Brien", "田中")
TERMS = (
    Term("Sea Breeze", "Sea Breeze"),
    Term("QuietCup Pro", "QuietCup Pro"),
    Term("奶白色", "奶白色"),
    Term("navy", "NAVY-BLAU"),
    Term("пудровый", "пудровый"),
)
KNOWN = Known(NAMES, TERMS)


def items(draw: random.Random) -> list[str]:
    """One of each kind, made up anew."""
    digits = lambda n: "".join(draw.choice("123456789") for _ in range(n))  # noqa: E731
    letters = lambda n: "".join(draw.choice("ABCDEFGHKLMNPRSTUVWXYZ") for _ in range(n))  # noqa: E731
    return [
        f"{letters(2)}{digits(9)}CN", f"1Z{digits(3)}AA{digits(10)}", f"#{digits(4)}", digits(15),
        f"{digits(3)}-{digits(7)}-{digits(7)}", f"{letters(2)} {digits(3)} {digits(3)} {digits(3)} CN",
        f"25{digits(4)}{letters(4)}{digits(2)}", f"{letters(2)}-{digits(4)}-{letters(1)}",
        f"https://shop.example.com/p/{digits(5)}?a=1&b={letters(3)}",
        f"{letters(4).lower()}.{letters(3).lower()}@mail.com",
        f"+{digits(2)} {digits(3)} {digits(3)} {digits(4)}", f"({digits(2)}) {digits(5)}-{digits(4)}",
        f"1{digits(10)}", f"${digits(2)}.{digits(2)}", f"R$ {digits(2)},{digits(2)}",
        f"{digits(2)},{digits(2)} €", f"¥{digits(3)}", f"฿{digits(3)}", f"Rp{digits(3)}.000", f"{digits(3)}.000đ",
        f"{digits(4)} ₽", f"{digits(2)}.000원", f"{digits(4)}円", f"{digits(3)} CNY", f"£{digits(2)}",
        f"RM{digits(2)}", f"₱{digits(3)}", f"NT${digits(3)}", f"MX$ {digits(3)}", f"{digits(2)} zł", "3XL", "XXL",
        f"EU {digits(2)}", "34B", f"{digits(2)}x{digits(2)}x{digits(1)} cm", f"{digits(4)}mAh", f"{digits(2)}%",
        f"2026-0{digits(1)}-1{digits(1)}", f"2026-03-05T1{digits(1)}:30:00Z", "12/25", "10:30", "`order.id`",
        "{order_id}", "<b>", "USB_C_2", f"soft_touch_{letters(2).lower()}", f"S{digits(2)}", "👍", "😂😂", "🙏🏽",
        "❤️",
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Message:
    """A text, its direction, and what must stand in the translation (an item twice when it stands there twice)."""

    text: str
    source: str
    target: str
    shown: tuple[str, ...]

    def missing(self, translation: str) -> list[str]:
        """What of it does not stand in the translation as itself."""
        return [item for item, times in Counter(self.shown).items() if whole(item, translation) < times]


@cache
def sentences(language: str) -> tuple[str, ...]:
    """Shop sentences of the phrasebook without slots."""
    found: list[str] = []
    for topic in ("shipping", "order", "price", "refund"):
        for entry in yaml.load((PHRASES / f"{topic}.yml").read_text("utf-8"), yaml.CSafeLoader)["entries"]:
            found += [line for line in entry[language][:2] if "{" not in line]
    return tuple(found)


def message(seed: int, source: str = "", target: str = "") -> Message:
    """The message of a seed, in one of the twelve languages unless told."""
    draw = random.Random(seed)
    source = source or LANGUAGES[seed % len(LANGUAGES)]
    other = draw.choice([other for other in LANGUAGES if other != source])
    chosen = draw.sample(items(draw), draw.randint(1, 4))
    shown = list(chosen)
    if draw.random() < 0.5:
        name = draw.choice(NAMES)
        chosen.append(name)
        shown.append(name)
    if draw.random() < 0.5:
        term = draw.choice(TERMS)
        chosen.append(term.text)
        shown.append(term.shown)
    words = draw.choice(sentences(source))
    if draw.random() < 0.4:
        words += draw.choice(["!!!!", "????", " ", "\n", "....."]) + SLANG.get(source, "")
    gaps = [draw.choice([" ", ", ", "\n", ": ", "，", "。"]) for _ in chosen]
    text = (
        words
        + "".join(gap + item for gap, item in zip(gaps, chosen, strict=True))
        + draw.choice(["", ".", "?", " " + words])
    )
    return Message(text, source, target or other, tuple(shown))


def whole(item: str, text: str) -> int:
    """How often an item stands in a text as itself, not as a piece of a longer word or number."""
    before = r"(?<![A-Za-z0-9\u00c0-\u024f\u0400-\u04ff])" if item[0].isalnum() else ""
    after = r"(?![A-Za-z0-9\u00c0-\u024f\u0400-\u04ff])" if item[-1].isalnum() and item[-1] < "\u0e00" else ""
    return len(re.findall(before + re.escape(item) + after, text))
