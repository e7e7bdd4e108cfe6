"""The paragraphs of a Word file (.docx): its document part alone, nothing that it links to or embeds."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

from ...runtime.unzip import Unsafe, copy, members
from .blocks import LONGEST, Block, Unreadable

_DOCUMENT = "word/document.xml"
_MOST_PARTS = 5_000
_MOST_UNPACKED = 400 * 1024 * 1024
_MOST_XML = 64 * 1024 * 1024
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
#: What Word calls the styles of headings, in the languages it writes them in, by their ids.
_HEADING = re.compile(r"(heading|title|überschrift|titre|título|titolo|标题|標題|見出し)|^[1-6]$", re.IGNORECASE)


def read_docx(data: bytes) -> list[Block]:
    """Paragraphs and table rows under their headings. Raises Unreadable."""
    from lxml import etree

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as bundle:
            inside = members(bundle, most_files=_MOST_PARTS, most_bytes=_MOST_UNPACKED)
            parts = {path.as_posix(): info for path, info in inside}
            if _DOCUMENT not in parts:
                raise Unreadable(f"no {_DOCUMENT}")
            out = io.BytesIO()
            copy(bundle, parts[_DOCUMENT], out, _MOST_XML)
        # no entities, no DTD, no network; lxml bounds depth and size
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        root = etree.fromstring(out.getvalue(), parser)
    except (Unsafe, zipfile.BadZipFile, etree.XMLSyntaxError, EOFError, NotImplementedError, OSError) as exc:
        raise Unreadable(str(exc)[:200]) from exc
    return _blocks(root)


def _blocks(root: Any) -> list[Block]:
    found: list[Block] = []
    heading, length = "", 0
    for paragraph in root.iter(f"{_W}p"):
        text = _text(paragraph)
        length += len(text)
        if length > LONGEST:
            raise Unreadable("too long")
        if not text:
            continue
        if _is_heading(paragraph):
            heading = text
        else:
            found.append(Block(text, heading=heading))
    return found


def _text(paragraph: Any) -> str:
    """What is deleted in a marked-up document (``w:delText``) is not said."""
    parts: list[str] = []
    for node in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}cr"):
        parts.append((node.text or "") if node.tag == f"{_W}t" else "\t" if node.tag == f"{_W}tab" else "\n")
    return "".join(parts).strip()


def _is_heading(paragraph: Any) -> bool:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return style is not None and _HEADING.search(style.get(f"{_W}val") or "") is not None
