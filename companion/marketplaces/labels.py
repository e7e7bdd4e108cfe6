"""What service figures are called, by language: ``rules/labels/kpi.yml``. A figure takes an entry by ``labels_of``."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

from .lines import Place, Unreadable, parse
from .where import rules_dir

#: Keys of an entry that are no language.
NOTES = frozenset({"source", "checked", "because"})
Say = Callable[[Place, str], None]


def table(base: Path) -> dict[str, list[str]]:
    """Name to labels of all languages, as they stand in the file.

    ``base``: a folder of marketplaces; the table beside it counts, else the shipped one. Raises Unreadable.
    """
    beside = base.parent / "labels" / "kpi.yml"
    return table_in(beside if beside.is_file() else rules_dir() / "labels" / "kpi.yml")


def table_in(path: Path) -> dict[str, list[str]]:
    """The table of this file. Raises Unreadable."""
    try:
        return _labels(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as exc:
        raise Unreadable(1, f"{path.name} cannot be read: {exc}") from exc


@lru_cache(maxsize=2)
def _labels(file: str) -> dict[str, list[str]]:
    """The table a file holds; every page of a load asks for it."""
    content, _ = parse(file)
    if not isinstance(content, dict):
        return {}
    return {name: _all(entry) for name, entry in content.items() if isinstance(entry, dict)}


def _all(entry: dict[str, Any]) -> list[str]:
    found = [
        label for key, labels in entry.items() if key not in NOTES and isinstance(labels, list) for label in labels
    ]
    return list(dict.fromkeys(label for label in found if isinstance(label, str)))


def filled(value: Any, known: Callable[[], dict[str, list[str]]], say: Say) -> Any:
    """A page as it crosses the wire: ``labels_of`` of each figure turned into ``labels``, its own labels first.

    ``known`` is asked only where a page needs it; ``say`` hears of a name the table does not have.
    """
    kpis = value.get("kpis") if isinstance(value, dict) else None
    if not isinstance(kpis, list):
        return value
    built = []
    for at, kpi in enumerate(kpis):
        if isinstance(kpi, dict) and "labels_of" in kpi:
            name = kpi["labels_of"]
            kpi = {key: inner for key, inner in kpi.items() if key != "labels_of"}
            own = kpi.get("labels") or []
            try:
                labels = known().get(name) if isinstance(name, str) else None
            except Unreadable as exc:
                say(("kpis", at, "labels_of"), str(exc))
                labels = []
            if labels is None:
                say(("kpis", at, "labels_of"), f"`{name}` does not stand in labels/kpi.yml")
                labels = []
            kpi["labels"] = list(dict.fromkeys([*own, *labels])) if isinstance(own, list) else own
        built.append(kpi)
    return {**value, "kpis": built}
