"""The whole way in the product: files in, a plan made, its page drawn: `python -m benchmarks.clusters.product`.

Works in a database of its own that is gone afterwards.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from benchmarks.clusters.national import Country, generate


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--farms", type=int, default=1_500)
    parser.add_argument("--parcels", type=int, default=15_000)
    parser.add_argument("--seconds", type=int, default=20)
    arguments = parser.parse_args()
    country = generate(arguments.farms, arguments.parcels, areas=12)
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"HANZE_DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "hanze.config.settings.demo"}
        os.environ.pop("DATABASE_URL", None)
        import django
        from django.core.management import call_command

        django.setup()
        with timed("tables and style sheets"):
            call_command("migrate", verbosity=0)
            call_command("collectstatic", verbosity=0, interactive=False)
        _walk(country, arguments.seconds)
    print(
        f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.2f} GiB at most, load {os.getloadavg()[0]:.0f}"
    )


def _walk(country: Country, seconds: int) -> None:
    from hanze.areas import operations
    from hanze.areas.planning import Assumptions

    initiative = operations.create_initiative(by=None, title="Bench")
    for kind, name, content in (
        ("farms", "farms.csv", _farms(country)),
        ("parcels", "parcels.geojson", _parcels(country)),
        ("goods", "goods.csv", _goods(country)),
    ):
        with timed(f"{kind} in ({len(content) / 2**20:.1f} MB)"):
            _bring_in(initiative, kind, name, content)
    asked = Assumptions(hubs=12, reach=1_200, minimum=1_000, products=("manure", "straw"), seconds=seconds, farthest=60)
    run = operations.ask_plan(initiative, by=None, title="Bench", assumptions=asked)
    with timed("plan"):
        run = operations.make_plan(run)
    assert run is not None
    assert run.is_done, run.problems
    sizes = {name: len(json.dumps(getattr(run, name))) // 1024 for name in ("result", "drawing")}
    land = run.result["land"]
    print(f"kept {sizes} kB; {len(run.result['clusters'])} clusters, {len(land['moves'])} parcels move")
    _page(run)


def _page(run: Any) -> None:
    from django.test import Client

    from hanze.accounts.models import Role
    from hanze.accounts.operations import create_user

    client = Client(HTTP_HOST="localhost")
    client.force_login(create_user(by=None, name="B", email="b@example.org", roles={Role.COORDINATOR}))
    for name, query in (
        ("page", {}),
        ("map, nearer, with swaps", {"map": 1, "layer": ["parcels", "after"], "zoom": 4}),
    ):
        with timed(name):
            answer = client.get(run.get_absolute_url(), query)
        assert answer.status_code == 200
        print(f"{len(answer.content) // 1024} kB")


def _bring_in(initiative: Any, kind: str, name: str, content: bytes) -> None:
    from django.core.files.base import ContentFile

    from hanze.areas import operations

    file = ContentFile(content, name=name)
    handed = operations.receive(initiative, by=None, kind=kind, file=file, provenance="invented")
    done = operations.bring_in(operations.start_bringing_in(operations.look(handed), by=None))
    assert done.state == "done", done.problems[:3]


def _farms(country: Country) -> bytes:
    owners = country.owners
    yes = ("nee", "ja")
    rows = (
        f"{name};{x:.0f};{y:.0f};{yes[organic]};{yes[takes_part]}\n"
        for name, (x, y), organic, takes_part in zip(
            owners.id, owners.point.tolist(), owners.organic.tolist(), owners.takes_part.tolist(), strict=True
        )
    )
    return ("nummer;x;y;bio;doet mee\n" + "".join(rows)).encode()


def _parcels(country: Country) -> bytes:
    land = country.land
    shapes = []
    for at, name in enumerate(land.id):
        x, y = land.point[at].round(1).tolist()
        half = round(float(land.area[at] * 10_000) ** 0.5 / 2, 1)
        ring = [[x - half, y - half], [x + half, y - half], [x + half, y + half], [x - half, y + half]]
        fields = {
            "perceel": name,
            "bedrijf": country.owners.id[int(land.owner[at])],
            "ha": float(land.area[at]),
            "waarde": max(0.0, float(land.value[at])),
            "bio": "ja" if land.organic[at] else "nee",
        }
        polygon = {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
        shapes.append({"type": "Feature", "properties": fields, "geometry": polygon})
    system = {"type": "name", "properties": {"name": "EPSG:28992"}}
    return json.dumps({"type": "FeatureCollection", "crs": system, "features": shapes}).encode()


def _goods(country: Country) -> bytes:
    rows = [f"o{one.id};{one.farm};aanbod;{one.product};{one.amount};{one.price}\n" for one in country.trade.offers]
    rows += [f"n{one.id};{one.farm};vraag;{one.product};{one.amount};{one.elsewhere}\n" for one in country.trade.needs]
    return ("nummer;bedrijf;soort;product;ton;prijs\n" + "".join(rows)).encode()


@contextmanager
def timed(what: str) -> Iterator[None]:
    started, worked = time.perf_counter(), time.process_time()
    yield
    print(f"{what}: {time.perf_counter() - started:.1f} s ({time.process_time() - worked:.1f} s of the processor)")


if __name__ == "__main__":
    main()
