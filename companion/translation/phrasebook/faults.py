"""Every faulty file of a phrasebook with the place of its first fault, for whoever has to mend it."""

from __future__ import annotations

from pathlib import Path

from .compile import read_yaml, sources
from .shape import shape_of_entries, shape_of_slots


def faults(folder: Path) -> list[str]:
    """As "file:line: what is wrong", or "file: …" where no line is known; [] when every file has the right shape."""
    found = []
    for path in sources(folder):
        problem = _fault(path)
        if problem:
            found.append(f"{path.relative_to(folder).as_posix()}{problem}")
    return found


def _fault(path: Path) -> str:
    import yaml

    try:
        content = read_yaml(path)
    except yaml.MarkedYAMLError as exc:
        mark = exc.problem_mark or exc.context_mark
        return f":{mark.line + 1 if mark else 1}: {exc.problem or exc}"
    except (yaml.YAMLError, UnicodeDecodeError, OSError) as exc:
        return f": {' '.join(str(exc).split())[:200]}"
    return shape_of_slots(content) if path.parent.name == "slots" else shape_of_entries(content)
