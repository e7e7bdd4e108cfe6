"""Listings out of files: JSON in every shape, tables of sellers, flat files; hostile ones are refused."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from companion.compliance.files.columns import field_of
from companion.compliance.files.json_file import listings_of, message_of
from companion.compliance.files.listing import LONGEST, Unusable
from companion.compliance.files.reading import listings_from
from companion.compliance.reports.notes import file_notes
from companion.compliance.where import region_of
from companion.marketplaces import load, rules_dir

BOTTLE = {"title": "Bottle", "bullets": ["one", "two"], "description": "long"}


@pytest.mark.parametrize(
    ("content", "count"),
    [
        (json.dumps({"fields": BOTTLE}), 1),
        (json.dumps(BOTTLE), 1),
        (json.dumps([{"fields": BOTTLE}, BOTTLE]), 2),
        (json.dumps({"listings": [{"fields": BOTTLE}]}), 1),
        (json.dumps(BOTTLE) + "\n\n" + json.dumps(BOTTLE) + "\n", 2),
    ],
)
def test_json_in_every_shape(content: str, count: int) -> None:
    found = listings_of(content)
    assert len(found) == count
    assert found[0].fields == BOTTLE


@pytest.mark.parametrize(
    ("content", "key"),
    [
        ("", "check_json"),
        ("{", "check_json"),
        ('{"a": 1}\n{', "check_json"),
        ("[]", "check_json_empty"),
        ("[1]", "check_json_object"),
        ('{"fields": []}', "check_json_field"),
        ('{"fields": {"title": {"a": [1]}}, "region": []}', "check_json_type"),
        ('{"marketplace": ["amazon"]}', "check_json_type"),
        ('{"fields": {"title": "x"}, "brand": true}', "check_json_type"),
        ('{"fields": {"title": "x"}, "licensed": "Seabridge"}', "check_json_list"),
        ('{"fields": {"title": [1]}}', "check_json_value"),
        (json.dumps({"fields": {"title": "x" * (LONGEST + 1)}}), "check_long"),
        ("[" * 100_000, "check_json"),
    ],
)
def test_json_that_is_refused(content: str, key: str) -> None:
    with pytest.raises(Unusable) as caught:
        listings_of(content)
    assert caught.value.key == key


def test_a_message_and_whose_it_is() -> None:
    assert message_of('{"text": "hi", "direction": "incoming"}').direction == "buyer"
    assert message_of('{"text": "hi", "direction": "out"}').direction == "seller"
    assert message_of('{"text": "hi"}').direction == "seller"
    with pytest.raises(Unusable):
        message_of('{"message": "hi"}')


@pytest.mark.parametrize("direction", ['"selller"', '"to"', "7", "[]", "false"])
def test_a_direction_that_says_nothing_is_no_sellers(direction: str) -> None:
    """Of a buyer's message nothing would be found, of a seller's what nobody asked."""
    with pytest.raises(Unusable) as caught:
        message_of(f'{{"text": "hi", "direction": {direction}}}')
    assert caught.value.key == "check_json_direction"


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Title", "title"), ("*Title", "title"), ("item_name", "title"), ("商品标题", "title"), ("Titel", "title"),
        ("item_name[marketplace_id=ATVPDKIKX0DER][language_tag=en_US]#1.value", "title"),
        ("bullet_point3", "bullets"), ("Bullet Point 2", "bullets"), ("卖点1", "bullets"),
        ("bullet_point[language_tag=en_US]#2.value", "bullets"), ("Key Features (+)", "bullets"),
        ("product_description", "description"), ("generic_keywords", "keywords"), ("Custom label (SKU)", "sku"),
        ("brand_name", "brand"), ("ps_product_name", "title"), ("price", ""), ("title tag colour", ""),
    ],
)  # fmt: skip
def test_columns_are_known_by_their_usual_names(header: str, field: str) -> None:
    assert field_of(header) == field


def saved(path: Path, rows: list[list[Any]], *, above: list[str] | None = None) -> Path:
    """A workbook with a cover sheet, or a table with commas, by the file's ending."""
    if path.suffix == ".xlsx":
        book = Workbook()
        book.active.append(above or ["Read me first"])
        sheet = book.create_sheet("Template")
        for row in rows:
            sheet.append(row)
        data = io.BytesIO()
        book.save(data)
        path.write_bytes(data.getvalue())
    else:
        path.write_text("\n".join(",".join(f'"{cell}"' for cell in row) for row in rows), "utf-8-sig")
    return path


