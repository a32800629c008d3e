"""Loading the demo: its facts become records through the operations that people use, with who did what in the log."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.db import models, transaction

from hanze.accounts.models import User
from hanze.accounts.operations import create_user
from hanze.casework.operations import record_contact
from hanze.evaluation import operations as evaluation
from hanze.goals import operations as goals
from hanze.register import operations as register
from hanze.register.models import Agreement, City, Country, Organisation, Region, Relation
from hanze.register.places import load_places

DOCUMENT = "zuid-holland-china-evaluation-2024"
Say = Callable[[str], None]


class NotEmptyError(RuntimeError):
    """The database holds records already; the demo only goes into an empty one."""


@dataclass
class Known:
    """The records made so far, by the id that the files give them."""

    people: dict[str, User] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    relations: dict[str, Relation] = field(default_factory=dict)
    agreements: dict[str, Agreement] = field(default_factory=dict)
    goals: dict[str, models.Model] = field(default_factory=dict)
    themes: dict[str, models.Model] = field(default_factory=dict)

    def fields(self, given: dict[str, Any]) -> dict[str, Any]:
        """The fields of a record as the files give them, with ids replaced by records and the source named."""
        lookups: dict[str, Callable[[str], Any]] = {
            "country": lambda key: Country.objects.get(pk=key),
            "region": lambda key: Region.objects.get(pk=key),
            "city": lambda key: City.objects.get(pk=key),
            "relation": self.relations.__getitem__,
            "responsible": self.people.__getitem__,
            "leader": self.people.__getitem__,
            "goals": self.goals.__getitem__,
            "themes": self.themes.__getitem__,
            "agreements": self.agreements.__getitem__,
        }
        for name in ("asked_by", "on_behalf_of", "organisation", "partner", "demand_from", "partners", "parties"):
            lookups[name] = self.organisations.__getitem__
        made: dict[str, Any] = {}
        for name, value in given.items():
            lookup = lookups.get(name)
            if lookup is None:
                made[name] = value
            else:
                made[name] = [lookup(key) for key in value] if isinstance(value, list) else lookup(value)
        return made | sourced(given)


def sourced(given: dict[str, Any]) -> dict[str, Any]:
    """The source of a record: stated and inferred ones come from the document."""
    if given.get("provenance") in {"stated", "inferred", "invented"}:
        return {"source_document": DOCUMENT if given.get("source_section") else ""}
    return {}


def read(name: str) -> Any:
    """One file of the demo's facts."""
    return yaml.safe_load((folder() / f"{name}.yaml").read_text(encoding="utf-8"))


def folder() -> Path:
    return Path(settings.DEMO_DIR) / "zuid-holland-2024"


def is_empty() -> bool:
    """Whether nobody works in this database yet."""
    return not User.objects.exists() and not Organisation.objects.exists()


@transaction.atomic
def load(say: Say = print, today: date | None = None) -> Known:
    """Load the whole demo into an empty database; all of it or nothing.

    `today` (default: this day) is what the records of `present.yaml` are counted from. Raises NotEmptyError.
    """
    from hanze.demo import cases, present

    if not is_empty():
        raise NotEmptyError("The database is not empty.")
    known = Known()
    say("Countries, regions and cities")
    load_places()
    say("People and parties")
    _people(known)
    _parties(known)
    _goals(known)
    say("Relations and agreements")
    _relations(known)
    say("Requests, advice, decisions and activities of 2024")
    cases.load(known)
    say("Evaluation")
    _evaluation(known)
    say("Something to do today")
    present.load(known, today or date.today())
    return known


def _people(known: Known) -> None:
    for given in read("people"):
        fields = {name: given[name] for name in ("name", "email", "title", "department")}
        user = create_user(by=None, roles=set(given["roles"]), language=given.get("language", ""), **fields)
        known.people[given["id"]] = user


def _parties(known: Known) -> None:
    files = read("parties")
    for given in [files["home"], *files["organisations"]]:
        fields = known.fields({name: value for name, value in given.items() if name != "id"})
        made = register.create_organisation(by=None, **fields)
        known.organisations[given["id"]] = made
    register.set_home(known.organisations["home"], by=None)


def _goals(known: Known) -> None:
    files = read("goals")
    for given in files["goals"]:
        known.goals[given["code"]] = goals.create_goal(by=None, **given, **sourced(given))
    for given in files["themes"]:
        known.themes[given["code"]] = goals.create_theme(by=None, **given, **sourced(given))


def _relations(known: Known) -> None:
    files = read("relations")
    by = known.people["coordinator"]
    for given in files["relations"]:
        key, statuses = given.pop("id"), given.pop("statuses")
        first, *later = sorted(statuses, key=lambda status: status["since"])
        relation = register.create_relation(
            by=by,
            status=first["status"],
            status_since=first["since"],
            decided_by=first["decided_by"],
            reason=first["reason"],
            **known.fields(given),
        )
        for status in later:
            register.set_relation_status(relation, by=by, **status, **sourced(status))
        known.relations[key] = relation
    for given in files["agreements"]:
        key = given.pop("id")
        known.agreements[key] = register.create_agreement(by=by, **known.fields(given))


def _evaluation(known: Known) -> None:
    files = read("evaluation")
    by = known.people["coordinator"]
    for year in files["recorded_years"]:
        evaluation.record_year(by=None, **year, **sourced(year))
    for contact in files["contacts"]:
        record_contact(by=by, **known.fields(contact))
    made = evaluation.create_evaluation(by=by, **known.fields(files["evaluation"]))
    for section, text in files["texts"].items():
        evaluation.write_text(made, by=by, section=section, text_nl=text["nl"].strip(), text_en=text["en"].strip())
    source = {"provenance": "stated", "source_document": DOCUMENT, "source_section": files["recommendations_section"]}
    for given in files["recommendations"]:
        texts = {"text_nl": given["nl"], "text_en": given["en"]}
        evaluation.recommend(made, by=by, number=given["number"], **texts, **source)
    for given in files["previous"]:
        came = given.pop("follow_up")
        texts = {"text_nl": given.pop("nl"), "text_en": given.pop("en")}
        earlier = evaluation.recommend(
            None, by=by, country=Country.objects.get(pk=given.pop("country")), **texts, **given, **sourced(given)
        )
        evaluation.follow_up(earlier, by=by, on=came.pop("as_of"), **came)
