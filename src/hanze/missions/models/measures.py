"""The measures that an advice brings, as a checklist on the activity."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hanze.missions.models.activities import Activity, ActivityDocument
from hanze.register.models import Organisation


class Moment(models.TextChoices):
    BEFORE = "before", _("Before")
    DURING = "during", _("During")
    AFTER = "after", _("After")


class MeasureWords(models.Model):
    """What a measure asks, in the words that the framework had when it came onto the activity."""

    code = models.CharField(max_length=80)
    framework = models.CharField(max_length=80, blank=True)
    line = models.CharField(max_length=80, blank=True)
    label_nl = models.CharField(_("measure"), max_length=250)
    label_en = models.CharField(_("measure in English"), max_length=250)
    moment = models.CharField(_("moment"), max_length=6, choices=Moment.choices)

    class Meta:
        abstract = True

    @property
    def label(self) -> str:
        """The measure in the language in force."""
        return self.label_en if (get_language() or "nl").startswith("en") else self.label_nl


class PartyMeasure(MeasureWords):
    """A measure that holds for every company or foreign organisation that takes part, now or later.

    Each of them has its own `Measure` row; the rows follow the participants.
    """

    class Per(models.TextChoices):
        COMPANY = "company", _("Per company from our own region")
        ORGANISATION = "organisation", _("Per organisation from abroad")

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="party_measures")
    per = models.CharField(max_length=12, choices=Per.choices)

    class Meta(MeasureWords.Meta):
        ordering = ["activity", "pk"]
        verbose_name = _("measure per party")
        verbose_name_plural = _("measures per party")
        constraints = [models.UniqueConstraint(fields=["activity", "code"], name="party_measure_once")]

    def __str__(self) -> str:
        return self.label


class Measure(MeasureWords):
    """One measure on one activity, or on one participating organisation where the framework says so."""

    Moment = Moment

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        DONE = "done", _("Done")
        WAIVED = "waived", _("Waived")

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="measures")
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="measures_owned",
    )
    due_on = models.DateField(_("due on"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=6, choices=State.choices, default=State.OPEN)
    evidence = models.TextField(_("evidence"), blank=True, help_text=_("What shows that it was done."))
    evidence_document = models.ForeignKey(
        ActivityDocument, verbose_name=_("document"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    settled_on = models.DateField(_("settled on"), null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    waived_because = models.TextField(_("reason of waiving"), blank=True)
    lapsed = models.BooleanField(
        _("lapsed"), default=False, editable=False, help_text=_("Waived because the party no longer takes part.")
    )

    class Meta(MeasureWords.Meta):
        ordering = ["activity", F("due_on").asc(nulls_last=True), "pk"]
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        indexes = [models.Index(fields=["state", "due_on"], name="measure_waiting")]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "code", "organisation"], name="measure_once_per_party", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=~Q(state="waived") | ~Q(waived_because=""),
                name="waived_with_a_reason",
                violation_error_message=_("Waiving a measure needs a reason."),
            ),
            models.CheckConstraint(condition=Q(lapsed=False) | Q(state="waived"), name="only_a_waived_measure_lapsed"),
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.organisation}" if self.organisation else self.label
