"""Reading XML that somebody else wrote: no entities, no DTD, no network, bounded."""

from __future__ import annotations

import re
from typing import Any

from companion.protocol.errors import ErrorCode, SeabridgeError
from companion.protocol.version import MAX_IMPORT

MAX_BYTES = MAX_IMPORT
_UNSAYABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def parse(content: bytes) -> Any:
    """The root element. Raises ``import_unreadable`` with the line, ``too_large``."""
    from lxml import etree

    if len(content) > MAX_BYTES:
        raise SeabridgeError(ErrorCode.TOO_LARGE, size=len(content), limit=MAX_BYTES)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as exc:
        line = getattr(exc, "lineno", 1) or 1
        raise SeabridgeError(ErrorCode.IMPORT_UNREADABLE, str(exc)[:200], line=line) from exc
    if root is None:
        raise SeabridgeError(ErrorCode.IMPORT_UNREADABLE, "empty", line=1)
    # An entity that was declared inside stays unresolved; its text would silently be missing.
    for node in root.iter(etree.Entity):
        raise SeabridgeError(ErrorCode.IMPORT_UNREADABLE, "entity", line=node.sourceline or 1)
    return root


def local(node: Any) -> str:
    """An element's name without its namespace; "" for what is no element."""
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def all_text(node: Any) -> str:
    """The text of an element and everything in it, blanks at the ends away."""
    return "".join(node.itertext()).strip()


def sayable(text: str) -> str:
    """The text without characters XML cannot hold."""
    return _UNSAYABLE.sub("", text)
