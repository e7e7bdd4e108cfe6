"""Texts a marketplace would punish, tried with the whole pack as a shop has it: what is found, and how grave it is."""

from __future__ import annotations

import pytest

from companion.compliance.check import Text
from companion.compliance.place import Place

from .compliance_pack import TODAY, checker, shipped

#: Everyday wordings that hold a forbidden word in another sense.
HARD = [
    "Soft dog treats and a bath set to treat yourself",
    "UV-cured resin, full cure time 24 h",
    "Dry cured ham, heat-treated steel board",
    "Sterling silver chain on a sterling board game",
    "Injection mold base and silicone baking mould",
    "Mouse pad for a gaming mouse",
    "Toy bug with six legs",
    "Runs beside any virus scanner software",
    "Forest green phone stand",
    "Natural rubber handle",
    "Best used before 12/2027",
    "No. 1 Phillips screw, box of 50",
    "Style #4301 bracket, <10 lb",
    "Prime lens hood, 49 mm",
    "Map of the river Sale and its towns",
    "Free size sarong and lint-free cloth",
    "Sugar-free syrup pump",
    "Brass relief valve and a relief carving",
    "Organic chemistry book stand",
    "Heart-shaped box for cold brew and cold-rolled steel",
    "Four-stroke engine oil, brush stroke practice pad",
    "Nubo case for iPhone 15",
    "Nubo bowl lid fits Bosch MUM5",
    "Bundle of three puzzles",
    "Hearing aids batteries and a first aid pouch",
    "Teaching aids for phonics",
    "Car jack with low ground clearance",
    "Carbon steel pan and carbon fiber tripod",
    "Depression glass bowl, 1930s",
    "Doctor costume with toy stethoscope",
    "Messenger bag with line pattern",
    "Play money counterfeit detector for shops",
]

E, W, S = "error", "warning", "suggestion"


@pytest.mark.parametrize(
    ("marketplace", "field", "language", "text", "expected"),
    [
        (
            "amazon",
            "title",
            "en",
            "Best Seller Antibacterial Cutting Board! Free Shipping",
            {
                "promotion/best-seller": E,
                "pesticides/antibacterial": E,
                "titles/amazon-signs": E,
                "promotion/free-shipping": E,
            },
        ),
        (
            "amazon",
            "bullets",
            "en",
            "Kills 99.9% of bacteria and is BPA-free",
            {"pesticides/kills-germs": E, "environment/plastic-free": W},
        ),
        (
            "walmart",
            "description",
            "en",
            "Works with Alexa. Visit www.nubo-cases.com or call +1 (415) 555-0134",
            {"promotion/walmart-other-retailers": E, "contact/link": E, "contact/phone": E},
        ),
        (
            "ebay",
            "title",
            "en",
            "Velcro Dog Collar, Gucci style, not Chanel",
            {"trademark/everyday": E, "counterfeit/dupe": E, "compatibility/ebay-comparison": E},
        ),
        (
            "amazon",
            "description",
            "de",
            "Antibakterielle, umweltfreundliche Matte, jetzt kaufen",
            {"pesticides/antibacterial": S, "environment/eco-friendly": S, "promotion/urgency": S},
        ),
        (
            "amazon",
            "description",
            "ja",
            "抗菌まな板 送料無料 最安値",
            {"pesticides/antibacterial": S, "promotion/free-shipping": S, "promotion/low-price": S},
        ),
        ("amazon", "description", "en", "Cheap towels, 20% off", {"promotion/low-price": W, "promotion/discount": W}),
        (
            "amazon",
            "text",
            "en",
            "Leave us a 5-star review and we refund 50%, my WhatsApp is +86 138 0013 8000",
            {"messages/positive-review": E, "messages/paid-review": E, "messages/other-apps": E, "messages/phone": E},
        ),
        ("amazon", "text", "zh", "好评返现，加我微信", {"messages/paid-review": E, "messages/other-apps": E}),
        (
            "shopee",
            "text",
            "vi",
            "Bạn hủy đơn giúp shop, nhắn qua zalo nhé",
            {"messages/cancel-request": S, "messages/other-apps": E},
        ),
        (
            "lazada",
            "text",
            "es",
            "Pague por transferencia bancaria, mi correo es tienda@gmail.com",
            {"messages/other-payment": S, "messages/email": E},
        ),
    ],
)
def test_what_is_found(marketplace: str, field: str, language: str, text: str, expected: dict[str, str]) -> None:
    target = "message" if field == "text" else "listing"
    place = Place(target=target, day=TODAY, marketplace=marketplace, region="US", language=language)
    found = checker().check([Text(field, None, text)], place).findings
    assert {one.rule: one.level for one in found} == expected


@pytest.mark.parametrize("marketplace", ["amazon", "ebay", "walmart", "shopee", "tiktok-shop", "aliexpress"])
@pytest.mark.parametrize("text", HARD)
def test_words_that_only_look_like_it(text: str, marketplace: str) -> None:
    place = Place(target="listing", day=TODAY, marketplace=marketplace, region="US", language="en")
    found = checker().check([Text("title", None, text)], place).findings
    assert [(one.rule, one.text) for one in found if one.level == "error"] == []


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Organic cotton baby bodysuit", "environment/organic"),
        ("Bodysuit of 100% organic cotton", "environment/organic"),
        ("Sustainable bamboo tray", "environment/sustainable"),
        ("Compostable bin liners, 50 count", "environment/compostable"),
        ("Biodegradable wipes", "environment/degradable"),
        ("Recyclable box", "environment/recyclable"),
        ("All natural soap", "environment/natural"),
        ("Vegan leather belt", "environment/vegan"),
        ("EPA registered cleaner", "approvals/epa"),
        ("Orthopedic seat cushion", "medical/medical-grade"),
        ("Clinically tested hand cream", "medical/proven"),
        ("Foot massager for stress relief", "medical/stress"),
        ("Hypoallergenic pillow", "pesticides/allergens"),
        ("Officially licensed club scarf", "counterfeit/authentic"),
        ("Camera strap for Sony, Black", "compatibility/without-model"),
        ("Number one choice for campers", "promotion/number-one"),
    ],
)
def test_what_is_allowed_with_proof_does_not_block(text: str, rule: str) -> None:
    """Where the source asks for a certificate, a registration or an authorisation, a seller may have it."""
    place = Place(target="listing", day=TODAY, marketplace="amazon", region="US", language="en")
    found = checker().check([Text("title", None, text)], place).findings
    assert {one.rule: one.level for one in found} == {rule: W}


def test_no_translation_of_ours_hides_a_term_that_blocks() -> None:
    """Of overlapping terms the longest counts: one of ours around a confirmed one would make an error a suggestion."""
    for rule in shipped()[0].rules:
        ours = [term for language in rule.own_translations for term in rule.terms.get(language, [])]
        # single English words are not looked for in other languages
        everywhere = [*rule.terms.get("any", []), *(term for term in rule.terms.get("en", []) if " " in term)]
        hidden = [(own, term) for own in ours for term in everywhere if f" {term} ".casefold() in f" {own} ".casefold()]
        assert hidden == [], rule.id
