"""A registration number is refused when it cannot be one."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from hanze.register.models import Identifier
from hanze.register.numbers import FORMS, is_possible, neat
from hanze.register.operations import create_organisation


@pytest.mark.parametrize(
    ("scheme", "value"),
    [
        ("kvk", "12345678"),
        ("rsin", "111222333"),
        ("oin", "00000001123456789000"),
        ("lei", "5493001KJTIIGC8Y1R12"),
        ("vat", "NL123456789B01"),
        ("other", "anything 12"),
    ],
)
def test_a_number_of_the_right_form_is_taken(scheme, value):
    assert is_possible(scheme, value)


@pytest.mark.parametrize(
    ("scheme", "value"),
    [
        ("kvk", "1234567"),
        ("kvk", "١٢٣٤٥٦٧٨"),
        ("rsin", "111222334"),
        ("oin", "123"),
        ("lei", "5493001KJTIIGC8Y1R13"),
        ("vat", "123456789"),
        ("other", ""),
    ],
)
def test_a_number_of_another_form_or_with_wrong_check_digits_is_refused(scheme, value):
    assert not is_possible(scheme, value)


@given(st.sampled_from([*FORMS, "other"]), st.text(max_size=30))
def test_whatever_is_typed_is_judged_without_an_error_and_neatness_is_lasting(scheme, value):
    once = neat(scheme, value)
    assert neat(scheme, once) == once
    assert is_possible(scheme, once) in (True, False)


@given(st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_in_an_rsin_is_always_noticed(place, shift):
    right = "111222333"
    wrong = right[:place] + str((int(right[place]) + shift) % 10) + right[place + 1 :]
    assert not is_possible("rsin", wrong)


@pytest.mark.django_db
def test_a_number_is_kept_neat_and_a_wrong_one_stops_the_organisation():
    made = create_organisation(by=None, name="X", kind="business", identifiers=[("kvk", "1234 5678")])
    assert made.identifiers.get().value == "12345678"
    with pytest.raises(ValidationError):
        create_organisation(by=None, name="Y", kind="business", identifiers=[("kvk", "12")])
    assert Identifier.objects.count() == 1
