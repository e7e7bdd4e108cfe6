"""A generated archive that reads like a real one: several shops and marketplaces, buyers in twelve languages, the
phrasebook's sentences with products, colours, order ids and tracking numbers in them, and a long tail of rare words.

Everything comes from one seed. ``through_the_writer`` archives windows as pages do, one durable transaction each;
``bulk.py`` writes the same rows quickly.
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from companion.conversations import Archive
from companion.protocol.methods.archive import MessageSeenParams
from companion.protocol.values import SeenMessage, ThreadRef

PHRASES = Path(__file__).parents[2] / "rules" / "phrases"
#: Messages of a window as a page shows it.
WINDOW = 20
#: The first message; later conversations begin later, spread over three years (seconds since 1970).
BEGIN, LASTING = 1_700_000_000, 3 * 365 * 86_400
SHOPS = [
    ("shopee", "sg", "deepsea.sg"),
    ("shopee", "br", "mardobrasil"),
    ("shopee", "th", "deepsea.th"),
    ("tiktok-shop", "us", "7495012345678901234"),
    ("tiktok-shop", "uk", "7495098765432109876"),
    ("amazon", "de", "A2XKDEEPSEA"),
    ("ebay", "us", "deepsea-outlet"),
    ("aliexpress", "", "cn1533221100"),
]
#: Languages of buyers and how often they occur.
LANGUAGES = {"en": 30, "es": 14, "pt": 10, "th": 10, "vi": 8, "id": 7, "de": 6, "fr": 5, "ja": 4, "ko": 3, "ru": 3}
NAMES = {
    "en": "Emily James Olivia Noah Grace Liam Chloe Oscar Ruby Ethan|Walker Hughes Bennett Clarke Foster Reed",
    "es": "Lucía Mateo Sofía Diego Valentina Andrés Camila Iñaki|García Muñoz Fernández Peña Ibáñez Castaño",
    "pt": "João Mariana Caio Beatriz Rafael Letícia Otávio|Souza Gonçalves Araújo Magalhães Assunção",
    "th": "สมชาย พลอย กานต์ ณัฐ ปิยะ มะลิ อรุณ|ใจดี ศรีสุข ทองคำ วงศ์ไทย บุญมา",
    "vi": "Nguyễn Trần Lê Phạm Hoàng Vũ Đặng|Văn Anh Thị Linh Minh Đức Thu Hà Quang Huy",
    "id": "Dewi Agus Siti Budi Putri Rizky Intan|Santoso Wijaya Lestari Pratama Hidayat",
    "de": "Jonas Lena Jürgen Anke Björn Käthe Lukas|Müller Schäfer Weiß Krüger Böhm Groß",
    "fr": "Camille Théo Zoé Rémi Chloé François|Lefèvre Moreau Dubois Gérard Noël",
    "ja": "佐藤 鈴木 高橋 田中 渡辺 伊藤|陽菜 翔太 結衣 大輝 さくら",
    "ko": "김 이 박 최 정 강|민준 서연 도윤 하은 지우",
    "ru": "Иван Мария Алексей Ольга Фёдор|Петров Смирнова Кузнецов Соловьёва",
}
_SLOT = re.compile(r"\{[a-z_]+\}")


@dataclass(frozen=True, slots=True)
class Said:
    """One message; ``at`` in seconds since 1970, ``written`` what it says in Chinese."""

    direction: str
    text: str
    written: str
    order: str
    picture: str
    at: int


@dataclass(frozen=True, slots=True)
class Talk:
    """One conversation."""

    ref: ThreadRef
    language: str
    said: list[Said]


@cache
def phrasebook() -> dict[str, list[dict[str, Any]]]:
    """The phrasebook's entries by who says them."""
    found: dict[str, list[dict[str, Any]]] = {"buyer": [], "seller": []}
    for file in sorted(PHRASES.glob("*.yml")):
        for entry in yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader)["entries"]:
            for who in found if entry["by"] not in found else [entry["by"]]:
                found[who].append(entry)
    for entries in found.values():
        random.Random(1).shuffle(entries)
    return found


def talks(count: int, seed: int = 7) -> Iterator[Talk]:
    """Conversations that hold ``count`` messages together, in the order in which they began."""
    chance = random.Random(seed)
    made, number = 0, 0
    # eight messages a conversation on average
    step = LASTING * 8 / count
    while made < count:
        number += 1
        talk = _talk(chance, number, int(BEGIN + number * step), count - made)
        made += len(talk.said)
        yield talk


