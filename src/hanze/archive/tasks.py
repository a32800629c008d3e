"""Long work of the archive, done by `hanze worker`."""

from __future__ import annotations

from django_tasks import task

from hanze.archive.carrying_out import carry_out
from hanze.archive.models import Disposal
from hanze.archive.retention import follow_everything


@task()
def carry_out_disposal(disposal: int) -> None:
    """Destroy or mark as transferred what was approved; picks up where it was broken off."""
    carry_out(Disposal.objects.get(pk=disposal))


@task()
def compute_terms() -> int:
    """Give every closed record its term; return how many have one."""
    return follow_everything()
