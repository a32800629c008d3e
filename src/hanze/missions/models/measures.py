"""The measures that an advice brings, as a checklist on the activity."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hanze.missions.models.activities import Activity, ActivityDocument
from hanze.register.models import Organisation


class Measure(models.Model):
    """One measure on one activity, or on one participating organisation where the framework says so.

    The words are kept as the framework had them when the measure came onto the activity.
    """

    class Moment(models.TextChoices):
        BEFORE = "before", _("Before")
        DURING = "during", _("During")
        AFTER = "after", _("After")

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        DONE = "done", _("Done")
        WAIVED = "waived", _("Waived")

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="measures")
    code = models.CharField(max_length=80)
    framework = models.CharField(max_length=80, blank=True)
    line = models.CharField(max_length=80, blank=True)
    label_nl = models.CharField(_("measure"), max_length=250)
    label_en = models.CharField(_("measure in English"), max_length=250)
    moment = models.CharField(_("moment"), max_length=6, choices=Moment.choices)
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

    class Meta:
        ordering = ["activity", "due_on", "pk"]
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "code", "organisation"], name="measure_once_per_party", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=~Q(state="waived") | ~Q(waived_because=""),
                name="waived_with_a_reason",
                violation_error_message=_("Waiving a measure needs a reason."),
            ),
        ]

    def __str__(self) -> str:
        label = self.label_en if (get_language() or "nl").startswith("en") else self.label_nl
        return f"{label}: {self.organisation}" if self.organisation else label
