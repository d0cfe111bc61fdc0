"""The tables of clinics: people, sign-ins, one-time links, what happened, handouts, packs, notes. Nothing identifies a patient."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from planner.clinic import lengths
from planner.clinic.colours import USUAL_INK
from planner.clinic.lengths import ADDRESS, COUNTRY_ID, EMAIL, IDLE_MINUTES, INITIALS, LABEL, NAME, PHONE, REFERENCE, SENTENCE, TITLE, WEB
from planner.database.rows import Base, Moment

OWNER, THERAPIST = "owner", "therapist"
ROLES = (OWNER, THERAPIST)
A4, LETTER = "A4", "Letter"
LOGO_AND_NAME, LOGO_ALONE = "both", "logo"
KEY = 32  # bytes of a SHA-256 and of a kept plan's key
LATER: dict[str, Any] = {"ondelete": "SET NULL", "deferrable": True, "initially": "DEFERRED"}
"""Rows of one table that name each other may be restored in any order."""


def new_id() -> str:
    return uuid4().hex


class Clinic(Base):
    """A clinic and its letterhead. `logo` is PNG and is not loaded with the row: select it by name.
    `top`: whether the name stands beside it; `gives`: the therapy that is its own work, and no other help on its sheets.
    `idle_minutes`: how long its people stay signed in without doing anything. `two_factors`: a password alone lets nobody in."""

    __tablename__ = "clinic"
    __table_args__ = (CheckConstraint("paper in ('A4', 'Letter')", name="paper"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(String(NAME))
    address: Mapped[str] = mapped_column(String(ADDRESS), default="")
    phone: Mapped[str] = mapped_column(String(PHONE), default="")
    web: Mapped[str] = mapped_column(String(WEB), default="")
    country: Mapped[str] = mapped_column(String(COUNTRY_ID), default="", server_default="")
    paper: Mapped[str] = mapped_column(String(6), default=A4)
    lang: Mapped[str] = mapped_column(String(12), default="en")
    review_weeks: Mapped[int] = mapped_column(default=2)
    keep_years: Mapped[int] = mapped_column(default=lengths.USUAL_YEARS, server_default=str(lengths.USUAL_YEARS))
    sentence: Mapped[str] = mapped_column(String(SENTENCE), default="")
    consent: Mapped[str] = mapped_column(String(lengths.CONSENT), default="", server_default="")
    ink: Mapped[str] = mapped_column(String(7), default=USUAL_INK)
    logo: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    top: Mapped[str] = mapped_column(String(5), default=LOGO_AND_NAME, server_default=LOGO_AND_NAME)
    gives: Mapped[str] = mapped_column(String(lengths.ITEM_ID), default="", server_default="")
    idle_minutes: Mapped[int] = mapped_column(default=IDLE_MINUTES, server_default=str(IDLE_MINUTES))
    two_factors: Mapped[bool] = mapped_column(default=False, server_default=false())
    made: Mapped[datetime] = mapped_column(Moment)


class Therapist(Base):
    """A person of a clinic. Never deleted alone, only made inactive. No password: they have not set one yet, or use passkeys only.

    `totp`: the sealed secret of their one-time codes; `totp_last`: the time step of the last code they used.
    `packs`: ids of packs with a star and in an order of their own, as JSON. `usual_doses`: by
    exercise, as JSON. `remind`: they want an e-mail on the day before a review;
    `reminded`: the last day on which that was looked at."""

    __tablename__ = "therapist"
    __table_args__ = (CheckConstraint("role in ('owner', 'therapist')", name="role"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    clinic_id: Mapped[str] = mapped_column(ForeignKey("clinic.id", ondelete="CASCADE"), index=True)
    email: Mapped[str] = mapped_column(String(EMAIL), unique=True)
    name: Mapped[str] = mapped_column(String(NAME))
    initials: Mapped[str] = mapped_column(String(INITIALS))
    role: Mapped[str] = mapped_column(String(9), default=THERAPIST)
    password: Mapped[str | None] = mapped_column(String(200))
    totp: Mapped[bytes | None] = mapped_column(LargeBinary)
    totp_last: Mapped[int | None]
    active: Mapped[bool] = mapped_column(default=True)
    packs: Mapped[str | None] = mapped_column(Text)
    usual_doses: Mapped[str | None] = mapped_column(Text)
    remind: Mapped[bool] = mapped_column(default=False, server_default=false())
    reminded: Mapped[date | None]
    made: Mapped[datetime] = mapped_column(Moment)

    @property
    def owns(self) -> bool:
        return self.role == OWNER


class Passkey(Base):
    """A public key that a person's phone, computer or stick signs in with."""

    __tablename__ = "passkey"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    therapist_id: Mapped[str] = mapped_column(ForeignKey("therapist.id", ondelete="CASCADE"), index=True)
    credential: Mapped[bytes] = mapped_column(LargeBinary(1023), unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int] = mapped_column(BigInteger)  # up to 2^32 - 1
    label: Mapped[str] = mapped_column(String(LABEL))
    made: Mapped[datetime] = mapped_column(Moment)


