"""Small feeds, made and spoilt by hand."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import zipfile
from pathlib import Path
from typing import Any

from companion.compliance.feed import signing
from companion.compliance.feed.container import closed


def key_of(seed: int) -> bytes:
    """A private key's file, the same in every run."""
    head = signing.new_key().partition(b"\n")[0]
    return head + b"\n" + base64.b64encode(bytes([seed]) * 32) + b"\n"


KEY, OTHER_KEY = key_of(1), key_of(2)
PRINT = signing.fingerprint(signing.public_key(KEY))
OTHER_PRINT = signing.fingerprint(signing.public_key(OTHER_KEY))
#: 30 November 2026, noon UTC.
NOON = 1_796_040_000.0

RULE = """\
id: {id}
version: {version}
kind: claim
level: {level}
applies_to: [listing, message]
marketplaces: [{marketplace}]
terms: {{ en: [{terms}] }}
message: {{ zh_CN: "不能这样写。", en: "This must not be said." }}
fix: {{ zh_CN: "请删掉。", en: "Remove it." }}
references: [{{ source: "https://example.org/policy", basis: O, seen: 2026-11-20 }}]
{more}cases: {{ hit: ["{hit}", "so {hit}"], miss: ["fine", "good"] }}
"""
PAGE = """\
page: orders
id: {id}
state: provisional
trust: medium
source: facts about a page that was made up for this test
checked: "2025-11-20"
paths: ["^/orders(/|$)"]
root: [{{css: "{css}", trust: high}}]
rows:
  row: [{{css: ".order", trust: high}}]
  order: [{{css: ".number", trust: high}}]
health: [{{field: root, min: 1}}]
"""


def rule(
    id: str = "made/cure", *terms: str, version: int = 1, level: str = "error", marketplace: str = "amazon",
    hit: str = "", since: str = "", more: str = "",
) -> str:  # fmt: skip
    """A rule's file: a claim with these terms."""
    terms = terms or ("zyxcure",)
    if since:
        more += f"validity: [{{ from: {since} }}]\n"
    return RULE.format(
        id=id, version=version, level=level, marketplace=marketplace, terms=", ".join(terms), hit=hit or terms[0],
        more=more,
    )  # fmt: skip


def page(id: str = "orders", css: str = ".orders") -> str:
    """A page's file."""
    return PAGE.format(id=id, css=css)


def manifest(files: dict[str, bytes], **given: Any) -> bytes:
    """``feed.json`` of these files."""
    plain = {
        "format": 1, "name": "made", "title": "Made 规则", "version": 1, "made": "2026-11-29", "expires": "2027-03-01",
        "files": {
            path: {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
            for path, content in files.items()
        },
        "removed": [],
        **given,
    }  # fmt: skip
    return json.dumps(plain, ensure_ascii=False).encode()


def feed(files: dict[str, str | bytes] | None = None, key: bytes = KEY, **given: Any) -> bytes:
    """A feed of these files by their paths; a rule, where nothing else is asked for."""
    named = {"compliance/made/cure.yml": rule()} if files is None else files
    raw = {path: content.encode() if isinstance(content, str) else content for path, content in named.items()}
    head = manifest(raw, **given)
    return closed(raw, head, signing.signed(head, key))


def zipped(members: list[tuple[str | zipfile.ZipInfo, bytes]]) -> bytes:
    """A ZIP of members as they are, whatever they are called."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, content in members:
            bundle.writestr(name, content)
    return out.getvalue()


def members_of(data: bytes) -> list[tuple[str | zipfile.ZipInfo, bytes]]:
    """The members of a ZIP, to be changed and put together anew."""
    with zipfile.ZipFile(io.BytesIO(data)) as bundle:
        return [(info.filename, bundle.read(info)) for info in bundle.infolist()]


def small_rules(folder: Path) -> Path:
    """Shipped rules of two rules, one marketplace with two pages, and a table of labels."""
    files = {
        "compliance/shipped/one.yml": rule("shipped/one", "zyxone", level="warning"),
        "compliance/shipped/two.yml": rule("shipped/two", "zyxtwo", "zyxtoo", marketplace="all"),
        "marketplaces/amazon/marketplace.yml": "name: amazon\ntitle: Amazon\nhosts: [https://seller.example/*]\n",
        "marketplaces/amazon/pages/orders.yml": page(),
        "marketplaces/amazon/pages/more-orders.yml": page("more-orders", ".more"),
        "compliance/cues.yml": "negation: { en: { before: [does not] } }\n",
        "compliance/places.yml": "regions: { EU: [DE] }\n",
        "labels/kpi.yml": "late: { en: [Late], source: s, checked: d }\n",
        "feed.yml": 'address: ""\nkey: ""\n',
    }
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, "utf-8")
    return folder
