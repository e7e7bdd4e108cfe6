"""The text of a table somebody saved: what its bytes say, UTF-8, then what the programs of our sellers write. Pure.

Without a word from the seller nothing is taken that is not certain: a text in the wrong encoding would be kept as
nonsense that nobody can find again.
"""

from __future__ import annotations

import codecs
from collections.abc import Sequence
from dataclasses import dataclass

from companion.protocol.errors import ErrorCode, SeabridgeError

from .letters import broken, likely

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: A text with more NUL characters than one in so many is none.
_CHARS_A_NUL = 1_000


@dataclass(frozen=True, slots=True)
class _Legacy:
    """``prior``: logarithm of how much rarer than the commonest; ``known``: the share of often written characters
    below which a text of it would be odd."""

    name: str
    languages: tuple[str, ...]
    prior: float = -2.0
    known: float = 0.8


_CZECH_TO_POLISH = ("pl", "cs", "hu", "ro")
_WESTERN = ("es", "pt", "fr", "it", "de", "nordic", "nl")
_LEGACY = (
    _Legacy("gb18030", ("zh", "hant"), 0.0, 0.4),
    _Legacy("big5", ("hant",), -1.0, 0.4),
    _Legacy("shift_jis", ("ja",), -1.0, 0.5),
    _Legacy("euc-kr", ("ko",), -1.0, 0.4),
    _Legacy("euc-jp", ("ja",), -3.0, 0.5),
    _Legacy("cp1252", _WESTERN, 0.0),
    _Legacy("cp1250", _CZECH_TO_POLISH),
    _Legacy("cp1251", ("ru", "uk")),
    _Legacy("cp1253", ("el",)),
    _Legacy("cp1254", ("tr",)),
    _Legacy("cp1255", ("he",)),
    _Legacy("cp1256", ("ar",)),
    _Legacy("cp1258", ("vi",)),
    _Legacy("cp874", ("th",)),
    _Legacy("iso8859-2", _CZECH_TO_POLISH, -3.0),
    _Legacy("koi8-r", ("ru",), -4.0),  # no program of today writes it
    _Legacy("cp866", ("ru",), -3.0),
    _Legacy("cp850", _WESTERN, -3.0),
    _Legacy("mac-roman", _WESTERN, -3.0),
)
#: What programs write under these names is a little more than Python's codecs of the same names take.
_CODECS = {
    "big5": "cp950", "shift_jis": "cp932", "euc_kr": "cp949", "gb2312": "gb18030", "gbk": "gb18030", "cp936": "gb18030",
    "latin_1": "cp1252", "iso8859_1": "cp1252", "iso8859_9": "cp1254", "tis_620": "cp874", "windows_874": "cp874",
}  # fmt: skip
#: Lines that are looked at, and bytes of each.
_LINES, _BYTES = 300, 400
#: Logarithm of the odds against the next best reading, below which there is doubt.
_SURE = 5.0
#: What is said of a doubt: candidates, code points of their line; numbers of lines that are named.
_CANDIDATES, _SHOWN, _NAMED = 3, 40, 5


def decode(data: bytes, given: str = "") -> tuple[str, str]:
    """The text and its encoding. ``given``: the only one believed.

    Raises ``messages_encoding`` with the first line that fits none, ``messages_encoding_lines`` where most of a file is
    in one encoding and a few lines are not, ``messages_encoding_doubt`` with the ``candidates`` where several fit.
    """
    if given:
        return _strictly(data, given), given
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], name), name
    if (name := _wide(data[:4096])) or _is(data, name := "utf-8"):
        return _strictly(data, name), name
    lines = [(number, line) for number, line in enumerate(data.splitlines(), 1) if not line.isascii()]
    name = "utf-8" if _mostly_utf8([line for _number, line in lines]) else _guessed(lines)
    _whole(lines, name)
    return _strictly(data, name), name


def _mostly_utf8(lines: Sequence[bytes]) -> bool:
    """Whether as many lines as not are UTF-8, but for a character or two: those of another encoding hardly ever are."""
    ours = 0
    for line in lines:
        text = line.decode("utf-8", "replace")
        faults = text.count("\ufffd")
        ours += sum(char > "\x7f" for char in text) - faults > faults
    return 2 * ours >= len(lines)


