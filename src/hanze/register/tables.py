"""The register's lists."""

from __future__ import annotations

from datetime import date

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from hanze.accounts.listing import TemplateColumn
from hanze.register.models import Agreement, Organisation, Person, Relation
from hanze.register.models.relations import DatePrecision


class OrganisationTable(tables.Table):
    name = TemplateColumn(template_name="register/cells/organisation.html", verbose_name=_("Organisation"))
    kind = tables.Column(verbose_name=_("Kind"))
    sector = tables.Column(verbose_name=_("Sector"), default="–")
    place = TemplateColumn(
        template_name="register/cells/place.html",
        verbose_name=_("Place"),
        order_by=("country__name_nl", "region__name_nl", "city__name_nl"),
    )
    own_region = TemplateColumn(template_name="register/cells/own_region.html", verbose_name=_("Region"))

    class Meta:
        model = Organisation
        fields = ("name", "kind", "sector", "place", "own_region")
        order_by = "name"


class PersonTable(tables.Table):
    name = TemplateColumn(template_name="register/cells/person.html", verbose_name=_("Person"))
    posts = TemplateColumn(template_name="register/cells/posts.html", verbose_name=_("Posts held now"), orderable=False)

    class Meta:
        model = Person
        fields = ("name", "posts")
        order_by = "name"


class RelationTable(tables.Table):
    partner = TemplateColumn(
        template_name="register/cells/relation.html", verbose_name=_("Partner"), order_by="partner__name"
    )
    place = TemplateColumn(
        template_name="register/cells/place.html",
        verbose_name=_("Place"),
        order_by=("country__name_nl", "region__name_nl", "city__name_nl"),
    )
    kind = tables.Column(verbose_name=_("Kind"))
    current_status = TemplateColumn(template_name="register/cells/status.html", verbose_name=_("Status"))
    since = TemplateColumn(
        "{% load hanze %}{{ record.since|day:record.since_precision|default:'–' }}", verbose_name=_("Since")
    )
    next_end = TemplateColumn(
        "{% load hanze %}{% if record.next_end %}{% when record.next_end %}{% else %}–{% endif %}",
        verbose_name=_("Next end of an agreement"),
    )

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


class AgreementTable(tables.Table):
    title = TemplateColumn(template_name="register/cells/agreement.html", verbose_name=_("Agreement"))
    kind = tables.Column(verbose_name=_("Kind"))
    signed_on = TemplateColumn("{% load hanze %}{{ record.signed_on|day }}", verbose_name=_("Signed on"))
    end = TemplateColumn(template_name="register/cells/end.html", verbose_name=_("Valid until"))
    state = TemplateColumn(
        template_name="register/cells/agreement_state.html", verbose_name=_("State"), orderable=False
    )

    class Meta:
        model = Agreement
        fields = ("title", "kind", "signed_on", "end", "state")
        order_by = "-signed_on"
