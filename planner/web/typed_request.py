"""A request as our pages see it: nothing that was typed has a NUL in it, which PostgreSQL takes in no text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import Request
from werkzeug.datastructures import ImmutableMultiDict

NUL = "\x00"


class WithoutNul(ImmutableMultiDict[str, str]):
    """What came in an address, a form or a cookie. No person types a NUL: it goes, and the rest is read."""

    def __init__(self, mapping: Any = None) -> None:
        pairs: Iterable[Any] = mapping.items(multi=True) if isinstance(mapping, ImmutableMultiDict) else mapping or ()
        super().__init__([(name.replace(NUL, ""), value.replace(NUL, "") if isinstance(value, str) else value) for name, value in pairs])


class OurRequest(Request):
    parameter_storage_class = WithoutNul
