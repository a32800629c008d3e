"""Where a record comes from, and whether a document says it or somebody filled it in."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Provenance(models.TextChoices):
    RECORDED = "recorded", _("Recorded here")
    STATED = "stated", _("Stated in the source")
    INFERRED = "inferred", _("Inferred from the source")
    INVENTED = "invented", _("Invented")


class Sourced(models.Model):
    """A record that says where it comes from."""

    provenance = models.CharField(
        _("provenance"), max_length=10, choices=Provenance.choices, default=Provenance.RECORDED
    )
    source_document = models.CharField(_("source document"), max_length=200, blank=True)
    source_section = models.CharField(_("place in the source"), max_length=200, blank=True)

    class Meta:
        abstract = True

    @property
    def source(self) -> str:
        """Document and place in one line, or an empty text."""
        return ", ".join(part for part in (self.source_document, self.source_section) if part)
