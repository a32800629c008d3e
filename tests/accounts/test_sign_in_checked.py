"""What `hanze check` says about signing in."""

from __future__ import annotations

from typing import Any

import pytest

from hanze.config.safety import Remark, unsafe_settings


def about(words: str) -> list[Remark]:
    return [remark for remark in unsafe_settings() if words in remark.what]


@pytest.mark.parametrize(("roles", "said"), [([], True), (["coordinator"], True), (["administrator"], False)])
def test_it_says_when_administrators_may_go_without_a_second_step(roles: list[str], said: bool, settings: Any) -> None:
    settings.SECOND_STEP_ROLES = roles
    found = about("Administrators may sign in with a password alone")
    assert bool(found) is said
    assert not any(remark.stops for remark in found)


def test_a_role_that_does_not_exist_stands_in_the_way(settings: Any) -> None:
    settings.SECOND_STEP_ROLES = ["administrator", "boss"]
    settings.OIDC_URL, settings.OIDC_ROLES = "https://sign-in.region.example", [("Heads", "chief")]
    assert [remark.stops for remark in about("boss") + about("chief")] == [True, True]


def test_a_provider_without_encryption_or_secret_stands_in_the_way(settings: Any) -> None:
    settings.OIDC_URL, settings.OIDC_ROLES = "http://sign-in.region.example", []
    settings.OIDC_CLIENT_ID = settings.OIDC_CLIENT_SECRET = ""
    stops = [about("without encryption"), about("does not know this Hanze")]
    assert all(remark.stops for found in stops for remark in found)
    assert all(stops)
    assert about("nobody new can sign in")


def test_without_a_provider_nothing_is_said_about_it(settings: Any) -> None:
    settings.OIDC_URL = ""
    assert about("provider") == []
