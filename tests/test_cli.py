"""The command `hanze`, as somebody types it on a machine of her own."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
KEY = "k" * 60


def hanze(data: Path, *arguments: str, typed: str = "", **settings: str | None) -> subprocess.CompletedProcess[str]:
    """Run a command with production settings on a data folder; a setting that is None is not set."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("HANZE_", "DATABASE_", "DJANGO_"))
    }
    given: dict[str, str | None] = {
        "HANZE_SECRET_KEY": KEY,
        "LC_ALL": "",
        "LANG": "en_GB.UTF-8",
        "HANZE_ALLOWED_HOSTS": "hanze.region.example",
        "HANZE_DATA_DIR": str(data),
        "PYTHONPATH": str(ROOT / "src"),
        **settings,
    }
    environment |= {name: value for name, value in given.items() if value is not None}
    return subprocess.run(
        [sys.executable, "-m", "hanze.cli", *arguments],
        cwd=data if data.is_dir() else data.parent,
        env=environment,
        input=typed,
        capture_output=True,
        text=True,
        check=False,
        start_new_session=True,
    )


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder after `hanze setup`."""
    data = tmp_path_factory.mktemp("installed")
    done = hanze(data, "setup")
    assert done.returncode == 0, done.stderr
    return data


def in_plain_words(done: subprocess.CompletedProcess[str], *words: str) -> None:
    """What went wrong stands in one or two lines for people, not in a trace for programmers."""
    said = done.stderr
    assert "Traceback" not in said
    assert len(said.strip().splitlines()) <= 2, said
    for word in words:
        assert word in said


def test_without_a_secret_key_it_says_so_in_one_line(tmp_path: Path) -> None:
    done = hanze(tmp_path, "check", HANZE_SECRET_KEY=None)
    assert done.returncode != 0
    in_plain_words(done, "HANZE_SECRET_KEY", "docs/running.md")
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [("HANZE_REQUEST_TERM_DAYS", "four weeks"), ("HANZE_SSL_REDIRECT", "perhaps"), ("DATABASE_URL", "nonsense")],
)
def test_a_setting_that_cannot_be_read_is_named(name: str, value: str, tmp_path: Path) -> None:
    done = hanze(tmp_path, "check", **{name: value})
    assert done.returncode != 0
    in_plain_words(done, name)


def test_a_command_that_does_not_exist_is_misuse_and_shows_which_do(tmp_path: Path) -> None:
    done = hanze(tmp_path, "dance")
    assert done.returncode == 2
    assert "dance" in done.stderr
    for command in ("setup", "check", "serve", "account", "evaluate", "demo", "policy"):
        assert command in done.stderr


def test_no_command_at_all_shows_how_it_is_used(tmp_path: Path) -> None:
    done = hanze(tmp_path)
    assert done.returncode == 2
    assert "usage: hanze" in done.stderr


def test_policy_commands_need_no_installation(tmp_path: Path) -> None:
    done = hanze(tmp_path, "policy", "check", str(ROOT / "frameworks"), HANZE_SECRET_KEY=None)
    assert done.returncode == 0, done.stderr + done.stdout


def test_before_setup_check_says_to_run_it(tmp_path: Path) -> None:
    done = hanze(tmp_path / "new", "check")
    assert done.returncode == 1
    assert "The database is not at this version." in done.stdout
    assert "Run: hanze setup" in done.stdout
    assert "Traceback" not in done.stderr


def test_after_setup_check_asks_for_an_administrator_and_an_organisation(installed: Path) -> None:
    done = hanze(installed, "check")
    assert done.returncode == 1
    assert "Nobody is administrator." in done.stdout
    assert "Hanze does not know which organisation it works for." in done.stdout
    assert "hanze setup" not in done.stdout


def test_setup_may_be_repeated_and_loses_nothing(installed: Path) -> None:
    counting = "from hanze.register.models import City; print(City.objects.count())"
    before = hanze(installed, "manage", "shell", "-c", counting).stdout.split()[-1]
    assert int(before) > 1000
    again = hanze(installed, "setup")
    assert again.returncode == 0, again.stderr
    assert hanze(installed, "manage", "shell", "-c", counting).stdout.split()[-1] == before


@pytest.fixture(scope="session")
def complete(installed: Path) -> Path:
    """The installation with an administrator and an organisation."""
    typed = "a-long-password-1\na-long-password-1\n"
    command = ("account", "Admin@Region.example", "--name", "Ada", "--role", "administrator")
    done = hanze(installed, *command, typed=typed)
    assert done.returncode == 0, done.stderr
    home = "from hanze.register.operations import *; from hanze.register.models import Country; "
    home += "set_home(create_organisation(by=None, name='Region', kind='government'), by=None)"
    assert hanze(installed, "manage", "shell", "-c", home).returncode == 0
    return installed


def test_a_complete_installation_is_ready(complete: Path) -> None:
    done = hanze(complete, "check")
    assert done.returncode == 0, done.stdout
    assert "✗" not in done.stdout
    assert "Ready to run" in done.stdout


@pytest.mark.parametrize(
    ("settings", "remark"),
    [
        ({"HANZE_SECRET_KEY": "short"}, "HANZE_SECRET_KEY is short."),
        ({"HANZE_ALLOWED_HOSTS": None}, "No host name is allowed."),
        ({"HANZE_FRAMEWORKS_DIR": "/nowhere/at/all"}, "No policy framework is installed."),
        ({"DATABASE_URL": "postgres://nobody:x@127.0.0.1:1/none"}, "The database cannot be reached"),
        ({"DJANGO_SETTINGS_MODULE": "hanze.config.settings.demo"}, "anybody can sign in with one click"),
    ],
)
def test_check_names_what_stands_in_the_way(settings: dict[str, str], remark: str, complete: Path) -> None:
    done = hanze(complete, "check", **settings)
    assert done.returncode == 1
    assert remark in done.stdout
    assert "→" in done.stdout
    assert "Traceback" not in done.stderr


def test_a_framework_with_an_error_is_named_with_its_place(complete: Path, tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text("framework: [unclosed", encoding="utf-8")
    done = hanze(complete, "check", HANZE_FRAMEWORKS_DIR=str(tmp_path))
    assert re.search(r"broken\.yaml:\d+:\d+: ", done.stdout)


@pytest.mark.parametrize(
    ("arguments", "typed", "words"),
    [
        (("x@region.example", "--name", "X", "--role", "king"), "", "no such role: king"),
        (("x@region.example", "--name", "X"), "one-long-password\nanother-password\n", "passwords differ"),
        (("x@region.example", "--name", "X"), "short\nshort\n", "12"),
        (("no address", "--name", "X"), "a-long-password-1\na-long-password-1\n", "mail"),
        (("admin@region.example", "--name", "X"), "a-long-password-1\na-long-password-1\n", "mail"),
    ],
)
def test_an_account_that_cannot_be_made_is_refused_in_plain_words(
    arguments: tuple[str, ...], typed: str, words: str, complete: Path
) -> None:
    done = hanze(complete, "account", *arguments, typed=typed)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_the_second_step_of_the_only_administrator_is_removed_with_a_reason_that_stands_in_the_log(
    complete: Path,
) -> None:
    given = "from hanze.accounts.models import User; from allauth.mfa.models import Authenticator; "
    given += "Authenticator.objects.create(user=User.objects.get(), type='totp', data={'secret': 'x'})"
    assert hanze(complete, "manage", "shell", "-c", given).returncode == 0
    done = hanze(complete, "reset-second-step", "Admin@region.example", "--because", "Telephone lost")
    assert done.returncode == 0, done.stderr
    assert "admin@region.example signs in without a second step now." in done.stdout
    assert "tweede stap" in done.stdout, "without a mail server mail is printed"
    left = "from allauth.mfa.models import Authenticator; from hanze.audit.models import Event; "
    left += "print(Authenticator.objects.count(), Event.objects.get(name='account.second-step-reset').reason)"
    assert hanze(complete, "manage", "shell", "-c", left).stdout.splitlines()[-1] == "0 Telephone lost"
    again = hanze(complete, "reset-second-step", "admin@region.example", "--because", "Telephone lost")
    assert again.returncode == 2
    in_plain_words(again, "no second step")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("nobody@region.example", "--because", "x"), "no account with the address nobody@region.example"),
        (("admin@region.example", "--because", " "), "Say why"),
        (("admin@region.example",), "--because"),
    ],
)
def test_a_second_step_that_cannot_be_removed_is_refused(
    arguments: tuple[str, ...], words: str, complete: Path
) -> None:
    done = hanze(complete, "reset-second-step", *arguments)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("language", "locale", "words"),
    [
        ((), {"LANG": "nl_NL.UTF-8"}, "Zeg waarom"),
        ((), {"LANG": "nl_NL.UTF-8", "LC_ALL": "C"}, "Say why"),
        (("--language", "nl"), {}, "Zeg waarom"),
        (("--language", "en"), {"LANG": "nl_NL.UTF-8"}, "Say why"),
    ],
)
def test_what_is_refused_is_said_in_the_language_asked_for_or_that_of_the_terminal(
    language: tuple[str, ...], locale: dict[str, str], words: str, complete: Path
) -> None:
    done = hanze(complete, "reset-second-step", "admin@region.example", "--because", " ", *language, **locale)
    assert words in done.stderr


def test_a_command_says_nothing_but_its_answer(complete: Path) -> None:
    done = hanze(complete, "evaluate", "--period", "2024", "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")


def test_an_evaluation_can_be_asked_for(complete: Path) -> None:
    done = hanze(complete, "evaluate", "--period", "2024", "--country", "CN")
    assert done.returncode == 0, done.stderr
    assert {figure["key"] for figure in json.loads(done.stdout)["figures"]} >= {"incoming_delegations", "agreements"}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "--period"),
        (("--period", "last year"), "last year"),
        (("--period", "2024-13"), "2024-13"),
        (("--period", "2024", "--country", "XX"), "XX"),
        (("--period", "2024", "--region", "XX-1"), "XX-1"),
        (("--period", "2024", "--framework", "no-such"), "no-such"),
        (("--period", "2024", "--format", "odt"), "odt"),
        (("--period", "2024", "-o", "/no/such/folder/x.json"), "/no/such/folder/x.json"),
    ],
)
def test_an_evaluation_that_cannot_be_made_is_misuse(arguments: tuple[str, ...], words: str, complete: Path) -> None:
    done = hanze(complete, "evaluate", *arguments)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", [("evaluate", "--period", "2024"), ("account", "x@region.example", "--name", "X")])
def test_before_setup_a_command_says_what_to_do_first(command: tuple[str, ...], tmp_path: Path) -> None:
    done = hanze(tmp_path, *command, typed="a-long-password-1\na-long-password-1\n")
    assert done.returncode == 1
    assert "hanze setup" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_demo_is_not_loaded_among_real_records(complete: Path) -> None:
    done = hanze(complete, "demo", "load")
    assert done.returncode == 1
    in_plain_words(done, "holds records already")


def test_the_demo_is_not_served_with_production_settings(complete: Path) -> None:
    done = hanze(complete, "demo", "run")
    assert done.returncode == 2
    in_plain_words(done, "hanze.config.settings.demo")
