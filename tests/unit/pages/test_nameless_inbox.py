"""A list of questions that names nobody is understood where its description does not demand a buyer."""

from __future__ import annotations

import msgspec
import pytest

from companion.marketplaces import load
from companion.pages.document import Saved
from companion.pages.recognise import recognise
from companion.protocol.pages import Demand, Marketplace, ThreadsPage

URL = "https://wing.coupang.com/tenants/cs/product/inquiries"
NAMED = '<td><span class="inquiry-writer">김*민</span></td>'


def coupang(*more: Demand) -> Marketplace:
    shipped = next(one for one in load().marketplaces if one.name == "coupang")
    page = next(one for one in shipped.pages if isinstance(one, ThreadsPage))
    return msgspec.structs.replace(shipped, pages=[msgspec.structs.replace(page, health=[*page.health, *more])])


def missing(marketplace: Marketplace, *rows: str) -> list[str]:
    cells = "".join(
        f'<tr><td class="replying-no-comments"><span class="inquiry-content">색상이 뭐예요?</span></td>{row}</tr>'
        for row in rows
    )
    saved = Saved(f'<html lang="ko"><meta charset="utf-8"><body><table>{cells}</table></body></html>'.encode())
    found = recognise(saved, [marketplace], URL)
    assert found is not None
    return [fault.field for fault in found.read.missing]


@pytest.mark.parametrize(
    ("rows", "faults"), [(("", ""), []), ((NAMED, NAMED), []), ((NAMED, ""), ["rows.buyer"])], ids=str
)
def test_either_every_row_names_its_buyer_or_none(rows: tuple[str, ...], faults: list[str]) -> None:
    assert missing(coupang(), *rows) == faults


def test_a_buyer_that_is_demanded_must_be_there() -> None:
    assert missing(coupang(Demand(field="rows.buyer", min=1)), "", "") == ["rows.buyer"]
