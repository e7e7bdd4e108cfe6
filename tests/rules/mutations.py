"""Ways a back-end changes overnight, done to a saved page. Each takes the page and a die and gives another page."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import yaml
from lxml import html

from companion.marketplaces import rules_dir

_STRICT = "html head body table thead tbody tfoot tr colgroup ul ol dl select optgroup picture video svg template ruby"
_OWN = (
    "html head body meta title link style tr td th thead tbody tfoot col colgroup caption li dt dd option optgroup"
    " source path svg g use template slot legend summary"
)
_WORDS = "p span a b i em strong small label button h1 h2 h3 h4 h5 h6 pre code u s q time sub sup"
#: Elements that take only certain children, that stand only in certain ones, and that hold words.
_KEEPS_CHILDREN, _NEVER, _INLINE = (frozenset(names.split()) for names in (_STRICT, _OWN, _WORDS))
_BLOCKS = frozenset(("div", "ul", "ol", "table", "tbody", "tr", "section", "main", "body"))
_SPACED = frozenset(("pre", "textarea"))
_SUFFIX = re.compile(r"(?<=[-_])(?=[A-Za-z0-9]*\d)[A-Za-z0-9]{2,10}$|(?<=__)(?=[a-z]*[A-Z0-9])[A-Za-z0-9]{4,8}$")
_HASHED = re.compile(r"^(?:(?=[A-Za-z0-9_-]*\d)(?=[A-Za-z0-9_-]*[a-zA-Z])[A-Za-z0-9_]{5,12})$")
_SHOWN = ("aria-label", "placeholder", "title", "alt")


def changed(markup: str, change: Callable[[Any], None]) -> str:
    """The page with a change done to its tree and to the trees of its frames."""
    tree = html.document_fromstring(markup)
    for frame in tree.iter("iframe"):
        if frame.get("srcdoc"):
            frame.set("srcdoc", changed(frame.get("srcdoc"), change))
    change(tree)
    return "<!DOCTYPE html>" + html.tostring(tree, encoding="unicode")


def _elements(tree: Any) -> Iterator[Any]:
    return (element for element in tree.iter() if isinstance(element.tag, str))


def _word(dice: random.Random) -> str:
    letters = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ"
    return "".join(dice.choice(letters) for _ in range(6)) + str(dice.randrange(10))


def _rename(markup: str, rename: Callable[[str], str]) -> str:
    def change(tree: Any) -> None:
        for element in _elements(tree):
            if element.get("class"):
                element.set("class", " ".join(rename(name) for name in element.get("class").split()))

    return changed(markup, change)


def hashes(markup: str, dice: random.Random, keep: frozenset[str]) -> str:
    """The next build: generated class names, and generated endings of readable ones, are others."""
    known: dict[str, str] = {}

    def rename(name: str) -> str:
        if name not in known:
            ending = _SUFFIX.search(name)
            known[name] = (
                name[: ending.start()] + _word(dice) if ending else _word(dice) if _HASHED.match(name) else name
            )
        return known[name]

    return _rename(markup, rename)


def classes(markup: str, dice: random.Random, keep: frozenset[str]) -> str:
    """Another style kit: every class name is another."""
    known: dict[str, str] = {}
    return _rename(markup, lambda name: known.setdefault(name, _word(dice)))


def wrap(markup: str, dice: random.Random, keep: frozenset[str]) -> str:
    """One element in five stands in a box of its own."""

    def change(tree: Any) -> None:
        for element in list(_elements(tree)):
            parent = element.getparent()
            if parent is None or element.tag in _NEVER or parent.tag in _KEEPS_CHILDREN - {"body"}:
                continue
            if dice.random() < 0.2:
                box = html.Element("span" if parent.tag in _INLINE or element.tag in _INLINE else "div")
                box.set("class", _word(dice))
                parent.replace(element, box)
                box.tail, element.tail = element.tail, None
                box.append(element)

    return changed(markup, change)


def siblings(markup: str, dice: random.Random, keep: frozenset[str]) -> str:
    """The large parts of the page, around what is read, stand in another order."""

    def change(tree: Any) -> None:
        for body in tree.iter("body"):
            parts = [part for part in body if isinstance(part.tag, str)]
            places = [body.index(part) for part in parts]
            mixed = parts[:]
            dice.shuffle(mixed)
            for part in parts:
                body.remove(part)
            for place, part in zip(places, mixed, strict=True):
                body.insert(place, part)

    return changed(markup, change)


@cache
def _translations() -> dict[str, list[str]]:
    """What figures are called to what the same figure is called in each other language of the labels table."""
    table = yaml.load((rules_dir() / "labels" / "kpi.yml").read_text("utf-8"), yaml.CSafeLoader)
    found: dict[str, list[str]] = {}
    for entry in table.values():
        names = {key: value for key, value in entry.items() if isinstance(value, list)}
        for own, labels in names.items():
            others = [label for key, value in names.items() if key != own for label in value[:1]]
            found.update({label.casefold(): others for label in labels if others})
    return found


def language(markup: str, dice: random.Random, keep: frozenset[str]) -> str:
    """The page in another language: figures are called what they are called there, every other word is one nobody has
    described."""
    known = sorted(_translations(), key=len, reverse=True)

    def called(text: str) -> tuple[str, str]:
        bare = text.strip()
        label = next((each for each in known if bare.casefold().startswith(each)), None)
        if label is None:
            return "", text
        return dice.choice(_translations()[label]), bare[len(label) :]

    return _spoken(markup, keep, called)


def foreign(markup: str, dice: random.Random, keep: frozenset[str]) -> str:
    """Every visible word that is not the seller's or buyer's own is in a language nobody has described."""
    return _spoken(markup, keep, lambda text: ("", text))


def _spoken(markup: str, keep: frozenset[str], called: Callable[[str], tuple[str, str]]) -> str:
    """The page in other words; ``called``: what the beginning of a text becomes, and the rest of it."""

    def other(text: str) -> str:
        bare = " ".join(text.split())
        if not bare or any(bare in each or (len(each) > 2 and each in bare) for each in keep):
            return text
        begin, rest = called(text)
        return begin + re.sub(r"[^\W\d_]+", "žluťoučký", rest)

    def own(element: Any) -> bool:
        """What stands in one element with somebody's words belongs to them, such as a translator's note."""
        for around in (element, element.getparent()):
            said = " ".join("".join(around.itertext()).split()) if around is not None else ""
            if any(len(each) > 8 and said.startswith(each) for each in keep):
                return True
        return False

    def change(tree: Any) -> None:
        for element in list(_elements(tree)):
            if element.tag not in ("script", "style", "title") and element.text and not own(element):
                element.text = other(element.text)
            if element.tail and not own(element.getparent()):
                element.tail = other(element.tail)
            for name in _SHOWN:
                if element.get(name):
                    element.set(name, other(element.get(name)))

    return changed(markup, change)


def space(markup: str, dice: random.Random, keep: frozenset[str]) -> str:
    """The page is written with line ends and indents between its blocks."""

    def change(tree: Any) -> None:
        for element in _elements(tree):
            parent = element.getparent()
            free = parent is not None and parent.tag in _BLOCKS and not (element.tail or "").strip()
            if free and not any(around.tag in _SPACED for around in element.iterancestors()):
                element.tail = "\n" + "  " * dice.randrange(8)

    return changed(markup, change)


MUTATIONS = {one.__name__: one for one in (hashes, classes, wrap, siblings, language, foreign, space)}
