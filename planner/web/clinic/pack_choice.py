"""Beginning a sheet from a pack: the form it gives, what an older pack says now, and in words what this person can't have of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from planner.clinic.sheets.loading import Dropped, dropped, loaded
from planner.clinic.sheets.packs import OwnPack
from planner.clinic.sheets.programmes import Programme
from planner.clinic.sheets.sheet_form import SheetForm
from planner.domain.lines import Because
from planner.domain.model import Pack
from planner.languages.translate import gettext as _
from planner.outputs.changed import renewed_text
from planner.outputs.words import listed, said, says
from planner.web.clinic.this_clinic import proposal_of
from planner.web.render import library


def begun_with(form: SheetForm, pack: OwnPack | Pack, own: Sequence[OwnPack]) -> tuple[SheetForm, dict[str, Any]]:
    """The form, and what its page says: `said` and `dropped`. `own`: the packs of the clinic."""
    begun = loaded(form, library(), pack, note_of(form.pack, own))
    return begun, {"said": renewed_pack(pack), "dropped": dropped_texts(dropped(proposal_of(begun), pack))}


def note_of(title: str, own: Sequence[OwnPack]) -> str:
    """The note that the pack of this title brings; empty for ours, and where no pack was chosen."""
    return next((one.programme.note for one in own if one.title == title and one.programme), "")


def kept_text(programme: Programme | None) -> str:
    """What a pack keeps beside its answers."""
    if programme is None:
        return _("It keeps answers alone: this sheet has no exercises.")
    if programme.note:
        return _("It keeps the exercises, their doses, the massage, the minutes and the note.")
    return _("It keeps the exercises, their doses, the massage and the minutes.")


def renewed_pack(pack: OwnPack | Pack) -> str:
    """What a clinic's own pack of an earlier day says now; empty for ours."""
    return renewed_text(library(), pack.stored) if isinstance(pack, OwnPack) else ""


def dropped_texts(found: Sequence[Dropped]) -> list[str]:
    """One line each: what it is, why it is left out, and the answers that it rests on."""
    return [_dropped_words()[one.what] % {"title": one.title, "why": _reason_of(one)} for one in found]


def _dropped_words() -> dict[str, str]:
    return {
        "exercise": _("%(title)s: %(why)s"),
        "gone": _("%(title)s: we no longer have this."),
        "dose": _("%(title)s: a lower dose. %(why)s"),
        "style": _("%(title)s: %(why)s"),
        "pressure": _("Pressure %(title)s: %(why)s"),
        "note": _("The note of the pack: your own note stays."),
    }


def _reason_of(one: Dropped) -> str:
    usual = {"dose": _("This person may not have more"), "pressure": _("The massage on this sheet takes less")}
    reason = next(iter(says(one.because)), "") or usual.get(one.what, _("It is not for this person"))
    return f"{reason.rstrip('.')}{_answers(one.because)}."


def _answers(because: Sequence[Because]) -> str:
    answers = said(because)
    return f" ({listed(answers)})" if answers else ""
