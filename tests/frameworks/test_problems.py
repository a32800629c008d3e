"""What the engine says is wrong, in Dutch: the sentences that an officer meets while editing."""

from __future__ import annotations

from string import Formatter

import pytest
from django.utils.translation import override

from hanze.frameworks import checking
from hanze.frameworks.problems import SENTENCES, WORDS, said
from hanze.policy.editing import set_value
from tests.frameworks import drafting

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("sentence", SENTENCES)
def test_every_known_sentence_keeps_its_gaps_in_dutch(sentence: str) -> None:
    names = [name for _text, name, _spec, _conversion in Formatter().parse(sentence) if name]
    filled = sentence.format(**{name: "a text" if name == "sentence" else f"«{name}»" for name in names})
    dutch = said(filled, "nl")
    if "sentence" in names:
        return
    assert dutch.language == "nl", filled
    assert dutch.text != filled
    for name in names:
        assert f"«{name}»" in dutch.text


def test_every_known_word_has_a_dutch_one() -> None:
    from django.utils.translation import gettext

    same = {word for word in WORDS if gettext(word) == word}
    assert same <= {"outcome"} or same == set(), same


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("horticultre", "Bedoelt u horticulture?"),
        ("in_list(nothing)", "Er is geen lijst “nothing”."),
        ("[1..", "getal"),
        ('"open', "niet gesloten"),
        ("> 5", "volgorde"),
    ],
)
def test_a_mistake_in_a_cell_is_said_in_dutch(value: str, words: str) -> None:
    draft = drafting.draft()
    text = set_value(draft.text, ("tables", 0, "rules", 1, "when", "sector"), value)
    (finding, *_others) = checking.check_text(text, {}, "x").findings
    told = f"{finding.message.text} {finding.hint.text}"
    assert finding.message.language == "nl", told
    if words != "getal":
        assert words in told


def test_an_unknown_sentence_stays_english_and_says_so() -> None:
    assert said("Something that nobody has seen.", "nl").language == "en"


def test_what_somebody_wrote_is_never_read_as_a_gap() -> None:
    with override("nl"):
        assert "{0} {fact}" in said("There is no list “{0} {fact}”.", "nl").text
