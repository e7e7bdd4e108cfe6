"""Telephone numbers, addresses, prices and whatever else is known by its build."""

from __future__ import annotations

from ..detect import tag_name
from ..detect.links import allowed
from ..ready import Ready
from ..scan import Hit, Scan
from .literal import longest


def numeric(ready: Ready, at: int, scan: Scan, language: str) -> list[Hit]:
    """What the rule's detectors find and the rule does not allow."""
    rule = ready.rule
    found = []
    for name in rule.detect:
        for start, end in scan.detected.get(name, ()):
            written = scan.text.exact[start:end]
            if name == "link" and allowed(written, rule.allow):
                continue
            if name == "html" and tag_name(written) in rule.allow:
                continue
            found.append(Hit(start, end))
    return longest(found)
