"""Runs the statements of a migration."""

from __future__ import annotations

from sqlalchemy import Connection


def run(connection: Connection, script: str) -> None:
    """One after the other. SQLite's own way of running a script commits first, and half a migration must not stay."""
    for statement in script.split(";\n"):
        if statement.strip():
            connection.exec_driver_sql(statement)
