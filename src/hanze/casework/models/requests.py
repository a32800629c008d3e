"""Requests: who asks what, from where, for when, with whom."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hanze.accounts.classification import Classified, ClassifiedQuerySet
from hanze.accounts.models import Role
from hanze.goals.models import Goal, Theme
from hanze.register.documents import Attachment
from hanze.register.models import City, Country, Organisation, Person, Region
from hanze.register.sectors import Sector
from hanze.register.sources import Sourced


class RequestQuerySet(ClassifiedQuerySet):
    def visible_to(self, reader: Any) -> RequestQuerySet:
        """Classified visibility; an external requester sees the own requests whatever their class."""
        seen = super().visible_to(reader)
        if getattr(reader, "is_authenticated", False) and reader.has_role(Role.REQUESTER):
            return seen | self.filter(submitted_by=reader.pk)
        return seen

    def open(self) -> RequestQuerySet:
        """Requests that still ask something of us."""
        return self.filter(state__in=Request.OPEN_STATES)


class Request(Classified, Sourced):
    class Kind(models.TextChoices):
        INCOMING_VISIT = "incoming-visit", _("Incoming visit")
        OUTGOING_MISSION = "outgoing-mission", _("Outgoing mission")
        EVENT = "event", _("Event")
        TALK = "talk", _("Talk")
        INVESTMENT_SUPPORT = "investment-support", _("Investment support")
        OTHER = "other", _("Other")

    class State(models.TextChoices):
        RECEIVED = "received", _("Received")
        IN_ASSESSMENT = "in-assessment", _("In assessment")
        ADVISED = "advised", _("Advised")
        DECIDED = "decided", _("Decided")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        CLOSED = "closed", _("Closed")

    class Channel(models.TextChoices):
        OFFICER = "officer", _("Entered by an officer")
        PUBLIC_FORM = "public-form", _("Public form")
        MAIL = "mail", _("E-mail or letter")

    OPEN_STATES = (State.RECEIVED, State.IN_ASSESSMENT, State.ADVISED)

    reference = models.CharField(_("reference"), max_length=12, unique=True, editable=False)
    title = models.CharField(_("what is asked, in one line"), max_length=250)
    title_en = models.CharField(_("the same in English"), max_length=250, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    channel = models.CharField(max_length=12, choices=Channel.choices, default=Channel.OFFICER)
    language = models.CharField(_("language of the requester"), max_length=5, choices=settings.LANGUAGES, default="nl")

    asked_by = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation that asks"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="requests_asked",
    )
    asked_by_text = models.CharField(
        _("organisation as written"), max_length=250, blank=True, help_text=_("As it stood in the request.")
    )
    on_behalf_of = models.ForeignKey(
        Organisation,
        verbose_name=_("on behalf of"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="requests_on_behalf",
    )
    contact_name = models.CharField(_("contact person"), max_length=200, blank=True)
    contact_email = models.EmailField(_("e-mail address"), blank=True)
    contact_phone = models.CharField(_("telephone"), max_length=40, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="requests_submitted"
    )

    country = models.ForeignKey(Country, verbose_name=_("country"), on_delete=models.PROTECT, related_name="requests")
    region = models.ForeignKey(Region, verbose_name=_("region"), null=True, blank=True, on_delete=models.PROTECT)
    city = models.ForeignKey(City, verbose_name=_("city"), null=True, blank=True, on_delete=models.PROTECT)
    sector = models.CharField(_("sector"), max_length=20, choices=Sector.choices)
    technology = models.CharField(
        _("technology"), max_length=250, blank=True, help_text=_("What is shown, sold or shared, if anything.")
    )
    description = models.TextField(_("the request"), blank=True)
    period_start = models.DateField(_("wished from"), null=True, blank=True)
    period_end = models.DateField(_("wished until"), null=True, blank=True)
    demand = models.TextField(
        _("demand behind it"), blank=True, help_text=_("Which parties from our own region want this, and why.")
    )
    demand_from = models.ManyToManyField(
        Organisation, verbose_name=_("parties from our region behind it"), blank=True, related_name="demands"
    )
    goals = models.ManyToManyField(Goal, verbose_name=_("goals it serves"), blank=True, related_name="requests")
    themes = models.ManyToManyField(Theme, verbose_name=_("themes"), blank=True, related_name="requests")
    executive_involved = models.BooleanField(_("an executive is asked to take part"), default=False)
    supported_investment = models.BooleanField(_("it concerns an investment that we would support"), default=False)

    as_sent = models.JSONField(null=True, blank=True, editable=False)

    received_on = models.DateField(_("received on"))
    due_on = models.DateField(_("decide before"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=14, choices=State.choices, default=State.RECEIVED, editable=False)
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("responsible officer"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="requests_responsible",
    )
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True, editable=False)
    withdrawn_because = models.TextField(_("reason of withdrawal"), blank=True)
    closed_on = models.DateField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = RequestQuerySet.as_manager()

    class Meta(Classified.Meta):
        ordering = ["-received_on", "-reference"]
        verbose_name = _("request")
        verbose_name_plural = _("requests")
        indexes = [
            # With what it takes to know who may see them, so that a deep page passes over the others unopened.
            models.Index(
                *(F("received_on").desc(), F("reference").desc(), "classification", "for_council", "id"),
                name="request_newest",
            ),
            models.Index(fields=["due_on", "reference"], name="request_soonest"),
            # All that a list counts and sorts by, so that it does so without opening the rows.
            models.Index(
                fields=[
                    *("state", "due_on", "reference", "classification", "for_council", "responsible"),
                    *("kind", "country", "sector"),
                ],
                name="request_counted",
            ),
        ]
        constraints = [
            *Classified.Meta.constraints,
            models.CheckConstraint(
                condition=Q(period_end__isnull=True)
                | Q(period_start__isnull=True)
                | Q(period_end__gte=F("period_start")),
                name="request_period_ends_after_start",
                violation_error_message=_("The end lies before the start."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.name}"

    @property
    def name(self) -> str:
        """The title in the language in force, or as it was written where no English was."""
        in_english = (get_language() or "nl").startswith("en")
        return self.title_en if in_english and self.title_en else self.title

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN_STATES

    @property
    def asker(self) -> str:
        """Who asks: the registered organisation, or the name as it was written."""
        return str(self.asked_by) if self.asked_by else self.asked_by_text


class RequestParticipant(models.Model):
    """Someone who would take part: an organisation, a person, or both, with the state of the screening."""

    class Role(models.TextChoices):
        HOST = "host", _("Receiving party")
        DELEGATE = "delegate", _("Member of the delegation")
        COMPANY = "company", _("Company")
        OTHER = "other", _("Other")

    class Screening(models.TextChoices):
        NOT_DONE = "not-done", _("Not screened yet")
        CLEAR = "clear", _("Nothing found")
        OPEN_FINDING = "open-finding", _("Finding under review")
        RESOLVED = "resolved", _("Finding resolved")
        CONFIRMED = "confirmed", _("Finding confirmed")

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="participants")
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey(
        Person, verbose_name=_("person"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    name_text = models.CharField(_("name as written"), max_length=250, blank=True)
    role = models.CharField(_("role"), max_length=12, choices=Role.choices, default=Role.DELEGATE)
    screening = models.CharField(_("screening"), max_length=12, choices=Screening.choices, default=Screening.NOT_DONE)
    screening_note = models.TextField(_("what was found and decided"), blank=True)
    screened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    screened_on = models.DateField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("participant of a request")
        verbose_name_plural = _("participants of requests")
        indexes = [
            models.Index(fields=["screening"], name="participant_screening"),
            models.Index(fields=["name_text", "organisation", "person"], name="participant_as_written"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=False) | Q(person__isnull=False) | ~Q(name_text=""),
                name="participant_has_a_name",
                violation_error_message=_("Name an organisation or a person."),
            )
        ]

    def __str__(self) -> str:
        return ", ".join(str(part) for part in (self.person, self.organisation) if part) or self.name_text

    def clean(self) -> None:
        self.name_text = " ".join(self.name_text.split())


class RequestDocument(Attachment):
    parent_field = "request"
    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="documents")

    class Meta(Attachment.Meta):
        verbose_name = _("document with a request")
        verbose_name_plural = _("documents with requests")
