"""The text of a saved file: byte order mark, then what the file says, then UTF-8, then what old files are."""

from __future__ import annotations

import codecs
import re

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)\b[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE
)
#: Names that browsers know and Python does not.
_BROWSERS = {
    "windows-874": "cp874",
    "dos-874": "cp874",
    "iso8859-11": "cp874",
    "iso-8859-8-i": "iso8859-8",
    "x-sjis": "cp932",
    "x-gbk": "gb18030",
    "x-x-big5": "big5hkscs",
    "x-euc-jp": "euc_jp",
    "x-cp1250": "cp1250",
    "x-cp1251": "cp1251",
    "x-cp1252": "cp1252",
    "x-mac-cyrillic": "mac_cyrillic",
}
#: How far into a file a browser looks for its own word; saved files have a comment of their own before it.
_LOOK = 4_096
#: Names that browsers take for a larger encoding.
_LARGER = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "big5": "big5hkscs",
    "utf-16": "utf-8",  # a file whose head could be read as bytes is not UTF-16, whatever it says
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
    "utf-7": "cp1252",
}


def decode(data: bytes) -> tuple[str, str]:
    """The text and the encoding it was read in. Never fails: what does not fit becomes U+FFFD, NUL too."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _clean(data[len(mark) :].decode(name, "replace")), name
    name = declared(data[:_LOOK])
    if not name:
        try:
            return _clean(data.decode("utf-8")), "utf-8"
        except UnicodeDecodeError:
            name = "cp1252"
    return _clean(data.decode(name, "replace")), name


def declared(head: bytes) -> str:
    """The encoding the file names in its head, as Python calls it; "" when it names none that exists."""
    found = _DECLARED.search(head)
    if found is None:
        return ""
    said = found[1].decode("ascii").lower()
    try:
        name = codecs.lookup(_BROWSERS.get(said, said)).name
        if not codecs.lookup(name)._is_text_encoding:  # rot13, base64, …
            return ""
    except LookupError:
        return ""
    return _LARGER.get(name, name)


def _clean(text: str) -> str:
    return text.replace("\x00", "\ufffd")
