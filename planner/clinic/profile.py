"""The clinic's profile: what stands on its sheets, in which colour, paper and language. And the letterhead that documents print."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from planner.clinic.colours import USUAL_INK, as_hex
from planner.clinic.lengths import ADDRESS, CONSENT, MOST_WEEKS, MOST_YEARS, NAME, PHONE, SENTENCE, USUAL_YEARS, WEB
from planner.clinic.people import audit
from planner.clinic.people.names import clean_name
from planner.clinic.tables import A4, LETTER, LOGO_ALONE, LOGO_AND_NAME, Clinic, Therapist
from planner.database.rows import written
from planner.domain.model import Country
from planner.domain.typed_text import as_typed
from planner.kept.plans import Gone

PAPERS = (A4, LETTER)
TOPS = (LOGO_AND_NAME, LOGO_ALONE)
HOST = re.compile(r"[^\s/@:]+\.[^\s/@:.]{2,}(:\d{1,5})?(/\S*)?")


@dataclass(frozen=True)
class Profile:
    """What an owner may change, cleaned. `ink` is '#rrggbb', `review_weeks` the usual number of weeks to the next visit."""

    name: str
    address: str = ""
    phone: str = ""
    web: str = ""
    country: str = ""  # whose telephone numbers its sheets have; empty until it was chosen
    paper: str = A4
    lang: str = "en"
    review_weeks: int = 2
    keep_years: int = USUAL_YEARS  # that the chart text of a sheet is kept, from the day it was printed
    sentence: str = ""
    consent: str = ""  # what patients tick before a visit; empty: nothing
    ink: str = USUAL_INK
    top: str = LOGO_AND_NAME
    gives: str = ""  # id of the therapy that it gives itself


PROFILE_FIELDS = tuple(field.name for field in fields(Profile))


@dataclass(frozen=True)
class Letterhead:
    """What documents need of a clinic. `logo_uri`: a PNG as a data URI, or an address on our own pages; empty without a logo."""

    name: str
    address: str = ""
    phone: str = ""
    web: str = ""
    ink: str = USUAL_INK
    sentence: str = ""
    logo_uri: str = ""
    paper: str = A4
    lang: str = "en"
    gives: str = ""
    lone_logo: bool = False
    """The logo has the name in it, so the name does not stand beside it. Not where there is no logo."""


def letterhead_of(clinic: Clinic, logo_uri: str = "") -> Letterhead:
    said = {name: getattr(clinic, name) for name in ("name", "address", "phone", "web", "sentence", "paper", "lang", "gives")}
    lone = bool(logo_uri) and clinic.top == LOGO_ALONE
    return Letterhead(**said, ink=as_hex(clinic.ink) or USUAL_INK, logo_uri=logo_uri, lone_logo=lone)


def logo_of(session: Session, clinic_id: str) -> bytes | None:
    """The PNG."""
    return session.scalar(select(Clinic.logo).where(Clinic.id == clinic_id))


def has_logo(session: Session, clinic_id: str) -> bool:
    return session.scalar(select(Clinic.id).where(Clinic.id == clinic_id, Clinic.logo.is_not(None))) is not None


def data_uri(logo: bytes | None) -> str:
    return f"data:image/png;base64,{b64encode(logo).decode()}" if logo else ""


def profile_of(clinic: Clinic) -> Profile:
    return Profile(**{name: getattr(clinic, name) for name in PROFILE_FIELDS})


def read_profile(
    typed: Mapping[str, str], languages: Sequence[str], countries: Collection[str], therapies: Collection[str] = ()
) -> tuple[Profile, tuple[str, ...]]:
    """A profile from what was typed, and the names of the fields that can't be used. Whether the colour can be read is another matter."""
    web, ink = clean_web(typed.get("web", "")), as_hex(typed.get("ink", ""))
    weeks, years = whole_number(typed.get("review_weeks", "")), whole_number(typed.get("keep_years", str(USUAL_YEARS)))
    good = {
        "name": clean_name(typed.get("name", ""), NAME),
        "address": clean_name(typed.get("address", ""), ADDRESS),
        "phone": clean_phone(typed.get("phone", "")),
        "web": web,
        "country": typed.get("country", "") if typed.get("country") in countries else "",
        "paper": typed.get("paper", "") if typed.get("paper") in PAPERS else "",
        "lang": typed.get("lang", "") if typed.get("lang") in languages else "",
        "sentence": clean_name(typed.get("sentence", ""), SENTENCE),
        "consent": clean_consent(typed.get("consent", "")),
        "ink": ink,
        "top": typed.get("top", LOGO_AND_NAME) if typed.get("top", LOGO_AND_NAME) in TOPS else "",
        "gives": typed.get("gives", "") if typed.get("gives") in therapies else "",
    }
    wanted = ("name", "country", "paper", "lang", "ink", "top")
    wrong = {name for name, value in good.items() if not value and (name in wanted or typed.get(name, "").strip())}
    wrong |= set() if 1 <= weeks <= MOST_WEEKS else {"review_weeks"}
    wrong |= set() if 1 <= years <= MOST_YEARS else {"keep_years"}
    return Profile(**good, review_weeks=weeks, keep_years=years), tuple(name for name in PROFILE_FIELDS if name in wrong)


