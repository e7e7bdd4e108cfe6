"""What a migration is, and how its statements are run."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import Connection

#: Migrations in the order of their numbers.
Steps = Sequence[Callable[[Connection], None]]


def run(connection: Connection, script: str) -> None:
    """The statements of a migration, one after the other. SQLite's own way of running a script commits first, and half
    a migration must not stay."""
    for statement in script.split(";\n"):
        if statement.strip():
            connection.exec_driver_sql(statement)
