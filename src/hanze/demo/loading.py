"""Loading the demo: its facts become records through the operations that people use, with who did what in the log."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.core.files import File
from django.db import transaction

from hanze.accounts.models import User
from hanze.accounts.operations import create_user
from hanze.casework.operations import record_contact
from hanze.demo import areas, cases, claims, present
from hanze.demo.facts import Known, document, path, read, sourced
from hanze.evaluation import operations as evaluation
from hanze.goals import operations as goals
from hanze.register import operations as register
from hanze.register.models import Country, Organisation
from hanze.register.places import load_places
from hanze.watchlists import operations as watchlists
from hanze.watchlists.models import Run, Subject

Say = Callable[[str], None]


class NotEmptyError(RuntimeError):
    """The database holds records already; the demo only goes into an empty one."""


def is_empty() -> bool:
    """Whether nobody works in this database yet."""
    return not User.objects.exists() and not Organisation.objects.exists()


@transaction.atomic
def load(say: Say = print, today: date | None = None) -> Known:
    """Load the whole demo into an empty database; all of it or nothing.

    `today` (default: this day) is what the records of `present.yaml` are counted from. Raises NotEmptyError.
    """
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
    say("Where the document speaks against itself")
    claims.load(known)
    say("Evaluation")
    _evaluation(known)
    say("A watchlist, invented")
    _watchlist()
    say("Farms that look for each other, with a plan")
    areas.load(known)
    say("Something to do today")
    present.load(known, today or date.today())
    return known


def _watchlist() -> None:
    """An invented list in force, against which everybody is screened; `watchlist.yaml` says what it is."""
    given = read("watchlist")
    file = path(given.pop("file"))
    made = watchlists.create_list(by=None, **given)
    with file.open("rb") as opened:
        edition = watchlists.receive_edition(made, File(opened, name=file.name), by=None)
    watchlists.bring_into_force(watchlists.read_received(edition), by=None)
    watchlists.screen(Subject.objects.all(), by=None, why=Run.Why.LIST_CHANGED)


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
    source = {"provenance": "stated", "source_document": document(), "source_section": files["recommendations_section"]}
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
