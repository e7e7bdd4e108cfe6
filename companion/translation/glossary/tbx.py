"""Terms as TBX-Basic, the exchange format of terminology (ISO 30042); versions 2 (martif) and 3 are read. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from companion.protocol.decode import convert
from companion.protocol.errors import ErrorCode, SeabridgeError
from companion.protocol.methods.glossary import GlossaryTerm

from ..codes import primary
from ..xml_files import XML_LANG, all_text, local, parse, sayable
from .store import sound

_NAMESPACE = "urn:iso:std:iso:30042:ed-2"
#: TBX has no word for "leave it as it is"; this note says it, to us and to people.
_KEEP = "do not translate"


def write(terms: Sequence[GlossaryTerm]) -> str:
    """The file, version 3, style DCA."""
    from lxml import etree

    root = etree.Element("tbx", {"type": "TBX-Basic", "style": "dca", XML_LANG: "en"}, nsmap={None: _NAMESPACE})
    header = etree.SubElement(etree.SubElement(root, "tbxHeader"), "fileDesc")
    etree.SubElement(etree.SubElement(header, "sourceDesc"), "p").text = "Seabridge glossary"
    body = etree.SubElement(etree.SubElement(root, "text"), "body")
    for number, term in enumerate(terms, 1):
        concept = etree.SubElement(body, "conceptEntry", {"id": f"c{number}"})
        for note in (term.note, _KEEP if term.keep else "", f"kind: {term.kind}", "case matters" if term.cased else ""):
            if note and note != "kind: other":
                etree.SubElement(concept, "note").text = sayable(note)
        _section(concept, term.language or "und", term.text)
        for language, text in term.renderings.items():
            _section(concept, language, text)
    return str(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True).decode("utf-8"))


def _section(concept: Any, language: str, text: str) -> None:
    from lxml import etree

    section = etree.SubElement(concept, "langSec", {XML_LANG: language})
    etree.SubElement(etree.SubElement(section, "termSec"), "term").text = sayable(text)


def read(content: str) -> list[GlossaryTerm]:
    """The terms of a file: the first language of a concept is its term, the first term of each other its rendering.

    A concept in one language alone is kept as it is everywhere. Raises ``import_unreadable`` and ``import_value``.
    """
    root = parse(content.encode("utf-8", "replace"))
    if local(root) not in ("tbx", "martif"):
        raise SeabridgeError(ErrorCode.IMPORT_UNREADABLE, local(root), line=root.sourceline or 1)
    return [_concept(node) for node in root.iter() if local(node) in ("conceptEntry", "termEntry")]


def _concept(node: Any) -> GlossaryTerm:
    said: list[tuple[str, str]] = []
    for section in node.iter():
        if local(section) not in ("langSec", "langSet"):
            continue
        word = next((all_text(found) for found in section.iter() if local(found) == "term"), "")
        if word:
            said.append((primary(section.get(XML_LANG, "und")), word))
    line = node.sourceline or 1
    if not said:
        raise SeabridgeError(ErrorCode.IMPORT_VALUE, line=line, column="term")
    notes = [all_text(child) for child in node if local(child) in ("note", "descrip")]
    kind = next((note.removeprefix("kind: ") for note in notes if note.startswith("kind: ")), "other")
    (language, text), *others = said
    renderings = {code: word for code, word in reversed(others) if code != language}
    free = [note for note in notes if note not in (_KEEP, "case matters") and not note.startswith("kind: ")]
    try:
        term = convert(
            {
                "text": text,
                "language": "" if language == "und" else language,
                "keep": _KEEP in notes or not renderings,
                "kind": kind,
                "cased": "case matters" in notes,
                "renderings": renderings,
                "note": "; ".join(free)[:300],
            },
            GlossaryTerm,
        )
    except msgspec.ValidationError as exc:
        raise SeabridgeError(ErrorCode.IMPORT_VALUE, str(exc), line=line, column="term") from exc
    if not sound(term):
        raise SeabridgeError(ErrorCode.IMPORT_VALUE, line=line, column="term")
    return term
