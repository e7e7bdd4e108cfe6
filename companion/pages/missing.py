"""Page health of saved pages other than conversations: the description's demands, and what makes a reading doubtful."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from companion.protocol.pages import (
    KpiPage,
    ListingPage,
    NoticesPage,
    OrdersPage,
    Read,
    ReturnsPage,
    ReviewsPage,
    ThreadsPage,
)

from .chunks import chunks_of
from .health import Missing, first_count, found_by
from .lists import Found
from .read import Place, fit, raw, read_row
from .select import find_all, find_in, itself, matches
from .shape import still_fits

RowPage = ThreadsPage | NoticesPage | OrdersPage | ReviewsPage | ReturnsPage
#: The field without which a row says nothing.
REQUIRED = {"threads": "buyer", "notices": "reason", "orders": "order", "reviews": "text", "returns": "order"}
#: What pages say of a list that holds nothing, at the beginning of a text of its own.
_EMPTY = re.compile(
    r"^(?:(?:you (?:have|'ve got) |there (?:are|is) |we found )?(?:no|nothing|none)(?!\w)"
    r"|0 (?:results?|items?|messages?|orders?)(?!\w)"
    r"|暂无|暫無|没有|沒有|无数据|空空如也|目前没有|該当|ありません|데이터가 없|내역이 없|없습니다"
    r"|nenhum|não há|sem (?:resultados|mensagens|dados)|ning[uú]n|no hay|sin (?:resultados|mensajes|datos)|aucun|pas de"
    r"|keine|nessun|belum ada|tidak ada|chưa có|không có|ไม่มี|ยังไม่มี|нет(?!\w)|ничего|пока нет|bulunamadı|henüz)"
    r"|(?:ありません|ございません|없습니다|нет|bulunamadı|bulunmuyor)[.。]?$",
    re.IGNORECASE,
)
_LONGEST_EMPTY = 120
#: What a row has once.
_ONCE = frozenset({"key", "buyer", "order", "time", "date", "item", "reason"})
_FIELDS = frozenset({"input", "textarea", "select"})
Count = Callable[[str, str], int]


def faults_of_rows(page: RowPage, place: Place, account: Any, rows: Found, read: list[dict[str, Any]]) -> list[Missing]:
    """An empty list must say that it is empty; a row without what makes it one was not understood."""
    tree = place.tree
    empty = not rows.elements and says_empty(page, place)

    def count(part: str, name: str) -> int:
        if name == "row":
            return len(rows.elements)
        entries = getattr(page.rows, name, [])
        if entries and hasattr(entries[0], "query"):
            return sum(1 for row in rows.elements if read_row(row, tree, entries))
        return sum(1 for row in rows.elements if find_in(row, entries, tree.saved) is not None)

    faults = [
        fault
        for fault in _demands(page, place, account, count)
        if not (empty and fault.field.startswith("rows.") and fault.found < fault.min)
    ]
    if not rows.elements and not empty and not any(fault.field == "rows.row" for fault in faults):
        faults.append(Missing("rows.row", 0, 1, 0))
    if rows.more:
        faults.append(Missing("rows.row", len(rows.elements), 0, len(rows.elements) - 1))
    faults += _unread(page, read, faults)
    merged = sum(1 for row in rows.elements if _merged(page, place, row))
    if merged:
        faults.append(Missing("rows.row", len(rows.elements), len(rows.elements) + merged, 0))
    outside = _outside(page, place, rows.elements)
    if outside:
        faults.append(Missing("rows.row", len(rows.elements), len(rows.elements) + outside, 0))
    return faults


def _unread(page: RowPage, read: list[dict[str, Any]], faults: list[Missing]) -> Iterator[Missing]:
    name = REQUIRED[str(page.__struct_config__.tag)]
    found = sum(1 for row in read if row[name])
    if any(fault.field == f"rows.{name}" for fault in faults):
        return
    if isinstance(page, ThreadsPage) and not found and all(read.trust == "low" for read in page.rows.buyer):
        # a list of questions that names nobody, of a description that only guesses where it would
        if not all(row["preview"] for row in read):
            yield Missing("rows.preview", sum(1 for row in read if row["preview"]), len(read), 0)
        return
    if isinstance(page, ReviewsPage):
        # many buyers give stars without a word
        silent = sum(1 for row in read if not row["text"] and not row["rating"])
        if silent or (read and found * 2 < len(read)):
            yield Missing("rows.text", found, len(read), 0)
    elif found < len(read):
        yield Missing(f"rows.{name}", found, len(read), 0)


def _merged(page: RowPage, place: Place, row: Any) -> bool:
    """Whether several rows of the page were taken for one: two of the things a row has once are there several times."""
    tree = place.tree
    several: set[frozenset[str]] = set()
    for name in _ONCE & set(page.rows.__struct_fields__):
        for read in getattr(page.rows, name):
            if not read.css or read.count or itself(row, read.css, tree.saved):
                continue
            shown = [hit for hit in matches(row, read.css, tree.saved) if not tree.saved.look.hidden(hit)]
            if values := frozenset(value for hit in shown if (value := fit(read, raw(hit, read, tree), tree))):
                several |= {values} if len(values) > 1 else set()
                break
    return len(several) > 1  # the same values under two names, such as key and order, are one thing


def _outside(page: RowPage, place: Place, rows: list[Any]) -> int:
    """Of rows that lost their mark the required field is still there, beside the rows that are found."""
    if not rows:
        return 0
    saved = place.tree.saved
    inside = set(rows)
    around = rows[0].getparent()
    lost = set()
    for read in getattr(page.rows, REQUIRED[str(page.__struct_config__.tag)]):
        if not read.css or around is None:
            continue
        for element in matches(around, read.css, saved):
            holder = element
            while holder is not None and holder is not around and holder not in inside:
                holder = holder.getparent()
            if holder is around and not saved.look.hidden(element):
                lost.add(element)
    return len(lost)


def says_empty(page: RowPage, place: Place) -> bool:
    """Whether the page says itself that there is nothing in the list."""
    chunks = chunks_of(place.tree)
    for root in find_all(place.tree, page.root, place.tree.saved):
        first, end = chunks.ranges.get(root, (0, 0))
        if any(len(line) <= _LONGEST_EMPTY and _EMPTY.search(line) for line in chunks.lines(first, end)):
            return True
    return False


def faults_of_editor(page: ListingPage, place: Place, account: Any, read: dict[str, Any]) -> list[Missing]:
    """The title is what a listing is known by: an editor without a title field is not understood."""

    def count(part: str, name: str) -> int:
        value = read.get(name)
        if isinstance(value, list):
            return len(value)
        # an empty field is a field all the same
        return 1 if value else min(1, _fields(page, place, name))

    faults = _demands(page, place, account, count)
    if not any(fault.field == "listing.title" for fault in faults) and not count("listing", "title"):
        faults.append(Missing("listing.title", 0, 1, 0))
    for shape in page.shapes:
        found = found_by(place, getattr(page.listing, shape.field.removeprefix("listing."), []))
        odd = not still_fits(shape, found, place.tree.saved)
        if odd and all(fault.field != shape.field for fault in faults):
            faults.append(Missing(shape.field, 0, 1, 0))
    return faults


def _fields(page: ListingPage, place: Place, name: str) -> int:
    saved = place.tree.saved
    for read in getattr(page.listing, name, []):
        hits = matches(place.tree, read.css, saved) if read.css else []
        # an element that is to hold a field is none before the field is drawn in it
        found = [hit for hit in hits if _is_field(hit, read) and not saved.look.hidden(hit)]
        if found:
            return len(found)
    return 0


def _is_field(element: Any, read: Read) -> bool:
    if read.attr:
        return element.get(read.attr.lower()) is not None
    return element.tag in _FIELDS or element.get("contenteditable") is not None


def faults_of_figures(
    page: KpiPage, place: Place, account: Any, read: list[dict[str, Any]], without: frozenset[str]
) -> list[Missing]:
    """Each demanded figure; one of which the page says that it has no value (``without``) is met, but a page that says
    so of all of them may still be loading."""
    known = {kpi["name"] for kpi in read if kpi["text"]}
    faults = _demands(page, place, account, lambda part, name: 1 if name in known | without else 0)
    if not known and not faults:
        faults.append(Missing("kpis", 0, 1, 0))
    return faults


def _demands(page: Any, place: Place, account: Any, count: Count) -> list[Missing]:
    faults = []
    for demand in page.health:
        part, _, name = demand.field.partition(".")
        if part == "root":
            found = first_count(place, page.root)
        elif part == "account":
            found = 1 if getattr(account, name, "") else 0
        else:
            found = count(part, name)
        if found < demand.min or (demand.max and found > demand.max):
            faults.append(Missing(demand.field, found, demand.min, demand.max))
    return faults
