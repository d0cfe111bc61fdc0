"""What a browser fetches, in bytes as they come over the line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page


def counting(page: Page) -> Callable[[], dict[str, int]]:
    """Counts from now on; call what it returns for path -> bytes of all that came from there, with its headers and what only led on."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": False})
    paths: dict[str, str] = {}
    found: dict[str, int] = {}

    def sent(event: dict[str, Any]) -> None:
        if led := event.get("redirectResponse"):
            count(paths.get(event["requestId"], "?"), led["encodedDataLength"])
        paths[event["requestId"]] = urlsplit(event["request"]["url"]).path

    def count(path: str, size: float) -> None:
        found[path] = found.get(path, 0) + int(size)

    session.on("Network.requestWillBeSent", sent)
    session.on("Network.loadingFinished", lambda event: count(paths.get(event["requestId"], "?"), event["encodedDataLength"]))
    return lambda: dict(found)
