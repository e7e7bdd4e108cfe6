"""An engine that does to marks whatever engines were ever seen to do."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from companion.translation.engines.base import Capabilities

MARK = re.compile(r"\[\[(\d+)\]\]|XQ(\d+)Z")
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
            "translate": [mark.replace("[", "（").replace("]", "）") for mark in marks],
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
