"""How far each kind of page of each marketplace can be relied on: computed from the descriptions, not written by hand.

``python -m companion.marketplaces.quality [--check|--write]``: the table of the READMEs, between its markers.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from companion.locales import text
from companion.protocol.pages import PAGE_KINDS, ChatPage, Marketplace, Page

from .loader import load
from .where import rules_dir

State = Literal["done", "provisional", "assumed", "teach"]
#: Best first.
STATES: tuple[State, ...] = ("done", "provisional", "assumed", "teach")
_TRUSTS = ("high", "medium", "low")
#: The READMEs and the language of each.
READMES = {"README.md": "en", "README.zh-CN.md": "zh_CN"}
BEGIN, END = "<!-- marketplaces: begin -->", "<!-- marketplaces: end -->"


@dataclass(frozen=True, slots=True)
class Quality:
    """One kind of page of a marketplace. ``source`` and ``checked`` are those of its most reliable description, of
    conversations of one that has messages; with ``teach`` there is none, and ``gap`` says why."""

    kind: str
    state: State
    trust: str
    source: str
    checked: str
    pages: tuple[str, ...]
    gap: str


def quality(marketplace: Marketplace) -> list[Quality]:
    """Every kind of page, in the order they are spoken of."""
    return [_of(marketplace, kind) for kind in PAGE_KINDS]


def _of(marketplace: Marketplace, kind: str) -> Quality:
    found = sorted((page for page in marketplace.pages if kind_of(page) == kind), key=_rank)
    if not found:
        gap = marketplace.gaps.get(kind, "")  # type: ignore[call-overload]
        return Quality(kind, "teach", "", "", "", (), gap)
    best = found[0]
    return Quality(kind, state_of(best), best.trust, best.source, best.checked, tuple(page.id for page in found), "")


def kind_of(page: Page) -> str:
    """Which of PAGE_KINDS a description is of."""
    return str(type(page).__struct_config__.tag)


def state_of(page: Page) -> State:
    """What a description says of itself, held to what it rests on: without a source it is assumed, and what is
    trusted little is not done."""
    if not page.source.strip():
        return "assumed"
    return "provisional" if page.state == "done" and page.trust == "low" else page.state


def _rank(page: Page) -> tuple[bool, int, int, str]:
    return is_form(page), STATES.index(state_of(page)), _TRUSTS.index(page.trust), page.id


def is_form(page: Page) -> bool:
    """A conversation of which only the field to write in is known: its health asks for no message."""
    return isinstance(page, ChatPage) and not any(demand.field.startswith("messages.") for demand in page.health)


def table(marketplaces: Sequence[Marketplace], locale: str) -> str:
    """The table as Markdown: the most widely read marketplaces first."""
    head = [text("quality_marketplace", locale), *(text(f"quality_kind_{kind}", locale) for kind in PAGE_KINDS)]
    rows = [head, ["---"] * len(head)]
    for marketplace, found in sorted(((one, quality(one)) for one in marketplaces), key=_width):
        rows.append([marketplace.title, *(cell(one, locale) for one in found)])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def cell(one: Quality, locale: str) -> str:
    """State and trust in two words."""
    state = text(f"quality_state_{one.state}", locale)
    return f"{state} ({text(f'marketplace_trust_{one.trust}', locale)})" if one.trust else state


def _width(item: tuple[Marketplace, list[Quality]]) -> tuple[list[int], str]:
    marketplace, found = item
    return [-sum(1 for one in found if one.state == state) for state in STATES], marketplace.name


def block(marketplaces: Sequence[Marketplace], locale: str) -> str:
    """What stands between the markers: the table, and what its words mean."""
    return f"{table(marketplaces, locale)}\n\n{text('quality_legend', locale)}"


def replaced(readme: str, content: str) -> str:
    """A README with the block renewed; raises ValueError without the two markers."""
    pattern = re.compile(f"{re.escape(BEGIN)}.*?{re.escape(END)}", re.DOTALL)
    if len(pattern.findall(readme)) != 1:
        raise ValueError(f"needs one {BEGIN} and one {END}")
    return pattern.sub(lambda _: f"{BEGIN}\n\n{content}\n\n{END}", readme)


def stale(root: Path) -> Iterator[tuple[Path, str]]:
    """READMEs whose table is not that of the rules, with what they must say."""
    marketplaces = load().marketplaces
    for name, locale in READMES.items():
        path = root / name
        now = path.read_text("utf-8")
        if (wanted := replaced(now, block(marketplaces, locale))) != now:
            yield path, wanted


def main(argv: list[str] | None = None) -> int:
    """Print the table, renew it in the READMEs, or say whether it is stale (exit 1)."""
    parser = argparse.ArgumentParser(prog="companion.marketplaces.quality", description=__doc__)
    action = parser.add_mutually_exclusive_group()
    action.add_argument("--check", action="store_true", help="exit 1 when a README's table is stale")
    action.add_argument("--write", action="store_true", help="renew the tables of the READMEs")
    options = parser.parse_args(argv)
    if not (options.check or options.write):
        sys.stdout.write(block(load().marketplaces, "en") + "\n")
        return 0
    found = list(stale(rules_dir().parent))
    for path, wanted in found:
        if options.write:
            path.write_text(wanted, "utf-8", newline="\n")
        word = "written" if options.write else "stale; run python -m companion.marketplaces.quality --write"
        sys.stdout.write(f"{path.name}: {word}\n")
    return 1 if found and options.check else 0


if __name__ == "__main__":
    raise SystemExit(main())
