"""The fixed words of a document, and values written as readers of its language write them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, localcontext
from types import MappingProxyType

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal, format_scientific

from hanze.reporting.figures import Compared, Language, Value, recorded

LOCALES: Mapping[Language, str] = MappingProxyType({"nl": "nl_NL", "en": "en_GB"})

_LONGEST = 24  # digits before or after the decimal sign

_WORDS: Mapping[str, Mapping[Language, str]] = MappingProxyType(
    {
        "contents": {"nl": "Inhoud", "en": "Contents"},
        "summary": {"nl": "Samenvatting", "en": "Summary"},
        "overview": {"nl": "Overzicht", "en": "Overview"},
        "figure": {"nl": "Cijfer", "en": "Figure"},
        "figures": {"nl": "Cijfers", "en": "Figures"},
        "key_figures": {"nl": "De cijfers in het kort", "en": "The figures in short"},
        "value": {"nl": "Waarde", "en": "Value"},
        "key": {"nl": "Sleutel", "en": "Key"},
        "note": {"nl": "Toelichting", "en": "Note"},
        "compared": {"nl": "Vergeleken met", "en": "Compared with"},
        "annex": {"nl": "Bijlage", "en": "Annex"},
        "annexes": {"nl": "Bijlagen", "en": "Annexes"},
        "records": {"nl": "De gegevens achter de cijfers", "en": "The records behind the figures"},
        "records_lead": {
            "nl": "Elk cijfer in dit rapport is geteld uit het register. Hier staat per cijfer waaruit.",
            "en": "Every figure in this report was counted from records. Here they are listed for each figure.",
        },
        "no_records": {"nl": "Er is niets dat meetelt.", "en": "No records: nothing was counted."},
        "not_recorded": {"nl": "niet vastgelegd", "en": "not recorded"},
        "not_recorded_lead": {
            "nl": "Hierover is niets vastgelegd. Dat is iets anders dan nul.",
            "en": "Nothing was recorded about this. That is not the same as zero.",
        },
        "unknown_figure": {"nl": "onbekend cijfer: {key}", "en": "unknown figure: {key}"},
        "did_you_mean": {"nl": "bedoelt u {key}?", "en": "did you mean {key}?"},
        "at_line": {"nl": "regel {line}", "en": "line {line}"},
        "named_on_page": {"nl": "Genoemd op pagina", "en": "Named on page"},
        "type": {"nl": "Soort", "en": "Kind"},
        "record": {"nl": "Record", "en": "Record"},
        "detail": {"nl": "Bijzonderheden", "en": "Details"},
        "id": {"nl": "Kenmerk", "en": "Reference"},
        "link": {"nl": "Adres", "en": "Address"},
        "number": {"nl": "Nr.", "en": "No."},
        "table": {"nl": "Tabel", "en": "Table"},
        "chart": {"nl": "Grafiek", "en": "Chart"},
        "empty_table": {"nl": "Geen regels in deze periode.", "en": "No rows in this period."},
        "first_rows": {
            "nl": "Hier staan de eerste {shown} van {count} regels. De spreadsheet heeft ze alle.",
            "en": "These are the first {shown} of {count} rows. The spreadsheet has all of them.",
        },
        "printed_rows": {
            "nl": "Hier staan de eerste {shown} van {count} regels. De spreadsheet heeft ze alle.",
            "en": "These are the first {shown} of {count} rows. The spreadsheet has all of them.",
        },
        "printed_records": {
            "nl": "Hier staan de eerste {shown} van {count}. De spreadsheet heeft ze alle.",
            "en": "These are the first {shown} of {count}. The spreadsheet has all of them.",
        },
        "page_of": {"nl": "pagina {page} van {pages}", "en": "page {page} of {pages}"},
        "period": {"nl": "Periode", "en": "Period"},
        "status": {"nl": "Status", "en": "Status"},
        "made_on": {"nl": "Gemaakt op", "en": "Made on"},
        "fingerprint": {"nl": "Vingerafdruk", "en": "Fingerprint"},
        "colophon": {"nl": "Colofon", "en": "Colophon"},
        "transcribed": {
            "nl": "Namen in andere schriften zijn in deze PDF omgezet naar Latijnse letters; "
            "in de spreadsheet staan zij zoals ze zijn vastgelegd.",
            "en": "Names in other scripts are transcribed into Latin letters in this PDF; "
            "the spreadsheet has them as they were recorded.",
        },
        "back": {"nl": "Terug naar het overzicht", "en": "Back to the overview"},
        "reference": {"nl": "Kenmerk", "en": "Reference"},
        "date": {"nl": "Datum", "en": "Date"},
        "subject": {"nl": "Betreft", "en": "Subject"},
        "from": {"nl": "van", "en": "from"},
        "until": {"nl": "tot en met", "en": "until"},
    }
)


def word(name: str, language: Language, **parts: object) -> str:
    """The fixed word in this language, with its parts filled in."""
    return _WORDS[name][language].format(**parts)


def written(value: Value | date, language: Language) -> str:
    """A value as text: grouped digits and decimal signs of the language, "not recorded" where there is none.

    >>> written(1234567, "nl"), written(None, "en")
    ('1.234.567', 'not recorded')
    """
    if isinstance(value, date):
        return written_date(value, language)
    if not recorded(value) or value is None:
        return word("not_recorded", language)
    if isinstance(value, str):
        return value
    return _written_number(Decimal(repr(value)).normalize() if isinstance(value, float) else Decimal(value), language)


def _written_number(number: Decimal, language: Language) -> str:
    """A Decimal keeps the decimals it was recorded with (28.450,50); what no line can hold is written as a power."""
    locale, exponent = LOCALES[language], number.as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    if number.adjusted() > _LONGEST or decimals > _LONGEST:
        return format_scientific(number, locale=locale, decimal_quantization=False)
    with localcontext(prec=3 * _LONGEST):
        pattern = "#,##0." + "0" * decimals if decimals else "#,##0"
        return format_decimal(number, format=pattern, locale=locale)


def written_date(day: date, language: Language) -> str:
    """A day in full ("6 november 2024"); a moment also with its time."""
    locale = LOCALES[language]
    if isinstance(day, datetime):
        return format_datetime(day, "d MMMM y HH:mm" if language == "nl" else "d MMMM y, HH:mm", locale=locale)
    return format_date(day, "long", locale=locale)


def written_comparison(compared: Compared, language: Language) -> str:
    """A comparison in words: "2023: 12", or "2023: not recorded"."""
    return f"{compared.label}: {written(compared.value, language)}"
