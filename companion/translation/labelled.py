"""Numbers that say themselves whose they are: "passport no. E12345678", 护照号, "CVV 123". Pure.

The label decides, so any number behind it counts, whatever its check digit; order and parcel numbers have labels of
their own and stay.
"""

from __future__ import annotations

import re

from .occurrences import Span

#: Documents of a person, as buyers and customs forms call them. Short ones only in capitals (``_SHORT``).
_DOCUMENTS = (
    r"passport|social security|national id|identity card|id card|tax ?(?:payer )?id|driv(?:er[’']?s?|ing) licen[cs]e"
    r"|aadhaar|aadhar|pasaporte|passaporte|passaporto|passeport|reisepass|passnummer|paspoort|paszport|pasaport|paspor"
    r"|personalausweis(?:nummer)?|ausweisnummer|steuer-?id|sozialversicherungsnummer|número de identidad"
    r"|carte d[’']identité|carta d[’']identità|numéro fiscal|burgerservicenummer|kimlik|codice fiscale|cédula|cedula"
    r"|carteira de identidade|my ?number|загранпаспорт[аеу]?|паспорт[аеу]?|снилс|инн|căn cước|cmnd|cccd|hộ chiếu"
)
#: Those of scripts that put no blank before them.
_JOINED = (
    r"护照|護照|身份证|身份證|居住证|社保|驾照|驾驶证|税号|パスポート|旅券|マイナンバー|個人番号|免許証|在留カード"
    r"|여권|주민등록|주민번호|운전면허|통관(?:고유)?부호|หนังสือเดินทาง|พาสปอร์ต|บัตรประชาชน|เลขประจำตัวประชาชน"
    r"|الهوية|جواز (?:ال)?سفر|الإقامة|आधार|पासपोर्ट|पैन"
)
_SHORT = (
    "SSN|ITIN|NINO|NIN|SIN|TFN|NRIC|FIN|NIK|KTP|PAN|DNI|NIE|NIF|CURP|RFC|CPF|CNPJ|RG|BSN|PESEL|TCKN|TC|NPWP|IC|CNIC|RUT"
)
#: What may stand between a label and its number.
_FILLER = (
    r"(?:\s{0,2}(?:[.:：#=№(（-]|n[º°o]\.?|no\.?|nr\.?|num(?:ber|mer|ero)?\.?|número|numéro|номер|番号|号码|號碼|号|號|번호|เลขที่|số|card|id"
    r"|ของฉัน|is|are|ist|es|é|est|adalah|это|是|为|は|が|은|는|คือ|là|هو|رقم)){0,4}\s{0,2}"
)
#: Letters and figures run together, then perhaps groups of figures.
_VALUE = (
    r"(?P<value>(?:[A-Z]{1,3} (?=\d))?(?=[A-Za-z.\-/]{0,6}\d)"
    r"[A-Za-z0-9](?:[.\-/]?[A-Za-z0-9]){4,23}(?: \d{2,6}){0,4})(?![A-Za-z0-9])"
)
#: Groups of figures: 123 45 6789.
_GROUPS = r"(?P<groups>\d{1,6}(?:[ .\-/]\d{1,6}){1,5})(?!\d)"
_DOCUMENT = re.compile(
    rf"(?:(?<![^\W\d_])(?i:{_DOCUMENTS})|(?:{_JOINED})|(?<![A-Za-z0-9])(?:{_SHORT})(?![A-Za-z0-9])){_FILLER}(?:{_GROUPS}|{_VALUE})"
)
_LEAST_DIGITS = 4
#: Labels that mean other things too ("IC 7805", "PAN 28 cm"); behind them only what is long or built like one counts.
_AMBIGUOUS = re.compile("(?:FIN|IC|TC|RG|PAN|SIN|NIN)(?![A-Za-z])")
_BUILT = re.compile(r"[A-Z]{5}\d{4}[A-Z]|[STFGM]\d{7}[A-Z]|(?:[^\d]*\d){8,}[^\d]*", re.IGNORECASE)
_DATE = re.compile(r"\d{4}[./-]\d{1,2}[./-]\d{1,2}|\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d{2}")
#: Code of 3 or 4 figures on a card.
_CARD_CODE = re.compile(
    r"(?<![A-Za-z])(?i:cvv2?|cvc2?|cvn2?|security code|código de segurança|código de seguridad"
    rf"|kartenprüfnummer|prüfziffer|cryptogramme|安全码|安全碼|セキュリティコード|보안코드){_FILLER}(?P<value>\d{{3,4}})(?!\d)"
)
_EXPIRY = re.compile(
    r"(?<![A-Za-z])(?i:exp(?:iry|ires|iration)?(?: date)?|valid (?:thru|until|till)|vencimiento|vence|caduca|validade"
    r"|gültig bis|expire le|有效期|到期|有効期限|유효기간)"
    rf"{_FILLER}(?P<value>(?:0?[1-9]|1[0-2])\s?[/\-]\s?(?:20)?[2-9]\d)(?!\d)"
)
#: What is good until a day is a card only where one is spoken of; food and cosmetics have such days too.
_CARD = re.compile(
    r"(?i:(?<![a-z])(?:credit|debit|bank|visa|mastercard|amex|kreditkarte|karte|tarjeta|cartão|carte|cvv2?|cvc2?)(?![a-z])"
    r"|信用卡|银行卡|カード|카드)|(?<!\d)(?:\d{4}[ -]?){3}\d{4}(?!\d)"
)
_NEAR = 80


def labelled_in(text: str) -> list[Span]:
    """Where such numbers stand, without their labels, in no order."""
    found = [span for match in _DOCUMENT.finditer(text) if (span := _document(text, match))]
    found += [match.span("value") for match in _CARD_CODE.finditer(text)]
    for match in _EXPIRY.finditer(text):
        if _CARD.search(text, max(0, match.start() - _NEAR), match.end() + _NEAR):
            found.append(match.span("value"))
    return found


def _document(text: str, match: re.Match[str]) -> Span | None:
    span = match.span("groups" if match["groups"] else "value")
    value = text[slice(*span)]
    if sum(char.isdigit() for char in value) < _LEAST_DIGITS or _DATE.match(value):
        return None
    return None if _AMBIGUOUS.match(match[0]) and not _BUILT.fullmatch(value) else span
