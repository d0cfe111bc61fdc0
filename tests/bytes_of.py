"""What a browser fetches, in bytes as they come over the line."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from playwright.sync_api import Page


def counting(page: Page) -> Callable[[], dict[str, int]]:
    """Counts from now on; call what it returns for path -> bytes of all bodies that came from there."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": False})
    paths: dict[str, str] = {}
    found: dict[str, int] = {}
    session.on("Network.requestWillBeSent", lambda event: paths.__setitem__(event["requestId"], urlsplit(event["request"]["url"]).path))

    def done(event: dict[str, object]) -> None:
        path = paths.get(str(event["requestId"]), "?")
        found[path] = found.get(path, 0) + int(str(event["encodedDataLength"]).split(".")[0])

    session.on("Network.loadingFinished", done)
    return lambda: dict(found)
