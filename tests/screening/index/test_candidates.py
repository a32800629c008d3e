"""The index finds whoever a name could stand for."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hanze.screening.entries import Entry, Identifier, ListedName, Party
from hanze.screening.index import Index

LISTED = {
    "petrov": ("person", "PETROV, Aleksandr Sergeyevich"),
    "tikriti": ("person", "QUSAY SADDAM HUSSEIN AL-TIKRITI"),
    "rahman": ("person", "ABDUL RAHMAN AGHA"),
    "deng": ("person", "DENG, Xiao Ping"),
    "ri": ("person", "RI WON HO"),
    "hongda": ("organisation", "SHENZHEN HONGDA ELECTRONICS TECHNOLOGY CO., LTD."),
    "defence": ("organisation", "MINISTRY OF DEFENCE INDUSTRY"),
    "bilt": ("organisation", "VAN DER BILT HOLDING"),
    "nur": ("person", "NUR AL-DIN MUSTAFA"),
    "smith": ("person", "SMITH, John"),
    "chen": ("person", "CHEN, Wei"),
}
NOISE = ["Maria Garcia Lopez", "Hans Schmidt", "Ahmed Hassan Ali", "Kim Chol", "Wang Li", "Golden Star Trading Ltd"]


def entry(name: str, *texts: str, kind="person", identifiers=()) -> Entry:
    return Entry("list", name, kind, tuple(ListedName(text) for text in texts), identifiers=identifiers)


@pytest.fixture(scope="module")
def listed() -> list[Entry]:
    return [entry(name, text, kind=kind) for name, (kind, text) in LISTED.items()] + [
        entry(text, text) for text in NOISE
    ]


@pytest.fixture(scope="module")
def index(listed) -> Index:
    return Index.build(listed)


def best(index: Index, listed: list[Entry], text: str, kind="unknown") -> str:
    found = index.candidates(Party("p", (ListedName(text),), kind), 5)
    return listed[found[0][0]].id if found else ""


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Aleksandr Petrov", "petrov"),
        ("Petrov Alexander", "petrov"),
        ("Aleksandr Pertov", "petrov"),
        ("Александр Петров", "petrov"),
        ("Alexandre Petroff", "petrov"),
        ("قصي صدام حسين التكريتي", "tikriti"),
        ("Kusai Saddam Hussain Tikriti", "tikriti"),
        ("Abdurrahman Agha", "rahman"),
        ("عبدالرحمان آغا", "rahman"),
        ("Xiaoping Deng", "deng"),
        ("邓小平", "deng"),
        ("鄧小平", "deng"),
        ("리원호", "ri"),
        ("深圳鸿达电子科技有限公司", "hongda"),
        ("Shenzhen Hongda Elec Tech Ltd", "hongda"),
        ("Ministerstvo oboronnoi promyshlennosti", "defence"),
        ("Vanderbilt Holdings", "bilt"),
        ("Noureddine Mustapha", "nur"),
        ("JohnSmith", "smith"),
        ("ＳＭＩＴＨ　ＪＯＨＮ", "smith"),
        ("陈伟", "chen"),
        ("Teng Hsiao-ping", "deng"),
        ("QusaySaddamHusseinAltikriti", "tikriti"),
        ("Q. S. H. al-Tikriti", "tikriti"),
    ],
)
def test_the_entry_is_the_best_candidate(index, listed, text, who):
    assert best(index, listed, text) == who


@given(st.sampled_from([text for _, text in LISTED.values()]), st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=60)
def test_the_order_of_words_does_not_change_who_is_found(index, text, rng):
    words = text.replace(",", "").split()
    rng.shuffle(words)
    shuffled = index.candidates([" ".join(words)], 1)
    assert shuffled[0][0] == index.candidates([text], 1)[0][0]


@given(st.text(max_size=60))
@settings(deadline=None, max_examples=200)
def test_any_text_can_be_looked_up(index, text):
    for position, score in index.candidates([text], 5):
        assert 0 <= position < len(LISTED) + len(NOISE)
        assert 0 < score <= 1


def test_a_full_match_scores_more_than_a_part_and_a_rare_word_more_than_a_common_one(index, listed):
    scores = {listed[at].id: score for at, score in index.candidates(["Deng Xiao Ping"], 5)}
    partly = {listed[at].id: score for at, score in index.candidates(["Deng Mingzhu"], 5)}
    assert scores["deng"] > partly.get("deng", 0)
    company = {listed[at].id: score for at, score in index.candidates(["Shenzhen Company Ltd"], 9)}
    assert company["hongda"] > max((score for name, score in company.items() if name != "hongda"), default=0)


def test_an_identifier_is_found_whatever_the_name_and_the_signs_in_it():
    listed = [entry("a", "Some Name"), entry("b", "Other", identifiers=(Identifier("passport", "AB 123-4567"),))]
    party = Party("p", (ListedName("Nobody Known"),), identifiers=(Identifier("passport", "ab1234567"),))
    assert Index.build(listed).candidates(party)[0] == (1, 1.0)


def test_a_number_too_short_to_prove_anything_is_no_identifier():
    listed = [entry("a", "Some Name", identifiers=(Identifier("other", "12"),))]
    party = Party("p", (ListedName("Nobody"),), identifiers=(Identifier("other", "12"),))
    assert Index.build(listed).candidates(party) == []


def test_every_name_of_both_sides_counts_and_an_entry_comes_once():
    listed = [entry("a", "First Name", "Zephyr Quillon", "Quillon Zephyr")]
    party = Party("p", (ListedName("Unrelated"), ListedName("Zephyr Quillon")))
    found = Index.build(listed).candidates(party)
    assert [position for position, _ in found] == [0]


def test_parties_can_be_indexed_too_and_an_entry_looked_up_among_them():
    parties = [Party("1", (ListedName("Jan de Vries"),)), Party("2", (ListedName("Petrov Alexandr"),))]
    found = Index.build(parties).candidates(entry("x", "Александр Петров"), 5)
    assert found[0][0] == 1


def test_at_most_the_limit_is_returned_and_nothing_below_the_least(index):
    assert len(index.candidates(["Kim Wang Ali Smith Chen"], 2)) == 2
    assert all(score >= 0.9 for _, score in index.candidates(["Deng Xiao Ping"], 20, least=0.9))


def test_an_empty_index_and_an_empty_name_find_nothing():
    assert Index.build([]).candidates(["Anyone"]) == []
    assert Index.build([entry("a", "Some Name"), entry("b")]).candidates([""]) == []


def test_an_index_tells_how_many_names_hold_a_word(index, listed):
    assert index.names == len(listed)
    assert index.frequencies["ltd"] == 2


def test_lookups_in_several_threads_do_not_mix(index):
    texts = [text for _, text in LISTED.values()] * 20
    alone = [index.candidates([text], 3) for text in texts]
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(lambda text: index.candidates([text], 3), texts)) == alone


SCRIPTS = [
    "孔雀石贸易有限公司", "王小明", "Виктор Орловский", "كريم يوسف الحمداني", "김정은", "山田太郎",
    "Γιώργος Παπαδόπουλος", "გიორგი", "Արամ", "דוד כהן", "とよた",
]  # fmt: skip


@pytest.mark.parametrize("text", SCRIPTS)
@pytest.mark.parametrize("kind", ["person", "organisation", "unknown"])
def test_a_name_in_its_own_script_is_found_as_surely_as_a_latin_one_however_short_the_list(text, kind) -> None:
    listed = [Entry("x", "1", kind, (ListedName("Something Else"), ListedName(text, "original-script")))]
    ((position, score),) = Index.build(listed).candidates(Party("1", (ListedName(text),), kind))
    assert position == 0
    assert score > 0.85
