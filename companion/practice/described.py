"""The practice pages of what ``rules/marketplaces`` describes: a file a case, its address in the first line."""

from __future__ import annotations

import re
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