FLAT = [
    ["TemplateType=fptcustom", "Version=2026.1101", "The top three rows are for Amazon only."],
    ["Seller SKU", "Product Name", "Brand Name", "Key Product Features", "Key Product Features", "Update Delete"],
    ["item_sku", "item_name", "brand_name", "bullet_point1", "bullet_point2", "update_delete"],
    ["B-1", "Steel bottle", "Seabridge", "keeps cold", "", "Update"],
    ["", "", "", "", "", ""],
    ["B-2", "Glass bottle", "Seabridge", "clear", "light", ""],
]


@pytest.mark.parametrize("name", ["flat.csv", "flat.xlsx", "flat.txt"])
def test_a_flat_file_has_its_headers_in_the_third_row(tmp_path: Path, name: str) -> None:
    found = listings_from(saved(tmp_path / name, FLAT), list)
    assert [(one.sku, one.row, one.brand) for one in found] == [("B-1", 4, "Seabridge"), ("B-2", 6, "Seabridge")]
    assert found[1].fields == {"title": "Glass bottle", "bullets": ["clear", "light"]}


@pytest.mark.parametrize("name", ["flat.csv", "flat.xlsx", "flat.txt"])
def test_an_amazon_template_tells_its_marketplace(tmp_path: Path, name: str) -> None:
    found = listings_from(saved(tmp_path / name, FLAT), list)
    assert {(one.marketplace, one.region) for one in found} == {("amazon", "")}


@pytest.mark.parametrize(
    ("above", "region"),
    [
        (["TemplateType=fptcustom", "settings=feedType=113&primaryMarketplaceId=amzn1.mp.o.A1VC38T7YXB528&labelRow=2"],
         "JP"),
        (["TemplateSignature=U0hPRVM=", "settings=primaryMarketplaceId=amzn1.mp.o.NOBODYKNOWS"], ""),
        (["settings=feedType=256&primaryMarketplaceId=amzn1.mp.o.A1PA6795UKMFR9"], "DE"),
    ],
)  # fmt: skip
def test_an_amazon_template_tells_its_country(tmp_path: Path, above: list[str], region: str) -> None:
    (one,) = listings_from(saved(tmp_path / "flat.xlsx", [above, ["item_sku", "item_name"], ["B-1", "Bottle"]]), list)
    assert (one.marketplace, one.region) == ("amazon", region)


def test_columns_of_an_amazon_template_tell_the_country_unless_there_are_several(tmp_path: Path) -> None:
    column = "item_name[marketplace_id={}][language_tag=de_DE]#1.value"
    german, french = column.format("A1PA6795UKMFR9"), column.format("A13V1IB3VIYZZH")
    (one,) = listings_from(saved(tmp_path / "a.csv", [[german], ["Flasche"]]), list)
    assert (one.marketplace, one.region) == ("amazon", "DE")
    (one,) = listings_from(saved(tmp_path / "b.csv", [[german, french], ["Flasche", "Gourde"]]), list)
    assert (one.marketplace, one.region) == ("amazon", "")


def test_a_listing_that_names_its_marketplace_keeps_it(tmp_path: Path) -> None:
    rows = [["TemplateType=fptcustom"], ["title", "marketplace", "country"], ["Bottle", "ebay", "FR"], ["Mat", "", ""]]
    found = listings_from(saved(tmp_path / "own.csv", rows), list)
    assert [(one.marketplace, one.region) for one in found] == [("ebay", "FR"), ("amazon", "")]


def test_a_table_that_only_talks_of_templates_is_not_amazons(tmp_path: Path) -> None:
    (one,) = listings_from(saved(tmp_path / "own.csv", [["title"], ["TemplateType=fptcustom explained"]]), list)
    assert one.marketplace == ""


def test_attributes_of_a_table_are_read_by_their_headers(tmp_path: Path) -> None:
    rows = [
        ["Title", "Material", "*C:Finish", "C:Brand", "颜色", "color_name", "Material", "price"],
        ["Mat", "Bamboo", "Matte", "Seabridge", "红", "red", "Cork", "7"],
    ]
    (one,) = listings_from(saved(tmp_path / "own.csv", rows), list)
    assert one.brand == "Seabridge"
    assert one.fields == {"title": "Mat", "attributes": {
        "Material": "Bamboo", "Finish": "Matte", "颜色": "红", "color name": "red", "Material 2": "Cork",
    }}  # fmt: skip


