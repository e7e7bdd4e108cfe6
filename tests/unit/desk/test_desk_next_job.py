"""Whoever is told that a job is through may begin the next: its thread may take a while to end on a busy machine."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from companion.conversations.imports.asked import Given, ImportReport
from companion.desk.check_job import CheckJob
from companion.desk.export_job import ExportJob
from companion.desk.import_job import ImportJob

from .fakes import until


@pytest.fixture
def lingering(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Threads end only after the test, whenever their work is done."""
    over = threading.Event()

    class Lingering(threading.Thread):
        def run(self) -> None:
            super().run()
            over.wait(30)

    monkeypatch.setattr(threading, "Thread", Lingering)
    yield
    over.set()


@pytest.mark.usefixtures("lingering")
def test_one_export_after_the_other() -> None:
    job = ExportJob()
    job.start("a.csv", lambda out, _: out.writelines([b"x"]))
    until(lambda: job.state().state == "done")
    job.start("b.csv", lambda out, _: out.writelines([b"xy"]))
    until(lambda: (job.state().state, job.state().size) == ("done", 2))


@pytest.mark.usefixtures("lingering")
def test_a_file_that_was_looked_at_is_looked_at_again_or_makes_place() -> None:
    def unreadable(_given: Given, _watch: object) -> ImportReport:
        raise OSError(5, "Input/output error")

    job = ImportJob()
    job.hold(Given("a.csv", b"", 0.0))
    for _ in range(2):
        job.look(unreadable, lambda _: [])
        until(lambda: job.state().state == "failed")
    job.hold(Given("b.csv", b"", 0.0))
    assert job.forget().state == "idle"


@pytest.mark.usefixtures("lingering")
def test_one_file_of_a_check_after_the_other() -> None:
    job = CheckJob()
    job.begin(lambda _name, _listing: ([], "p1"))
    for name in ("a.csv", "b.csv"):
        job.add(name, b"title\nx\n", lambda: [])
        until(lambda: job.state().state == "done")
    assert [file.name for file in job.state().files] == ["a.csv", "b.csv"]
