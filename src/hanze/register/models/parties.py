"""Organisations and people, and the posts that people hold over time."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hanze.accounts.addresses import address
from hanze.accounts.classification import Classified, ClassifiedQuerySet
from hanze.claims.models import Claim, Resolution
from hanze.register.models.places import City, Country, Region
from hanze.register.numbers import is_possible, neat
from hanze.register.sectors import Sector
from hanze.register.sources import Sourced


class PartyQuerySet(ClassifiedQuerySet):
    def visible_to(self, reader: Any) -> Self:
        """The parties that `reader` may see. One that went up in another is seen as that other only."""
        return super().visible_to(reader).filter(merged_into__isnull=True)


class Mergeable(models.Model):
    """A party that may prove to be the same as another; its row then stays, and points at the one that is kept."""

    merged_into = models.ForeignKey(
        "self", null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="merged"
    )

    objects = PartyQuerySet.as_manager()

    class Meta:
        abstract = True


class Organisation(Mergeable, Classified, Sourced):
    class Kind(models.TextChoices):
        GOVERNMENT = "government", _("Government")
        BUSINESS = "business", _("Business")
        KNOWLEDGE = "knowledge", _("Knowledge institution")
        CIVIL_SOCIETY = "civil-society", _("Civil-society organisation")
        NETWORK = "network", _("Network")
        SECTOR_ORGANISATION = "sector-organisation", _("Sector organisation")

    name = models.CharField(_("name"), max_length=250)
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    native_name = models.CharField(
        _("name in its own script"), max_length=250, blank=True, help_text=_("For example in Chinese characters.")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    sector = models.CharField(_("sector"), max_length=20, choices=Sector.choices, blank=True)
    country = models.ForeignKey(Country, verbose_name=_("country"), null=True, blank=True, on_delete=models.PROTECT)
    region = models.ForeignKey(Region, verbose_name=_("region"), null=True, blank=True, on_delete=models.PROTECT)
    city = models.ForeignKey(City, verbose_name=_("city"), null=True, blank=True, on_delete=models.PROTECT)
    own_region = models.BooleanField(
        _("from our own region"), default=False, help_text=_("Counts as a party from the region in the evaluation.")
    )
    is_home = models.BooleanField(_("our own organisation"), default=False, editable=False)
    website = models.URLField(_("website"), blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    notes = models.TextField(_("notes"), blank=True)

    class Meta(Classified.Meta):
        ordering = ["name"]
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        indexes = [
            models.Index(fields=["name"], name="organisation_by_name"),
            # All that a list counts by, so that it counts without opening the rows.
            models.Index(fields=["merged_into", "classification", "for_council"], name="organisation_counted_by"),
            models.Index(fields=["merged_into", "name"], name="organisation_listed"),
        ]
        constraints = [
            *Classified.Meta.constraints,
            models.UniqueConstraint(fields=["is_home"], condition=Q(is_home=True), name="one_home_organisation"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address("register:organisation-detail", self.pk)


class Identifier(models.Model):
    """A number under which an organisation is registered elsewhere."""

    class Scheme(models.TextChoices):
        KVK = "kvk", _("Chamber of Commerce (KvK)")
        RSIN = "rsin", _("RSIN")
        OIN = "oin", _("OIN")
        LEI = "lei", _("LEI")
        VAT = "vat", _("VAT number")
        OTHER = "other", _("Other")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="identifiers")
    scheme = models.CharField(_("register"), max_length=10, choices=Scheme.choices)
    value = models.CharField(_("number"), max_length=60)

    class Meta:
        ordering = ["scheme"]
        verbose_name = _("identifier")
        verbose_name_plural = _("identifiers")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "scheme", "value"], name="identifier_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_scheme_display()} {self.value}"

    def clean(self) -> None:
        self.value = neat(self.scheme, self.value)
        if not is_possible(self.scheme, self.value):
            raise ValidationError({"value": _("This cannot be a number of this register; please check it.")})


class Person(Mergeable, Classified, Sourced):
    name = models.CharField(_("name"), max_length=250)
    native_name = models.CharField(_("name in its own script"), max_length=250, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    notes = models.TextField(_("notes"), blank=True)
    # So that what is said of a person can be found by her, and erased with her.
    claims = GenericRelation(Claim, related_query_name="person")
    resolutions = GenericRelation(Resolution, related_query_name="person")
    merges = GenericRelation("register.Merge", object_id_field="kept_id", related_query_name="person")
    set_apart_one = GenericRelation("register.SetApart", object_id_field="one_id", related_query_name="one_person")
    set_apart_other = GenericRelation(
        "register.SetApart", object_id_field="other_id", related_query_name="other_person"
    )

    class Meta(Classified.Meta):
        ordering = ["name"]
        verbose_name = _("person")
        verbose_name_plural = _("people")
        indexes = [
            models.Index(fields=["name"], name="person_by_name"),
            models.Index(fields=["merged_into", "classification", "for_council"], name="person_counted_by"),
            models.Index(fields=["merged_into", "name"], name="person_listed"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address("register:person-detail", self.pk)


class Post(models.Model):
    """What a person is or was at an organisation."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="posts")
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="posts"
    )
    title = models.CharField(_("post"), max_length=200)
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        ordering = [F("until").desc(nulls_first=True), F("since").desc(nulls_last=True)]
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(since__isnull=True) | Q(until__gte=F("since")),
                name="post_ends_after_it_starts",
                violation_error_message=_("The end lies before the start."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.title}"

    def held_on(self, day: date) -> bool:
        """Whether the post was held on that day (an unknown start or end counts as open)."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    @property
    def held_today(self) -> bool:
        return self.held_on(timezone.localdate())
