"""The forms of one's own account: signing in, name, password, one-time codes, passkeys."""

from __future__ import annotations

from collections.abc import Sequence

from wtforms.validators import ValidationError

from planner.clinic.lengths import EMAIL, FIRST_CODE, INITIALS, LABEL, NAME, ONE_TIME
from planner.clinic.people import accounts, passwords
from planner.clinic.people.names import clean_email, clean_initials, clean_name
from planner.clinic.people.passwords import LONGEST_PASSWORD
from planner.languages.translate import gettext as _
from planner.web.clinic.access import clinic, local, signed_in
from planner.web.typed_fields import CarriedLine, EmailLine, OnceLine, PasswordLine, TypedForm, TypedLine, wanted

PASSWORD_LENGTHS = {"least": passwords.SHORTEST, "better": passwords.BETTER}


class SignInForm(TypedForm):
    """`next`: where to go then."""

    email = EmailLine(EMAIL, clean_email)
    password = PasswordLine(LONGEST_PASSWORD)
    next = CarriedLine(clean=local)


class ForgottenForm(TypedForm):
    """Whose password was forgotten."""

    email = EmailLine(EMAIL, clean_email)

    def validate_email(self, field: TypedLine) -> None:
        wanted(field, _("Type an e-mail address, such as name@example.org"))


class OneTimeForm(TypedForm):
    """The code that is asked for after the password."""

    one_time = OnceLine(ONE_TIME)


class PasskeyForm(TypedForm):
    """What the browser's passkey says to our challenge."""

    credential = CarriedLine()
    challenge = CarriedLine()
    next = CarriedLine(clean=local)


class PersonsName(TypedForm):
    """A form with somebody's name."""

    name = TypedLine(NAME, clean_name)

    def validate_name(self, field: TypedLine) -> None:
        wanted(field, _("Type your name, at most %(most)s letters") % {"most": NAME})


class NameForm(PersonsName):
    """Name and initials."""

    initials = TypedLine(INITIALS, clean_initials)

    def validate_initials(self, field: TypedLine) -> None:
        wanted(field, _("Type 1 to %(most)s letters") % {"most": INITIALS})


class OwnPassword(TypedForm):
    """A form that wants the password of the person who is signed in."""

    password = PasswordLine(LONGEST_PASSWORD)

    def validate_password(self, field: PasswordLine) -> None:
        if not accounts.is_right(signed_in(), field.data):
            raise ValidationError(_("This is not your password"))


class ConfirmForm(OwnPassword):
    """The password of who is signed in, or what their passkey says to our challenge. `next`: where to go then."""

    credential = CarriedLine(id="passkey")
    challenge = CarriedLine()
    next = CarriedLine(clean=local)


class NewPassword(TypedForm):
    """A form with a new password. `tried_first`: names that anyone would try."""

    new_password = PasswordLine(LONGEST_PASSWORD)

    @property
    def tried_first(self) -> Sequence[str]:
        return ()

    @property
    def advice(self) -> str:
        return (
            _("At least %(least)s letters, signs and spaces. %(better)s or more is better: four odd words, for example") % PASSWORD_LENGTHS
        )

    def validate_new_password(self, field: PasswordLine) -> None:
        words = {
            "short": _("Use at least %(least)s letters, signs and spaces. %(better)s or more is better") % PASSWORD_LENGTHS,
            "long": _("This is too long. Use at most 1,000 letters"),
            "common": _("This is one of the first passwords that others would try. Choose another"),
        }
        if fault := passwords.fault(field.data, *self.tried_first):
            raise ValidationError(words[fault])


class PasswordForm(OwnPassword, NewPassword):
    """From the password of now to a new one."""

    @property
    def tried_first(self) -> Sequence[str]:
        return signed_in().name, signed_in().email, clinic().name


class CodesOnForm(OwnPassword):
    """`challenge`: the secret that was on the page, signed."""

    one_time = OnceLine(FIRST_CODE)
    challenge = CarriedLine()


class CodesOffForm(OwnPassword):
    """Stands on the page of the account, beside other forms that want the password."""

    password = PasswordLine(LONGEST_PASSWORD, id="off_password")


class NewPasskeyForm(OwnPassword):
    """A passkey that the browser just made, and what it will be called."""

    label = TypedLine(LABEL, lambda text: clean_name(text, LABEL), required=False)
    password = PasswordLine(LONGEST_PASSWORD, id="key_password")
    credential = CarriedLine()
    challenge = CarriedLine()
