"""Shipped under feed under seller, by the ids of rules and of pages; a broken file leaves what it would replace."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from companion.compliance import loader, store
from companion.compliance.feed.container import opened
from companion.compliance.feed.descriptions import marketplaces_here
from companion.compliance.feed.kept import Kept
from companion.compliance.here import feed_here, rules_here
from companion.compliance.loader import Over
from companion.compliance.pack import version_of
from companion.marketplaces.over import laid_over
from companion.runtime.paths import Paths

from .making import NOON, feed, page, rule


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, "utf-8")
    return folder


@pytest.fixture
def paths(shipped: Path, tmp_path: Path) -> Paths:
    return Paths(tmp_path / "home")


def test_the_sellers_rule_stands_over_the_feeds_and_that_over_the_shipped(paths: Paths, tmp_path: Path) -> None:
    over = Over(write(tmp_path / "over", {
        "shipped/one.yml": rule("shipped/one", "zyxfeed"),
        "shipped/two.yml": rule("shipped/two", "zyxfeed"),
        "made/new.yml": rule("made/new", "zyxnew"),
    }))  # fmt: skip
    write(
        paths.rules, {"shipped/two.yml": rule("shipped/two", "zyxown"), "mine/words.yml": rule("mine/words", "zyxme")}
    )
    found = store.rule_set(paths.rules, tmp_path / "rules.bin", feed=over)
    terms = {one.id: one.terms["en"] for one in found.rules}
    assert terms == {
        "made/new": ["zyxnew"], "mine/words": ["zyxme"], "shipped/one": ["zyxfeed"], "shipped/two": ["zyxown"],
    }  # fmt: skip
    assert found.origins == {"made/new": "feed", "mine/words": "own", "shipped/one": "feed", "shipped/two": "own"}
    assert store.rule_set(paths.rules, tmp_path / "rules.bin", feed=over) == found, "out of the cache the same"


def test_what_a_feed_removes_is_gone_unless_the_seller_has_it(paths: Paths, tmp_path: Path) -> None:
    over = Over(tmp_path / "empty", frozenset({"shipped/one", "shipped/two", "no/such"}))
    write(paths.rules, {"shipped/two.yml": rule("shipped/two", "zyxown")})
    assert [one.id for one in store.rule_set(paths.rules, feed=over).rules] == ["shipped/two"]


def test_the_cache_knows_one_feed_from_another(paths: Paths, tmp_path: Path) -> None:
    cache = tmp_path / "rules.bin"
    over = Over(write(tmp_path / "over", {"made/new.yml": rule("made/new")}))
    seen = [
        [one.id for one in store.rule_set(None, cache, feed=each).rules]
        for each in (None, over, Over(over.folder, frozenset({"shipped/one"})), None)
    ]
    plain = ["shipped/one", "shipped/two"]
    assert seen == [plain, ["made/new", *plain], ["made/new", "shipped/two"], plain]
    (over.folder / "made/new.yml").write_text(rule("made/new", "zyxother"), "utf-8")
    assert store.rule_set(None, cache, feed=over).rules[0].terms == {"en": ["zyxother"]}


def test_the_same_files_as_feed_or_as_own_are_not_mistaken_for_each_other(paths: Paths, tmp_path: Path) -> None:
    folder = write(tmp_path / "over", {"made/new.yml": rule("made/new")})
    cache = tmp_path / "rules.bin"
    assert store.rule_set(folder, cache).origins == {"made/new": "own"}
    assert store.rule_set(None, cache, feed=Over(folder)).origins == {"made/new": "feed"}


def test_a_rule_of_the_feed_that_broke_leaves_the_shipped_one(
    paths: Paths, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    over = Over(write(tmp_path / "over", {"shipped/one.yml": "id: [", "cues.yml": "negation: 3\n"}))
    with caplog.at_level(logging.WARNING):
        found = store.rule_set(feed=over)
    assert found.rules[0].terms == {"en": ["zyxone"]}
    assert "shipped/one.yml:2" in caplog.text
    assert found.cues == loader.read()[0].cues


def test_words_of_the_feed_count_for_all_rules(paths: Paths, tmp_path: Path) -> None:
    over = Over(write(tmp_path / "over", {"places.yml": "categories: { pets: [pet] }\n"}))
    write(paths.rules, {"mine/pets.yml": rule("mine/pets", "zyxpet", more="categories: [pets]\n")})
    found, problems = store.read(paths.rules, feed=over)
    assert problems == []
    assert found.places.categories == {"pets": ["pet"]}
    assert "mine/pets" in {one.id for one in found.rules}


def test_an_installed_version_counts_here_and_changes_the_pack(paths: Paths) -> None:
    before = rules_here(paths)
    data = feed({"compliance/made/cure.yml": rule()}, removed=["compliance/shipped/one.yml"])
    Kept(paths.feed).install(opened(data), NOON)
    after = rules_here(paths)
    assert [one.id for one in after.rules] == ["made/cure", "shipped/two"]
    versions = [version_of(one.rules, one.cues, one.places) for one in (before, after)]
    assert versions[0] != versions[1]
    over = feed_here(paths)
    assert over is not None
    assert over.removed == {"shipped/one"}


def test_pages_of_the_feed_stand_in_place_of_the_shipped_ones_and_under_the_sellers(paths: Paths) -> None:
    data = feed(
        {
            "marketplaces/amazon/pages/orders.yml": page(css=".from-feed"),
            "marketplaces/amazon/pages/new.yml": page("new", ".new"),
        },
        removed=["marketplaces/amazon/pages/more-orders.yml"],
    )
    shipped = marketplaces_here(paths)
    Kept(paths.feed).install(opened(data), NOON)
    write(
        paths.marketplaces,
        {
            "amazon/marketplace.yml": "name: amazon\ntitle: A\nhosts: [https://mine.example/*]\n",
            "amazon/pages/new.yml": page("new", ".mine"),
        },
    )
    found = marketplaces_here(paths)
    [amazon] = found.marketplaces
    assert [(one.id, one.root[0].css) for one in amazon.pages] == [("new", ".mine"), ("orders", ".from-feed")]
    assert amazon.hosts == ["https://seller.example/*", "https://mine.example/*"], "the seller may add a host"
    assert found.version != shipped.version


def test_a_page_a_host_and_a_marketplace_that_may_not_be_leave_what_was_there(shipped: Path, tmp_path: Path) -> None:
    """As after an update of the program that reads the same files otherwise."""
    folder = write(
        tmp_path / "over",
        {
            "marketplaces/amazon/marketplace.yml": "name: amazon\ntitle: X\nhosts: [https://evil.example/*]\n",
            "marketplaces/amazon/pages/orders.yml": "page: orders\n",
            "marketplaces/amazon/pages/new.yml": page("new", ".new"),
            "marketplaces/other/pages/orders.yml": page(),
        },
    )
    found, problems = laid_over(folder)
    [amazon] = found.marketplaces
    assert (amazon.title, amazon.hosts) == ("Amazon", ["https://seller.example/*"])
    assert [one.id for one in amazon.pages] == ["more-orders", "new", "orders"]
    assert {one.file for one in problems} == {
        "marketplaces/amazon/marketplace.yml", "marketplaces/amazon/pages/orders.yml",
        "marketplaces/other/pages/orders.yml",
    }  # fmt: skip


def test_names_of_figures_reach_the_shipped_pages_too(shipped: Path, tmp_path: Path) -> None:
    kpis = page("figures").replace("page: orders", "page: kpi").split("rows:")[0]
    (shipped / "marketplaces/amazon/pages/figures.yml").write_text(
        f"{kpis}kpis: [{{name: late, unit: percent, labels_of: late}}]\n"
    )
    folder = write(tmp_path / "over", {"labels/kpi.yml": "late: { en: [Late, Tardy], source: s, checked: d }\n"})
    for over, labels in ((folder, ["Late", "Tardy"]), (tmp_path / "none", ["Late"])):
        [amazon] = laid_over(over)[0].marketplaces
        figures = next(one for one in amazon.pages if one.id == "figures")
        assert figures.kpis[0].labels == labels  # type: ignore[union-attr]
    write(folder, {"labels/kpi.yml": "other: { en: [Other] }\n"})
    found, problems = laid_over(folder)
    assert [one.file for one in problems] == ["labels/kpi.yml"]
    assert next(one for one in found.marketplaces[0].pages if one.id == "figures").kpis[0].labels == ["Late"]  # type: ignore[union-attr]
