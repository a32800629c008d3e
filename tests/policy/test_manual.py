"""What docs/frameworks.md shows is what the engine accepts."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from hanze.policy import Framework, assess, read_framework_text
from hanze.policy.patching import patched
from hanze.policy.reading import OPTIONAL, REQUIRED
from hanze.policy.scenarios import Expectation, read_scenarios_text, run_scenario

MANUAL = (Path(__file__).parents[2] / "docs" / "frameworks.md").read_text(encoding="utf-8")
FRAMEWORK, SCENARIOS, PATCH = re.findall(r"```yaml\n(.*?)```", MANUAL, re.DOTALL)


@pytest.fixture
def framework() -> Framework:
    return read_framework_text(FRAMEWORK.encode(), Path("frameworks.md"))


def test_the_framework_in_the_manual_can_be_used(framework: Framework) -> None:
    advice = assess(framework, {"parties": 3, "sector": "high-tech", "dual_use": False})
    assert advice.outcome is not None
    assert (advice.outcome.id, [measure.id for measure in advice.measures]) == ("careful", ["briefing"])


def test_the_scenario_in_the_manual_holds(framework: Framework) -> None:
    [scenario] = read_scenarios_text(SCENARIOS.encode(), Path("frameworks.md"), framework)
    assert run_scenario(framework, scenario).differences == ()


def test_the_patch_in_the_manual_can_be_made(framework: Framework) -> None:
    path = Path("frameworks.md")
    found = patched(FRAMEWORK.encode(), path, PATCH.encode(), path)
    assert [rule.id for _, rule in framework.rules() if rule not in [rule for _, rule in found.rules()]] == [
        "D-none",
        "C-sensitive",
    ]
    assert {item.code for item in found.named_list("sensitive").items} == {"high-tech", "water"}


def test_every_key_of_a_framework_and_of_an_expectation_is_explained() -> None:
    for key in (*REQUIRED, *OPTIONAL, *(each.name for each in fields(Expectation))):
        assert f"`{key}`" in MANUAL, key
