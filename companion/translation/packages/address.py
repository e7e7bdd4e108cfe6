"""Which addresses the downloader may visit. Pure."""

from __future__ import annotations

import ipaddress
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from companion.protocol import ErrorCode, SeabridgeError

#: The project's own index; a mirror takes its place by setting or SEABRIDGE_ARGOS_INDEX.
OFFICIAL_INDEX = "https://raw.githubusercontent.com/argosopentech/argospm-index/main/index.json"


def is_loopback(url: str) -> bool:
    """Whether an http address is on this machine."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme not in ("http", "https"):
        return False
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def is_private(url: str) -> bool:
    """Whether the host is written as an address inside somebody's network."""
    try:
        return not ipaddress.ip_address(urlsplit(url).hostname or "").is_global
    except ValueError:
        return (urlsplit(url).hostname or "").lower().split(".")[-1] in ("localhost", "local", "internal", "")


def local_path(url: str) -> Path | None:
    """The file a ``file:`` address or a plain path names; None for anything on a network."""
    parts = urlsplit(url)
    if parts.scheme == "file" and parts.netloc in ("", "localhost"):
        return Path(url2pathname(parts.path))
    # "C:\\mirror\\index.json" parses as scheme "c".
    if parts.scheme == "" or len(parts.scheme) == 1:
        return Path(url)
    return None


def as_url(address: str) -> str:
    """An index address as an address: plain paths become ``file:`` addresses."""
    path = local_path(address)
    return path.absolute().as_uri() if path else address


def allowed(url: str, mirror: str) -> bool:
    """Whether the address may be fetched: https anywhere public; http and files only where the mirror itself is local.

    A public index must not lead the downloader into the seller's own machine or network.
    """
    scheme = urlsplit(url).scheme
    mirror_local = local_path(mirror) is not None or is_loopback(mirror)
    if scheme == "file":
        return local_path(mirror) is not None
    if is_loopback(url):
        return mirror_local
    if scheme != "https":
        return False
    return not is_private(url) or urlsplit(url).hostname == urlsplit(mirror).hostname


def check(url: str, mirror: str) -> str:
    """The address, when it may be fetched; else raises ``package_unsafe``."""
    if not allowed(url, mirror):
        raise SeabridgeError(
            ErrorCode.PACKAGE_UNSAFE, f"address refused: {url[:200]}", host=urlsplit(url).hostname or ""
        )
    return url
