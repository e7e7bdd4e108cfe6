"""Characters that no font of this computer shows: a PDF prints boxes in their place and says nothing.

Windows and macOS bring fonts for every script; a Linux without a full set is told by fontconfig, which Chromium asks
for fonts too.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import unicodedata

_TIMEOUT_S = 20.0
#: Scripts by their blocks, as far as buyers write them; what is in none of them is told as "other".
_SCRIPTS = (
    ("cyrillic", "\u0400-\u052f"),
    ("hebrew", "\u0590-\u05ff"),
    ("arabic", "\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff"),
    ("hindi", "\u0900-\u097f"),
    ("bengali", "\u0980-\u09ff"),
    ("tamil", "\u0b80-\u0bff"),
    ("thai", "\u0e00-\u0e7f"),
    ("lao", "\u0e80-\u0eff"),
    ("burmese", "\u1000-\u109f"),
    ("khmer", "\u1780-\u17ff"),
    ("korean", "\u1100-\u11ff\u3130-\u318f\uac00-\ud7af"),
    ("japanese", "\u3040-\u30ff"),
    ("chinese", "\u2e80-\u2fdf\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"),
    ("emoji", "\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff"),
)
_OF_SCRIPT = tuple((name, re.compile(f"[{block}]")) for name, block in _SCRIPTS)
#: Kinds of characters that nothing is printed for.
_UNSEEN = ("C", "Z")
_SELECTORS = range(0xFE00, 0xFE10)


def unprinted(text: str) -> tuple[str, ...]:
    """The scripts of which this computer cannot show every character in the text; () where that cannot be told."""
    shown = _charsets()
    return lacking(text, shown) if shown else ()


def lacking(text: str, charsets: str) -> tuple[str, ...]:
    """The scripts with a character in none of the ``charsets``: a font a line, in hexadecimal ranges ("20-7e a0").

    Pure.
    """
    wanted = {ord(char) for char in set(text) if not char.isascii() and _seen(char)}
    for line in dict.fromkeys(charsets.splitlines()):
        if not wanted:
            break
        ranges = [_range(part) for part in line.split()]
        wanted = {code for code in wanted if not any(code in each for each in ranges)}
    names = {_script(chr(code)) for code in wanted}
    return tuple(name for name in (*dict(_SCRIPTS), "other") if name in names)


def _seen(char: str) -> bool:
    return unicodedata.category(char)[0] not in _UNSEEN and ord(char) not in _SELECTORS


def _range(part: str) -> range:
    first, _, last = part.partition("-")
    try:
        return range(int(first, 16), int(last or first, 16) + 1)
    except ValueError:
        return range(0)


def _script(char: str) -> str:
    return next((name for name, block in _OF_SCRIPT if block.match(char)), "other")


def _charsets() -> str:
    """What each font shows, "" where nothing tells."""
    program = shutil.which("fc-list") if sys.platform.startswith("linux") else None
    if not program:
        return ""
    command = [program, "--format", "%{charset}\\n"]
    try:
        done = subprocess.run(command, capture_output=True, check=True, timeout=_TIMEOUT_S)  # noqa: S603  ours
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.decode("ascii", "replace")
