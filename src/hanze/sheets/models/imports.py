"""An import: the file, its sheets with what their columns hold, a row for each row, and what each row did."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hanze.accounts.classification import Classified, ClassifiedQuerySet


class ImportQuerySet(ClassifiedQuerySet):
    def visible_to(self, reader: Any) -> Self:
        """The imports that `reader` may open: her own, and others' by class where her role has imports."""
        if not getattr(reader, "is_authenticated", False):
            return self.none()
        if not reader.has_perm("sheets.list_imports"):
            return self.none()
        by_class = super().visible_to(reader).values("pk")
        return self.filter(models.Q(by=reader) | models.Q(pk__in=by_class))


class Import(Classified):
    """A spreadsheet that somebody brings in. The file is kept, and what was brought in can be undone."""

    class State(models.TextChoices):
        READING = "reading", _("Being read")
        REFUSED = "refused", _("Refused")
        MAPPING = "mapping", _("Columns to be chosen")
        JUDGING = "judging", _("Being compared with the register")
        PREVIEW = "preview", _("To be looked at")
        BRINGING_IN = "bringing-in", _("Being brought in")
        DONE = "done", _("Brought in")
        UNDOING = "undoing", _("Being undone")
        UNDONE = "undone", _("Undone")
        DISCARDED = "discarded", _("Not brought in")

    class Differing(models.TextChoices):
        SIDE_BY_SIDE = "side-by-side", _("Keep what stands, and put the other beside it until somebody decides")
        OVERWRITE = "overwrite", _("The file is right: change what stands")

    BUSY = (State.READING, State.JUDGING, State.BRINGING_IN, State.UNDOING)

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("brought in by"), on_delete=models.PROTECT, related_name="+"
    )
    file = models.FileField(_("file"), upload_to="imports/", max_length=300)
    file_name = models.CharField(_("name of the file"), max_length=250)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField(default=0)
    file_date = models.DateField(_("date of the file"), null=True, blank=True)
    said_by = models.CharField(
        _("according to whom"),
        max_length=200,
        blank=True,
        help_text=_("Who kept this sheet, for example a department."),
    )
    differing = models.CharField(
        _("where a value differs from what stands"),
        max_length=14,
        choices=Differing.choices,
        default=Differing.SIDE_BY_SIDE,
    )
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.READING)
    problem = models.TextField(blank=True)
    received_at = models.DateTimeField(_("received"), default=timezone.now)
    done_at = models.DateTimeField(_("brought in on"), null=True, blank=True)
    last_event = models.PositiveBigIntegerField(default=0)
    """The last event of the log that it wrote; what comes after it was done later."""
    undone_at = models.DateTimeField(_("undone on"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = ImportQuerySet.as_manager()

    class Meta(Classified.Meta):
        ordering = ["-received_at", "-pk"]
        verbose_name = _("import")
        verbose_name_plural = _("imports")

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("sheets:import-detail", args=[self.pk])

    @property
    def is_busy(self) -> bool:
        return self.state in self.BUSY

    @property
    def source(self) -> str:
        """Where what it brings in comes from: the file and according to whom. A later edition of it is the same source,
        so its date is no part of this."""
        return ", ".join(part for part in (self.file_name, self.said_by) if part)[:200]


class ImportedSheet(models.Model):
    """One sheet of the file: what its rows are, and what each column holds."""

    imported = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="sheets")
    name = models.CharField(max_length=200)
    order = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(_("what its rows are"), max_length=20, blank=True)
    header_row = models.PositiveIntegerField(_("row of the headings"), default=1)
    headings = models.JSONField(default=list)
    samples = models.JSONField(default=list)
    mapping = models.JSONField(default=dict, blank=True)
    constants = models.JSONField(default=dict, blank=True)
    left_out = models.JSONField(default=list, blank=True)
    is_remembered = models.BooleanField(default=False)
    rows_found = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("sheet of an import")
        verbose_name_plural = _("sheets of imports")

    def __str__(self) -> str:
        return self.name

    @property
    def kind_label(self) -> str:
        """What its rows are, in words."""
        from hanze.sheets.kinds import KINDS

        return str(KINDS[self.kind].label) if self.kind in KINDS else ""


class ImportRow(models.Model):
    """One row of a sheet: its cells as they stood, what it would do, what is wrong with it, what was chosen."""

    class Outcome(models.TextChoices):
        UNJUDGED = "", _("Not looked at yet")
        NEW = "new", _("New")
        CHANGED = "changed", _("Changed")
        SAME = "same", _("The same")
        DUPLICATE = "duplicate", _("Likely duplicate")
        REFUSED = "refused", _("Refused")

    class Choice(models.TextChoices):
        OPEN = "", _("Not chosen yet")
        THIS = "this", _("It is this one")
        NEW = "new", _("It is another: add it")
        SKIP = "skip", _("Leave this row out")

    sheet = models.ForeignKey(ImportedSheet, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    cells = models.JSONField(default=list)
    label = models.CharField(max_length=250, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.UNJUDGED, blank=True)
    choice = models.CharField(max_length=5, choices=Choice.choices, default=Choice.OPEN, blank=True)
    match = models.BigIntegerField(null=True, blank=True)
    likely = models.JSONField(default=list, blank=True)
    differences = models.JSONField(default=list, blank=True)
    problems = models.JSONField(default=list, blank=True)
    remarks = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["sheet__order", "sheet", "number"]
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of imports")
        constraints = [models.UniqueConstraint(fields=["sheet", "number"], name="a_row_of_an_import_once")]
        indexes = [models.Index(fields=["sheet", "outcome"])]

    def __str__(self) -> str:
        return f"{self.sheet} {self.number}"


class Effect(models.Model):
    """What a row did to one record, so that it can be undone: made it, or changed fields from and to."""

    imported = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="effects")
    row = models.ForeignKey(ImportRow, null=True, on_delete=models.CASCADE, related_name="effects")
    model = models.CharField(max_length=80)
    record = models.PositiveBigIntegerField()
    made = models.BooleanField()
    before = models.JSONField(default=dict, blank=True)
    after = models.JSONField(default=dict, blank=True)
    undone = models.BooleanField(default=False)
    stayed_because = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("effect of an import")
        verbose_name_plural = _("effects of imports")
        indexes = [models.Index(fields=["model", "record"])]

    def __str__(self) -> str:
        return f"{self.model} {self.record}"


class KnownHeadings(models.Model):
    """What columns with these headings held the last time, so that nobody chooses twice."""

    fingerprint = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=20)
    mapping = models.JSONField(default=dict)
    constants = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    used_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("known headings")
        verbose_name_plural = _("known headings")

    def __str__(self) -> str:
        return self.kind
