"""The link that `clinic add` prints on somebody's own computer leads where passkeys work; elsewhere it is the site's own address."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest

from planner.cli.main import main
from planner.database.engines import open_database
from planner.upkeep.upgrading import upgrade
from tests.clinics import NEW
from tests.conftest import SECRET, an_app, only

ADD = ["clinic", "add", "--name", "Harbour Lane", "--email", "ann@example.org", "--country", "GB"]


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    made = f"sqlite:///{tmp_path / 'first.sqlite3'}"
    for name in ("BASE_URL", "TRUSTED_HOSTS", "PORT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATABASE_URL", made)
    monkeypatch.setenv("SECRET_KEY", SECRET)
    upgrade(open_database(made))
    return made


def test_the_first_link_leads_to_a_page_where_a_passkey_can_be_added(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(ADD) == 0
    link = urlsplit(capsys.readouterr().out.strip())
    base = f"{link.scheme}://{link.netloc}"
    client = an_app(DATABASE_URL=url).test_client()
    page = client.get(link.path, base_url=base)
    token = only(r'name="csrf_token" value="([^"]+)"', page.text)
    client.post(link.path, base_url=base, data={"csrf_token": token, "name": "Ann Bee", "new_password": NEW}, expects=303)
    assert 'data-passkey="create"' in client.get("/clinic/account", base_url=base).text


@pytest.mark.parametrize(
    ("settings", "begins"),
    [
        ({"PORT": "8123"}, "http://localhost:8123/"),
        ({"BASE_URL": "http://127.0.0.1:8000/"}, "http://localhost:8000/"),
        ({"BASE_URL": "http://127.0.0.1:8000", "TRUSTED_HOSTS": "127.0.0.1"}, "http://127.0.0.1:8000/"),
        ({"BASE_URL": "https://plan.example.org", "TRUSTED_HOSTS": "plan.example.org"}, "https://plan.example.org/"),
        ({"BASE_URL": "https://192.0.2.7:8443", "TRUSTED_HOSTS": "192.0.2.7"}, "https://192.0.2.7:8443/"),
    ],
)
def test_where_the_link_leads(
    url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], settings: dict[str, str], begins: str
) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    assert main(ADD) == 0 and url
    assert capsys.readouterr().out.startswith(f"{begins}clinic/join/")
