"""A configured engine from its set-up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ..engines.base import Engine
from .base import RemoteEngine
from .chat import Chat
from .config import RemoteConfig
from .context import Context
from .deepl import DeepL
from .libretranslate import LibreTranslate
from .mtranserver import MTranServer
from .private import Private, hidden
from .usage import Usage

KINDS: dict[str, type[RemoteEngine]] = {
    "libretranslate": LibreTranslate,
    "mtranserver": MTranServer,
    "deepl": DeepL,
    "chat": Chat,
}


def build(config: RemoteConfig, key: Callable[[], str], usage: Usage) -> RemoteEngine:
    """The engine; nothing is asked yet."""
    return KINDS[config.kind](config, key, usage)


def screened(engine: RemoteEngine, context: Context) -> Engine:
    """The engine as a message may use it: personal data hidden, with the context where it takes one.

    A server on this machine sees the text as it is: nothing leaves.
    """
    if isinstance(engine, (Chat, DeepL)):
        facts = context.facts or engine.config.shop_facts
        around = replace(context, facts=facts).bounded()
        with_context = replace(engine, context=hidden(around) if engine.destination else around)
        engine = with_context
    return Private(engine, context.names, context.elsewhere) if engine.destination else engine
