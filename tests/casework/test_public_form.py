"""The public form: for anybody, without account; spam-safe; nothing is lost and nothing leaks."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hanze.accounts.models import Role
from hanze.accounts.requests import address_of
from hanze.audit.models import Event
from hanze.casework import spam
from hanze.casework.models import Request, Submission
from tests import factories

pytestmark = pytest.mark.django_db
FORM = reverse("casework:public-request")


def sent(seconds: int = 60, **given: str) -> dict[str, str]:
    """What a person sends who took `seconds` to fill in the form."""
    factories.country()
    with time_machine.travel(timezone.now() - timedelta(seconds=seconds)):
        opened = spam.opened_now()
    return {
        "asked_by_text": "City of Somewhere",
        "contact_name": "A. Sender",
        "country": "CN",
        "kind": "incoming-visit",
        "title": "Visit of our council",
        "description": "We would like to learn about water.",
        "sector": "water",
        "opened": opened,
        **given,
    }


def test_a_visitor_without_account_sends_a_request_and_gets_its_reference(client):
    answer = client.post(FORM, sent(participants="Li Wei, vice mayor\n\nWater Bureau"), follow=True)
    made = Request.objects.get()
    assert made.reference in answer.content.decode()
    assert (made.classification, made.channel, made.state) == ("internal", "public-form", "received")
    assert made.responsible is None
    assert [str(each) for each in made.participants.all()] == ["Li Wei, vice mayor", "Water Bureau"]
    assert Event.objects.about(made).get().name == "request.submitted"


def test_what_was_sent_is_kept_whatever_officers_make_of_it(client, people):
    from hanze.casework import operations

    client.post(FORM, sent(title="As I wrote it"))
    made = Request.objects.get()
    operations.change_request(made, by=people[Role.POLICY_OFFICER], title="As we file it")
    made.refresh_from_db()
    assert made.as_sent["title"] == "As I wrote it"


def test_a_copy_goes_to_the_address_that_was_given(client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        client.post(FORM, sent(contact_email="sender@somewhere.example"))
    copy = mail.outbox[0]
    assert copy.to == ["sender@somewhere.example"]
    assert Request.objects.get().reference in copy.subject
    assert "We would like to learn about water." in copy.body


def test_without_an_address_no_mail_goes_out(client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        client.post(FORM, sent())
    assert mail.outbox == []


def test_a_mail_server_that_is_down_loses_no_request(client, monkeypatch, django_capture_on_commit_callbacks):
    from django.core.mail import EmailMessage

    def down(self, fail_silently=False):
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailMessage, "send", down)
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(FORM, sent(contact_email="sender@somewhere.example")).status_code == 302
    assert Request.objects.exists()


def test_nobody_can_ask_the_thanks_page_for_another_reference(client):
    factories.request(reference="2024-001")
    assert client.get(reverse("casework:public-request-sent", args=["2024-001"])).status_code == 404
    where = client.post(FORM, sent())["Location"]
    assert client.get(where + "x/").status_code == 404


def test_the_form_speaks_both_languages_and_remembers_which(client):
    dutch = client.get(FORM, headers={"accept-language": "nl"}).content.decode()
    english = client.get(FORM, headers={"accept-language": "en"}).content.decode()
    assert '<html lang="nl">' in dutch
    assert '<html lang="en">' in english
    assert "Your organisation" in english
    client.post(FORM, sent(), headers={"accept-language": "en"})
    assert Request.objects.get().language == "en"


def test_a_filled_trap_is_refused_and_nothing_is_lost(client):
    answer = client.post(FORM, sent(website="http://spam.example"))
    assert "website" in answer.context["form"].errors
    assert "Visit of our council" in answer.content.decode()
    assert not Request.objects.exists()


@pytest.mark.parametrize("seconds", [1, 25 * 60 * 60])
def test_too_quick_or_too_old_a_form_is_asked_to_be_sent_again(client, seconds):
    answer = client.post(FORM, sent(seconds=seconds))
    assert answer.context["form"].non_field_errors()
    assert not Request.objects.exists()
    again = {**sent(), "opened": answer.context["form"]["opened"].value()}
    with time_machine.travel(timezone.now() + timedelta(seconds=10), tick=False):
        assert client.post(FORM, again).status_code == 302


def test_a_made_up_time_is_refused(client):
    answer = client.post(FORM, sent() | {"opened": "opened:1abc:forged"})
    assert answer.context["form"].non_field_errors()
    assert not Request.objects.exists()


def test_an_address_sends_its_number_an_hour_and_no_more(client, settings):
    settings.PUBLIC_FORM_PER_HOUR = 2
    answers = [client.post(FORM, sent(title=f"Visit {n}")).status_code for n in range(3)]
    assert answers == [302, 302, 429]
    assert Request.objects.count() == 2
    assert Client(REMOTE_ADDR="192.0.2.7").post(FORM, sent()).status_code == 302
    with time_machine.travel(timezone.now() + timedelta(hours=1, minutes=1)):
        assert client.post(FORM, sent()).status_code == 302


def test_the_address_itself_is_not_kept(client):
    client.post(FORM, sent())
    assert "127.0.0.1" not in Submission.objects.get().address_hash


@pytest.mark.parametrize(
    ("proxies", "forwarded", "remote", "address"),
    [
        (0, "203.0.113.9", "192.0.2.1", "192.0.2.1"),
        (1, "203.0.113.9", "10.0.0.1", "203.0.113.9"),
        (1, "198.51.100.1, 203.0.113.9", "10.0.0.1", "203.0.113.9"),
        (2, "203.0.113.9", "10.0.0.1", "10.0.0.1"),
        (0, "", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        (1, "rubbish", "10.0.0.1", "unknown"),
    ],
)
def test_an_address_is_what_our_own_proxies_saw(settings, proxies, forwarded, remote, address):
    settings.PROXY_COUNT = proxies
    request = RequestFactory().get("/", REMOTE_ADDR=remote, headers={"x-forwarded-for": forwarded})
    assert address_of(request) == address


def test_more_participants_than_a_delegation_has_are_refused(client):
    answer = client.post(FORM, sent(participants="\n".join("Name" for _ in range(61))))
    assert "participants" in answer.context["form"].errors


WORDS = st.text(alphabet=st.characters(blacklist_categories=["Cs"]), max_size=60)
FIELDS = [
    "asked_by_text",
    "contact_name",
    "contact_email",
    "contact_phone",
    "country",
    "kind",
    "title",
    "description",
    "sector",
    "technology",
    "demand",
    "period_start",
    "period_end",
    "executive_involved",
    "participants",
    "opened",
    "website",
]


@settings(
    deadline=None,
    max_examples=80,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    wild=st.dictionaries(st.sampled_from(FIELDS), st.one_of(WORDS, st.sampled_from(["\x00", "9" * 400, "2024-02-30"])))
)
def test_whatever_is_sent_is_answered_and_never_breaks(client, wild):
    Submission.objects.all().delete()
    assert client.post(FORM, sent() | wild).status_code in (200, 302)


def test_a_requester_follows_the_own_requests_and_no_others(client_for, people):
    requester = client_for(Role.REQUESTER)
    answer = requester.post(reverse("casework:own-request-create"), sent(title="My own visit"), follow=True)
    made = Request.objects.get()
    assert made.submitted_by == people[Role.REQUESTER]
    assert "My own visit" in answer.content.decode()
    other = factories.request(title="Somebody else's", submitted_by=factories.user(Role.REQUESTER))
    assert "My own visit" in requester.get(reverse("casework:own-request-list")).content.decode()
    assert "Somebody else" not in requester.get(reverse("casework:own-request-list")).content.decode()
    assert requester.get(reverse("casework:own-request-detail", args=[other.pk])).status_code == 404
    assert requester.get(reverse("casework:request-detail", args=[made.pk])).status_code == 404


def test_a_requester_sees_what_was_sent_and_not_what_we_think_of_it(client_for, people):
    from hanze.casework import operations

    requester = client_for(Role.REQUESTER)
    requester.post(reverse("casework:own-request-create"), sent(title="As I wrote it"))
    made = Request.objects.get()
    operations.change_request(made, by=people[Role.POLICY_OFFICER], title="As we file it", demand="Our own doubts")
    operations.add_participant(made, by=people[Role.POLICY_OFFICER], name_text="Watched person")
    Request.objects.update(state="advised")
    text = requester.get(reverse("casework:own-request-detail", args=[made.pk]), headers={"accept-language": "en"})
    text = text.content.decode()
    assert "As I wrote it" in text
    assert "We are looking at it" in text
    for inside in ("As we file it", "Our own doubts", "Watched person", "Advised"):
        assert inside not in text


def test_a_requester_withdraws_the_own_request(client_for):
    requester = client_for(Role.REQUESTER)
    requester.post(reverse("casework:own-request-create"), sent())
    made = Request.objects.get()
    requester.post(reverse("casework:own-request-withdraw", args=[made.pk]), {"because": "Plans changed"})
    made.refresh_from_db()
    assert (made.state, made.withdrawn_on) == ("withdrawn", timezone.localdate())


def test_the_next_form_of_a_requester_knows_who_asks(client_for):
    requester = client_for(Role.REQUESTER)
    address = reverse("casework:own-request-create")
    requester.post(address, sent(contact_phone="+86 1"))
    form = requester.get(address).context["form"]
    assert (form["asked_by_text"].value(), form["contact_phone"].value()) == ("City of Somewhere", "+86 1")
