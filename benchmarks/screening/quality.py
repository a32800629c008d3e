"""How well screening tells listed parties from others: labelled pairs, and recall at a share of false hits.

    python -m benchmarks.screening.quality [--peer PYTHON_WITH_NOMENKLATURA] [--half tune report all]

Each query, negative and pair falls by its hash in the half `tune`, on which the parameters were chosen, or the half
`report`, of which the numbers are published. A query is found when the right entry scores at least the threshold at
which no more than the given share of the invented persons with names in the same script has any hit.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.screening.subjects import DATA, Query, everything, key
from hanze.screening.entries import Entry, Kind, ListedName, Party
from hanze.screening.screen import Screener, Settings
from hanze.screening.thresholds import BY_KIND, READ_ALOUD

HERE = Path(__file__).parent
SEEN = Settings(limit=100, least=0.3)
KINDS: dict[str, Kind] = {"Person": "person", "Vessel": "vessel", "LegalEntity": "unknown"}
PEERS_THRESHOLD = 0.7
"""From which score nomenklatura's logic-v2 calls two names a match, as it is shipped."""


@dataclass(frozen=True)
class Labelled:
    """Two names and whether they are one party."""

    source: str
    kind: Kind
    query: str
    candidate: str
    same: bool


def in_half(half: str, *texts: str) -> bool:
    """Whether texts fall in this half (`tune` or `report`, by their hash; `all` has everything)."""
    return half == "all" or half == ("tune" if hashlib.sha256("|".join(texts).encode()).digest()[0] & 1 else "report")


def read_pairs() -> list[Labelled]:
    """All labelled pairs."""
    with (DATA / "labelled_pairs.csv").open(encoding="utf-8") as file:
        return [
            Labelled(
                row["source"],
                KINDS.get(row["schema"], "organisation"),
                row["query"],
                row["candidate"],
                row["should_match"] == "true",
            )
            for row in csv.DictReader(file)
        ]


def read_negatives() -> list[str]:
    """Names of invented persons who are on no list."""
    with (DATA / "negatives_global_5k.csv").open(encoding="utf-8") as file:
        return [row["full_name"] for row in csv.DictReader(file)]


def listed_hanzi() -> list[Query]:
    """Chinese names of parties on the OFAC list (`hanzi.csv`, from general knowledge: OFAC gives no Chinese names)."""
    with (HERE / "hanzi.csv").open(encoding="utf-8") as file:
        return [
            Query(row["hanzi"], row["kind"], frozenset({f"ofac-sdn:{row['entry']}"}), "hanzi, OFAC")
            for row in csv.DictReader(file)
        ]


def is_latin(text: str) -> bool:
    """Whether a name is in Latin letters."""
    return not any(ord(letter) > 0x24F and letter.isalpha() and not 0x1E00 <= ord(letter) <= 0x1EFF for letter in text)


def in_script(first: int, last: int) -> Callable[[str], bool]:
    """Whether a name has a letter in this range of Unicode."""
    return lambda text: any(first <= ord(letter) <= last for letter in text)


HAN = in_script(0x4E00, 0x9FFF)
GROUPS: dict[str, tuple[Callable[[str], bool], float]] = {
    "latin": (is_latin, 0.01),
    "cyrillic": (in_script(0x400, 0x4FF), 0.01),
    "arabic": (in_script(0x600, 0x6FF), 0.025),
    "hanzi": (HAN, 0.01),
    "hanzi, OFAC": (HAN, 0.01),
    "hangul": (in_script(0xAC00, 0xD7A3), 0.01),
}
"""Which invented persons a group of queries is held against, and which share of them may have a false hit."""


def hit_threshold(group: str) -> float:
    """From which score names of a group are a hit as it is shipped."""
    return (READ_ALOUD if group.startswith("han") else BY_KIND["person"]).hit


def right_scores(screener: Screener, queries: Sequence[Query]) -> list[float]:
    """For each query the score of the right entry; 0 where it was no candidate."""
    parties = [Party(str(at), (ListedName(query.text),), query.kind) for at, query in enumerate(queries)]  # type: ignore[arg-type]
    return [
        max((found.score for found in screening.candidates if key(found.entry) in query.wanted), default=0.0)
        for query, screening in zip(queries, screener.screen_all(parties), strict=True)
    ]


def top_scores(screener: Screener, names: Sequence[str]) -> list[float]:
    """For each name that is on no list the highest score."""
    parties = [Party(str(at), (ListedName(name),), "person") for at, name in enumerate(names)]
    return [max((c.score for c in found.candidates), default=0.0) for found in screener.screen_all(parties)]


