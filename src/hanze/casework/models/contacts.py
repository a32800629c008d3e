"""Contact moments with the national government, civil society and other authorities (SYSTEMS.md, Z8)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from hanze.accounts.classification import Classified
from hanze.casework.models.requests import Request
from hanze.register.models import Country, Organisation
from hanze.register.sources import Sourced


class ContactMoment(Classified, Sourced):
    class Counterpart(models.TextChoices):
        MINISTRY = "ministry", _("Ministry")
        AGENCY = "agency", _("Government agency")
        EMBASSY = "embassy", _("Embassy or consulate")
        CIVIL_SOCIETY = "civil-society", _("Civil-society organisation")
        AUTHORITY = "authority", _("Other province or municipality")
        PARTNER = "partner", _("Regional partner")

    NATIONAL = (Counterpart.MINISTRY, Counterpart.AGENCY, Counterpart.EMBASSY)

    class Channel(models.TextChoices):
        MEETING = "meeting", _("Meeting")
        CALL = "call", _("Telephone or video call")
        MAIL = "mail", _("E-mail or letter")

    held_on = models.DateField(_("date"))
    counterpart = models.CharField(_("with"), max_length=14, choices=Counterpart.choices)
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="contact_moments"
    )
    person = models.CharField(_("spoken to"), max_length=200, blank=True)
    channel = models.CharField(_("how"), max_length=8, choices=Channel.choices, default=Channel.MEETING)
    subject = models.CharField(_("about"), max_length=250)
    agreed = models.TextField(_("what was said and agreed"), blank=True)
    fits_national_policy = models.BooleanField(
        _("fits national policy"),
        null=True,
        blank=True,
        help_text=_("What the national government says of it; leave open when it was not discussed."),
    )
    country = models.ForeignKey(Country, verbose_name=_("country"), null=True, blank=True, on_delete=models.PROTECT)
    request = models.ForeignKey(
        Request,
        verbose_name=_("request"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="contact_moments",
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )

    class Meta(Classified.Meta):
        ordering = ["-held_on", "-pk"]
        verbose_name = _("contact moment")
        verbose_name_plural = _("contact moments")

    def __str__(self) -> str:
        return self.subject
