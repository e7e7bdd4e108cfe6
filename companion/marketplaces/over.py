"""Descriptions that lie over the shipped ones: they change pages and names, and add neither host nor marketplace."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

import msgspec

from companion.protocol.pages import Marketplace, Page

from .loader import Head, Loaded, Problem, RulesError, head_of, load, page_of, versioned


def laid_over(folder: Path, removed: Collection[str] = ()) -> tuple[Loaded, list[Problem]]:
    """The shipped marketplaces under what stands in ``folder`` (``marketplaces/``, ``labels/kpi.yml``), and what is
    wrong with that; a faulty file leaves what it would replace. ``removed``: ``marketplaces/<name>/pages/<id>.yml``.

    Raises RulesError where the shipped ones themselves cannot be used.
    """
    problems: list[Problem] = []
    labels = folder / "labels" / "kpi.yml"
    shipped = _shipped(labels if labels.is_file() else None, problems)
    base = folder / "marketplaces"
    known = {one.name: one for one in shipped.marketplaces}
    for path in sorted(base.glob("*/")):
        if path.name not in known:
            first = min(path.rglob("*.yml"), default=path)
            problems.append(Problem(first.relative_to(folder).as_posix(), 1, "is no marketplace we know"))
            continue
        known[path.name] = _one(path, base, known[path.name], labels if labels.is_file() else None, problems)
    for one in known.values():
        kept = [page for page in one.pages if f"marketplaces/{one.name}/pages/{page.id}.yml" not in removed]
        if len(kept) < len(one.pages):
            known[one.name] = msgspec.structs.replace(one, pages=kept)
    return versioned(list(known.values())), problems


def _shipped(names: Path | None, problems: list[Problem]) -> Loaded:
    if names is not None:
        try:
            return load(names=names)
        except RulesError as exc:
            first = exc.problems[0]
            problems.append(Problem("labels/kpi.yml", 1, f"{first.file}:{first.line}: {first.message}"))
    return load()


def _one(folder: Path, base: Path, shipped: Marketplace, names: Path | None, problems: list[Problem]) -> Marketplace:
    faults: list[Problem] = []
    coming: dict[str, Page] = {}
    for path in sorted((folder / "pages").glob("*.yml")):
        before = len(faults)
        page = page_of(path, base, faults, names)
        if page is not None and len(faults) == before:
            coming[page.id] = page
    head = _head(folder, base, shipped, faults) if (folder / "marketplace.yml").is_file() else None
    problems += [Problem(f"marketplaces/{one.file}", one.line, one.message) for one in faults]
    pages = {page.id: page for page in shipped.pages} | coming
    # in the order of their files, as everything of a folder is read
    ordered = [pages[name] for name in sorted(pages, key=lambda name: f"{name}.yml")]
    return msgspec.structs.replace(head or shipped, pages=ordered)


def _head(folder: Path, base: Path, shipped: Marketplace, problems: list[Problem]) -> Marketplace | None:
    before = len(problems)
    found = head_of(folder, base, problems)
    if found is None:
        return None
    for key in ("hosts", "image_hosts"):
        problems += _added(found, key, [*shipped.hosts, *shipped.image_hosts] if key != "hosts" else shipped.hosts)
    return found.marketplace if len(problems) == before else None


def _added(found: Head, key: str, known: Sequence[str]) -> list[Problem]:
    file = f"{found.marketplace.name}/marketplace.yml"
    return [
        Problem(file, found.lines.get((key, at), 1), f"{key}[{at}] adds {host[:100]}, which only a new Seabridge may")
        for at, host in enumerate(getattr(found.marketplace, key))
        if host not in known
    ]
