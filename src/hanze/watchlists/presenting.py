"""A finding as its page shows it: both sides next to each other, and why they look alike, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from hanze.accounts.language import language_in_force
from hanze.register.models import Country
from hanze.screening.entries import Entry, PartialDate, Party
from hanze.screening.plain import explanation_from_json
from hanze.screening.scoring.findings import Explanation
from hanze.screening.scoring.wording import explain
from hanze.watchlists.models import Edition, Finding, Run, Verdict


@dataclass(frozen=True)
class Row:
    """One line of a comparison; `tone` says whether the two sides agree or contradict, or which side changed."""

    label: str
    ours: str
    theirs: str
    tone: str = ""


@dataclass(frozen=True)
class _Explained:
    explanation: Explanation


def sentences(finding: Finding) -> list[str]:
    """Why the party looks like the entry, in the language in force; nothing of a person who was erased."""
    if not finding.explanation:
        return []
    language = language_in_force()
    return explain(_Explained(explanation_from_json(finding.explanation)), language)


def comparison(finding: Finding, party: Party, entry: Entry) -> list[Row]:
    """Both sides line by line: names, kind, birth, country, gender, identifiers."""
    tones = _tones(finding)
    rows = [
        Row(_("Names"), _names(party), _names(entry), tones.get("name-part", "like")),
        Row(_("Kind"), _kind(party.kind), _kind(entry.kind), tones.get("kind", "")),
        Row(_("Born"), _dates(party.birth_dates), _dates(entry.birth_dates), tones.get("birth-date", "")),
        Row(_("Countries"), _countries(party.countries), _countries(entry.countries), tones.get("country", "")),
        Row(_("Gender"), _gender(party.gender), _gender(entry.gender), tones.get("gender", "")),
        Row(_("Numbers"), _numbers(party), _numbers(entry), tones.get("identifier", "")),
        Row(_("Measures"), "", ", ".join(entry.programmes)),
        Row(_("Remarks"), "", entry.remarks),
    ]
    return [row for row in rows if row.ours or row.theirs]


def changes_in_words(finding: Finding) -> list[Row]:
    """What is another one since the last verdict, by which the finding was re-opened."""
    because: list[dict[str, Any]] = finding.reopened_because
    countries = _country_names(
        code for each in because if each["field"] == "countries" for code in (*each["before"], *each["after"])
    )
    return [
        Row(_field(each["field"]), _said(each, "before", countries), _said(each, "after", countries), each["side"])
        for each in because
    ]


def changed_lines(edition: Edition) -> list[dict[str, Any]]:
    """The entries that an edition changes, each with what left it and what came, in words. An edition that was read
    before that was kept names its fields only."""
    changed: list[dict[str, Any]] = edition.preview.get("changed", [])
    countries = _country_names(
        code
        for line in changed
        for each in line.get("changes", ())
        if each["field"] == "countries"
        for code in (*each["before"], *each["after"])
    )
    return [
        line
        | {
            "fields": [_field(name) for name in line.get("fields", ())],
            "changes": [
                Row(_field(each["field"]), _said(each, "before", countries), _said(each, "after", countries))
                for each in line.get("changes", ())
            ],
        }
        for line in changed
    ]


def _said(change: dict[str, Any], when: str, countries: Mapping[str, str]) -> str:
    in_words: dict[str, Callable[[str], str]] = {
        "verdicts": lambda answer: str(Verdict.Answer(answer).label),
        "countries": lambda code: countries.get(code, code),
        "kind": _kind,
        "gender": _gender,
        "identifiers": lambda number: _number(*number.split(" ", 1)) if " " in number else number,
    }
    said = in_words.get(change["field"], str)
    return "\n".join(said(each) or each for each in change[when])


def thresholds(run: Run) -> list[tuple[str, float, float]]:
    """From which score a run calls something a hit and near, for each kind in words."""
    kept: dict[str, Any] = run.settings.get("by_kind", {})
    return [(_kind(kind) or _("Unknown"), each["hit"], each["near"]) for kind, each in kept.items()]


def _tones(finding: Finding) -> dict[str, str]:
    explanation: dict[str, Any] = finding.explanation
    agree = {each["aspect"]: "go" for each in explanation.get("agreements", [])}
    return agree | {each["aspect"]: "stop" for each in explanation.get("contradictions", [])}


def _names(side: Party | Entry) -> str:
    return "\n".join(dict.fromkeys(name.text for name in side.names))


def _dates(days: tuple[PartialDate, ...]) -> str:
    return "; ".join(_day(day) for day in days)


def _day(day: PartialDate) -> str:
    parts = [f"{day.year:04}", *(f"{part:02}" for part in (day.month, day.day) if part)]
    text = "-".join(parts) + (f"–{day.last_year}" if day.last_year else "")
    return _("about %(day)s") % {"day": text} if day.circa else text


def _countries(codes: tuple[str, ...]) -> str:
    names = _country_names(codes)
    return ", ".join(names.get(code, code) for code in codes)


def _country_names(codes: Iterable[str]) -> dict[str, str]:
    return {country.pk: str(country) for country in Country.objects.filter(pk__in=set(codes))}


def _kind(kind: str) -> str:
    return {
        "person": _("Person"),
        "organisation": _("Organisation"),
        "vessel": _("Ship"),
        "aircraft": _("Aircraft"),
    }.get(kind, "")


def _gender(gender: str) -> str:
    return {"female": _("Woman"), "male": _("Man")}.get(gender, "")


def _numbers(side: Party | Entry) -> str:
    return "\n".join(_number(each.kind, f"{each.value} {each.country}".strip()) for each in side.identifiers)


def _number(kind: str, value: str) -> str:
    """A number with what it is in words; LEI, IMO and SWIFT are called so everywhere."""
    said = {
        "registration": _("registration number"),
        "tax": _("tax number"),
        "passport": _("passport"),
        "national-id": _("national identity number"),
        "other": _("number"),
    }.get(kind, kind.upper())
    return f"{said} {value}"


def _field(name: str) -> str:
    return {
        "names": _("Names"),
        "kind": _("Kind"),
        "birth_dates": _("Born"),
        "countries": _("Countries"),
        "gender": _("Gender"),
        "identifiers": _("Numbers"),
        "listed": _("On the list"),
        "verdicts": _("Verdicts that do not agree"),
        "birth_places": _("Place of birth"),
        "programmes": _("Measures"),
        "listed_on": _("On the list since"),
        "remarks": _("Remarks"),
        "raw": _("Other particulars"),
    }.get(name, name)
