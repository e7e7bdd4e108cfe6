"""What kind of file a manual is, told by its bytes, and the blocks in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath

from ...pages.encoding import decode
from ...protocol.errors import ErrorCode, SeabridgeError
from .blocks import LONGEST, Block, Unreadable
from .docx import read_docx
from .html import read_html
from .pdf import read_pdf
from .plain import read_markdown, read_text

#: Largest file, in bytes.
MOST_BYTES = 20 * 1024 * 1024
PDF, HTML, MARKDOWN, TEXT = "application/pdf", "text/html", "text/markdown", "text/plain"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_READERS: dict[str, Callable[[bytes], list[Block]]] = {
    PDF: read_pdf,
    DOCX: read_docx,
    HTML: read_html,
    MARKDOWN: lambda data: read_markdown(decode(data)[0]),
    TEXT: lambda data: read_text(decode(data)[0]),
}


def kind_of(name: str, data: bytes) -> str:
    """The media type. The bytes decide; where they are mere text, the name does. Raises ``manual_format``."""
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"%PDF-"):
        return PDF
    suffix = PurePath(name).suffix.lower()
    if data.startswith(b"PK\x03\x04") and suffix == ".docx":
        return DOCX
    # UTF-16 is full of zero bytes, and says so in front
    if b"\x00" in data[:65_536] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise SeabridgeError(ErrorCode.MANUAL_FORMAT, name=PurePath(name).name[:100])
    if suffix in (".html", ".htm", ".xhtml") or head[:15].lower().startswith((b"<!doctype html", b"<html")):
        return HTML
    return MARKDOWN if suffix in (".md", ".markdown") else TEXT


def read_manual(name: str, data: bytes) -> tuple[str, list[Block]]:
    """Media type and blocks. Raises ``too_large``, ``manual_format``, ``manual_unreadable``, ``manual_empty`` (a scan,
    for example) and ``manual_pdf``."""
    if len(data) > MOST_BYTES:
        raise SeabridgeError(ErrorCode.TOO_LARGE, size=len(data), limit=MOST_BYTES)
    kind = kind_of(name, data)
    shown = PurePath(name).name[:100]
    try:
        blocks = _READERS[kind](data)
        if sum(len(block.text) for block in blocks) > LONGEST:
            raise Unreadable("long")
    except Unreadable as exc:
        raise SeabridgeError(ErrorCode.MANUAL_UNREADABLE, str(exc), name=shown, problem=str(exc)) from exc
    if not blocks:
        raise SeabridgeError(ErrorCode.MANUAL_EMPTY, name=shown)
    return kind, blocks
