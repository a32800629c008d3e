"""The live replay as somebody meets it: a cell is typed, and what would change comes back.

    python -m benchmarks.policy.live_page [--cases 100000]

Requests and receipts are made in a database of their own; each keystroke is a whole request of the test client:
session, rights, draft, reading the text, replay, list of changed requests, page. What is typed differs every time.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import resource
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

ROOT = Path(__file__).parents[2]
FRAMEWORK = ("zh-china", "2022-12-14")
RULE, FACT = "E1-list", "sector"
FACTS_OF_A_RECEIPT = 2_000
"""How many different receipts there are; every request has one of them."""


def main() -> None:
    """Fill a database, type, and print the times."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.policy.live_page", description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--keystrokes", type=int, default=40)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ.pop("DATABASE_URL", None)
        os.environ["HANZE_DATA_DIR"] = folder
        os.environ.setdefault("HANZE_FRAMEWORKS_DIR", str(ROOT / "frameworks"))
        os.environ["DJANGO_SETTINGS_MODULE"] = "hanze.config.settings.test"
        import django

        django.setup()
        measure(given.cases, given.keystrokes)


def measure(cases: int, keystrokes: int) -> None:
    """Type into a draft while there are so many recorded requests."""
    from django.core.management import call_command
    from django.test import Client

    from hanze.accounts.models import Role
    from tests import factories
    from tests.frameworks import drafting

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    _fill(cases)
    reader = factories.user(Role.COORDINATOR)
    client = Client()
    client.force_login(reader, backend="allauth.account.auth_backends.AuthenticationBackend")
    draft = drafting.draft(by=reader)
    path = "/".join(map(str, (*drafting.rule(draft.text, RULE), "when", FACT)))
    print(f"Python {platform.python_version()}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    print(f"{cases:,} recorded requests, framework {FRAMEWORK[0]}")
    first, _html = _ask(client, draft, path, "")
    print(f"first time, cases prepared        {first * 1000:8.0f} ms")
    typed = _typed(keystrokes)
    found = [_ask(client, draft, path, value) for value in typed]
    times = sorted(seconds * 1000 for seconds, _html in found)
    assert all("recorded requests" in html for _seconds, html in found)
    print(f"each keystroke, median            {times[len(times) // 2]:8.0f} ms")
    print(f"each keystroke, 95th of a hundred {times[int(len(times) * 0.95)]:8.0f} ms")
    print(f"each keystroke, slowest           {times[-1]:8.0f} ms")
    _weigh_one_more()
    again, _html = _ask(client, draft, path, typed[0])
    print(f"after one more advice             {again * 1000:8.0f} ms")
    scale = 1 if sys.platform == "darwin" else 1024
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * scale / 2**20
    print(f"most memory                       {memory:8.0f} MB")


def _ask(client: Any, draft: Any, path: str, value: str) -> tuple[float, str]:
    start = perf_counter()
    given = {"path": path, "value": value} if value else {}
    answer = client.get(
        f"/framework-drafts/{draft.pk}/replay/", given, headers={"HX-Request": "true", "accept-language": "en"}
    )
    taken = perf_counter() - start
    assert answer.status_code == 200, answer.status_code
    return taken, answer.content.decode()


def _typed(count: int) -> list[str]:
    """Cells that each say something else: some of the sectors."""
    from tests.frameworks import drafting

    sectors = [choice.code for choice in drafting.base().fact(FACT).choices]
    lots = random.Random(1)
    return [", ".join(lots.sample(sectors, lots.randint(2, 6))) for _ in range(count)]


def _fill(cases: int) -> None:
    """Requests with a receipt each, on facts as the framework tells them apart."""
    from django.utils import timezone

    from hanze.casework.models import Receipt, Request
    from hanze.policy import assess
    from hanze.policy.classing import checked
    from hanze.policy.receipts import receipt, receipt_hash
    from hanze.policy.synthetic import synthesise
    from tests import factories
    from tests.frameworks import drafting

    framework = drafting.base()
    country = factories.country()
    contents: list[Any] = []
    for row in synthesise(framework, FACTS_OF_A_RECEIPT, seed=1).iter_rows(named=True):
        facts = {fact.id: checked(row[fact.id], fact) if row[fact.id] is not None else None for fact in framework.facts}
        contents.append(receipt(assess(framework, facts), timezone.now()))
    hashes = [receipt_hash(content) for content in contents]
    day = date(2020, 1, 1)
    for start in range(0, cases, 5_000):
        numbers = range(start, min(start + 5_000, cases))
        made = Request.objects.bulk_create(
            Request(
                reference=f"R-{number:07}", title=f"Request {number}", kind=Request.Kind.INCOMING_VISIT,
                country=country, sector="horticulture", asked_by_text="Somebody abroad", received_on=day,
                due_on=day + timedelta(days=30),
                classification=("public", "internal", "internal", "confidential")[number % 4],
            )
            for number in numbers
        )  # fmt: skip
        Receipt.objects.bulk_create(
            Receipt(
                request=request, framework=framework.id, version=framework.version,
                content=contents[number % len(contents)], content_hash=hashes[number % len(contents)],
            )
            for number, request in zip(numbers, made, strict=True)
        )  # fmt: skip


def _weigh_one_more() -> None:
    from hanze.casework.models import Receipt

    last = Receipt.objects.order_by("-pk").first()
    assert last is not None
    Receipt.objects.create(
        request=last.request, framework=last.framework, version=last.version, content=last.content,
        content_hash=last.content_hash,
    )  # fmt: skip


if __name__ == "__main__":
    main()
