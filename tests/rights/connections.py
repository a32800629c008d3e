from hanze.audit.models import Event
from hanze.connections import operations
from hanze.connections.models import Delivery
from hanze.register.operations import create_organisation
from tests.connections import making
from tests.rights import ADMINISTRATOR, AUDITOR, EVERYBODY, Row

SEE = {ADMINISTRATOR, AUDITOR}


def _application():
    return {"pk": making.application().pk}


def _token():
    return {"token": making.token(making.application())[0].pk}


def _subscription():
    address, events = "https://region.example/hooks", ["organisation.created"]
    return operations.add_subscription(making.application(), by=None, address=address, events=events)


def _webhook():
    return {"webhook": _subscription().pk}


def _delivery():
    made = operations.switch_on(_subscription(), by=None)
    subject = create_organisation(by=None, name="New", kind="business")
    event = Event.objects.get(name="organisation.created", subject_id=str(subject.pk))
    return {"delivery": Delivery.objects.create(subscription=made, event=event, message_id="msg_1").pk}


ROWS = [
    Row("connections:reference", EVERYBODY, public=True),
    Row("connections:application-list", SEE),
    Row("connections:application-add", {ADMINISTRATOR}),
    Row("connections:application-detail", SEE, _application),
    Row("connections:application-calls", SEE, _application),
    Row("connections:application-close", {ADMINISTRATOR}, _application),
    Row("connections:token-add", {ADMINISTRATOR}, _application),
    Row("connections:token-revoke", {ADMINISTRATOR}, _token),
    Row("connections:webhook-add", {ADMINISTRATOR}, _application),
    Row("connections:webhook-detail", SEE, _webhook),
    Row("connections:webhook-change", {ADMINISTRATOR}, _webhook),
    Row("connections:webhook-switch", {ADMINISTRATOR}, _webhook, post={}),
    Row("connections:webhook-secret", {ADMINISTRATOR}, _webhook),
    Row("connections:delivery-again", {ADMINISTRATOR}, _delivery, post={}),
]
