"""One file per method of the wire: ``handle(call, params) -> result``. Here is the table of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from . import (
    auth_begin,
    auth_prove,
    blob_begin,
    browser_answer,
    browser_offer,
    buyer_story,
    dashboard_ticket,
    draft_inserted,
    engines_list,
    engines_order,
    engines_remove,
    engines_save,
    engines_test,
    glossary_export,
    glossary_import,
    glossary_list,
    glossary_put,
    glossary_remove,
    hello,
    inbox_list,
    inbox_seen,
    inbox_watch,
    languages_install,
    languages_list,
    languages_remove,
    memory_export,
    memory_import,
    memory_remove,
    memory_search,
    message_seen,
    page_read,
    pages_export,
    pages_forget,
    pages_get,
    pages_import,
    pages_own,
    pages_teach,
    pair_begin,
    pair_reveal,
    pair_wait,
    pairing_list,
    pairing_revoke,
    search,
    settings_get,
    settings_set,
    status_get,
    thread_get,
    thread_list,
    thread_mark,
    thread_messages,
    thread_set_language,
    thread_set_tone,
    translate,
    translate_others,
)

#: "inline": at once and in order, on the socket's own thread; the others name a lane.
Where = Literal["inline", "quick", "slow", "own"]


@dataclass(frozen=True, slots=True)
class Handler:
    """A method's function and where it runs."""

    handle: Callable[..., Any]
    where: Where


HANDLERS: dict[str, Handler] = {
    "hello": Handler(hello.handle, "inline"),
    "pair.begin": Handler(pair_begin.handle, "inline"),
    "pair.reveal": Handler(pair_reveal.handle, "inline"),
    "pair.wait": Handler(pair_wait.handle, "own"),
    "auth.begin": Handler(auth_begin.handle, "inline"),
    "auth.prove": Handler(auth_prove.handle, "inline"),
    "message.seen": Handler(message_seen.handle, "quick"),
    "draft.inserted": Handler(draft_inserted.handle, "quick"),
    "thread.get": Handler(thread_get.handle, "quick"),
    "thread.set_language": Handler(thread_set_language.handle, "quick"),
    "thread.set_tone": Handler(thread_set_tone.handle, "quick"),
    "thread.mark": Handler(thread_mark.handle, "quick"),
    "thread.list": Handler(thread_list.handle, "quick"),
    "thread.messages": Handler(thread_messages.handle, "quick"),
    "search": Handler(search.handle, "quick"),
    "buyer.story": Handler(buyer_story.handle, "slow"),
    "inbox.seen": Handler(inbox_seen.handle, "quick"),
    "inbox.watch": Handler(inbox_watch.handle, "quick"),
    "inbox.list": Handler(inbox_list.handle, "quick"),
    "blob.begin": Handler(blob_begin.handle, "slow"),
    "translate": Handler(translate.handle, "slow"),
    # At once: a translation in the slow lane waits for the answer.
    "browser.offer": Handler(browser_offer.handle, "inline"),
    "browser.answer": Handler(browser_answer.handle, "inline"),
    "translate.others": Handler(translate_others.handle, "slow"),
    "glossary.list": Handler(glossary_list.handle, "quick"),
    "glossary.put": Handler(glossary_put.handle, "slow"),
    "glossary.remove": Handler(glossary_remove.handle, "slow"),
    "glossary.import": Handler(glossary_import.handle, "slow"),
    "glossary.export": Handler(glossary_export.handle, "slow"),
    "memory.search": Handler(memory_search.handle, "slow"),
    "memory.remove": Handler(memory_remove.handle, "slow"),
    "memory.import": Handler(memory_import.handle, "slow"),
    "memory.export": Handler(memory_export.handle, "slow"),
    "pages.get": Handler(pages_get.handle, "slow"),
    "page.read": Handler(page_read.handle, "slow"),
    "pages.teach": Handler(pages_teach.handle, "slow"),
    "pages.forget": Handler(pages_forget.handle, "slow"),
    "pages.own": Handler(pages_own.handle, "slow"),
    "pages.export": Handler(pages_export.handle, "slow"),
    "pages.import": Handler(pages_import.handle, "slow"),
    "languages.list": Handler(languages_list.handle, "slow"),
    "languages.install": Handler(languages_install.handle, "own"),
    "languages.remove": Handler(languages_remove.handle, "slow"),
    "engines.list": Handler(engines_list.handle, "slow"),
    "engines.save": Handler(engines_save.handle, "slow"),
    "engines.remove": Handler(engines_remove.handle, "slow"),
    "engines.order": Handler(engines_order.handle, "slow"),
    "engines.test": Handler(engines_test.handle, "slow"),
    "settings.get": Handler(settings_get.handle, "quick"),
    "settings.set": Handler(settings_set.handle, "quick"),
    "status.get": Handler(status_get.handle, "slow"),
    "pairing.list": Handler(pairing_list.handle, "quick"),
    "pairing.revoke": Handler(pairing_revoke.handle, "quick"),
    "dashboard.ticket": Handler(dashboard_ticket.handle, "quick"),
}