def _talk(chance: random.Random, number: int, at: int, most: int) -> Talk:
    [language] = chance.choices([*LANGUAGES], [*LANGUAGES.values()])
    marketplace, region, shop = chance.choice(SHOPS)
    first, last = (chance.choice(part.split()) for part in NAMES[language].split("|"))
    buyer = f"{last} {first}" if language in {"vi"} else f"{first} {last}"
    order = f"{chance.randint(23, 26)}{chance.randint(1, 12):02}{chance.randint(1, 28):02}{_code(chance, 8)}"
    said = []
    size = min(most, 1 + int(chance.expovariate(1 / 7.5)))
    answered = chance.random() < 0.9
    for place in range(size):
        buyers = place == 0 or chance.random() < (0.55 if answered or place + 2 < size else 1)
        if place == size - 1 and answered and size > 1:
            buyers = False
        at += chance.randint(20, 5_000)
        text, written = _words(chance, "buyer" if buyers else "seller", language, order)
        picture = f"https://img.example/{number}/{place}.jpg" if buyers and chance.random() < 0.03 else ""
        attached = order if place > 0 and chance.random() < 0.3 else ""
        said.append(Said("buyer" if buyers else "seller", text, written, attached, picture, at))
    ref = ThreadRef(marketplace=marketplace, region=region, shop=shop, thread=f"t{number}", buyer=buyer)
    return Talk(ref, language, said)


def _words(chance: random.Random, who: str, language: str, order: str) -> tuple[str, str]:
    """A message in the buyer's language and the same in Chinese."""
    entries = phrasebook()[who]
    said, written = [], []
    for _ in range(chance.choices((1, 2, 3), (60, 28, 12))[0]):
        # a few things are asked all the time, most of them now and then
        entry = entries[min(len(entries) - 1, int(chance.paretovariate(0.35)) - 1)]
        if language not in entry:
            continue
        fill = _filler(chance, order)
        said.append(_SLOT.sub(fill, chance.choice(entry[language])))
        written.append(_SLOT.sub(fill, entry["zh"][0]))
    extra = chance.random()
    if extra < 0.08 or not said:
        said.append(order)
        written.append(order)
    elif extra < 0.18:
        rare = _rare(chance, language)
        said.append(rare)
        written.append(rare if language in {"ja"} else _rare(chance, "zh"))
    joint = "" if language in {"ja", "th"} else " "
    return joint.join(said), "".join(written)


def _filler(chance: random.Random, order: str) -> Callable[[re.Match[str]], str]:
    fill = {"order": order, "tracking": f"SF{chance.randint(10**11, 10**12 - 1)}", "size": chance.choice("SMLX")}
    return lambda found: fill.get(found[0][1:-1], str(chance.randint(2, 60)))


def _code(chance: random.Random, size: int) -> str:
    return "".join(chance.choices("0123456789ABCDEFGHJKLMNPQRSTUVWXYZ", k=size))


@cache
def _characters(language: str) -> list[str]:
    """Characters the phrasebook uses in a language, the material of rare names."""
    texts = [text for who in phrasebook().values() for entry in who for text in entry.get(language, ())]
    return sorted({char for text in texts for char in text if char.isalpha()})


def _rare(chance: random.Random, language: str) -> str:
    """A word of the long tail: a product's name, a street, a misspelling."""
    size = chance.randint(2, 4) if language in {"zh", "ja", "ko"} else chance.randint(5, 10)
    return "".join(chance.choices(_characters(language), k=size))


def through_the_writer(archive: Archive, some: Iterable[Talk]) -> tuple[int, list[float]]:
    """Archive conversations as pages would show them: how many messages, and the seconds each window took."""
    count, took = 0, []
    for talk in some:
        rows = [
            SeenMessage(
                key=f"k{at}",
                direction=said.direction,
                text=said.text,
                order=said.order,
                images=[said.picture] if said.picture else [],
            )
            for at, said in enumerate(talk.said)
        ]
        for begin in range(0, len(rows), WINDOW):
            end = begin + WINDOW
            at = float(talk.said[min(end, len(rows)) - 1].at)
            params = MessageSeenParams(thread=talk.ref, messages=rows[begin:end], observed_at=at)
            before = time.perf_counter()
            archive.see(params)
            took.append(time.perf_counter() - before)
        count += len(rows)
    return count, took
