"""Makes src/hanze/screening/data/han.tsv out of the Unihan database: python tools/han_readings.py FOLDER."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections import defaultdict
from pathlib import Path

DATA = Path(__file__).parents[1] / "src/hanze/screening/data/han.tsv"
HEAD = """# version: {version}
# origin: Unihan database of the Unicode Character Database, files Readings, Variants and OtherMappings
# licence: Unicode License (https://www.unicode.org/license.txt), copyright Unicode, Inc.
# columns: character, simplified, pinyin (most used first), Cantonese (jyutping), Korean (hangul), Japanese on-reading
"""
KEPT_SETS = {"kGB0", "kGB1", "kBigFive", "kTGH", "kJis0", "kKSC0"}


def fields(folder: Path) -> dict[str, dict[str, str]]:
    """Every Unihan property by character."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for name in ("Readings", "Variants", "OtherMappings"):
        for line in (folder / f"Unihan_{name}.txt").read_text(encoding="utf-8").splitlines():
            if line.startswith("U+"):
                code, key, value = line.split("\t", 2)
                found[chr(int(code[2:], 16))][key] = value
    return found


def toneless(pinyin: str) -> str:
    plain = unicodedata.normalize("NFD", pinyin).replace("u\N{COMBINING DIAERESIS}", "v")
    return "".join(c for c in plain.lower() if c.isascii() and c.isalpha())


def unique(values: list[str]) -> list[str]:
    return list(dict.fromkeys(v for v in values if v))


def pinyin(row: dict[str, str]) -> list[str]:
    """Readings in falling use: Modern Chinese frequency first, then the customary one, then the dictionaries."""
    raw = [part.split("(")[0] for part in row.get("kHanyuPinlu", "").split()]
    raw += row.get("kMandarin", "").split()
    for key in ("kXHC1983", "kTGHZ2013"):
        raw += [part.split(":")[1] for part in row.get(key, "").split() if ":" in part]
    if not raw and "kHanyuPinyin" in row:
        raw = row["kHanyuPinyin"].split(":")[1].split(" ")[0].split(",")
    return unique([toneless(v) for v in raw])


def main(folder: Path) -> None:
    rows = fields(folder)
    version = re.search(r"Unicode version: (\S+)", (folder / "Unihan_Readings.txt").read_text(encoding="utf-8"))
    lines = [HEAD.format(version=version[1] if version else "unknown")]
    for character, row in sorted(rows.items()):
        if not KEPT_SETS & row.keys():
            continue
        simpler = row.get("kSimplifiedVariant", "").split()
        simplified = chr(int(simpler[0][2:], 16)) if simpler and f"U+{ord(character):X}" not in simpler else ""
        hangul = unique([v.split(":")[0] for v in row.get("kHangul", "").split()])
        on = row.get("kJapaneseOn", "").lower().split()
        cantonese = [v[:-1] for v in row.get("kCantonese", "").split()]
        cells = [character, simplified, *(" ".join(v) for v in (pinyin(row), unique(cantonese), hangul, on))]
        lines.append("\t".join(cells).rstrip("\t") + "\n")
    DATA.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
