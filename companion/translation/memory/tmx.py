"""The memory as TMX 1.4b, the exchange format of translation memories. Pure."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from companion.protocol.errors import ErrorCode, SeabridgeError

from ..codes import primary
from ..xml_files import XML_LANG, all_text, local, parse, sayable

MAX_CHARS = 2_000


@dataclass(frozen=True, slots=True)
class TmxPair:
    """Two texts that say the same; ``at`` in seconds since 1970, 0 = not said."""

    source: str
    target: str
    said: str
    told: str
    at: float


def write(pairs: Iterable[TmxPair], version: str) -> str:
    """The file. ``version`` is the program's."""
    from lxml import etree

    root = etree.Element("tmx", {"version": "1.4"})
    etree.SubElement(
        root,
        "header",
        {
            "creationtool": "Seabridge",
            "creationtoolversion": version,
            "segtype": "block",
            "o-tmf": "Seabridge",
            "adminlang": "en",
            "srclang": "*all*",
            "datatype": "plaintext",
        },
    )
    body = etree.SubElement(root, "body")
    for pair in pairs:
        stamp = datetime.datetime.fromtimestamp(pair.at, datetime.UTC).strftime("%Y%m%dT%H%M%SZ")
        unit = etree.SubElement(body, "tu", {"srclang": pair.source, "changedate": stamp})
        for language, text in ((pair.source, pair.said), (pair.target, pair.told)):
            variant = etree.SubElement(unit, "tuv", {XML_LANG: language})
            etree.SubElement(variant, "seg").text = sayable(text)
    return str(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True).decode("utf-8"))


def read(content: bytes) -> Iterator[TmxPair | None]:
    """The pairs of a file, None for each unit of no use (one language only, empty, far too long).

    A unit in several languages gives one pair from its source language to each other one. Raises
    ``import_unreadable`` with the line.
    """
    root = parse(content)
    if local(root) != "tmx":
        raise SeabridgeError(ErrorCode.IMPORT_UNREADABLE, local(root), line=root.sourceline or 1)
    header = next((node for node in root if local(node) == "header"), None)
    default = header.get("srclang", "") if header is not None else ""
    for unit in root.iter():
        if local(unit) != "tu":
            continue
        said: dict[str, str] = {}
        for variant in unit:
            if local(variant) == "tuv":
                language = primary(variant.get(XML_LANG) or variant.get("lang") or "")
                text = next((all_text(node) for node in variant if local(node) == "seg"), "")
                if language and text and len(text) <= MAX_CHARS:
                    said.setdefault(language, text)
        source = primary(unit.get("srclang") or default or "")
        source = source if source in said else next(iter(said), "")
        if len(said) < 2:
            yield None
            continue
        for target, text in said.items():
            if target != source:
                yield TmxPair(source, target, said[source], text, _instant(unit.get("changedate", "")))


def _instant(stamp: str) -> float:
    try:
        moment = datetime.datetime.strptime(stamp, "%Y%m%dT%H%M%SZ")
    except ValueError:
        return 0.0
    return max(0.0, moment.replace(tzinfo=datetime.UTC).timestamp())
