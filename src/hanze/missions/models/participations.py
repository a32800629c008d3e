"""Who took part in an activity, and who withdrew and why."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hanze.missions.models.activities import Activity
from hanze.register.models import Organisation, Person
from hanze.register.sources import Sourced


class Participation(Sourced):
    class Role(models.TextChoices):
        PARTICIPANT = "participant", _("Participant")
        HOST = "host", _("Host")
        ORGANISER = "organiser", _("Organiser")
        SPEAKER = "speaker", _("Speaker")
        DELEGATE = "delegate", _("Member of the foreign delegation")

    class State(models.TextChoices):
        REGISTERED = "registered", _("Registered")
        ATTENDED = "attended", _("Took part")
        WITHDREW = "withdrew", _("Withdrew")

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="participations")
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="participations",
    )
    person = models.ForeignKey(
        Person, verbose_name=_("person"), null=True, blank=True, on_delete=models.PROTECT, related_name="participations"
    )
    role = models.CharField(_("role"), max_length=12, choices=Role.choices, default=Role.PARTICIPANT)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.REGISTERED)
    withdrew_on = models.DateField(_("withdrew on"), null=True, blank=True)
    withdrew_because = models.TextField(_("reason of withdrawing"), blank=True)
    note = models.CharField(_("note"), max_length=250, blank=True)

    class Meta(Sourced.Meta):
        # Said for both databases alike: who has no person comes first, who has no organisation last.
        ordering = [F("organisation__name").asc(nulls_last=True), F("person__name").asc(nulls_first=True), "pk"]
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=False) | Q(person__isnull=False),
                name="participation_has_a_party",
                violation_error_message=_("Name an organisation or a person."),
            ),
            models.UniqueConstraint(
                fields=["activity", "organisation", "person", "role"],
                name="participates_once_per_role",
                nulls_distinct=False,
                violation_error_message=_("This party already takes part in this role."),
            ),
        ]

    def __str__(self) -> str:
        return ", ".join(str(part) for part in (self.person, self.organisation) if part)
