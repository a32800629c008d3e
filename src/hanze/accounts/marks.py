"""Small parts of a page that are made from a value: states, classes, where a record comes from, terms and days.

Templates have them as tags (`{% load hanze %}`); lists draw them in hundreds.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hanze.accounts import words

# How each state of a record is shown: settled well, in need of care, stopped, or not known yet.
TONES = {
    "go": "take-up taken-up active in-force done held clear resolved free passed published attended",
    "care": "take-up-with-measures escalate refer referred advised ending winding-down waived open-finding "
    "in-progress to-publish withdrew due",
    "stop": "refuse refused late failed",
    "unknown": "unknown received in-assessment exploring open draft not-done to-review registered",
}
TONE_OF = {code: tone for tone, codes in TONES.items() for code in codes.split()}

PROVENANCE = {
    "invented": gettext_lazy("invented"),
    "inferred": gettext_lazy("inferred"),
    "stated": gettext_lazy("stated in the source"),
}


def _today() -> date:
    return timezone.localdate()


def _label_of(value: Any) -> str:
    return str(getattr(value, "label", value) or "")


def state(value: Any, label: str | None = None, tone: str | None = None) -> SafeString:
    """A state in words with its colour. `value`: a code, a TextChoices member or anything with `label`/`tone`.

    The tone is `tone`, else the value's own `tone`, else the usual one of the code; without any it stays plain.
    """
    chosen = tone or getattr(value, "tone", None) or TONE_OF.get(str(value).replace("_", "-").lower(), "")
    return format_html('<span class="{}">{}</span>', f"state {chosen}".strip(), label or _label_of(value))


def classification(record: Any) -> SafeString:
    """The classification of a record, as a mark; nothing for a record without one."""
    code = getattr(record, "classification", None)
    if not code:
        return SafeString("")
    shown = getattr(record, "get_classification_display", None)
    return format_html('<span class="mark {}">{}</span>', str(code), shown() if shown else _label_of(code))


def provenance(record: Any) -> SafeString:
    """Marks what is invented or inferred. `record`: a code, or anything with `provenance` or `status`."""
    code = record if isinstance(record, str) else getattr(record, "provenance", None) or getattr(record, "status", "")
    code = str(getattr(code, "value", code) or "")
    if code not in ("invented", "inferred"):
        return SafeString("")
    return format_html('<span class="mark {}">{}</span>', code, PROVENANCE[code])


def when(moment: date | datetime | None, today: date | None = None) -> SafeString:
    """A term in words ("nog 9 dagen", "2 dagen te laat"), with its date as a title."""
    if moment is None:
        return format_html('<span class="when">{}</span>', _("no date"))
    text, urgency = words.due(moment, today or _today())
    return _time(moment, words.long_date(moment), f"when {urgency}".strip(), text)


def on_day(moment: date | datetime | None, today: date | None = None) -> SafeString:
    """A day that is coming or past, without judging it: "do 23 mei"."""
    if moment is None:
        return SafeString("")
    return _time(moment, words.long_date(moment), "when", words.short_day(moment, today or _today()))


def _time(moment: date | datetime, title: str, names: str, text: str) -> SafeString:
    return format_html(
        '<time class="{}" datetime="{}" title="{}">{}</time>', names, words.as_day(moment).isoformat(), title, text
    )
