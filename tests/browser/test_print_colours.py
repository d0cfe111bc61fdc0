"""Printed from the browser, which leaves backgrounds out, every word is dark enough to be read, whatever the screen looks like."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.at_the_plan import answered

PALE = """() => {
  const light = (said) => { const [r, g, b, a = 1] = said.match(/[\\d.]+/g).map(Number);
    const part = (one) => { const it = (one * a + 255 * (1 - a)) / 255;
      return it <= 0.04045 ? it / 12.92 : ((it + 0.055) / 1.055) ** 2.4; };
    return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b); };
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
  while (words.nextNode()) {
    const at = words.currentNode.parentElement, text = words.currentNode.data.trim();
    if (!text || !at.checkVisibility({ visibilityProperty: true }) || at.closest("script, style, .visually-hidden, .sr")) continue;
    const contrast = 1.05 / (light(getComputedStyle(at).color) + 0.05);
    if (contrast < 4.5) found.push(`${text.slice(0, 40)}: ${contrast.toFixed(1)}`);
  }
  return found; }"""
PEOPLE: list[tuple[dict[str, Any], str]] = [
    ({"rf_saddle": "yes"}, "/stop"),
    ({"rf_saddle": "yes", "rf_dvt": "yes", "rf_weight_loss": "yes"}, "/stop"),
    ({"stress": "high", "rf_crisis": "yes"}, "/stop"),
    ({"stress": "some", "rf_crisis": "immediate"}, "/stop"),
    ({"rf_dvt": "yes"}, "/stop"),
    ({"rf_cancer": "current"}, "/plan"),
    ({}, "/plan"),
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("answers", "leads"), PEOPLE)
def test_every_printed_word_is_dark(phone: Page, site: str, answers: dict[str, Any], leads: str, scheme: Any) -> None:
    answered(phone, site, **answers)
    assert phone.url.endswith(leads)
    phone.emulate_media(media="print", color_scheme=scheme)
    assert phone.evaluate(PALE) == []
    assert not phone.get_by_text("Change the country").is_visible()
    if answers.get("rf_saddle"):
        phone.goto("/slip")
        assert phone.evaluate(PALE) == []
