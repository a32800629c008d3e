"""Webhooks: signed by Standard Webhooks, only what the application may see, tried again, and never into our network."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from hanze.audit.models import Event
from hanze.connections import operations
from hanze.connections.models import Delivery, Subscription
from hanze.connections.operations import deliveries
from hanze.connections.webhooks import addresses, sending, signing
from hanze.connections.webhooks.addresses import AddressError, is_public, target_of
from hanze.connections.webhooks.messages import offered
from hanze.register.operations import create_organisation
from tests.connections.making import application

pytestmark = pytest.mark.django_db
EVENTS = ["organisation.created", "organisation.changed"]


class Receiver(BaseHTTPRequestHandler):
    """Keeps what it is sent and answers as it is told."""

    answers: list[int] = []
    received: list[tuple[dict[str, str], bytes]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.received.append((dict(self.headers), body))
        status = self.answers.pop(0) if self.answers else 200
        self.send_response(status)
        if status in (301, 302, 307):
            self.send_header("Location", "/elsewhere")
        self.end_headers()

    def log_message(self, *arguments: Any) -> None:
        """Say nothing."""


@pytest.fixture
def receiver(settings: Any) -> Iterator[str]:
    """The address of a receiver on this machine, which a setting allows."""
    settings.WEBHOOKS_TO_PRIVATE_ADDRESSES = True
    Receiver.answers, Receiver.received = [], []
    server = HTTPServer(("127.0.0.1", 0), Receiver)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/hooks?of=hanze"
    server.shutdown()
    server.server_close()


def subscription(address: str, role: str = "coordinator", ceiling: str = "internal", on: bool = True) -> Subscription:
    made = operations.add_subscription(application(role, ceiling), by=None, address=address, events=EVENTS)
    return operations.switch_on(made, by=None) if on else made


def happened(capture: Any, **fields: Any) -> Event:
    """Something that webhooks hear of, with what the worker does after it."""
    with capture(execute=True):
        made = create_organisation(by=None, **{"name": "New", "kind": "business", **fields})
    return Event.objects.get(name="organisation.created", subject_id=str(made.pk))


def test_a_message_says_what_happened_by_numbers_only_and_is_signed(
    receiver: str, django_capture_on_commit_callbacks: Any
) -> None:
    made = subscription(receiver)
    event = happened(django_capture_on_commit_callbacks, name="Very special name")
    [(headers, body)] = Receiver.received
    url = f"/api/v1/organisations/{event.subject_id}"
    subject = {"type": "organisations", "id": int(event.subject_id), "url": url}
    told = json.loads(body)
    assert told["type"] == "organisation.created"
    assert told["data"] == {"event": event.pk, "subject": subject}
    assert b"special" not in body
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    key = base64.b64decode(signing.secret_of(made).removeprefix("whsec_"))
    by_hand = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{by_hand}"
    assert Delivery.objects.get().state == "delivered"


def test_a_signature_is_that_of_the_specification() -> None:
    """The example of the Standard Webhooks specification's own libraries."""
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    body = b'{"test": 2432232314}'
    wanted = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    assert signing.signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body) == wanted


def test_the_database_holds_no_secret() -> None:
    made = subscription("https://region.example/hooks")
    stored = str(Subscription.objects.filter(pk=made.pk).values().get()) + str(list(Event.objects.values()))
    assert signing.secret_of(made) not in stored
    assert signing.secret_of(made).removeprefix("whsec_") not in stored


def test_a_new_secret_signs_from_then_on() -> None:
    made = subscription("https://region.example/hooks")
    before = signing.secret_of(made)
    assert operations.renew_secret(made, by=None) != before


def test_off_until_it_is_switched_on(receiver: str, django_capture_on_commit_callbacks: Any) -> None:
    subscription(receiver, on=False)
    happened(django_capture_on_commit_callbacks)
    assert Receiver.received == []
    assert not Delivery.objects.exists()


@pytest.mark.parametrize("hidden", ["confidential", "restricted"])
def test_of_what_the_application_may_not_see_there_is_no_message_at_all(
    hidden: str, receiver: str, django_capture_on_commit_callbacks: Any
) -> None:
    subscription(receiver, ceiling="internal")
    happened(django_capture_on_commit_callbacks, classification=hidden)
    assert Receiver.received == []
    assert not Delivery.objects.exists()


def test_what_became_hidden_in_the_meantime_is_withheld(receiver: str, django_capture_on_commit_callbacks: Any) -> None:
    subscription(receiver)
    made = create_organisation(by=None, name="New", kind="business")
    made.classification = "restricted"
    made.save()
    delivery = deliveries.attempt(Delivery.objects.get())
    assert delivery.state == "withheld"
    assert Receiver.received == []


def test_a_failure_is_tried_again_later_each_time_longer(
    receiver: str, django_capture_on_commit_callbacks: Any
) -> None:
    subscription(receiver)
    Receiver.answers = [500, 302, 200]
    happened(django_capture_on_commit_callbacks)
    delivery = Delivery.objects.get()
    waits = []
    for _ in range(2):
        assert delivery.state == "waiting"
        waits.append(round((delivery.next_try_at - timezone.now()).total_seconds()))
        delivery = deliveries.attempt(Delivery.objects.get())
    assert waits == [10, 60]
    assert delivery.state == "delivered"
    assert list(delivery.attempts.order_by("pk").values_list("status", flat=True)) == [500, 302, 200]
    assert len({headers["webhook-id"] for headers, _body in Receiver.received}) == 1


