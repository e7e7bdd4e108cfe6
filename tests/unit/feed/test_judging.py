"""What a feed brings passes the same checks as what is shipped, and says where it does not."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest

from companion.commands.marketplace_check import check
from companion.compliance.feed.container import opened
from companion.compliance.feed.judging import judge
from companion.protocol.errors import ErrorCode, SeabridgeError

from .making import feed, page, rule

HEAD = "name: amazon\ntitle: Amazon\nhosts: [{hosts}]\n"
HOST = "https://seller.example/*"
Judged = Callable[..., None]


@pytest.fixture
def judged(shipped: Path, tmp_path: Path) -> Judged:
    """Judges a feed of these files; with the check of pages that sellers have."""

    def judged(files: dict[str, str], **given: object) -> None:
        folder = tmp_path / "unpacked"
        folder.mkdir()
        judge(
            opened(feed(files, **given)), folder, date(2026, 11, 30), lambda one: check(one, "en", shared=True).faults
        )

    return judged


def test_sound_files_of_every_kind_are_taken(judged: Judged) -> None:
    judged(
        {
            "compliance/made/cure.yml": rule(),
            "compliance/cues.yml": "negation: { en: { before: [never] } }\n",
            "compliance/places.yml": "regions: { EU: [DE] }\n",
            "marketplaces/amazon/marketplace.yml": HEAD.format(hosts=HOST),
            "marketplaces/amazon/pages/orders.yml": page(css=".other"),
            "marketplaces/amazon/pages/new.yml": page("new"),
            "labels/kpi.yml": "late: { en: [Late, Later], source: s, checked: d }\n",
        },
        removed=["compliance/shipped/one.yml", "marketplaces/amazon/pages/more-orders.yml"],
    )


RULE, PAGE = "compliance/made/cure.yml", "marketplaces/amazon/pages/orders.yml"


@pytest.mark.parametrize(
    ("path", "content", "line", "said"),
    [
        (RULE, rule().replace("so zyxcure", "so nothing"), 11, "nothing is found"),
        (RULE, rule().replace('"good"', '"zyxcure"'), 11, "finds `zyxcure`"),
        (RULE, rule().replace("kind: claim", "kinds: claim"), 3, "no key"),
        (RULE, rule().replace("made/cure", "made/other"), 1, "is not the file's"),
        (RULE, rule(marketplace="elsewhere"), 6, "is no folder of rules/marketplaces"),
        (RULE, rule(more="patterns: { en: ['(a|b)*c'] }\n"), 11, "cannot be used"),
        (RULE, rule(more="categories: [pets]\n"), 11, "no category"),
        (RULE, rule().replace('basis: O', 'basis: G'), 4, "never above suggestion"),
        (RULE, "id: [\n", 2, "expected"),
        (RULE, "id: &a [x]\nkind: *a\n", 2, "aliases"),
        (RULE, "[" * 60 + "]" * 60, 1, "deep nesting"),
        (PAGE, page(css="div >>"), 8, "selector"),
        (PAGE, page().replace('"^/orders(/|$)"', '"^/(a+)+$"'), 7, "pattern"),
        (PAGE, page().replace("provisional", "sure"), 3, "state"),
        (PAGE, page("other"), 2, "id is not the file's"),
        ("marketplaces/other/pages/orders.yml", page(), 1, "is no marketplace we know"),
        ("marketplaces/other/marketplace.yml", HEAD.format(hosts=HOST), 1, "is no marketplace we know"),
        ("marketplaces/amazon/marketplace.yml", HEAD.format(hosts=f'{HOST}, "https://evil.example/*"'), 3, "evil"),
        (
            "marketplaces/amazon/marketplace.yml",
            HEAD.format(hosts=HOST) + 'image_hosts:\n  - "https://evil.example/*"\n', 5, "evil",
        ),
        ("labels/kpi.yml", "late: [\n", 2, "labels/kpi.yml"),
    ],
)  # fmt: skip
def test_a_fault_is_named_with_its_file_and_line(
    judged: Judged, shipped: Path, path: str, content: str, line: int, said: str
) -> None:
    if path.startswith("labels"):  # a shipped page that asks for a name of the table
        kpis = "page: kpi\nid: kpi\nstate: provisional\ntrust: medium\nsource: facts made up for this test\n"
        kpis += 'checked: "2026-11-20"\npaths: ["^/kpi"]\nroot: [{css: .k}]\n'
        kpis += "kpis: [{name: late, unit: percent, labels_of: late}]\n"
        (shipped / "marketplaces/amazon/pages/kpi.yml").write_text(kpis, "utf-8")
    with pytest.raises(SeabridgeError) as caught:
        judged({path: content})
    error = caught.value
    assert error.code is ErrorCode.FEED_FAULTY
    assert said in f"{error.data['file']} {error.data['problem']}"
    assert error.data["file"] == path
    assert path.startswith("labels") or error.data["line"] == line


def test_bytes_that_are_no_text_are_named_with_their_line(shipped: Path, tmp_path: Path) -> None:
    with pytest.raises(SeabridgeError) as caught:
        judge(opened(feed({RULE: b"id: a\nkind: \xff\n"})), tmp_path, date(2026, 11, 30), lambda _: ())
    assert (caught.value.data["line"], caught.value.data["problem"]) == (2, "is not UTF-8")


def test_words_for_all_rules_are_tried_on_the_cases_of_all_rules(judged: Judged, shipped: Path) -> None:
    """Other words of negation would make a shipped rule find what its own cases say it must not."""
    excused = rule("shipped/three", "zyxthree").replace('"fine"', '"does not zyxthree"')
    (shipped / "compliance/shipped/three.yml").write_text(excused, "utf-8")
    with pytest.raises(SeabridgeError) as caught:
        judged({"compliance/cues.yml": "negation: { en: { before: [never] } }\n"})
    assert caught.value.data["file"] == "compliance/cues.yml"
    assert "shipped/three" in caught.value.data["problem"]


def test_a_category_that_a_shipped_rule_names_cannot_be_taken_away(judged: Judged, shipped: Path) -> None:
    (shipped / "compliance/places.yml").write_text("categories: { pets: [pet] }\n", "utf-8")
    pets = rule("shipped/pets", "zyxpet", more="categories: [pets]\n")
    (shipped / "compliance/shipped/pets.yml").write_text(pets, "utf-8")
    with pytest.raises(SeabridgeError) as caught:
        judged({"compliance/places.yml": "categories: { toys: [toy] }\n"})
    assert "shipped/pets" in caught.value.data["problem"]


def test_all_faults_are_counted(judged: Judged) -> None:
    with pytest.raises(SeabridgeError) as caught:
        judged({RULE: rule("made/other"), "compliance/made/two.yml": rule("made/three")})
    assert caught.value.data["count"] == 2


NASTY = (
    "2026-13-45", "!!python/object:os.system x", "!!timestamp x", "!foo {b: c}", "1" + "0" * 5_000, "!!binary '#'",
    ".inf", "~", "[]", "{}", "[[]]", "{a: {a: {}}}", "? [a]", "'", '"\\ud800"', "-1", "1e400", "yes", "\U0001f600",
    "(((", "'[a-'", "'(?<x>a)'", "'a{1,99999}'", "'\\\\u{110000}'", "''", "{ en: [''] }", "{ en: ['  '] }",
    "{ zz9: [x] }", "[en, en]", "0", "2026-11-30 10:00:00", "|", ">-", "*a", "&a b", "%", "@", "\t",
)  # fmt: skip


@pytest.mark.parametrize("path", [RULE, PAGE])
def test_a_file_with_any_value_anywhere_is_taken_or_named(path: str, judged_any: Judged) -> None:
    """Each nasty value in place of some value of a sound file; of every value it would take seconds."""
    rows = (rule(since="2026-12-01") if path == RULE else page()).splitlines()
    keys = [(at, row.partition(":")[0]) for at, row in enumerate(rows) if ":" in row]
    for number, value in enumerate(NASTY):
        at, key = keys[number % len(keys)]
        judged_any({path: "\n".join([*rows[:at], f"{key}: {value}", *rows[at + 1 :]]) + "\n"})


@pytest.fixture
def judged_any(shipped: Path, tmp_path: Path) -> Judged:
    """Judges a feed that may be faulty; anything but that fails the test."""
    number = iter(range(10_000))

    def judged(files: dict[str, str]) -> None:
        folder = tmp_path / f"unpacked-{next(number)}"
        folder.mkdir()
        raw = {path: content.encode("utf-8", "surrogatepass") for path, content in files.items()}
        with suppress(SeabridgeError):
            judge(opened(feed(raw)), folder, date(2026, 11, 30), lambda one: check(one, "en", shared=True).faults)

    return judged
