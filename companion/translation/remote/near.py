"""Servers in the seller's own network, the only ones besides this machine that may be asked without https.

A name is no promise: what it resolves to is looked at with every connection, and the address that was looked at is the
one that is connected to, so that a name that points elsewhere a second later gains nothing.
"""

from __future__ import annotations

import ipaddress
import socket
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit
from urllib.request import HTTPHandler

from ..packages.address import is_loopback

_NETWORKS = tuple(
    ipaddress.ip_network(network)
    for network in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "fc00::/7", "fe80::/10")
)
_SUFFIXES = (".local", ".lan")
#: Whoever answers there hands out keys of the machine; no translator lives there.
_METADATA = ipaddress.ip_address("169.254.169.254")


class NotNear(OSError):
    """The name of a server in the local network points out of it."""


def in_network(address: str) -> bool:
    """Whether an IP address is of a private network or of this machine."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped is not None:
        found = found.ipv4_mapped
    return found != _METADATA and (found.is_loopback or any(found in network for network in _NETWORKS))


def is_near(url: str) -> bool:
    """Whether an address names a server in the local network: a private IP address, ``*.local``, ``*.lan``, or a name
    of one part."""
    host = (urlsplit(url).hostname or "").lower()
    if is_loopback(url) or host in ("", "localhost"):
        return False
    try:
        ipaddress.ip_address(host.partition("%")[0])
        return in_network(host)
    except ValueError:
        one_part = "." not in host and ":" not in host and not host.isdigit()
        return one_part or host.endswith(_SUFFIXES)


def unencrypted(url: str) -> bool:
    """Whether what is sent there can be read on its way through the local network."""
    return urlsplit(url).scheme == "http" and not is_loopback(url)


class NearHandler(HTTPHandler):
    """Plain http to servers whose name resolves to the local network and nowhere else."""

    def http_open(self, req: Any) -> Any:
        """Open the connection. Raises NotNear inside a URLError."""
        return self.do_open(_NearConnection, req)


class _NearConnection(HTTPConnection):
    def connect(self) -> None:
        self.sock = _dial(self.host, self.port, self.timeout)


def _dial(host: str, port: int, timeout: float | None) -> socket.socket:
    """A connection to the first address that takes one. Raises NotNear when any address lies outside."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    if not found or not all(in_network(str(address[0])) for *_kind, address in found):
        raise NotNear(f"{host} does not lie in the local network")
    failure: OSError = NotNear(host)
    for family, kind, protocol, _name, address in found:
        opened = socket.socket(family, kind, protocol)
        try:
            opened.settimeout(timeout)
            opened.connect(address)
        except OSError as exc:
            opened.close()
            failure = exc
        else:
            return opened
    raise failure
