"""Who opens a page does not wait for the libraries that only a plan or an import needs."""

from __future__ import annotations

import subprocess
import sys

HEAVY = ("highspy", "pyogrio", "pyproj", "scipy", "shapely", "sklearn")
ASK = f"""
import sys, django
django.setup()
from django.urls import get_resolver
assert [each for each in get_resolver().url_patterns]
from django.urls import reverse
assert reverse("areas:plan-list", args=[1])
print([name for name in {HEAVY!r} if name in sys.modules])
"""


def test_a_web_process_starts_without_what_only_the_worker_needs() -> None:
    found = subprocess.run([sys.executable, "-c", ASK], capture_output=True, text=True, check=False)
    assert found.stdout.strip() == "[]", found.stderr
