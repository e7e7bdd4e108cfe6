"""The practice pages of what ``rules/marketplaces`` describes: a file a case, its address in the first line."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

#: Where the pages stand: a folder a marketplace.
FOLDER = Path(__file__).parent / "pages"
_ADDRESS = re.compile(r"<!-- (https://\S+) -->\n")
#: A page has no script of its own, not in its frames either.
_SCRIPT = re.compile(r"(<|&lt;)(script\b|[a-z][^<>]*\son[a-z]+\s*=)", re.IGNORECASE)


class PageRefused(ValueError):
    """A practice page that cannot be used, with file and reason."""


@dataclass(frozen=True, slots=True)
class DescribedPage:
    """One practice page. ``source`` is the document without its first line."""

    marketplace: str
    case: str
    address: str
    source: str

    @property
    def url(self) -> SplitResult:
        """The address in parts."""
        return urlsplit(self.address)

    @property
    def where(self) -> str:
        """Path and query as they stand in a request."""
        return (self.url.path or "/") + (f"?{self.url.query}" if self.url.query else "")


def read_page(file: Path) -> DescribedPage:
    """Read one file. Raises PageRefused."""
    text = file.read_text("utf-8").replace("\r\n", "\n")
    name = f"{file.parent.name}/{file.name}"
    first = _ADDRESS.match(text)
    if first is None:
        raise PageRefused(f"{name}:1: the first line must be <!-- https://address-of-the-page -->")
    source = text[first.end() :]
    if found := _SCRIPT.search(source):
        line = text.count("\n", 0, first.end() + found.start()) + 1
        raise PageRefused(f"{name}:{line}: a practice page has no script")
    return DescribedPage(file.parent.name, file.stem, first[1], source)


def read_pages(marketplaces: list[str] | None = None, folder: Path = FOLDER) -> list[DescribedPage]:
    """All practice pages, or those of some marketplaces, in order. Raises PageRefused."""
    names = sorted(one.name for one in folder.iterdir() if one.is_dir()) if folder.is_dir() else []
    for wanted in marketplaces or []:
        if wanted not in names:
            raise PageRefused(f"there are no practice pages of {wanted}")
    return [
        read_page(file)
        for name in names
        if not marketplaces or name in marketplaces
        for file in sorted((folder / name).glob("*.html"))
    ]


@cache
def shipped() -> tuple[DescribedPage, ...]:
    """The pages that came with this Seabridge, read once."""
    return tuple(read_pages())


def by_marketplace(pages: Iterable[DescribedPage]) -> list[tuple[str, list[tuple[str, DescribedPage]]]]:
    """Title of each marketplace and its pages with their kind ("" = no description reads it), sorted by kind."""
    found: dict[str, list[tuple[str, DescribedPage]]] = {}
    for page in pages:
        found.setdefault(page.marketplace, []).append((_kinds(page.marketplace)[1].get(page.case, ""), page))
    listed = ((_kinds(name)[0], sorted(mine, key=lambda one: (one[0], one[1].case))) for name, mine in found.items())
    return sorted(listed, key=lambda one: one[0].casefold())


@cache
def _kinds(marketplace: str) -> tuple[str, dict[str, str]]:
    """A marketplace's title, and the kind of page of each case, as its rules say."""
    import yaml

    from companion.marketplaces import rules_dir

    # both are safe, the first is quick
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    folder = rules_dir() / "marketplaces" / marketplace
    kinds: dict[str, str] = {}
    for file in sorted(folder.glob("pages/*.yml")):
        page = yaml.load(file.read_text("utf-8"), Loader=loader)  # noqa: S506
        kinds.update((case, str(page.get("page", ""))) for case in page.get("cases") or {})
    file = folder / "marketplace.yml"
    about = yaml.load(file.read_text("utf-8"), Loader=loader) if file.exists() else {}  # noqa: S506
    return str(about.get("title") or marketplace), kinds
