"""Pages written from the published facts by somebody who had not read the descriptions, and how well they are read.

A page stands beside a JSON file of the same name: its address (``url``), and ``reads``: what ``seabridge marketplace
test --json`` must say of it, as far as the page says it; null where nothing may be read. ``noticed`` says why a page
is not read and must be said to have changed.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any, Literal

from companion.marketplaces import load
from companion.pages.document import Saved
from companion.pages.recognise import recognise
from companion.pages.report import report

UNSEEN = Path(__file__).with_name("unseen")
PAGES = sorted(UNSEEN.glob("*/*.html"))
#: 3 October 2026, noon UTC: when the pages were saved.
SAVED_AT = 1_790_942_400.0
Verdict = Literal["right", "noticed", "wrong"]


def expected(path: Path) -> dict[str, Any]:
    """What must be read from a page."""
    told: dict[str, Any] = json.loads(path.with_suffix(".json").read_text("utf-8"))
    return told


def told(path: Path) -> dict[str, Any] | None:
    """The report of a page; None when no description fits."""
    saved = Saved(path.read_bytes())
    found = recognise(saved, load().marketplaces, expected(path)["url"])
    return report(found, observed_at=SAVED_AT, zone="UTC") if found else None


def verdict(path: Path) -> tuple[Verdict, list[str]]:
    """``right``; ``noticed``: not read, and said so; ``wrong``: called healthy and read otherwise, with what."""
    wanted, said = expected(path), told(path)
    if said is None or not said["health"]["ok"]:
        return ("right" if wanted["reads"] is None else "noticed"), said["health"]["missing"] if said else []
    if wanted["reads"] is None:
        return "wrong", [f"taken for {said['description']}"]
    if said["kpis"]:
        said["kpis"] = sorted((each for each in said["kpis"] if each["text"]), key=lambda each: str(each["name"]))
        wanted["reads"]["kpis"] = sorted(wanted["reads"].get("kpis", []), key=lambda each: str(each["name"]))
    kind = [] if said["page"] == wanted["page"] else [f"taken for {said['page']}"]
    faults = kind + list(differences(wanted["reads"], said, ""))
    return ("wrong" if faults else "right"), faults


def differences(wanted: Any, said: Any, place: str) -> list[str]:
    """Where something else was said than wanted; of a mapping only what is wanted counts, of a list every item."""
    if isinstance(wanted, dict) and isinstance(said, dict):
        return [one for key in wanted for one in differences(wanted[key], said.get(key), f"{place}.{key}")]
    if isinstance(wanted, list) and isinstance(said, list) and len(wanted) == len(said):
        pairs = enumerate(zip(wanted, said, strict=True))
        return [one for at, (want, say) in pairs for one in differences(want, say, f"{place}[{at}]")]
    return [] if wanted == said else [f"{place.lstrip('.')}: {said!r}, not {wanted!r}"]


def main(names: list[str]) -> int:
    """Print the verdict of each page of the marketplaces named (all without a name); 1 when one is silently wrong."""
    counts: Counter[Verdict] = Counter()
    for path in [path for path in PAGES if not names or path.parent.name in names]:
        one, faults = verdict(path)
        counts[one] += 1
        sys.stdout.write(f"{one:8} {path.parent.name}/{path.stem} {'; '.join(faults)}\n")
    sys.stdout.write(f"{counts.total()} unseen pages: {', '.join(f'{count} {one}' for one, count in counts.items())}\n")
    return 1 if counts["wrong"] else 0
