"""Migrations that are shipped stay as they are: archives out there were made by them."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable
from hashlib import sha256
from types import ModuleType
from unittest.mock import MagicMock

import pytest
from sqlalchemy import Connection, create_engine, event

from companion.conversations.migrations import postgres, sqlite

#: Each step's SHA-256 (its beginning) over the statements it runs on an archive without rows. Add a line for a new
#: step; a line that has to change says that a shipped step was changed.
OF_A_FILE = {
    "m001_archive": "e80b15a6ceba1b5e",
    "m002_inbox": "c234819a2bee33d9",
    "m003_tone": "8ce9341571b30f09",
    "m004_filters": "469967463d60eb23",
    "m005_imports": "fed9ddb318e50974",
    "m006_facts": "f8d051c052903d56",
    "m007_log": "a24cceb2f872e295",
    "m008_marks": "c8610d87d6e7b09c",
    "m009_signs": "232b84bad6e888d4",
    "m010_manuals": "ea8d14cb25d55b6b",
    "m011_pairs": "99e5ee289bc5ab73",
    "m012_checks": "5c7ee775c6102b55",
    "m013_terms": "e3b0c44298fc1c14",
}
OF_A_TEAM = {
    "p011_archive": "86d3008e057ffe2e",
    "p012_checks": "704f037bedb8b95d",
    "p013_terms": "4d3f6aa3b2ec24a4",
}


def digest(statements: list[str]) -> str:
    return sha256("\n".join(statements).encode()).hexdigest()[:16]


def test_the_steps_of_a_file_run_what_they_ran_when_they_were_shipped() -> None:
    ran: list[str] = []
    found = {}
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        event.listen(connection, "before_cursor_execute", lambda *given: ran.append(given[2]))
        for step in sqlite.MIGRATIONS:
            ran.clear()
            step(connection)
            found[step.__name__] = digest(ran)
    engine.dispose()
    assert list(found.items()) == list(OF_A_FILE.items())


def test_the_steps_of_a_team_run_what_they_ran_when_they_were_shipped() -> None:
    def ran(step: Callable[[Connection], None]) -> str:
        connection = MagicMock()
        connection.exec_driver_sql.return_value.mappings.return_value.all.return_value = []
        step(connection)
        return digest([call.args[0] for call in connection.exec_driver_sql.call_args_list])

    assert [(step.__name__, ran(step)) for step in postgres.MIGRATIONS] == list(OF_A_TEAM.items())


@pytest.mark.parametrize(("steps", "letter", "first"), [(sqlite, "m", 1), (postgres, "p", postgres.BEGINNING)])
def test_every_file_of_a_step_is_run_at_its_number(steps: ModuleType, letter: str, first: int) -> None:
    files = sorted(file.name for file in pkgutil.iter_modules(steps.__path__) if file.name[1:4].isdigit())
    assert [step.__name__ for step in steps.MIGRATIONS] == files
    assert [name[:4] for name in files] == [f"{letter}{number:03}" for number in range(first, first + len(files))]
