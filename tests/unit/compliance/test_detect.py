"""Telephone numbers, addresses, prices and signs: what is one, and what only looks like one."""

from __future__ import annotations

import importlib
import pkgutil
import re

import pytest

from companion.compliance import detect
from companion.compliance.detect import DETECTORS
from companion.compliance.detect.links import allowed
from companion.compliance.folding import fold
from companion.compliance.regex import taken_apart
from companion.compliance.rule import Detector
from companion.pages.pattern import PatternRefused

PATTERNS = {
    f"{module.name}.{name}": value
    for module in pkgutil.iter_modules(detect.__path__)
    for name, value in vars(importlib.import_module(f"{detect.__name__}.{module.name}")).items()
    if isinstance(value, re.Pattern)
}


def without_end(source: str) -> bool:
    try:
        taken_apart(source)
    except PatternRefused as exc:
        return "has no end" in str(exc)
    return False


@pytest.mark.parametrize("pattern", PATTERNS.values(), ids=PATTERNS.keys())
def test_nothing_is_repeated_without_an_end(pattern: re.Pattern[str]) -> None:
    """What looks on to the end of a text from each of its places takes the square of its length."""
    assert not without_end(pattern.pattern)


def seen(name: Detector, text: str) -> list[str]:
    folded = fold(text)
    return [text[slice(*folded.span(start, end))] for start, end in DETECTORS[name](folded.exact)]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Call +86 138 0013 8000 now", "+86 138 0013 8000"),
        ("tel: (415) 555-0132", "(415) 555-0132"),
        ("415-555-0132", "415-555-0132"),
        ("联系13800138000谢谢", "13800138000"),
        ("ＷｅＣｈａｔ １３８００１３８０００", "１３８００１３８０００"),
        ("0755-2345 6789", "0755-2345 6789"),
        ("Whatsapp 447911123456", "447911123456"),
        ("โทร 0812345678", "0812345678"),
        ("one three eight zero zero one three eight", "one three eight zero zero one three eight"),
        ("一三八零零一三八零零零", "一三八零零一三八零零零"),
        ("电话1③8零零1③8零零零吧", "1③8零零1③8零零零"),
        ("tel, cinco cinco uno dos tres cuatro cinco seis", "cinco cinco uno dos tres cuatro cinco seis"),
        ("không chín một hai ba bốn năm sáu bảy tám nhé", "không chín một hai ba bốn năm sáu bảy tám"),
        ("โทร ศูนย์แปดหนึ่ง สองสามสี่ ห้าหก", "ศูนย์แปดหนึ่ง สองสามสี่ ห้าหก"),
        ("Llámame al 5 5 1 2 3 4 5 6 7 8", "5 5 1 2 3 4 5 6 7 8"),
        ("zalo 0 9 1 2 3 4 5 6 7 8", "0 9 1 2 3 4 5 6 7 8"),
        ("oh seven seven double four, nine one two", "oh seven seven double four, nine one two"),
        (
            "au zéro six, douze, trente-quatre, quinze, soixante-dix-huit!",
            "zéro six, douze, trente-quatre, quinze, soixante-dix-huit",
        ),
        ("no onze nove 7 seis 5 quatro 8 dois 1, ok", "onze nove 7 seis 5 quatro 8 dois 1"),
        ("ring five five 0 1 two 3 four 99", "five five 0 1 two 3 four 99"),
        ("号码一三八 二二三三 四四五五", "一三八 二二三三 四四五五"),
        ("壹叁捌-零零壹叁-捌捌零零", "壹叁捌-零零壹叁-捌捌零零"),
        ("ゼロキューゼロ の いちにさんよん の ごろく", "ゼロキューゼロ の いちにさんよん の ごろく"),
        ("공일공 일이삼사 오육칠팔로", "공일공 일이삼사 오육칠팔"),
        ("ноль восемь один пять два три девять", "ноль восемь один пять два три девять"),
        ("text me at 4 1 5 dot 5 5 5 dot 0 1 9 9", "4 1 5 dot 5 5 5 dot 0 1 9 9"),
        ("my mobile is O7744 9l2 34S", "O7744 9l2 34S"),
        ("Звоните 8 912 345 67 89", "8 912 345 67 89"),
        ("тел. 8 (912) 345-67-89", "8 (912) 345-67-89"),
        ("0532 123 45 67", "0532 123 45 67"),
        ("mon numéro 06 82 34 17 55", "06 82 34 17 55"),
        ("0901 234 567 gọi nhé", "0901 234 567"),
        ("phone: 1234 5678", "1234 5678"),
        ("my phone number is 5032 6045", "5032 6045"),
        ("HP 0812 3456 7890", "0812 3456 7890"),
        ("手机号是 9123 4567", "9123 4567"),
        ("reach me: 4️⃣1️⃣5️⃣ 5️⃣5️⃣5️⃣ 0️⃣1️⃣9️⃣9️⃣", "4️⃣1️⃣5️⃣ 5️⃣5️⃣5️⃣ 0️⃣1️⃣9️⃣9"),
    ],
)
def test_telephone_numbers(text: str, number: str) -> None:
    assert seen("phone", text) == [number]


