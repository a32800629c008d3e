"""Records that everybody may see, each tied in every possible way to records of one secret class."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from hanze.accounts.models import Role, User
from hanze.casework import operations as casework
from hanze.casework.advice import MeasureBrought
from hanze.casework.models import Request, RequestDocument
from hanze.claims import operations as claims
from hanze.claims.models import Claim
from hanze.evaluation import operations as evaluation
from hanze.evaluation.models import RecordedYear
from hanze.missions import operations as missions
from hanze.missions.models import Activity, ActivityDocument
from hanze.register import operations as register
from hanze.register.models import AgreementDocument
from hanze.watchlists import operations as watchlists
from tests import factories
from tests.casework.weighing import answer_all
from tests.leaks.table import SECRETS, SEEN_BY
from tests.leaks.world import nonsense, secrecy
from tests.sheets import making as sheets
from tests.watchlists import making

OPEN = {"classification": "public", "for_council": True}
SELF_SCAN = MeasureBrought("self-scan", "", "Zelfscan", "Self-scan", "before", "company")

# What stands on a list and is what an organisation or a name with a request looks like.
LISTED = {
    "internal": "Malachite Trading Company",
    "confidential": "Copper Lantern Shipping",
    "restricted": "Orbit Falcon Aerospace",
}
LISTED_PERSON = {
    "internal": "Viktor Sergeyevich Orlovsky",
    "confidential": "Karim Yusuf Alhamdani",
    "restricted": "Bartholomew Quincy Ashdown",
}

DOCUMENTS = ((RequestDocument, "request"), (ActivityDocument, "activity"), (AgreementDocument, "agreement"))


@dataclass(frozen=True)
class Neighbourhood:
    """`hubs` are open to every reader; `words` give away the hidden records around them; both by model."""

    secret: str
    hubs: dict[str, Any]
    hidden: dict[str, Any]
    words: dict[str, str]

    def class_of(self, kind: str) -> str:
        """How closed what `kind` gives away is: a finding is confidential at least."""
        return "confidential" if kind == "finding" and self.secret == "internal" else self.secret


def build(users: dict[Any, User]) -> list[Neighbourhood]:
    factories.home()
    RecordedYear.objects.get_or_create(year=2024)
    return [_neighbourhood(secret, users) for secret in SECRETS]


def _neighbourhood(secret: str, users: dict[Any, User]) -> Neighbourhood:
    kinds = ("organisation", "company", "partner", "person", "relation", "agreement", "request", "contact", "activity")
    words = {
        kind: nonsense("neighbour", secret, kind)
        for kind in (*kinds, "evaluation", "initiative", "document", "written", "finding", "claim")
    }
    words["reference"] = nonsense("neighbour", secret, "reference")[:12]
    hidden = _hidden(secret, words, users)
    hubs = _hubs(secret, hidden, users)
    _tie_hidden_to_hubs(hidden, hubs)
    nobodys = factories.request(title=words["request"], **secrecy(secret))
    casework.add_participant(nobodys, by=None, name_text=f"{LISTED_PERSON[secret]} {words['written']}")
    hubs |= screened(secret, hidden, hubs, words)
    hubs["claim"] = claimed(hidden, hubs, words)
    hubs |= doubled(secret, hidden)
    hubs["import"] = _import(secret, hidden, users)
    return Neighbourhood(secret, hubs, hidden, words)


def _hidden(secret: str, words: dict[str, str], users: dict[Any, User]) -> dict[str, Any]:
    fields, china, officer = secrecy(secret), factories.country(), users[Role.POLICY_OFFICER]
    company = factories.organisation(name=words["company"], own_region=True, country=china, **fields)
    partner = factories.organisation(name=words["partner"], kind="government", country=china, **fields)
    hidden = {
        "company": company,
        "partner": partner,
        "organisation": factories.organisation(
            name=words["organisation"], native_name=LISTED[secret], country=china, **fields
        ),
        "person": factories.person(name=words["person"], **fields),
        "relation": factories.relation(partner=partner, purpose=words["relation"], responsible=officer, **fields),
        "agreement": factories.agreement(title=words["agreement"], valid_until=date(2024, 6, 1), **fields),
        "request": factories.request(
            title=words["request"], reference=words["reference"], responsible=officer, **fields
        ),
        "contact": factories.contact_moment(subject=words["contact"], country=china, **fields),
        "activity": factories.activity(
            title=words["activity"], title_en="", state=Activity.State.HELD, responsible=officer, **fields
        ),
        "evaluation": factories.evaluation(
            title_nl=words["evaluation"], title_en=words["evaluation"], country=china, **fields
        ),
        "initiative": factories.initiative(title=words["initiative"], responsible=officer, **fields),
    }
    evaluation.recommend(hidden["evaluation"], by=None, text_nl=words["evaluation"], text_en=words["evaluation"])
    file = SimpleUploadedFile("secret.pdf", b"%PDF-1.7")
    for model, parent in (
        (RequestDocument, "request"),
        (ActivityDocument, "activity"),
        (AgreementDocument, "agreement"),
    ):
        hidden[f"{parent}_document"] = register.attach(
            by=None, attachment_model=model, parent=hidden[parent], title=words["document"], file=file
        )
    return hidden


def _hubs(secret: str, hidden: dict[str, Any], users: dict[Any, User]) -> dict[str, Any]:
    china = factories.country()
    organisation = factories.organisation(
        name=f"Qopen organisation {secret}", native_name=LISTED[secret], country=china, **OPEN
    )
    person = factories.person(name=f"Qopen person {secret}", **OPEN)
    register.add_post(by=None, person=person, organisation=hidden["organisation"], title="Director")
    register.add_post(by=None, person=hidden["person"], organisation=organisation, title="Director")
    agreement = register.create_agreement(
        by=None,
        parties=[organisation, hidden["organisation"]],
        title=f"Qopen agreement {secret}",
        kind="mou",
        signed_on=date(2024, 1, 15),
        relation=hidden["relation"],
        **OPEN,
    )
    contact = casework.record_contact(
        by=None,
        held_on=date(2024, 2, 20),
        counterpart="ministry",
        organisation=hidden["organisation"],
        subject=f"Qopen contact {secret}",
        country=china,
        **OPEN,
    )
    return {
        "organisation": organisation,
        "person": person,
        "relation": factories.relation(partner=organisation, **OPEN),
        "agreement": agreement,
        "request": _request(secret, hidden, users),
        "contact": contact,
        "activity": _activity(secret, hidden),
        "evaluation": factories.evaluation(title_nl=f"Qopen evaluation {secret}", title_en="", country=china, **OPEN),
        "initiative": _initiative(secret, hidden),
    }


def _initiative(secret: str, hidden: dict[str, Any]) -> Any:
    """An initiative with one of everything that has an address of its own, of parties that are hidden."""
    initiative = factories.initiative(title=f"Qopen initiative {secret}", **OPEN)
    factories.place_list(initiative=initiative)
    initiative.conditions.create(label="Qopen condition")
    initiative.advisers.create(name="Qopen adviser")
    initiative.criteria.create(label="Qopen criterion")
    initiative.areas.create(code="q", name="Qopen area")
    factories.plan_run(initiative=initiative, title="Qopen plan")
    one, other = (
        initiative.parties.create(name=f"Qopen party {n}", organisation=hidden["organisation"], person=hidden["person"])
        for n in (1, 2)
    )
    initiative.wishes.create(one=one, other=other)
    meeting = initiative.meetings.create(title="Qopen meeting", on=date(2024, 5, 23))
    meeting.answers.create(party=one, present=True)
    meeting.follow_ups.create(what="Qopen follow-up", due_on=date(2024, 6, 1))
    return initiative


def _import(secret: str, hidden: dict[str, Any], users: dict[Any, User]) -> Any:
    """A spreadsheet for every reader of imports, of which a row is likely a party that is hidden from most."""
    website = f"https://qwebsite-{secret}.example"
    type(hidden["company"]).objects.filter(pk=hidden["company"].pk).update(website=website)
    content = f"Naam;Type;Land;Website\nQopen row {secret};Bedrijf;China;{website}\n"
    by = users[Role.COORDINATOR]
    handed = sheets.handed_in(content, by=by, name=f"qopen-{secret}.csv", classification="public")
    return sheets.compared(handed)


def _request(secret: str, hidden: dict[str, Any], users: dict[Any, User]) -> Request:
    """A request that was weighed and decided on, with parties that are hidden."""
    request = casework.receive_request(
        by=None,
        title=f"Qopen request {secret}",
        kind="incoming-visit",
        sector="horticulture",
        country=factories.country(),
        received_on=date(2024, 2, 12),
        asked_by=hidden["organisation"],
        on_behalf_of=hidden["partner"],
        demand_from=[hidden["company"]],
        participants=[{"organisation": hidden["organisation"]}, {"person": hidden["person"]}],
        **OPEN,
    )
    for participant in request.participants.all():
        casework.set_screening(participant, by=None, screening="clear", note="Nothing")
    casework.record_contact(
        by=None,
        held_on=date(2024, 2, 20),
        counterpart="ministry",
        organisation=hidden["organisation"],
        subject=hidden["contact"].subject,
        request=request,
        **secrecy(secret),
    )
    request.submitted_by = users[Role.REQUESTER]
    request.save()
    coordinator = users[Role.COORDINATOR]
    answer_all(request, coordinator)
    casework.present(request, by=coordinator)
    casework.decide(request, by=users[Role.EXECUTIVE], outcome="take-up-with-measures", motivation="It suits us.")
    return request


def _activity(secret: str, hidden: dict[str, Any]) -> Activity:
    """An activity that was held, where everything that can be hidden on it is."""
    activity = missions.plan_activity(
        by=None,
        title=f"Qopen activity {secret}",
        kind="outgoing-mission",
        sector="horticulture",
        country=factories.country(),
        starts_on=date(2024, 5, 23),
        ends_on=date(2024, 5, 28),
        partners=[hidden["partner"]],
        **OPEN,
    )
    for fields in (
        {"organisation": hidden["company"]},
        {"organisation": hidden["organisation"], "role": "delegate"},
        {"person": hidden["person"]},
    ):
        missions.add_participation(activity, by=None, **fields)
    missions.add_measure(activity, by=None, measure=SELF_SCAN)
    missions.settle_measure(activity.measures.get(organisation=hidden["company"]), by=None, evidence="Seen")
    missions.add_agreement(activity, by=None, agreement=hidden["agreement"])
    missions.link_contact(activity, hidden["contact"], by=None)
    missions.hold_activity(activity, by=None)
    withdrew = activity.participations.get(organisation=hidden["organisation"])
    missions.withdraw_participation(withdrew, by=None, because="Ill", on=date(2024, 5, 20))
    activity.request = hidden["request"]
    activity.public_report, activity.publication = "Verslag", Activity.Publication.PUBLISHED
    activity.save()
    return activity


def _tie_hidden_to_hubs(hidden: dict[str, Any], hubs: dict[str, Any]) -> None:
    """From the hidden side too: a page of an open record must not show who points at it."""
    hidden["agreement"].parties.add(hubs["organisation"])
    hidden["agreement"].relation = hubs["relation"]
    hidden["agreement"].save()
    hidden["relation"].responsible = None
    hidden["relation"].save()
    hidden["request"].asked_by = hubs["organisation"]
    hidden["request"].save()
    hidden["request"].participants.create(person=hubs["person"], screening="open-finding")
    # The request of an open contact moment was made secret afterwards.
    hubs["contact"].request = hidden["request"]
    hubs["contact"].save()
    hidden["contact"].organisation = hubs["organisation"]
    hidden["contact"].save()
    missions.add_participation(hidden["activity"], by=None, organisation=hubs["organisation"])
    missions.add_participation(hidden["activity"], by=None, person=hubs["person"])
    missions.add_agreement(hidden["activity"], by=None, agreement=hubs["agreement"])
    missions.link_contact(hidden["activity"], hubs["contact"], by=None)
    hidden["activity"].request = hubs["request"]
    hidden["activity"].save()


def screened(secret: str, hidden: dict[str, Any], hubs: dict[str, Any], words: dict[str, str]) -> dict[str, Any]:
    """A list that names the open and the hidden organisation and the name with the hidden request; both findings about
    the hidden ones decided, with a reason that gives them away; and an edition that touches all and waits."""
    watchlist = making.watchlist(f"list-{secret}", name=f"Lijst {secret}", name_en=f"List {secret}")
    rows = [f"E1,{LISTED[secret]},organisation,,,,", f"P1,{LISTED_PERSON[secret]},person,,,,"]
    making.in_force(watchlist, *rows)
    written = watchlists.subject_of(f"{LISTED_PERSON[secret]} {words['written']}")
    parties = [watchlists.subject_of(each) for each in (hubs["organisation"], hidden["organisation"])]
    run = watchlists.screen([*parties, written], by=None, why="asked")
    for subject in (parties[1], written):
        watchlists.decide(subject.findings.get(), by=None, answer="cannot-tell", reason=f"Seen: {words['finding']}")
    preview = making.handed_in(watchlist, *(row.replace(",,,,", ",CN,,,") for row in rows))
    assert len(preview.preview["touched"]) >= 3
    finding = parties[0].findings.get()
    return {"finding": finding, "watchlist": watchlist, "edition": preview, "run": run}


def claimed(hidden: dict[str, Any], hubs: dict[str, Any], words: dict[str, str]) -> Claim:
    """A source speaks against what stands of the hidden records, in words that give it away, and of an open one."""
    register.change_organisation(hidden["organisation"], by=None, website="https://stands.example")
    for record, fact, value in (
        (hidden["organisation"], "website", f"https://{words['claim'].lower()}.example/{words['claim']}"),
        (hidden["relation"], "purpose", words["claim"]),
        (hidden["agreement"], "subject", words["claim"]),
        (hidden["activity"], "title", words["claim"]),
    ):
        source = claims.Source("document", words["claim"])
        claims.claim(record, fact, value, source=source, by=None)
    return claims.claim(
        hubs["organisation"], "website", "https://open.example", source=claims.Source("document", "Open"), by=None
    )


def doubled(secret: str, hidden: dict[str, Any]) -> dict[str, Any]:
    """Open records that look like others, tied to hidden ones, and two that were merged."""
    double = factories.organisation(name=f"Qopen organisation {secret}", **OPEN)
    double_person = factories.person(name=f"Qopen person {secret}", **OPEN)
    kept, gone = (factories.organisation(name=f"Qopen twin {n}", **OPEN) for n in (1, 2))
    for party in (double, gone):
        hidden["agreement"].parties.add(party)
        register.add_post(by=None, person=hidden["person"], organisation=party, title="Director")
        missions.add_participation(hidden["activity"], by=None, organisation=party)
    register.add_post(by=None, person=double_person, organisation=hidden["organisation"], title="Director")
    merge = register.merge_parties(kept, gone, {}, by=None, reason="The same")
    apart = register.set_apart(double, kept, by=None, reason="Qopen reason")
    return {"double": double, "double_person": double_person, "merge": merge, "apart": apart}


def hidden_from(role: Any, around: dict[str, Neighbourhood]) -> dict[str, str]:
    """The words that `role` must not find anywhere, each with what it stands for."""
    return {
        word: f"{near.secret} {kind}"
        for near in (around[secret] for secret in SECRETS)
        for kind, word in near.words.items()
        if role not in SEEN_BY[near.class_of(kind)]
    }


def leaks(text: str, role: Any, around: dict[str, Neighbourhood]) -> list[str]:
    return [what for word, what in hidden_from(role, around).items() if word in text]
