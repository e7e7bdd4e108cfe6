"""How many pages that changed overnight are still read: every case page, changed in every way, read again."""

from __future__ import annotations

import html
import random
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from msgspec.structs import replace

from companion.marketplaces import load, rules_dir
from companion.pages.document import Saved
from companion.pages.recognise import recognise
from companion.pages.report import report
from companion.protocol.pages import KpiPage, Marketplace

from .late import parts, without
from .mutations import MUTATIONS, changed

RULES = rules_dir() / "marketplaces"
#: Changes done with several throws of the dice.
THROWS = {"wrap": 3, "siblings": 2}
#: What a case of a kind of page is compared by.
PARTS = {
    "chat": ("thread", "messages", "composer"), "threads": ("threads",), "listing": ("listing",), "kpi": ("kpis",),
    "notices": ("notices",), "orders": ("orders",), "reviews": ("reviews",), "returns": ("returns",),
}  # fmt: skip
#: Whether a page is read before all of it is drawn: a change of another kind, no measure of how long anchors live.
LATE = "late: "
Reading = dict[str, Any]
#: Kind of change to verdict and what was read, once for each throw of the dice.
Outcomes = dict[str, list[tuple[str, Reading | None]]]
Table = dict[str, Counter[str]]


def described(path: Path) -> Any:
    return yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)


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


def _unnamed(reading: Reading) -> Reading:
    """A listing without what its attributes are called: that is the page's own words, in the language of the page."""
    listing = reading.get("listing")
    if listing is None:
        return reading
    return {**reading, "listing": {**listing, "attributes": list(listing["attributes"].values())}}


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
        return now.keys() <= before.keys() and all(_less(before[key], now.get(key)) for key in before)
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


def outcomes(marketplace: Marketplace, path: Path, name: str) -> Outcomes:
    """Each change with its verdicts."""
    markup, url = case_page(path, name)
    markup = changed(markup, lambda tree: None)
    before = read(markup, url, marketplace)
    assert before is not None, f"{path.parent.parent.name}/{name} is not read before anything was changed"
    keep = told_texts(before)
    described_elsewhere = [one for one in marketplace.pages if f"{marketplace.name}/{one.id}" != before["description"]]
    others = [read(markup, url, replace(marketplace, pages=[one])) for one in described_elsewhere]
    found: Outcomes = {}
    for kind, mutate in MUTATIONS.items():
        for throw in range(THROWS.get(kind, 1)):
            now = read(mutate(markup, random.Random(f"{name}{throw}"), keep), url, marketplace)
            one = verdict(before, now, others)
            if kind == "siblings" and now is not None:
                one = verdict(_sorted(before), _sorted(now), [_sorted(each) for each in others if each])
            elif kind in ("language", "foreign") and now is not None:
                one = verdict(_unnamed(before), _unnamed(now), [_unnamed(each) for each in others if each])
            found.setdefault(kind, []).append((one, now))
    page = next(one for one in marketplace.pages if one.id == path.stem)
    for part in ("root", *parts(page)):
        early = without(markup, page, part)
        now = read(early, url, marketplace)
        # a page that shows none of it anyway is the same page
        found[LATE + part] = [("same" if early == markup and now == before else verdict(before, now, others), now)]
    return found


def counts(page: object, kind: str) -> bool:
    """Whether a change measures how long a page's anchors live. With all class names changed nothing of many pages is
    left that any fact names; figures that have no id of their own are known by what they are called only."""
    return kind != "classes" and not kind.startswith(LATE) and not (kind == "foreign" and isinstance(page, KpiPage))


def survived(marketplace: Marketplace, all_: dict[tuple[str, str], Outcomes]) -> Table:
    """How many changed pages have which verdict, of each page and kind of change; ``all_``: by page and case."""
    found: Table = {}
    for (stem, _), changes in all_.items():
        page = next(one for one in marketplace.pages if one.id == stem)
        for kind, verdicts in changes.items():
            for one, _ in verdicts:
                found.setdefault(f"by change: {kind}", Counter())[one] += 1
                if counts(page, kind):
                    found.setdefault(f"{stem} ({page.state})", Counter())[one] += 1
                    found.setdefault(f"all {page.state} pages", Counter())[one] += 1
    return found


def percent(counted: Counter[str]) -> float:
    """How many are read as before."""
    return 100 * counted["same"] / max(1, counted.total())


def lines(name: str, table: Table) -> Iterator[str]:
    """The table of a marketplace, as it is printed."""
    yield name
    for row, counted in sorted(table.items()):
        said = ", ".join(f"{counted[one]} {one}" for one in ("same", "noticed", "less", "misread") if counted[one])
        yield f"  {row:34} {percent(counted):5.1f} % of {counted.total():3} still read: {said}"


def measure(name: str) -> tuple[Marketplace, dict[tuple[str, str], Outcomes]]:
    """A marketplace and the outcomes of each of its case pages."""
    [marketplace] = [one for one in load().marketplaces if one.name == name]
    cases = [(path, case) for path, case in CASES if path.parents[1].name == name]
    return marketplace, {(path.stem, case): outcomes(marketplace, path, case) for path, case in cases}


def main(names: list[str]) -> int:
    """Print the tables of the marketplaces named, of all without a name; 1 when a page is misread."""
    worst = 0
    for name in names or sorted({path.parents[1].name for path in PAGES}):
        table = survived(*measure(name))
        sys.stdout.write("\n".join(lines(name, table)) + "\n")
        worst = max(worst, *(counted["misread"] for counted in table.values()))
    return 1 if worst else 0


def _sorted(reading: Reading) -> Reading:
    """Lists that stand in another order say the same; the messages of a conversation do not."""
    return {
        key: sorted(value, key=repr) if isinstance(value, list) and key != "messages" else value
        for key, value in reading.items()
    }
