"""Two people change one case at the same time, each in a browser of her own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.web.look import findings

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [1440, 390])
def test_the_second_is_told_what_the_first_made_of_it_and_chooses(visit: Callable[..., Any], width: int) -> None:
    with visit("coordinator", language="en", width=width) as hers, visit("beleid", language="en") as his:
        hers.goto("/requests/?tab=open")
        address = hers.locator("main table a[href^='/requests/']").first.get_attribute("href")
        for page, text in ((hers, f"Her words {width}"), (his, f"His words {width}")):
            page.goto(f"{address}change/")
            page.fill("[name=description]", text)
        save(his)
        assert his.url.endswith(address)
        save(hers)
        assert hers.input_value("[name=description]") == f"Her words {width}"
        panel = hers.locator(".differences")
        assert f"His words {width}" in panel.inner_text()
        assert hers.evaluate("document.activeElement.matches('.differences')")
        assert findings(hers) == []
        save(hers)
        assert panel.count() == 1, "without a choice nothing is saved"
        panel.get_by_label("Keep mine").check()
        save(hers)
        assert hers.url.endswith(address)
        his.goto(f"{address}change/")
        assert his.input_value("[name=description]") == f"Her words {width}"
        assert [each for each in hers.complaints if "409" not in each] == []


def save(page: Any) -> None:
    with page.expect_navigation():
        page.locator("main form .form-actions button[type=submit]").click()
