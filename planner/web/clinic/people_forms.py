"""The forms about people of a clinic: inviting somebody, how they sign in, and joining by a link."""

from __future__ import annotations

from collections.abc import Sequence

from planner.clinic.lengths import EMAIL, NAME, REQUEST_WORDS
from planner.clinic.people.names import clean_email, clean_name
from planner.clinic.people.sign_in_rules import IDLE_TIMES
from planner.clinic.tables import ROLES
from planner.languages.translate import gettext as _
from planner.web.clinic.account_forms import NewPassword, PersonsName
from planner.web.typed_fields import EmailLine, TypedForm, TypedLine, one_of, wanted


class InviteForm(TypedForm):
    """Whom to invite, and what they may do."""

    email = EmailLine(EMAIL, clean_email)
    role = TypedLine(clean=one_of(ROLES), required=False)

    def validate_email(self, field: TypedLine) -> None:
        wanted(field, _("Type an e-mail address, such as name@example.org"))

    def validate_role(self, field: TypedLine) -> None:
        wanted(field, _("Choose what they may do"))


class AskForm(TypedForm):
    """Which clinic asks for an account. `words`: a line about it, if they like."""

    clinic = TypedLine(NAME, clean_name)
    email = EmailLine(EMAIL, clean_email)
    words = TypedLine(REQUEST_WORDS, lambda text: clean_name(text, REQUEST_WORDS), required=False)

    def validate_clinic(self, field: TypedLine) -> None:
        wanted(field, _("Type the name of your clinic, at most %(most)s letters") % {"most": NAME})

    def validate_email(self, field: TypedLine) -> None:
        wanted(field, _("Type an e-mail address, such as name@example.org"))

    def validate_words(self, field: TypedLine) -> None:
        if field.typed.strip():
            wanted(field, _("This is too long. Use at most %(most)s letters") % {"most": REQUEST_WORDS})


class SignInRulesForm(TypedForm):
    """How the clinic's people sign in."""

    idle = TypedLine(clean=one_of([str(one) for one in IDLE_TIMES]), required=False)
    two_factors = TypedLine(clean=one_of(["yes"]), required=False)

    def validate_idle(self, field: TypedLine) -> None:
        wanted(field, _("Choose one of these times"))


class JoinForm(PersonsName, NewPassword):
    """Name and password of somebody with a link. `of_link`: what else the link says of them and their clinic."""

    of_link: Sequence[str] = ()

    @property
    def tried_first(self) -> Sequence[str]:
        return self.name.data, *self.of_link
