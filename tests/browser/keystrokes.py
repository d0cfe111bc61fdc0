"""What a practised person does, counted and timed by the keystroke-level model of Card, Moran and Newell (1980).

An interaction is a click, a tap, a key or key combination, or a field that is typed, scanned or pasted. The estimate adds the operators of
each to what the server really took: K a key, P pointing, B a press or release, H a hand from keys to mouse or back, M a decision."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page, Request

K, P, B, H, M = 0.28, 1.1, 0.1, 0.4, 1.35
"""Seconds. K: an average typist who is not a secretary, 40 words a minute."""
SCAN = M + P + 2 * B
"""A hand scanner: decide, aim, press and let go. It types by itself."""


@dataclass
class Step:
    """One interaction: what was done, the seconds a person needs for it, and when it began."""

    what: str
    seconds: float
    began: float = field(default_factory=lambda: time.time() * 1000)


@dataclass
class Person:
    """Somebody at a page. Hands start on the keys."""

    page: Page
    touch: bool = False
    steps: list[Step] = field(default_factory=list)
    on_mouse: bool = False
    requests: list[Request] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("requestfinished", self._answered)

    def _answered(self, request: Request) -> None:
        self.requests.append(request)

    def server(self, step: Step) -> tuple[float, str]:
        """Seconds of the slowest answer that the step led to, and what was asked. Styles, scripts and pictures do not count."""
        after = next((other.began for other in self.steps if other.began > step.began), float("inf"))
        found = [(0.0, "")]
        for one in self.requests:
            if step.began <= one.timing["startTime"] < after and "/static/" not in one.url and one.url.startswith("http"):
                what = f"{one.method} {one.url.split('/', 3)[3].split('?')[0]}"
                found.append(((one.timing["responseStart"] - one.timing["requestStart"]) / 1000, what))
        return max(found)

    def _hand(self, *, mouse: bool) -> float:
        """A hand that changes place. On a tablet both are the same finger."""
        moved, self.on_mouse = self.on_mouse != mouse and not self.touch, mouse
        return H if moved else 0.0

    def types(self, text: str) -> None:
        """One field, in one go. M: what to write."""
        self.page.wait_for_load_state("load")
        self.steps.append(Step(f"type {len(text)} characters", M + self._hand(mouse=False) + K * len(text)))
        self.page.keyboard.type(text)

    def scans(self, text: str) -> None:
        self.page.wait_for_load_state("load")
        self.steps.append(Step("scan the code", SCAN + self._hand(mouse=True)))
        self.page.keyboard.type(text)

    def presses(self, key: str, *, thinking: bool = True) -> None:
        """A key. Tab from field to field needs no thought."""
        self.page.wait_for_load_state("load")  # a person sees the page before they press; its scripts are there by then
        self.steps.append(Step(key, (M if thinking else 0.0) + self._hand(mouse=False) + K * (key.count("+") + 1)))
        self.page.keyboard.press(key)

    def clicks(self, target: Locator, what: str) -> None:
        self.steps.append(Step(f"{'tap' if self.touch else 'click'} {what}", M + self._hand(mouse=True) + P + 2 * B))
        if self.touch:
            target.tap()
        else:
            target.click()

    @property
    def seconds(self) -> float:
        return sum(step.seconds + self.server(step)[0] for step in self.steps)

    def report(self, title: str) -> str:
        rows = [f"{title}: {len(self.steps)} interactions, KLM {self.seconds:.0f} s"]
        for number, step in enumerate(self.steps, 1):
            took, asked = self.server(step)
            rows.append(f"  {number:2}. {step.what:30} {step.seconds:5.1f} s   server {took * 1000:4.0f} ms  {asked}")
        return "\n".join(rows)
