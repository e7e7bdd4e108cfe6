"""The address of a page as the browser's ``URL`` splits it, and what a saved page says of its own."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, urljoin, urlsplit

from .document import Saved, Tree
from .select import matches

_PATH = "%/:@!$&'()*+,;=~-._[]|^"
#: Longest address looked at.
LONGEST = 4_000


@dataclass(frozen=True, slots=True)
class Address:
    """An https address in parts. ``host`` holds the port where one is given, ``name`` does not."""

    href: str
    scheme: str
    host: str
    name: str
    path: str
    query: str
    fragment: str

    @property
    def origin(self) -> str:
        return f"{self.scheme}://{self.host}"


def parse_address(text: str) -> Address | None:
    """None for what is no web address."""
    text = text.strip()
    if not text or len(text) > LONGEST:
        return None
    try:
        parts = urlsplit(text)
        port, name = parts.port, parts.hostname or ""
        name = name if name.isascii() else name.encode("idna").decode("ascii")
    except (ValueError, UnicodeError):
        return None
    if parts.scheme not in ("https", "http") or not name:
        return None
    usual = {"https": 443, "http": 80}[parts.scheme]
    host = name if port in (None, usual) else f"{name}:{port}"
    # as browsers write it: dots resolved, everything beyond ASCII percent-encoded
    path = quote(urlsplit(urljoin("https://x/", parts.path or "/")).path, safe=_PATH)
    return Address(text, parts.scheme, host, name, path or "/", parts.query, parts.fragment)


def parameter(encoded: str, name: str) -> str:
    """The first value of a parameter, "" without one."""
    try:
        pairs = parse_qsl(encoded, keep_blank_values=True, errors="replace", max_num_fields=500)
    except ValueError:
        return ""
    return next((value for key, value in pairs if key == name), "")


def hash_parameter(fragment: str, name: str) -> str:
    """A parameter of the part behind ``#``, which counts from its first ``?``."""
    _, mark, rest = fragment.partition("?")
    return parameter(rest, name) if mark else ""


def absolute(url: str, base: Address, tree: Tree) -> str:
    """The https address of what ``url`` points at; "" for what lives in the page alone (``data:``, ``blob:``)."""
    found = matches(tree, "base[href]", tree.saved) if not tree.shadow else []
    try:
        around = urljoin(base.href, found[0].get("href").strip()) if found else base.href
        joined = urljoin(around, url.strip())
        return joined if urlsplit(joined).scheme == "https" and len(joined) <= LONGEST else ""
    except ValueError:
        return ""


#: Where a saved page names its address, most telling first: what is read, and which attribute of it.
_NAMES = (
    ("canonical", 'link[rel~="canonical"]', "href"),
    ("og:url", 'meta[property="og:url"]', "content"),
    ("base", "base[href]", "href"),
)


def own_addresses(saved: Saved) -> list[tuple[str, Address]]:
    """What the file says of where it was loaded from, best first: kind and address."""
    found = [("saved", saved.saved_from)]
    for kind, css, attribute in _NAMES:
        found += [(kind, element.get(attribute) or "") for element in matches(saved.top, css, saved)[:3]]
    parsed = [(kind, parse_address(text)) for kind, text in found if text]
    return [(kind, address) for kind, address in parsed if address is not None]
