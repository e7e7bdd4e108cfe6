"""How well the phrasebook matches, over the whole book: it finds its own sentences and never says the opposite."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest

from companion.translation.phrasebook.book import Phrasebook
from companion.translation.phrasebook.compile import read_yaml
from companion.translation.phrasebook.values import fill

from .paraphrases import PARAPHRASES, TRAP

REPO = Path(__file__).resolve().parents[2]
PHRASES = REPO / "rules" / "phrases"
FILES = sorted(PHRASES.glob("*.yml"))
LANGUAGES = ["zh", "en", "es", "pt", "de", "fr", "ja", "ko", "th", "vi", "id", "ru"]
SAYS = {"buyer": "read", "seller": "write", "both": ""}
#: Greetings and thanks around a sentence are answered too.
COURTESY = {"hello", "thank-you", "good-morning", "good-evening"}


def _sample(book: Phrasebook, language: str) -> dict[str, str]:
    """One value per slot, as somebody writing that language would put it."""
    tables = book._ready().tables
    return {
        "order": "250817ABC12XYZ",
        "order2": "580123456789012345",
        "item": "iPhone 15 case",
        "item2": "USB-C cable",
        "size": "XL",
        "size2": "M",
        "colour": tables["colour"]["red"][language][0],
        "colour2": tables["colour"]["black"][language][0],
        "number": "3",
        "number2": "18",
        "price": "$20",
        "price2": "$35.50",
        "date": "12/25",
        "date2": "2026-03-05",
        "place": tables["place"]["br"][language][0],
        "place2": tables["place"]["de"][language][0],
    }


def _sentences() -> Iterator[tuple[str, str, str, str]]:
    """(key, by, language, sentence) of the whole book."""
    for path in FILES:
        for entry in read_yaml(path)["entries"]:
            for language in LANGUAGES:
                for text in entry[language]:
                    yield entry["key"], entry["by"], language, text


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_files_fit_the_schema(path: Path) -> None:
    schema = json.loads((REPO / "rules" / "schemas" / "phrases.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(schema).validate(read_yaml(path))


def test_the_schema_refuses_what_the_loader_could_not_use() -> None:
    schema = json.loads((REPO / "rules" / "schemas" / "phrases.schema.json").read_text("utf-8"))
    good = read_yaml(FILES[0])
    check = jsonschema.Draft202012Validator(schema)
    for change in (
        {"by": "nobody"},
        {"en": []},
        {"en": ["has {slot}"]},
        {"en": ["open {brace"]},
        {"key": "Bad Key"},
        {"it": ["x"]},
    ):
        entry = {**good["entries"][0], **change}
        assert not check.is_valid({"topic": "x", "entries": [entry]}), change


def test_the_book_is_as_big_as_promised(book: Phrasebook) -> None:
    assert book.size() >= 800
    assert set(book.languages()) == set(LANGUAGES)


def test_every_sentence_finds_its_own_entry(book: Phrasebook) -> None:
    lost, total = [], 0
    for key, by, language, text in _sentences():
        total += 1
        said = fill(text, _sample(book, language), language)
        found = book.exact(said, language, "zh" if language != "zh" else "en", SAYS[by])
        if found is None or found.keys != (key,):
            lost.append((key, language, said, found and found.keys))
    assert total > 20_000
    assert lost == []


def test_values_arrive_in_every_language(book: Phrasebook) -> None:
    wrong = []
    for path in FILES:
        for entry in read_yaml(path)["entries"]:
            if "{" not in entry["zh"][0]:
                continue
            said = fill(entry["zh"][0], _sample(book, "zh"), "zh")
            for language in LANGUAGES[1:]:
                found = book.exact(said, "zh", language, SAYS[entry["by"]])
                wanted = fill(entry[language][0], _sample(book, language), language)
                if found is None or found.text != wanted:
                    wrong.append((entry["key"], language, wanted, found and found.text))
    assert wrong == []


@pytest.mark.parametrize("kind", ["colour", "place"])
def test_every_colour_and_country_is_understood_and_said(book: Phrasebook, kind: str) -> None:
    """Through a sentence of the book, from each language into Chinese and back."""
    tables = book._ready().tables[kind]
    key = {"colour": "colour-in-stock", "place": "do-you-ship-to-place"}[kind]
    entry = next(e for path in FILES for e in read_yaml(path)["entries"] if e["key"] == key)
    wrong = []
    for meaning, names in tables.items():
        assert set(names) == set(LANGUAGES), f"{meaning} is not in all languages"
        for language in LANGUAGES[1:]:
            for name in names[language]:
                found = book.exact(fill(entry[language][0], {kind: name}, language), language, "zh", "read")
                if found is None or found.text != fill(entry["zh"][0], {kind: names["zh"][0]}, "zh"):
                    wrong.append((meaning, language, name, found and found.text))
    assert wrong == []


def test_colour_and_country_names_mean_one_thing(book: Phrasebook) -> None:
    for kind in ("colour", "place"):
        for language in LANGUAGES:
            names = [n.casefold() for table in book._ready().tables[kind].values() for n in table[language]]
            assert [name for name, count in Counter(names).items() if count > 1] == []


# -- never the opposite ------------------------------------------------------------------------------------------


def _outcome(book: Phrasebook, language: str, text: str, keys: tuple[str, ...] | None) -> str:
    target, purpose = ("en", "write") if language == "zh" else ("zh", "read")
    found = book.near(text, language, target, purpose)
    if found is None:
        return "silent" if keys is TRAP else "none"
    if keys is TRAP or not set(keys) <= set(found.keys) or not set(found.keys) - set(keys) <= COURTESY:
        return "wrong"
    return found.match


def test_paraphrases_are_answered_rightly_or_not_at_all(book: Phrasebook) -> None:
    outcomes = [(_outcome(book, language, text, keys), language, text) for language, text, keys in PARAPHRASES]
    counted = Counter(outcome for outcome, _language, _text in outcomes)
    assert [entry for entry in outcomes if entry[0] == "wrong"] == []
    answered = counted["exact"] + counted["near"]
    assert answered >= 0.75 * (answered + counted["none"]), counted


def test_a_negation_put_anywhere_never_leaves_the_answer_as_it_was(book: Phrasebook) -> None:
    """Over a sixteenth of the book: "not" at every place of a sentence; the answer may vanish but not stay the same."""
    negations = {
        "en": "not", "es": "no", "pt": "não", "de": "nicht", "fr": "pas", "id": "tidak", "ru": "не", "vi": "đừng",
        "zh": "不", "ja": "ない", "ko": "안", "th": "ไม่",
    }  # fmt: skip
    same, tried = [], 0
    for number, (key, by, language, text) in enumerate(_sentences()):
        if number % 16:
            continue
        said = fill(text, _sample(book, language), language)
        spaced = language not in ("zh", "ja", "th")
        pieces = said.split(" ") if spaced else list(said)
        step = 1 if spaced else max(1, len(pieces) // 6)
        for place in range(0, len(pieces) + 1, step):
            turned = (" " if spaced else "").join([*pieces[:place], negations[language], *pieces[place:]])
            tried += 1
            target = "zh" if language != "zh" else "en"
            before, found = book.near(said, language, target, SAYS[by]), book.near(turned, language, target, SAYS[by])
            if found and before and found.text == before.text:
                same.append((key, language, turned, found.text))
    assert tried > 2500
    assert same == []


def test_a_negation_taken_away_never_leaves_the_answer_as_it_was(book: Phrasebook) -> None:
    words = book._ready().words
    own = {(language, text) for _key, _by, language, text in _sentences()}
    same, tried = [], 0
    for key, by, language, text in _sentences():
        if language in ("zh", "ja", "ko", "th"):
            tokens, glue = list(text), ""
            turns = [i for i, token in enumerate(tokens) if token in ("不", "没", "未", "안", "못")]
        else:
            tokens, glue = text.split(" "), " "
            turns = [i for i, token in enumerate(tokens) if token.casefold().strip(",.?!") in words[language]["not"]]
        for place in turns:
            # "ne" goes unsaid in French; at the end of an Indonesian or Vietnamese question "not" is only its mark.
            if tokens[place] == "ne" or (language in ("id", "vi") and place >= len(tokens) - 2):
                continue
            turned = glue.join(tokens[:place] + tokens[place + 1 :])
            if (language, turned) in own or not turned.strip():
                continue
            tried += 1
            said = fill(turned, _sample(book, language), language)
            found = book.near(said, language, "zh" if language != "zh" else "en", SAYS[by])
            if found and key in found.keys:
                same.append((key, language, turned, found.text))
    assert tried > 200
    assert same == []


def test_a_changed_number_is_never_carried_as_the_old_one(book: Phrasebook) -> None:
    for key, by, language, text in _sentences():
        if "{number}" not in text:
            continue
        sample = _sample(book, language) | {"number": "47", "number2": "112"}
        found = book.near(fill(text, sample, language), language, "zh" if language != "zh" else "en", SAYS[by])
        assert found is None or "47" in found.text, (key, language)


# -- cost --------------------------------------------------------------------------------------------------------


#: What a word-for-word engine gets wrong, as people type it: (text, language, side, into, key of what it says).
IDIOMS = [
    ("能不能便宜点", "zh", "write", "en", "can-it-be-cheaper"),
    ("包邮吗", "zh", "write", "en", "is-shipping-free"),
    ("亲", "zh", "write", "en", "hello"),
    ("亲，您好", "zh", "write", "en", "hello"),
    ("发什么快递", "zh", "write", "en", "which-carrier"),
    ("在的亲，有什么可以帮您", "zh", "write", "en", "seller-i-am-here"),
    ("any wiggle room on price?", "en", "read", "zh", "can-it-be-cheaper"),
    ("is there any wiggle room", "en", "read", "zh", "can-it-be-cheaper"),
    ("ship to?", "en", "read", "zh", "which-countries-do-you-ship-to"),
    ("Ship to Canada?", "en", "read", "zh", "do-you-ship-to-place"),
    ("item was DOA", "en", "read", "zh", "dead-on-arrival"),
    ("DOA", "en", "read", "zh", "dead-on-arrival"),
    ("brand new in box", "en", "read", "zh", "is-it-brand-new"),
    ("¿me haces una rebaja?", "es", "read", "zh", "can-it-be-cheaper"),
]


@pytest.mark.parametrize(("text", "language", "side", "into", "key"), IDIOMS)
def test_idioms_are_known(book: Phrasebook, text: str, language: str, side: str, into: str, key: str) -> None:
    found = book.exact(text, language, into, side)
    assert found is not None
    assert found.keys == (key,)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("谢谢，感谢支持", "Thank you!"),
        ("您好，欢迎光临", "Hello and welcome! How can we help you?"),
        ("有货的，可以直接拍，今天发货", "Yes, it's in stock and you can order now. We will ship your order today."),
    ],
)
def test_nothing_is_said_twice(book: Phrasebook, text: str, told: str) -> None:
    found = book.exact(text, "zh", "en", "write")
    assert found is not None
    assert found.text == told


def test_what_the_engine_must_read_for_itself_is_left_to_it(book: Phrasebook) -> None:
    for text in ("i got it", "It's not DOA", "not brand new in box", "any wiggle room on shipping?", "ship to"):
        assert book.exact(text, "en", "zh", "read") is None, text
    assert book.exact("母亲", "zh", "en", "write") is None


def test_loading_the_compiled_book_is_cheap(book: Phrasebook, compiled: Path) -> None:
    """Two languages, as a thread needs them: 3 MB, and nothing that only compiling needs."""
    book.size()
    code = (
        "import sys, tracemalloc; from pathlib import Path\n"
        "from companion.translation.phrasebook.book import Phrasebook\n"
        "import companion.translation.phrasebook.compile\n"
        "tracemalloc.start(); book = Phrasebook(Path('rules/phrases'), Path(sys.argv[1]))\n"
        "book.exact('Where is my package?', 'en', 'zh')\n"
        "print(tracemalloc.get_traced_memory()[0] / 1e6, 'yaml' in sys.modules)\n"
    )
    env = {**os.environ, "PYTHONPATH": str(REPO)}
    command = [sys.executable, "-c", code, str(compiled)]
    run = subprocess.run(command, cwd=REPO, env=env, capture_output=True, text=True, check=True, timeout=120)
    megabytes, compiling = run.stdout.split()
    assert float(megabytes) < 15
    assert compiling == "False"