def test_a_formula_that_was_never_worked_out_is_told_with_its_row(tmp_path: Path) -> None:
    rows = [["title", "description", "price"], ["=A9", "fine", "=1+1"], ["plain", "fine", "=1+1"], ["=A9", "", ""]]
    found = listings_from(saved(tmp_path / "made.xlsx", rows), list)
    assert [(one.row, one.unread) for one in found] == [(2, ["title"]), (3, []), (4, ["title"])]
    (note,) = file_notes(found)
    assert (note.kind, note.data) == ("formulas", {"rows": "2, 4", "count": 2})


def test_listings_on_other_sheets_are_told(tmp_path: Path) -> None:
    workbook = Workbook()
    sheets = [["One", "Two"], ["Three"], []]
    for at, titles in enumerate(sheets):
        sheet = workbook.create_sheet(f"shop {at}")
        for row in [["SKU", "Title"], *(["a", title] for title in titles)]:
            sheet.append(row)
    workbook.save(tmp_path / "shops.xlsx")
    found = listings_from(tmp_path / "shops.xlsx", list)
    assert [one.fields["title"] for one in found] == ["One", "Two"]
    assert [(note.kind, note.data) for note in file_notes(found)] == [("sheets", {"count": 1})]
    assert file_notes(found[1:]) == []


@pytest.mark.parametrize("stored", ['t="str"><f>A9</f><v></v>', 't="str"><f>A9</f><v>Bottle</v>', "><f>A9</f><v>7</v>"])
def test_a_formula_with_a_stored_value_is_read_and_an_empty_text_is_one(tmp_path: Path, stored: str) -> None:
    made = saved(tmp_path / "made.xlsx", [["title", "description"], ["=A9", "fine"]])
    data = io.BytesIO()
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(data, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "xl/worksheets/sheet2.xml":
                part, count = re.subn(rb'(<c r="A2")[^>]*>.*?(</c>)', rb"\1 " + stored.encode() + rb"\2", part)
                assert count == 1
            new.writestr(name, part)
    made.write_bytes(data.getvalue())
    (one,) = listings_from(made, list)
    assert one.unread == []


def test_a_row_that_says_what_is_asked_is_no_listing(tmp_path: Path) -> None:
    rows = [["ps_product_name", "ps_product_description"], ["Product Name", "Product Description"],
            ["Mandatory", "Mandatory"], ["Bottle", "Steel\nbottle"]]  # fmt: skip
    found = listings_from(saved(tmp_path / "mass.xlsx", rows), list)
    assert [one.fields["title"] for one in found] == ["Bottle"]


def test_a_chinese_table_in_the_encoding_of_spreadsheets(tmp_path: Path) -> None:
    path = tmp_path / "表.csv"
    path.write_bytes("标题,卖点1,卖点2,平台,站点\n抗菌袜子,透气,舒适,amazon,DE\n".encode("gb18030"))
    (one,) = listings_from(path, list)
    assert (one.fields, one.marketplace, one.region) == (
        {"title": "抗菌袜子", "bullets": ["透气", "舒适"]}, "amazon", "DE",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "data", "key"),
    [
        ("a.pdf", b"", "check_kind"),
        ("a.csv", b"price,stock\n1,2\n", "check_columns"),
        ("a.csv", b"sku,title\n", "check_table_empty"),
        ("a.csv", b'"title\n', "check_line"),
        ("a.csv", b"title\n\x81\x00\xff", "check_encoding"),
        ("a.xlsx", b"PK\x03\x04broken", "check_damaged"),
        ("a.html", b"<html><body>shop</body></html>", "check_page_unknown"),
    ],
)
def test_files_that_cannot_be_checked_say_why(tmp_path: Path, name: str, data: bytes, key: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(Unusable) as caught:
        listings_from(tmp_path / name, list)
    assert caught.value.key == key


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(Unusable) as caught:
        listings_from(tmp_path / "none.csv", list)
    assert caught.value.key == "check_unreadable"


AMAZON = rules_dir() / "marketplaces" / "amazon" / "cases"


@pytest.mark.parametrize(("page", "region"), [("listing-edit", "US"), ("listing-de", "DE"), ("listing-light", "FR")])
def test_a_saved_editor_tells_its_country(page: str, region: str) -> None:
    """Amazon writes its own ids of countries into the address; a German listing must meet the rules of the EU."""
    (one,) = listings_from(AMAZON / f"{page}.html", lambda: load().marketplaces)
    assert region_of(one.region) == region
    assert one.fields["title"]


def test_a_page_saved_while_it_was_loading_is_not_a_clean_listing() -> None:
    with pytest.raises(Unusable) as caught:
        listings_from(AMAZON / "listing-loading.html", lambda: load().marketplaces)
    assert caught.value.key == "check_page_empty"