class Recovery(Base):
    """A recovery code that was not used yet, hashed."""

    __tablename__ = "recovery"

    therapist_id: Mapped[str] = mapped_column(ForeignKey("therapist.id", ondelete="CASCADE"), primary_key=True)
    code_hash: Mapped[bytes] = mapped_column(LargeBinary(KEY), primary_key=True)


class SignedIn(Base):
    """A browser that is signed in. The token is in its cookie; here is its SHA-256.

    `proved`: when the person last gave their password or passkey. `by_passkey`: a passkey was used or made in this sign-in."""

    __tablename__ = "signed_in"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(KEY), primary_key=True)
    therapist_id: Mapped[str] = mapped_column(ForeignKey("therapist.id", ondelete="CASCADE"), index=True)
    begun: Mapped[datetime] = mapped_column(Moment)
    seen: Mapped[datetime] = mapped_column(Moment)
    expires: Mapped[datetime] = mapped_column(Moment, index=True)
    proved: Mapped[datetime | None] = mapped_column(Moment)
    by_passkey: Mapped[bool] = mapped_column(default=False, server_default=false())


class Spent(Base):
    """Something that was good for one use, and has had it; kept until it would have expired anyway."""

    __tablename__ = "spent"

    key: Mapped[bytes] = mapped_column(LargeBinary(KEY), primary_key=True)
    expires: Mapped[datetime] = mapped_column(Moment, index=True)


class Invitation(Base):
    """A one-time link: to join a clinic or, with `therapist_id`, for that person to set a password. `invited_by` null: the command line."""

    __tablename__ = "invitation"
    __table_args__ = (CheckConstraint("role in ('owner', 'therapist')", name="role"),)

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(KEY), primary_key=True)
    clinic_id: Mapped[str] = mapped_column(ForeignKey("clinic.id", ondelete="CASCADE"), index=True)
    email: Mapped[str] = mapped_column(String(EMAIL))
    role: Mapped[str] = mapped_column(String(9))
    therapist_id: Mapped[str | None] = mapped_column(ForeignKey("therapist.id", ondelete="CASCADE"), index=True)
    invited_by: Mapped[str | None] = mapped_column(ForeignKey("therapist.id", ondelete="SET NULL"))
    expires: Mapped[datetime] = mapped_column(Moment)
    used: Mapped[datetime | None] = mapped_column(Moment)


