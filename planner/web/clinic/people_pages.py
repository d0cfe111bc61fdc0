"""People of a clinic, for its owners: inviting, roles, letting in and out, new passwords, what happened. And joining by a link."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Response, current_app, redirect, request
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as Redirect

from planner.clinic.people import accounts, audit, invitations, one_time_codes, passkeys, passwords
from planner.clinic.people.accounts import EmailTaken, LastOwner, NoPerson, NoRole
from planner.clinic.people.invitations import OneOfUs, SpentLink
from planner.clinic.tables import Clinic, Invitation, Therapist
from planner.languages.translate import gettext as _
from planner.web import storage as database
from planner.web.clinic.access import for_everyone, for_owners, now, page, pages, signed_in
from planner.web.clinic.confirming import confirmed
from planner.web.clinic.mailing import mail_invitation, mail_password_link, post_office
from planner.web.clinic.people_forms import InviteForm, JoinForm
from planner.web.clinic.shown_once import show_once, shown_once
from planner.web.clinic.sign_in import address_limit, leave, welcome


def people_page(status: int = 200, form: InviteForm | None = None, **context: Any) -> Response:
    """Everybody of the clinic, the open invitations, and the form to invite somebody."""
    me = signed_in()
    with database.reading() as rows:
        shown: dict[str, Any] = {"people": accounts.people(rows, me.clinic_id), "invited": invitations.open_ones(rows, me.clinic_id, now())}
        shown["with_key"] = passkeys.those_with_one(rows, me.clinic_id)
    form = form or InviteForm()
    usual = {"once": {}, "mails": post_office() is not None, "form": form, "errors": form.wrong}
    return page("clinic/people.html", status, **{**shown, **usual, **context})


AFTER_A_LINK = ".,;:!?)]>\"'”’"


@pages.get("/people")
@for_owners
def list_people() -> Response:
    return people_page(once=shown_once())


@pages.post("/people")
@for_owners
@confirmed
def invite() -> Response | Redirect:
    form = InviteForm.sent()
    if not form.validate():
        return people_page(422, form)
    try:
        with database.writing() as rows:
            token = invitations.invite(rows, now(), signed_in(), form.email.data, form.role.data)
            mail_invitation(rows, form.email.data, join_url(token))
    except OneOfUs:
        form.refuse(form.email, _("This person is on your list already"))
        return people_page(422, form)
    show_once(link=join_url(token), email=form.email.data, kind="join")
    return redirect("/clinic/people", 303)


def join_url(token: str) -> str:
    """From our own settings: what a browser says our name is does not get into a link."""
    return f"{current_app.config['BASE_URL']}/clinic/join/{token}"


def changed(do: Callable[[Session], object]) -> Response | Redirect:
    """Does it, and goes back to the list. Somebody of another clinic is nobody."""
    try:
        with database.writing() as rows:
            do(rows)
    except NoPerson as fault:
        raise NotFound from fault
    except NoRole:
        return people_page(422, errors={"people": _("Choose what they may do")})
    except LastOwner:
        return people_page(422, errors={"people": _("A clinic needs one owner. Make somebody else an owner first")})
    return redirect("/clinic/people", 303)


@pages.post("/people/<therapist>/role")
@for_owners
@confirmed
def set_role(therapist: str) -> Response | Redirect:
    return changed(lambda rows: accounts.set_role(rows, now(), signed_in(), therapist, request.form.get("role", "")))


@pages.post("/people/<therapist>/active")
@for_owners
@confirmed
def set_active(therapist: str) -> Response | Redirect:
    active = request.form.get("active") != "no"
    return changed(lambda rows: accounts.set_active(rows, now(), signed_in(), therapist, active=active))


@pages.post("/people/<therapist>/link")
@for_owners
@confirmed
def password_link(therapist: str) -> Response | Redirect:
    """A link for a colleague who forgot their password."""

    def make(rows: Session) -> None:
        person = accounts.person(rows, signed_in().clinic_id, therapist)
        if person.active:
            link = join_url(invitations.password_link(rows, now(), person, signed_in()))
            mail_password_link(rows, person.email, link)
            show_once(link=link, email=person.email, kind="password")

    return changed(make)


@pages.post("/people/<therapist>/codes-off")
@for_owners
@confirmed
def codes_off(therapist: str) -> Response | Redirect:
    """For a colleague who lost their phone and their recovery codes."""
    return changed(lambda rows: one_time_codes.reset(rows, now(), accounts.person(rows, signed_in().clinic_id, therapist), signed_in()))


@pages.post("/invitations/<invitation>/revoke")
@for_owners
def revoke(invitation: str) -> Response | Redirect:
    with database.writing() as rows:
        if not invitations.revoke(rows, now(), signed_in(), invitation):
            raise NotFound
    return redirect("/clinic/people", 303)


@pages.get("/join/<token>")
@for_everyone
def ask_join(token: str) -> Response:
    """Opening the link uses nothing up: programs that look at links in e-mail open it too."""
    link, clinic, person = invited(token)
    return join_page(link, clinic, person, JoinForm(obj=person)) if link else spent()


def invited(token: str) -> tuple[Invitation | None, Clinic | None, Therapist | None]:
    """What a link is for: the clinic, and the person if it is for a password. Nothing if it is not good any more. The full stop of the
    sentence that a link stood in is no part of it."""
    token = token.rstrip(AFTER_A_LINK)
    with database.reading() as rows:
        try:
            link = invitations.find_invitation(rows, token, now())
        except SpentLink:
            return None, None, None
        return link, rows.get(Clinic, link.clinic_id), rows.get(Therapist, link.therapist_id) if link.therapist_id else None


def join_page(link: Invitation, clinic: Clinic | None, person: Therapist | None, form: JoinForm, status: int = 200) -> Response:
    return page("clinic/join.html", status, link=link, clinic=clinic, person=person, form=form, errors=form.wrong)


def spent() -> Response:
    """Used, withdrawn, too old, mistyped: nobody learns which."""
    return page("clinic/join.html", 404, link=None)


@pages.post("/join/<token>")
@address_limit
@for_everyone
def join(token: str) -> Response | Redirect:
    link, clinic, person = invited(token)
    if link is None:
        return spent()
    form = JoinForm.sent()
    form.of_link = (link.email, clinic.name if clinic else "")
    if not form.validate():
        return join_page(link, clinic, person, form, 422)
    hashed = passwords.hashed(form.new_password.data)
    try:
        with database.writing() as rows:
            leave(rows)
            signed = invitations.use(rows, now(), token, form.name.data, hashed)
    except SpentLink:
        return spent()
    except EmailTaken:
        form.refuse(form.name, _("There is an account with this address already. Sign in, or ask for a link to another address"))
        return join_page(link, clinic, person, form, 422)
    return welcome(signed, "/clinic/new", link.email)


@pages.get("/audit")
@for_owners
def history() -> Response:
    with database.reading() as rows:
        found = audit.events(rows, signed_in().clinic_id, request.args.get("page", 1, type=int))
    return page("clinic/audit.html", found=found)