@pytest.mark.parametrize(
    "text",
    [
        "Order 111-1234567-1234567 was sent",
        "订单号 5761234567890123",
        "tracking no. 9400111899223",
        "EAN 4006381333931",
        "model 2023-2024, size 10-20-30",
        "from 2025-01-21 on",
        "21/01/2025 10:30",
        "10.5 x 20.75 x 30.25 cm",
        "capacity 1234567 mAh",
        "$1,234,567.89",
        "100 200 300 400",
        "USB 3.0 5000000 cycles",
        "1234567",
        "Style 4301-4302-4303",
        "one two three",
        "Count with us: one, two, three, four, five, six, seven, eight, nine!",
        "Nine eight seven six five four three two one zero, lift-off",
        "Numbers 1 2 3 4 5 6 7 8 9 0 of wood",
        "Sizes 5 5 6 6 7 7 8 8 9 9",
        "数字一二三四五六的拼图",
        "一二三四五六七号色都有",
        "尺码三六，三七，三八，三九都有",
        "八八八八八八八八",
        "Sizes seven, eight, nine, ten, eleven, twelve, thirteen",
        "Packs of ten, fifty, twenty, thirty, forty",
        "Sets of 4, six, 8, ten, 12, 14",
        "Two 5 m, three 10 m, four 20 m, one 40 m",
        "Take one, two, three, five, six, seven or eight",
        "Version 4 dot 2 dot 1 of 2026",
        "Call for S10 512 i5 16 lots",
        "Ink compatible with HP 302 304 305 printers",
        "Phone case for 6 7 8 14 15 16",
        "Mobile phone lens 120 198 2000",
        "Button cell 2032 2025 2016",
        "Portable 12000 20000 30000",
        "Wall lamp 120 240 300 lumens",
        "Telescopic pole 100 200 300",
        "Contact lens case 2000 3000",
        "teléfono 11 12 13 14 15",
        "手机壳 6 7 8 11 12 13 14",
        "電話台 30 40 50 60",
        "Taille 06 08 10 12 14",
        "にごりさけ、いちご、ごはんに",
        "이 구이 오이 이사 일일이",
    ],
)
def test_other_numbers_are_no_telephone(text: str) -> None:
    assert seen("phone", text) == []


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("write to Shop.Name+a@gmail.com.", "Shop.Name+a@gmail.com"),
        ("shop at gmail dot com", "shop at gmail dot com"),
        ("shop (at) gmail [dot] com", "shop (at) gmail [dot] com"),
        ("mi correo tienda arroba gmail punto com", "tienda arroba gmail punto com"),
        ("nubo (arroba) hotmail (punto) com", "nubo (arroba) hotmail (punto) com"),
        ("邮箱 nubo圈a163点com", "nubo圈a163点com"),
        ("abc艾特qq点com", "abc艾特qq点com"),
        ("邮箱123456@qq.com咨询", "123456@qq.com"),
        ("shop@ｇｍａｉｌ.com", "shop@ｇｍａｉｌ.com"),
        ("shop [a] qq . c o m", "shop [a] qq . c o m"),
        ("mail shop＠gmail。com", "shop＠gmail。com"),
        ("nubo小老鼠163点com", "nubo小老鼠163点com"),
        ("nubo アットマーク gmail ドット com", "nubo アットマーク gmail ドット com"),
        ("an nubo ät gmx punkt de", "nubo ät gmx punkt de"),
        ("nubo et gmail titik com ya", "nubo et gmail titik com"),
        ("nubo arobase orange point fr", "nubo arobase orange point fr"),
        ("8888 艾特 扣扣 点 com", "8888 艾特 扣扣 点 com"),
        ("just nubo@gmail", "nubo@gmail"),
    ],
)
def test_addresses_of_mail(text: str, address: str) -> None:
    assert seen("email", text) == [address]


