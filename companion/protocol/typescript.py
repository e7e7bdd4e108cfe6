"""Generates ``protocol.gen.ts`` and ``protocol.check.gen.ts`` from the Python types.

``python -m companion.protocol.typescript [--check]`` writes both files, or exits 1 when one is stale.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

import msgspec.inspect as mi

from . import METHODS, PUSHES, ErrorCode, version
from .errors import RETRYABLE

TARGET = Path(__file__).resolve().parents[2] / "extension" / "src" / "shared"
HEAD = "// Generated from companion/protocol by `python -m companion.protocol.typescript`. Do not edit.\n\n"


class _Shapes:
    """Collects the named structures reachable from the methods, as TypeScript and as check descriptors."""

    def __init__(self) -> None:
        self.interfaces: dict[str, str] = {}
        self.checks: dict[str, Any] = {}

    def struct(self, kind: mi.StructType) -> str:
        name = kind.cls.__name__
        if name in self.interfaces:
            return name
        self.interfaces[name] = ""  # breaks cycles
        lines, fields = [], {}
        if kind.tag_field:
            lines.append(f"  {kind.tag_field}: {json.dumps(kind.tag)};")
            fields[kind.tag_field] = [{"one": [kind.tag]}, 1]
        for field in kind.fields:
            ts, check = self.of(field.type)
            lines.append(f"  {field.encode_name}{'' if field.required else '?'}: {ts};")
            fields[field.encode_name] = [check, int(field.required)]
        self.interfaces[name] = f"export interface {name} {{\n" + "\n".join(lines) + "\n}\n"
        self.checks[name] = fields
        return name

    def of(self, kind: mi.Type) -> tuple[str, Any]:
        """TypeScript type and check descriptor of one type."""
        match kind:
            case mi.StructType():
                name = self.struct(kind)
                return name, {"ref": name}
            case mi.StrType():
                bounds = {"min": kind.min_length, "max": kind.max_length, "re": kind.pattern}
                return "string", {"t": "string", **_set(bounds)}
            case mi.IntType() | mi.FloatType():
                range_ = {"ge": kind.ge, "le": kind.le, "int": isinstance(kind, mi.IntType) or None}
                return "number", {"t": "number", **_set(range_)}
            case mi.BoolType():
                return "boolean", {"t": "boolean"}
            case mi.NoneType():
                return "null", {"one": [None]}
            case mi.LiteralType():
                values = sorted(kind.values, key=str)
                return " | ".join(json.dumps(v) for v in values), {"one": values}
            case mi.EnumType():
                return kind.cls.__name__, {"one": [m.value for m in kind.cls]}
            case mi.ListType():
                ts, check = self.of(kind.item_type)
                wrapped = f"({ts})[]" if "|" in ts else f"{ts}[]"
                length = {"min": kind.min_length, "max": kind.max_length}
                return wrapped, {"list": check, **_set(length)}
            case mi.DictType():
                ts, check = self.of(kind.value_type)
                return f"Record<string, {ts}>", {"map": check}
            case mi.UnionType():
                parts = [self.of(t) for t in kind.types]
                return " | ".join(p[0] for p in parts), {"any": [p[1] for p in parts]}
            case mi.AnyType():
                return "unknown", {"any": []}
        raise TypeError(f"no TypeScript form for {kind!r}")


def _set(bounds: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in bounds.items() if value is not None}


def generate() -> dict[str, str]:
    """File name to content."""
    shapes = _Shapes()
    table, checks = [], {}
    for name, entry in sorted(METHODS.items()):
        types = {
            "params": shapes.struct(mi.type_info(entry.params)),  # type: ignore[arg-type]
            "result": shapes.struct(mi.type_info(entry.result)),  # type: ignore[arg-type]
        }
        if entry.progress:
            types["progress"] = shapes.struct(mi.type_info(entry.progress))  # type: ignore[arg-type]
        inner = "; ".join(f"{k}: {v}" for k, v in types.items())
        table.append(f"  /** {entry.doc} */\n  {json.dumps(name)}: {{ {inner} }};")
        checks[name] = types
    topics = {name: shapes.struct(mi.type_info(kind)) for name, kind in sorted(PUSHES.items())}  # type: ignore[arg-type]
    wire = HEAD
    wire += "export type ErrorCode =\n" + "\n".join(f"  | {json.dumps(c.value)}" for c in ErrorCode) + ";\n\n"
    wire += "\n".join(shapes.interfaces.values())
    wire += "\nexport interface Methods {\n" + "\n".join(table) + "\n}\n"
    wire += "\nexport interface Topics {\n" + "".join(f"  {json.dumps(k)}: {v};\n" for k, v in topics.items()) + "}\n"
    constants = HEAD
    for key in (
        "PRODUCT", "PROTOCOL_MIN", "PROTOCOL_MAX", "PORTS", "PRACTICE_PORTS", "MAX_FRAME", "MAX_BLOB", "MAX_PAGE",
        "MAX_IMPORT", "HEARTBEAT_S",
    ):  # fmt: skip
        constants += f"export const {key} = {json.dumps(getattr(version, key))};\n"
    limits = {n: {"timeout_s": e.timeout_s, "access": e.access} for n, e in sorted(METHODS.items())}
    constants += f"export const METHOD_LIMITS = {json.dumps(limits, indent=1)} as const;\n"
    constants += f"export const RETRYABLE: readonly string[] = {json.dumps(sorted(RETRYABLE))};\n"
    check = HEAD + (
        f"export const STRUCTS: Record<string, unknown> = {json.dumps(shapes.checks, ensure_ascii=False)};\n"
        f"export const METHOD_TYPES: Record<string, Record<string, string>> = {json.dumps(checks)};\n"
        f"export const TOPIC_TYPES: Record<string, string> = {json.dumps(topics)};\n"
    )
    return {"protocol.gen.ts": wire, "protocol.const.gen.ts": constants, "protocol.check.gen.ts": check}


def main(argv: list[str] | None = None) -> int:
    """Write the files, or with --check report stale ones."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 when a file is stale")
    options = parser.parse_args(argv)
    stale = []
    for name, content in generate().items():
        path = TARGET / name
        if not path.exists() or path.read_text("utf-8") != content:
            stale.append(name)
            if not options.check:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(content, "utf-8")
    for name in stale:
        sys.stdout.write(f"{'stale' if options.check else 'wrote'} {name}\n")
    return 1 if options.check and stale else 0


if __name__ == "__main__":
    raise SystemExit(main())
