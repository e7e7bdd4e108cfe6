"""Which column of a table holds what, by the headers of marketplaces' flat files and of sellers' own tables. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

#: What a column is, and the headers it goes by.
_NAMES: dict[str, tuple[str, ...]] = {
    "title": (
        "title", "item name", "product title", "product name", "listing title", "item title", "ps product name", "name",
        "标题", "商品标题", "产品标题", "商品名称", "产品名称", "刊登标题", "titel", "artikelname",
        "artikelbezeichnung",
        "titre", "nom du produit", "título", "nombre del producto", "nome do produto", "商品名", "商品名称 title",
        "nama produk", "tên sản phẩm", "ชื่อสินค้า", "상품명",
    ),
    "subtitle": ("subtitle", "副标题", "untertitel", "sous titre"),
    "bullets": (
        "bullet", "bullets", "bullet point", "bullet points", "key product features", "key features", "key feature",
        "product highlights", "highlights", "卖点", "商品卖点", "产品卖点", "五点", "五点描述", "要点",
        "aufzählungspunkt",
        "attribut", "point clé", "viñeta", "商品の仕様", "箇条書き",
    ),
    "description": (
        "description", "product description", "item description", "site description", "long description",
        "short description", "ps product description", "描述", "商品描述", "产品描述", "详细描述", "商品详情",
        "beschreibung",
        "produktbeschreibung", "artikelbeschreibung", "description du produit", "descripción",
        "descripción del producto",
        "descrição", "descrição do produto", "商品説明", "商品の説明", "deskripsi produk", "mô tả sản phẩm",
        "รายละเอียดสินค้า", "상품설명",
    ),
    "keywords": (
        "keywords", "keyword", "generic keyword", "generic keywords", "search terms", "search term", "tags", "关键词",
        "关键字", "搜索词", "搜索关键词", "suchbegriffe", "mots clés", "palabras clave", "palavras chave",
        "検索キーワード",
    ),
    "brand": ("brand", "brand name", "ps brand", "品牌", "品牌名", "品牌名称", "marke", "marque", "marca",
    "ブランド名", "ブランド"),
    "sku": (
        "sku", "item sku", "seller sku", "contribution sku", "custom label", "custom label sku",
        "ps sku reference no parent",
        "parent sku", "商品编码", "卖家sku", "商家编码", "货号", "artikelnummer", "出品者sku",
    ),
    "category": (
        "category", "product type", "feed product type", "category name", "item type keyword", "item type name",
        "ps category",
        "类目", "分类", "商品类目", "产品类型", "kategorie", "catégorie", "categoría", "categoria", "カテゴリー",
    ),
    "marketplace": ("marketplace", "platform", "channel", "平台", "渠道"),
    "region": ("region", "country", "site", "country code", "站点", "国家", "地区"),
    "language": ("language", "lang", "语言"),
    "image_text": ("image text", "text in images", "图片文字"),
    "attributes": (
        "material", "material type", "fabric type", "color", "colour", "color name", "colour name", "size", "size name",
        "style", "style name", "pattern", "pattern name", "pattern type", "theme", "shape", "scent", "scent name",
        "flavor", "flavour", "flavor name", "finish type", "item form", "features", "feature", "special features",
        "special feature", "function", "intended use", "specific uses for product", "recommended uses for product",
        "target audience", "target audience keyword", "department", "department name", "age range",
        "age range description", "ingredients", "active ingredients", "included components", "care instructions",
        "compatible devices", "compatible models", "compatible phone models", "model", "model name", "warranty",
        "warranty description", "legal disclaimer description", "safety warning", "directions",
        "材质", "材料", "面料", "颜色", "尺寸", "尺码", "规格", "款式", "风格", "图案", "形状", "香味", "口味", "功能",
        "特点", "用途", "适用人群", "适用年龄", "适用机型", "适用车型", "成分", "包装清单", "型号", "保修",
        "farbe", "größe", "stil", "muster", "matériau", "matière", "couleur", "taille", "materiale", "talla", "tamaño",
        "tamanho", "cor", "素材", "材質", "色", "カラー", "サイズ", "bahan", "warna", "ukuran", "chất liệu", "màu sắc",
        "kích thước", "วัสดุ", "สี", "ขนาด", "소재", "색상", "사이즈",
    ),
}  # fmt: skip
_FIELD = {name: field for field, names in _NAMES.items() for name in names}
#: Columns of which there may be several.
MULTIPLE = frozenset({"bullets", "keywords"})
_QUALIFIED = re.compile(r"\[[^\]]*\]|\([^)]*\)|#\d+\.value|\.value|#\d+")
_NUMBER = re.compile(r"\s*\d+$")
#: eBay's files write an item specific, whatever it is called, as ``C:Material``.
_SPECIFIC = re.compile(r"c:\s*(?=\S)")
#: Of the first rows of a flat file the headers are one; above stand settings, groups and labels.
_ROWS_ABOVE = 12


@dataclass(frozen=True, slots=True)
class Columns:
    """``row``: position of the header among the rows; ``fields``: what each column is, "" = nothing we check;
    ``names``: what attributes among them are called, no two the same."""

    row: int
    fields: list[str]
    names: list[str]


def field_of(header: str) -> str:
    """What a column is: ``bullet_point3`` and ``bullet_point[language_tag=en_US]#1.value`` are bullets."""
    plain = _plain(unicodedata.normalize("NFKC", header).casefold().strip().lstrip("*•").strip())
    specific = _SPECIFIC.match(plain)
    plain = plain[specific.end() :] if specific else plain
    return _FIELD.get(plain) or _FIELD.get(_NUMBER.sub("", plain)) or ("attributes" if specific else "")


def _plain(header: str) -> str:
    """A header without what qualifies it."""
    return " ".join(_QUALIFIED.sub(" ", header).replace("_", " ").replace("-", " ").replace("|", " ").split())


def _names_of(row: Sequence[str]) -> list[str]:
    """What each column is called, for people: ``*C:Material`` is Material, a second one Material 2."""
    names: list[str] = []
    seen: Counter[str] = Counter()
    for cell in row:
        name = _plain(cell.strip().lstrip("*•").strip())[:80]
        name = name[2:].strip() if name[:2].casefold() == "c:" else name
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name} {seen[name]}")
    return names


def columns_of(rows: Sequence[Sequence[str]]) -> Columns | None:
    """The header among the first rows: the one with most known columns, of equal ones the last, whose names are the
    marketplace's own. None where no row names a title, bullets or a description."""
    best: tuple[int, Columns] | None = None
    for at, row in enumerate(rows[:_ROWS_ABOVE]):
        fields = [field_of(cell) if len(cell) <= 200 else "" for cell in row]
        single = [name for name in fields if name]
        if not {"title", "bullets", "description"} & set(single):
            continue
        score = len(set(single))
        if best is None or score >= best[0]:
            best = score, Columns(at, fields, _names_of(row))
    return best[1] if best else None
