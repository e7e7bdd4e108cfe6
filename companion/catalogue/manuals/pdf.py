"""The pages of a PDF, read in a process of its own."""

from __future__ import annotations

import tempfile
from importlib.util import find_spec
from pathlib import Path

from ...protocol.errors import ErrorCode, SeabridgeError
from ...runtime.child import Child
from .blocks import LONGEST, Block, Unreadable
from .plain import read_text

#: A manual of some hundred pages takes seconds; what takes longer is no manual.
TIMEOUT_S = 60.0
_CHILD = "companion.catalogue.manuals.pdf_child"


def read_pdf(data: bytes, timeout_s: float = TIMEOUT_S) -> list[Block]:
    """The paragraphs of all pages. Raises Unreadable, and ``manual_pdf`` where pypdf is missing."""
    if find_spec("pypdf") is None:
        raise SeabridgeError(ErrorCode.MANUAL_PDF)
    child = Child(_CHILD)
    with tempfile.TemporaryDirectory(prefix="seabridge-") as folder:
        path = Path(folder) / "manual.pdf"
        path.write_bytes(data)
        try:
            answer = child.ask({"path": str(path), "longest": LONGEST}, timeout_s)
        except SeabridgeError as exc:
            raise Unreadable(str(exc)) from exc
        finally:
            child.close()
    pages = answer.get("pages")
    if not isinstance(pages, list):
        raise Unreadable(str(answer.get("problem", ""))[:200])
    return [Block(block.text, page=number) for number, text in enumerate(pages, 1) for block in read_text(str(text))]
