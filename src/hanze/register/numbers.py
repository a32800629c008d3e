"""Whether a registration number can be one of its register, as far as its form tells. Pure functions."""

from __future__ import annotations

import re

FORMS = {
    # Eight digits, as the trade register writes it.
    "kvk": re.compile(r"\d{8}"),
    # The same nine digits and test as a citizen service number.
    "rsin": re.compile(r"\d{9}"),
    # Logius, OIN scheme: twenty digits.
    "oin": re.compile(r"\d{20}"),
    # ISO 17442: eighteen letters or digits and two check digits.
    "lei": re.compile(r"[0-9A-Z]{18}\d{2}"),
    # Directive 2006/112/EC, article 215: the country's code before the number.
    "vat": re.compile(r"[A-Z]{2}[0-9A-Z+*]{2,13}"),
}


def neat(scheme: str, value: str) -> str:
    """`value` without spaces and points, in capitals; a number of another register stays as it was typed."""
    return re.sub(r"[\s.]", "", value).upper() if scheme in FORMS else value.strip()


def is_possible(scheme: str, value: str) -> bool:
    """Whether a neat `value` has the form, and the check digits, of a number in register `scheme`."""
    form = FORMS.get(scheme)
    if form is None:
        return bool(value)
    if not value.isascii() or not form.fullmatch(value):
        return False
    check = {"rsin": _passes_eleven_test, "lei": _passes_mod_97}.get(scheme)
    return check(value) if check else True


def _passes_eleven_test(value: str) -> bool:
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(weight * int(digit) for weight, digit in zip(weights, value, strict=True)) % 11 == 0


def _passes_mod_97(value: str) -> bool:
    """ISO 7064, MOD 97-10: letters count as 10 to 35."""
    return int("".join(str(int(character, 36)) for character in value)) % 97 == 1
