"""Every form of a plan in one zip file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from planner.outputs.form import Form
from planner.outputs.forms import all_forms

EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment a zip knows: the clock must not change the bytes


@dataclass(frozen=True)
class Entry:
    """One file of the zip."""

    form: Form
    large: bool = False

    @property
    def name(self) -> str:
        return f"{self.form.stem}-large-print.{self.form.ending}" if self.large else self.form.file_name


@cache
def entries() -> tuple[Entry, ...]:
    """What is in the zip: papers, those in large print, then the rest."""
    forms = all_forms().values()
    papers = (Entry(form) for form in forms if form.kind)
    large = (Entry(form, large=True) for form in forms if form.large_in_zip)
    return (*papers, *large, *(Entry(form) for form in forms if not form.kind))


def to_zip(files: Mapping[str, bytes]) -> bytes:
    """The files, in their order. Stored, since PDFs are packed already and packing may differ between versions of zlib."""
    body = BytesIO()
    with ZipFile(body, "w", ZIP_STORED) as zipped:
        for name, made in files.items():
            entry = ZipInfo(name, EPOCH)
            entry.create_system = 3  # Unix, on every machine
            entry.external_attr = 0o644 << 16
            zipped.writestr(entry, made)
    return body.getvalue()
