"""Conversations as one HTML file that needs nothing else: no scripts, no network, every text escaped."""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from html import escape as escape_html
from pathlib import Path

from ...locales import text
from ..identity import BY_NAME
from ..transcript import DAY_SPAN_S, Line, Picture, Transcript
from .clock import readable

#: Bytes of pictures that are put into one file; the others are named by their hash.
MOST_PICTURES = 40 * 1024 * 1024
#: A message longer than this may be cut by the end of a page; a shorter one moves to the next as a whole.
_LONG = 1200
#: Nothing in the file may reach out, whatever a text managed to become.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"

#: Invisible characters that turn the writing around; a text must not do that to what stands behind it, nor hide what
#: it says. ``jsonl``, ``csv`` and ``xlsx`` keep them.
_TURNING = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))


def escape(value: str) -> str:
    """As HTML, without what turns the writing around."""
    return escape_html(value.translate(_TURNING))


#: The bytes of a picture by its SHA-256, None when they are not there.
PictureBytes = Callable[[str], bytes | None]


@dataclass(frozen=True, slots=True)
class Setting:
    """How an export is to read. ``zone_name`` as people know it; ``query``: the search it answers, "" = none.
    ``marks``: with the seller's star, tags and note, which are not for whoever decides a dispute.
    """

    locale: str
    zone: tzinfo
    zone_name: str
    made_at: float
    query: str = ""
    marks: bool = False


def write(transcripts: Sequence[Transcript], setting: Setting, picture: PictureBytes) -> str:
    """The file."""
    writer = _Writer(setting, picture)
    title = writer.title(transcripts)
    language = setting.locale.replace("_", "-").replace("zh-CN", "zh-Hans")
    css = Path(__file__).with_name("page.css").read_text("utf-8")
    return "\n".join(
        [
            f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(title)}</title><style>{css}</style></head><body>",
            *(writer.section(each) for each in transcripts),
            writer.footer(transcripts),
            "</body></html>\n",
        ]
    )


