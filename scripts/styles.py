"""Builds the bundles of stylesheets: `python -m scripts.styles`. `make install` does it; what people read stays in static/css."""

from __future__ import annotations

import sys

from planner.web.stylesheets import BUILT, BUNDLES, bundle_name, bundled_css


def main() -> int:
    BUILT.mkdir(exist_ok=True)
    wanted = {bundle_name(bundle): bundled_css(bundle) for bundle in BUNDLES}
    for old in BUILT.iterdir():
        if old.name.removesuffix(".br").removesuffix(".gz") not in wanted:
            old.unlink()
    for name, css in wanted.items():
        if not (BUILT / name).exists():
            (BUILT / name).write_text(css, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
