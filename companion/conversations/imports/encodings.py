"""The text of a table somebody saved: what its bytes say, UTF-8, then what spreadsheets of our sellers write. Pure."""

from __future__ import annotations

import codecs
import re

from companion.protocol.errors import ErrorCode, SeabridgeError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: A text with more NUL characters than one in so many is none.
_CHARS_A_NUL = 1_000
_HAN = "\u3400-\u9fff\uf900-\ufaff"
#: One Chinese character in the middle of a Latin word is an accent that was read as the wrong encoding.
_LONELY = re.compile(f"(?<=[A-Za-z])[{_HAN}](?=[A-Za-z ])")
_ANY_HAN = re.compile(f"[{_HAN}]")


def decode(data: bytes, given: str = "") -> tuple[str, str]:
    """The text and its encoding. ``given``: the only one believed.

    Raises ``messages_encoding`` with the first line that fits none.
    """
    if given:
        return _strictly(data, given), given
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], name), name
    if (name := _wide(data[:4096])) or _is(data, name := "utf-8"):
        return _strictly(data, name), name
    if _is(data, "gb18030"):
        text = data.decode("gb18030")
        if 2 * len(_LONELY.findall(text)) < max(1, len(_ANY_HAN.findall(text))):
            return _strictly(data, "gb18030"), "gb18030"
    return _strictly(data, "cp1252" if _is(data, "cp1252") else "utf-8"), "cp1252"


def _strictly(data: bytes, name: str) -> str:
    try:
        text = data.decode(name)
    except (UnicodeDecodeError, LookupError) as exc:
        at = getattr(exc, "start", 0)
        raise SeabridgeError(ErrorCode.MESSAGES_ENCODING, str(exc), line=data[:at].count(b"\n") + 1) from exc
    if text.count("\x00") > 1 + len(text) // _CHARS_A_NUL:
        raise SeabridgeError(ErrorCode.MESSAGES_ENCODING, "NUL", line=text.count("\n", 0, text.find("\x00")) + 1)
    # a program's slip, and no character of a message
    return text.replace("\x00", "")


def _is(data: bytes, name: str) -> bool:
    try:
        data.decode(name)
    except UnicodeDecodeError:
        return False
    return True


def _wide(head: bytes) -> str:
    """UTF-16 without a mark: every other byte of commas, digits and line ends is zero."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) * 20 < len(head) or not head:
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"
