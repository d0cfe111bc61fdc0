"""The tables of the waiting room. Nothing in them can be read without a code or a word, and none of it names a patient."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from planner.clinic.tables import KEY, new_id
from planner.database.rows import Base, Moment


class Intake(Base):
    """Answers given ahead of a visit, sealed under a code and for one clinic. `sealed` is None for a link that nobody has used yet."""

    __tablename__ = "intake"

    key: Mapped[bytes] = mapped_column(LargeBinary(KEY), primary_key=True)
    clinic_id: Mapped[str] = mapped_column(ForeignKey("clinic.id", ondelete="CASCADE"), index=True)
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    expires: Mapped[datetime] = mapped_column(Moment, index=True)


class PickUpWord(Base):
    """A word that leads to an intake: what it seals is the intake's code."""

    __tablename__ = "pick_up_word"

    key: Mapped[bytes] = mapped_column(LargeBinary(KEY), primary_key=True)
    intake_key: Mapped[bytes] = mapped_column(
        LargeBinary(KEY), ForeignKey("intake.key", onupdate="CASCADE", ondelete="CASCADE"), index=True
    )
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    expires: Mapped[datetime] = mapped_column(Moment, index=True)


class WrongWords(Base):
    """How many words were tried in vain in a clinic on its last day with any. In the database, so that every process counts them all."""

    __tablename__ = "wrong_words"

    clinic_id: Mapped[str] = mapped_column(ForeignKey("clinic.id", ondelete="CASCADE"), primary_key=True)
    day: Mapped[date] = mapped_column(Date)
    tries: Mapped[int]


class Tablet(Base):
    """A browser that stands in a waiting room. Its token is in its cookie; here is the SHA-256."""

    __tablename__ = "tablet"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    clinic_id: Mapped[str] = mapped_column(ForeignKey("clinic.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(KEY), unique=True)
    made: Mapped[datetime] = mapped_column(Moment)
    expires: Mapped[datetime] = mapped_column(Moment, index=True)


class Consent(Base):
    """What a patient agreed to before a visit, with the record of the sheet that was printed, sealed for the clinic."""

    __tablename__ = "consent"

    handout_id: Mapped[str] = mapped_column(ForeignKey("handout.id", ondelete="CASCADE"), primary_key=True)
    made: Mapped[datetime] = mapped_column(Moment, index=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
