"""Which lines close a conversation, in twelve languages, and which only look so."""

from __future__ import annotations

from pathlib import Path

import pytest

from companion.marketplaces import rules_dir
from companion.translation.closings import LONGEST, ClosingWords


@pytest.fixture(scope="module")
def words() -> ClosingWords:
    return ClosingWords(rules_dir())


@pytest.mark.parametrize(
    "line",
    [
        "Thanks!", "ok", "OK thanks 👍", "👍", "🙏🏽🙏🏽", "❤️", "thank you so much!! 🙏", "thanksss",
        "Great, thank you",
        "got it, thx", "谢谢亲", "好的，谢谢老板", "ok\ngracias amigo", "Muito obrigada!", "Danke Ihnen, schönen Tag",
        "Merci beaucoup, bonne journée !", "ありがとうございます！", "네, 감사합니다", "ขอบคุณครับ 🙏", "cảm ơn shop ạ",
        "makasih kak", "Большое спасибо!", "ｔｈａｎｋｓ", "No thanks",
    ],
)  # fmt: skip
def test_lines_that_ask_nothing(words: ClosingWords, line: str) -> None:
    assert words.only_thanks(line)


@pytest.mark.parametrize(
    "line",
    [
        "", " ", "...", "?", "ok?", "谢谢？", "😡", "👎", "👍 ❓", "thanks but where is it",
        "thanks, can you ship today",
        "ok, please send", "ok 2", "123", "sir", "亲", "great", "yes", "谢谢，什么时候发货", "no", "not ok",
        "thanks 😡",
        "gracias pero no llegó", "ok thanks " * 20, "x" * (LONGEST + 1), "tha nks",
    ],
)  # fmt: skip
def test_lines_that_may_ask_something(words: ClosingWords, line: str) -> None:
    assert not words.only_thanks(line)


def test_a_marketplace_that_counts_them_is_known(words: ClosingWords) -> None:
    assert words.counted("amazon")
    assert not words.counted("shopee")


def test_faulty_rules_close_nothing(tmp_path: Path) -> None:
    assert not ClosingWords(tmp_path).only_thanks("thanks")
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "closings.yml").write_text("phrases: {thanks: [", "utf-8")
    assert not ClosingWords(tmp_path).counted("amazon")