def _guessed(lines: Sequence[tuple[int, bytes]]) -> str:
    """The encoding of what is not UTF-8. Raises ``messages_encoding`` and ``messages_encoding_doubt``."""
    step = max(1, len(lines) // _LINES)
    some = list(dict.fromkeys([line[:_BYTES] for _number, line in lines[::step]]))[:_LINES]
    # encodings that read the same are no choice: the first stands for all
    readings: dict[tuple[str, ...], tuple[float, bool, str]] = {}
    for each in _LEGACY:
        texts = tuple(_softly(line, each.name) for line in some)
        if sum(broken(text) for text in texts) * 2 > len(texts) or any("\x00" in text for text in texts):
            continue
        seen = [likely(text, each.languages) for text in texts]
        beyond = sum(one.beyond for one in seen)
        odd = not beyond or sum(one.known for one in seen) < each.known * beyond
        found = sum(one.score for one in seen) + each.prior, not odd, each.name
        readings[texts] = max(found, readings.get(texts, found))
    ranked = sorted(readings.items(), key=lambda reading: reading[1], reverse=True)
    if not ranked:
        raise SeabridgeError(ErrorCode.MESSAGES_ENCODING, "no encoding fits", line=lines[0][0])
    score, plausible, name = ranked[0][1]
    if plausible and (len(ranked) == 1 or score - ranked[1][1][0] >= _SURE):
        return name
    shown = max(range(len(some)), key=lambda at: sum(byte > 127 for byte in some[at]))
    candidates = "; ".join(f"{name}: “{_excerpt(texts[shown])}”" for texts, (_, _, name) in ranked[:_CANDIDATES])
    raise SeabridgeError(ErrorCode.MESSAGES_ENCODING_DOUBT, candidates=candidates)


def _excerpt(line: str) -> str:
    """The part of a line that tells encodings apart."""
    first = next((at for at, char in enumerate(line) if char > "\x7f"), 0)
    at = max(first - _SHOWN // 2, *(line.rfind(mark, 0, first) + 1 for mark in ",;\t|"), 0)
    return "".join(char if char.isprintable() else " " for char in line[at : at + _SHOWN]).strip()


def _whole(lines: Sequence[tuple[int, bytes]], name: str) -> None:
    """Raises ``messages_encoding_lines`` where lines are not what the file is."""
    wrong = [number for number, line in lines if not _is(line, name)]
    if wrong:
        named = ", ".join(str(number) for number in wrong[:_NAMED]) + (" …" if len(wrong) > _NAMED else "")
        raise SeabridgeError(ErrorCode.MESSAGES_ENCODING_LINES, encoding=name, lines=named, count=len(wrong))


def _codec(name: str) -> str:
    """Python's name of an encoding as people and other programs write it."""
    plain = name.strip().casefold().replace("-", "_").replace(" ", "_")
    return _CODECS.get(plain, plain)


def _softly(line: bytes, name: str) -> str:
    """A line that may be cut in the middle of a character."""
    return codecs.getincrementaldecoder(_codec(name))("replace").decode(line, final=len(line) < _BYTES)


def _strictly(data: bytes, name: str) -> str:
    try:
        text = data.decode(_codec(name))
    except (UnicodeDecodeError, LookupError) as exc:
        at = getattr(exc, "start", 0)
        raise SeabridgeError(ErrorCode.MESSAGES_ENCODING, str(exc), line=data[:at].count(b"\n") + 1) from exc
    if text.count("\x00") > 1 + len(text) // _CHARS_A_NUL:
        raise SeabridgeError(ErrorCode.MESSAGES_ENCODING, "NUL", line=text.count("\n", 0, text.find("\x00")) + 1)
    # a program's slip, and no character of a message
    return text.replace("\x00", "")


def _is(data: bytes, name: str) -> bool:
    try:
        data.decode(_codec(name))
    except UnicodeDecodeError:
        return False
    return True


def _wide(head: bytes) -> str:
    """UTF-16 without a mark: every other byte of commas, digits and line ends is zero."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) * 20 < len(head) or not head:
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"
