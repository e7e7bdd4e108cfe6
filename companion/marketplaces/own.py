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
    import yaml

    [page] = marketplace.pages
    captures = captures or {}
    for name in (marketplace.name, page.id, *captures):
        if not _NAME.fullmatch(name) or len(name) > _LONGEST or name in _RESERVED:
            raise SeabridgeError(ErrorCode.BAD_PARAMS, f"{name!r} cannot be a name", problem=name)
    target = folder / marketplace.name
    known, _ = load_one(target) if (target / "marketplace.yml").is_file() else (None, [])
    hosts = list(dict.fromkeys([*(known.hosts if known else []), *marketplace.hosts]))
    head = {"name": marketplace.name, "title": known.title if known else marketplace.title, "hosts": hosts}

    def dump(path: Path, value: Any) -> None:
        write_atomic(path, (_HEAD + yaml.safe_dump(value, sort_keys=False, allow_unicode=True, width=116)).encode())

    for name, html in captures.items():
        write_atomic(target / "cases" / f"{name}.html", html.encode())
    dump(target / "pages" / f"{page.id}.yml", notes if notes is not None else plain(page))
    dump(target / "marketplace.yml", head)
    return target


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
