"""Passkeys in a real browser, with an authenticator that the browser plays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.web.look import findings

pytestmark = pytest.mark.browser
KEY = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
WHO = "communicatie"


def with_a_passkey_at_hand(page: Any) -> None:
    """An authenticator that says yes to everything."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {**KEY, "isUserVerified": True, "automaticPresenceSimulation": True}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def press(page: Any, form: str = "main form") -> None:
    with page.expect_navigation():
        page.locator(f"{form} button[type=submit]").first.click()


def test_a_passkey_is_made_lets_in_by_itself_confirms_who_it_is_and_is_removed(visit: Callable[..., Any]) -> None:
    with visit(WHO, language="en") as page:
        with_a_passkey_at_hand(page)
        page.goto("/accounts/second-step/passkeys/add/")
        assert findings(page) == []
        page.fill("[name=name]", "Work telephone")
        press(page)
        assert page.locator("main ul.codes li").count() == 10
        page.context.clear_cookies(name="sessionid")
        page.goto("/accounts/login/")
        assert findings(page) == []
        press(page, "form[data-passkey]")
        page.goto("/accounts/second-step/")
        assert "Work telephone" in page.inner_text("main")
        assert findings(page) == []
        page.get_by_role("link", name="Remove Work telephone").click()
        page.get_by_role("link", name="With a passkey").click()
        assert findings(page) == []
        press(page, "form[data-passkey]")
        press(page)
        assert page.locator("main table").count() == 0, "it was the only one"
        assert page.complaints == []


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("width", [1440, 320])
def test_the_pages_of_the_second_step_are_sound_at_every_width(
    width: int, language: str, visit: Callable[..., Any]
) -> None:
    with visit(WHO, language=language, width=width) as page:
        for address in ("", "app/", "passkeys/add/"):
            page.goto(f"/accounts/second-step/{address}")
            assert findings(page) == []
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert page.complaints == []
