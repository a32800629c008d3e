"""Make the pictures of the README anew from a running demo: `python tools/pictures.py http://localhost:8000`.

Needs a chromium, the demo as it was loaded (nothing answered or decided by hand) and, for Chinese names, a font that
has them (Debian: fonts-noto-cjk). Writes docs/pictures/*.png, each one screen of 1440 by 900 and below 250 KB.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools.browser import find  # noqa: E402

TARGET = ROOT / "docs" / "pictures"
MOST_BYTES = 250_000
COLOURS = 256


def main(site: str) -> None:
    """Take the pictures as the demo's coordinator, in English."""
    TARGET.mkdir(parents=True, exist_ok=True)
    chromium = find()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = signed_in(browser, site)
        page.goto("/today/")
        keep(page, "today")
        open_case(page)
        keep(page, "request")
        page.goto("/evaluation/")
        page.locator("main table a").first.click()
        page.wait_for_selector("#rows")
        keep(page, "evaluation")
        open_plan(page)
        keep(page, "plan")
        browser.close()


def signed_in(browser: Any, site: str) -> Page:
    context = browser.new_context(base_url=site, viewport={"width": 1440, "height": 900})
    context.add_cookies([{"name": "django_language", "value": "en", "url": site}])
    page = context.new_page()
    page.goto("/demo/sign-in/")
    page.click('button[value="coordinator@demo.example"]')
    page.wait_for_url("**/today/")
    return page


def open_case(page: Page) -> None:
    """Open the first request that is in assessment: its facts with the advice beside them."""
    page.goto("/requests/?state=in-assessment")
    page.locator("main table a[href^='/requests/']").first.click()
    page.wait_for_selector("#advice")


def open_plan(page: Page) -> None:
    """Open the plan of the demo's initiative at its map."""
    page.goto("/areas/1/plans/1/")
    page.locator("#map h2").evaluate("heading => heading.scrollIntoView()")


def keep(page: Page, name: str) -> None:
    """Write one screen of the page as a small picture. Raises SystemExit when it comes out too large."""
    page.evaluate("document.fonts.ready")
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    target = TARGET / f"{name}.png"
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(target, optimize=True)
    size = target.stat().st_size
    print(f"{target.relative_to(ROOT)}: {size:,} bytes")
    if size > MOST_BYTES:
        raise SystemExit(f"{name} is larger than {MOST_BYTES:,} bytes.")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    main(sys.argv[1].rstrip("/"))
