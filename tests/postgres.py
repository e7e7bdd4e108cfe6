"""A private PostgreSQL: made, started and thrown away by tests and benches. POSIX only."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

#: What makes a server of a test quick; a bench that measures it leaves them out.
_HASTY = ("fsync=off", "full_page_writes=off", "autovacuum=off", "jit=off", "shared_buffers=32MB")
_ALWAYS = ("listen_addresses=", "max_connections=60", "unix_socket_permissions=0777")
_START_S, _STOP_S = 30.0, 15.0
USER = "seabridge"


class NoPostgres(Exception):
    """There is none on this machine; the text says what to install."""


class Server:
    """A server with one superuser, reached over a socket in its own folder. ``start``, ``stop``, ``remove``."""

    def __init__(self, *, durable: bool = False, settings: tuple[str, ...] = ()) -> None:
        """``durable``: with the server's own defaults, as a shop would run it. Raises ``NoPostgres``."""
        self._programs = _programs()
        # short, since a socket's path may have about a hundred characters; and a place every user may pass through
        self.folder = Path(tempfile.mkdtemp(prefix="seabridge-pg-", dir="/tmp"))
        self._settings = (*_ALWAYS, *(() if durable else _HASTY), *settings)
        self._as = _another_user()
        self._process: subprocess.Popen[bytes] | None = None
        if self._as:
            os.chown(self.folder, self._as["user"], self._as["group"])
        made = [self._programs / "initdb", "-D", self.folder / "data", "-U", USER, "-A", "trust", "-E", "UTF8"]
        self._run([*made, "--locale=C", "--no-sync"])

    def start(self) -> None:
        """Start it and wait until it answers."""
        import psycopg

        command = [self._programs / "postgres", "-D", self.folder / "data", "-k", self.folder]
        for setting in self._settings:
            command += ["-c", setting]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(command, cwd="/", stdin=subprocess.DEVNULL, stderr=log, **self._as)
        until = time.monotonic() + _START_S
        while True:
            try:
                self.connect().close()
                return
            except psycopg.OperationalError:
                if self._process.poll() is not None or time.monotonic() > until:
                    raise AssertionError((self.folder / "log").read_text("utf-8", "replace")[-2000:]) from None
                time.sleep(0.01)

    def stop(self) -> None:
        """End it, whoever is connected."""
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)
            try:
                self._process.wait(_STOP_S)
            except subprocess.TimeoutExpired:
                self._process.send_signal(signal.SIGQUIT)
                self._process.wait(_STOP_S)
            self._process = None

    def remove(self) -> None:
        """Stop it and delete what it wrote."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, database: str = "postgres", *, user: str = USER, password: str = "") -> str:
        """The address for ``SEABRIDGE_DATABASE_URL``."""
        who = f"{user}:{quote(password)}" if password else user
        return f"postgresql://{who}@/{database}?host={quote(str(self.folder), safe='')}"

    def connect(self, database: str = "postgres") -> Any:
        """A connection of the driver's own that commits each statement."""
        import psycopg

        return psycopg.connect(host=str(self.folder), user=USER, dbname=database, autocommit=True)

    def create(self, database: str) -> None:
        """Make an empty database in place of one of that name."""
        with self.connect() as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")
            connection.execute(f"CREATE DATABASE {database}")

    def cpu_s(self) -> float:
        """Seconds of processor time that the processes there are have spent; 0 where the system does not tell."""
        assert self._process is not None
        top = Path(f"/proc/{self._process.pid}")
        try:
            children = (top / "task" / top.name / "children").read_text().split()
            # nanoseconds; a process may end while they are asked
            spent = [_read(Path("/proc") / child / "schedstat").split()[:1] for child in children]
        except OSError:
            return 0.0
        return sum(int(each[0]) for each in spent if each) / 1e9

    def _run(self, command: list[str | Path]) -> None:
        done = subprocess.run(command, cwd="/", stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **self._as)
        assert not done.returncode, done.stdout.decode("utf-8", "replace")


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""


def empty(connection: Any) -> None:
    """Delete the rows of every table but ``versions`` and begin all numbers anew; the tables stay: a few milliseconds,
    where making them takes a hundred."""
    tables = [
        row[0]
        for row in connection.execute(
            "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'versions'"
        )
    ]
    if tables:
        # neither references nor the log's own guard may ask in which order
        connection.execute("SET session_replication_role = replica")
        connection.execute(";".join(f"DELETE FROM {table}" for table in tables))
        connection.execute(
            "SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false) FROM pg_sequences"
        )
        connection.execute("SET session_replication_role = DEFAULT")


def _programs() -> Path:
    """The folder with ``initdb`` and ``postgres``; Debian keeps it out of the path."""
    if os.name == "nt":
        raise NoPostgres("a PostgreSQL of the tests' own is started on Linux and macOS only")
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda place: int(place.parent.name), reverse=True)
    if found := shutil.which("initdb"):
        places.append(Path(found).resolve().parent)
    for place in places:
        if (place / "initdb").exists() and (place / "postgres").exists():
            return place
    raise NoPostgres("no PostgreSQL server is installed (Debian: apt install postgresql)")


def _another_user() -> dict[str, Any]:
    """Who a server runs as where the tests run as root, which it refuses."""
    if os.geteuid() != 0:
        return {}
    import pwd

    for name in ("postgres", "nobody"):
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": found.pw_uid, "group": found.pw_gid, "extra_groups": []}
    raise NoPostgres("the tests run as root, and there is no other user to run PostgreSQL")
