"""Which rules are in force: marketplace, region, category, direction and day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from companion.compliance.loader import marketplace_names
from companion.compliance.where import language_of, marketplace_of, region_of

from .making import findings, found, rule, terms


@pytest.mark.parametrize(
    ("given", "known", "hits"),
    [
        ({}, {}, 1),
        ({"marketplaces": ["amazon"]}, {"marketplace": "amazon"}, 1),
        ({"marketplaces": ["amazon"]}, {"marketplace": "ebay"}, 0),
        ({"marketplaces": ["amazon"]}, {}, 0),
        ({"regions": ["EU"]}, {"region": "DE"}, 1),
        ({"regions": ["EU"]}, {"region": "US"}, 0),
        ({"regions": ["EU"]}, {}, 1),
        ({"regions": ["US"]}, {"region": "US"}, 1),
        ({"categories": ["pet"]}, {"category": "Pet Supplies > Dogs"}, 1),
        ({"categories": ["pet"]}, {"category": "宠物用品"}, 1),
        ({"categories": ["pet"]}, {"category": "家居 > 宠物"}, 1),
        ({"categories": ["pet"]}, {"category": "Carpet"}, 0),
        ({"categories": ["pet"]}, {}, 0),
        ({"except_categories": ["pet"]}, {"category": "pets"}, 0),
        ({"except_categories": ["pet"]}, {}, 1),
        ({"status": "deprecated"}, {}, 0),
        ({"applies_to": ["message"]}, {}, 0),
        ({"validity": [{"from": "2026-12-01"}]}, {}, 0),
        ({"validity": [{"from": "2026-12-01"}]}, {"day": date(2026, 12, 1)}, 1),
        ({"validity": [{"until": "2026-11-30"}]}, {}, 1),
        ({"validity": [{"until": "2026-11-29"}]}, {}, 0),
        ({"validity": [{"from": "2026-12-01", "regions": ["EU"]}, {"regions": ["US"]}]}, {"region": "US"}, 1),
        ({"validity": [{"from": "2026-12-01", "regions": ["EU"]}, {"regions": ["US"]}]}, {"region": "FR"}, 0),
        ({"validity": [{"from": "2025-01-01", "marketplaces": ["amazon"]}]}, {"marketplace": "ebay"}, 0),
    ],
)  # fmt: skip
def test_where_a_rule_counts(given: dict[str, Any], known: dict[str, Any], hits: int) -> None:
    assert len(found(terms("bad", **given), "bad", **known)) == hits


@pytest.mark.parametrize(("directions", "direction", "hits"), [
    (["seller"], "seller", 1), (["seller"], "buyer", 0), (["buyer"], "buyer", 1), (["seller", "buyer"], "buyer", 1),
])  # fmt: skip
def test_whose_message_it_is(directions: list[str], direction: str, hits: int) -> None:
    assert len(found(terms("bad", directions=directions), "bad", "message", direction=direction)) == hits


def test_a_rule_reads_its_fields_only() -> None:
    listing = {"title": "bad", "bullets": ["bad"], "keywords": ["bad"], "brand": "bad"}
    assert len(found(terms("bad"), listing)) == 3
    assert len(found(terms("bad", fields=["bullets"]), listing)) == 1
    assert len(found(terms("bad", fields=["brand"]), listing)) == 1


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("amazon", "amazon"), ("Amazon.de", "amazon"), ("amazon_us", "amazon"), ("TikTok", "tiktok-shop"),
        ("tiktok shop", "tiktok-shop"), ("TikTokShop", "tiktok-shop"), ("Temu", "temu"), ("", ""),
        ("my own", "my-own"),
        ("亚马逊", "amazon"),
        ("亚马逊美国站", "amazon"),
        ("虾皮 新加坡", "shopee"),
        ("Mercado Livre", "mercadolibre"),
    ],
)  # fmt: skip
def test_marketplaces_as_people_write_them(written: str, name: str) -> None:
    assert marketplace_of(written, marketplace_names()) == name


def test_regions_and_languages_as_people_write_them() -> None:
    assert [region_of(code) for code in ("de", "UK", " us ", "")] == ["DE", "GB", "US", ""]
    named = ("美国", "德国站", "Germany", "Việt Nam", "A1PA6795UKMFR9", "ATVPDKIKX0DER")
    assert [region_of(name) for name in named] == ["US", "DE", "DE", "VN", "DE", "US"]
    assert [region_of(name) for name in ("EU", "Mars", "global", "all sites", "NA")] == ["EU", "", "", "", ""]
    assert [language_of(code) for code in ("zh-CN", "pt_BR", "ms", "EN")] == ["zh", "pt", "id", "en"]


GENERAL = {"source": "general knowledge", "basis": "G", "seen": "2026-11-29"}
ONLY_AMAZON = {"validity": [{"marketplaces": ["amazon"], "until": "2026-11-29"}, {"regions": ["EU"]}]}


@pytest.mark.parametrize(
    ("given", "known", "told"),
    [
        ({"marketplaces": ["amazon"]}, {"marketplace": "amazon"}, ("error", "https://example.org", "2026-11-01")),
        ({"marketplaces": ["amazon"]}, {"marketplace": "shopee"}, ("suggestion", "general knowledge", "2026-11-29")),
        ({"marketplaces": ["amazon"]}, {}, ("suggestion", "general knowledge", "2026-11-29")),
        (ONLY_AMAZON, {"marketplace": "shopee", "region": "FR"}, ("error", "https://example.org", "2026-11-01")),
        (ONLY_AMAZON, {"marketplace": "shopee", "region": "SG"}, ("suggestion", "general knowledge", "2026-11-29")),
        # the source names Amazon, and says that it no longer counts there
        (ONLY_AMAZON, {"marketplace": "amazon", "region": "US"}, None),
        ({"marketplaces": ["amazon"], "categories": ["pet"]}, {"marketplace": "shopee", "category": "books"}, None),
        ({"marketplaces": ["amazon"], "applies_to": ["message"]}, {"marketplace": "shopee"}, None),
    ],
)  # fmt: skip
def test_elsewhere_general_knowledge_advises(
    given: dict[str, Any], known: dict[str, Any], told: tuple[str, str, str] | None
) -> None:
    made = rule(terms={"en": ["cures"]}, elsewhere=GENERAL, **given)
    told_of = [(one.level, one.source, one.as_of) for one in findings(made, "Tea cures", **known)]
    assert told_of == ([told] if told else [])
