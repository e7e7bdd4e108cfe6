"""Pages that changed overnight: read as before, or said to have changed, never read otherwise and called healthy.

``pytest tests/rules/test_marketplaces_mutated.py -s`` prints how many of the changed pages are still read.
"""

from __future__ import annotations

import html
import random
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml
from msgspec.structs import replace

from companion.marketplaces import load, rules_dir
from companion.pages.document import Saved
from companion.pages.recognise import recognise
from companion.pages.report import report
from companion.pages.select import STEP
from companion.pages.xpath import to_xpath
from companion.protocol.pages import Marketplace, Page

from .mutations import MUTATIONS, changed

RULES = rules_dir() / "marketplaces"
#: Changes done with several throws of the dice.
THROWS = {"wrap": 3, "siblings": 2}
#: What a case of a kind of page is compared by.
PARTS = {
    "chat": ("thread", "messages", "composer"), "threads": ("threads",), "listing": ("listing",), "kpi": ("kpis",),
    "notices": ("notices",), "orders": ("orders",), "reviews": ("reviews",), "returns": ("returns",),
}  # fmt: skip
#: After these little of a page is left; they are no measure of how long its anchors live.
HARSH = ("classes", "late")
#: Of a page whose facts rest on several sources so many changed ones must still be read, in percent. The aim is 95.
FLOOR = 85
Reading = dict[str, Any]


def described(path: Path) -> Any:
    return yaml.safe_load(path.read_text("utf-8"))


PAGES = sorted(RULES.glob("*/pages/*.yml"))
CASES = [(path, name) for path in PAGES for name, case in described(path)["cases"].items() if case["reads"] is not None]


def read(markup: str, url: str, marketplace: Marketplace) -> Reading | None:
    """What a page says, without what is computed; None when the page is not taken for a known and healthy one."""
    found = recognise(Saved(b"\xef\xbb\xbf" + markup.encode("utf-8", "replace")), [marketplace], url)
    if found is None:
        return None
    told = report(found, observed_at=1_795_348_800.0, zone="UTC")
    if not told["health"]["ok"]:
        return None
    return {key: _flat(told[key]) for key in ("description", "account", *PARTS[told["page"]])}


def _flat(value: Any) -> Any:
    """Without white space that means nothing, and without what is computed."""
    if isinstance(value, list):
        return [_flat(each) for each in value]
    if isinstance(value, dict):
        return {key: _flat(each) for key, each in value.items() if key not in ("at", "span")}
    return " ".join(value.split()) if isinstance(value, str) else value


def told_texts(reading: Reading) -> frozenset[str]:
    """Every text that was read: the words of people and shops, which no translation of the page changes."""
    found: set[str] = set()

    def gather(value: Any) -> None:
        if isinstance(value, dict):
            for each in value.values():
                gather(each)
        elif isinstance(value, list):
            for each in value:
                gather(each)
        elif isinstance(value, str) and value:
            found.add(value)

    gather({key: value for key, value in reading.items() if key != "description"})
    return frozenset(found)


def verdict(before: Reading, now: Reading | None, others: list[Reading | None]) -> str:
    """``same``, ``noticed``, ``less`` (something is left out) or ``misread``. ``others``: what the other pages that are
    drawn behind this one say, which may be read instead."""
    if now is None or now in others:
        return "noticed"
    if now == before:
        return "same"
    if now["description"] != before["description"]:
        return "misread"
    return "less" if _less(before, now) else "misread"


def _less(before: Any, now: Any) -> bool:
    """Whether nothing is said that was not said before."""
    if isinstance(before, list) and before and isinstance(before[0], dict):
        # a row that is lost makes a list that lies, all the more when all of them are
        return len(before) == len(now) and all(map(_less, before, now))
    if now in ("", None, [], 0) and type(now) is not bool:
        return True
    if isinstance(before, dict) and before.get("send") is True and now and now["send"] is False:
        return _less({**before, "send": False}, now)  # the button was not found
    if isinstance(before, dict) and isinstance(now, dict):
        return all(_less(before[key], now[key]) for key in before)
    if isinstance(before, list) and isinstance(now, list):
        return set(now) <= set(before)
    return bool(before == now)


