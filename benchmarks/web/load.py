"""How fast pages answer over HTTP with several users at once: `python -m benchmarks.web.load --url http://…`.

Signs in by a session of its own in the same database, so it runs on the machine of the server; the lists of the API are
asked with tokens of a program that is let in for it. Prints one row a page, and then one a list of the API: median and
95th percentile of the answers in milliseconds, and the number of queries of one answer.
"""

from __future__ import annotations

import argparse
import http.client
import statistics
import threading
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

LISTS = {
    "today": "/today/",
    "requests": "/requests/",
    "requests, page 900": "/requests/?page=900",
    "requests, filtered": "/requests/?kind=event",
    "missions": "/missions/",
    "missions, filtered": "/missions/?kind=talk",
    "agenda": "/agenda/",
    "parties": "/parties/",
    "people": "/people/",
    "relations": "/relations/",
    "agreements": "/agreements/",
    "contacts": "/contacts/",
    "findings": "/findings/",
    "public register": "/public/",
    "search, a common word": "/search/?q=haven",
    "search, two common words": "/search/?q=waterstof+terminal",
    "search, a usual word": "/search/?q=kasenergie",
    "search, a rare word": "/search/?q=49999",
}
API = "/api/v1"
API_LISTS = (
    *("requests", "activities", "organisations", "people", "relations", "agreements", "advice-receipts", "claims"),
    *("contradictions", "evaluations", "initiatives"),
)
LOG = ("log-events",)
API_PAGE, API_LONG = 25, 1000
Headers = dict[str, str]


@dataclass
class Timing:
    name: str
    path: str
    milliseconds: list[float] = field(default_factory=list)
    queries: int = 0

    @property
    def median(self) -> float:
        return statistics.median(self.milliseconds)

    @property
    def p95(self) -> float:
        return statistics.quantiles(self.milliseconds, n=20)[-1]


def session_of(email: str) -> str:
    """The key of a new session of this account."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from hanze.accounts.models import User

    user = User.objects.get(email=email)
    session: Any = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return session.session_key


def count_queries(path: str, headers: Headers) -> int:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(HTTP_HOST="localhost", headers=headers)
    client.get(path)
    with CaptureQueriesContext(connection) as seen:
        answer = client.get(path)
    if answer.status_code != 200:
        raise SystemExit(f"{path} answers {answer.status_code}")
    return len(seen)


def visit(url: str, headers: Headers, timings: list[Timing], rounds: int, start: int) -> None:
    """One user: every page in turn, `rounds` times, beginning somewhere else than the other users."""
    place = urlsplit(url)
    connection = http.client.HTTPConnection(place.hostname or "localhost", place.port)
    for number in range(rounds * len(timings)):
        timing = timings[(start + number) % len(timings)]
        begun = time.perf_counter()
        connection.request("GET", timing.path, headers=headers)
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise SystemExit(f"{timing.path} answers {answer.status}")
        timing.milliseconds.append((time.perf_counter() - begun) * 1000)


def measure(url: str, users: list[Headers], pages: dict[str, str], rounds: int) -> list[Timing]:
    """Each of `users` reads all pages, `rounds` times, at the same time as the others."""
    timings = [Timing(name, path, queries=count_queries(path, users[0])) for name, path in pages.items()]
    visit(url, users[0], timings, 1, 0)
    for timing in timings:
        timing.milliseconds.clear()
    step = max(1, len(timings) // len(users))
    threads = [
        threading.Thread(target=visit, args=(url, headers, timings, rounds, number * step))
        for number, headers in enumerate(users)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return timings


def pages_of_records() -> dict[str, str]:
    """A case, an activity and an organisation that have much on them."""
    from hanze.casework.models import Request
    from hanze.missions.models import Activity
    from hanze.register.models import Organisation

    def middle(model: Any) -> int:
        keys = model.objects.filter(classification="internal").order_by("pk").values_list("pk", flat=True)
        return keys[keys.count() // 2]

    return {
        "a case": f"/requests/{middle(Request)}/",
        "an activity": f"/missions/{middle(Activity)}/",
        "a party": f"/parties/{middle(Organisation)}/",
    }


def lists_of_api(names: tuple[str, ...], headers: Headers) -> dict[str, str]:
    """The lists of the API, and of the long ones a page in the middle and the last."""
    from django.test import Client

    client = Client(HTTP_HOST="localhost", headers=headers)
    pages: dict[str, str] = {}
    for name in names:
        path = f"{API}/{name}"
        pages[name] = path
        last = -(-client.get(path).json()["count"] // API_PAGE)
        if last * API_PAGE > API_LONG:
            pages |= {f"{name}, page {number}": f"{path}?page={number}" for number in (last // 2, last)}
    return pages


def show(title: str, timings: list[Timing]) -> None:
    print(f"\n| {title} | median (ms) | 95th (ms) | queries |\n|---|---|---|---|")
    for timing in timings:
        print(f"| {timing.name} | {timing.median:.0f} | {timing.p95:.0f} | {timing.queries} |")


def main() -> None:
    import django

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", default="http://localhost:8000")
    parser.add_argument("--email", required=True, help="the account that reads")
    parser.add_argument("--users", type=int, default=8)
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    django.setup()
    from benchmarks.web.programs import tokens

    reader = {"Cookie": f"sessionid={session_of(args.email)}"}
    show("page", measure(args.url, [reader] * args.users, {**LISTS, **pages_of_records()}, args.rounds))
    # A token each: one may not make more than so many calls in a minute.
    for names, role, ceiling in ((API_LISTS, "coordinator", "confidential"), (LOG, "auditor", "restricted")):
        with tokens(args.users, role, ceiling) as secrets:
            programs = [{"Authorization": f"Bearer {secret}"} for secret in secrets]
            show(f"list of the API, {role}", measure(args.url, programs, lists_of_api(names, programs[0]), args.rounds))


if __name__ == "__main__":
    main()
