"""What excuses: an exception around it, its surroundings, a negation, and who may use a mark."""

from __future__ import annotations

import pytest

from .making import found, rule, terms


def claim(*written: str, language: str = "en", **given: object) -> object:
    return terms(*written, language=language, kind="claim", **given)


@pytest.mark.parametrize(
    "text",
    [
        "Does not cure acne",
        "This product is not intended to diagnose, treat, cure, or prevent any disease",
        "cannot cure",
        "No cure or treatment",
        "isn’t a cure",
        "not a medicine, nor a cure",
        "never said to cure",
    ],
)
def test_a_denial_is_no_claim(text: str) -> None:
    assert found(claim("cure", "treat", "treatment"), text) == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Not only cures acne", ["cures"]),
        ("No side effects. Cures acne", ["Cures"]),
        ("No side effects, cures acne", ["cures"]),
        ("Does not smell\nCures acne", ["Cures"]),
        ("It does not smell but cures acne", ["cures"]),
        ("No other cream will cure acne", ["cure"]),
        ("Nothing knots; cure it", ["cure"]),
        ("Cures what others do not", ["Cures"]),
        ("not one of the many things you have tried before will cure", ["cure"]),
    ],
)
def test_what_only_looks_like_a_denial(text: str, shown: list[str]) -> None:
    assert found(claim("cure"), text) == shown


@pytest.mark.parametrize(
    ("language", "term", "denied", "claimed"),
    [
        ("zh", "治疗", "本品不能治疗任何疾病", "无副作用，治疗湿疹"),
        ("zh", "抗菌", "非抗菌产品", "不仅抗菌还防霉"),
        ("de", "heilt", "Niemand sagt, dass es ohne Arzt heilt", "Es heilt"),
        ("es", "cura", "No cura el acné", "Cura el acné sin dolor"),
        ("fr", "guérit", "Ne guérit pas", "Guérit sans douleur"),
        ("pt", "cura", "Não cura", "Cura a acne"),
        ("ja", "治療", "病気を治療するものではありません", "治療できます"),
        ("th", "รักษา", "ไม่สามารถรักษาโรค", "รักษาโรคได้"),
        ("vi", "chữa", "không chữa bệnh", "chữa bệnh"),
        ("id", "mengobati", "tidak mengobati penyakit", "mengobati penyakit"),
        ("de", "heilt", "Der Lack heilt nicht", "Heilt nicht nur die Haut"),
        ("ja", "診断", "診断、治療、予防を目的としたものではありません", "診断できる。治療目的ではありません"),
        ("ja", "治療", "治療するための器具ではありません", "治療できる、高価な器具ではありません"),
        ("th", "รักษา", "ไม่มีผลในการป้องกันหรือรักษาโรค", "ไม่มีสารเคมี ช่วยดูแลและรักษาโรค"),
        # not yet is written without accents as heals is
        ("vi", "ung thư", "chưa chữa được ung thư", "chữa khỏi ung thư"),
    ],
)  # fmt: skip
def test_denials_in_other_languages(language: str, term: str, denied: str, claimed: str) -> None:
    made = claim(term, language=language)
    assert found(made, denied) == []
    assert len(found(made, claimed)) == 1


def test_a_plain_rule_hears_no_denial_unless_it_says_so() -> None:
    assert found(terms("cure", language="en"), "does not cure") == ["cure"]
    assert found(terms("cure", language="en", negation="excuses"), "does not cure") == []
    assert found(claim("cure", negation="ignored"), "does not cure") == ["cure"]


def test_exceptions_are_longer_phrases_around() -> None:
    made = terms("treat", "mouse", language="en", exceptions={"en": ["dog treat", "mouse pad"]})
    assert found(made, "Dog treats on a mouse-pad treat a mouse") == ["treat", "mouse"]


def near(**condition: object) -> dict[str, object]:
    return {"words": {"any": ["resin", "光"]}, **condition}


@pytest.mark.parametrize(
    ("condition", "text", "hits"),
    [
        (near(), "cures UV resin", 0),
        (near(within=1), "cures the UV resin", 1),
        (near(within=2), "cures the UV resin", 0),
        (near(side="before"), "cures resin", 1),
        (near(side="before"), "resin cures", 0),
        (near(side="after"), "resin cures", 1),
        (near(within=3, unit="characters"), "cures UV resin", 1),
        (near(within=5, unit="characters"), "cures UV resin", 0),
        (near(within=2), "cures 用紫外光", 1),
        (near(within=4), "cures 用紫外光", 0),
        (near(where="field"), "cures " + "and so on " * 20 + "resin", 0),
        (near(), "cures " + "and so on " * 20 + "resin", 1),
    ],
)
def test_words_near_excuse(condition: dict[str, object], text: str, hits: int) -> None:
    assert len(found(terms("cure", language="en", context={"unless_near": [condition]}), text)) == hits


def test_words_near_are_demanded() -> None:
    made = terms("cold", language="en", context={"only_near": [{"words": {"en": ["cures", "stops"]}, "within": 2}]})
    assert found(made, "Stops a cold. Cold brew jug") == ["cold"]


def test_words_anywhere_in_the_listing() -> None:
    made = terms("mouse", language="en", context={"unless_near": [{"words": {"en": ["usb"]}, "where": "listing"}]})
    assert found(made, {"title": "Mouse", "bullets": ["USB cable"]}) == []
    assert found(made, {"title": "Mouse", "bullets": ["Trap"]}) == ["Mouse"]
    own = terms("mouse", language="en", context={"unless_near": [{"words": {"en": ["mouse"]}, "where": "listing"}]})
    assert found(own, {"title": "Mouse"}) == ["Mouse"], "a hit is not near itself"


MARK = rule(
    kind="substitution",
    substitutions={"any": {"velcro": "hook and loop fastener", "crock-pot": "slow cooker"}},
    brands=["own", "licensed", "compatible"],
)


@pytest.mark.parametrize(
    ("text", "known", "hits"),
    [
        ("Velcro strap", {}, 1),
        ("Velcro strap", {"brand": "VELCRO"}, 0),
        ("Crockpot", {"brand": "Velcro"}, 0),
        ("Crock Pot 5 l", {"brand": "Crock-Pot"}, 0),
        ("Velcro strap", {"licensed": ("Disney", "Velcro")}, 0),
        ("Velcro strap", {"licensed": ("Disney",)}, 1),
        ("Tape for Velcro pads", {}, 0),
        ("compatible with the Velcro system", {}, 0),
        ("Tape for pads. Velcro strap", {}, 1),
        ("Strap for the dog with much Velcro", {}, 1),
        ("适用于Velcro的胶带", {}, 0),
        ("Velcro対応テープ", {}, 0),
    ],
)  # fmt: skip
def test_who_may_use_a_mark(text: str, known: dict[str, object], hits: int) -> None:
    assert len(found(MARK, text, **known)) == hits


def test_own_brand_covers_what_lies_in_it() -> None:
    made = rule(signs="!", terms={"en": ["best"]}, brands=["own"])
    assert found(made, "Best Paws! the best!", brand="Best Paws!") == ["best", "!"]
