"""Relations and agreements."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hanze.register.duplicates import Named
from hanze.register.models import Agreement, Organisation, Relation, RelationStatus
from hanze.register.operations import change_agreement, change_relation, create_agreement, create_relation
from hanze.sheets.kinds.base import (
    Field,
    Kind,
    Making,
    Match,
    Values,
    choice,
    colleague,
    day,
    long_text,
    make_party,
    parties,
    party,
    settle_day,
    settle_place,
    tell_new,
    text,
    today_or,
)
from hanze.sheets.kinds.parties import CLASSIFICATION, COUNTRY, REGION, organisation_kind
from hanze.sheets.known import Known, Party

RELATION_WORDS = {
    "stedenband": "sister", "zusterstad": "sister", "zusterband": "sister", "zusterregio": "sister", "sister": "sister",
    "vriendschap": "symbolic", "vriendschapsband": "symbolic", "partnerstad": "sister", "symbolisch": "symbolic",
    "project": "project", "projectmatig": "project", "samenwerking": "project", "mou": "project",
    "incidenteel": "incidental", "uitwisseling": "incidental", "ad hoc": "incidental", "netwerk": "project",
}  # fmt: skip
STATUS_WORDS = {
    "j": "active", "x": "active", "n": "ended", "actief": "active", "lopend": "active", "ja": "active",
    "active": "active", "slapend": "dormant",
    "slaapt": "dormant", "inactief": "dormant", "stil": "dormant", "beëindigd": "ended", "beeindigd": "ended",
    "gestopt": "ended", "nee": "ended", "ended": "ended", "verkenning": "exploring", "verkennend": "exploring",
    "in onderzoek": "exploring", "afbouw": "winding-down", "wordt afgebouwd": "winding-down", "omgezet": "transformed",
}  # fmt: skip
AGREEMENT_WORDS = {
    "mou": "mou", "memorandum": "mou", "intentieverklaring": "letter-of-intent", "loi": "letter-of-intent",
    "letter of intent": "letter-of-intent", "intentie": "letter-of-intent", "contract": "contract",
    "overeenkomst": "contract", "convenant": "contract", "verklaring": "declaration", "declaratie": "declaration",
    "pact": "declaration",
}  # fmt: skip

RESPONSIBLE = Field(
    "responsible",
    gettext_lazy("responsible officer"),
    colleague,
)


class Relations(Kind):
    code = "relations"
    label = gettext_lazy("Relations")
    model = Relation
    permission = "register.create_relation"
    claims = True
    sheet_words = ("relaties", "relations", "banden", "stedenbanden", "vriendschapsrelaties", "partnersteden")
    plain = ("kind", "country", "region", "city", "since", "purpose", "purpose_en", "responsible", "classification")
    fields = (
        Field("partner", gettext_lazy("partner"), party, required=True),
        Field(
            "kind", gettext_lazy("kind"), choice(Relation.Kind, RELATION_WORDS), required=True, choices=Relation.Kind
        ),
        COUNTRY,
        REGION,
        Field("city", gettext_lazy("city"), text()),
        Field("since", gettext_lazy("since"), day),
        Field(
            "status",
            gettext_lazy("status"),
            choice(RelationStatus.Status, STATUS_WORDS),
            required=True,
            choices=RelationStatus.Status,
        ),
        Field("status_since", gettext_lazy("status since"), day),
        Field("decided_by", gettext_lazy("decided by"), text(200)),
        Field("reason", gettext_lazy("reason"), long_text),
        Field("purpose", gettext_lazy("purpose"), long_text, many=True),
        Field("purpose_en", gettext_lazy("purpose in English"), long_text),
        RESPONSIBLE,
        CLASSIFICATION,
        Field(
            "party_kind",
            gettext_lazy("what partners are that are new"),
            organisation_kind,
            choices=Organisation.Kind,
            only_for_all=True,
            default="government",
        ),
    )

    def title(self, values: Values) -> str:
        return str(values.get("partner") or "")

    def complete(self, values: Values, known: Known) -> None:
        settle_place(values, known)
        named: Party | None = values.get("partner")
        if named is not None and values.get("country") is not None:
            values.given["partner"] = named = known.party(named.name, values.get("country"))
        settle_day(values, "since", "since_precision")
        settle_day(values, "status_since")
        tell_new(values, "partner", known)
        has_country = named is not None and (named.key or -1) > 0
        has_country = has_country and Organisation.objects.filter(pk=named.key, country__isnull=False).exists()  # type: ignore[union-attr]
        if values.get("country") is None and "country" not in values.failed and not has_country:
            values.wrong("country", _("The country is not known; give it here or with the partner."))

    def match(self, values: Values, known: Known) -> Match:
        named: Party | None = values.get("partner")
        keys = known.relations.get(named.key, []) if named and named.key is not None else []
        return Match(keys[0]) if len(keys) == 1 else Match(likely=[(key, 100.0) for key in keys])

    def expect(self, values: Values, key: int, known: Known) -> None:
        named: Party = values.given["partner"]
        partner = known.expected(named, values.get("country"))
        known.relations[partner].append(key)

    def make(self, values: Values, making: Making) -> list[models.Model]:
        made: list[models.Model] = []
        kind = values.get("party_kind", "government")
        partner = make_party(values.given["partner"], making, kind, made, values.get("country"))
        own = {name: values.given[name] for name in (*self.plain, "since_precision") if name in values.given}
        own.setdefault("classification", partner.classification)
        status: dict[str, Any] = {
            "status": values.given["status"],
            "status_since": values.get("status_since") or values.get("since") or today_or(making.known),
            "decided_by": values.get("decided_by") or _("Not recorded"),
            "reason": values.get("reason") or _("Taken over from %(source)s") % {"source": making.source},
        }
        return [*made, create_relation(by=making.by, partner=partner, **status, **own, **making.sourced)]

    def change(self, record: Any, fields: dict[str, Any], making: Making) -> list[models.Model]:
        change_relation(record, by=making.by, **fields)
        return []

    def extra_differences(self, record: Any, values: Values) -> dict[str, tuple[Any, Any]]:
        """The status, which is a fact of its own; a status that is chosen for all rows says nothing of this one."""
        now = record.status_on(timezone.localdate())
        stands, says = now.status if now else "", values.get("status", "")
        return {"status": (stands, says)} if says and says != stands and "status" not in values.for_all else {}


class Agreements(Kind):
    code = "agreements"
    label = gettext_lazy("Agreements")
    model = Agreement
    permission = "register.create_agreement"
    claims = True
    sheet_words = ("overeenkomsten", "agreements", "mou", "mou's", "contracten", "convenanten")
    plain = ("title", "kind", "parties", "subject", "signed_on", "valid_until", "classification")
    fields = (
        Field("title", gettext_lazy("title"), text(), required=True),
        Field(
            "kind", gettext_lazy("kind"), choice(Agreement.Kind, AGREEMENT_WORDS), required=True, choices=Agreement.Kind
        ),
        Field("parties", gettext_lazy("parties"), parties, required=True),
        Field("signed_on", gettext_lazy("signed on"), day, required=True),
        Field("valid_until", gettext_lazy("valid until"), day),
        Field("subject", gettext_lazy("subject"), long_text, many=True),
        CLASSIFICATION,
        Field(
            "party_kind",
            gettext_lazy("what parties are that are new"),
            organisation_kind,
            choices=Organisation.Kind,
            only_for_all=True,
            default="government",
        ),
    )

    def complete(self, values: Values, known: Known) -> None:
        settle_day(values, "signed_on")
        settle_day(values, "valid_until", last=True)
        found: list[Party] = values.get("parties") or []
        own = known.home
        if found and own is not None and own.pk not in {each.key for each in found} and len(found) == 1:
            values.given["parties"] = [Party(own.name, own.pk), *found]
            values.say("parties", _("Our own organisation is the other party."))
        elif len(found) == 1:
            values.wrong("parties", _("An agreement has at least two parties; put a semicolon between them."))
        tell_new(values, "parties", known)

    def match(self, values: Values, known: Known) -> Match:
        title, signed = values.get("title", ""), values.get("signed_on")
        equal = sorted(set(known.agreements.equal(title)))
        on_the_day = [key for key in equal if known.signed.get(key) == signed]
        if len(on_the_day) == 1 or len(equal) == 1:
            return Match((on_the_day or equal)[0])
        alike = [hit for hit in known.agreements.alike(title) if known.signed.get(hit.key) == signed]
        return Match(likely=[(hit.key, hit.likeness) for hit in alike] or [(key, 100.0) for key in equal])

    def expect(self, values: Values, key: int, known: Known) -> None:
        known.agreements.add(Named(key, (values.get("title", ""),), None))
        known.signed[key] = values.given["signed_on"]
        for each in values.get("parties") or []:
            known.expected(each)

    def make(self, values: Values, making: Making) -> list[models.Model]:
        made: list[models.Model] = []
        kind = values.get("party_kind", "government")
        signers = [make_party(each, making, kind, made) for each in values.given["parties"]]
        own = {name: values.given[name] for name in self.plain if name in values.given and name != "parties"}
        own.setdefault("classification", making.classification)
        relation = next((keys[0] for each in signers if (keys := making.known.relations.get(each.pk))), None)
        related = Relation.objects.filter(pk=relation).first() if relation else None
        agreement = create_agreement(by=making.by, parties=signers, relation=related, **own, **making.sourced)
        return [*made, agreement]

    def change(self, record: Any, fields: dict[str, Any], making: Making) -> list[models.Model]:
        change_agreement(record, by=making.by, **fields)
        return []

    def resolve(self, fields: dict[str, Any], values: Values, making: Making) -> list[models.Model]:
        made: list[models.Model] = []
        if "parties" in fields:
            kind = values.get("party_kind", "government")
            fields["parties"] = [make_party(each, making, kind, made) for each in fields["parties"]]
        return made
