"""The lists and the queries of the benchmark, made of public data with a fixed seed.

Queries in other scripts are made by rules of their own, backwards from the listed Latin spelling or out of pypinyin,
so that the engine is not measured with its own tables. `known_pairs.tsv` adds names written down from general
knowledge.
"""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pypinyin import lazy_pinyin

from hanze.screening.entries import Entry, ListedName
from hanze.screening.lists import read_list

HERE = Path(__file__).parent
DATA = HERE.parents[2] / "shared/data/screening"
SEED = 20261121


@dataclass(frozen=True, slots=True)
class Query:
    """A name to look up, the ids of the entries that count as found, and the group it is reported in."""

    text: str
    kind: str
    wanted: frozenset[str]
    group: str


def lists() -> list[Entry]:
    """OFAC SDN 2021 and UN 2026-02, in that order."""
    return [*read_list(DATA / "ofac-2021/sdn.csv"), *read_list(DATA / "un/un_consolidated_2026-02.xml")]


def without_original_scripts(entries: Iterable[Entry]) -> list[Entry]:
    """The lists as most editions come: Latin names only."""
    return [replace(e, names=tuple(n for n in e.names if n.text.isascii())) for e in entries]


def key(entry: Entry) -> str:
    """An id that is unique over lists."""
    return f"{entry.list_id}:{entry.id}"


def same_person(entries: Sequence[Entry]) -> dict[str, frozenset[str]]:
    """Entry -> all entries with one of its names in the same words: two lists often hold the same person."""
    by_name: dict[tuple[str, ...], set[str]] = {}
    for entry in entries:
        for name in entry.names:
            by_name.setdefault(_words(name.text), set()).add(key(entry))
    return {
        key(e): frozenset().union(*(by_name[_words(n.text)] for n in e.names)) if e.names else frozenset()
        for e in entries
    }


def _words(text: str) -> tuple[str, ...]:
    return tuple(sorted(re.findall(r"\w+", text.lower())))


LETTERS = "abcdefghijklmnopqrstuvwxyz"


def typo(word: str, rng: random.Random) -> str:
    """One letter changed, left out, put in, doubled or swapped with its neighbour."""
    at = rng.randrange(len(word))
    match rng.randrange(5):
        case 0:
            return word[:at] + rng.choice(LETTERS) + word[at + 1 :]
        case 1:
            return word[:at] + word[at + 1 :]
        case 2:
            return word[:at] + rng.choice(LETTERS) + word[at:]
        case 3:
            return word[:at] + word[at] + word[at:]
        case _:
            return word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :]


def disturbed(text: str, rng: random.Random) -> str:
    """A name with one or two typing errors, other word order, or both, or with two words joined."""
    words = [w for w in re.split(r"[\s,]+", text) if w]
    style = rng.randrange(4)
    if style in (0, 2):
        long = [i for i, w in enumerate(words) if len(re.sub(r"\W", "", w)) > 3]
        for at in rng.sample(long, min(len(long), rng.choice((1, 1, 2)))):
            words[at] = typo(words[at], rng)
    if style in (1, 2) and len(words) > 1:
        cut = rng.randrange(1, len(words))
        words = words[cut:] + words[:cut]
    if style == 3 and len(words) > 1:
        at = rng.randrange(len(words) - 1)
        words[at : at + 2] = [words[at] + words[at + 1]]
    return " ".join(words)


def latin(entries: Sequence[Entry], count: int) -> Iterator[Query]:
    rng = random.Random(SEED)
    wanted = same_person(entries)
    pool = [(e, n) for e in entries for n in e.names if n.text.isascii() and n.kind != "weak-alias" and len(n.text) > 6]
    for entry, name in rng.sample(pool, count):
        yield Query(disturbed(name.text, rng), entry.kind, wanted[key(entry)], "latin")


_CYRILLIC = (
    ("shch", "щ"), ("zh", "ж"), ("kh", "х"), ("ts", "ц"), ("ch", "ч"), ("sh", "ш"), ("yu", "ю"), ("ya", "я"),
    ("iy", "ий"), ("ey", "ей"), ("ay", "ай"), ("oy", "ой"), ("ye", "е"), ("yo", "ё"), ("a", "а"), ("b", "б"),
    ("v", "в"), ("w", "в"), ("g", "г"), ("d", "д"), ("e", "е"), ("z", "з"), ("i", "и"), ("k", "к"), ("l", "л"),
    ("m", "м"), ("n", "н"), ("o", "о"), ("p", "п"), ("r", "р"), ("s", "с"), ("t", "т"), ("u", "у"), ("f", "ф"),
    ("y", "ы"), ("h", "х"), ("c", "к"), ("j", "дж"), ("x", "кс"), ("q", "к"), ("'", "ь"),
)  # fmt: skip
_SLAVIC_END = re.compile(r"(ov|ev|in|sky|skiy|skii|ova|eva|ina|enko|chuk|vich|yan|dze)$")


