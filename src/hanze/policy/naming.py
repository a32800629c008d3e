"""Names of facts, derived facts and parameters: words with spaces and accents, as expressions can tell them apart."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from hanze.policy.documents import Problems, Scalar
from hanze.policy.expression_parsing import RESERVED

LONGEST_NAME = 80

_WORD = r"\w(?:[\w'’-]*\w)?"
_NAME = re.compile(rf"(?=[^\W\d_]){_WORD}(?: {_WORD})*")


def check_name(scalar: Scalar, problems: Problems) -> None:
    """Note a problem when expressions could not use a name."""
    text = scalar.text
    if text.lower() in RESERVED:
        problems.add(scalar, f"“{text}” has a meaning of its own in expressions.", "Choose another name.")
    elif len(text) > LONGEST_NAME or not _NAME.fullmatch(text):
        hint = f"Begin with a letter; use letters, digits, - and _, and single spaces; at most {LONGEST_NAME} signs."
        problems.add(scalar, f"“{text[:LONGEST_NAME]}” cannot be a name.", hint)
    elif unicodedata.normalize("NFC", text) != text:
        problems.add(scalar, f"“{text}” has accents as signs of their own.", "Type its accented letters again.")


def check_apart(scalar: Scalar, names: Collection[str], problems: Problems) -> None:
    """Note a problem when a name with “and”, “or” or “in” in it reads as an expression on another name."""
    words = scalar.text.split(" ")
    for index, word in enumerate(words):
        before = " ".join(words[:index])
        if word in RESERVED and before in names:
            message = f"“{scalar.text}” cannot be told from an expression on “{before}”."
            problems.add(scalar, message, f"Leave “{word}” out of the name, or join words with - or _.")
