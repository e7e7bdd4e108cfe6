"""Marketplace folders: schema, companion files, and agreement of all who read them."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import jsonschema
import pytest
import yaml

from companion.marketplaces import load, rules_dir
from companion.protocol.pages import PAGE_KINDS, Kpi, Marketplace, Page

RULES = rules_dir()
FOLDERS = sorted(path.parent for path in RULES.glob("marketplaces/*/marketplace.yml"))
PAGES = sorted(RULES.glob("marketplaces/*/pages/*.yml"))


def schema(name: str) -> jsonschema.Draft202012Validator:
    content = json.loads((RULES / "schemas" / f"{name}.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(content)
    return jsonschema.Draft202012Validator(content)


def read(path: Path) -> Any:
    return yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)


def entries(value: Any) -> list[dict[str, Any]]:
    """Every selector and read below a value."""
    if isinstance(value, dict):
        return [value] if "expect" in value else [entry for inner in value.values() for entry in entries(inner)]
    return [entry for inner in value for entry in entries(inner)] if isinstance(value, list) else []


def test_there_are_marketplaces() -> None:
    assert {folder.name for folder in FOLDERS} >= {"tiktok-shop", "shopee"}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_marketplace_fits_its_schema(folder: Path) -> None:
    assert [str(error) for error in schema("marketplace").iter_errors(read(folder / "marketplace.yml"))] == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parts[-3]}/{path.stem}")
def test_page_fits_its_schema(path: Path) -> None:
    assert [f"{e.json_path}: {e.message}" for e in schema("page").iter_errors(read(path))] == []


def test_labels_fit_their_schema() -> None:
    assert [str(e) for e in schema("labels").iter_errors(read(RULES / "labels" / "kpi.yml"))] == []


def places(value: Any) -> Iterator[dict[str, Any]]:
    """Every mapping of a description but those whose keys are names."""
    if isinstance(value, dict):
        yield value
        for key, inner in value.items():
            if key not in ("expect", "cases"):
                yield from places(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from places(inner)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parts[-3]}/{path.stem}")
def test_schemas_refuse_unknown_keys_everywhere(path: Path) -> None:
    page, fitting = read(path), schema("page")
    for place in places(page):
        place["invented"] = 1
        assert not fitting.is_valid(page), place
        del place["invented"]
    for case in page["cases"].values():
        for place in places(case):
            place["invented"] = 1
            assert not fitting.is_valid(page), place
            del place["invented"]
    assert fitting.is_valid(page)


def test_the_schema_knows_every_field_of_every_kind() -> None:
    import msgspec

    content = json.loads((RULES / "schemas" / "page.schema.json").read_text("utf-8"))
    for kind in get_args(Page):
        described = set(content["properties"]) | set(content["$defs"][kind.__struct_config__.tag]["properties"])
        assert described == {"page", "cases", *(field.name for field in msgspec.structs.fields(kind))}
    assert set(PAGE_KINDS) == {kind.__struct_config__.tag for kind in get_args(Page)}
    assert content["properties"]["page"]["enum"] == list(PAGE_KINDS)
    figure = content["$defs"]["kpi"]["properties"]["kpis"]["items"]["properties"]
    assert set(figure) == {"labels_of", "because", *(field.name for field in msgspec.structs.fields(Kpi))}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_every_kind_of_page_is_described_or_its_gap_is_explained(folder: Path) -> None:
    described = {read(path)["page"] for path in folder.glob("pages/*.yml")}
    gaps = set(read(folder / "marketplace.yml").get("gaps") or {})
    assert described.isdisjoint(gaps)
    assert described | gaps == set(PAGE_KINDS)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parts[-3]}/{path.stem}")
def test_every_entry_names_existing_cases_and_every_recognised_case_is_named(path: Path) -> None:
    page = read(path)
    cases = path.parents[1] / "cases"
    for name, case in page["cases"].items():
        assert (cases / f"{name}.html").is_file()
        assert "inside" not in case or (cases / f"{case['inside']}.html").is_file()
    recognised = {name for name, case in page["cases"].items() if case["reads"] is not None}
    for entry in entries(page):
        assert set(entry["expect"]) <= set(page["cases"])
        assert recognised <= set(entry["expect"]), f"{entry} says nothing of {recognised - set(entry['expect'])}"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parts[-3]}/{path.stem}")
def test_a_guess_says_why_and_is_not_trusted(path: Path) -> None:
    for entry in entries(read(path)):
        if "assumed" in entry.get("because", ""):
            assert entry["trust"] == "low"


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_no_case_page_lies_about_unused(folder: Path) -> None:
    named = {name for path in folder.glob("pages/*.yml") for name in read(path)["cases"]}
    assert {path.stem for path in folder.glob("cases/*.html")} == named


def test_case_pages_carry_no_script_and_reach_nothing() -> None:
    for path in RULES.glob("marketplaces/*/cases/*.html"):
        text = path.read_text("utf-8")
        assert "<script" not in text
        for address in text.split('src="')[1:]:
            assert address.startswith(("data:", "https://p16-im.example.invalid/", "https://cf.example.invalid/")), path


def test_no_host_belongs_to_two_marketplaces() -> None:
    hosts = [host for marketplace in load().marketplaces for host in marketplace.hosts]
    assert len(hosts) == len(set(hosts))


def test_the_extension_bundles_what_the_companion_serves() -> None:
    import msgspec

    node, extension = shutil.which("node"), RULES.parent / "extension"
    if node is None or not (extension / "node_modules").is_dir():
        pytest.skip("node or the extension's packages are missing")
    script = (
        "const { readPages } = await import('./tools/pages.mjs');"
        "const read = await readPages('../rules/marketplaces', () => {});"
        "process.stdout.write(JSON.stringify(read.marketplaces));"
    )
    command = [node, "--input-type=module", "-e", script]
    out = subprocess.run(command, cwd=extension, check=True, capture_output=True, encoding="utf-8").stdout
    assert msgspec.json.decode(out, type=list[Marketplace]) == load().marketplaces
