"""One case page of a marketplace: its counts, and what is read of it against what must be."""

from __future__ import annotations

import html
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from ..pages.address import Address, parse_address
from ..pages.chat import Chat
from ..pages.counts import Kind, count
from ..pages.document import PageUnreadable, Saved
from ..pages.encoding import decode
from ..pages.read import Place
from ..pages.reading import KEYS, Reading
from ..pages.recognise import candidates, is_drawn, read_any, recognise
from ..protocol.pages import ChatPage, Marketplace, Page, Read, Select


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

    def count(self, page: Page, kind: Kind, entry: dict[str, Any]) -> int:
        """How often an entry finds something; -1 for an entry that is none."""
        # a selector is counted as a browser does it, a value as a person sees it
        saved = self._counted if kind == "select" or isinstance(page, ChatPage) else self._saved
        try:
            what: Select | Read = (
                msgspec.convert(entry, Read) if kind in ("read", "rowRead") else msgspec.convert(entry, Select)
            )
        except msgspec.ValidationError:
            return -1
        return count(page, self._place(saved), kind, what)

    def _place(self, saved: Saved) -> Place:
        top = Place(saved.top, self._outer)
        return Place(saved.documents[1], self._url, top) if self._outer is not self._url else top

    def differences(self, page: Page, wanted: Any) -> Iterator[tuple[str, dict[str, Any]]]:
        """Fault key and data for each way the reading is not what ``wanted`` says (None: must not be recognised)."""
        if not isinstance(page, ChatPage):
            yield from self._of_other(page, wanted)
            return
        found = recognise(self._saved, [self._marketplace], self._outer.href)
        read = found.read if found is not None and found.drawn else None
        if wanted is None:
            if isinstance(read, Chat):
                yield "read_recognised", {"page": read.page.id}
            return
        if not isinstance(read, Chat) or read.page.id != page.id:
            yield "read_not_recognised", {"page": read.page.id if read else "-"}
            return
        yield from _of_chat(read, wanted if isinstance(wanted, dict) else {})

    def _of_other(self, page: Page, wanted: Any) -> Iterator[tuple[str, dict[str, Any]]]:
        found = recognise(self._saved, [self._marketplace], self._outer.href)
        all_ = [found.read, *found.beside] if found is not None and found.drawn else []
        read = next((one for one in all_ if isinstance(one, Reading) and one.page.id == page.id), None)
        if wanted is None:
            if read is not None:
                yield "read_recognised", {"page": page.id}
            return
        if read is None:
            yield "read_not_recognised", {"page": all_[0].page.id if all_ else "-"}
            drawn = is_drawn(page, self._place(self._saved))
            if not drawn:
                return
            other = read_any(self._marketplace, page, self._place(self._saved))
            if not isinstance(other, Reading):
                return
            read = other
        yield from _of_reading(read, wanted if isinstance(wanted, dict) else {})


def _of_chat(chat: Chat, wanted: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for fault in chat.missing:
        yield "read_unhealthy", {"field": fault.field, "found": fault.found}
    rows = [
        {"direction": row.direction, "text": row.text, "time": row.time}
        | ({"images": row.pictures} if row.pictures else {})
        | ({"key": row.key} if row.key else {})
        for row in chat.rows
    ]
    expected = wanted.get("rows")
    yield from _rows(rows, expected if isinstance(expected, list) else [], optional=("key",))
    identity = {name: getattr(chat.identity, name) for name in ("shop", "region", "thread", "buyer")}
    if identity != wanted.get("thread"):
        yield "read_thread", {"found": _short(identity), "wanted": _short(wanted.get("thread"))}
    composer = {"kind": chat.composer.kind, "send": chat.composer.send} if chat.composer else None
    if composer != wanted.get("composer"):
        yield "read_composer", {"found": _short(composer), "wanted": _short(wanted.get("composer"))}


def _of_reading(read: Reading, wanted: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """What is empty may be left out of ``wanted``; a figure that was not read and is not named there is none."""
    for fault in read.missing:
        yield "read_unhealthy", {"field": fault.field, "found": fault.found}
    account = _told({"shop": read.account.shop, "region": read.account.region})
    if account != _told(wanted.get("account") or {}):
        yield "read_account", {"found": _short(account), "wanted": _short(wanted.get("account"))}
    key = KEYS[read.kind]
    expected = wanted.get(key)
    if isinstance(read.content, dict):
        if _told(read.content) != _told(expected or {}):
            yield "read_listing", {"found": _short(_told(read.content)), "wanted": _short(expected)}
        return
    expected = [row for row in expected if isinstance(row, dict)] if isinstance(expected, list) else []
    content = read.content
    if read.kind == "kpi":
        named = {row.get("name") for row in expected}
        content = [row for row in content if row["text"] or row["name"] in named]
    yield from _rows([_told(row) for row in content], [_told(row) for row in expected])


def _told(values: Any) -> dict[str, Any]:
    """Without what is empty; nothing unread is empty too, a figure of 0 is not."""
    if not isinstance(values, dict):
        return {}
    return {
        key: value
        for key, value in values.items()
        if value not in ("", None, False, [], {}) or (value == 0 and type(value) is not bool and key == "value")
    }


def _rows(
    rows: list[dict[str, Any]], expected: list[Any], optional: tuple[str, ...] = ()
) -> Iterator[tuple[str, dict[str, Any]]]:
    if len(rows) != len(expected):
        yield "read_rows", {"found": len(rows), "wanted": len(expected)}
    for at, (got, want) in enumerate(zip(rows, expected, strict=False), 1):
        if isinstance(want, dict):
            got = {key: value for key, value in got.items() if key in want or key not in optional}
        if got != want:
            yield "read_row", {"row": at, "found": _short(got), "wanted": _short(want)}


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
    # a case may show another section of the page, told by the query alone, in which nothing may be recognised
    pages = [msgspec.structs.replace(page, queries=[]) for page in marketplace.pages]
    if address is None or not candidates([msgspec.structs.replace(marketplace, pages=pages)], address, True):
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