def _in_cyrillic(word: str) -> str:
    text = re.sub(r"(?<=k)y\b", "ий", re.sub(r"(?<=[sk])iy\b", "ий", word.lower()))
    for roman, letter in _CYRILLIC:
        text = text.replace(roman, letter)
    return text.capitalize()


def cyrillic(entries: Sequence[Entry]) -> Iterator[Query]:
    """Persons with a Slavic ending, back into Cyrillic, in natural order."""
    wanted = same_person(entries)
    for entry in entries:
        name = entry.names[0].text if entry.names else ""
        family, _, given = name.partition(",")
        russian = any(p.startswith(("RUSSIA", "UKRAINE", "BELARUS", "MAGNIT", "CYBER")) for p in entry.programmes)
        if entry.kind != "person" or not given or not russian or not _SLAVIC_END.search(family.lower()):
            continue
        words = [*re.findall(r"[A-Za-z']+", given), *re.findall(r"[A-Za-z']+", family)]
        yield Query(" ".join(map(_in_cyrillic, words)), "person", wanted[key(entry)], "cyrillic")


def original_scripts(entries: Sequence[Entry]) -> Iterator[Query]:
    """The names in original script that the UN list gives, to be found by the Latin names alone."""
    wanted = same_person(entries)
    for entry in entries:
        for name in entry.names:
            text = name.text.removeprefix("original script:").strip()
            if name.kind != "original-script" or text.isascii():
                continue
            group = (
                "arabic" if re.search("[\u0600-\u06ff]", text) else "cyrillic" if re.search("[а-я]", text) else "hanzi"
            )
            if group == "arabic" and entry.kind != "person":
                group = "arabic organisations"
            yield Query(text, entry.kind, wanted[key(entry)], group)


# fmt: off
# ruff: noqa: E501
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰建国志文海林春红梅龙云山东晓辉斌鹏飞宇浩然子涵欣怡嘉俊思佳雨晨泽瑞博远航天成永新安宁德胜利民光荣福生贵忠义良才学友正业振兴宝珍金银水清月秋冬立凤翔雪松柏青峰岩石江河湖波"
_FAMILY = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓韩冯曹彭曾肖田董潘袁于蒋蔡余杜叶程苏魏吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严武"
_READ_OTHERWISE = {"曾": "zeng", "单": "shan", "仇": "qiu", "任": "ren", "朴": "piao", "吕": "lu"}


def chinese_persons(count: int) -> tuple[list[Entry], list[Query]]:
    """Invented persons: listed in pinyin (given name joined, split or hyphenated), looked up in characters."""
    rng = random.Random(SEED)
    entries: list[Entry] = []
    queries: list[Query] = []
    for number in range(count):
        family, given = rng.choice(_FAMILY), "".join(rng.sample(_GIVEN, rng.choice((1, 2, 2))))
        pinyin = [
            _READ_OTHERWISE.get(family) or lazy_pinyin(family, v_to_u=False)[0],
            *lazy_pinyin(given, v_to_u=False),
        ]
        head, tail = (
            pinyin[0].replace("v", "u").title(),
            rng.choice(("", " ", "-")).join(pinyin[1:]).replace("v", "u").title(),
        )
        listed = rng.choice((f"{head.upper()}, {tail}", f"{head} {tail}", f"{tail} {head}"))
        entries.append(Entry("invented", f"zh{number}", "person", (ListedName(listed),)))
        queries.append(Query(family + given, "person", frozenset({f"invented:zh{number}"}), "hanzi"))
    return entries, queries


