"""How long `hanze screen` takes until its first answer, and what memory it then holds (Linux).

    python -m benchmarks.screening.first_answer [--repeat 3]

The lists are OFAC SDN 2021 and UN 2026-02, the parties eight in four scripts. Processor time is what tells on a
machine that others use too.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

LISTS = Path(__file__).resolve().parents[3] / "shared" / "data" / "screening"
PARTIES = """id,name,type,country
1,Виктор Сергеевич Орловский,person,RU
2,김영철,person,KP
3,محمد عبد الله الصالح,person,IQ
4,孔雀石贸易有限公司,organisation,CN
5,Viktor Sergeyevich Orlovsky,person,RU
6,Jan de Vries,person,NL
7,Malachite Trading Company,organisation,CN
8,孔雀石 Trading,organisation,CN
"""


def first_answer(parties: Path) -> tuple[float, float, float]:
    """Seconds by the clock, seconds of processor, and the highest memory in MB, when the first line comes."""
    given = [f"ofac={LISTS / 'ofac-2021'}", f"un={LISTS / 'un' / 'un_consolidated_2026-02.xml'}"]
    command = [sys.executable, "-m", "hanze.cli", "screen", str(parties), "--format", "jsonl"]
    command += [word for each in given for word in ("--list", each)]
    started = perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as running:
        assert running.stdout is not None
        running.stdout.readline()
        waited = perf_counter() - started
        about = Path(f"/proc/{running.pid}")
        ticks = about.joinpath("stat").read_text().rsplit(")", 1)[1].split()[11:13]
        peak = next(line for line in about.joinpath("status").read_text().splitlines() if line.startswith("VmHWM"))
        running.stdout.read()
    return waited, sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK"), int(peak.split()[1]) / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeat", type=int, default=3)
    with tempfile.TemporaryDirectory() as folder:
        parties = Path(folder) / "parties.csv"
        parties.write_text(PARTIES, encoding="utf-8")
        for _ in range(parser.parse_args().repeat):
            waited, processor, peak = first_answer(parties)
            load = os.getloadavg()[0]
            print(f"{waited:.2f} s by the clock, {processor:.2f} s of processor, {peak:.0f} MB; load {load:.1f}")


if __name__ == "__main__":
    main()
