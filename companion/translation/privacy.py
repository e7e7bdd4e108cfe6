"""Personal data stays here: hidden from a remote engine behind marks, and put back into what it answers. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from .addresses import addresses_in
from .digits_said import digits_said_in
from .identities import identities_in
from .identities_asia import asian_identities_in
from .labelled import labelled_in
from .marks import BRACKETS, MarkStyle, next_free, put_back
from .names import name_spans
from .occurrences import merged, without

_EMAIL = re.compile(
    r"(?<![A-Za-z0-9_.+-])[A-Za-z0-9_.+-]{1,64}\s?(?:@|[(\[{]\s?(?:at|arroba)\s?[)\]}])\s?[A-Za-z0-9-]+"
    r"(?:(?:\.|\s?[(\[{]\s?(?:dot|punto|ponto)\s?[)\]}]\s?|\s(?:dot|punto|ponto)\s)[A-Za-z0-9-]+)+"
    # "at" alone is a word like any other, unless a mail service follows.
    r"|(?<![A-Za-z0-9_.+-])(?!(?:look|me|us|is|are|account|e?-?mail)\s)[A-Za-z0-9_.+-]{1,64}\s(?:at|arroba)\s"
    r"(?:gmail|googlemail|hotmail|outlook|yahoo|icloud|live|proton|protonmail|gmx|qq|163|126|foxmail|mail|web|uol|bol)"
    r"(?:\.|\s(?:dot|punto|ponto)\s)[A-Za-z]{2,3}(?:(?:\.|\s(?:dot|punto|ponto)\s)[A-Za-z]{2})?(?![A-Za-z0-9])",
    re.IGNORECASE,
)
#: Japanese keyboards write the dash of a number as any of the last four.
_GAP = r"[\s.\-–()/‐‑−ー]{0,2}"
#: Telephone numbers as people write them; a run of digits of that length that is an order number loses nothing by it.
_PHONE = re.compile(
    rf"(?<![A-Za-z0-9])(?:\+|＋|00)\d{{1,3}}(?:{_GAP}\d){{6,13}}(?!\d)"
    rf"|(?<![A-Za-z0-9])\(\d{{2,4}}\)\s?\d(?:{_GAP}\d){{5,9}}(?!\d)"
    rf"|(?<![A-Za-z0-9])0\d{{1,4}}(?:{_GAP}\d){{6,10}}(?!\d)"
    r"|(?<![A-Za-z0-9])\d{3}[-. ]\d{3}[-. ]\d{4}(?!\d)"
    r"|(?<![A-Za-z0-9])1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}(?!\d)"
    r"|(?<![A-Za-z0-9])\d{2}\s?9\d{4}[-\s]?\d{4}(?!\d)"
    rf"|(?<![A-Za-z0-9])8[\s-]?\(?\d{{3}}\)?(?:{_GAP}\d){{7}}(?!\d)"
    # Spain 612 345 678, India 98765 43210
    r"|(?<![A-Za-z0-9])[67]\d{2}[\s-]\d{3}[\s-]\d{3}(?![\s-]?\d)"
    r"|(?<![A-Za-z0-9])[6-9]\d{4}[\s-]\d{5}(?!\d)"
    r"|(?<![A-Za-z0-9])\d{9,15}(?!\d)"
)
#: "phone number is", "tel. nr", 手机号是
_SAID = (
    r"(?:[\s.:：]{0,2}(?:(?:number|numéro|número|numero|nummer|nomor|номер|nr|no|me|at|on|is|ist|est|es|é|adalah|là)"
    r"(?![^\W\d_])\.?|号码|号|番号|번호|是|为|は)){0,3}"
)
#: What is called a telephone number is one, however it is grouped.
_CALLED = re.compile(
    r"(?:(?<![^\W\d_])(?:tel|telp|telef|phone|mobile|mobil|móvil|movil|cel|cell|celular|handy|portable|hp"
    r"|call(?: me)?|contact|reach me|whats ?app|zap|wa|no hp|llama|llamar|liên hệ|gọi|hubungi|звоните"
    r"|тел|sđt|đt|điện thoại)|telefon[oe]?|teléfono|téléphone|телефон|电话|手机|联系方式"
    rf"|電話|携帯|โทร|전화|फोन|جوال|هاتف){_SAID}[\s.:：]{{0,3}}(?P<number>\d(?:{_GAP}\d){{6,13}})(?!\d)",
    re.IGNORECASE,
)
_CARD = re.compile(r"(?<!\d)\d(?:[ \-\u00a0]?\d){12,18}(?!\d)")
_HANDLE = re.compile(
    r"(?:(?<![\w.])@[A-Za-z0-9_.]{3,30}(?![\w@]))"
    r"|(?i:\b(?:whatsapp|wechat|telegram|line id|instagram|skype|weixin)|微信号?|QQ)"
    r"\s?(?:id)?\s?[:：是]\s?[A-Za-z0-9_.+@-]{4,30}"
    r"|(?<![A-Za-z0-9_])wxid_[A-Za-z0-9]{6,24}"
)
#: Eight figures are a telephone number where they follow an address of Singapore or Hong Kong.
_BEHIND_ADDRESS = re.compile(r"[\s,;，。.]{0,3}(?P<number>[35689]\d{3}[ -]?\d{4})(?![\d-])")
#: Letters, digits and signs of full width, and the digits of other scripts; the length stays.
_ASCII = {
    ord(char): chr(ord(char) - 0xFEE0)
    for char in map(chr, range(0xFF01, 0xFF5F))
    if char.isalnum() or char in "＠．－＋（）＿"
}
_ASCII |= {zero + i: str(i) for zero in (0x0660, 0x06F0, 0x0966, 0x09E6, 0x0E50) for i in range(10)}


@dataclass(frozen=True, slots=True)
class Masked:
    """A text without its personal data: marks from number ``first`` on stand for ``items``."""

    text: str
    items: tuple[str, ...]
    first: int = 0
    style: MarkStyle = BRACKETS


def luhn(digits: str) -> bool:
    """Whether the check digit of a card number fits."""
    total = 0
    for at, char in enumerate(reversed(digits)):
        value = int(char) * (1 + at % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def mask(
    text: str, names: Collection[str] = (), style: MarkStyle = BRACKETS, elsewhere: Collection[str] = ()
) -> Masked:
    """Hide e-mail, telephone, card, account, national id, address, handles and names behind marks: ``names`` of buyer
    and consignee, and those of other orders (``elsewhere``), see ``name_spans``.

    Marks already in the text keep their numbers; ours come after them.
    """
    first = next_free(text, style)
    free = [match.span() for match in style.back.finditer(text)]
    # Where an address grew over a mark, what is on either side of the mark is hidden.
    spans = [part for span in personal_spans(text, names, elsewhere) for part in without(span, free)]
    parts: list[str] = []
    items: list[str] = []
    at = 0
    for start, end in sorted(spans):
        if text[start:end].strip():
            parts += [text[at:start], style.write(first + len(items))]
            items.append(text[start:end])
            at = end
    return Masked("".join([*parts, text[at:]]), tuple(items), first, style)


def unmask(text: str, masked: Masked) -> tuple[str, bool]:
    """Put the data back; False when a mark of ours was lost or doubled."""
    return put_back(text, masked.items, masked.style, masked.first, lambda number: number >= masked.first)


def personal_spans(text: str, names: Collection[str] = (), elsewhere: Collection[str] = ()) -> list[tuple[int, int]]:
    """Where personal data stands, left to right, not overlapping."""
    plain = text.translate(_ASCII)
    found = [match.span() for pattern in (_EMAIL, _PHONE, _HANDLE) for match in pattern.finditer(plain)]
    found += [
        match.span() for match in _CARD.finditer(plain) if luhn("".join(char for char in match[0] if char.isdigit()))
    ]
    found += [match.span("number") for match in _CALLED.finditer(plain)]
    for find in (identities_in, asian_identities_in, labelled_in, digits_said_in):
        found += find(plain)
    addresses = addresses_in(plain)
    found += addresses
    behind = (_BEHIND_ADDRESS.match(plain, end) for _start, end in addresses)
    found += [match.span("number") for match in behind if match]
    found += name_spans(text, names, elsewhere)
    return merged(found)
