"""The names by which one person can be found in the records, and the pattern that finds them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.db import models

from hanze.audit.models import Event
from hanze.audit.personal import ERASED
from hanze.casework.models import RequestParticipant
from hanze.register.models import Person

SHORTEST = 2
# From here on letters stand without spaces between words (hanzi, kana, hangul): a name ends where its letters end.
UNSPACED = 0x2E80
NOTHING = re.compile(r"(?!)")
BETWEEN = r"[\s_.,\-]+"


def names_of(person: Person, also: Iterable[str] = ()) -> tuple[str, ...]:
    """What she is or was called here: name, own script, mail, telephone, earlier names in the log, names as written
    with a request, and `also` what somebody adds. Longest first, so that no part of a name is left."""
    her = selves_of(person)
    label, numbers = person._meta.label_lower, [str(each.pk) for each in her]
    earlier = Event.objects.filter(subject_type=label, subject_id__in=numbers).values_list("subject_label", flat=True)
    written = RequestParticipant.objects.filter(person__in=her).values_list("name_text", flat=True)
    own = (name for each in her for name in (each.name, each.native_name, each.email, each.phone))
    return spelled((*own, *earlier.distinct(), *written.distinct(), *also))


def spelled(names: Iterable[str]) -> tuple[str, ...]:
    """The names that can be looked for, each once, the longest first."""
    found = {" ".join(name.split()) for name in names}
    return tuple(
        sorted((name for name in found if len(name) >= SHORTEST and name != ERASED), key=lambda n: (-len(n), n))
    )


def selves_of(person: Person) -> list[Person]:
    """Her row, and those of records of her that were merged into it."""
    found, left = [person], [person.pk]
    while left:
        merged = list(models.QuerySet(Person).filter(merged_into__in=left).exclude(pk__in=[each.pk for each in found]))
        found, left = [*found, *merged], [each.pk for each in merged]
    return found


def pattern_of(names: Iterable[str]) -> re.Pattern[str]:
    """A pattern for any of `names` as whole words, however they are spaced or joined ("Ada_Lovelace.pdf").

    Raises ValueError without a name.
    """
    parts = [_one(name) for name in names]
    if not parts:
        raise ValueError("There is no name to look for.")
    return re.compile("|".join(parts), re.IGNORECASE)


def hints_of(names: Iterable[str]) -> set[str]:
    """For each name its longest word, by which the database finds the rows that are worth a look."""
    return {max(re.split(r"[\s_.,\-@]+", name), key=len) for name in names}


def _one(name: str) -> str:
    words = [re.escape(word) for word in re.split(BETWEEN if "@" not in name else r"\s+", name) if word]
    before = r"(?<![^\W_])" if ord(name[0]) < UNSPACED else ""
    after = r"(?![^\W_])" if ord(name[-1]) < UNSPACED else ""
    return before + BETWEEN.join(words) + after
