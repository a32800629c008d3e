"""Delegations, missions, events, talks and working visits, with programme, topics and costs."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hanze.accounts.addresses import address
from hanze.accounts.classification import Classified
from hanze.casework.models import ContactMoment, Request
from hanze.goals.models import Goal, Theme
from hanze.register.documents import Attachment
from hanze.register.models import Agreement, City, Country, Organisation, Region
from hanze.register.models.relations import DatePrecision
from hanze.register.sectors import Sector
from hanze.register.sources import Sourced


class Activity(Classified, Sourced):
    class Kind(models.TextChoices):
        INCOMING_DELEGATION = "incoming-delegation", _("Incoming delegation")
        OUTGOING_MISSION = "outgoing-mission", _("Outgoing mission")
        EVENT = "event", _("Event")
        TALK = "talk", _("Talk")
        WORKING_VISIT = "working-visit", _("Working visit")

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        CONFIRMED = "confirmed", _("Confirmed")
        HELD = "held", _("Held")
        CLOSED = "closed", _("Closed")
        CANCELLED = "cancelled", _("Cancelled")

    class Publication(models.TextChoices):
        NONE = "none", _("Not for publication")
        TO_PUBLISH = "to-publish", _("To be published")
        PUBLISHED = "published", _("Published")

    title = models.CharField(_("title"), max_length=250)
    title_en = models.CharField(_("title in English"), max_length=250, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    is_exploratory = models.BooleanField(
        _("exploratory"), default=False, help_text=_("A talk to get to know the field, counted beside the activities.")
    )
    request = models.ForeignKey(
        Request, verbose_name=_("request"), null=True, blank=True, on_delete=models.PROTECT, related_name="activities"
    )
    framework = models.CharField(_("framework"), max_length=80, blank=True)
    framework_version = models.DateField(null=True, blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    date_precision = models.CharField(
        _("known to the"), max_length=5, choices=DatePrecision.choices, default=DatePrecision.DAY
    )
    country = models.ForeignKey(
        Country,
        verbose_name=_("partner country"),
        on_delete=models.PROTECT,
        related_name="activities",
        help_text=_("The country that it is with, wherever it takes place."),
    )
    partners = models.ManyToManyField(
        Organisation, verbose_name=_("foreign partners"), blank=True, related_name="activities_as_partner"
    )
    sector = models.CharField(_("sector"), max_length=20, choices=Sector.choices)
    themes = models.ManyToManyField(Theme, verbose_name=_("themes"), blank=True, related_name="activities")
    goals = models.ManyToManyField(Goal, verbose_name=_("goals it serves"), blank=True, related_name="activities")
    aim = models.TextField(_("aim"), blank=True)
    aim_en = models.TextField(_("aim in English"), blank=True)
    results = models.TextField(_("results"), blank=True)
    results_en = models.TextField(_("results in English"), blank=True)
    leader = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("led by (executive)"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="activities_led",
    )
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("responsible officer"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="activities_responsible",
    )
    agreements = models.ManyToManyField(
        Agreement, verbose_name=_("agreements signed"), blank=True, related_name="activities"
    )
    contact_moments = models.ManyToManyField(
        ContactMoment, verbose_name=_("contact moments"), blank=True, related_name="activities"
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PLANNED, editable=False)
    cancelled_because = models.TextField(_("reason of cancellation"), blank=True)
    publication = models.CharField(
        _("publication"), max_length=12, choices=Publication.choices, default=Publication.NONE
    )
    public_report = models.TextField(_("public report"), blank=True)
    public_report_en = models.TextField(_("public report in English"), blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta(Classified.Meta, Sourced.Meta):
        ordering = ["-starts_on", "title"]
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        indexes = [
            # With the classes, so that a page far down the list walks there without opening the rows before it.
            models.Index(F("starts_on").desc(), "title", "id", "classification", "for_council", name="activity_newest"),
            # With what it takes to know who may see them, so that a deep page passes over the others unopened.
            models.Index(fields=["starts_on", "id", "ends_on", "classification", "for_council"], name="activity_days"),
            # All that a list counts by, so that it counts without opening the rows; SQLite has the key in every index.
            models.Index(
                fields=[
                    *("state", "ends_on", "classification", "for_council"),
                    *("kind", "country", "sector", "leader", "starts_on", "id"),
                ],
                name="activity_counted",
            ),
        ]
        constraints = [
            *Classified.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="activity_ends_after_it_starts",
                violation_error_message=_("The end lies before the start."),
            ),
        ]

    def __str__(self) -> str:
        return self.in_language("title")

    def get_absolute_url(self) -> str:
        return address("missions:activity-detail", self.pk)

    def in_language(self, field: str) -> str:
        """The text of `field` in the language in force, or in Dutch where no English was written."""
        english = getattr(self, f"{field}_en")
        return english if english and (get_language() or "nl").startswith("en") else getattr(self, field)

    @property
    def aim_in_language(self) -> str:
        return self.in_language("aim")

    @property
    def results_in_language(self) -> str:
        return self.in_language("results")


class ActivityPlace(models.Model):
    """A place that the activity visits or is held at, in order."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="places")
    order = models.PositiveSmallIntegerField(default=0)
    country = models.ForeignKey(Country, verbose_name=_("country"), on_delete=models.PROTECT, related_name="+")
    region = models.ForeignKey(Region, verbose_name=_("region"), null=True, blank=True, on_delete=models.PROTECT)
    city = models.ForeignKey(City, verbose_name=_("city"), null=True, blank=True, on_delete=models.PROTECT)
    venue = models.CharField(_("venue"), max_length=200, blank=True)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("place of an activity")
        verbose_name_plural = _("places of activities")

    def __str__(self) -> str:
        return ", ".join(str(part) for part in (self.venue, self.city, self.region) if part) or str(self.country)


