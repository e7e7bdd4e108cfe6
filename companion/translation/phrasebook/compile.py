"""From the YAML people edit to what the matcher loads: done once per change of the files, then kept in a cache.

Reading 700 kB of YAML takes about a second and its objects many megabytes; the compiled form loads per language.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from .items import CLASSIFIERS, ItemFinder
from .shape import shape_of_entries, shape_of_slots
from .tokens import MARK, key_of, loose, tokenise

#: Raise when the compiled form or the way keys are made changes.
FORMAT = 7
#: Compiled books kept side by side.
_KEEP = 3
_SLOT = re.compile(r"\{([a-z]+2?)\}")
#: Slots that take free text when no typed item stands there.
FREE = frozenset({"item", "item2", "place", "place2"})
#: In these a question word may stand anywhere; in the others only among the first two words.
_ASK_ANYWHERE = frozenset({"zh", "ja", "ko", "th", "vi", "id", "ru"})


class Entry(msgspec.Struct, array_like=True, frozen=True):
    """What is common to an entry's sentences."""

    key: str
    by: str
    asks: bool
    #: Its times are written "{number}:00".
    hours: bool


class Variant(msgspec.Struct, array_like=True, frozen=True):
    """One sentence. ``slots`` says what each mark of ``words`` is: a slot, or "=" and its fixed meaning."""

    entry: int
    words: tuple[str, ...]
    slots: tuple[str, ...]
    #: Written with a question mark; holds a question word.
    marked: bool
    asks: bool
    free: bool


class LanguagePart(msgspec.Struct, array_like=True, frozen=True):
    """One language of the book: canonical sentence per entry, and all variants."""

    canonical: list[str]
    variants: list[Variant]


class Common(msgspec.Struct, array_like=True, frozen=True):
    """What all languages share."""

    entries: list[Entry]
    tables: dict[str, Any]
    words: dict[str, dict[str, Any]]
    languages: list[str]


def read_yaml(path: Path) -> Any:
    """Every scalar as text: in YAML's own reading "no" and "yes" would be truth values."""
    import yaml

    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    return yaml.load(path.read_text("utf-8"), loader)  # noqa: S506  builds text, lists and mappings only


def sources(folder: Path) -> list[Path]:
    """The files the book is made of, in a fixed order."""
    return [*sorted(folder.glob("*.yml")), *sorted((folder / "slots").glob("*.yml"))]


def fingerprint(folder: Path) -> str:
    """Changes with any byte of the files and with the compiled form."""
    digest = hashlib.sha256(f"phrasebook {FORMAT}".encode())
    for path in sources(folder):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:24]


def compile_book(folder: Path) -> tuple[Common, dict[str, LanguagePart]]:
    """Compile the YAML; raises ValueError naming file and entry when something cannot be used."""
    tables: dict[str, Any] = {"colour": {}, "place": {}, "date": {}}
    words: dict[str, dict[str, Any]] = {}
    for path in sorted((folder / "slots").glob("*.yml")):
        data = _sound(path, shape_of_slots)
        if data["kind"] == "words":
            words = data["languages"]
        else:
            tables[data["kind"]] = data.get("values") or data["languages"]
    find = ItemFinder(tables)
    entries: list[Entry] = []
    parts: dict[str, LanguagePart] = {}
    for path in sorted(folder.glob("*.yml")):
        for raw in _sound(path, shape_of_entries)["entries"]:
            languages = {name: texts for name, texts in raw.items() if name not in ("key", "by")}
            firsts = [texts[0] for texts in languages.values()]
            entries.append(
                Entry(
                    key=str(raw["key"]),
                    by=str(raw["by"]),
                    asks=any(re.search("[?？]", languages.get(name, [""])[0]) for name in ("zh", "en")),
                    hours=any("}:00" in text for text in firsts),
                )
            )
            for language, texts in languages.items():
                part = parts.setdefault(language, LanguagePart([], []))
                part.canonical.extend([""] * (len(entries) - 1 - len(part.canonical)))
                part.canonical.append(texts[0])
                for text in texts:
                    try:
                        part.variants.append(_variant(len(entries) - 1, text, language, find, words.get(language, {})))
                    except ValueError as exc:
                        raise ValueError(f"{path.name}: {raw['key']}: {language}: {exc}") from exc
    return Common(entries, tables, words, sorted(parts)), parts