def threshold_at(false_scores: Sequence[float], share: float) -> float:
    """The lowest threshold at which no more than this share of the negatives has a hit."""
    ranked = sorted(false_scores, reverse=True)
    allowed = int(share * len(ranked))
    return min(1.0, ranked[allowed] + 1e-6) if allowed < len(ranked) else 0.0


def reached(scores: Sequence[float], threshold: float) -> float:
    """The share of scores that reach the threshold."""
    return sum(score >= threshold for score in scores) / max(1, len(scores))


def precision_and_recall(rated: Sequence[tuple[float, bool]]) -> tuple[float, float, float]:
    """Peak F1, the threshold where it is, and the greatest recall at a precision of .90 or more."""
    same = sum(is_same for _, is_same in rated)
    best, at, at_ninety = 0.0, 0.0, 0.0
    for threshold in sorted({score for score, _ in rated}):
        found = [is_same for score, is_same in rated if score >= threshold]
        precision, recall = sum(found) / len(found), sum(found) / same
        f1 = 2 * precision * recall / (precision + recall) if recall else 0.0
        if f1 > best:
            best, at = f1, threshold
        if precision >= 0.9:
            at_ninety = max(at_ninety, recall)
    return best, at, at_ninety


def pair_scores(screener: Screener, pairs: Sequence[Labelled]) -> list[tuple[float, bool]]:
    """The score of each labelled pair, with the rarity of name parts taken from the lists."""
    return [(screener.scorer.match(*_as_parties(pair)).score, pair.same) for pair in pairs]


def _as_parties(pair: Labelled) -> tuple[Party, Entry]:
    listed = Entry("pairs", pair.candidate, pair.kind, (ListedName(pair.candidate),))
    return Party("p", (ListedName(pair.query),), pair.kind), listed


def peer_scores(python: str, pairs: Sequence[Labelled]) -> list[tuple[float, bool]]:
    """The score that nomenklatura gives each pair, asked from the Python in which it is installed."""
    rows = json.dumps([[pair.kind, pair.query, pair.candidate] for pair in pairs])
    command = [python, str(HERE / "peer_pairs.py")]
    answer = subprocess.run(command, input=rows, capture_output=True, text=True, check=True).stdout
    return [(score, pair.same) for score, pair in zip(json.loads(answer), pairs, strict=True)]


def report_pairs(
    name: str, rated: Sequence[tuple[float, bool]], hard: Sequence[tuple[float, bool]], hit: float
) -> None:
    """Print what the labelled pairs say of one engine."""
    f1, at, at_ninety = precision_and_recall(rated)
    called = reached([score for score, _ in hard], hit)
    print(
        f"{name:13} {len(rated)} pairs: peak F1 {f1:.3f} (at {at:.2f}), recall at precision .90 {at_ninety:.3f}; "
        f"{len(hard)} hard negatives: {called:.3f} called a hit (from {hit})"
    )


def report_end_to_end(half: str) -> None:
    """Print recall at the allowed share of false hits for each group of queries, index and score together."""
    entries, queries = everything()
    screener = Screener.build(entries, SEEN)
    negatives = [name for name in read_negatives() if in_half(half, name)]
    for group, (script, share) in GROUPS.items():
        asked = [q for q in [*queries, *listed_hanzi()] if q.group == group and in_half(half, q.text)]
        others = [name for name in negatives if script(name)]
        false, right = top_scores(screener, others), right_scores(screener, asked)
        hit = hit_threshold(group)
        threshold = threshold_at(false, share)
        print(
            f"{group:12} {len(asked)} queries, {len(others)} negatives: recall {reached(right, threshold):.3f} at "
            f"{share:.1%} false (from {threshold:.2f}); from {hit}: recall {reached(right, hit):.3f}, false "
            f"{reached(false, hit):.2%}"
        )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peer", help="a Python in which nomenklatura is installed")
    parser.add_argument("--half", choices=("tune", "report", "all"), nargs="+", default=["report"])
    asked = parser.parse_args()
    screener = Screener.build(everything(0)[0])
    for half in asked.half:
        print(f"half: {half}")
        pairs = [pair for pair in read_pairs() if in_half(half, pair.query, pair.candidate)]
        labelled = [pair for pair in pairs if pair.source.startswith("nk_")]
        hard = [pair for pair in pairs if pair.source == "un_distinct_entities"]
        report_pairs("hanze", pair_scores(screener, labelled), pair_scores(screener, hard), BY_KIND["person"].hit)
        if asked.peer:
            scores = peer_scores(asked.peer, labelled), peer_scores(asked.peer, hard)
            report_pairs("nomenklatura", *scores, PEERS_THRESHOLD)
        report_end_to_end(half)


if __name__ == "__main__":
    main()
