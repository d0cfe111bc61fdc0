"""Reads the plain part of YAML that our own files keep to, and refuses all else: maps, lists of words, JSON's lists, words.

What it reads, every reader of YAML reads alike."""

from __future__ import annotations

import json
import re
from typing import Any

KEY = re.compile(r"([\w.-]+):(?: +(.+))?")
PLAIN = re.compile(r"(?!(?i:yes|no|on|off|null|~|[-+.\d][\d_.:e]*)$)[\w./$-](?:[\w./$ +-]|:(?! )(?!$))*")


class NotPlain(ValueError):
    """The line, and why it can't be read."""


def plain_yaml(text: str) -> dict[str, Any]:
    """The map that a document is."""
    rows = []
    for number, line in enumerate(text.splitlines(), 1):
        body = line.lstrip(" ")
        if body and not body.startswith("#"):
            rows.append((number, len(line) - len(body), body.rstrip()))
    found, rest = _block(rows, 0)
    if rest or not isinstance(found, dict):
        raise NotPlain(f"line {rest[0][0] if rest else 1}: indented otherwise than its neighbours")
    return found


def _block(rows: list[tuple[int, int, str]], indent: int) -> tuple[Any, list[tuple[int, int, str]]]:
    """The map or list that begins here, and the rows behind it."""
    if rows and rows[0][2].startswith("- "):
        words = []
        while rows and rows[0][1] == indent and rows[0][2].startswith("- "):
            words.append(_word(rows[0][2][2:].strip(), rows[0][0]))
            rows = rows[1:]
        return words, rows
    found: dict[str, Any] = {}
    while rows and rows[0][1] == indent:
        number, _, body = rows[0]
        match = KEY.fullmatch(body)
        if not match or match[1] in found:
            raise NotPlain(f"line {number}: no key, or one that is there already")
        rows = rows[1:]
        if match[2]:
            found[match[1]] = _word(match[2], number)
        elif rows and rows[0][1] > indent:
            found[match[1]], rows = _block(rows, rows[0][1])
        else:
            found[match[1]] = None
    return found, rows


def _word(text: str, number: int) -> Any:
    if text[0] in '["':
        return json.loads(text)
    if text in ("true", "false"):
        return text == "true"
    if text.isdecimal() and text == str(int(text)):
        return int(text)
    if not PLAIN.fullmatch(text):
        raise NotPlain(f"line {number}: {text!r} needs quotes")
    return text
