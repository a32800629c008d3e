"""The lists of requests and contact moments."""

from __future__ import annotations

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from hanze.accounts.listing import Cell, Table
from hanze.casework import cells
from hanze.casework.models import ContactMoment, Request


class RequestTable(Table):
    """Rows of `queries.request_rows`."""

    title = Cell(cells.request_name, verbose_name=_("Request"))
    country = Cell(cells.country, verbose_name=_("Country"), order_by="country__name_nl")
    kind = Cell(cells.kind, verbose_name=_("Kind"))
    due_on = Cell(cells.request_term, verbose_name=_("Term"))
    state = Cell(cells.request_state, verbose_name=_("State"))
    responsible = Cell(cells.responsible, verbose_name=_("Responsible"), order_by="responsible__name")

    class Meta:
        model = Request
        fields: tuple[str, ...] = ()
        sequence = ("title", "country", "kind", "due_on", "state", "responsible")

    def order_due_on(self, requests: QuerySet[Request], descending: bool) -> tuple[QuerySet[Request], bool]:
        """What has no term comes last, whichever way the list is turned."""
        term = F("due_on").desc(nulls_last=True) if descending else F("due_on").asc(nulls_last=True)
        return requests.order_by(term, "reference"), True


class ContactTable(Table):
    """Rows of `queries.contact_rows`."""

    held_on = Cell(cells.held_on, verbose_name=_("Date"), attrs={"td": {"class": "nowrap"}})
    subject = Cell(cells.contact_subject, verbose_name=_("About"))
    organisation_name = Cell(cells.contact_with, verbose_name=_("With"))
    country = Cell(cells.country, verbose_name=_("Country"), order_by="country__name_nl")
    request_reference = Cell(cells.contact_request, verbose_name=_("Request"))

    class Meta:
        model = ContactMoment
        fields: tuple[str, ...] = ()
        sequence = ("held_on", "subject", "organisation_name", "country", "request_reference")
