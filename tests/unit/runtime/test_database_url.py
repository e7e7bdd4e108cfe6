"""The address of a team's database: read as written, and never told with its password."""

from __future__ import annotations

import pytest

from companion.protocol.errors import ErrorCode, SeabridgeError
from companion.runtime.database_url import VARIABLE, Address, of_team, parse


def test_the_usual_address() -> None:
    found = parse("postgresql://anna:s%40fe%2F1@db.example.com:6432/shop?sslmode=require")
    assert found == Address("db.example.com", 6432, "shop", "anna", "s@fe/1", {"sslmode": "require"})
    assert found.arguments() == {
        "host": "db.example.com", "port": 6432, "dbname": "shop", "user": "anna", "password": "s@fe/1",
        "sslmode": "require",
    }  # fmt: skip


def test_what_is_left_out_is_left_to_the_driver() -> None:
    assert parse("postgres:///shop").arguments() == {"port": 5432, "dbname": "shop"}


def test_a_socket_in_a_folder() -> None:
    found = parse("postgresql://anna@/shop?host=%2Frun%2Fpostgresql")
    assert found.arguments()["host"] == "/run/postgresql"
    assert found.shown == "postgresql://anna@/run/postgresql/shop"


@pytest.mark.parametrize(
    "written",
    [
        "mysql://anna:secret@db/shop",
        "postgresql://anna:secret@db",
        "postgresql://anna:secret@db/",
        "postgresql://anna:secret@db/shop/more",
        # a "#" of the password that is not written as %23 cuts the address short
        "postgresql://anna:se#cret@db/shop",
        "postgresql://anna:secret@db:port/shop",
        "postgresql://anna:secret@db:70000/shop",
        "postgresql://anna:secret@db/shop?colour=red",
        "postgresql://anna:secret@db/shop?sslmode",
        "postgresql://anna:secret%00@db/shop",
        "postgresql://[::1/shop",
        "host=db password=secret",
        "postgresql:secret",
    ],
)
def test_what_is_no_address_is_said_without_repeating_it(written: str) -> None:
    with pytest.raises(SeabridgeError) as caught:
        parse(written)
    assert caught.value.code is ErrorCode.DATABASE_ADDRESS
    assert "secret" not in f"{caught.value}{caught.value.data}{caught.value.__cause__!r}"


def test_the_password_is_never_shown() -> None:
    found = parse("postgresql://anna:s3cret@db/shop?options=-csearch_path%3Dx")
    assert "s3cret" not in f"{found!r}{found}{found.shown}"
    assert found.shown == "postgresql://anna@db:5432/shop"


def test_practice_and_an_empty_variable_stay_in_the_data_folder() -> None:
    set_to = {VARIABLE: "postgresql://db/shop"}
    assert of_team(practice=False, environ=set_to) == Address("db", 5432, "shop")
    assert of_team(practice=True, environ=set_to) is None
    assert of_team(practice=False, environ={VARIABLE: "  "}) is None
    assert of_team(practice=False, environ={}) is None
