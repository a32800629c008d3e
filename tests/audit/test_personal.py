"""Everything that can hold a name says how it is shredded."""

from __future__ import annotations

import pytest

from hanze.audit import personal
from hanze.audit.registry import names


def test_every_model_and_field_says_how_it_is_shredded() -> None:
    assert personal.undeclared() == [], "declare it in the personal.py of its app (see docs/privacy.md)"


def test_every_event_says_how_it_is_shredded() -> None:
    assert personal.undeclared_events(names()) == [], "declare it in the personal.py of its app (see docs/privacy.md)"


def test_a_field_is_declared_once() -> None:
    with pytest.raises(ValueError, match="before"):
        personal.declare("register.Person")
    with pytest.raises(ValueError, match="before"):
        personal.declare("register.Nobody", codes="name", kept="name")
    with pytest.raises(ValueError, match="before"):
        personal.declare_events(personal.Way.SEARCHED, "record.read")
