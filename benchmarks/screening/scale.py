"""Many known parties: a change of a list against all of them, and all of them against the full lists.

python -m benchmarks.screening.scale [--parties 1000000] [--change 500] [--screened 50000] [--workers 2]
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import resource
from collections.abc import Sequence
from time import perf_counter

from benchmarks.screening.subjects import DATA, SEED, disturbed, key, lists, same_person, without_original_scripts
from hanze.screening.entries import Entry, ListedName, Party
from hanze.screening.index import Index
from hanze.screening.screen import KnownParties, Screener, Settings


def invented(count: int, rng: random.Random) -> list[Party]:
    """Parties of the world: given and family names of the invented persons, mixed within their script."""
    with (DATA / "negatives_global_5k.csv").open(encoding="utf-8") as lines:
        rows = [row["full_name"].split() for row in csv.DictReader(lines) if " " in row["full_name"].strip()]
    latin = [words for words in rows if words[0].isascii()]
    other = [words for words in rows if not words[0].isascii()]
    parties: list[Party] = []
    for number in range(count):
        pool = other if number % 10 == 0 else latin
        one, two = rng.choice(pool), rng.choice(pool) if pool is latin else None
        words = [one[0], *(one[1:-1] if number % 3 == 0 else []), (two or one)[-1]]
        parties.append(Party(str(number), (ListedName(" ".join(words)),), "person"))
    return parties


def planted(parties: list[Party], changed: Sequence[Entry], rng: random.Random) -> dict[str, str]:
    """Put one disturbed name of each changed entry among the parties; party id -> key of the entry."""
    places = rng.sample(range(len(parties)), len(changed))
    wanted: dict[str, str] = {}
    for at, entry in zip(places, changed, strict=True):
        text = disturbed(entry.names[0].text, rng)
        parties[at] = Party(f"planted {at}", (ListedName(text),), entry.kind)
        wanted[f"planted {at}"] = key(entry)
    return wanted


def change(parties: list[Party], changed: list[Entry], wanted: dict[str, str]) -> None:
    """A change of a list against an index of all parties: candidates, then scored."""
    started = perf_counter()
    known = KnownParties(parties, Index.build(parties))
    built = perf_counter()
    found = sum(
        any(wanted.get(parties[at].id) == key(entry) for at, _ in known.index.candidates(entry, 200))
        for entry in changed
    )
    looked_up, busy = perf_counter(), processor_seconds()
    screener = Screener.build(changed, Settings())
    touched = {(t.party.id, key(t.candidate.entry)) for t in screener.screen_change(changed, known)}
    scored, busy = perf_counter(), processor_seconds() - busy
    hit = sum((party, entry) in touched for party, entry in wanted.items())
    print(f"index of {len(parties)} parties: {built - started:.1f} s, {len(known.index.vocabulary.words)} words")
    print(f"change of {len(changed)} entries: candidates {looked_up - built:.2f} s, recall {found / len(changed):.3f}")
    took = f"{scored - looked_up:.2f} s, {busy:.2f} s of processor"
    print(f"  with scores {took}, {len(touched)} touched, recall {hit / len(changed):.3f}")


def processor_seconds() -> float:
    """What this process and those that it ended have worked: on a busy machine, more telling than the clock."""
    used = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return sum(u.ru_utime + u.ru_stime for u in used)


def full(parties: list[Party], entries: list[Entry], wanted: dict[str, str], workers: int) -> None:
    """Parties against the full lists over processes."""
    screener = Screener.build(entries)
    same = same_person(entries)
    hits = 0
    busy, started = processor_seconds(), perf_counter()
    for screening in screener.screen_all(parties, workers):
        target = wanted.get(screening.party.id)
        hits += target is not None and any(key(c.entry) in same[target] for c in screening.candidates)
    took, busy = perf_counter() - started, processor_seconds() - busy
    count = sum(party.id in wanted for party in parties)
    print(
        f"{len(parties)} parties, {len(entries)} entries, {workers} processes: {took:.1f} s, recall {hits / count:.3f}"
    )
    print(f"  {len(parties) / took:.0f} a second, 1,000,000 in {took / len(parties) * 1e6 / 60:.1f} min")
    alone = busy / workers / len(parties)
    print(
        f"  {busy / len(parties) * 1e3:.2f} ms of processor a party: on {workers} free cores {1 / alone:.0f} a second,"
    )
    print(f"  1,000,000 in {alone * 1e6 / 60:.1f} min")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--parties", type=int, default=1_000_000)
    options.add_argument("--change", type=int, default=500)
    options.add_argument("--screened", type=int, default=50_000)
    options.add_argument("--workers", type=int, default=2)
    asked = options.parse_args()
    rng = random.Random(SEED)
    entries = without_original_scripts(lists())
    changed = rng.sample([e for e in entries if e.names and len(e.names[0].text) > 6], asked.change)
    parties = invented(asked.parties, rng)
    wanted = planted(parties, changed, rng)
    print(f"load of the machine {os.getloadavg()[0]:.1f}")
    change(parties, changed, wanted)
    first = [p for p in parties if p.id in wanted] + parties
    full(first[: asked.screened], entries, wanted, asked.workers)
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
