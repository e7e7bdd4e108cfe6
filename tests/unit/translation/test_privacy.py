"""What must not leave this machine, and that all of it comes back."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.translation.marks import BRACKETS, STYLES, MarkStyle
from companion.translation.masking import black_out
from companion.translation.privacy import luhn, mask, unmask

#: A line, and what of it no remote engine may see.
PRIVATE = [
    ("Hi, my address is 12 Main Street, Apt 4B, Springfield, IL 62704. Thanks a lot", ["Main", "Springfield", "62704"]),
    ("please ship to 221b Baker Street, London NW1 6XE asap", ["Baker", "NW1 6XE"]),
    ("it goes to 7 Kings Court, please", ["Kings Court"]),
    ("PO Box 1234, Perth WA", ["1234"]),
    ("Ich wohne Hauptstraße 12a, 10115 Berlin. Wann kommt es?", ["Hauptstraße", "10115", "Berlin"]),
    ("envoyez au 12 bis, rue de la Paix, 75002 Paris merci", ["Paix", "75002", "Paris"]),
    ("Calle Mayor 5, 3º B, 28013 Madrid, por favor", ["Mayor", "28013", "Madrid"]),
    ("Rua das Flores, 123, apto 45, São Paulo - SP, CEP 01234-567", ["Flores", "123", "01234-567"]),
    ("地址:广东省深圳市南山区科技路12号3栋501室,电话13800138000", ["科技路", "501", "13800138000"]),
    ("〒150-0001 東京都渋谷区神宮前1-2-3 よろしく", ["150-0001", "神宮前", "1-2-3"]),
    ("서울시 강남구 테헤란로 12, 101동 202호로 보내주세요", ["테헤란로", "202호"]),
    ("บ้านเลขที่ 12/3 หมู่ 4 ต.บางพลี อ.บางพลี จ.สมุทรปราการ 10540", ["12/3", "บางพลี", "10540"]),
    ("số 12 đường Lê Lợi, phường 5, quận 1, TP Hồ Chí Minh", ["Lê Lợi", "Hồ Chí Minh"]),
    ("Jl. Merdeka No. 12 RT 03/RW 05, Kec. Coblong, Bandung 40132", ["Merdeka", "Coblong", "40132"]),
    ("г. Москва, ул. Ленина, д. 5, кв. 12, 101000", ["Москва", "Ленина", "101000"]),
    ("call me +1 (555) 123-4567 or mail joe.doe@mail.com", ["555", "4567", "joe.doe", "mail.com"]),
    ("meu zap é (11) 98765-4321", ["98765", "4321"]),
    ("mon tel 06 12 34 56 78 merci", ["12 34", "78"]),
    ("звоните 8 916 123-45-67 или +7 916 123 45 67", ["123-45-67", "123 45 67"]),
    ("電話は090-1234-5678です", ["1234"]),
    ("tel ٠٥٠١٢٣٤٥٦٧", ["٠٥٠١٢٣٤٥٦٧"]),
    ("card 4111 1111 1111 1111 exp soon", ["4111", "1111"]),
    ("携帯は０９０－１２３４－５６７８か090ー1234ー5678です", ["５６７８", "5678"]),
    ("メールは ａｎｎａ＠ｅｘａｍｐｌｅ．ｃｏｍ です", ["ａｎｎａ", "ｅｘａｍｐｌｅ"]),
    ("mi móvil es 612 345 678, gracias", ["612", "678"]),
    ("móvil: 912 34 56 78", ["912", "34 56"]),
    ("proszę dzwonić, tel. 501 234 567", ["501", "567"]),
    ("फोन ९८७६५ ४३२१० है", ["९८७६५", "४३२१०"]),
    ("call 98765 43210 please", ["98765", "43210"]),
    ("ul. Marszałkowska 10/5, 00-590 Warszawa", ["Marszałkowska", "10/5", "00-590", "Warszawa"]),
    ("abito in Via Roma 10, 20121 Milano", ["Roma", "20121", "Milano"]),
    ("1600 Pennsylvania Ave NW, Washington, DC 20500", ["Pennsylvania", "NW", "Washington", "20500"]),
    ("加我微信号：wang_1990 谢谢", ["wang_1990"]),
    ("whatsapp: +55.joao", ["joao"]),
    ("write to zoe.m (at) gmail dot com", ["zoe.m", "gmail"]),
    ("it is zoe.m at gmail dot com ok", ["zoe.m", "gmail"]),
    ("zoe [at] mail-box [dot] co [dot] uk", ["zoe", "mail-box"]),
    ("mi correo es ana.p arroba hotmail punto com", ["ana.p", "hotmail"]),
    ("giao đến 12 Nguyễn Trãi nhé", ["12", "Nguyễn Trãi"]),
    ("mình ở 45/6 Lê Văn Sỹ, Q.3 nha", ["45/6", "Lê Văn Sỹ"]),
    ("IBAN DE89 3704 0044 0532 0130 00 and that is it", ["DE89", "0532"]),
    ("gb82west12345698765432", ["gb82"]),
    ("身份证11010519491231002X", ["19491231"]),
    ("mi DNI es 12345678Z, NIE X1234567L", ["12345678Z", "X1234567L"]),
    ("codice fiscale RSSMRA85T10A562S", ["RSSMRA"]),
    ("CPF 529.982.247-25", ["529.982"]),
    ("SSN 123-45-6789, thanks", ["123-45", "6789"]),
    ("my passport no. E12345678 for customs", ["E12345678"]),
    ("我的护照号：G12345678，谢谢", ["G12345678"]),
    ("passport number: AB 1234567", ["AB 1", "4567"]),
    ("Reisepass C01X00T47", ["C01X00T47"]),
    ("паспорт 4509 123456", ["4509", "123456"]),
    ("パスポート番号はTK1234567です", ["TK1234567"]),
    ("マイナンバーは1234 5678 9012です", ["1234 5678", "9012"]),
    ("주민번호 900101-1234567", ["900101", "1234567"]),
    ("통관고유부호 P123456789012", ["P123456789012"]),
    ("CCCD số 001234567890", ["001234567890"]),
    ("PAN is ABCDE1234F, aadhaar number 1234 5678 9012", ["ABCDE1234F", "1234 5678"]),
    ("it is 2341 2341 2346", ["2341"]),
    ("NRIC S1234567D", ["S1234567D"]),
    ("collect with s1234567d or M1234567K", ["s1234567d", "M1234567K"]),
    ("KTP 3171 2345 6789 0123", ["3171", "0123"]),
    ("saya 3171236509900001 ya", ["3171236509900001"]),
    ("900101-2234567 입니다", ["2234567"]),
    ("บัตร 1-1018-00207-63-9", ["00207"]),
    ("Visa ending, exp 12/27 cvv 123", ["12/27", "123"]),
    ("信用卡有效期 12/27，安全码是 456", ["12/27", "456"]),
    ("Kerkstraat 12-3, 1017 GA Amsterdam", ["Kerkstraat", "12-3", "1017", "Amsterdam"]),
    ("stuur naar Prinsengracht 263", ["Prinsengracht", "263"]),
    ("Storgatan 5, 111 22 Stockholm", ["Storgatan", "111"]),
    ("Atatürk Cad. No:12 D:4 Kadıköy/İstanbul", ["Atatürk", "12", "D:4", "Kadıköy"]),
    ("House 12-3 Sector 21, Gurgaon", ["12-3", "Sector 21", "Gurgaon"]),
    ("Flat No. 4B, Sector 62, Noida 201301", ["4B", "62", "201301"]),
    ("Blk 123 #04-56 please", ["123", "04-56"]),
    ("Blk 9 Ang Mo Kio Ave 3 #04-56 Singapore 560123, 9123 4567", ["Ang Mo", "04-56", "560123", "9123", "4567"]),
    ("サンハイツ203号に送って", ["サンハイツ", "203"]),
    ("99/1 ถนนสุขุมวิท แขวงคลองเตย กรุงเทพฯ 10110", ["99/1", "สุขุมวิท", "คลองเตย", "10110"]),
    ("คอนโดลุมพินี ห้อง 12/3", ["ลุมพินี", "12/3"]),
    ("شارع الملك فهد، حي العليا، شقة 12، الرياض 12345", ["الملك", "العليا", "12", "12345"]),
    ("phone number is 9123 4567", ["9123", "4567"]),
    ("whatsapp 9123 4567", ["9123"]),
    ("手机号是 9123 4567", ["9123"]),
    ("add wxid_abc123def", ["abc123def"]),
    ("call nine one two three four five six seven", ["nine one", "six seven"]),
    ("es nueve uno dos tres cuatro cinco seis uno", ["nueve", "cinco"]),
    ("电话幺三八零零一三八零零零", ["三八零零", "一三八"]),
]
HARMLESS = [
    "I want to buy 2 of the same, any way to get a better price?",
    "it takes 5 days to drive and place it",
    "size 42 please, the road bike one",
    "我要两件，什么时候发货？",
    "quero 2 peças da cor azul",
    "Wie viel kostet der Versand nach Deutschland?",
    "how much for 100 pcs?",
    "I bought it via Amazon 2 days ago",
    "harga Rp 600.000 atau 100 000 000",
    "the tel is 5 inches, model 612-345",
    "サイズはＸＬ、色は赤です。２枚ください",
    "order 123-1234567-1234567 and 24-12345-67890, parcel RR123456785CN",
    "TikTok order 576461413038785752, tracking 110105194912310021",
    "Shopee 2411ABCD12EFGH, SKU 12345678A, X1234567A, ref DE88370400440532013000",
    "part 529.982.247-26, RSSMRA85T10A56",
    "look at gmail dot com, or meet me at home, see you at web today",
    "tôi mua 12 Áo Thun, 3 cái",
    "đơn hàng số 12 Áo Thun Nam",
    "passport cover 12345, passport XL 2 pcs, passport holder 2 pcs, 2024-01-02",
    "frying PAN 2024, PAN 28 cm, IC STM32F103C8, IC 7805",
    "order ID 12345678, transaction ID 5XY12345AB678901C",
    "expiry date 12/27 of this cream? 有效期 12/27 吗",
    "pesanan 3171236509900001 belum sampai, resi JP3171236509",
    "S1234567A, A1234567D, 2341 2341 2345 and 901301-1234567",
    "one two three four five six seven, 一二三四五六七",
    "buy one get one, two three or four five",
    "sector 7 poster, block 12 pcs, size S 100 pcs, order #04-56",
    "3 ชั้น สีขาว 2 อัน ราคา 250",
    "タワー3段の棚 2000円、ビルの模型",
    "call 3 times, contact lens 100 pcs, phone 15 pro 2024 case",
    "whatsapp? mobile 8000 mAh 2 pcs, 6.1 inches",
    "Agak mahal. 18 Mahlstufen",
    "Cadde 5 tane, mahalle değil, fiyat 250 TL",
    "شقة؟ السعر 250 ريال، الطلب 12345",
    "maat 42, prijs 12,50, bestelling 1017 stuks",
]


@pytest.mark.parametrize(("line", "secrets"), PRIVATE)
@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
def test_personal_data_is_hidden_and_comes_back(line: str, secrets: list[str], style: MarkStyle) -> None:
    masked = mask(line, style=style)
    assert [secret for secret in secrets if secret in masked.text] == []
    assert unmask(masked.text, masked) == (line, True)


@pytest.mark.parametrize("line", HARMLESS)
def test_plain_words_are_left_to_the_engine(line: str) -> None:
    assert mask(line).text == line


def test_names_of_the_order_are_hidden_whole_and_in_parts() -> None:
    names = ["Will Otero-Lang", "김민수", "王小明"]
    masked = mask("Will Otero-Lang here. otero-lang said he will wait; 김민수씨 和王小明在一起", names)
    for secret in ("Will ", "tero", "김민수", "王小明"):
        assert secret not in masked.text
    assert "he will wait" in masked.text, "a name that is an everyday word is only one when capitalised"
    assert mask("Mikes order for Mike", ["Mike"]).items == ("Mike",)


def test_marks_already_there_keep_their_numbers() -> None:
    text = "[[0]] and [[3]] to joe@mail.com, 12 Main Street, [[1]] Springfield"
    masked = mask(text)
    assert masked.first == 4
    assert masked.text.startswith("[[0]] and [[3]] to [[4]], [[5]]")
    assert "[[1]]" in masked.text
    answer = "给 [[4]] 的 [[0]] 和【【3】】在 [ [5] ] [[1]] Springfield"
    assert unmask(answer, masked)[0].startswith("给 joe@mail.com 的 [[0]] 和【【3】】在 12 Main Street")


@pytest.mark.parametrize("answer", ["nothing", "[[0]]", "[[0]] [[1]] [[1]]", "[[0]] [[1]] [[2]]"])
def test_a_lost_doubled_or_invented_mark_is_said(answer: str) -> None:
    masked = mask("joe@mail.com and +1 555 123 4567")
    assert len(masked.items) == 2
    assert unmask(answer, masked)[1] is False


def test_luhn() -> None:
    assert luhn("4111111111111111")
    assert not luhn("4111111111111112")


@given(st.text(max_size=80), st.lists(st.text(max_size=12), max_size=3))
def test_masking_is_always_undone(text: str, names: list[str]) -> None:
    masked = mask(text, names)
    if not BRACKETS.back.search(text):
        assert unmask(masked.text, masked) == (text, True)


@pytest.mark.parametrize(
    "unit",
    [
        "1",
        "1 a ",
        "中",
        "中国省市区路",
        "1-",
        "a@",
        "Ab-",
        "rua ",
        "서울시 ",
        "12 Main Street, Xy, ",
        "ต.",
        "A.",
        "ул. ",
        "DE89 3704 ",
        "a at gmail ",
        "số 12 Lê ",
        "passport no ",
        "one two ",
        "A. B. ",
        "Blk 1 ",
        "Cad. ",
        "ถนน",
        "Sector 1 ",
        "exp ",
        "ハ",
        "ا ",
        "\n",
    ],
)
def test_a_hostile_line_costs_little(unit: str) -> None:
    text = (unit * 20_000)[:20_000]
    start = time.process_time()
    mask(text, ["Mike Otero"])
    black_out(text, ("Mike Otero",), ())
    assert time.process_time() - start < 10, "two seconds are usual; without bounds these took over thirty"
