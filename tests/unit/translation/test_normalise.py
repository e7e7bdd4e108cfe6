"""Chat spelling as an engine should read it, and what must never be touched by that."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.translation.chat_rules import ChatRules, load
from companion.translation.guarded import translate_guarded
from companion.translation.normalise import normalise
from companion.translation.pipeline import Direction, cut, joined, ready
from companion.translation.protect import Known, Term, items_in

from .hostile import HostileEngine
from .stands import REPO

CHAT = ChatRules(REPO / "rules" / "chat")
WRITTEN = [
    ("en", "pls send asap thx u r sooooo goooood!!!!", "please send as soon as possible thanks you are so good!"),
    ("en", "WHERE IS MY ORDER?!?! I PAID", "where is my order? I paid"),
    ("en", "Thx!!! is it bnib??", "Thanks! is it brand new in box??"),
    ("pt", "qto fica o frete pra SP? vcs enviam hj?", "quanto fica o frete para SP? vocês enviam hoje?"),
    ("pt", "voce nao tem outro preco", "você não tem outro preço"),
    ("pt", "c/frete p/ casa", "com frete para casa"),
    ("es", "xq no llega mi pedido??? q paso xfa", "porque no llega mi pedido? que paso por favor"),
    ("es", "cuando el envio a mexico", "cuando el envío a México"),
    ("fr", "bjr svp c koi la taille dispo ?", "bonjour s'il vous plaît c'est quoi la taille disponible ?"),
    ("fr", "deja recu bcp", "déjà reçu beaucoup"),
    ("de", "Hallooo, koennen Sie zurueck schicken? lg", "Hallo, können Sie zurück schicken? Liebe Grüße"),
    ("ja", "めっちゃいいですねーーー！！", "とてもいいですねー！！"),
    ("ko", "어케 하나여 감사함다", "어떻게 하나요 감사합니다"),
    ("th", "สวยมากกกก ได้มั้ย", "สวยมาก ได้ไหม"),
    ("vi", "sp nay con hang ko? cam on", "sản phẩm nay còn hàng không? cảm ơn"),
    ("id", "kak brp ongkir ke jkt? mksh gan", "kakak berapa ongkos kirim ke Jakarta? terima kasih kakak"),
    ("ru", "спс, скока стоит? spasibo", "спасибо, сколько стоит? спасибо"),
    ("zh", "啥时候发货 谢谢哈！！！", "什么时候发货 谢谢！"),
    ("zh", "有木有啥时间", "有没有啥时间"),
    ("zh", "亲，这款还有吗", "您好，这款还有吗"),
    ("zh", "亲，您好，母亲，可以的亲", "您好，母亲，可以的亲"),
    ("en", "any wiggle room on price? lmk", "any room to negotiate on price? let me know"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "typed", "read"), WRITTEN)
def test_an_engine_reads_it_written_out(language: str, typed: str, read: str) -> None:
    assert ready(typed, Direction(language, "en", CHAT.of(language))).text == read


@pytest.mark.parametrize(
    ("language", "typed", "shown"),
    [
        ("en", "nice lol 😂", "翻译 哈哈 😂"),
        ("th", "สนใจค่ะ 5555", "翻译 哈哈"),
        ("th", "เบอร์ 555", "翻译"),
        ("ko", "ㅋㅋㅋ 언제 와요ㅠㅠ", "哈哈 翻译呜呜"),
        ("ru", "где заказ))", "翻译哈哈"),
        ("ru", "размер (42)", "翻译"),
        ("pt", "kkkkk gostei\nobrigado", "哈哈 翻译\n翻译"),
        ("id", "wkwkwk ready gan?", "哈哈 翻译"),
        ("en", "it broke T.T", "翻译 呜呜"),
        # no blank after the full stop is common, and no tears
        ("en", "great.thanks", "翻译"),
        ("es", "busco la shirt_tee", "翻译"),
    ],
)
def test_feelings_are_said_as_the_reader_would(language: str, typed: str, shown: str) -> None:
    parts = cut(typed, Direction(language, "zh", CHAT.of(language), CHAT.of("zh")))
    assert "".join(part.said for part in parts) == typed
    assert joined(parts, ["翻译" for part in parts if not part.keep]) == shown


def test_items_names_and_terms_are_never_normalised() -> None:
    known = Known(("Thx Pls",), (Term("SOOOO!! bag", "SOOOO!! bag"),))
    text = "pls https://u.com/pls/u thx_u_1 Thx Pls SOOOO!! bag #u12 thx"
    entry = ready(text, Direction("en", "zh", CHAT.of("en"), known=known))
    assert entry.items == ("https://u.com/pls/u", "thx_u_1", "Thx Pls", "SOOOO!! bag", "#u12")
    assert entry.text == "please [[0]] [[1]] [[2]] [[3]] [[4]] thanks"


@given(st.sampled_from(sorted(path.stem for path in (REPO / "rules" / "chat").glob("*.yml"))), st.text(max_size=80))
def test_any_text_is_cut_without_loss_and_its_items_stay(language: str, text: str) -> None:
    way = Direction(language, "zh", CHAT.of(language), CHAT.of("zh"))
    parts = cut(text, way)
    assert "".join(part.said for part in parts) == text
    for part in parts:
        if not part.keep:
            assert ready(part.said, way).items == tuple(item.value for item in items_in(part.said))


def test_the_original_is_never_altered_and_the_engine_never_sees_slang() -> None:
    seen: list[str] = []

    class Noted(HostileEngine):
        def translate_batch(self, texts: Sequence[str], source: str, target: str) -> list[str]:
            seen.extend(texts)
            return [f"请{text}" for text in texts]

    way = Direction("en", "zh", CHAT.of("en"), CHAT.of("zh"))
    text = "pls tell me asap 👍"
    (answer,) = translate_guarded(Noted(1), [text], "en", "zh", way)
    assert seen == ["please tell me as soon as possible"]
    assert answer.text.endswith(" 👍")
    assert text == "pls tell me asap 👍"


def test_a_faulty_file_is_left_out_and_named(tmp_path, caplog: pytest.LogCaptureFixture) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "en.yml").write_text("language: en\nwords: [1]\n", "utf-8")
    rules = ChatRules(tmp_path)
    assert normalise("pls", rules.of("en")) == "pls"
    assert "en.yml" in caplog.text
    assert rules.of("xx") == rules.of("../en")
    (tmp_path / "de.yml").write_text("language: de\nlanguage: de\n", "utf-8")
    with pytest.raises(ValueError, match=r"de\.yml:2"):
        load(tmp_path / "de.yml")


def test_a_long_hostile_line_costs_little() -> None:
    for unit in ("a", "!", "k", "5", "哈", "ㅋ", "A ", ")", "sooo ", "\n", "😂", "ha"):
        text = (unit * 20_000)[:20_000]
        for language in ("en", "th", "ko", "ru"):
            way = Direction(language, "zh", CHAT.of(language), CHAT.of("zh"))
            for part in cut(text, way):
                ready(part.said, way)