def _sound(path: Path, shape: Callable[[Any], str]) -> Any:
    content = read_yaml(path)
    problem = shape(content)
    if problem:
        raise ValueError(f"{path.name}{problem}")
    return content


def _variant(entry: int, text: str, language: str, find: ItemFinder, words: dict[str, Any]) -> Variant:
    plain_text = text.replace("}:00", "}")
    classifier = CLASSIFIERS.get(language)
    if classifier:
        plain_text = re.sub(re.escape(classifier) + r"(?=\{colour)", "", plain_text, flags=re.IGNORECASE)
    tokens: list[str] = []
    slots: list[str] = []
    at = 0
    for match in _SLOT.finditer(plain_text):
        _literal(plain_text[at : match.start()], language, find, tokens, slots)
        tokens.append(MARK)
        slots.append(match[1])
        at = match.end()
    _literal(plain_text[at:], language, find, tokens, slots)
    if not tokens:
        raise ValueError(f"nothing to match in {text!r}")
    return Variant(
        entry=entry,
        words=tuple(tokens),
        slots=tuple(slots),
        marked=re.search("[?？]", text) is not None,
        asks=asks(tuple(tokens), language, words.get("ask", [])),
        free=any(slot in FREE for slot in slots),
    )


def _literal(text: str, language: str, find: ItemFinder, tokens: list[str], slots: list[str]) -> None:
    sentence = tokenise(text, language, find)
    tokens += sentence.words
    slots += ["=" + item.meaning for item in sentence.items]


def asks(words: tuple[str, ...], language: str, question_words: list[str]) -> bool:
    """Whether a question word makes it a question without a mark."""
    if language in ("zh", "ja", "ko", "th"):
        key = key_of(words, language)
        return any(word in key for word in question_words)
    where = words if language in _ASK_ANYWHERE else words[:2]
    if language == "vi" and words and words[-1] in ("không", "chưa", "ko", "k", "à", "hả", "hong"):
        return True
    return any(word in question_words for word in where)


def load_or_compile(folder: Path, cache: Path | None) -> tuple[Common, Callable[[str], LanguagePart]]:
    """The common part, and a function giving a language's part; from the cache when the files have not changed."""
    empty = LanguagePart([], [])

    def compiled() -> tuple[Common, dict[str, LanguagePart]]:
        common, parts = compile_book(folder)
        if place is not None:
            _keep(common, parts, place)
        return common, parts

    def read(language: str) -> LanguagePart:
        if place is not None and language in common.languages:
            try:
                return msgspec.msgpack.decode((place / language).read_bytes(), type=LanguagePart)
            except (OSError, msgspec.DecodeError):
                pass
        return compiled()[1].get(language, empty) if language in common.languages else empty

    place = cache / f"phrasebook-{fingerprint(folder)}" if cache else None
    if place is not None:
        try:
            common = msgspec.msgpack.decode((place / "common").read_bytes(), type=Common)
            return common, read
        except (OSError, msgspec.DecodeError):
            pass
    common, parts = compiled()
    if place is not None and (place / "common").is_file():
        return common, read
    return common, lambda language: parts.get(language, empty)


def _keep(common: Common, parts: dict[str, LanguagePart], place: Path) -> None:
    """Write the compiled book and drop older ones; a cache that cannot be written is done without."""
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=".phrasebook-", dir=place.parent))
        try:
            for language, part in parts.items():
                (fresh / language).write_bytes(msgspec.msgpack.encode(part))
            (fresh / "common").write_bytes(msgspec.msgpack.encode(common))
            shutil.rmtree(place, ignore_errors=True)
            fresh.replace(place)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
        # A few stay: an older companion, or another checkout, may be reading its own.
        kept = sorted(place.parent.glob("phrasebook-*"), key=lambda found: found.stat().st_mtime, reverse=True)
        for old in kept[_KEEP:]:
            shutil.rmtree(old, ignore_errors=True)
    except OSError:
        return


__all__ = ["Common", "Entry", "LanguagePart", "Variant", "compile_book", "fingerprint", "load_or_compile", "loose"]
