"""Who is screened: an organisation, a person, or a name as it was written with a request."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hanze.accounts.among import Among
from hanze.register.models import Organisation, Person
from hanze.watchlists.people import with_a_hidden_name


class SubjectQuerySet(models.QuerySet["Subject"]):
    def current(self) -> SubjectQuerySet:
        """Who is screened: not those that went up in another party, nor persons who were erased."""
        return self.filter(merged_into=None, forgotten_at=None)

    def visible_to(self, reader: Any) -> SubjectQuerySet:
        """The parties whose name `reader` may be told: a visible record, or a name in a case that she may see."""
        organisations = Among(Organisation.objects.visible_to, reader, "organisation")
        persons = Among(Person.objects.visible_to, reader, "person")
        named = ~Q(name_text="") & ~with_a_hidden_name(reader)
        return self.filter(Q(organisations) | Q(persons) | named)


class Subject(models.Model):
    """One party under screening, with where it stands. Findings, runs and verdicts hang on it."""

    class State(models.TextChoices):
        NOT_SCREENED = "not-screened", _("Not screened")
        CLEAR = "clear", _("Nothing found")
        OPEN = "open", _("Findings open")
        RESOLVED = "resolved", _("Not the same")
        CONFIRMED = "confirmed", _("Confirmed")

    organisation = models.OneToOneField(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="screening_subject"
    )
    person = models.OneToOneField(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="screening_subject"
    )
    name_text = models.CharField(_("name as written"), max_length=250, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.NOT_SCREENED)
    fingerprint = models.CharField(max_length=64, blank=True)
    screened_at = models.DateTimeField(_("screened"), null=True, blank=True)
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="taken_in")
    forgotten_at = models.DateTimeField(_("erased"), null=True, blank=True)

    objects = SubjectQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("party under screening")
        verbose_name_plural = _("parties under screening")
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=False, person__isnull=True, name_text="")
                | Q(organisation__isnull=True, person__isnull=False, name_text="")
                | (Q(organisation__isnull=True, person__isnull=True) & ~Q(name_text="")),
                name="subject_is_one_party",
            ),
            models.UniqueConstraint(fields=["name_text"], condition=~Q(name_text=""), name="name_screened_once"),
        ]

    def __str__(self) -> str:
        return str(self.record or self.name_text)

    @property
    def is_current(self) -> bool:
        """Whether it is screened; see `SubjectQuerySet.current`."""
        return self.merged_into_id is None and self.forgotten_at is None

    @property
    def record(self) -> Organisation | Person | None:
        """The record in the register, when it is more than a name."""
        return self.organisation or self.person
