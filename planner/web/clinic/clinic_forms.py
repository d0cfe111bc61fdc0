"""The forms about a clinic as a whole: its profile, the names of its packs, and deleting it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms.validators import ValidationError

from planner.clinic.closing import is_same
from planner.clinic.colours import can_be_read, contrast, darker
from planner.clinic.lengths import (
    ADDRESS,
    CLINIC_NAME_AGAIN,
    CONSENT,
    CONSENT_TAKEN,
    MOST_WEEKS,
    MOST_YEARS,
    NAME,
    PHONE,
    SENTENCE,
    TITLE_TAKEN,
    WEB,
)
from planner.clinic.profile import PROFILE_FIELDS, Profile, read_profile
from planner.languages.translate import gettext as _
from planner.languages.translate import offered
from planner.web.clinic.access import clinic, local
from planner.web.render import library
from planner.web.typed_fields import CarriedLine, TypedForm, TypedLine


class ProfileForm(TypedForm):
    """What an owner may change. The profile cleans and checks itself, as a whole; `instead` is a colour from a button."""

    name = TypedLine(NAME)
    address = TypedLine(ADDRESS, required=False)
    phone = TypedLine(PHONE, required=False)
    web = TypedLine(WEB, required=False)
    country = TypedLine()
    paper = TypedLine(required=False)
    lang = TypedLine(required=False)
    review_weeks = TypedLine()
    keep_years = TypedLine()
    sentence = TypedLine(SENTENCE, required=False)
    consent = TypedLine(CONSENT_TAKEN, required=False)
    ink = TypedLine(required=False)
    top = TypedLine(required=False)
    gives = TypedLine(required=False)
    instead = CarriedLine()

    read: Profile
    better = ""
    """A darker colour, where the one that was chosen is too light."""

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        super().validate(extra_validators)
        self.ink.data = self.ink.typed = self.instead.data or self.ink.data
        if not self.keep_years.raw_data:  # a form from before there was this field changes nothing about it
            self.keep_years.data = self.keep_years.typed = str(clinic().keep_years)
        if not self.consent.raw_data:
            self.consent.data = self.consent.typed = clinic().consent
        if not self.top.raw_data:
            self.top.data = self.top.typed = clinic().top
            self.gives.data = self.gives.typed = clinic().gives
        typed = {name: self[name].data for name in PROFILE_FIELDS}
        self.read, wrong = read_profile(typed, offered(), library().countries, library().therapies)
        for name in wrong:
            self.refuse(self[name], said_wrong(name))
        if "ink" not in wrong and not can_be_read(self.read.ink):
            self.better = darker(self.read.ink)
            self.refuse(self.ink, too_light(self.read.ink, self.better))
        return not self.wrong


def too_light(ink: str, better: str) -> str:
    measured = int(contrast(ink) * 10) / 10  # 4.47 is not 4.5
    words = {"measured": f"{measured:.1f}", "better": better}
    return _("This colour is too light: %(measured)s to 1 on white paper, and 4.5 to 1 is the least. %(better)s will do") % words


def said_wrong(name: str) -> str:
    too_long = _("Use at most %(most)s letters")
    return {
        "name": _("Type the clinic's name, at most %(most)s letters") % {"most": NAME},
        "address": too_long % {"most": ADDRESS},
        "phone": _("Type a phone number, at most %(most)s letters") % {"most": PHONE},
        "web": _("Type a web address, such as www.example.org"),
        "country": _("Choose a country"),
        "paper": _("Choose a paper size"),
        "lang": _("Choose a language"),
        "review_weeks": _("Type a number of weeks from 1 to %(most)s") % {"most": MOST_WEEKS},
        "keep_years": _("Type a number of years from 1 to %(most)s") % {"most": MOST_YEARS},
        "sentence": too_long % {"most": SENTENCE},
        "consent": too_long % {"most": CONSENT},
        "ink": _("Choose a colour"),
        "top": _("Choose what stands at the top"),
        "gives": _("Choose what you give yourselves"),
    }[name]


class CountryForm(TypedForm):
    """The country alone, of a clinic that has not said it. `next`: where to go then."""

    country = TypedLine()
    next = CarriedLine(clean=local)

    def validate_country(self, field: TypedLine) -> None:
        if field.data not in library().countries:
            raise ValidationError(said_wrong(field.name))


class PackForm(TypedForm):
    """What a pack will be called, and its key. A page has one for each pack, so the fields go by the pack's id there."""

    title = TypedLine(TITLE_TAKEN, required=False)
    key = TypedLine(1, required=False)


def form_of(pack_id: str, form: PackForm) -> PackForm:
    form.title.id, form.key.id = pack_id, f"key-{pack_id}"
    return form


class DeleteForm(TypedForm):
    """Wants the clinic's name, so that nobody deletes one by a slip."""

    name = TypedLine(CLINIC_NAME_AGAIN)

    def validate_name(self, field: TypedLine) -> None:
        if not is_same(field.data, clinic().name):
            raise ValidationError(_("This is not the name of the clinic. Type it as it stands above"))
