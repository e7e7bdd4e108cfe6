"""Every collection of documents has its place, and nothing of a seat's own reaches the team's database."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from companion.backup.plan import Plan
from companion.protocol.methods.desk import Settings
from companion.team.placement import PLACES, joined, parted, place

COMPANION = Path(__file__).resolve().parents[3] / "companion"
#: Calls that take a collection first.
_ASKED = {"get", "put", "replace", "delete", "change", "all", "revision"}


def collections_in(path: Path) -> set[str]:
    """Names of collections a file asks documents for."""
    code = path.read_text("utf-8")
    if "documents" not in code:
        return set()
    tree = ast.parse(code)
    constants: dict[str, object] = {}
    for node in tree.body:
        if isinstance(node, ast.Assign):
            for target in node.targets:
                names = target.elts if isinstance(target, ast.Tuple) else [target]
                values = node.value.elts if isinstance(node.value, ast.Tuple) else [node.value]
                for name, value in zip(names, values, strict=False):
                    if isinstance(name, ast.Name) and isinstance(value, ast.Constant):
                        constants[name.id] = value.value
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _ASKED:
            holder = ast.unparse(node.func.value).rpartition(".")[2].lower()
            if holder.removeprefix("_").startswith("documents") and node.args:
                first = node.args[0]
                name = first.value if isinstance(first, ast.Constant) else constants.get(ast.unparse(first))
                if isinstance(name, str):
                    found.add(name)
        # a class for collections of one shape is told which
        elif isinstance(node, ast.Call) and ast.unparse(node.func) == "Kept":
            found |= {str(constants[ast.unparse(arg)]) for arg in node.args if ast.unparse(arg) in constants}
    return found


def test_every_collection_is_placed_with_a_reason_and_none_is_placed_for_nothing() -> None:
    used = set().union(*(collections_in(path) for path in COMPANION.rglob("*.py")))
    assert used == PLACES.keys()
    assert all(len(placed.because) > 20 for placed in PLACES.values())


def test_the_check_sees_a_new_collection(tmp_path: Path) -> None:
    sample = tmp_path / "x.py"
    sample.write_text(
        '_A, _B = "mine", "key"\nclass X:\n    def f(self):\n        self._documents.get(_A, _B)\n', "utf-8"
    )
    assert collections_in(sample) == {"mine"}


def test_a_collection_nobody_placed_is_refused() -> None:
    with pytest.raises(KeyError):
        place("new")


@pytest.mark.parametrize(("collection", "kind"), [("settings", Settings), ("keeping", Plan)])
def test_fields_named_as_the_teams_exist(collection: str, kind: type) -> None:
    assert PLACES[collection].team <= set(kind.__struct_fields__)


def test_a_mixed_document_is_parted_without_loss() -> None:
    whole = {"locale": "en", "tone": "warm", "guard_sending": False}
    assert parted(place("settings"), "seller", whole) == ({"locale": "en"}, {"tone": "warm", "guard_sending": False})
    assert parted(place("keeping"), "last_sweep", {"at": 1.0}) == ({}, {"at": 1.0})
    assert parted(place("keeping"), "last_backup", {"at": 1.0}) == ({"at": 1.0}, {})
    assert parted(place("glossary"), "*", {"terms": []}) == ({}, {"terms": []})


def test_a_seat_with_its_team_is_as_a_seller_alone() -> None:
    own = {"settings": {"seller": {"locale": "en", "tone": "plain"}}, "desk": {"instance": {"id": "a"}}}
    seen = {
        "settings": {"seller": {"tone": "warm"}},
        "glossary": {"s": {"terms": []}},
        "desk": {"instance": {"id": "b"}},
    }
    assert joined(own, seen | {"of a newer version": {"x": {}}}) == {
        "settings": {"seller": {"locale": "en", "tone": "warm"}},
        "desk": {"instance": {"id": "a"}},
        "glossary": {"s": {"terms": []}},
    }
    assert own["settings"]["seller"]["tone"] == "plain"
