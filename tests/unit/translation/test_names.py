"""Names of buyers and consignees: none leaves, and none takes an ordinary sentence apart."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.translation.names import name_spans, whole_name
from companion.translation.names_said import names_said
from companion.translation.occurrences import merged
from companion.translation.privacy import mask, unmask
from companion.translation.protect import Known, items_in

#: A name that is a word, and lines that use it as one.
SENTENCES = [
    ("May", "May I return it?"),
    ("May", "I may keep it, but will it arrive in May?"),
    ("May", "Hi May I ask for a discount"),
    ("May", "Hello\nMay I have the tracking number"),
    ("Rose", "Do you have the rose one? Rose gold is nicer"),
    ("Rose Gold", "I want the rose gold ring"),
    ("Will Smith", "Will it fit? It will not"),
    ("Mark Rice", "There is a mark on the rice cooker. Mark my words"),
    ("Rosa Blanca", "quiero la rosa, no la blanca"),
    ("Hope", "I hope it comes soon. Hope you can help"),
    ("Vera", "Hola"),
]
#: The same names where the line names somebody.
PEOPLE = [
    ("May", "thanks, May"),
    ("May", "Hi May, it was sent today"),
    ("May", "May, where is my order?"),
    ("May", "Please send it again.\nMay 🙂"),
    ("Rose", "my name is Rose and I ordered a lamp"),
    ("Rose", "Dear Rose we are sorry"),
    ("Rose Gold", "This is for Rose Gold"),
    ("Will Smith", "Best regards\nWill"),
    ("Will Smith", "I am Will Smith"),
]


@pytest.mark.parametrize(("name", "line"), SENTENCES)
def test_a_name_that_is_a_word_leaves_sentences_whole(name: str, line: str) -> None:
    assert mask(line, [name]).text == line
    assert mask(line, elsewhere=[name]).text == line
    assert items_in(line, known=Known(names=(name,))) == [], "nor does it keep the word from an offline engine"


@pytest.mark.parametrize(("name", "line"), PEOPLE)
def test_where_it_is_used_as_a_name_it_is_hidden(name: str, line: str) -> None:
    masked = mask(line, [name])
    assert not set(name.split()) & set(masked.text.replace(",", " ").split())
    assert unmask(masked.text, masked) == (line, True)


@pytest.mark.parametrize(
    ("name", "line", "hidden"),
    [
        ("José María Núñez", "soy josé, envíe a María Núñez", ["josé", "María", "Núñez"]),
        ("王小明", "收件人王小明，谢谢", ["王小明"]),
        ("王明", "我是王明", ["王明"]),
        ("佐藤 花子", "佐藤です。花子 佐藤 花子", ["佐藤", "花子", "佐藤 花子"]),
        ("김민수", "김민수씨 안녕하세요", ["김민수"]),
        ("Олег Петров", "это Петров, олег петров", ["Петров", "олег петров"]),
        ("A.*(b+)+$ [x]", "A.*(b+)+$ [x] wrote", ["A.*(b+)+$ [x]"]),
        ("O'Neil-Smith Jr.", "for O'Neil-Smith Jr. please", ["O'Neil-Smith Jr."]),
        ("+55 (11) 98765-4321", "ligue 5511987654321 ou 55 11 98765 4321", ["5511987654321", "55 11 98765 4321"]),
        ("Flat 3 Rose Court", "it goes to flat 3  rose court, ok?", ["flat 3  rose court"]),
    ],
)
def test_names_of_many_scripts_and_hostile_ones(name: str, line: str, hidden: list[str]) -> None:
    assert [line[slice(*span)] for span in merged(name_spans(line, [name]))] == hidden


@pytest.mark.parametrize("name", ["", " ", "a", "X", "王", "7", "42", "1234", "...", "()", "🙂", "\n", "[[0]]"])
def test_what_is_nobodys_name_hides_nothing(name: str) -> None:
    line = "a X 王先生 7 days, 42 pieces, 1234 ... () 🙂"
    assert name_spans(line, [name], [name]) == []


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("Ana", "Ana asked"),
        ("王明", "国王明天来"),
        ("Rose May", "Rose May came"),
        ("佐藤", "佐藤さん"),
        ("12345", "order 12345"),
    ],
)
def test_people_of_other_orders_are_only_looked_for_where_it_can_be_nobody_else(name: str, line: str) -> None:
    assert name_spans(line, [], [name]) == []


@pytest.mark.parametrize(
    ("name", "line"), [("Ana Prado", "ANA PRADO bought it"), ("欧阳小明", "欧阳小明的"), ("김민수", "김민수씨")]
)
def test_people_of_other_orders_are_hidden_whole(name: str, line: str) -> None:
    assert len(name_spans(line, [], [name])) == 1
    assert name_spans(line.split()[0][:2], [], [name]) == [], "but never by a part"


@given(st.text(max_size=120), st.lists(st.text(max_size=30), max_size=4), st.lists(st.text(max_size=30), max_size=4))
def test_whatever_the_names_are_every_span_is_one_of_the_text(
    text: str, names: list[str], elsewhere: list[str]
) -> None:
    assert all(0 <= start < end <= len(text) for start, end in name_spans(text, names, elsewhere))


def test_many_long_names_cost_little() -> None:
    names = [f"{'Aa' * 100} {n}x" for n in range(200)] + ["A a " * 50, "b" * 200]
    line = ("Aa" * 2_000) + " may rose " * 500
    begun = time.process_time()
    name_spans(line, names, names)
    assert time.process_time() - begun < 5, "usually 0.1 s"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Where is it?\nKind regards,\nAnna Maria", ("Anna Maria",)),
        ("It came broken. Thanks\n\nJohn.", ("John",)),
        ("Viele Grüße\nJürgen Groß", ("Jürgen Groß",)),
        ("Hello, my name is Ana Prado and I ordered", ("Ana Prado",)),
        ("hola me llamo Ana", ("Ana",)),
        ("меня зовут Олег", ("Олег",)),
        ("我叫王小明，收件人是李四", ("王小明", "李四")),
        ("收件人张伟", ("张伟",)),
        ("收货人陈小红电话13800138000", ("陈小红",)),
        ("收件人不在家，收件人地址写错了，收件人何时收到", ()),
        ("Thanks\nok", ()),
        ("Thanks for the help\nSee You", ()),
        ("I want two\nBlue", ()),
        ("Blue", ()),
        ("my name is not on the parcel", ()),
        ("Thanks\nPlease send it to my office tomorrow", ()),
        ("", ()),
    ],
)
def test_only_a_name_given_with_certainty_is_taken(text: str, names: tuple[str, ...]) -> None:
    assert names_said([text]) == names


def test_each_name_once_in_the_order_given() -> None:
    assert names_said(["my name is Zoe", "Thanks\nAna", "Regards\nZoe"]) == ("Zoe", "Ana")


def test_a_whole_name_ignores_gaps() -> None:
    assert whole_name("for  Ana\nPrado!", " Ana  Prado ") == [(5, 14)]


@pytest.mark.parametrize(
    ("name", "line", "hidden"),
    [
        ("Zoë Müller", "it is for Zoe Muller", ["Zoe Muller"]),
        ("Zoë Müller", "ZOE MUELLER ordered", ["ZOE MUELLER"]),
        ("Zoë Müller", "ask muller or Mueller", ["muller", "Mueller"]),
        ("Zoe Muller", "für Zoë Müller", ["Zoë Müller"]),
        ("Jürgen Groß", "Juergen Gross", ["Juergen Gross"]),
        ("Łukasz Żółw", "Lukasz Zolw", ["Lukasz Zolw"]),
        ("Nguyễn Trãi", "gửi cho nguyen trai nhé", ["nguyen trai"]),
        ("Trương Văn Đức", "anh Truong đây", ["Truong"]),
        ("Trương Văn Đức", "gần trường, truong hoc, một trường", []),
        ("Lê Hòa", "lễ ở hoa viên, le hơn", []),
        ("José Sol", "jose? no, solo el sol", []),
    ],
)
def test_a_name_is_known_without_its_accents(name: str, line: str, hidden: list[str]) -> None:
    assert [line[slice(*span)] for span in merged(name_spans(line, [name]))] == hidden
