"""Small functions that make valid records; every field can be given."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

from django.core.files.base import ContentFile

from hanze.accounts.models import Role, RoleHeld, User
from hanze.areas.models import Initiative, PlaceList, PlanRun
from hanze.casework.models import ContactMoment, Request
from hanze.evaluation.models import Evaluation
from hanze.missions.models import Activity
from hanze.register.models import Agreement, Country, Organisation, Person, Relation

_number = count(1)


def user(*roles: Role, **fields: Any) -> User:
    n = next(_number)
    made = User.objects.create_user(
        **{"email": f"person{n}@region.example", "password": "a-long-password-1", "name": f"Person {n}", **fields}
    )
    RoleHeld.objects.bulk_create(RoleHeld(user=made, role=role) for role in roles)
    return made


def country(code: str = "CN", **fields: Any) -> Country:
    names = {
        "CN": ("China", "China", "CHN"),
        "NL": ("Nederland", "Netherlands", "NLD"),
        "FR": ("Frankrijk", "France", "FRA"),
    }
    nl, en, code3 = names.get(code, (f"Land {code}", f"Country {code}", f"{code}X"))
    if code in {"NL", "FR"}:
        fields.setdefault("eu_since", date(1958, 1, 1))
    return Country.objects.get_or_create(code=code, defaults={"name_nl": nl, "name_en": en, "code3": code3, **fields})[
        0
    ]


def organisation(**fields: Any) -> Organisation:
    n = next(_number)
    return Organisation.objects.create(**{"name": f"Organisation {n}", "kind": Organisation.Kind.BUSINESS, **fields})


def home() -> Organisation:
    found = Organisation.objects.filter(is_home=True).first()
    return found or organisation(
        name="Our Region", kind="government", is_home=True, own_region=True, country=country("NL")
    )


def person(**fields: Any) -> Person:
    return Person.objects.create(**{"name": f"Somebody {next(_number)}", **fields})


def relation(**fields: Any) -> Relation:
    fields.setdefault("country", country())
    if "partner" not in fields:
        fields["partner"] = organisation(kind="government", country=fields["country"])
    return Relation.objects.create(**{"kind": Relation.Kind.PROJECT, "since": date(2015, 1, 1), **fields})


def agreement(*parties: Organisation, **fields: Any) -> Agreement:
    made = Agreement.objects.create(
        **{"title": f"Agreement {next(_number)}", "kind": Agreement.Kind.MOU, "signed_on": date(2024, 1, 15), **fields}
    )
    made.parties.set(parties or [home(), organisation()])
    return made


def request(**fields: Any) -> Request:
    n = next(_number)
    fields.setdefault("country", country())
    return Request.objects.create(
        **{
            "reference": f"2024-{n:03}",
            "title": f"Visit {n}",
            "kind": Request.Kind.INCOMING_VISIT,
            "sector": "horticulture",
            "asked_by_text": "Somebody abroad",
            "received_on": date(2024, 2, 12),
            "due_on": date(2024, 3, 11),
            **fields,
        }
    )


def activity(**fields: Any) -> Activity:
    n = next(_number)
    fields.setdefault("country", country())
    return Activity.objects.create(
        **{
            "title": f"Activiteit {n}",
            "title_en": f"Activity {n}",
            "kind": Activity.Kind.INCOMING_DELEGATION,
            "sector": "horticulture",
            "starts_on": date(2024, 5, 23),
            "ends_on": date(2024, 5, 28),
            **fields,
        }
    )


def contact_moment(**fields: Any) -> ContactMoment:
    if "organisation" not in fields:
        fields["organisation"] = organisation(kind="government")
    return ContactMoment.objects.create(
        **{"held_on": date(2024, 2, 20), "counterpart": "ministry", "subject": f"Talk {next(_number)}", **fields}
    )


def evaluation(**fields: Any) -> Evaluation:
    return Evaluation.objects.create(
        **{
            "title_nl": f"Evaluatie {next(_number)}",
            "title_en": "Evaluation",
            "period_start": date(2024, 1, 1),
            "period_end": date(2024, 12, 31),
            **fields,
        }
    )


def initiative(**fields: Any) -> Initiative:
    return Initiative.objects.create(**{"title": f"Initiative {next(_number)}", **fields})


def plan_run(**fields: Any) -> PlanRun:
    """A plan that waits for its turn."""
    parent = fields.pop("initiative", None) or initiative()
    return PlanRun.objects.create(**{"initiative": parent, "title": f"Plan {next(_number)}", **fields})


def made_plan(**fields: Any) -> PlanRun:
    """A plan that was made, of nothing."""
    land = {"before": 0, "after": 0, "moves": [], "owners": []}
    years = {"years": 1, "courses": ["both"], "futures": ["unchanged"], "investment": [0], "present": [[0]]}
    years |= {"regret": [[0]], "worst": [0], "effects": [], "least_regret": "both", "safest": "both"}
    balance = {"lines": [], "coefficients": [], "missing": []}
    result = {"farms": [], "clusters": [], "regions": [], "hubs": {"at": []}, "exchanges": []}
    result |= {"land": land, "balance": balance, "years": years}
    return plan_run(**{"state": PlanRun.State.DONE, "result": result, **fields})


def place_list(**fields: Any) -> PlaceList:
    """A list of farms that was handed in and not looked at yet."""
    parent = fields.pop("initiative", None) or initiative()
    content = ContentFile(b"nummer;naam;x;y\n1;Een;113000;520000\n", name="farms.csv")
    return PlaceList.objects.create(
        **{
            "initiative": parent,
            "kind": "farms",
            "file": content,
            "file_name": "farms.csv",
            "sha256": "0" * 64,
            **fields,
        }
    )