def clean_consent(text: str) -> str:
    """A text in paragraphs. Empty if it is too long."""
    parts = [as_typed(line) for line in text.replace("\r\n", "\n").split("\n")]
    whole = "\n".join(part for part in parts if part)
    return whole if len(whole) <= CONSENT else ""


def whole_number(text: str) -> int:
    """What was typed, of at most three digits; 0 if it is anything else."""
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0


def clean_phone(text: str) -> str:
    """A number as people write it, with words such as "ext." beside it. Empty if it has no three digits."""
    text = clean_name(text, PHONE)
    return text if sum(one.isdigit() for one in text) >= 3 else ""


def clean_web(text: str) -> str:
    """An address of a web site as it is printed, without https:// and the last slash. Empty if it can't be one."""
    text = clean_name(text, WEB + 10)
    for start in ("https://", "http://"):
        text = text[len(start) :] if text.lower().startswith(start) else text
    text = text.rstrip("/")
    return text if len(text) <= WEB and HOST.fullmatch(text) else ""


def change_profile(session: Session, by: Therapist, profile: Profile, now: datetime) -> None:
    """Keeps the profile of the clinic of `by`. What is already printed stays as it is. Gone if the clinic was deleted."""
    before = session.get(Clinic, by.clinic_id)
    if before is None:
        raise Gone
    if profile_of(before) != profile:
        session.execute(update(Clinic).where(Clinic.id == by.clinic_id).values(asdict(profile)))
        audit.record(session, now, "profile", by=by)


def choose_country(session: Session, by: Therapist, country: Country, now: datetime) -> None:
    """The country of a clinic that had none, and its paper. Gone if the clinic was deleted."""
    before = session.get(Clinic, by.clinic_id)
    if before is None:
        raise Gone
    session.execute(update(Clinic).where(Clinic.id == by.clinic_id).values(country=country.id, paper=paper_of(country)))
    audit.record(session, now, "profile", by=by)


def paper_of(country: Country) -> str:
    return country.paper if country.paper in PAPERS else A4


def with_its_paper(before: Profile, now: Profile, country: Country) -> Profile:
    """Paper follows a country that is new, unless another paper was chosen with it."""
    moved = now.country != before.country and now.paper == before.paper
    return replace(now, paper=paper_of(country)) if moved else now


def change_logo(session: Session, by: Therapist, logo: bytes | None, now: datetime) -> None:
    """Keeps a logo (PNG, as planner.clinic.logo makes it), or takes it away. Gone if the clinic was deleted."""
    if not written(session.execute(update(Clinic).where(Clinic.id == by.clinic_id).values(logo=logo))):
        raise Gone
    audit.record(session, now, "logo", by=by)
