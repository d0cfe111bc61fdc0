"""Wrong arguments are one line that names what is wrong with them, and whose help says more."""

from __future__ import annotations

import pytest

from tests.conftest import SECRET
from tests.outside import one_line, program


@pytest.mark.parametrize(
    ("command", "said", "whose"),
    [
        ("", "the following arguments are required: COMMAND", ""),
        ("nope", "argument COMMAND: invalid choice: 'nope'", ""),
        ("plan", "the following arguments are required: answers", " plan"),
        ("plan a.json --format doc", "argument --format: invalid choice: 'doc'", " plan"),
        ("clinic add", "the following arguments are required: --name, --email", " clinic add"),
        ("db backup", "the following arguments are required: FILE", " db backup"),
        ("db check x", "unrecognized arguments: x", " db check"),
        ("db check x\ny", "unrecognized arguments: x\\ny", " db check"),
        ("db upgrade --force", "unrecognized arguments: --force", " db upgrade"),
        ("worker pdf --processes many", "argument --processes: invalid int value: 'many'", " worker"),
    ],
)
def test_wrong_arguments_are_one_line(command: str, said: str, whose: str) -> None:
    line = one_line(program("planner", *(command.split(" ") if command else ())))
    assert line.startswith(f"backplan: {said}") and line.endswith(f"; `python -m planner{whose} --help` says more\n")


@pytest.mark.parametrize(
    ("name", "email", "owner", "said"),
    [
        ("", "a@a.example", "B", "--name must be 1 to 80 characters, with at least one that can be seen"),
        ("A", "nomail", "B", "--email must be an e-mail address, such as name@example.org"),
        ("A", "a@a.example", "b" * 81, "--owner must be 1 to 80 characters, with at least one that can be seen"),
    ],
)
def test_what_a_clinic_is_made_of_is_said_by_what_it_must_be(name: str, email: str, owner: str, said: str, sqlite_url: str) -> None:
    given = ("--name", name, "--email", email, "--owner", owner)
    settings = {"DATABASE_URL": sqlite_url, "SECRET_KEY": SECRET}
    assert one_line(program("planner", "clinic", "add", *given, **settings)).endswith(f"{said}\n")
    assert one_line(program("planner", "mail", "try", "nomail", SMTP_HOST="localhost", SMTP_FROM="a@b.example")).startswith(
        "backplan: ADDRESS must be an e-mail address"
    )
