"""How a remote engine is set up: the seller's document over what the preset says. Keys are never in here. Pure."""

from __future__ import annotations

import re
from functools import cache
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

import msgspec

from companion.marketplaces import rules_dir
from companion.protocol import ErrorCode, SeabridgeError
from companion.protocol.decode import convert

from ..packages.address import is_loopback
from .near import is_near, unencrypted

Kind = Literal["libretranslate", "mtranserver", "deepl", "chat"]
NAME = re.compile(r"^[a-z][a-z0-9-]{0,30}$")


class Price(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True, rename={"in_": "in"}):
    """Per million of the unit; None = not known."""

    per: Literal["tokens", "characters"] = "tokens"
    in_: Annotated[float, msgspec.Meta(ge=0)] | None = None
    out: Annotated[float, msgspec.Meta(ge=0)] | None = None
    currency: str = ""


class RemoteConfig(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """One remote engine. ``base_url`` without a trailing slash; ``daily_characters`` 0 = no limit of ours."""

    name: str
    kind: Kind
    base_url: Annotated[str, msgspec.Meta(max_length=300)]
    model: Annotated[str, msgspec.Meta(max_length=100)] = ""
    needs_key: bool = True
    timeout_s: Annotated[float, msgspec.Meta(gt=0, le=60)] = 12.0
    daily_characters: Annotated[int, msgspec.Meta(ge=0)] = 200_000
    languages: tuple[str, ...] = ()
    price: Price = Price()
    #: Further fields of the request body, as the service wants them.
    extra: dict[str, Any] = {}
    #: Words about the shop for engines that take context, such as "women's shoes, ships from Yiwu".
    shop_facts: Annotated[str, msgspec.Meta(max_length=1_000)] = ""

    @property
    def host(self) -> str:
        """Who sees the text; "" = a server on this machine."""
        return "" if is_loopback(self.base_url) else (urlsplit(self.base_url).hostname or "")

    @property
    def unencrypted(self) -> bool:
        """What is sent can be read by others in the local network."""
        return unencrypted(self.base_url)


@cache
def known() -> dict[str, Any]:
    """``rules/engines/remote.yml``."""
    import yaml

    loaded: dict[str, Any] = yaml.safe_load((rules_dir() / "engines" / "remote.yml").read_text("utf-8"))
    return loaded


def configured(name: str, document: dict[str, Any]) -> RemoteConfig:
    """The engine a document describes: its ``preset`` below, the document above.

    Raises ``engine_setup`` naming what is wrong.
    """
    preset = str(document.get("preset") or (name if name in known()["presets"] else ""))
    told: dict[str, Any] = dict(known()["presets"].get(preset, {}))
    kind = str(document.get("kind") or told.get("kind") or "")
    if kind not in known()["kinds"]:
        raise SeabridgeError(ErrorCode.ENGINE_SETUP, f"kind {kind!r}", engine=name, problem="kind")
    values = {**known()["kinds"][kind], **told, **{k: v for k, v in document.items() if k != "preset"}}
    values = {k: v for k, v in values.items() if k not in ("title", "source")} | {"name": name, "kind": kind}
    values["base_url"] = str(values.get("base_url") or "").strip().rstrip("/")
    try:
        config = convert(values, RemoteConfig)
    except msgspec.ValidationError as exc:
        raise SeabridgeError(ErrorCode.ENGINE_SETUP, str(exc), engine=name, problem=str(exc)[:120]) from exc
    if not NAME.match(name):
        raise SeabridgeError(ErrorCode.ENGINE_SETUP, f"name {name!r}", engine=name, problem="name")
    check_address(config)
    if kind == "chat" and not config.model:
        raise SeabridgeError(ErrorCode.ENGINE_SETUP, "no model", engine=name, problem="model")
    return config


def check_address(config: RemoteConfig) -> None:
    """https anywhere, http only on this machine and in the local network: what buyers write and the key must not
    travel in the clear over the internet."""
    try:
        parts = urlsplit(config.base_url)
        sound = bool(parts.hostname) and not parts.username and not parts.query and not parts.fragment
        _ = parts.port
    except ValueError:
        sound = False
    plain = sound and parts.scheme == "http" and (is_loopback(config.base_url) or is_near(config.base_url))
    if not sound or (parts.scheme != "https" and not plain):
        raise SeabridgeError(
            ErrorCode.ENGINE_SETUP, f"address {config.base_url!r}", engine=config.name, problem="base_url"
        )
