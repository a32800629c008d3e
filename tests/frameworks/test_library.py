"""The installed frameworks: used, tried and read as documents; a broken file takes none of the others down."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.core.checks import run_checks
from django.test import Client
from django.urls import reverse

from hanze.accounts.models import Role
from hanze.frameworks import library
from tests import factories

pytestmark = pytest.mark.django_db
SignIn = Callable[[Role], Client]
CHINA = ("zh-china", "2022-12-14")


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:
    """A copy of the frameworks, to break."""
    copy = tmp_path / "frameworks"
    shutil.copytree(settings.FRAMEWORKS_DIR, copy)
    settings.FRAMEWORKS_DIR = copy
    return copy


def change(path: Path, old: str, new: str) -> int:
    """Replace the first `old` in a file; the line on which it stood."""
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    return text[: text.index(old)].count("\n") + 1


def read(client: Client, name: str, *args: str, language: str = "en") -> str:
    response = client.get(reverse(name, args=args), headers={"accept-language": language})
    assert response.status_code == 200
    return unescape(response.content.decode())


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_installed_framework_can_be_read(client_for: SignIn, language: str) -> None:
    client = client_for(Role.COUNCIL)
    listed = read(client, "frameworks:framework-list", language=language)
    assert library.installed()
    for framework in library.installed():
        title = framework.title.in_language(language)
        assert title in listed
        version = framework.version.isoformat()
        html = read(client, "frameworks:framework-detail", framework.id, version, language=language)
        for text in (title, framework.summary.in_language(language)):
            assert text in html
        for table in framework.tables:
            assert f'id="{table.id}"' in html
        for _table, rule in framework.rules():
            assert f'<tr id="{rule.id}">' in html


def test_facts_that_follow_from_others_stand_in_words(client_for: SignIn) -> None:
    for framework in library.installed():
        args = (framework.id, framework.version.isoformat())
        html = read(client_for(Role.AUDITOR), "frameworks:framework-detail", *args)
        for derived in framework.derived:
            assert derived.label.en.lower() in html.lower()
            for rule in derived.rules:
                assert (rule.because.en if rule.because else "") in html
            for choice in derived.choices:
                assert f">{choice.code}<" not in html


def test_cells_stand_in_words(client_for: SignIn) -> None:
    factories.country("CN")
    html = read(client_for(Role.AUDITOR), "frameworks:framework-detail", *CHINA)
    assert "on the list “high-risk sectors”" in html
    assert "incoming visit or outgoing mission" in html
    assert "Country: China" in html
    assert "in_list" not in html


def test_a_framework_says_what_is_stated_what_is_inferred_and_that_it_was_tried(client_for: SignIn) -> None:
    html = read(client_for(Role.AUDITOR), "frameworks:framework-detail", *CHINA)
    assert "Stated in the source." in html
    assert "· inferred" in html
    trial = library.trial(library.get(*CHINA))
    assert trial.in_order
    assert f"{len(trial.results)} scenarios, all passed" in html


def test_a_failing_scenario_shows_on_the_page(client_for: SignIn, folder: Path) -> None:
    change(folder / "zh-protocol" / "2024-01-01.yaml", "advice: refer", "advice: refuse")
    html = read(client_for(Role.AUDITOR), "frameworks:framework-list")
    assert "scenarios passed" in html


def test_a_version_that_is_not_there_is_not_found(client_for: SignIn) -> None:
    client = client_for(Role.AUDITOR)
    for args in [("zh-china", "1999-01-01"), ("nothing", "2022-12-14"), ("zh-china", "latest")]:
        assert client.get(reverse("frameworks:framework-detail", args=args)).status_code == 404


class TestBrokenFiles:
    def test_one_broken_file_is_reported_with_its_line_and_leaves_the_others(
        self, client_for: SignIn, folder: Path
    ) -> None:
        others = [framework.id for framework in library.installed() if framework.id != "zh-china"]
        line = change(folder / "zh-china" / "2022-12-14.yaml", "kind: escalate", "kind: escalated")
        assert [framework.id for framework in library.installed()] == others
        assert [problem.line for problem in library.problems()] == [line]
        html = read(client_for(Role.COORDINATOR), "frameworks:framework-list")
        assert "One thing is wrong in the framework files" in html
        assert f"line {line}" in html
        assert "Demand-driven approach outside the EU" in html

    def test_a_fact_from_a_place_that_does_not_exist_is_an_error(self, folder: Path) -> None:
        line = change(folder / "zh-china" / "2022-12-14.yaml", "from: request.sector", "from: request.sektor")
        (problem,) = library.problems()
        assert problem.line == line
        assert "request.sektor" in problem.message
        assert "request.sector" in problem.hint
        assert library.get(*CHINA) is None

    def test_a_fact_of_another_type_than_its_source_is_an_error(self, folder: Path) -> None:
        path = folder / "zh-china" / "2022-12-14.yaml"
        change(path, "from: screening.complete", "from: screening.open_findings")
        (problem,) = library.problems()
        assert "screening.open_findings gives a number" in problem.message

    def test_one_version_in_two_files_is_an_error(self, folder: Path) -> None:
        before = len(library.installed())
        shutil.copy(folder / "zh-protocol" / "2024-01-01.yaml", folder / "zh-protocol" / "copy.yaml")
        (problem,) = library.problems()
        assert "is also in" in problem.message
        assert len(library.installed()) == before

    def test_the_deployment_check_reports_it(self, folder: Path) -> None:
        assert not [error for error in run_checks() if error.id == "frameworks.E001"]
        line = change(folder / "zh-china" / "2022-12-14.yaml", "kind: escalate", "kind: escalated")
        (error,) = [error for error in run_checks() if error.id == "frameworks.E001"]
        assert f"2022-12-14.yaml:{line}:" in error.msg

    def test_a_weighing_warns_that_another_framework_may_be_meant(self, client_for: SignIn, folder: Path) -> None:
        change(folder / "zh-china" / "2022-12-14.yaml", "kind: escalate", "kind: escalated")
        html = read(client_for(Role.COORDINATOR), "casework:assessment", str(factories.request().pk))
        assert "A framework file cannot be read" in html

    def test_a_corrected_file_is_used_at_once(self, folder: Path) -> None:
        path = folder / "zh-china" / "2022-12-14.yaml"
        change(path, "kind: escalate", "kind: escalated")
        assert library.get(*CHINA) is None
        change(path, "kind: escalated", "kind: escalate")
        assert library.get(*CHINA) is not None
        assert library.problems() == ()


def test_no_frameworks_says_what_to_do(client_for: SignIn, settings: Any, tmp_path: Path) -> None:
    settings.FRAMEWORKS_DIR = tmp_path
    assert "No frameworks are installed" in read(client_for(Role.COORDINATOR), "frameworks:framework-list")
    settings.FRAMEWORKS_DIR = tmp_path / "absent"
    assert library.installed() == ()


def test_of_each_framework_the_latest_version_in_force_counts(folder: Path) -> None:
    old = folder / "zh-china" / "2022-12-14.yaml"
    new = folder / "zh-china" / "2025-01-01.yaml"
    new.write_text(old.read_text().replace("2022-12-14", "2025-01-01"))
    assert library.in_force(date(2024, 12, 31))["zh-china"].version == date(2022, 12, 14)
    assert library.in_force(date(2025, 1, 1))["zh-china"].version == date(2025, 1, 1)
    assert [each.version.year for each in library.versions("zh-china")] == [2025, 2022]
