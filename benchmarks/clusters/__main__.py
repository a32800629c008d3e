"""The numbers of the clusters engine: `python -m benchmarks.clusters [--only …] [--peer PYTHON] [--instances 1,5]`.

`--peer`: a Python with spopt and highspy, which solves each p-median instance too, in turn with Hanze.
"""

from __future__ import annotations

import argparse
import csv
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import numpy as np

from hanze.clusters.arrays import Floats
from hanze.clusters.estimates import Estimate
from hanze.clusters.flows import cheapest_flow, transport
from hanze.clusters.flows.network import read_dimacs
from hanze.clusters.ranking import Criterion, Table, acceptability
from hanze.clusters.roads import distances
from hanze.clusters.siting import site, site_with_capacity
from hanze.clusters.siting.reading import read_orlib, read_sjc

DATA = Path(__file__).resolve().parents[3] / "shared/data/clusters"
PEER = Path(__file__).with_name("peer_pmedian.py")
PEER_SECONDS = 60


def best_known() -> dict[str, float]:
    with (DATA / "best_known.csv").open() as file:
        return {row["instance"]: float(row["best_known"]) for row in csv.DictReader(file)}


def pmed(peer: str | None, instances: frozenset[str], seconds: float = 4.0) -> None:
    best = best_known()
    gaps, bounds, times = [], [], []
    for path in sorted((DATA / "pmed").glob("*.txt"), key=lambda path: int(path.stem[4:])):
        if instances and path.stem[4:] not in instances:
            continue
        started = time.perf_counter()
        instance = read_orlib(path)
        found = site(instance.cost, instance.count, seconds=seconds - (time.perf_counter() - started))
        took = time.perf_counter() - started
        optimum = best[path.stem]
        gaps.append(found.value / optimum - 1)
        bounds.append(1 - found.bound / optimum)
        times.append(took)
        line = f"{path.stem:7} {found.value:7.0f} above {gaps[-1]:.3%} bound below {bounds[-1]:.3%}"
        print(
            f"{line} proven {found.proven!s:5} {took:5.2f} s {_peer(peer, instance.cost, instance.count)}", flush=True
        )
    optimal = sum(gap == 0 for gap in gaps)
    print(f"optimal {optimal}/{len(gaps)}, worst {max(gaps):.3%}, bound {max(bounds):.3%}, slowest {max(times):.2f} s")


def _peer(peer: str | None, cost: Floats, count: int) -> str:
    if peer is None:
        return ""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cost.npy"
        np.save(path, cost)
        command = [peer, str(PEER), str(path), str(count), str(PEER_SECONDS)]
        started = time.perf_counter()
        try:
            ran = subprocess.run(command, capture_output=True, text=True, timeout=3 * PEER_SECONDS, check=False)
        except subprocess.TimeoutExpired:
            return f"| spopt: nothing after {3 * PEER_SECONDS} s"
    if ran.returncode:
        return f"| spopt: failed ({ran.stderr.strip().splitlines()[-1][:60]})"
    answer = json.loads(ran.stdout.splitlines()[-1])
    return f"| spopt {answer['value']} {answer['status']} {time.perf_counter() - started:.1f} s"


def sjc(seconds: float = 50.0) -> None:
    best = best_known()
    for path in sorted((DATA / "sjc").glob("*.dat")):
        instance = read_sjc(path)
        assert instance.demand is not None and instance.capacity is not None  # noqa: PT018
        found = site_with_capacity(instance.cost, instance.demand, instance.capacity, instance.count, seconds=seconds)
        known = best[path.stem]
        above, below = found.value / known - 1, 1 - found.bound / known
        print(
            f"{path.stem} {found.value:.2f} above {above:.3%} bound below {below:.3%} {found.seconds:.1f} s", flush=True
        )


def flow() -> None:
    found = cheapest_flow(read_dimacs(DATA / "netgen-2.min"))
    print(f"netgen-2 {found.value} proven {found.proven} {found.seconds:.2f} s")


def transports(size: int = 2_000) -> None:
    for name in ("random", "points"):
        times, processor = [], []
        for seed in range(3):
            random = np.random.default_rng(seed)
            supply, demand = (random.integers(1, 100, size).astype(float) for _ in range(2))
            short = demand.sum() - supply.sum()
            supply[0] += max(0.0, short)
            demand[0] += max(0.0, -short)
            if name == "points":
                cost = np.rint(10_000 * distances(random.random((size, 2)), random.random((size, 2))))
            else:
                cost = random.integers(1, 10_000, (size, size)).astype(float)
            before = time.process_time()
            found = transport(cost, supply, demand)
            times.append(found.seconds)
            processor.append(time.process_time() - before)
            assert found.proven
        print(f"transport {size} x {size}, {name}: {median(times):.2f} s, {median(processor):.2f} s of the processor")


def draws() -> None:
    random = np.random.default_rng(1)
    values = random.uniform(1, 100, (500, 12))
    criteria = tuple(Criterion(f"c{k}", f"c{k}", Estimate(1, 2, 3)) for k in range(12))
    table = Table(tuple(f"a{k}" for k in range(500)), criteria, values * 0.8, values, values * 1.2)
    times, processor = [], []
    for _ in range(5):
        started, before = time.perf_counter(), time.process_time()
        acceptability(table)
        times.append(time.perf_counter() - started)
        processor.append(time.process_time() - before)
    print(f"acceptability 500 x 12, 10,000 draws: {median(times):.2f} s, {median(processor):.2f} s of two processors")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.clusters")
    parser.add_argument("--only", default="pmed,sjc,flow,transport,acceptability")
    parser.add_argument("--peer", help="a Python with spopt and highspy")
    parser.add_argument("--instances", default="", help="only these p-median instances (their numbers)")
    parser.add_argument(
        "--processor",
        action="store_true",
        help="let all clocks run in seconds of the processor: what a machine would do that is not shared",
    )
    arguments = parser.parse_args()
    if arguments.processor:
        time.perf_counter = time.process_time
    parts = {
        "pmed": lambda: pmed(arguments.peer, frozenset(filter(None, arguments.instances.split(",")))),
        "sjc": sjc,
        "flow": flow,
        "transport": transports,
        "acceptability": draws,
    }
    chosen = arguments.only.split(",")
    if set(chosen) - set(parts):
        sys.exit(f"--only: choose from {', '.join(parts)}")
    for name in chosen:
        parts[name]()


if __name__ == "__main__":
    main()
