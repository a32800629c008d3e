"""The lists of requests and contact moments."""

from __future__ import annotations

import django_tables2 as tables
from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from hanze.accounts.listing import Table, TemplateColumn
from hanze.casework.models import ContactMoment, Request


def _cell(code: str) -> str:
    return "{% load i18n hanze %}" + code


class RequestTable(Table):
    """Rows of `queries.request_rows`."""

    title = TemplateColumn(template_name="casework/request/_name.html", verbose_name=_("Request"))
    country = tables.Column(verbose_name=_("Country"), order_by="country__name_nl")
    kind = tables.Column(verbose_name=_("Kind"))
    due_on = TemplateColumn(template_name="casework/request/_term.html", verbose_name=_("Term"))
    state = TemplateColumn(template_name="casework/request/_state.html", verbose_name=_("State"))
    responsible = tables.Column(verbose_name=_("Responsible"), order_by="responsible__name", default="–")

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

    held_on = TemplateColumn(
        _cell("{{ record.held_on|day }}"), verbose_name=_("Date"), attrs={"td": {"class": "nowrap"}}
    )
    subject = TemplateColumn(template_name="casework/contact/_name.html", verbose_name=_("About"))
    organisation_name = TemplateColumn(template_name="casework/contact/_with.html", verbose_name=_("With"))
    country = tables.Column(verbose_name=_("Country"), order_by="country__name_nl", default="–")
    request_reference = TemplateColumn(
        _cell(
            '{% if record.request_reference %}<a href="{% url "casework:request-detail" record.request_id %}">'
            "{{ record.request_reference }}</a>{% else %}–{% endif %}"
        ),
        verbose_name=_("Request"),
    )

    class Meta:
        model = ContactMoment
        fields: tuple[str, ...] = ()
        sequence = ("held_on", "subject", "organisation_name", "country", "request_reference")
