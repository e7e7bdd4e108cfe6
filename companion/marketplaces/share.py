"""Page descriptions as a file to give to others, and somebody else's taken in: data only, bounded, looked at first.

What travels is ``marketplace.yml`` and ``pages/*.yml``, as a ZIP of the folder. Case pages stay at home: a seller's own
may hold people's data.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path

from companion.protocol.errors import ErrorCode, SeabridgeError
from companion.runtime import unzip

from . import bounds, lines
from .loader import Problem
from .own import is_name

#: What fits into one frame of the wire, base64 included. A taught page takes about 2 kB.
MOST_ZIP = 128 * 1024
_MOST_FILES = 200
_MOST_PAGES = 40
_MOST_FILE = 256 * 1024
_MOST_BYTES = 2 * 1024 * 1024
#: YAML with more values describes no page.
_MOST_VALUES = 20_000
_README = """\
Page descriptions for Seabridge: where the messages and fields of a seller back-end are. Data only, no program.
海桥的页面说明：只有数据，没有程序，告诉海桥在这个卖家后台的哪里读消息、哪里写回复。

To install / 安装:  seabridge marketplace import THIS-FILE.zip
or in the extension: Options, "Your own pages", Import / 或者在扩展的“选项 → 您自己的页面”里点“导入”。
Seabridge shows the hosts and asks before anything is kept. / 保存之前会先显示网址并请您确认。
"""


def pack(folder: Path) -> bytes:
    """A marketplace's folder as a ZIP. Raises ``shared_unreadable`` without ``marketplace.yml``, and when too large."""
    files = [folder / "marketplace.yml", *sorted((folder / "pages").glob("*.yml"))]
    out = io.BytesIO()
    try:
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bundle:
            for path in files:
                # a fixed day: the same folder gives the same file
                info = zipfile.ZipInfo(f"{folder.name}/{path.relative_to(folder).as_posix()}", (2020, 1, 1, 0, 0, 0))
                info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o100644 << 16
                bundle.writestr(info, path.read_bytes())
            readme = zipfile.ZipInfo(f"{folder.name}/README.txt", (2020, 1, 1, 0, 0, 0))
            readme.compress_type, readme.external_attr = zipfile.ZIP_DEFLATED, 0o100644 << 16
            bundle.writestr(readme, _README)
    except OSError as exc:
        raise unreadable(f"{exc.filename or folder}: {exc.strerror}") from exc
    data = out.getvalue()
    if len(data) > MOST_ZIP:
        raise unreadable(f"{folder.name}: {len(data) >> 10} kB, {MOST_ZIP >> 10} kB at most")
    return data


def unpack(data: bytes, into: Path) -> Path:
    """Write a shared ZIP below ``into``, under the marketplace's own name; that folder.

    Anything but ``marketplace.yml`` and ``pages/*.yml`` is left out. Raises ``shared_unreadable``, ``shared_unsafe``,
    and ``shared_faulty`` for YAML that is none or meant to exhaust.
    """
    found = _files(data)
    for path, text in found.items():
        _bounded(path, text)
    head, _ = lines.parse(found["marketplace.yml"])
    name = head.get("name") if isinstance(head, dict) else None
    if not isinstance(name, str) or not is_name(name):
        raise faulty([Problem("marketplace.yml", 1, f"name {str(name)[:60]!r} cannot be a folder's name")])
    for path, text in found.items():
        place = into / name / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, "utf-8")
    return into / name


def _files(data: bytes) -> dict[str, str]:
    """Path inside the marketplace's folder to text."""
    if len(data) > MOST_ZIP:
        raise unreadable(f"{len(data) >> 10} kB, {MOST_ZIP >> 10} kB at most")
    found: dict[str, str] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as bundle:
            members = unzip.members(bundle, most_files=_MOST_FILES, most_bytes=_MOST_BYTES)
            heads = [path for path, _ in members if path.name == "marketplace.yml" and len(path.parts) <= 2]
            if len(heads) != 1:
                raise unreadable("no marketplace.yml" if not heads else "several marketplace.yml")
            for path, info in members:
                if info.is_dir() or not path.is_relative_to(heads[0].parent):
                    continue
                inner = path.relative_to(heads[0].parent)
                page = len(inner.parts) == 2 and inner.parts[0] == "pages" and inner.suffix == ".yml"
                if page and not is_name(inner.stem):
                    raise unzip.Unsafe(f"page name {inner.stem!r}")
                if page or inner.as_posix() == "marketplace.yml":
                    out = io.BytesIO()
                    unzip.copy(bundle, info, out, _MOST_FILE)
                    found[inner.as_posix()] = out.getvalue().decode("utf-8-sig")
    except unzip.Unsafe as exc:
        raise SeabridgeError(ErrorCode.SHARED_UNSAFE, str(exc), problem=str(exc)[:200]) from exc
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeError, RuntimeError) as exc:
        raise unreadable(str(exc) or type(exc).__name__) from exc
    if not 1 < len(found) <= _MOST_PAGES + 1:
        raise unreadable("no pages" if len(found) == 1 else f"more than {_MOST_PAGES} pages")
    return found


def _bounded(name: str, text: str) -> None:
    if found := bounds.excess(text, _MOST_VALUES):
        raise faulty([Problem(name, *found)])


def faulty(problems: list[Problem]) -> SeabridgeError:
    """The error of descriptions that cannot be used; its sentence tells the first fault."""
    first = problems[0]
    return SeabridgeError(
        ErrorCode.SHARED_FAULTY,
        "; ".join(map(str, problems)),
        file=first.file,
        line=first.line,
        problem=first.message[:300],
        count=len(problems),
    )


def unreadable(problem: str) -> SeabridgeError:
    """The error of a file that is no shared marketplace."""
    return SeabridgeError(ErrorCode.SHARED_UNREADABLE, problem, problem=problem[:200])
