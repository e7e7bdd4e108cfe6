"""Format checks for the shipped phrasebook, rules/phrases/*.yml.

Every file holds one topic: `topic` and `entries`. An entry has a `key` (its
name, unique over the whole book), `by` (who says it) and one list of strings
per language. The name is called `key` because `id` is the code of Indonesian.
"""

import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest
import yaml

PHRASES = Path(__file__).resolve().parents[2] / "rules" / "phrases"
FILES = sorted(PHRASES.glob("*.yml"))
LANGS = ["zh", "en", "es", "pt", "de", "fr", "ja", "ko", "th", "vi", "id", "ru"]
SPEAKERS = {"buyer", "seller", "both"}
KINDS = {"order", "item", "size", "colour", "number", "price", "date", "place"}
LEGAL_SLOTS = KINDS | {kind + "2" for kind in KINDS}
MAX_CHARS = 200
MIN_ENTRIES = 800

KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
SLOT = re.compile(r"\{([^{}]*)\}")
URL = re.compile(r"https?:|://|www\.|[a-z0-9-]\.(com|net|org|cn|io|shop|co|me)\b", re.I)
EMAIL = re.compile(r"[^\s@]+@[^\s@]+")


class UniqueKeyLoader(yaml.CSafeLoader):
    """Loader that refuses a key given twice in one mapping."""

    def construct_mapping(self, node, deep=False):
        seen = set()
        for key_node, _ in node.value:
            if key_node.value in seen:
                line = key_node.start_mark.line + 1
                raise yaml.YAMLError(f"line {line}: key {key_node.value!r} given twice")
            seen.add(key_node.value)
        return super().construct_mapping(node, deep)


def load(path):
    return yaml.load(path.read_text(encoding="utf-8"), Loader=UniqueKeyLoader)


def normalise(text):
    """Fold what the matcher ignores: case, accents, punctuation and spaces."""
    text = SLOT.sub(lambda m: f"slot{m.group(1)}tols", text)
    text = unicodedata.normalize("NFKD", text).casefold().replace("đ", "d")
    kept = []
    for char in text:
        if "\u0300" <= char <= "\u036f":  # accents of Latin and Cyrillic letters
            continue
        if unicodedata.category(char)[0] in "LMN":
            kept.append(char)
    return "".join(kept)


def book():
    for path in FILES:
        for entry in load(path)["entries"]:
            yield path, entry


def strings(entry):
    for lang in LANGS:
        for text in entry.get(lang) or []:
            yield lang, text


def where(path, entry):
    return f"{path.name}: {entry.get('key')}"


def test_there_are_files():
    assert FILES


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_file_shape(path):
    data = load(path)
    assert list(data) == ["topic", "entries"]
    assert data["topic"] == path.stem
    assert data["entries"]


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_entry_shape(path):
    wrong = []
    for entry in load(path)["entries"]:
        if list(entry) != ["key", "by", *LANGS]:
            wrong.append(f"{where(path, entry)}: keys {list(entry)}")
            continue
        if not isinstance(entry["key"], str) or not KEY.fullmatch(entry["key"]):
            wrong.append(f"{where(path, entry)}: key is not kebab-case")
        if entry["by"] not in SPEAKERS:
            wrong.append(f"{where(path, entry)}: by {entry['by']!r}")
        for lang in LANGS:
            texts = entry[lang]
            if not isinstance(texts, list) or not texts:
                wrong.append(f"{where(path, entry)}: {lang} is not a filled list")
            elif not all(isinstance(t, str) and t.strip() for t in texts):
                wrong.append(f"{where(path, entry)}: {lang} has an empty or non-string item")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_slots(path):
    wrong = []
    for entry in load(path)["entries"]:
        expected = Counter(SLOT.findall(entry["en"][0]))
        for lang, text in strings(entry):
            found = Counter(SLOT.findall(text))
            if not set(found) <= LEGAL_SLOTS:
                wrong.append(f"{where(path, entry)}: {lang} {text!r}: unknown slot")
            if found != expected:
                wrong.append(f"{where(path, entry)}: {lang} {text!r}: slots {dict(found)}")
            if any(count > 1 for count in found.values()):
                wrong.append(f"{where(path, entry)}: {lang} {text!r}: slot used twice")
            if re.search(r"[{}]", SLOT.sub("", text)):
                wrong.append(f"{where(path, entry)}: {lang} {text!r}: stray brace")
            if re.search(r"\}\s*\{", text):
                wrong.append(f"{where(path, entry)}: {lang} {text!r}: nothing between two slots")
        for slot in expected:
            if slot.endswith("2") and slot[:-1] not in expected:
                wrong.append(f"{where(path, entry)}: {{{slot}}} without {{{slot[:-1]}}}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_strings_are_clean(path):
    wrong = []
    for entry in load(path)["entries"]:
        for lang, text in strings(entry):
            place = f"{where(path, entry)}: {lang} {text!r}"
            if len(text) > MAX_CHARS:
                wrong.append(f"{place}: {len(text)} characters")
            if any(unicodedata.category(c) in ("Cc", "Cf", "Co", "Cn", "Cs") for c in text):
                wrong.append(f"{place}: control or format character")
            if text != text.strip() or "  " in text:
                wrong.append(f"{place}: stray spaces")
            if text != unicodedata.normalize("NFC", text):
                wrong.append(f"{place}: not NFC")
            if URL.search(text) or EMAIL.search(text):
                wrong.append(f"{place}: address")
            if not normalise(SLOT.sub("", text)):
                wrong.append(f"{place}: nothing to recognise beside the slots")
    assert not wrong, "\n".join(wrong)


def test_keys_are_unique():
    places = {}
    for path, entry in book():
        places.setdefault(entry["key"], []).append(path.name)
    assert not {key: names for key, names in places.items() if len(names) > 1}


def test_no_string_belongs_to_two_entries():
    owners = {}
    for path, entry in book():
        for lang, text in strings(entry):
            owners.setdefault((lang, normalise(text)), {}).setdefault(where(path, entry), text)
    clashes = [f"{lang}: {entries}" for (lang, _), entries in owners.items() if len(entries) > 1]
    assert not clashes, "\n".join(clashes)


def test_whole_book_is_large_enough():
    entries = [entry for _, entry in book()]
    assert len(entries) >= MIN_ENTRIES
    said_by = Counter(entry["by"] for entry in entries)
    assert said_by["buyer"]
    assert said_by["seller"]
