"""The sample framework, as it is or with pieces of its text changed."""

from __future__ import annotations

from pathlib import Path

from hanze.policy import Framework, FrameworkError, Problem, read_framework_text

PATH = Path(__file__).with_name("sample.yaml")
TEXT = PATH.read_text(encoding="utf-8")
FRAMEWORKS = Path(__file__).parents[2] / "frameworks"


def changed(*replacements: tuple[str, str]) -> str:
    """The sample's text with each piece replaced where it first stands; a piece that is not there is a mistake."""
    text = TEXT
    for old, new in replacements:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def read(text: str = TEXT) -> Framework:
    return read_framework_text(text.encode(), PATH)


def problems(text: str) -> list[Problem]:
    """What is wrong with a text; nothing wrong is a failure."""
    try:
        read(text)
    except FrameworkError as error:
        return error.problems
    raise AssertionError("the framework was accepted")
