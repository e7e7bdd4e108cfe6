"""Settings, state, pairings and the dashboard."""

from __future__ import annotations

from typing import Literal

from ..base import Instant, Language, Name, Wire
from ..registry import Method, method, topic
from ..values import ThaiParticle, Tone

Locale = Literal["auto", "zh_CN", "en"]


class Nothing(Wire, kw_only=True):
    """No parameters, or no result."""


class Settings(Wire, kw_only=True):
    """What the seller chose, as the extension needs it."""

    locale: Locale = "auto"
    #: The language the seller reads and writes.
    seller_language: Language = "zh"
    #: Translate buyer messages as they appear.
    translate_incoming: bool = True
    #: Pause Enter and Send once on untranslated text.
    guard_sending: bool = True
    #: How replies sound in threads without a tone of their own.
    tone: Tone = "plain"
    thai_particle: ThaiParticle = ""


class SettingsSetParams(Wire, kw_only=True):
    """Only the named settings change."""

    locale: Locale | None = None
    seller_language: Language | None = None
    translate_incoming: bool | None = None
    guard_sending: bool | None = None
    tone: Tone | None = None
    thai_particle: ThaiParticle | None = None


class Check(Wire, kw_only=True):
    """One line of the doctor. Texts: ``doctor_<id>_<state>`` and, when there is one, ``doctor_<id>_mend``."""

    id: str
    state: Literal["ok", "warn", "fail", "off"]
    data: dict[str, str]


class StatusResult(Wire, kw_only=True):
    """How the companion is."""

    version: str
    practice: bool
    started_at: Instant
    threads: int
    messages: int
    checks: list[Check]


class PairedKey(Wire, kw_only=True):
    """A paired extension."""

    key_id: str
    name: Name
    origin: str
    created_at: Instant
    last_used_at: Instant


class PairingListResult(Wire, kw_only=True):
    """All pairings, oldest first."""

    keys: list[PairedKey]


class PairingRevokeParams(Wire, kw_only=True):
    """The pairing to end."""

    key_id: Name


class DashboardTicketResult(Wire, kw_only=True):
    """An address that opens the dashboard once, within 60 s."""

    url: str


method(Method("settings.get", Nothing, Settings, doc="The seller's settings."))
method(Method("settings.set", SettingsSetParams, Settings, doc="Change settings."))
method(Method("status.get", Nothing, StatusResult, doc="How the companion is."))
method(Method("pairing.list", Nothing, PairingListResult, doc="Paired extensions."))
method(Method("pairing.revoke", PairingRevokeParams, PairingListResult, doc="End a pairing."))
method(Method("dashboard.ticket", Nothing, DashboardTicketResult, doc="Open the dashboard."))

topic("settings", Settings)
