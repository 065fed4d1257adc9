"""A page looked at: by axe, with everything on it opened; whether it fits its screen; and as a picture, if wanted.

With OPENHIX_PICTURES_IN=FOLDER there is a picture of every page that was looked at.
"""

from __future__ import annotations

import os
import re
from itertools import count
from pathlib import Path

from playwright.sync_api import Page

from openhix.site import home
from tests.browser.windows import HEIGHT

AXE = (Path(home.__file__).parent / "assets" / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")
FINDINGS = """async () => {
    const shut = [...document.querySelectorAll("details:not([open])")];
    shut.forEach(each => each.open = true);
    const is_wide = document.documentElement.scrollWidth > window.innerWidth;
    const found = (await axe.run(document, {resultTypes: ["violations"]})).violations;
    shut.forEach(each => each.open = false);
    const heads = document.querySelectorAll("h1").length;
    const some = each => each.nodes.slice(0, 3).map(node => node.html).join("; ");
    return [
        ...found.map(each => `${each.id}: ${each.help}: ${some(each)}`),
        ...(is_wide ? ["wider than its screen"] : []),
        ...(heads === 1 ? [] : [`headings of the first level: ${heads}`]),
    ];
}"""
PICTURES = os.environ.get("OPENHIX_PICTURES_IN")
numbers = count(1)


def findings(page: Page) -> list[str]:
    """What is wrong with a page as it stands; anything at all is too much."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)  # a test may do what the content security policy forbids to a page
    found: list[str] = page.evaluate(FINDINGS)
    return found


def look(page: Page, *widths: int) -> None:
    """Nothing is wrong with a page, in its window as it is or at each of these widths."""
    page.wait_for_load_state()
    for width in widths or (page.evaluate("window.innerWidth"),):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        if PICTURES:
            name = f"{next(numbers):03}{re.sub(r'[^a-z0-9]+', '-', page.url.partition('//')[2].partition('/')[2])}"
            page.screenshot(path=Path(PICTURES) / f"{name}-{width}.png", full_page=True)
        assert findings(page) == [], f"{page.url} at {width} pixels"