def test_a_redirect_is_not_followed(receiver: str, django_capture_on_commit_callbacks: Any) -> None:
    subscription(receiver)
    Receiver.answers = [307]
    happened(django_capture_on_commit_callbacks)
    assert len(Receiver.received) == 1


def test_after_the_last_try_the_webhook_is_switched_off_and_the_log_says_so(
    receiver: str, django_capture_on_commit_callbacks: Any
) -> None:
    made = subscription(receiver)
    Receiver.answers = [500] * 20
    happened(django_capture_on_commit_callbacks)
    for _ in deliveries.WAITS:
        deliveries.attempt(Delivery.objects.select_related("subscription").get())
    made.refresh_from_db()
    assert (Delivery.objects.get().state, made.state) == ("given-up", "failed")
    assert Delivery.objects.get().tries == len(deliveries.WAITS) + 1
    assert Event.objects.filter(name="webhook.failed").count() == 1
    Receiver.answers = []
    with pytest.raises(ValidationError):
        operations.redeliver(Delivery.objects.get(), by=None)
    operations.switch_on(made, by=None)
    with django_capture_on_commit_callbacks(execute=True):
        operations.redeliver(Delivery.objects.select_related("subscription__application").get(), by=None)
    assert Delivery.objects.get().state == "delivered"


def test_what_another_worker_left_lying_is_taken_up(receiver: str, django_capture_on_commit_callbacks: Any) -> None:
    subscription(receiver)
    create_organisation(by=None, name="Left lying", kind="business")
    Delivery.objects.update(next_try_at=timezone.now() - timedelta(hours=1))
    happened(django_capture_on_commit_callbacks)
    assert set(Delivery.objects.values_list("state", flat=True)) == {"delivered"}


def test_closing_the_application_ends_its_messages(receiver: str, django_capture_on_commit_callbacks: Any) -> None:
    made = subscription(receiver)
    operations.close_application(made.application, by=None, because="No longer used")
    happened(django_capture_on_commit_callbacks)
    assert Receiver.received == []


@pytest.mark.parametrize(
    "number",
    [
        "127.0.0.1",
        "10.1.2.3",
        "192.168.1.1",
        "172.16.0.1",
        "169.254.169.254",
        "0.0.0.0",
        "224.0.0.1",
        "100.64.0.1",
        "::1",
        "fe80::1",
        "fd00::1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "2002:7f00:1::",
        "64:ff9b::7f00:1",
        "255.255.255.255",
    ],
)
def test_a_number_of_a_private_network_is_never_public(number: str) -> None:
    assert not is_public(number)


@pytest.mark.parametrize("number", ["8.8.8.8", "2001:4860:4860::8888"])
def test_a_number_of_the_internet_is_public(number: str) -> None:
    assert is_public(number)


def test_a_name_that_leads_into_our_network_is_not_gone_to(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(0, 0, 0, "", ("8.8.8.8", 443)), (0, 0, 0, "", ("10.0.0.1", 443))]
    monkeypatch.setattr(addresses.socket, "getaddrinfo", lambda *_arguments, **_named: found)
    with pytest.raises(AddressError):
        addresses.numbers_of(target_of("https://region.example/"))


def test_what_is_gone_to_is_the_number_that_was_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that points elsewhere a moment later does not lead anywhere else."""
    asked: list[Any] = []

    def refuse(address: Any, timeout: float) -> Any:
        asked.append(address)
        raise OSError("nobody there")

    found = [(0, 0, 0, "", ("8.8.8.8", 443))]
    monkeypatch.setattr(addresses.socket, "getaddrinfo", lambda *_arguments, **_named: found)
    monkeypatch.setattr(sending.socket, "create_connection", refuse)
    with pytest.raises(OSError, match="nobody there"):
        sending.post("https://region.example/hooks", b"{}", {})
    assert asked == [("8.8.8.8", 443)]


@pytest.mark.parametrize(
    "address",
    [
        "http://region.example/",
        "ftp://region.example/",
        "https://user:word@region.example/",
        "https:///hooks",
        "https://region.example:99999/",
        "file:///etc/passwd",
        "https://region.example/#part",
        "https://region.example/a\nb",
    ],
)
def test_an_address_that_no_webhook_goes_to_is_refused_at_the_field(address: str) -> None:
    with pytest.raises(ValidationError) as refused:
        operations.add_subscription(application(), by=None, address=address, events=EVENTS)
    assert set(refused.value.message_dict) == {"address"}


def test_only_events_of_records_in_the_api_are_offered() -> None:
    names = offered()
    assert {"request.decided", "activity.cancelled", "relation.status-set"} <= set(names)
    assert not [name for name in names if name.startswith(("account.", "record.", "finding.", "token.", "webhook."))]
    with pytest.raises(ValidationError):
        operations.add_subscription(
            application(), by=None, address="https://region.example/", events=["account.created"]
        )


def test_the_worker_finds_a_failed_message_when_its_time_has_come(
    receiver: str, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    """With the tasks of the product, which wait in the database; those of the tests are done at once."""
    from django_tasks_db.models import DBTaskResult

    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
    subscription(receiver)
    Receiver.answers = [503]
    create_organisation(by=None, name="New", kind="business")
    with django_capture_on_commit_callbacks(execute=True):
        delivery = deliveries.attempt(Delivery.objects.get())
    waiting = DBTaskResult.objects.get()
    assert waiting.args_kwargs["kwargs"] == {"delivery": delivery.pk}
    assert waiting.run_after == delivery.next_try_at
