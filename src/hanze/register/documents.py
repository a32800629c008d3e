"""Files that hang on a record. Who may see the record may see its files."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def upload_path(attachment: models.Model, filename: str) -> str:
    """Folder by kind of record and year; storage keeps names apart."""
    return f"{attachment._meta.label_lower}/{timezone.now():%Y}/{filename}"


class Attachment(models.Model):
    """A kept file with its fingerprint. Subclasses add the record it hangs on and name it in `parent_field`."""

    parent_field: str

    title = models.CharField(_("title"), max_length=200)
    file = models.FileField(_("file"), upload_to=upload_path, max_length=300)
    content_type = models.CharField(max_length=120, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("uploaded by"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True
        ordering = ["-uploaded_at"]

    def __str__(self) -> str:
        return self.title

    @property
    def parent(self) -> models.Model:
        """The record that the file hangs on."""
        return getattr(self, self.parent_field)
