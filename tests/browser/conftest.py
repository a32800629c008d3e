"""The whole product, running: the demo as `make demo` starts it, in a data folder and on a port of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
STARTS_WITHIN = 150


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running demo: a fresh one, or with HANZE_SITE one that runs already."""
    if running := os.environ.get("HANZE_SITE"):
        yield running
        return
    data = tmp_path_factory.mktemp("site")
    port = _free_port()
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | {
        "HANZE_DATA_DIR": str(data),
        "HANZE_PUBLIC_FORM_PER_HOUR": "1000",
        "DJANGO_SETTINGS_MODULE": "hanze.config.settings.demo",
        "PYTHONPATH": str(ROOT / "src"),
    }
    log = (data / "log").open("w")
    command = [sys.executable, "-m", "hanze.cli", "demo", "run", "--port", str(port)]
    server = subprocess.Popen(command, cwd=data, env=environment, stdout=log, stderr=subprocess.STDOUT)
    address = f"http://localhost:{port}"
    try:
        _wait(address, server, data / "log")
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)


@pytest.fixture
def visit(browser: Any, site: str) -> Callable[..., Any]:
    """`with visit("coordinator", language="nl", width=1440) as page:` — a page of somebody signed in, or of nobody."""

    @contextmanager
    def opened(who: str | None = None, language: str = "nl", width: int = 1440, **options: Any) -> Iterator[Any]:
        options = {"viewport": {"width": width, "height": 900}, "locale": language, **options}
        context = browser.new_context(base_url=site, **options)
        context.add_cookies([{"name": "django_language", "value": language, "url": site}])
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda message: _note(page, message))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        if who is not None:
            page.goto("/demo/sign-in/")
            page.click(f'button[value="{who}@demo.example"]')
        yield page
        context.close()

    return opened


def _note(page: Any, message: Any) -> None:
    if message.type == "error":
        page.complaints.append(message.text)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until:
        if server.poll() is not None:
            break
        try:
            urllib.request.urlopen(f"{address}/accessibility/", timeout=2).close()
        except OSError:
            time.sleep(0.3)
        else:
            return
    pytest.fail(f"The demo did not start:\n{log.read_text()[-4000:]}")
