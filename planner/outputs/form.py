"""A form of output: what a plan can be taken along as, its names on the site, in a download and in the zip, and who writes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol

from planner.domain.lines import Plan
from planner.domain.model import Library
from planner.languages.translate import using_language
from planner.outputs.pdf import Kind


class PlanFailed(Exception):
    """The document could not be made; the message is one line."""


class WhoseSheet(Protocol):
    """The clinic that a sheet comes from, as far as every form of it says the same. The papers want its whole letterhead."""

    @property
    def name(self) -> str: ...
    @property
    def address(self) -> str: ...
    @property
    def phone(self) -> str: ...


@dataclass(frozen=True)
class Beside:
    """What may stand beside a plan: the code that opens it again at `site` (this site's address), a note, large print.

    `clinic`: whose sheet it is. `changed_on`: the day on which its patient made another version of it. `changes`: how often the kept plan
    was changed, by answers or by check-ins."""

    code: str = ""
    site: str = ""
    note: str = ""
    large: bool = False
    clinic: WhoseSheet | None = None
    changed_on: date | None = None
    changes: int = 0


ALONE = Beside()


@dataclass(frozen=True, kw_only=True)
class Form:
    """`write` gives the file's text: for paper the HTML that the renderers make a PDF of, in the style of `kind`.

    `link`: the words of its link, and `large_link` of the one to its large print. A form without a link is not on the site.
    `place`: in the list of files, with the buttons to print and share, or where a kept plan is saved on a phone.
    `large_in_zip`: the zip has its large print too.
    `kept_only`: the site gives it of kept plans alone, as a file to save and never as a page.
    `takes_back`: of a kept plan that was stopped, a file that takes away again what an earlier one has put elsewhere.
    `holds`: a file with a paper of that kind inside. Then `write` gives the paper's HTML, and `around` the file from its PDF."""

    ending: str
    type: str
    write: Callable[[Plan, Library, Beside], str]
    stem: str = "plan"
    kind: Kind | None = None
    link: str = ""
    large_link: str = ""
    place: Literal["files", "take", "phone"] = "files"
    large_in_zip: bool = False
    kept_only: bool = False
    takes_back: Callable[[date, Beside], str] | None = None
    holds: Kind | None = None
    around: Callable[[Plan, Library, Beside, bytes], bytes] | None = None

    @property
    def pressed(self) -> Kind | None:
        """In which style the renderers make a PDF of its words; None where no paper is made."""
        return self.kind or self.holds

    def words(self, plan: Plan, library: Library, beside: Beside) -> str:
        """What `write` gives, in the language of the plan."""
        with using_language(plan.lang):
            return self.write(plan, library, beside)

    def whole(self, plan: Plan, library: Library, beside: Beside, made: bytes) -> bytes:
        """The file itself. `made`: the PDF of its words, or the words where no paper is made."""
        if self.around is None:
            return made
        with using_language(plan.lang):
            return self.around(plan, library, beside, made)

    @property
    def file_name(self) -> str:
        return f"{self.stem}.{self.ending}"

    @property
    def path(self) -> str:
        """Where the site gives the plan of the answers in this browser."""
        return f"/{self.file_name}"

    @property
    def after_code(self) -> str:
        """What follows a kept plan's address: ".json", "-sheet.pdf"."""
        return f".{self.ending}" if self.stem == "plan" else f"-{self.file_name}"

    def download(self, *, large: bool = False) -> str:
        """The name of the file that somebody gets. Only paper has a large print."""
        return f"back-{self.stem}{'-large' if large and self.kind else ''}.{self.ending}"