class OutgoingMail(Base):
    """An e-mail that has yet to be sent: address, subject, text, sealed for its clinic or for nobody's. It goes when sent or of no use."""

    __tablename__ = "outgoing_mail"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    clinic_id: Mapped[str | None] = mapped_column(ForeignKey("clinic.id", ondelete="CASCADE"), index=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    tries: Mapped[int] = mapped_column(default=0)
    due: Mapped[datetime] = mapped_column(Moment, index=True)
    expires: Mapped[datetime] = mapped_column(Moment)


class Audit(Base):
    """Something that happened: a sign-in or a change, never a health answer. No clinic: a sign-in that failed for an unknown address."""

    __tablename__ = "audit"
    __table_args__ = (Index(None, "clinic_id", "at"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)  # a counter would start anew in a restored database
    clinic_id: Mapped[str | None] = mapped_column(ForeignKey("clinic.id", ondelete="CASCADE"))
    at: Mapped[datetime] = mapped_column(Moment)
    therapist_id: Mapped[str | None] = mapped_column(ForeignKey("therapist.id", ondelete="SET NULL"))
    what: Mapped[str] = mapped_column(String(24))
    about: Mapped[str] = mapped_column(String(254), default="")


class Handout(Base):
    """A sheet that was printed. What is on it is the kept plan under `kept_key`; `sealed_code` lets the clinic print it again."""

    __tablename__ = "handout"
    __table_args__ = (Index(None, "clinic_id", "made"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    clinic_id: Mapped[str] = mapped_column(ForeignKey("clinic.id", ondelete="CASCADE"))
    therapist_id: Mapped[str] = mapped_column(ForeignKey("therapist.id", ondelete="CASCADE"), index=True)
    made: Mapped[datetime] = mapped_column(Moment)
    reference: Mapped[str] = mapped_column(String(REFERENCE), default="")
    pack: Mapped[str] = mapped_column(String(TITLE), default="")
    kept_key: Mapped[bytes] = mapped_column(LargeBinary(KEY), index=True)
    sealed_code: Mapped[bytes] = mapped_column(LargeBinary)
    previous: Mapped[str | None] = mapped_column(ForeignKey("handout.id", **LATER), index=True)
    read_back: Mapped[bool] = mapped_column(default=False)
    revoked: Mapped[datetime | None] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)


class Printed(Base):
    """A handout as it was printed, sealed for its clinic: nothing that is done under the code reaches it. One row each time it is
    printed anew under its code.

    `sheet`: what was on it, as long as its code opens. `chart`: the text for the notes, as long as the clinic keeps its records.
    No therapist: a patient's own version that stood under the code until the clinic printed anew."""

    __tablename__ = "printed"

    handout_id: Mapped[str] = mapped_column(ForeignKey("handout.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    therapist_id: Mapped[str | None] = mapped_column(ForeignKey("therapist.id", ondelete="CASCADE"), index=True)
    made: Mapped[datetime] = mapped_column(Moment, index=True)
    sheet: Mapped[bytes | None] = mapped_column(LargeBinary)
    chart: Mapped[bytes | None] = mapped_column(LargeBinary)


class ClinicPack(Base):
    """A clinic's own named set of answers, as JSON. `programme`: exercises, doses, massage, minutes and note, sealed for the clinic.
    `key`: the digit that chooses it, 1 to 9."""

    __tablename__ = "clinic_pack"
    __table_args__ = (Index("uq_clinic_pack_key", "clinic_id", "key", unique=True),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    clinic_id: Mapped[str] = mapped_column(ForeignKey("clinic.id", ondelete="CASCADE"), index=True)
    title: Mapped[str] = mapped_column(String(TITLE))
    answers: Mapped[str] = mapped_column(Text)
    programme: Mapped[bytes | None] = mapped_column(LargeBinary)
    key: Mapped[int | None]
    made: Mapped[datetime] = mapped_column(Moment)


class Note(Base):
    """A note that a therapist printed lately, sealed for the clinic."""

    __tablename__ = "note"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    clinic_id: Mapped[str] = mapped_column(ForeignKey("clinic.id", ondelete="CASCADE"), index=True)
    therapist_id: Mapped[str] = mapped_column(ForeignKey("therapist.id", ondelete="CASCADE"), index=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    used: Mapped[datetime] = mapped_column(Moment)