class ProgrammeItem(models.Model):
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="programme")
    day = models.DateField(_("day"))
    starts_at = models.TimeField(_("from"), null=True, blank=True)
    ends_at = models.TimeField(_("until"), null=True, blank=True)
    title = models.CharField(_("what"), max_length=250)
    place = models.CharField(_("where"), max_length=200, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        ordering = ["day", F("starts_at").asc(nulls_first=True), "pk"]
        verbose_name = _("programme item")
        verbose_name_plural = _("programme items")

    def __str__(self) -> str:
        return self.title


class Topic(Sourced):
    """A subject that was raised: by whom, with which message, and what the other side said."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="topics")
    subject = models.CharField(_("topic"), max_length=200)
    subject_en = models.CharField(_("topic in English"), max_length=200, blank=True)
    line = models.CharField(_("line of action"), max_length=80, blank=True)
    raised_by = models.CharField(_("raised by"), max_length=200, blank=True)
    message = models.TextField(_("our message"), blank=True)
    response = models.TextField(_("their answer"), blank=True)

    class Meta(Sourced.Meta):
        ordering = ["pk"]
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def __str__(self) -> str:
        if self.subject_en and (get_language() or "nl").startswith("en"):
            return self.subject_en
        return self.subject


class Cost(models.Model):
    class Category(models.TextChoices):
        TRAVEL = "travel", _("Travel")
        STAY = "stay", _("Stay")
        PROGRAMME = "programme", _("Programme and venue")
        GIFTS = "gifts", _("Gifts and hospitality")
        STAFF = "staff", _("Staff")
        OTHER = "other", _("Other")

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="costs")
    category = models.CharField(_("category"), max_length=10, choices=Category.choices)
    amount = models.DecimalField(_("amount in euros"), max_digits=12, decimal_places=2)
    description = models.CharField(_("description"), max_length=250, blank=True)
    paid_by = models.CharField(_("paid by"), max_length=200, blank=True, help_text=_("Empty: our own organisation."))

    class Meta:
        ordering = ["category", "pk"]
        verbose_name = _("cost")
        verbose_name_plural = _("costs")
        constraints = [models.CheckConstraint(condition=Q(amount__gte=0), name="cost_is_not_negative")]

    def __str__(self) -> str:
        return f"{self.get_category_display()}: {self.amount}"


class ActivityDocument(Attachment):
    parent_field = "activity"
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="documents")

    class Meta(Attachment.Meta):
        verbose_name = _("document with an activity")
        verbose_name_plural = _("documents with activities")
