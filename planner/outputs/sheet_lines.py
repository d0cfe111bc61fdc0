"""The lines of the sheet that are not exercises: what to do, said once, with its title in bold."""

from __future__ import annotations

from markupsafe import Markup


def title_once(short: str, title: str) -> Markup:
    """The one-line form with its title in bold where it says it; else the title, then the line."""
    place = short.lower().find(title.lower())
    before, found, after = short[:place], short[place : place + len(title)], short[place + len(title) :]
    if place < 0 or after[:1].isalnum() or before[-1:].isalnum():
        return Markup("<b>{}.</b> {}").format(title, short)
    return Markup("{}<b>{}</b>{}").format(before, found, after or ".")