def case_page(path: Path, name: str) -> tuple[str, str]:
    """Markup and address of a case; one that is a frame stands in the page around it."""
    cases = described(path)["cases"]
    markup = (path.parents[1] / "cases" / f"{name}.html").read_text("utf-8")
    outer = cases[name].get("inside")
    if not outer:
        return markup, cases[name]["url"]
    around = (path.parents[1] / "cases" / f"{outer}.html").read_text("utf-8")
    frame = f'<iframe src="{html.escape(cases[name]["url"])}" srcdoc="{html.escape(markup)}"></iframe>'
    return around.replace("</body>", frame + "</body>") if "</body>" in around else around + frame, cases[outer]["url"]


def late(markup: str, page: Page) -> str:
    """The page while it loads: its frame is there already, and nothing in it."""

    def change(tree: Any) -> None:
        for select in page.root:
            for found in tree.xpath(to_xpath(select.css, "descendant-or-self::")) if STEP not in select.css else []:
                for child in list(found):
                    found.remove(child)
                found.text = None

    return changed(markup, change)


def outcomes(marketplace: Marketplace, path: Path, name: str) -> dict[str, list[tuple[str, Reading | None]]]:
    """Each change with its verdicts."""
    markup, url = case_page(path, name)
    markup = changed(markup, lambda tree: None)
    before = read(markup, url, marketplace)
    assert before is not None, f"{path.parent.parent.name}/{name} is not read before anything was changed"
    keep = told_texts(before)
    described_elsewhere = [one for one in marketplace.pages if f"{marketplace.name}/{one.id}" != before["description"]]
    others = [read(markup, url, replace(marketplace, pages=[one])) for one in described_elsewhere]
    found: dict[str, list[tuple[str, Reading | None]]] = {}
    for kind, mutate in MUTATIONS.items():
        for throw in range(THROWS.get(kind, 1)):
            now = read(mutate(markup, random.Random(f"{name}{throw}"), keep), url, marketplace)
            one = verdict(before, now, others)
            if kind == "siblings" and now is not None:
                one = verdict(_sorted(before), _sorted(now), [_sorted(each) for each in others if each])
            found.setdefault(kind, []).append((one, now))
    page = next(one for one in marketplace.pages if one.id == path.stem)
    now = read(late(markup, page), url, marketplace)
    found["late"] = [(verdict(before, now, others), now)]
    return found


def _sorted(reading: Reading) -> Reading:
    """Lists that stand in another order say the same; the messages of a conversation do not."""
    return {
        key: sorted(value, key=repr) if isinstance(value, list) and key != "messages" else value
        for key, value in reading.items()
    }


@pytest.mark.parametrize("folder", sorted({path.parents[1] for path in PAGES}), ids=lambda path: path.name)
def test_no_change_is_silently_misread(folder: Path) -> None:
    [marketplace] = [one for one in load().marketplaces if one.name == folder.name]
    survived: Counter[tuple[str, str]] = Counter()
    misread = []
    for path, name in CASES:
        if path.parents[1] != folder:
            continue
        for kind, verdicts in outcomes(marketplace, path, name).items():
            for one, now in verdicts:
                survived[f"by change: {kind}", one] += 1
                if kind not in HARSH:
                    survived[f"{path.stem} ({described(path)['state']})", one] += 1
                if one == "misread":
                    misread.append((path.stem, name, kind, now))
    short = []
    print(f"\n{folder.name}")
    for row in sorted({key for key, _ in survived}):
        counts = {one: survived[row, one] for one in ("same", "noticed", "less", "misread")}
        total = sum(counts.values())
        print(f"  {row:34} {100 * counts['same'] // total:3} % of {total:3} still read  {counts}")
        if row.endswith("(done)") and 100 * counts["same"] < FLOOR * total:
            short.append(row)
    assert misread == []
    assert short == []
