"""The seller's own page descriptions: a rules folder in the data folder, laid over the shipped rules.

It has the shape of ``rules/marketplaces`` and can be read, mended by hand, checked and shared like it. A description
the seller taught comes before the shipped ones of its marketplace, so that it wins where both fit.
"""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from companion.protocol.errors import ErrorCode, SeabridgeError
from companion.protocol.pages import Marketplace
from companion.runtime.atomic import write_atomic

from .loader import Loaded, Problem, load_one

#: A folder's name on every system, and a marketplace's on the wire.
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_RESERVED = frozenset(["con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))])
_LONGEST = 40
_HEAD = "# Taught by pointing at the page. Who may change this and how: rules/README.md of Seabridge.\n"


def name_for(host: str, shipped: Sequence[Marketplace]) -> str:
    """The marketplace a host belongs to, else a name made of the host."""
    for marketplace in shipped:
        if f"https://{host}/*" in marketplace.hosts:
            return marketplace.name
    name = re.sub(r"[^a-z0-9]+", "-", host.lower().removeprefix("www.")).strip("-")[:_LONGEST].rstrip("-")
    if not name or name in _RESERVED:
        name = "site-" + hashlib.sha256(host.encode()).hexdigest()[:12]
    return name


def is_name(name: str) -> bool:
    """Whether it can be the name of a folder or of a page's file, on every system."""
    return _NAME.fullmatch(name) is not None and len(name) <= _LONGEST and name not in _RESERVED


def load_own(folder: Path) -> tuple[list[Marketplace], list[Problem]]:
    """Every usable marketplace of the folder, and the faults of the others; nothing where there is no folder."""
    found: list[Marketplace] = []
    problems: list[Problem] = []
    for path in sorted(folder.glob("*/marketplace.yml")):
        marketplace, faults = load_one(path.parent)
        problems += faults
        if marketplace is not None:
            found.append(marketplace)
    return found, problems


def overlay(shipped: Loaded, own: Sequence[Marketplace]) -> Loaded:
    """The shipped rules with the seller's over them: pages by id, the seller's first; hosts of both."""
    if not own:
        return shipped
    merged = {marketplace.name: marketplace for marketplace in shipped.marketplaces}
    for mine in own:
        theirs = merged.get(mine.name)
        if theirs is not None:
            taught = {page.id for page in mine.pages}
            mine = msgspec.structs.replace(
                theirs,
                hosts=list(dict.fromkeys([*theirs.hosts, *mine.hosts])),
                image_hosts=list(dict.fromkeys([*theirs.image_hosts, *mine.image_hosts])),
                pages=[*mine.pages, *(page for page in theirs.pages if page.id not in taught)],
            )
        merged[mine.name] = mine
    marketplaces = list(merged.values())
    digest = hashlib.sha256(msgspec.json.encode(marketplaces, order="sorted")).hexdigest()
    return Loaded(digest[:16], marketplaces)


def save(
    folder: Path,
    marketplace: Marketplace,
    notes: Mapping[str, Any] | None = None,
    captures: Mapping[str, str] | None = None,
) -> Path:
    """Write a marketplace with one page into the folder; answers the marketplace's folder.

    A page of the same id is replaced, other pages stay. ``notes``: the page as it is to stand in the file, with
    ``expect`` and ``cases``; ``captures``: case name to HTML. Raises ``bad_params`` for a name that is no folder's,
    ``storage_full`` or ``storage_read_only``.
    """
    [page] = marketplace.pages
    captures = captures or {}
    for name in (marketplace.name, page.id, *captures):
        if not is_name(name):
            raise SeabridgeError(ErrorCode.BAD_PARAMS, f"{name!r} cannot be a name", problem=name)
    target = folder / marketplace.name
    head = _head(target, marketplace)
    for name, html in captures.items():
        write_atomic(target / "cases" / f"{name}.html", html.encode())
    _dump(target / "pages" / f"{page.id}.yml", notes if notes is not None else plain(page))
    _dump(target / "marketplace.yml", head)
    return target


def take(folder: Path, coming: Path, marketplace: Marketplace) -> Path:
    """Keep another's marketplace, whose files stand in ``coming``; answers the seller's folder of it.

    Pages of the same id are replaced, other pages stay, hosts of both count. Raises ``storage_full`` or
    ``storage_read_only``.
    """
    target = folder / marketplace.name
    head = _head(target, marketplace)
    for page in marketplace.pages:
        write_atomic(target / "pages" / f"{page.id}.yml", (coming / "pages" / f"{page.id}.yml").read_bytes())
    _dump(target / "marketplace.yml", head)
    return target


def _head(target: Path, marketplace: Marketplace) -> dict[str, Any]:
    """What ``marketplace.yml`` says once the marketplace's pages are there too."""
    known, _ = load_one(target) if (target / "marketplace.yml").is_file() else (None, [])
    both = [one for one in (known, marketplace) if one is not None]
    head: dict[str, Any] = {"name": marketplace.name, "title": both[0].title}
    head["hosts"] = list(dict.fromkeys(host for one in both for host in one.hosts))
    if images := list(dict.fromkeys(host for one in both for host in one.image_hosts)):
        head["image_hosts"] = images
    return head


def _dump(path: Path, value: Any) -> None:
    import yaml

    write_atomic(path, (_HEAD + yaml.safe_dump(value, sort_keys=False, allow_unicode=True, width=116)).encode())


def plain(value: Any) -> Any:
    """A description as it stands in a file: its kind first, defaults left out."""
    if isinstance(value, msgspec.Struct):
        config = value.__struct_config__
        built = {config.tag_field: config.tag} if config.tag_field else {}
        for field in msgspec.structs.fields(value):
            inner = getattr(value, field.name)
            if field.required or inner != _default(field):
                built[field.encode_name] = plain(inner)
        return built
    return [plain(item) for item in value] if isinstance(value, list) else value


def _default(field: Any) -> Any:
    return field.default if field.default is not msgspec.NODEFAULT else field.default_factory()


def forget(folder: Path, name: str, page_id: str) -> bool:
    """Take a page away; with its last page goes the marketplace's folder. False when there is none."""
    if not _NAME.fullmatch(name) or not _NAME.fullmatch(page_id):
        return False
    target = folder / name
    page = target / "pages" / f"{page_id}.yml"
    if not page.is_file():
        return False
    page.unlink()
    (target / "cases" / f"{page_id}.html").unlink(missing_ok=True)
    if not any((target / "pages").glob("*.yml")):
        shutil.rmtree(target)
    return True
