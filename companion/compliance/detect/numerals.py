"""Words for the digits and for numbers below a hundred, as people say telephone numbers in them. Pure."""

from __future__ import annotations

#: Digits from zero to nine, with their accents and without, as people type them.
_UNITS = (
    "zero one two three four five six seven eight nine",
    "cero uno dos tres cuatro cinco seis siete ocho nueve",
    "zero um dois três quatro cinco seis sete oito nove",
    "zéro un deux trois quatre cinq six sept huit neuf",
    "null eins zwei drei vier fünf sechs sieben acht neun",
    "zero uno due tre quattro cinque sei sette otto nove",
    "không một hai ba bốn năm sáu bảy tám chín",
    "khong mot hai ba bon nam sau bay tam chin",
    "nol satu dua tiga empat lima enam tujuh delapan sembilan",
    "ноль один два три четыре пять шесть семь восемь девять",
    "ศูนย์ หนึ่ง สอง สาม สี่ ห้า หก เจ็ด แปด เก้า",
    "ゼロ いち に さん よん ご ろく なな はち きゅう",
    "ゼロ イチ ニ サン ヨン ゴ ロク ナナ ハチ キュー",
)
#: Two digits at a time, ten to nineteen and the tens.
_TEENS = (
    "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen",
    "diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve",
    "dez onze doze treze catorze quinze dezesseis dezessete dezoito dezenove",
    "dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf",
    "zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn",
)
_TENS = (
    "twenty thirty forty fifty sixty seventy eighty ninety",
    "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
    "vinte trinta quarenta cinquenta sessenta setenta oitenta noventa",
    "vingt trente quarante cinquante soixante septante huitante nonante",
    "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig",
)
#: "Double four" is 44.
TIMES = {"double": 2, "triple": 3, "treble": 3, "doble": 2, "dobel": 2, "doppel": 2}


def _numbered(rows: tuple[str, ...], first: int, step: int) -> dict[str, int]:
    # as folded texts have it: dreißig is dreissig there
    return {word.casefold(): first + at * step for row in rows for at, word in enumerate(row.split())}


#: What each word says, with other words for zero, six, seven and nine: English, Malay, Brazilian, Japanese ones.
NUMBERS = {
    **_numbered(_TENS, 20, 10), **_numbered(_TEENS, 10, 1), **_numbered(_UNITS, 0, 1),
    "oh": 0, "kosong": 0, "ziro": 0, "れい": 0, "まる": 0, "レイ": 0, "マル": 0, "meia": 6, "きゅー": 9,
    "キュウ": 9, "しち": 7, "シチ": 7,
}  # fmt: skip
