"""What holds for every text."""

from __future__ import annotations

import string
import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from hanze.screening.names import analyse, keys
from hanze.screening.names.normal import ascii_words, plain, words
from hanze.screening.names.tables import versions

kinds = st.sampled_from(["person", "organisation", "vessel", "aircraft", "unknown"])
words_of_names = st.text(string.ascii_lowercase + string.digits, min_size=1, max_size=40)
scripts = st.one_of(
    st.text(),
    st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), max_size=12),
    st.text(st.characters(min_codepoint=0x600, max_codepoint=0x6FF), max_size=20),
    st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), max_size=8),
    st.text(st.characters(min_codepoint=0x370, max_codepoint=0x58F), max_size=20),
    st.text(st.characters(min_codepoint=0x3040, max_codepoint=0x30FF), max_size=12),
)


@given(scripts, kinds)
@settings(max_examples=400, deadline=None)
def test_every_text_is_analysed_into_forms_of_lower_case_ascii_letters_and_digits(text, kind):
    name = analyse(text, kind)
    for parts in (name.parts, *name.readings):
        for part in parts:
            assert part.forms
            assert 0 < part.weight <= 1
            for form in part.forms:
                assert form.text.isascii()
                assert form.text.isalnum()
                assert form.text == form.text.lower()


@given(scripts, kinds)
@settings(max_examples=200, deadline=None)
def test_a_text_and_its_compatible_form_are_the_same_name(text, kind):
    one, other = analyse(text, kind), analyse(unicodedata.normalize("NFKC", text), kind)
    assert one.parts == other.parts
    assert one.readings == other.readings


@given(st.text())
def test_plain_text_stays_as_it_is(text):
    assert plain(plain(text)) == plain(text)


@given(st.text(st.characters(max_codepoint=127)))
def test_the_short_way_for_ascii_gives_the_words_of_the_long_way(text):
    assert ascii_words(text) == [word for word, _ in words(text)]


@given(words_of_names)
def test_keys_of_any_word_are_made_without_failing(word):
    assert isinstance(keys.sounds(word), str)
    assert all(isinstance(key, str) for key in keys.consonants(word))
    assert isinstance(keys.korean(word), str)
    assert all(keys.pieces(word)) or keys.pieces(word) == ()
    assert 0 <= keys.vowels_agree(word, word[::-1]) <= 1


def test_every_table_of_names_states_its_version():
    assert {"words", "han", "hanzi_words", "chinese_surnames", "arabic_names", "korean_surnames"} <= versions().keys()


@given(st.lists(words_of_names, max_size=6))
def test_keys_made_for_many_words_at_once_are_those_made_for_each(many):
    for make in (keys._sounds, keys._skeletons, keys._korean):
        assert make(many) == [make([word])[0] for word in many]
