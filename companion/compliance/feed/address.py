"""Which addresses a feed may come from. Pure."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import urlsplit

from companion.protocol.errors import ErrorCode, SeabridgeError

LONGEST = 2_000
_PLAIN = re.compile(r"[!-~]+")


def checked(address: str) -> str:
    """The address, when a feed may be fetched there: https, or http on this machine. Raises ``feed_address``."""
    try:
        parts = urlsplit(address)
        sound = len(address) <= LONGEST and _PLAIN.fullmatch(address) and parts.hostname and parts.port != 0
    except ValueError:
        sound = False
    if not sound or "@" in parts.netloc or parts.fragment:
        raise _refused(address)
    if parts.scheme != "https" and not (parts.scheme == "http" and here(address)):
        raise _refused(address)
    return address


def here(address: str) -> bool:
    """Whether it is on this machine."""
    host = urlsplit(address).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def is_address(written: str) -> bool:
    """Whether somebody meant an address, not a file."""
    return "://" in written


def _refused(address: str) -> SeabridgeError:
    return SeabridgeError(ErrorCode.FEED_ADDRESS, address=address[:200])
