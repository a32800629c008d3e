"""The register's lists."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from hanze.accounts.listing import Cell, Table
from hanze.register import cells
from hanze.register.models import Agreement, Organisation, Person, Relation
from hanze.register.models.relations import DatePrecision

PLACE = ("country__name_nl", "region__name_nl", "city__name_nl")


class OrganisationTable(Table):
    name = Cell(cells.organisation, verbose_name=_("Organisation"))
    kind = Cell(cells.kind, verbose_name=_("Kind"))
    sector = Cell(cells.sector, verbose_name=_("Sector"))
    place = Cell(cells.place, verbose_name=_("Place"), order_by=PLACE)
    own_region = Cell(cells.own_region, verbose_name=_("Region"))

    class Meta:
        model = Organisation
        fields = ("name", "kind", "sector", "place", "own_region")
        order_by = "name"


class PersonTable(Table):
    name = Cell(cells.person, verbose_name=_("Person"))
    posts = Cell(cells.posts, verbose_name=_("Posts held now"), orderable=False)

    class Meta:
        model = Person
        fields = ("name", "posts")
        order_by = "name"


class RelationTable(Table):
    partner = Cell(cells.relation, verbose_name=_("Partner"), order_by="partner__name")
    place = Cell(cells.place, verbose_name=_("Place"), order_by=PLACE)
    kind = Cell(cells.kind, verbose_name=_("Kind"))
    current_status = Cell(cells.status, verbose_name=_("Status"))
    since = Cell(cells.since, verbose_name=_("Since"))
    next_end = Cell(cells.next_end, verbose_name=_("Next end of an agreement"))

    def value_since(self, record: Relation) -> date | str:
        """In an export too no more precise than it is known."""
        if record.since is None:
            return ""
        if record.since_precision == DatePrecision.DAY:
            return record.since
        return f"{record.since:%Y}" if record.since_precision == DatePrecision.YEAR else f"{record.since:%Y-%m}"

    class Meta:
        model = Relation
        fields = ("partner", "place", "kind", "current_status", "since", "next_end")
        order_by = "partner"


class AgreementTable(Table):
    title = Cell(cells.agreement, verbose_name=_("Agreement"))
    kind = Cell(cells.kind, verbose_name=_("Kind"))
    signed_on = Cell(cells.signed_on, verbose_name=_("Signed on"))
    end = Cell(cells.end, verbose_name=_("Valid until"))
    state = Cell(cells.agreement_state, verbose_name=_("State"), orderable=False)

    class Meta:
        model = Agreement
        fields = ("title", "kind", "signed_on", "end", "state")
        order_by = "-signed_on"
