"""An engine that does to marks whatever engines were ever seen to do, and messages full of what must survive it."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from companion.translation.engines.base import Capabilities
from companion.translation.protect import Known, Term

MARK = re.compile(r"\[\[(\d+)\]\]|<x id=\"(\d+)\"/>|XQ(\d+)Z")
WAYS = (
    "keep", "drop", "drop_all", "double", "reorder", "renumber", "translate", "half", "spaced", "wide", "glue",
    "single", "empty", "invent", "digits", "chinese_digits", "upper", "echo",
)  # fmt: skip
#: What an engine that translates everything makes of plain words.
FILLER = {"zh": "好的请稍等我们马上处理", "ja": "はい少々お待ちください", "th": "รอสักครู่นะคะ", "ru": "подождите немного"}


@dataclass
class HostileEngine:
    """Mangles with a seed of its own, so that a failure can be played again."""

    seed: int
    ways: Sequence[str] = WAYS
    name: str = "hostile"
    destination: str = ""
    capabilities: Capabilities = field(default_factory=Capabilities)

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)

    def translate_batch(self, texts: Sequence[str], source: str, target: str) -> list[str]:
        return [self._one(text, target) for text in texts]

    def _one(self, text: str, target: str) -> str:
        way = self._random.choice(self.ways)
        marks = [match[0] for match in MARK.finditer(text)]
        words = FILLER.get(target, "one moment please")
        if way == "echo":
            return text
        if way == "empty":
            return ""
        numbers = [re.sub(r"\D", "", mark) for mark in marks]
        changed = {
            "keep": marks,
            "drop": marks[1:],
            "drop_all": [],
            "double": marks + marks[:1],
            "reorder": self._random.sample(marks, len(marks)),
            "renumber": [
                mark.replace(number, str(int(number) + 1)) for mark, number in zip(marks, numbers, strict=True)
            ],
            "translate": [mark.replace("[", "（").replace("]", "）").replace("x id", "x号") for mark in marks],
            "half": [mark[: len(mark) // 2] for mark in marks],
            "spaced": [" ".join(mark) for mark in marks],
            "wide": [mark.replace("[", "［").replace("]", "］") for mark in marks],
            "glue": marks,
            "single": [mark.replace("[[", "[").replace("]]", "]") for mark in marks],
            "invent": [*marks, "[[97]]", "XQ97Z"],
            "digits": numbers,
            "chinese_digits": ["【【" + "〇一二三四五六七八九"[int(number) % 10] + "】】" for number in numbers],
            "upper": [mark.upper() for mark in marks],
        }[way]
        if way == "glue":
            return "abc1" + "9z".join(changed) + "x7"
        return words + " " + f" {words[:3]} ".join(changed)


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
