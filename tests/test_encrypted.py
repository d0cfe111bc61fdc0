"""Files that a key opens: any JOSE reader opens them, whatever their size, and nobody without the key."""

from __future__ import annotations

import json
import secrets

import pytest
from cryptography.exceptions import InvalidTag

from planner.kept.encrypted import MOST_PACKED, base64url, jwe
from tests.shlink import by_hand, by_jose

KIND = "application/fhir+json"


def link_to(key: bytes) -> str:
    says = {"url": f"https://a/{base64url(bytes(32))}", "key": base64url(key), "flag": "U", "label": ""}
    return "shlink:/" + base64url(json.dumps(says, separators=(",", ":")).encode())


@pytest.mark.parametrize("size", [3, MOST_PACKED, MOST_PACKED + 1, 2_000_000])
def test_a_file_of_any_size_is_opened_again(size: int) -> None:
    """Beyond a size it is not packed: readers refuse to unpack more."""
    key, body = secrets.token_bytes(32), json.dumps("x" * (size - 2)).encode()
    made = jwe(body, key, KIND)
    for reader in (by_hand, by_jose):
        assert json.dumps(reader(link_to(key), lambda _: made)).encode() == body
    assert (len(made) < 2_000) == (size <= MOST_PACKED)
    assert jwe(body, key, KIND) != made, "never the same nonce twice"


def test_it_opens_with_its_own_key_alone_and_only_whole() -> None:
    key = secrets.token_bytes(32)
    made = jwe(b"{}", key, KIND)
    header, rest = made.split(b"..")
    spoilt = base64url(b'{"alg":"dir","enc":"A256GCM","cty":"application/fhir+json"}').encode() + b".." + rest
    for link, file in ((link_to(secrets.token_bytes(32)), made), (link_to(key), spoilt), (link_to(key), made[:-4] + b"AAAA")):
        with pytest.raises(InvalidTag):
            by_hand(link, lambda _, file=file: file)  # type: ignore[misc]
    assert by_hand(link_to(key), lambda _: made) == {} and header != spoilt.split(b"..")[0]
