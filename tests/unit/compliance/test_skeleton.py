"""Skeletons: what looks alike is alike, and each place leads back into the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.compliance.folding import fold
from companion.compliance.skeleton import skeleton, spans

TEXT = st.text(st.sampled_from("abw4@$ .,-❤薇信саᎳʇ🅰é"), max_size=40)


@pytest.mark.parametrize("text", ["wh4ts-4pp", "ԝ н а т ѕ а р р", "🆆🅷🅰🆃🆂🅰🅿🅿", "ᎳᎻᎪᎢᏚᎪᏢᏢ", "ʍɥɐʇsɐpp"])
def test_what_looks_alike_has_one_skeleton(text: str) -> None:
    assert skeleton(fold(text).bare) == "whatsapp"


@given(TEXT)
def test_every_sign_of_a_skeleton_is_found_again(text: str) -> None:
    """A few places of a long text are counted, others looked up in a list: both say the same."""
    bare = fold(text).bare
    look = skeleton(bare)
    every = [(at, at, at + 1) for at in range(len(look))]
    one_by_one = [spans(bare + "." * 1_000, [hit])[0] for hit in every]
    assert spans(bare, every) == one_by_one
    assert [skeleton(bare[start:end]) for _, start, end in one_by_one] == list(look)
    assert all(start >= one_by_one[at - 1][2] for at, (_, start, _) in enumerate(one_by_one) if at)


@given(TEXT)
def test_a_whole_skeleton_reaches_from_its_first_to_its_last_sign(text: str) -> None:
    bare = fold(text).bare
    if look := skeleton(bare):
        [(_, start, end)] = spans(bare, [(0, 0, len(look))])
        assert skeleton(bare[start:end]) == look
        assert skeleton(bare[:start]) == skeleton(bare[end:]) == ""
