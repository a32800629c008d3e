"""What an application sends is what a source says: it contradicts, it does not overwrite; and somebody decides."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from hanze.accounts.models import Role
from hanze.audit.models import Event
from hanze.claims.models import Claim
from hanze.connections.models import Subscription
from hanze.connections.webhooks.messages import about, offered
from hanze.register import operations
from hanze.register.models import Organisation
from tests import factories
from tests.connections.making import ApiClient, application, client, token

pytestmark = pytest.mark.django_db

OLD, NEW = "https://old.example", "https://new.example"
A_REPORT = {"kind": "document", "name": "Annual report", "section": "p. 4", "date": "2024-03-01"}


def outcome_of(answer: Any) -> dict[str, str]:
    assert answer.status_code == 200, answer.content
    return {each["fact"]: each["outcome"] for each in answer.json()["facts"]}


def test_what_differs_from_another_source_is_kept_beside_it() -> None:
    made = factories.organisation(website=OLD)
    answer = client().patch(f"organisations/{made.pk}", {"website": NEW, "shortName": "HH", "notes": "Seen"})
    assert outcome_of(answer) == {"website": "contradicting", "short_name": "written"}
    told = answer.json()
    assert (told["website"], told["shortName"], told["notes"]) == (OLD, "HH", "Seen")
    address = told["facts"][-1]["claim"]
    one = client().get(address.removeprefix("/api/v1/")).json()
    assert (one["value"], one["standing"], one["sourceKind"]) == (NEW, "open", "application")


@pytest.mark.parametrize(
    ("kind", "make", "body", "fact"),
    [
        ("people", lambda: factories.person(phone="1"), {"phone": "2"}, "phone"),
        ("agreements", lambda: factories.agreement(title="One"), {"title": "Two"}, "title"),
        ("activities", lambda: factories.activity(title="One"), {"title": "Two"}, "title"),
        (
            "relations",
            lambda: factories.relation(since=date(2015, 1, 1), since_precision="year"),
            {"since": "2016-05-23"},
            "since",
        ),
    ],
)
def test_every_kind_of_record_with_facts_keeps_both(kind: str, make: Any, body: dict[str, Any], fact: str) -> None:
    answer = client().patch(f"{kind}/{make().pk}", body)
    assert outcome_of(answer) == {fact: "contradicting"}
    kept = Claim.objects.get(standing="open")
    assert kept.value == next(iter(body.values()))


def test_what_an_application_added_it_may_change_itself() -> None:
    calls = client()
    made = calls.post("organisations", {"name": "New", "kind": "business", "website": OLD}).json()
    answer = calls.patch(f"organisations/{made['id']}", {"website": NEW})
    assert outcome_of(answer) == {"website": "written"}
    assert answer.json()["website"] == NEW
    assert outcome_of(client().patch(f"organisations/{made['id']}", {"website": OLD})) == {"website": "contradicting"}


def test_a_document_is_the_source_when_it_is_named() -> None:
    made = factories.organisation(website=OLD, source_document="Annual report")
    calls = client()
    assert outcome_of(calls.patch(f"organisations/{made.pk}", {"website": NEW, "source": A_REPORT})) == {
        "website": "written"
    }
    kept = Claim.objects.latest("pk")
    assert (kept.source_name, kept.source_section, kept.source_date) == ("Annual report", "p. 4", date(2024, 3, 1))


def test_sending_the_same_twice_says_it_once() -> None:
    made, calls = factories.organisation(website=OLD), client()
    for _ in range(2):
        assert outcome_of(calls.patch(f"organisations/{made.pk}", {"website": NEW})) == {"website": "contradicting"}
    assert Claim.objects.filter(standing="open").count() == 1


def test_to_correct_another_source_takes_a_reason_and_a_right_of_its_own() -> None:
    made = factories.organisation(website=OLD)
    body = {"website": NEW, "corrects": "It moved"}
    may_not = client(wanted=["write:organisations"]).patch(f"organisations/{made.pk}", body)
    assert may_not.status_code == 403
    assert "decide:claims" in may_not.json()["detail"]
    assert outcome_of(client().patch(f"organisations/{made.pk}", body)) == {"website": "written"}
    assert Organisation.objects.get(pk=made.pk).website == NEW
    assert Event.objects.filter(name="claim.decided", reason="It moved").exists()


def test_a_source_that_says_nothing_empties_nothing() -> None:
    made = factories.organisation(website=OLD)
    answer = client().patch(f"organisations/{made.pk}", {"website": ""})
    assert answer.status_code == 400
    assert [each["location"]["pointer"] for each in answer.json()["errors"]] == ["/website"]
    body = {"website": "", "corrects": "It is gone"}
    assert outcome_of(client().patch(f"organisations/{made.pk}", body)) == {"website": "written"}
    assert Organisation.objects.get(pk=made.pk).website == ""


def test_a_value_that_could_never_hold_is_refused_also_as_a_claim() -> None:
    made = factories.organisation(website=OLD)
    answer = client().patch(f"organisations/{made.pk}", {"website": "no address"})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["location"] == {"pointer": "/website"}
    assert not Claim.objects.exists()


def test_open_contradictions_are_listed_for_who_may_see_the_record() -> None:
    seen, hidden = (
        factories.organisation(website=OLD),
        factories.organisation(website=OLD, classification="confidential"),
    )
    for each in (seen, hidden):
        client().patch(f"organisations/{each.pk}", {"website": NEW})
    told = client("policy-officer").get("contradictions").json()
    assert told["count"] == 1
    [one] = told["results"]
    assert (one["about"], one["fact"], one["stands"]) == (f"/api/v1/organisations/{seen.pk}", "website", OLD)
    assert len(one["claims"]) == 1
    assert client().get("contradictions").json()["count"] == 2
    assert client().get("contradictions", about="relations").json()["count"] == 0


def test_a_claim_with_its_sides_is_decided_with_a_reason() -> None:
    made, calls = factories.organisation(website=OLD), client()
    new = {"about": "organisations", "aboutId": made.pk, "fact": "website", "value": NEW, "source": A_REPORT}
    one = calls.post("claims", new)
    assert one.status_code == 201, one.content
    pk = one.json()["id"]
    sides = calls.get(f"claims/{pk}/sides").json()
    assert (sides["stands"], sides["isOpen"]) == (OLD, True)
    assert {each["value"] for each in sides["claims"]} == {OLD, NEW}
    refused = calls.post(f"claims/{pk}/decision", {"reason": " "})
    assert refused.json()["errors"][0]["location"] == {"pointer": "/reason"}
    assert calls.post(f"claims/{pk}/decision", {"reason": "It was checked"}).json()["standing"] == "stands"
    sides = calls.get(f"claims/{pk}/sides").json()
    assert (sides["stands"], sides["isOpen"]) == (NEW, False)
    assert [each["reason"] for each in sides["decisions"]] == ["It was checked"]
    assert Organisation.objects.get(pk=made.pk).website == NEW


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"about": "requests"}, "/about"),
        ({"aboutId": 999_999}, "/aboutId"),
        ({"fact": "colour"}, "/fact"),
        ({"value": "no address"}, "/value"),
    ],
)
def test_what_is_wrong_with_a_claim_stands_at_the_field(change: dict[str, Any], pointer: str) -> None:
    made = factories.organisation(website=OLD)
    new = {"about": "organisations", "aboutId": made.pk, "fact": "website", "value": NEW}
    answer = client().post("claims", {**new, **change})
    assert answer.status_code == 400, answer.content
    assert [each["location"]["pointer"] for each in answer.json()["errors"]] == [pointer]


def test_a_record_is_told_as_it_was_known_on_a_day() -> None:
    made = factories.organisation(website=OLD)
    operations.change_organisation(made, by=None, website=NEW)
    calls, today = client(), timezone.localdate()

    def website(day: date) -> dict[str, Any]:
        lines = calls.get(f"organisations/{made.pk}/known-on/{day}").json()["facts"]
        return next(each for each in lines if each["fact"] == "website")

    yesterday, now = website(today - timedelta(days=1)), website(today)
    assert (yesterday["value"], yesterday["valueNow"], yesterday["changed"]) == (OLD, NEW, True)
    assert (now["value"], now["changed"]) == (NEW, False)


def test_a_past_day_names_no_hidden_record() -> None:
    seen, hidden = factories.organisation(), factories.organisation(name="Hidden", classification="confidential")
    agreement = factories.agreement(seen, hidden, classification="internal")
    today = timezone.localdate()
    lines = client("policy-officer").get(f"agreements/{agreement.pk}/known-on/{today}").json()["facts"]
    told = next(each for each in lines if each["fact"] == "parties")
    assert (told["value"], told["valueNow"]) == ([seen.pk], [seen.pk])
    assert hidden.name not in str(lines)


def test_a_webhook_tells_of_claims_with_their_key_to_who_may_see_the_record() -> None:
    made = factories.organisation(website=OLD, classification="confidential")
    client().patch(f"organisations/{made.pk}", {"website": NEW})
    assert {"claim.made", "claim.contradicts", "claim.decided", "claim.withdrawn"} <= set(offered())
    event = Event.objects.get(name="claim.contradicts")
    told = about(event, application(Role.COORDINATOR).acting())
    assert told is not None
    assert told["subject"]["url"] == f"/api/v1/organisations/{made.pk}"
    assert told["claim"]["url"] == f"/api/v1/claims/{event.data['claim']}"
    assert about(event, application(Role.POLICY_OFFICER, "internal").acting()) is None
    assert not Subscription.objects.exists()


def test_nobody_s_later_change_is_overwritten() -> None:
    made = factories.organisation(short_name="")
    calls = ApiClient(token(application())[1])
    etag = calls.get(f"organisations/{made.pk}")["ETag"]
    first = calls.patch(f"organisations/{made.pk}", {"shortName": "A"}, if_match=etag)
    assert first.status_code == 200
    late = calls.patch(f"organisations/{made.pk}", {"notes": "B"}, if_match=etag)
    assert late.status_code == 412
    assert late["Content-Type"] == "application/problem+json"
    assert Organisation.objects.get(pk=made.pk).notes == ""
    assert calls.patch(f"organisations/{made.pk}", {"notes": "B"}, if_match=first["ETag"]).status_code == 200


def test_a_measure_of_a_hidden_party_tells_nothing_of_it() -> None:
    hidden = factories.organisation(name="Hidden", classification="confidential")
    activity = factories.activity(classification="internal")
    words = {"code": "self-scan", "label_nl": "Zelfscan", "label_en": "Self-scan", "moment": "before"}
    activity.measures.create(organisation=hidden, evidence="Mail of Hidden", **words)
    [told] = client("policy-officer").get(f"activities/{activity.pk}").json()["measures"]
    assert (told["organisation"], told["evidence"]) == (None, None)
    [told] = client().get(f"activities/{activity.pk}").json()["measures"]
    assert told["organisation"]["name"] == "Hidden"


def test_an_activity_is_closed_when_its_measures_are_settled() -> None:
    day = date(2024, 5, 23)
    activity, calls = factories.activity(starts_on=day, ends_on=day, state="held"), client()
    words = {"code": "self-scan", "label_nl": "Zelfscan", "label_en": "Self-scan", "moment": "before"}
    measure = activity.measures.create(**words)
    refused = calls.post(f"activities/{activity.pk}/closing", {})
    assert (refused.status_code, "Self-scan" in refused.json()["errors"][0]["detail"]) == (400, True)
    address = f"activities/{activity.pk}/measures/{measure.pk}/settlement"
    wrong = calls.post(address, {"evidence": " "})
    assert wrong.json()["errors"][0]["location"] == {"pointer": "/evidence"}
    assert calls.post(address, {"evidence": "The minutes"}).json()["measures"][0]["state"] == "done"
    elsewhere = f"activities/{factories.activity().pk}/measures/{measure.pk}/settlement"
    assert calls.post(elsewhere, {"evidence": "The minutes"}).status_code == 404
    assert calls.post(f"activities/{activity.pk}/closing", {}).json()["state"] == "closed"
