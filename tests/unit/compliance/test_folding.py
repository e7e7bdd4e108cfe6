"""Folding: what is written otherwise is read alike, and every place leads back into the text as given."""

from __future__ import annotations

import unicodedata
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.compliance import folding
from companion.compliance.folding import fold

#: Signs that make a text harder than its letters: several become one, one becomes several, some vanish.
HARD = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("aA éß ﬁ\u0301\u200b\ufe0f\u00ad\u3000 Ａｶﾞ½™ İ\n\t-—’“ｗ🅰️中ữ한\u1161ก็xаеροᎳ4️⃣"),
    ),
    max_size=60,
)


@pytest.mark.parametrize(
    ("text", "exact", "bare"),
    [
        ("Free  Shipping", "free shipping", "free shipping"),
        ("ＦＲＥＥ　ｓｈｉｐｐｉｎｇ", "free shipping", "free shipping"),
        ("Cafe\u0301 crème", "café crème", "cafe creme"),
        ("we\u200bch\u2060at", "wechat", "wechat"),
        ("Straße ﬁne", "strasse fine", "strasse fine"),
        ("ｶﾞﾗｽ", "ガラス", "ガラス"),
        ("eco‑friendly — “it’s”", 'eco-friendly - "it\'s"', 'eco friendly   "it\'s"'),
        ("chữa Đông", "chữa đông", "chua dong"),
        ("a\n\n\t b", "a b", "a b"),
        ("ΟΔΟΣ", "οδοσ", "οδοσ"),
        ("한국", "한국", "한국"),
        ("1️⃣3⃣", "13", "13"),
        ("сurеs саncеr", "cures cancer", "cures cancer"),
        ("αntibαcterιαl", "antibacterial", "antibacterial"),
        ("ᎳһаtѕАрр", "whatsapp", "whatsapp"),
        ("сок и рис", "сок и рис", "сок и рис"),
        ("airpodsы, usb-кабель", "airpodsы, usb-кабель", "airpodsы, usb кабель"),
        ("5 μm, kω, α-type", "5 μm, kω, α-type", "5 μm, kω, α type"),
    ],
)  # fmt: skip
def test_what_is_read(text: str, exact: str, bare: str) -> None:
    folded = fold(text)
    assert (folded.exact, folded.bare) == (exact, bare)


@given(HARD)
def test_every_sign_leads_back(text: str) -> None:
    folded = fold(text)
    assert len(folded.exact) == len(folded.bare)
    before = 0
    for at in range(len(folded.exact)):
        start, end = folded.span(at, at + 1)
        assert 0 <= start < end <= len(text)
        assert start >= before, "places do not go backwards"
        before = start


@given(HARD)
def test_folding_again_changes_nothing_more(text: str) -> None:
    once = fold(text).exact
    assert fold(once).exact == once


@given(st.text(st.characters(codec="ascii"), max_size=80))
def test_plain_text_is_only_made_small(text: str) -> None:
    folded = fold(text)
    for at, sign in enumerate(folded.exact):
        start, end = folded.span(at, at + 1)
        assert text[start:end].lower() == sign or (text[start:end].isspace() and sign == " ") or text[start] == "`"


def test_a_passage_of_the_text_is_found_in_the_folded_one() -> None:
    folded = fold("A  ½ cup™ of tea")
    start, end = folded.place(3, 4)
    assert folded.exact[start:end] == "1⁄2"
    assert folded.span(start, end) == (3, 4)


def test_a_pile_of_marks_is_not_put_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """Unicode's order of marks takes the square of their number: 100,000 of them took minutes."""
    longest = 0

    def normalize(form: str, text: str) -> str:
        nonlocal longest
        longest = max(longest, len(text))
        return unicodedata.normalize(form, text)

    monkeypatch.setattr(folding, "unicodedata", SimpleNamespace(normalize=normalize))
    text = "cure" + "\u0301\u0316" * 5_000 + " all"
    folded = fold(text)
    assert folded.bare == "cure all"
    assert folded.span(3, 4) == (3, 10_004)
    assert longest <= 40
