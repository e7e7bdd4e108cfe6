"""What a file that leaves the house hides beyond what a remote engine is not shown: people with a title, initials."""

from __future__ import annotations

import pytest

from companion.conversations.cells import BAR
from companion.translation.masking import black_out
from companion.translation.privacy import mask


@pytest.mark.parametrize(
    ("line", "hidden"),
    [
        ("Frau Petra Schneider hat bestellt", f"Frau {BAR} hat bestellt"),
        ("Herr von Thun", f"Herr {BAR}"),
        ("Dear Mr Lopez, your order 113-1", f"Dear Mr {BAR}, your order 113-1"),
        ("for Mr. J. Smith", f"for Mr. {BAR}"),
        ("Sra. María del Carmen", f"Sra. {BAR}"),
        ("Hi Mrs. O'Neil", f"Hi Mrs. {BAR}"),
        ("signed A. M. Lopez", f"signed {BAR}"),
        ("from A M Lopez", f"from {BAR}"),
        ("佐藤さん、こんにちは", f"{BAR}さん、こんにちは"),
        ("鈴木花子様", f"{BAR}様"),
        ("王先生您好", f"{BAR}先生您好"),
        ("김민수님 안녕하세요", f"{BAR}님 안녕하세요"),
        ("ผู้รับ คุณสมชาย", f"ผู้รับ คุณ{BAR}"),
        ("คุณสมชาย ใจดี", f"คุณ{BAR}"),
        ("นาย สมชาย ใจดี", f"นาย {BAR}"),
    ],
)
def test_a_name_with_a_title_is_hidden_and_the_title_stays(line: str, hidden: str) -> None:
    assert black_out(line, (), ()) == hidden


@pytest.mark.parametrize(
    "line",
    [
        "Mr Coffee filter, Mrs. Meyers soap, Miss Dior, Ms Office, Baju Ibu Hamil",
        "miss you, Ms, Sr. 5, Don't do that, Frau",
        "at 10 A.M. Monday, U.S. Size 8, P.S. Please hurry, L.L. Bean",
        "L M XL, size S M Blue, A B C",
        "お客様、皆様、お母さん、仕様と模様、王様",
        "什么先生，请问女士款有吗，小姐姐",
        "고객님, 사장님, 판매자님",
        "คุณพูดจาไม่สุภาพ",
        "คุณภาพดี ขอบคุณ ครับ คุณส่งของ วันไหน คุณ ช่วยเช็ค หน่อย",
        "order 576461413038785752, 113-1234567-1234567, RR123456785CN, 12.50 €, 2026-09-01, 42 EU",
        "订单 240901ABCD1234，运单 SF1234567890123，¥25.00，9月1日",
    ],
)
def test_what_only_looks_like_a_name_or_is_needed_stays(line: str) -> None:
    assert black_out(line, (), ()) == line


def test_a_remote_engine_sees_titles_whole() -> None:
    line = "Frau Petra Schneider, do you have the Dr. Martens?"
    assert mask(line).text == line
