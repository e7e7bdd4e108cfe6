"""Translations beside buyers' messages, on pages that do their worst."""

from __future__ import annotations

from .conftest import Desk, bubbles
from playwright.sync_api import expect


def test_each_buyer_message_has_its_translation(desk: Desk) -> None:
    page = desk.tiktok("lucia")
    desk.shop.say("lucia", "¿Tienen este modelo en azul?")
    expect(bubbles(page).filter(has_text="译文（¿Tienen este modelo en azul?）")).to_have_count(1)
