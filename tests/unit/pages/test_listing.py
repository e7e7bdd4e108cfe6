"""The fields of a listing editor: of a form field its value, of an editor its text, through open shadow roots too."""

from __future__ import annotations

import pytest

from .made import css, page, read

EDITOR = page(
    "listing",
    listing={
        "title": css('[name="title"]', 'kat-textarea[name="item"] >>> textarea', "#title"),
        "bullets": css(".bullet", 'kat-input[name^="bullet"] >>> input'),
        "description": css(".ql-editor", "iframe >>> body"),
        "brand": css("select"),
        "price": css('input[name="price"]'),
        "stock": css("#stock"),
        "category": css("#category"),
        "images": [{"css": ".pictures img", "attr": "src"}],
        "sku": css("#sku"),
        "item": [{"query": "asin"}],
    },
    attributes={
        "row": css(".row"),
        "name": css("label"),
        "value": css("input", "select", "kat-input >>> input"),
    },
    health=[{"field": "listing.title", "max": 1}],
)


@pytest.mark.parametrize(
    ("markup", "title"),
    [
        ('<input name="title" value=" Blue cup ">', "Blue cup"),
        ('<input name="title" type="hidden" value="x"><input name="title" value="Blue cup">', "Blue cup"),
        ('<textarea name="title">Blue\ncup</textarea>', "Blue\ncup"),
        ('<input hidden name="title" value="old"><div id="title" contenteditable>Blue <b>cup</b></div>', "Blue cup"),
        (
            '<kat-textarea name="item" value="stale"><template shadowrootmode="open"><textarea>Blue cup</textarea>'
            "</template></kat-textarea>",
            "Blue cup",
        ),
    ],
)  # fmt: skip
def test_what_a_field_holds(markup: str, title: str) -> None:
    found = read(markup, EDITOR)
    assert found["listing"]["title"] == title
    assert found["health"]["ok"]


def test_all_fields() -> None:
    bullets = "".join(
        f'<kat-input name="bullet-{n}"><template shadowrootmode="open"><input value="{text}"></template></kat-input>'
        for n, text in enumerate(["Light", "", "Two colours"])
    )
    found = read(
        f'<input name="title" value="Cup">{bullets}<div class="ql-editor" contenteditable><p>One</p><p>Two</p></div>'
        '<select><option>No brand<option selected>Brandless</select><input name="price" value="1.299,00">'
        '<input id="sku" type="password" value="secret"><input id="stock" value="12">'
        '<div id="category">Home &gt; Tea</div><div class="pictures"><img src="https://cf.example.invalid/1.jpg"><img>'
        '<img src="https://cf.example.invalid/2.jpg"></div>',
        EDITOR,
        url="https://seller.example/here?asin=B0X",
    )
    assert found["listing"] == {
        "title": "Cup",
        "bullets": ["Light", "Two colours"],
        "description": "One\nTwo",
        "brand": "Brandless",
        "keywords": "",
        "price": "1.299,00",
        "stock": "12",
        "category": "Home > Tea",
        "images": ["https://cf.example.invalid/1.jpg", "https://cf.example.invalid/2.jpg"],
        "sku": "",
        "item": "B0X",
        "attributes": {},
    }


def test_a_description_in_a_frame() -> None:
    frame = '<iframe srcdoc="&lt;body contenteditable&gt;&lt;p&gt;Long&lt;/p&gt;&lt;p&gt;text&lt;/p&gt;"></iframe>'
    assert read(f'<input name="title" value="x">{frame}', EDITOR)["listing"]["description"] == "Long\ntext"
    hidden = frame.replace("<iframe", "<iframe style='display:none'")
    assert read(f'<input name="title" value="x">{hidden}', EDITOR)["listing"]["description"] == ""


def test_an_empty_title_is_a_title_and_none_is_not() -> None:
    empty = read('<input name="title" value="">', EDITOR)
    assert empty["listing"]["title"] == ""
    assert empty["health"]["ok"]
    assert read("<input name='other'>", EDITOR)["health"]["missing"] == ["listing.title"]
    two = '<input name="title" value="a"><input name="title" value="b">'
    assert read(two, EDITOR)["health"]["ok"], "the first field a person sees counts"


def test_long_texts_are_kept_whole_within_bounds() -> None:
    found = read(f'<input name="title" value="{"t" * 3_000}"><div class="ql-editor">{"d" * 30_000}</div>', EDITOR)
    assert len(found["listing"]["title"]) == 2_000
    assert len(found["listing"]["description"]) == 20_000


def attributes(*rows: tuple[str, str]) -> dict[str, str]:
    markup = "".join(f'<div class="row"><label>{label}</label>{field}</div>' for label, field in rows)
    told: dict[str, str] = read(f'<input name="title" value="x">{markup}', EDITOR)["listing"]["attributes"]
    return told


def test_attributes_are_told_by_what_the_editor_calls_them() -> None:
    shadow = '<kat-input><template shadowrootmode="open"><input value="Oak"></template></kat-input>'
    assert attributes(
        ("Material", '<input value=" Steel ">'),
        ("Finish", "<select><option>Matt<option selected>Gloss</select>"),
        ("Wood", shadow),
        ("Material", '<input value="Glass">'),
        ("Empty", '<input value="">'),
        ("", '<input value="nameless">'),
    ) == {"Material": "Steel; Glass", "Finish": "Gloss", "Wood": "Oak"}


@pytest.mark.parametrize(
    "field",
    [
        '<input type="password" value="secret">',
        '<input type="hidden" value="token">',
        '<input type="tel" value="13800000000">',
        '<input type="email" value="at home">',
        '<input value="write to mei@example.invalid">',
        '<input value="+86 138 0000 0000">',
        '<input value="out of sight" hidden>',
    ],
)
def test_secrets_and_ways_to_reach_people_are_no_attributes(field: str) -> None:
    assert attributes(("Contact", field), ("GTIN", '<input value="4710000000000">')) == {"GTIN": "4710000000000"}


def test_attributes_are_bounded() -> None:
    many = attributes(*((f"{n} {'n' * 300}", f'<input value="{"v" * 300}">') for n in range(70)))
    assert len(many) == 60
    assert {(len(name), len(value)) for name, value in many.items()} == {(200, 200)}
