"""Long work that `hanze worker` does for imports. Each may be repeated: it does nothing when it was done before."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from hanze.sheets import operations
from hanze.sheets.models import Import


@task()
def read_import(imported: int, language: str = "nl") -> None:
    """Read a received file; it is refused when the reading breaks off."""
    waiting = Import.objects.select_related("by").filter(pk=imported, state=Import.State.READING).first()
    if waiting is None:
        return
    with translation.override(language):
        try:
            operations.read_received(waiting)
        except Exception:
            operations.refuse(waiting, _("The reading broke off. The log of the worker says why."))
            raise


@task()
def compare_import(imported: int, language: str = "nl") -> None:
    """Compare the rows with the register."""
    with translation.override(language):
        operations.compare(_import(imported))


@task()
def bring_in_import(imported: int, language: str = "nl") -> None:
    """Bring in what was looked at."""
    with translation.override(language):
        operations.bring_in(_import(imported))


@task()
def undo_import(imported: int, also_changed: bool = False, language: str = "nl") -> None:
    """Undo an import."""
    with translation.override(language):
        operations.undo(_import(imported), also_changed=also_changed)


def _import(pk: int) -> Import:
    return Import.objects.select_related("by", "undone_by").get(pk=pk)
