"""Secrets in the system keyring, else in a file only the owner can read. Which one is said plainly."""

from __future__ import annotations

import base64
import json
import logging
import os
import threading
from typing import Literal

from .atomic import set_aside, write_atomic
from .paths import Paths

_SERVICE = "Seabridge"
_log = logging.getLogger(__name__)


class Secrets:
    """Small secrets by name. ``where`` tells where they lie."""

    def __init__(self, paths: Paths) -> None:
        self._paths = paths
        self._lock = threading.Lock()
        self._where: Literal["keyring", "file"] | None = None

    @property
    def where(self) -> Literal["keyring", "file"]:
        """ "keyring" or "file". Asking loads the keyring library (about 300 ms), so ask late."""
        if self._where is None:
            # A folder that began with a file stays with it: a keyring that appears later must not hide its keys.
            use_file = self._paths.secrets.exists() or self._paths.practice or not _keyring_works()
            self._where = "file" if use_file else "keyring"
        return self._where

    def get(self, name: str) -> bytes | None:
        """The secret, None when there is none."""
        with self._lock:
            if self.where == "keyring":
                import keyring

                stored = keyring.get_password(_SERVICE, self._full(name))
            else:
                stored = self._file().get(name)
        return base64.b64decode(stored) if stored else None

    def set(self, name: str, value: bytes) -> None:
        """Store a secret."""
        encoded = base64.b64encode(value).decode("ascii")
        with self._lock:
            if self.where == "keyring":
                import keyring

                keyring.set_password(_SERVICE, self._full(name), encoded)
            else:
                self._write({**self._file(), name: encoded})

    def delete(self, name: str) -> None:
        """Forget a secret; nothing happens when there is none."""
        with self._lock:
            if self.where == "keyring":
                import keyring
                import keyring.errors

                try:
                    keyring.delete_password(_SERVICE, self._full(name))
                except keyring.errors.PasswordDeleteError:
                    return
            else:
                self._write({k: v for k, v in self._file().items() if k != name})

    def _full(self, name: str) -> str:
        return f"{self._paths.root}:{name}"

    def _file(self) -> dict[str, str]:
        try:
            content = json.loads(self._paths.secrets.read_text("utf-8"))
        except FileNotFoundError:
            return {}
        except ValueError as exc:
            # Without its keys the extension pairs again; with a file nobody can read it never could.
            _log.error("the secrets were damaged and are kept as %s: %s", set_aside(self._paths.secrets), exc)
            return {}
        return content if isinstance(content, dict) else {}

    def _write(self, content: dict[str, str]) -> None:
        write_atomic(self._paths.secrets, json.dumps(content, indent=1).encode("utf-8"), private=True)


def _keyring_works() -> bool:
    if os.environ.get("SEABRIDGE_SECRETS") == "file":
        return False
    try:
        import keyring
        import keyring.backends.fail

        backend = keyring.get_keyring()
        return not isinstance(backend, keyring.backends.fail.Keyring) and backend.priority >= 1
    except Exception:  # a missing library, a broken D-Bus: any of them means "no keyring here"
        return False
