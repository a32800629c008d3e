"""Screening parties against lists through the one door: a Screener."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hanze.screening import screen
from hanze.screening.entries import Entry, Identifier, ListedName, PartialDate, Party
from hanze.screening.screen import KnownParties, Screener, Settings
from hanze.screening.thresholds import Thresholds


def entry(entry_id: str, *names: str, kind: str = "person", list_id: str = "list", **known: object) -> Entry:
    return Entry(list_id, entry_id, kind, tuple(map(ListedName, names)), **known)  # type: ignore[arg-type]


def party(party_id: str, name: str, **known: object) -> Party:
    return Party(party_id, (ListedName(name),), **known)  # type: ignore[arg-type]


ENTRIES = (
    entry("1", "Marina Voloshina", "Marina Voloshyna"),
    entry("2", "Sergey Petrov", birth_dates=(PartialDate(1962, 3, 1),)),
    entry("3", "Sergey Petrovsky"),
    entry("4", "Harbin Fenghua Technology Co., Ltd.", kind="organisation", list_id="other"),
    entry("5", "Abdulrahman Hussein Zaydan"),
    entry("6", "Ocean Star", kind="vessel", identifiers=(Identifier("imo", "9123456"),)),
)


@pytest.fixture(scope="module")
def screener() -> Screener:
    return Screener.build(ENTRIES)


def test_the_best_candidate_stands_first_with_its_verdict(screener: Screener) -> None:
    found = screener.screen(party("p", "Sergei Petrov"))
    assert found.candidates[0].entry.id == "2"
    assert found.candidates[0].verdict == found.verdict == "hit"


def test_a_party_that_is_not_listed_has_verdict_none(screener: Screener) -> None:
    assert screener.screen(party("p", "Gwendolyn Hartwig-Osterhaus")).verdict == "none"


def test_no_more_candidates_than_asked_and_all_that_were_looked_at_are_kept(screener: Screener) -> None:
    found = screener.screen(party("p", "Sergey Petrov"), limit=0)
    assert found.candidates == ()
    assert ("list", "2") in {(seen.list_id, seen.entry_id) for seen in found.looked_at}
    assert [seen.score for seen in found.looked_at] == sorted((seen.score for seen in found.looked_at), reverse=True)


def test_a_number_alone_finds_an_entry_under_another_name(screener: Screener) -> None:
    found = screener.screen(party("p", "Silver Wave", kind="vessel", identifiers=(Identifier("imo", "912 3456"),)))
    assert [candidate.entry.id for candidate in found.candidates if candidate.verdict == "hit"] == ["6"]


def test_thresholds_of_a_list_overrule_those_of_the_kind(screener: Screener) -> None:
    strict = Settings(by_list={("list", "person"): Thresholds(hit=1.0, near=0.99)})
    sharp = Screener.build(ENTRIES, strict)
    asked = party("p", "Sergei Petrof", kind="person")
    assert screener.screen(asked).verdict == "hit"
    assert sharp.screen(asked).verdict == "none"


def test_thresholds_in_the_wrong_order_are_refused() -> None:
    with pytest.raises(ValueError, match="near"):
        Thresholds(hit=0.5, near=0.7)


def test_screening_many_gives_what_screening_each_gives_in_order(
    screener: Screener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screen, "WORTH_A_PROCESS", 10)
    monkeypatch.setattr(screen, "BATCH", 4)
    names = ("Sergey Petrov", "Voloshina Marina", "Nobody Atall", "哈尔滨风华科技有限公司", "", "Zaydan")
    parties = [party(str(at), names[at % len(names)]) for at in range(31)]
    together = list(screener.screen_all(iter(parties), workers=2))
    assert together == [screener.screen(one) for one in parties]
    assert together == list(screener.screen_all(parties, workers=1))


def test_a_list_that_is_empty_finds_nothing() -> None:
    assert Screener.build(()).screen(party("p", "Sergey Petrov")).candidates == ()


def test_a_changed_entry_finds_the_known_parties_with_the_scores_of_screening_them() -> None:
    known = KnownParties.build(
        [
            party("a", "Petrov, Sergei"),
            party("b", "Marina Voloshina"),
            party("c", "Hartwig Osterhaus"),
            party("d", "S. Petrov"),
        ]
    )
    changed = replace(ENTRIES[1], names=(ListedName("Sergey Petrov"), ListedName("Hartwig Osterhaus", "alias")))
    screener = Screener.build((changed, *ENTRIES[2:]))
    touched = list(screener.screen_change([changed], known))
    assert [one.party.id for one in touched if one.candidate.verdict == "hit"] == ["c", "a"]
    assert [one.candidate for one in touched[:2]] == [screener.screen(one.party).candidates[0] for one in touched[:2]]


@pytest.mark.parametrize(
    ("characters", "pinyin"),
    [
        ("孔雀石贸易有限公司", "Kongqueshi Maoyi Youxian Gongsi"),
        ("深圳市华夏电子科技有限公司", "Shenzhen Shi Huaxia Dianzi Keji Youxian Gongsi"),
        ("深圳市华夏电子科技有限公司", "Shenzhenshi Huaxia Dianzi Keji Youxiangongsi"),
        ("上海东方国际贸易集团", "Shanghai Dongfang Guoji Maoyi Jituan"),
        ("武汉光谷激光技术研究所", "Wuhan Guanggu Jiguang Jishu Yanjiusuo"),
        ("江蘇恆瑞紡織有限公司", "Jiangsu Hengrui Fangzhi Youxian Gongsi"),
    ],
)
def test_a_company_in_pinyin_is_near_its_characters_on_either_side(characters: str, pinyin: str) -> None:
    for listed, asked in ((characters, pinyin), (pinyin, characters)):
        entries = (entry("E", listed, kind="organisation"), *ENTRIES)
        found = Screener.build(entries).screen(party("p", asked, kind="organisation"))
        assert [(each.entry.id, each.verdict != "none") for each in found.candidates[:1]] == [("E", True)]


@pytest.mark.parametrize(
    "other",
    ["Shanghai Xinhua Dianzi Keji Youxian Gongsi", "Wuhan Fangzhi Youxian Gongsi", "Hongri Maoyi Youxian Gongsi"],
)
def test_business_words_in_pinyin_alone_make_no_finding(other: str) -> None:
    listed = ("上海东方国际贸易集团", "江苏恒瑞纺织有限公司", "孔雀石贸易有限公司")
    entries = [entry(str(number), name, kind="organisation") for number, name in enumerate(listed)]
    assert Screener.build(entries).screen(party("p", other, kind="organisation")).verdict == "none"


@pytest.mark.parametrize("generic", ["Gongsi", "Youxian Gongsi", "Maoyi Youxian Gongsi", "Keji you xian gong si"])
def test_business_words_in_pinyin_by_themselves_make_no_finding_on_a_list_in_pinyin(generic: str) -> None:
    listed = ("Dalian Zhenghua Maoyi Youxian Gongsi", "Beijing Haili Lianhe Keji Youxian Gongsi", "La Firma")
    entries = [entry(str(number), name, kind="organisation") for number, name in enumerate(listed)]
    assert Screener.build(entries).screen(party("p", generic, kind="organisation")).verdict == "none"


@pytest.mark.parametrize(
    ("asked", "listed"),
    [
        ("NHOC", "Northern Harbour Oil Company"),
        ("Northern Harbour Oil Company", "NHOC"),
        ("МЧС", "Министерство чрезвычайных ситуаций"),
    ],
)
def test_an_organisation_is_found_by_its_initials_from_either_side(asked: str, listed: str) -> None:
    entries = (entry("E", listed, kind="organisation"), *ENTRIES)
    found = Screener.build(entries).screen(party("p", asked, kind="organisation"))
    assert [(each.entry.id, each.verdict != "none") for each in found.candidates[:1]] == [("E", True)]
