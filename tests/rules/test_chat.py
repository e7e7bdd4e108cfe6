"""``rules/chat``: every file keeps its schema, loads, and says nothing that could change a plain sentence's meaning."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from companion.translation.chat_rules import load
from companion.translation.normalise import normalise
from companion.translation.pipeline import Direction, cut

REPO = Path(__file__).resolve().parents[2]
FILES = sorted((REPO / "rules" / "chat").glob("*.yml"))
LANGUAGES = {"zh", "en", "es", "pt", "de", "fr", "ja", "ko", "th", "vi", "id", "ru"}


class _Strings(yaml.CSafeLoader):
    """Keys such as ``y`` and ``n`` are words here, no truths."""


_Strings.yaml_implicit_resolvers = {}


def test_every_language_has_its_file() -> None:
    assert {path.stem for path in FILES} == LANGUAGES


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_file_keeps_its_schema(path: Path) -> None:
    schema = json.loads((REPO / "rules" / "schemas" / "chat.schema.json").read_text("utf-8"))
    schema["properties"]["doubled"]["items"]["pattern"] = r"^[^\W\d_]+$"  # Python has no \p{L}
    content = yaml.load(path.read_text("utf-8"), _Strings)
    if content.get("doubled") == "[]":
        content["doubled"] = []
    jsonschema.validate(content, schema)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_words_are_lower_case_and_lead_to_an_end(path: Path) -> None:
    chat = load(path)
    assert [word for word in chat.meanings if word != word.casefold()] == []
    assert not set(chat.words) & set(chat.accents)
    for word, meant in chat.meanings.items():
        once = normalise(meant, chat)
        assert normalise(once, chat) == once, f"{word}: {meant} goes on to change"


#: Plain sentences of each language that hold words which look like slang of it.
PLAIN = {
    "en": [
        "Size M or XL, 10 x 3 pcs?",
        "AAA batteries, type III",
        "The US size R is too small",
        "See you all soon",
        "He will tell",
    ],
    "es": ["El envío llega mañana", "10 x 3 camisetas", "La caja pesa 2 kg", "Ella llegó tarde", "correo y talla"],
    "pt": ["O carro chegou com sucesso", "Isso é nosso", "A cor é boa", "12 x sem juros", "O processo é assim"],
    "de": ["Ist die Nummer da?", "Das Paket kommt nicht an", "Mal sehen, ob es passt", "Kaffeetasse in Größe M"],
    "fr": ["Elle est belle", "Quelle est la couleur ?", "La taille M est bonne", "Une photo de la feuille"],
    "ja": ["はい、大丈夫です。", "サイズはMです", "カッターを買いたい", "もっと安くなりますか"],
    "ko": ["안녕하세요, 배송 언제 되나요?", "네, 알겠습니다.", "두 개 주문할게요"],
    "th": ["ราคา 555 บาท", "เสื้อคับมาก", "บังคับส่ง", "มีของไหมคะ"],
    "vi": ["Còn hàng không ạ?", "size M nhé", "cái này 5kg"],
    "id": ["Barang sudah sampai?", "Berat 500 g", "Warna merah ada?"],
    "ru": ["Где мой заказ (номер 42)?", "Сумма и масса", "Длинный класс"],
    "zh": ["什么时候发货？", "我要两个大的", "这个宝贝老板娘喜欢"],
}


@pytest.mark.parametrize(("language", "line"), [(code, line) for code, lines in PLAIN.items() for line in lines])
def test_plain_sentences_stay_as_they_are(language: str, line: str) -> None:
    chat = load(REPO / "rules" / "chat" / f"{language}.yml")
    assert normalise(line, chat) == line
    assert [part for part in cut(line, Direction(language, "en", chat, chat)) if part.shown != part.said] == []
