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
