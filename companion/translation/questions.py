"""Is a chat line a question? By its mark, and in languages that do without one by their particles. Pure."""

from __future__ import annotations

import re

from .codes import primary

_MARK = re.compile("[?？؟]")
#: What makes a line a question without a mark, in languages that often leave it out.
_PARTICLES = {
    "zh": r"[吗嘛呢么]\W*$|[吗呢]\W|(.)不\1|有没有|是不是|能不能|可不可以|要不要|多少|什么|怎么|哪|几[个天件时]|谁"
    r"|为何|如何",
    "ja": r"か[。.！!]*(?:\s|$)|か。|かな|でしょうか|どう|いつ|どこ|なに|何|いくら|どの|どれ|だれ|なぜ|のですか",
    "ko": r"까|나요|가요|는지|니까|(?:어떻게|언제|어디|얼마|무엇|뭐|왜|누구|몇|어느)|죠|[나니냐]\W*$"
    r"|[아어에세예네]요\W*$",
    "th": r"ไหม|มั้ย|หรือ|เท่าไหร่|เมื่อไหร่|อะไร|ที่ไหน|อย่างไร|ยังไง|ใคร|ทำไม|กี่|ไหน|เปล่า|ใช่|ยัง|ได้ปะ|คะ",
    "vi": r"\b(?:không|chưa|à|hả|nhỉ|vậy)\b(?=(?: (?:ạ|shop|vậy|bạn|em|chị|anh|nhỉ))*\W*(?:$|[,.]))"
    r"|\b(?:gì|khi nào|bao giờ|bao nhiêu|bao lâu|mấy|đâu|thế nào|như nào|tại sao|nào)\b|^sao\b",
}
_BEGIN = (
    r"(?:^|[,.;:!]\s*)(?:\W*(?:hi|hello|hey|so|and|ok|hola|oi|olá|ola|bom dia|hallo|bonjour|bonsoir|halo|kak|e|y|et"
    r"|und|а)\W+)?"
)
#: Words only questions have, and words with which a question begins: enough to take a line without a mark for one.
_QUESTION_WORDS = {
    "en": r"\b(?:what|when|where|why|who|how|which|whose)\b|\bright$|\bor not\b|\banything else\b"
    rf"|{_BEGIN}(?:is|are|do|does|did|can|could|will|would|may|have|has|should|any|was|were)\b",
    "es": r"\b(?:qué|cuándo|dónde|cómo|cuánt[oa]s?|cuál(?:es)?|quién(?:es)?|es posible)\b"
    rf"|{_BEGIN}(?:que|cuando|donde|como|cuant[oa]s?|cual|a que|por que|puede[ns]?|tienen?|hay|hacen|podr[ií]an?|me"
    rf"|se)\b",
    "pt": r"\b(?:quant[oa]s?|qual|quais|quem|cadê|onde|será|né|tem como|é possível|tudo bem)\b"
    rf"|{_BEGIN}(?:que|quando|como|por ?que|pode[m]?|tem|consegue|poderia[m]?|dá|vocês?|já|ainda|posso)\b",
    "de": r"\b(?:wann|wo|warum|welche[rsn]?|wieso|woher|wohin|wie (?:viel|lange|oft|groß|kann|ist|teuer|hoch|schwer"
    r"|lang|komme))\b|\boder$"
    rf"|{_BEGIN}(?:was|wer|wie|ist|sind|haben|hat|kann|können|könnten?|gibt|wird|werden|darf|soll|passt|kommt|geht"
    rf"|würden?)\b",
    "fr": r"\b(?:quoi|quand|comment|combien|pourquoi|quel(?:le)?s?|est-ce|pouvez-vous|avez-vous|est-il|y a-t-il)\b"
    rf"|{_BEGIN}(?:qui|où|ou|pouvez|peut|avez|serait|c'est|vous|il y a|je peux|ça)\b",
    "id": r"\b(?:apa|apakah|kapan|dimana|di mana|bagaimana|gimana|berapa|siapa|kenapa|mengapa)\b|kah\b"
    rf"|\b(?:ya|ga|gak|kan|belum|kak)$|{_BEGIN}(?:bisa|ada|boleh|sudah|masih|mau|mana)\b",
    "ru": r"\b(?:когда|где|сколько|как(?:ой|ая|ие|ое)|почему|куда|откуда|зачем|ли|можно ли)\b"
    rf"|{_BEGIN}(?:что|как|кто|чем|можно|есть|а есть|будет|это)\b",
}
_COMPILED = {code: re.compile(table, re.IGNORECASE) for code, table in {**_PARTICLES, **_QUESTION_WORDS}.items()}


def marked(text: str) -> bool:
    """Whether a question mark stands in the text."""
    return _MARK.search(text) is not None


def may_ask(text: str, language: str) -> bool:
    """Whether the line may be a question, with or without its mark; True for a language not known here."""
    if marked(text):
        return True
    code = {"zt": "zh"}.get(primary(language), primary(language))
    known = _COMPILED.get(code)
    return known is None or known.search(text.strip()) is not None


def question_lost(source_text: str, output: str, target: str) -> bool:
    """Whether a question became a statement. Languages that ask by particle need no mark."""
    code = {"zt": "zh"}.get(primary(target), primary(target))
    if not marked(source_text) or marked(output):
        return False
    return code not in _PARTICLES or not may_ask(output, target)


def question_gained(source_text: str, output: str, source: str) -> bool:
    """Whether a statement became a question."""
    return marked(output) and not may_ask(source_text, source)
