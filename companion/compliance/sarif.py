"""Findings as SARIF 2.1.0, which code hosts and editors show. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from .finding import Excused, Finding

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {"error": "error", "warning": "warning", "suggestion": "note"}


def sarif(found: Iterable[tuple[str, int, str, Sequence[Finding]]], version: str, pack: str) -> dict[str, Any]:
    """A log of one run. ``found``: for each listing its file, its row from 1, what it is called, and its findings.

    Those that are ``Excused`` are written as suppressed: for who reads the log, one that is absent was mended.
    """
    rules: dict[str, dict[str, Any]] = {}
    results = []
    for file, row, sku, findings in found:
        for one in findings:
            rules.setdefault(
                one.rule,
                {
                    "id": one.rule,
                    "shortDescription": {"text": one.message},
                    "help": {"text": one.fix},
                    "defaultConfiguration": {"level": _LEVELS[one.level]},
                    **({"helpUri": one.source} if one.source.startswith(("http://", "https://")) else {}),
                    "properties": {"version": one.version, "as_of": one.as_of},
                },
            )
            results.append(_result(file, row, sku, one))
    order = {name: at for at, name in enumerate(rules)}
    for result in results:
        result["ruleIndex"] = order[result["ruleId"]]
    driver = {"name": "Seabridge", "version": version, "rules": list(rules.values())}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "properties": {"pack": pack}}
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [{**run, "results": results}]}


def _result(file: str, row: int, sku: str, one: Finding) -> dict[str, Any]:
    field = one.field if one.index is None else f"{one.field}[{one.index}]"
    return {
        "ruleId": one.rule,
        "level": _LEVELS[one.level],
        "message": {"text": f"{one.message} {one.fix}"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": _uri(file)},
                    "region": {"startLine": row, "snippet": {"text": one.text}},
                },
                "logicalLocations": [{"name": field, "fullyQualifiedName": f"{sku or row}.{field}"}],
            }
        ],
        # Section 3.27.23: all results of a run have the property, or none; empty says that nothing suppresses it.
        "suppressions": _suppressions(one),
        "properties": {"field": one.field, "index": one.index, "start": one.start, "end": one.end, "text": one.text},
    }


def _suppressions(one: Finding) -> list[dict[str, str]]:
    if not isinstance(one, Excused):
        return []
    return [{"kind": "external", "status": "accepted", "justification": one.reason}]


def _uri(file: str) -> str:
    path = PurePath(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())