class _Writer:
    def __init__(self, setting: Setting, picture: PictureBytes) -> None:
        self._setting = setting
        self._picture = picture
        self._room = MOST_PICTURES

    def _say(self, key: str, **data: object) -> str:
        return escape(text(f"export_{key}", self._setting.locale, **data))

    def _at(self, at: float) -> str:
        return readable(at, self._setting.zone)

    def title(self, transcripts: Sequence[Transcript]) -> str:
        """The name of the document, not escaped."""
        if self._setting.query:
            return text("export_title_search", self._setting.locale, query=self._setting.query)
        if len(transcripts) == 1:
            return self._heading(transcripts[0])
        return text("export_title_many", self._setting.locale, count=len(transcripts))

    def _heading(self, each: Transcript) -> str:
        buyer = each.buyer or text("cli_unknown_buyer", self._setting.locale)
        return text("export_title", self._setting.locale, buyer=buyer)

    def section(self, each: Transcript) -> str:
        """A conversation."""
        shop = " · ".join(part for part in (each.marketplace, each.region, each.shop) if part)
        facts = [
            ("shop", escape(shop)),
            ("buyer", escape(each.buyer)),
            # A number of our own making means nothing to a marketplace or a bank.
            ("thread", "" if each.thread.startswith(BY_NAME) else f"<code>{escape(each.thread)}</code>"),
            ("orders", escape(", ".join(each.orders))),
            ("messages", self._amount(each)),
            ("zone", escape(self._setting.zone_name)),
            ("made", escape(self._at(self._setting.made_at))),
            ("query", escape(self._setting.query)),
            ("chain", f"<code>{each.chain}</code>"),
            ("masked", self._say("masked_note") if each.masked else ""),
            *(self._marks(each) if self._setting.marks else ()),
        ]
        listed = "".join(f"<dt>{self._say(f'fact_{name}')}</dt><dd>{value}</dd>" for name, value in facts if value)
        heads = "".join(f"<th>{self._say(f'column_{name}')}</th>" for name in ("meta", "original", "translation"))
        return (
            f"<section><h1>{escape(self._heading(each))}</h1><dl>{listed}</dl>"
            f'<table><colgroup><col class="meta"><col><col></colgroup><thead><tr>{heads}</tr></thead>'
            f"{''.join(self._message(each, line) for line in each.lines)}</table></section>"
        )

    def _marks(self, each: Transcript) -> list[tuple[str, str]]:
        """What the seller put on it."""
        written = "" if each.noted_at is None else f" ({self._at(each.noted_at)})"
        note = f'<span class="own">{escape(each.note)}</span>{escape(written)}' if each.note else ""
        return [("star", "★" if each.star else ""), ("tags", escape(", ".join(each.tags))), ("note", note)]

    def _amount(self, each: Transcript) -> str:
        if len(each.lines) == each.total:
            return str(each.total)
        return self._say("messages_some", shown=len(each.lines), count=each.total)

    def _message(self, each: Transcript, line: Line) -> str:
        shown = line.shown
        original_length = len(line.text) + sum(len(each.text) for each in line.later)
        long = max(original_length, len(shown.text) if shown else 0) > _LONG
        language = f' lang="{escape(line.language)}"' if line.language else ""
        meta = (
            f'<div class="who">{self._say(f"who_{line.direction}")}</div>'
            f"<div>{self._when(line)}</div>"
            + (f"<div>{self._say('order', order=line.order)}</div>" if line.order else "")
            + "".join(f'<div class="note">{note}</div>' for note in self._notes(line))
        )
        original = (
            f'<div class="text" dir="auto"{language}>{escape(line.text)}</div>'
            f"{self._later(line)}{self._pictures(line, each.masked)}"
        )
        return (
            f'<tbody class="{"long" if long else ""}"><tr class="{escape(line.direction)}"><td class="meta">{meta}</td>'
            f"<td>{original}</td><td>{self._translation(line)}</td></tr>"
            f'<tr class="{escape(line.direction)}"><td class="hash" colspan="3">'
            f"{line.arrival} · SHA-256 {line.digest.hex()}</td></tr></tbody>"
        )

    def _when(self, line: Line) -> str:
        if line.sent_at is None:
            label = escape(line.label)
            seen = self._say("seen", time=self._at(line.observed_at))
            return f"{label}<br>{seen}" if label else seen
        if line.sent_span > DAY_SPAN_S:
            return escape(datetime.fromtimestamp(line.sent_at, self._setting.zone).strftime("%Y-%m-%d"))
        return escape(self._at(line.sent_at))

    def _notes(self, line: Line) -> list[str]:
        notes = []
        if line.gap:
            notes.append(self._say("gap"))
        if line.ambiguous:
            notes.append(self._say("ambiguous"))
        if line.gone_at is not None and line.back_at is None:
            notes.append(self._say("gone", time=self._at(line.gone_at)))
        elif line.gone_at is not None and line.back_at is not None:
            notes.append(self._say("back", gone=self._at(line.gone_at), back=self._at(line.back_at)))
        if line.source:
            notes.append(self._say("imported", name=line.source.name, time=self._at(line.source.made_at)))
        return notes

    def _later(self, line: Line) -> str:
        """What the page showed in place of the text, each with its time."""
        return "".join(
            f'<div class="later"><div class="note">{self._say("later", time=self._at(each.seen_at))}</div>'
            f'<div class="text" dir="auto">{escape(each.text)}</div></div>'
            for each in line.later
        )

    def _translation(self, line: Line) -> str:
        shown = line.shown
        if shown is None:
            wanted = line.text.strip() and line.direction != "system"
            return f'<div class="none">{self._say("untranslated")}</div>' if wanted else ""
        by = self._say("by_seller") if shown.engine == "seller" else self._say("by_engine", engine=shown.engine)
        doubt = f" {self._say('doubtful')}" if shown.doubt else ""
        return (
            f'<div class="text" dir="auto" lang="{escape(shown.target)}">{escape(shown.text)}</div>'
            f'<div class="by">{by}{doubt}</div>'
        )

    def _pictures(self, line: Line, masked: bool) -> str:
        return "".join(self._one_picture(each, masked) for each in line.pictures)

    def _one_picture(self, each: Picture, masked: bool) -> str:
        if not each.sha256:
            return f'<div class="note">{self._say("picture_missing")}</div>'
        named = f'<div class="hash">{self._say("picture")} SHA-256 {escape(each.sha256)}</div>'
        data = None if masked or each.size > self._room else self._picture(each.sha256)
        if data is None:
            return named
        self._room -= len(data)
        coded = base64.b64encode(data).decode()
        return f'<img alt="{self._say("picture")}" src="data:{escape(each.type)};base64,{coded}">{named}'

    def footer(self, transcripts: Sequence[Transcript]) -> str:
        """What the figures mean."""
        notes = ["about", "about_time", "about_digest", "about_chain"]
        if any(line.shown for each in transcripts for line in each.lines):
            notes.insert(1, "about_translation")
        if any(line.later or line.gone_at is not None for each in transcripts for line in each.lines):
            notes.append("about_later")
        return f"<footer>{''.join(f'<p>{self._say(note)}</p>' for note in notes)}</footer>"
