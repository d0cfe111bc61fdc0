"""Beginning a sheet from a pack: the form it gives, what an older pack says now, and in words what this person can't have of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from planner.clinic.lengths import TITLE
from planner.clinic.sheets.loading import Dropped, dropped, loaded
from planner.clinic.sheets.pack_order import PlacedPack
from planner.clinic.sheets.packs import MOST_PACKS, PACK_KEYS, BadPack, OwnPack
from planner.clinic.sheets.programmes import Programme
from planner.clinic.sheets.sheet_form import SheetForm
from planner.domain.lines import Because
from planner.domain.model import Library, Pack
from planner.languages.translate import gettext as _
from planner.outputs.changed import renewed_text
from planner.outputs.words import listed, said, says
from planner.web.clinic.this_clinic import clinic_library, proposal_of
from planner.web.render import library


def begun_with(form: SheetForm, pack: OwnPack | Pack, own: Sequence[OwnPack]) -> tuple[SheetForm, dict[str, Any]]:
    """The form, and what its page says: `said` and `dropped`. `own`: the packs of the clinic."""
    begun = loaded(form, clinic_library(), pack, note_of(form.pack, own))
    return begun, {"said": renewed_pack(pack), "dropped": dropped_texts(dropped(proposal_of(begun), pack))}


def note_of(title: str, own: Sequence[OwnPack]) -> str:
    """The note that the pack of this title brings; empty for ours, and where no pack was chosen."""
    return next((one.programme.note for one in own if one.title == title and one.programme), "")


def key_options(placed: Sequence[PlacedPack], name: str = "") -> list[tuple[str, str]]:
    """Keys that the pack `name`, or a new one, may have: its own, free ones, and those of our packs, which give them up."""
    held = {one.key: one for one in placed if one.key and one.pack.id != name}
    return [(str(key), _key_text(key, held.get(key))) for key in PACK_KEYS if key not in held or not isinstance(held[key].pack, OwnPack)]


def key_in(text: str) -> int:
    """A key as a form sent it: 0 for none, and a number that no pack can have for anything that is no key."""
    return 0 if text == "" else int(text) if text in map(str, PACK_KEYS) else -1


def _key_text(key: int, holder: PlacedPack | None) -> str:
    return _("%(key)s, now “%(title)s”") % {"key": key, "title": holder.pack.title} if holder else str(key)


def kept_text(programme: Programme | None) -> str:
    """What a pack keeps beside its answers."""
    if programme is None:
        return _("It keeps answers alone: this sheet has no exercises.")
    if programme.note:
        return _("It keeps the exercises, their doses, the massage, the minutes and the note.")
    return _("It keeps the exercises, their doses, the massage and the minutes.")


def kept_lines(programme: Programme | None, library: Library) -> list[str]:
    """The programme of a pack, for whoever wants to read what is in it."""
    if programme is None:
        return []
    exercises = [
        _exercise_line(library.exercises[name].title, programme.told.get(name, ""))
        for name in programme.exercises
        if name in library.exercises
    ]
    style = library.massages.get(programme.style)
    massage = [_("Massage: %(title)s") % {"title": style.title}] if style else []
    return [*exercises, *massage, *([_("Note: %(note)s") % {"note": programme.note}] if programme.note else [])]


def _exercise_line(title: str, told: str) -> str:
    return f"{title}: “{told}”" if told else title


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


def pack_fault(fault: BadPack) -> str:
    return {
        "title": _("Type a name of at most %(most)s characters") % {"most": TITLE},
        "taken": _("There is a pack with this name. Choose another"),
        "many": _("You have %(most)s packs. Delete one first") % {"most": MOST_PACKS},
        "key": _("Another pack has this key. Choose a key from the list"),
    }[fault.reason]
