"""One case page of a marketplace: its counts, and what is read of it against what must be."""

from __future__ import annotations

import html
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from ..pages.address import Address, parse_address
from ..pages.counts import Kind, count
from ..pages.document import PageUnreadable, Saved
from ..pages.encoding import decode
from ..pages.read import Place
from ..pages.recognise import candidates, recognise
from ..protocol.pages import ChatPage, Marketplace, Read, Select


class CaseUnusable(Exception):
    """A case page that cannot be looked at: a fault's key and data."""

    def __init__(self, key: str, **data: Any) -> None:
        super().__init__(key)
        self.key = key
        self.data = data


class Case:
    """A case page, in the page it is a frame of where it is one."""

    def __init__(self, markup: str, url: Address, outer: Address, marketplace: Marketplace) -> None:
        data = b"\xef\xbb\xbf" + markup.encode("utf-8", "replace")
        self._saved, self._counted = Saved(data), Saved(data, heed_hidden=False)
        self._url, self._outer, self._marketplace = url, outer, marketplace

    def count(self, page: ChatPage, kind: Kind, entry: dict[str, Any]) -> int:
        """How often an entry finds something; -1 for an entry that is none."""
        framed = self._outer is not self._url
        top = Place(self._counted.top, self._outer)
        place = Place(self._counted.documents[1], self._url, top) if framed else top
        try:
            what: Select | Read = (
                msgspec.convert(entry, Read) if kind in ("read", "rowRead") else msgspec.convert(entry, Select)
            )
        except msgspec.ValidationError:
            return -1
        return count(page, place, kind, what)

    def differences(self, page: ChatPage, wanted: Any) -> Iterator[tuple[str, dict[str, Any]]]:
        """Fault key and data for each way the reading is not what ``wanted`` says (None: must not be recognised)."""
        found = recognise(self._saved, [self._marketplace], self._outer.href)
        chat = found.chat if found is not None and found.drawn else None
        if wanted is None:
            if chat is not None:
                yield "read_recognised", {"page": chat.page.id}
            return
        if chat is None or chat.page.id != page.id:
            yield "read_not_recognised", {"page": chat.page.id if chat else "-"}
            return
        for fault in chat.missing:
            yield "read_unhealthy", {"field": fault.field, "found": fault.found}
        wanted = wanted if isinstance(wanted, dict) else {}
        rows = [
            {"direction": row.direction, "text": row.text, "time": row.time}
            | ({"images": row.pictures} if row.pictures else {})
            | ({"key": row.key} if row.key else {})
            for row in chat.rows
        ]
        expected = wanted.get("rows")
        expected = expected if isinstance(expected, list) else []
        if len(rows) != len(expected):
            yield "read_rows", {"found": len(rows), "wanted": len(expected)}
        for at, (got, want) in enumerate(zip(rows, expected, strict=False), 1):
            if isinstance(want, dict) and "key" not in want:
                got.pop("key", None)
            if got != want:
                yield "read_row", {"row": at, "found": _short(got), "wanted": _short(want)}
        identity = {name: getattr(chat.identity, name) for name in ("shop", "region", "thread", "buyer")}
        if identity != wanted.get("thread"):
            yield "read_thread", {"found": _short(identity), "wanted": _short(wanted.get("thread"))}
        composer = {"kind": chat.composer.kind, "send": chat.composer.send} if chat.composer else None
        if composer != wanted.get("composer"):
            yield "read_composer", {"found": _short(composer), "wanted": _short(wanted.get("composer"))}


def open_case(folder: Path, cases: dict[str, Any], name: str, marketplace: Marketplace) -> Case:
    """The case page ``name`` of a folder ``cases``; raises CaseUnusable."""
    url = _address(cases, name, marketplace)
    markup = _markup(folder, name)
    inside = cases[name].get("inside")
    try:
        if not inside:
            return Case(markup, url, url, marketplace)
        if inside not in cases:
            raise CaseUnusable("case_inside", case=inside)
        outer = _address(cases, inside, marketplace)
        frame = f'<iframe src="{html.escape(url.href)}" srcdoc="{html.escape(markup)}"></iframe>'
        around = _markup(folder, inside)
        before, body, after = around.rpartition("</body>")
        return Case(f"{before}{frame}{body}{after}" if body else around + frame, url, outer, marketplace)
    except PageUnreadable as exc:
        raise CaseUnusable("case_unreadable", reason=exc.reason) from exc


def _address(cases: dict[str, Any], name: str, marketplace: Marketplace) -> Address:
    address = parse_address(str(cases[name].get("url") or ""))
    if address is None or not candidates([marketplace], address, True):
        raise CaseUnusable("case_address", url=cases[name].get("url") or "")
    return address


def _markup(folder: Path, name: str) -> str:
    try:
        return decode((folder / f"{name}.html").read_bytes())[0]
    except OSError as exc:
        raise CaseUnusable("case_missing", file=f"cases/{name}.html") from exc


def _short(value: Any) -> str:
    shown = msgspec.json.encode(value).decode("utf-8")
    return shown if len(shown) <= 300 else shown[:299] + "…"