@pytest.mark.parametrize(
    "text",
    [
        "look at home dot",
        "5V @ 2A",
        "meet at gmail",
        "@ home",
        "3 at 1",
        "a message at noon. Com port 3",
        "chez nous et orange point fr",
        "see you at web de luxe",
        "这只小老鼠163克",
    ],
)
def test_other_ats(text: str) -> None:
    assert seen("email", text) == []


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("see https://shop.example.com/a?b=1.", "https://shop.example.com/a?b=1"),
        ("www.shop.de/x", "www.shop.de/x"),
        ("on myshop.com", "myshop.com"),
        ("访问myshop.com.cn吧", "myshop.com.cn"),
        ("bit.ly/3abc", "bit.ly/3abc"),
        ("myshop dot com", "myshop dot com"),
        ("amazon.co.uk", "amazon.co.uk"),
        ("www . myshop . com now", "www . myshop . com"),
        ("hxxps://myshop,com/sale", "hxxps://myshop,com/sale"),
        ("myshop[.]store", "myshop[.]store"),
        ("type m y s h o p . c o m in", "m y s h o p . c o m"),
        ("官网 myshop 点 com", "myshop 点 com"),
        ("mira myshop punto com", "myshop punto com"),
        ("bei myshop punkt de vorbei", "myshop punkt de"),
        ("em myshop ponto com ponto br", "myshop ponto com ponto br"),
        ("myshop·com", "myshop·com"),
    ],
)
def test_links(text: str, link: str) -> None:
    assert seen("link", text) == [link]


@pytest.mark.parametrize(
    "text",
    [
        "500 g.net weight",
        "item.it is",
        "3.5mm",
        "a@b.com",
        "e.g. this",
        "No.1",
        "v2.0.1",
        "24/7",
        "Good.Shop now",
        "the dot com era",
        "an early dot com boom",
        "nesse ponto com o cliente",
        "quel point de vente",
        "第二点com口",
        "at noon . Com port 3",
        "auf den Punkt deutlich",
        "www",
        "usb,com port",
    ],
)
def test_what_is_no_link(text: str) -> None:
    assert seen("link", text) == []


@pytest.mark.parametrize(
    ("link", "hosts", "may"),
    [
        ("https://www.amazon.de/dp/x", ["amazon.*"], True),
        ("amazon.co.uk", ["amazon.*"], True),
        ("https://amazon.evil.com", ["amazon.*"], False),
        ("https://evilamazon.com", ["amazon.*"], False),
        ("https://sub.walmart.com/x", ["walmart.com"], True),
        ("https://walmart.com.evil.cn", ["walmart.com"], False),
    ],
)
def test_hosts_that_are_allowed(link: str, hosts: list[str], may: bool) -> None:
    assert allowed(link, hosts) is may


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("handle", "follow @my_shop.de or a@b.com, 5V@2A", ["@my_shop.de"]),
        ("percent", "50% off, 99.9 % pure, 5 percent", ["50%", "99.9 %", "5 percent"]),
        ("price", "only $9.99, 20€, ¥199, 199元 or Rp 50.000", ["$9.99", "20€", "¥199", "199元", "Rp 50.000"]),
        ("asin", "see B08N5WRWNW and b0bottleneck", ["B08N5WRWNW"]),
        ("year", "new 2025 model, 2000mAh, 2024x1080, SKU-2023, 2.2024", ["2025"]),
        ("emoji", "great 🔥🔥 ★ ✓ 👍🏽", ["🔥🔥", "👍🏽"]),
        ("html", "a <b>bold</b> 3 < 5 &nbsp; <br/>", ["<b>", "</b>", "&nbsp;", "<br/>"]),
    ],
)
def test_other_things(name: Detector, text: str, expected: list[str]) -> None:
    assert seen(name, text) == expected
