"""The form for the code of a kept plan."""

from __future__ import annotations

from wtforms.validators import ValidationError

from planner.kept.codes import LONGEST_TYPED, MistypedCode, read_code
from planner.languages.translate import gettext as _
from planner.web.typed_fields import TypedForm, TypedLine


class CodeForm(TypedForm):
    """`read`: the code, once it is checked."""

    code = TypedLine(LONGEST_TYPED, required=False)
    read = ""

    def validate_code(self, field: TypedLine) -> None:
        try:
            self.read = read_code(field.data) or ""
        except MistypedCode as fault:
            raise ValidationError(_("One character is wrong. Compare the code with your paper")) from fault
        if not self.read:
            raise ValidationError(_("A code has 17 letters and numbers. Check the code on your paper"))