_HANGUL_INITIALS = {"k": "ㄱㄱㄱㅋ", "n": "ㄴ", "t": "ㄷㅌ", "r": "ㄹ", "m": "ㅁ", "p": "ㅂㅂㅍ", "s": "ㅅ", "": "ㅇ", "j": "ㅈ", "ch": "ㅈㅊㅊ", "h": "ㅎ", "th": "ㅌ", "kw": "ㄱ", "hw": "ㅎ"}  # fmt: skip
_HANGUL_VOWELS = {"a": "ㅏ", "ae": "ㅐ", "ya": "ㅑ", "o": "ㅓㅗ", "e": "ㅔ", "yo": "ㅕ", "wa": "ㅘ", "u": "ㅜㅡ", "wo": "ㅝ", "yu": "ㅠ", "ui": "ㅢ", "i": "ㅣ", "eo": "ㅓ", "eu": "ㅡ", "oe": "ㅚ", "yeo": "ㅕ", "oo": "ㅜ"}  # fmt: skip
_HANGUL_FINALS = {"": " ", "k": "ㄱ", "n": "ㄴ", "l": "ㄹ", "m": "ㅁ", "p": "ㅂ", "ng": "ㅇ"}
_SYLLABLE = re.compile(r"^(ch|th|[kntrmpsjh]?)(yeo|yae|ae|ya|yo|yu|wa|wo|ui|oe|eo|eu|oo|a|o|e|u|i)(ng|[knlmp]?)$")
_FIRSTS, _MIDDLES, _LASTS = (
    "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ",
    "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ",
    " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ",
)
_SURNAMES = {"kim": "김", "ri": "리", "pak": "박", "choe": "최", "jong": "정", "kang": "강", "jo": "조", "yun": "윤", "jang": "장", "han": "한", "o": "오", "so": "서", "sin": "신", "kwon": "권", "hwang": "황", "an": "안", "song": "송", "ryu": "류", "jon": "전", "hong": "홍", "ko": "고", "mun": "문", "ryang": "량", "paek": "백", "ho": "허", "ro": "로", "cha": "차", "ju": "주", "kwak": "곽", "kil": "길", "ma": "마", "hyon": "현", "ryom": "렴", "thae": "태", "chon": "천", "chu": "추", "min": "민"}  # fmt: skip


def _in_hangul(syllable: str, rng: random.Random) -> str | None:
    match = _SYLLABLE.match(syllable)
    if not match:
        return None
    first = _FIRSTS.index(rng.choice(_HANGUL_INITIALS[match[1]]))
    middle = _MIDDLES.index(rng.choice(_HANGUL_VOWELS.get(match[2], "ㅏ")))
    last = _LASTS.index(_HANGUL_FINALS[match[3]])
    return chr(0xAC00 + first * 588 + middle * 28 + last)


def korean(entries: Sequence[Entry]) -> Iterator[Query]:
    """Persons of North Korea's programmes, back into Hangul."""
    rng = random.Random(SEED)
    wanted = same_person(entries)
    for entry in entries:
        if entry.kind != "person" or not ("KP" in entry.countries or any("DPRK" in p for p in entry.programmes)):
            continue
        words = re.findall(r"[a-z]+", entry.names[0].text.lower().replace("'", "").replace("’", ""))
        if not 2 <= len(words) <= 3 or words[0] not in _SURNAMES:
            continue
        given = [_in_hangul(word, rng) for word in words[1:]]
        if all(given):
            yield Query(_SURNAMES[words[0]] + "".join(g or "" for g in given), "person", wanted[key(entry)], "hangul")


def known_pairs() -> tuple[list[Entry], list[Query]]:
    """Names written down from general knowledge: an entry with the Latin name, a query with the other."""
    entries: list[Entry] = []
    queries: list[Query] = []
    with (HERE / "known_pairs.tsv").open(encoding="utf-8") as lines:
        for number, row in enumerate(csv.reader((li for li in lines if not li.startswith("#")), delimiter="\t")):
            group, kind, written, listed = row
            entries.append(Entry("known", str(number), kind, (ListedName(listed),)))  # type: ignore[arg-type]
            queries.append(Query(written, kind, frozenset({f"known:{number}"}), group))
    return entries, queries


def everything(latin_count: int = 2000) -> tuple[list[Entry], list[Query]]:
    """All entries to index (Latin names only) and all queries."""
    full = lists()
    plain = without_original_scripts(full)
    invented, chinese = chinese_persons(300)
    known, pairs = known_pairs()
    queries = [*latin(plain, latin_count), *cyrillic(plain), *original_scripts(full), *korean(plain), *chinese, *pairs]
    return [*plain, *invented, *known], queries
