"""A search as PostgreSQL takes it."""

from __future__ import annotations

import pytest

from companion.conversations.matching import read
from companion.conversations.tsquery import Condition, condition, with_any


@pytest.mark.parametrize(
    ("expression", "terms"),
    [
        ('"refund"', "('refund')"),
        ('"refund" *', "('refund' | 'refund*')"),
        # of words with so many letters in common there are few: all of them are gathered
        ('"refunds" *', "('refunds':*)"),
        ('"退 款"', "('\U000ffc2f')"),
        ('"关 税"', "(' 关 税')"),
        ('"my or" *', "(' my or':*)"),
        # a conversation's two signs: no message has one of them from another conversation
        ('"\U000f8000 \U000fb001"', "('\U000f8000' & '\U000fb001')"),
        ('buyer : "ana" *', "('b:ana':*)"),
        ('refs : "112 77"', "('r: 112 77')"),
        ('"a" NOT "b"', "(('a') & !('b'))"),
        ('"a" AND "b" OR "c"', "((('a') & ('b')) | ('c'))"),
        ('"it\'s\\"', "('it''s\\\\')"),
    ],
)
def test_what_the_terms_alone_decide_is_looked_for_nowhere_else(expression: str, terms: str) -> None:
    assert condition(read(expression)) == Condition(terms)


def test_a_phrase_is_narrowed_by_its_pairs_and_seen_in_the_texts() -> None:
    made = condition(read('"a" AND "要 关 税" NOT original : "bo"'))
    assert made.terms == "(('a') & (' 要 关' & ' 关 税'))"
    assert made.seen.startswith("(strpos(")
    assert " AND NOT (strpos(' ' || original || ' '" in made.seen
    assert list(made.values.values()) == [" 要 关 税 ", " bo "]


def test_a_name_of_three_words_is_seen_in_the_name() -> None:
    made = condition(read('buyer : "ana de la" *'))
    assert made.terms == "('b: ana de' & 'b: de la':*)"
    assert (made.seen, made.values) == ("(strpos(' ' || buyer || ' ', %(v0)s) > 0)", {"v0": " ana de la"})


def test_either_of_which_one_must_be_seen() -> None:
    made = condition(read('refs : "112 77 1" * OR "\U000f8000 \U000fb001"'))
    assert made.terms == "(('r: 112 77' & 'r: 77 1':*) | ('\U000f8000' & '\U000fb001'))"
    assert made.seen.startswith("((strpos(")
    assert " OR ((SELECT words " in made.seen
    assert list(made.values.values()) == [" 112 77 1", "('\U000f8000' & '\U000fb001')"]


def test_the_signs_of_a_phrase_are_asked_once() -> None:
    assert condition(read('"\U000ffc2f" AND "退 款"')).terms == "(('\U000ffc2f'))"


def test_one_of_some_terms_besides() -> None:
    assert with_any("('a')", ["@01", "@02"]) == "('a') & ('@01' | '@02')"
    assert with_any("('a')", []) == "('a')"
