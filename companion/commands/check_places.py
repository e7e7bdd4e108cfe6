"""Marketplaces of checked texts that no rule knows: told, or a slip of the pen would pass for a clean listing."""

from __future__ import annotations

from collections.abc import Iterable

from ..compliance.loader import marketplace_names
from ..compliance.where import marketplace_of
from ..locales import text
from ..runtime.paths import Paths
from .printing import complain

#: So many names are told.
_MOST = 5


def tell_places(marketplaces: Iterable[str], paths: Paths, locale: str) -> None:
    """Say on the standard error stream for which of them (each as written, "" = none named) only the rules of every
    marketplace counted."""
    written = list(marketplaces)
    known = marketplace_names()
    own = {each.name for each in paths.marketplaces.glob("*") if each.is_dir()}
    strange = {name for name in written if name and marketplace_of(name, known) not in known and name not in own}
    if strange:
        named = ", ".join(f"“{name[:40]}”" for name in sorted(strange)[:_MOST])
        complain(text("check_marketplace_unknown", locale, names=named, known=", ".join(sorted(known))))
    if missing := sum(1 for name in written if not name.strip()):
        complain(text("check_marketplace_missing", locale, count=missing))
